/** What the search takes and answers. */
import * as z from 'zod/mini'
import type { DecisionOutcome } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { billSchema } from '../bills/schemas.ts'
import { dateField, textField } from '../http/fields.ts'
import { at, day, described, named, shape, text, type View } from '../http/schema.ts'
import { membershipSchema } from '../memberships/schemas.ts'

const OUTCOMES = ['accepted', 'refused', 'reversed-first'] as const satisfies readonly DecisionOutcome['kind'][]

export const searchRequest = named(
  'SearchRequest',
  'What somebody holds in their hand: a number or a reference',
  z.strictObject({
    text: textField('KPJ, NIK, bill code, payment id of a channel, or hub reference', 128),
    day: z.optional(dateField('The day of a hub reference (Asia/Jakarta); today if absent')),
  }),
)
export type SearchRequest = z.output<typeof searchRequest>

const foundPayment = shape('FoundPayment', 'A payment that a channel asked the hub to take', () =>
  z.strictObject({
    channel: text('Payment channel'),
    paymentId: text('The partner’s id'),
    hubReference: text('Printed on the receipt'),
    account: described('KPJ or bill code; null: the customer was unknown', z.nullable(z.string())),
    outcome: z.enum(OUTCOMES),
    decidedAt: at('When the hub decided'),
  }),
)
export type FoundPayment = View<typeof foundPayment>

export const searchSchema = shape(
  'SearchResult',
  'All that the text may mean; empty lists: nothing is known by it',
  () =>
    z.strictObject({
      memberships: z.array(membershipSchema()),
      bills: z.array(billSchema()),
      payments: z.array(foundPayment()),
      day: described('The day on which a hub reference was looked for; null: the text is none', z.nullable(day())),
    }),
)
