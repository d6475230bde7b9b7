/** What the calls about a program's report take and answer. */
import * as z from 'zod/mini'
import { MEMBERSHIP_STATUSES } from '../../../shared/domain/coverage.ts'
import { PROGRAM_STATES } from '../../../shared/domain/sponsors/program-life.ts'
import { choiceField, cursorField } from '../http/fields.ts'
import { at, count, described, flag, kpj, money, month, next, shape, text, type View } from '../http/schema.ts'

export const reportQuery = z.strictObject({
  format: z.optional(choiceField('json if absent', ['json', 'csv', 'xlsx'])),
})
export type ReportQuery = z.output<typeof reportQuery>

const regionCover = () =>
  z.strictObject({
    region: text('Code of the region'),
    listed: count('People on its lists who were not refused'),
    enrolled: count('Of those: members'),
    covered: count('Of those: covered now'),
    workers: count('What the covered are measured against'),
    isListOnly: flag('No target says how many workers there are: measured against the people listed'),
    shareBasisPoints: count('Hundredths of a percent, rounded down'),
    rank: count('1 for the highest share; equal shares, equal ranks'),
  })

export const reportSchema = shape('ProgramReport', 'Who is covered until when, and what the money came to', () =>
  z.strictObject({
    programId: text('Id of the program'),
    name: text('What it is called'),
    state: z.enum(PROGRAM_STATES),
    firstMonth: month('First contribution month'),
    lastMonth: month('Last contribution month'),
    asOf: at('When it was computed'),
    listed: count('People on the lists who were not refused'),
    enrolled: count('Of those: members'),
    covered: count('Of those: covered now'),
    coveredUntil: z.array(
      z.strictObject({ month: described('Last month paid; null: none', z.nullable(z.string())), persons: count() }),
    ),
    budgetRupiah: money('Of all villages'),
    paidRupiah: money('Of bills that are paid'),
    unspentRupiah: money('Budget less what is paid'),
    villages: z.array(regionCover()),
    regencies: z.array(regionCover()),
  }),
)
export type ReportView = View<typeof reportSchema>

export const membersQuery = z.strictObject({ after: z.optional(cursorField()) })
export type MembersQuery = z.output<typeof membersQuery>

export const programMembersSchema = shape('ProgramMembers', 'Up to 1,000 people in the order of the lists', () =>
  z.strictObject({
    items: z.array(
      z.strictObject({
        cohort: text('Id of the list'),
        line: count('Of the list'),
        kpj: described('null: not a member yet', z.nullable(kpj())),
        regionCode: z.nullable(z.string()),
        status: described('null: not a member yet', z.nullable(z.enum(MEMBERSHIP_STATUSES))),
        paidThrough: described('Last month paid', z.nullable(month())),
      }),
    ),
    next: next(),
  }),
)
export type ProgramMembers = View<typeof programMembersSchema>
