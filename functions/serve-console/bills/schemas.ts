/** What the calls about bills take and answer. */
import * as z from 'zod/mini'
import { MONTH_COUNTS } from '../../../shared/domain/month-count.ts'
import { dateOrInstantField, textField } from '../http/fields.ts'
import { at, count, described, kpj, money, month, named, shape, text, type View } from '../http/schema.ts'

/** In order of precedence. `changed`: one of its months was paid otherwise, or a member was closed. */
export const BILL_STATUSES = ['paid', 'replaced', 'expired', 'changed', 'open'] as const

/** docs/adr/0073-a-bill-ends-with-its-months.md */
export const VALID_UNTIL =
  'A date (Asia/Jakarta) or an instant with offset; at most the day on which the last month of the bill can still be paid as arrears, two months after it'

export const billRequest = named(
  'BillRequest',
  'A bill of one membership',
  z.strictObject({
    // Of the wrong length it is no membership's, and answered as such.
    kpj: textField('Number of the membership, 11 digits', 64, 'expected a KPJ, 11 digits'),
    months: described('How many', z.literal(MONTH_COUNTS, `expected one of ${MONTH_COUNTS.join(', ')}`)),
    validUntil: dateOrInstantField(VALID_UNTIL),
  }),
)
export type BillRequest = z.output<typeof billRequest>

export const replacementRequest = named(
  'BillReplacement',
  'A corrected bill of the same membership',
  z.strictObject({
    months: described('How many', z.literal(MONTH_COUNTS, `expected one of ${MONTH_COUNTS.join(', ')}`)),
    validUntil: dateOrInstantField(VALID_UNTIL),
  }),
)
export type ReplacementRequest = z.output<typeof replacementRequest>

export const billSchema = shape('Bill', 'A bill, prices frozen at issue, and its status now', () =>
  z.strictObject({
    billCode: z.string().check(z.regex(/^99\d{14}$/)),
    kpj: described('null for more than one member', z.nullable(kpj())),
    memberCount: count(),
    amountRupiah: money('To be paid'),
    months: z.array(month()),
    status: described(
      'replaced: another bill took its place; changed: one of its months was paid otherwise, or a member was closed',
      z.enum(BILL_STATUSES),
    ),
    sharesApplied: count(
      'Members who have their share of the payment that stands; all of them, or 0, once it is shared out',
    ),
    channels: described('Channels that can take a payment of this amount', z.array(z.string())),
    replaces: described('The bill whose place this one took', z.nullable(z.string())),
    replacedBy: described('The bill that took the place of this one', z.nullable(z.string())),
    sponsored: described(
      'The sponsored list that it pays; null for any other bill',
      z.nullable(
        z.strictObject({
          program: text('Program of the sponsor'),
          cohort: text('The list'),
          regionCode: described('The one village that it pays; null for the whole list', z.nullable(z.string())),
        }),
      ),
    ),
    validUntil: text('As given: a date means the end of that day in Asia/Jakarta'),
    payableUntil: at('The last instant at which it can be paid'),
    issuedAt: at('When it was issued'),
    paidBy: z.nullable(
      z.strictObject({ channel: text('Payment channel'), paymentId: text('The partner’s id of the payment') }),
    ),
  }),
)
export type Bill = View<typeof billSchema>
