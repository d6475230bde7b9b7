/** What the calls about agents take and answer. */
import * as z from 'zod/mini'
import { AGENT_KINDS, type AgentCode, parseAgentCode } from '../../../shared/domain/agents/agent.ts'
import { choiceField, cursorField, monthField, numberField, reasonField, textField } from '../http/fields.ts'
import { at, count, described, flag, money, month, named, next, shape, text, type View } from '../http/schema.ts'

const CODE = 'expected 3 to 20 capital letters, digits and hyphens, a letter first, fewer than nine digits in a row'
const OUTLET = 'expected 1 to 20 of A-Z a-z 0-9 - _ .'
const MOST_OUTLETS = 20
const PAGE_LIMIT = 500

export function agentCodeField(description: string): z.ZodMiniType<AgentCode, string> {
  const schema = z.string(CODE).check(
    z.maxLength(20, CODE),
    z.refine((code) => parseAgentCode(code) !== undefined, CODE),
  )
  return described(description, schema) as unknown as z.ZodMiniType<AgentCode, string>
}

const outletField = z.strictObject({
  channel: textField('The channel', 40),
  outlet: described(
    'As the channel writes it in payments',
    z.string(OUTLET).check(z.maxLength(20, OUTLET), z.regex(/^[A-Za-z0-9._-]{1,20}$/, OUTLET)),
  ),
})

export const agentRequest = named(
  'AgentRequest',
  'A new agent',
  z.strictObject({
    code: agentCodeField('How registrations name the agent'),
    kind: choiceField('What it is', AGENT_KINDS),
    name: z.optional(described('Of an office; of a person none', reasonField(100))),
    regionCode: z.optional(z.nullable(textField('Where it works', 13))),
    outlets: z.optional(
      described(
        'Counters of its own: a payment taken there carries the agent',
        z.array(outletField).check(z.maxLength(MOST_OUTLETS, `expected at most ${MOST_OUTLETS} outlets`)),
      ),
    ),
  }),
)
export type AgentRequest = z.output<typeof agentRequest>

export const agentsQuery = z.strictObject({
  after: z.optional(cursorField()),
  limit: z.optional(numberField('How many at most', 1, PAGE_LIMIT)),
})
export type AgentsQuery = z.output<typeof agentsQuery>

export const agentReportQuery = z.strictObject({
  from: z.optional(monthField('First month; the first of all when not given')),
  to: z.optional(monthField('Last month; the current one when not given')),
  format: z.optional(choiceField('json if absent', ['json', 'csv'])),
})
export type AgentReportQuery = z.output<typeof agentReportQuery>

export const agentSchema = shape('Agent', 'Somebody who registers workers and collects contributions', () =>
  z.strictObject({
    code: text('How registrations name the agent'),
    kind: z.enum(AGENT_KINDS),
    name: text('Of an office; empty for a person'),
    regionCode: described('Where it works', z.nullable(text('Code'))),
    outlets: z.array(z.strictObject({ channel: text('The channel'), outlet: text('Its counter there') })),
    createdAt: at('Since when it is known'),
  }),
)
export type AgentView = View<typeof agentSchema>

export const agentsSchema = shape('Agents', 'A page of agents', () =>
  z.strictObject({ items: z.array(agentSchema()), next: next() }),
)

const sums = () => ({
  contributionsRupiah: money('What came of the members whom the agent registered'),
  takenBackRupiah: money('What of contributions was reversed, suspended or refunded, in the month in which it was'),
  commissionRupiah: money('On contributions, by the rates of the month in which they came'),
  acquisitionRupiah: money('For months with enough newcomers'),
  clawbackRupiah: money('What of either goes back'),
})

export const agentReportSchema = shape('AgentReport', 'What an agent’s work came to', () =>
  z.strictObject({
    code: text('The agent'),
    asOf: at('When it was computed'),
    from: z.nullable(month('First month; null: the first of all')),
    to: month('Last month'),
    isWhole: flag('Everybody was looked at; false: an agent of more than 5,000 members, and every sum is of a part'),
    lookedAt: count('Members looked at, of whom some may be another’s'),
    registered: count('Members registered in these months'),
    stillActive: described(
      'Of those, who still pay',
      z.array(
        z.strictObject({
          months: count('So many months after the month of registration'),
          reached: count('Registered long enough ago'),
          active: count('Of those, that month is paid'),
        }),
      ),
    ),
    ...sums(),
    dueRupiah: money('Commission and acquisition less what goes back; negative where more goes back'),
    months: z.array(
      z.strictObject({
        month: month(),
        registered: count(),
        newcomers: count('Members whose first contribution came, and of whom something stands'),
        collectedRupiah: money('Of the contributions, what came at the agent’s own outlets'),
        ...sums(),
      }),
    ),
  }),
)
export type AgentReportView = View<typeof agentReportSchema>
