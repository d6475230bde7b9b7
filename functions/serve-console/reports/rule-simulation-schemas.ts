/** What a simulation of other rules takes and answers. */
import * as z from 'zod/mini'
import { MEMBERSHIP_STATUSES } from '../../../shared/domain/coverage.ts'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { ruleOverrides } from '../../../shared/domain/rule-overrides.ts'
import { TRIED_ASPECTS, type TriedAspect } from '../../../shared/domain/rule-simulation.ts'
import { instantField, kpjField } from '../http/fields.ts'
import { at, count, described, kpj, money, month, named, next, shape, text, type View } from '../http/schema.ts'

/** Each is folded twice and looked at for 31 days, twice: a second of work at most. */
export const SIMULATED_PER_CALL = 500

export const ruleTrialRequest = named(
  'RuleTrialRequest',
  'Rules to try, and on which memberships',
  z.strictObject({
    rules: described('Dated lists in place of the present ones; see docs/rule-simulation.md', ruleOverrides),
    asOf: z.optional(instantField('Instead of now')),
    after: z.optional(described('The `next` of the call before', kpjField('expected a `next` of this call'))),
    limit: z.optional(z.int().check(z.minimum(1), z.maximum(SIMULATED_PER_CALL))),
  }),
)
export type RuleTrialRequest = z.output<typeof ruleTrialRequest>

const status = () => z.enum(MEMBERSHIP_STATUSES)
const standing = shape('TriedStanding', 'Where a membership stands under one set of rules', () =>
  z.strictObject({
    status: status(),
    paidThrough: z.nullable(month()),
    creditRupiah: money('Credit'),
    nextRupiah: money('Price of the first payable month, less credit'),
    notices: z.array(text('Stage and month of a notice in the next 31 days')),
  }),
)
const nowAndTried = (description: string) => described(description, z.strictObject({ now: z.int(), tried: z.int() }))

export const ruleTrialSchema = shape('RuleTrial', 'What would change among these memberships', () =>
  z.strictObject({
    asOf: at('The instant at which both were computed'),
    checked: count('Memberships in this call'),
    changed: count(),
    changedIn: z.strictObject(
      Object.fromEntries(TRIED_ASPECTS.map((aspect) => [aspect, count()])) as Record<
        TriedAspect,
        ReturnType<typeof count>
      >,
    ),
    credit: nowAndTried('Sum of credits, whole rupiah'),
    nextPayments: nowAndTried('Sum of the prices of the first payable months, whole rupiah'),
    statuses: z.array(z.strictObject({ from: status(), to: status(), count: count() })),
    notices: z.array(z.strictObject({ stage: z.enum(NOTICE_STAGES), now: count(), tried: count() })),
    rows: described(
      'The first 50',
      z.array(
        z.strictObject({ kpj: kpj(), changed: z.array(z.enum(TRIED_ASPECTS)), now: standing(), tried: standing() }),
      ),
    ),
    next: next(),
  }),
)
export type RuleTrial = View<typeof ruleTrialSchema>
