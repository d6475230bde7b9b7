/** What the call about the bills of a program takes and answers. */
import * as z from 'zod/mini'
import { PROGRAM_STATES } from '../../../shared/domain/sponsors/program-life.ts'
import { BILL_LIVES } from '../../../shared/domain/sponsors/program-steps.ts'
import { cursorField } from '../http/fields.ts'
import { at, count, described, money, next, shape, text, type View } from '../http/schema.ts'

export const billsQuery = z.strictObject({ after: z.optional(cursorField()) })
export type BillsQuery = z.output<typeof billsQuery>

export const programBillsSchema = shape('ProgramBills', 'The bills of a program that count, page by page', () =>
  z.strictObject({
    programId: text('Id of the program'),
    state: z.enum(PROGRAM_STATES),
    paid: count('Bills whose payment stands'),
    open: count('Bills that can be paid'),
    expired: count('Bills that were never paid and cannot be any more'),
    takenBack: count('Bills whose payment was reversed or suspended, open ones among them'),
    paidRupiah: money('Of those that are paid'),
    openRupiah: money('Of those that are open'),
    items: z.array(
      z.strictObject({
        billCode: text('16 digits from 99'),
        cohortId: text('The list that it is for'),
        regionCode: described('The village that it pays; null for the whole list', z.nullable(text('Code'))),
        memberCount: count('People on it'),
        amountRupiah: money('What it asks'),
        status: described('taken-back: cannot be paid again', z.enum(BILL_LIVES)),
        payableUntil: at('The last moment at which it can be paid'),
      }),
    ),
    next: next(),
  }),
)
export type ProgramBills = View<typeof programBillsSchema>
