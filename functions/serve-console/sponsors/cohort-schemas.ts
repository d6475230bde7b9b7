/** What the calls about lists of people take and answer. */
import * as z from 'zod/mini'
import { LANGUAGES } from '../../../shared/domain/notice-preferences.ts'
import { COHORT_STATES } from '../../../shared/domain/sponsors/cohort.ts'
import { LIST_COLUMNS } from '../../../shared/domain/sponsors/member-list.ts'
import { PRIORITY_RULES } from '../../../shared/domain/sponsors/program.ts'
import { billSchema, VALID_UNTIL } from '../bills/schemas.ts'
import { choiceField, cursorField, dateOrInstantField, numberField, textField } from '../http/fields.ts'
import { at, count, described, named, next, shape, text, type View } from '../http/schema.ts'

export const listQuery = z.strictObject({
  program: textField('The program whose list it is', 70),
  language: z.optional(choiceField('In which reasons are given; id when not given', LANGUAGES)),
  agent: z.optional(textField('Code of the agent who brought these people', 20)),
})
export type ListQuery = z.output<typeof listQuery>

const NEIGHBOURS = 'expected 1 to 100 people'
export const neighboursRequest = named(
  'NeighboursRequest',
  'People nearby for whom a person pays',
  z.strictObject({
    people: described(
      'Each is judged as a row of a list',
      z
        .array(
          z.strictObject({
            nik: textField('NIK', 16),
            name: textField('Name', 100),
            regionCode: textField('Where the person lives, such as 15.71.01.1001', 13),
            sector: z.optional(textField('The program’s when not given', 40)),
            incomeRupiah: z.optional(described('The program’s when not given', z.int().check(z.minimum(0)))),
            phone: z.optional(textField('Phone number', 20)),
          }),
        )
        .check(z.minLength(1, NEIGHBOURS), z.maxLength(100, NEIGHBOURS)),
    ),
  }),
)
export type NeighboursRequest = z.output<typeof neighboursRequest>

export const refusedQuery = z.strictObject({
  language: z.optional(choiceField('In which reasons are given; that of the list when not given', LANGUAGES)),
  part: z.optional(numberField('Part of the list, from 1; 20,000 rows each', 1, 1_000)),
})
export type RefusedQuery = z.output<typeof refusedQuery>
export const REFUSED_COLUMNS = ['line', ...LIST_COLUMNS, 'code', 'reason'] as const

export const BILL_SCOPES = ['program', 'village'] as const
export const cohortBillRequest = named(
  'CohortBillRequest',
  'Bills of a list: one for all of it, or one for each village',
  z.strictObject({
    per: z.optional(choiceField('program when not given', BILL_SCOPES)),
    priority: z.optional(
      choiceField('What to do where the budget is short; the program’s own rule when not given', PRIORITY_RULES),
    ),
    validUntil: dateOrInstantField(VALID_UNTIL),
  }),
)
export type CohortBillRequest = z.output<typeof cohortBillRequest>

export const cohortSchema = shape('Cohort', 'A list of people, and how far it is', () =>
  z.strictObject({
    cohortId: text('Id of the list'),
    programId: text('Program that it belongs to'),
    state: described('withdrawn: nobody of it is billed any more', z.enum(COHORT_STATES)),
    working: described(
      'What is being done with it; null: nothing',
      z.nullable(z.enum(['read', 'judge', 'enrol', 'bill'])),
    ),
    unusable: described('Why nothing of the list can be used: a stable code', z.nullable(text('Code'))),
    rows: count('People on the list'),
    accepted: count(),
    refused: count(),
    flagged: count('One NIK under several names'),
    enrolled: count('Memberships by now'),
    corrects: described('The list that this one corrects', z.nullable(text('Id'))),
    change: described(
      'What a corrected list changes; it waits to be confirmed',
      z.nullable(z.strictObject({ joined: count(), stayed: count(), left: count() })),
    ),
    confirmedBy: z.nullable(text('Who confirmed it')),
    correctedBy: described('The correction of it that was confirmed', z.nullable(text('Id'))),
    agent: described('Who brought these people', z.nullable(text('Code of an agent'))),
    billCodes: described('In the order of issue', z.array(text('Bill code'))),
    receivedBy: text('Who sent it'),
    receivedAt: at('When it came'),
  }),
)
export type CohortView = View<typeof cohortSchema>

export const cohortsSchema = shape('Cohorts', 'The lists of a program, the latest first', () =>
  z.strictObject({ items: z.array(cohortSchema()) }),
)

export const cohortBillsQuery = z.strictObject({ after: z.optional(cursorField()) })
export type CohortBillsQuery = z.output<typeof cohortBillsQuery>

export const cohortBillsSchema = shape('CohortBills', 'The bills of a list, the latest first', () =>
  z.strictObject({ items: z.array(billSchema()), next: next() }),
)

export const plannedBillsSchema = shape('PlannedBills', 'The codes under which a list is being billed', () =>
  z.strictObject({
    cohortId: text('Id of the list'),
    persons: count('Who is billed; nobody in part'),
    leftOut: count('For whom the budget does not reach'),
    bills: z.array(
      z.strictObject({
        billCode: text('16 digits from 99; payable as soon as GET /api/bills knows it'),
        regionCode: described('The village that it pays; null for the whole list', z.nullable(text('Code'))),
        expectedRupiah: count('What it will ask at most'),
        channels: described('Channels that can take a payment of that amount', z.array(text('Channel'))),
      }),
    ),
  }),
)
