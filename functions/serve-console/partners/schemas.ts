/** What the calls about a partner's payments answer: the last of a day, and everything about one. No name and no NIK in it. */
import * as z from 'zod/mini'
import { ENDPOINT_REFUSALS } from '../../../shared/channel-port/endpoint.ts'
import { REFUSAL_CODES } from '../../../shared/domain/refusal.ts'
import { evidenceStep } from '../coverage/evidence-schemas.ts'
import { dateField, numberField } from '../http/fields.ts'
import { at, count, day, described, flag, money, month, shape, text } from '../http/schema.ts'
import { measuredSpan, p99Millis } from '../operations/schemas.ts'

export const MOST_LATEST = 100

export const latestQuery = z.strictObject({
  day: z.optional(dateField('Business day; today if absent')),
  limit: z.optional(numberField('Items: 50 if absent', 1, MOST_LATEST)),
})
export type LatestQuery = z.output<typeof latestQuery>

export const latestSchema = shape(
  'PartnerPayments',
  'The last payments and reversals that the hub recorded of a channel',
  () =>
    z.strictObject({
      channel: text('Payment channel'),
      day: day('Business day'),
      items: z.array(
        z.strictObject({
          kind: z.enum(['payment', 'reversal', 'late-reversal']),
          paymentId: text('The partner’s id of the payment'),
          hubReference: described('Our number of the payment; null on a reversal', z.nullable(z.string())),
          decidedAt: at('When the hub decided'),
          account: text('KPJ or bill code'),
          amountRupiah: money('Contribution'),
          adminFeeRupiah: money('Customer fee'),
          outlet: text('Where it was paid; empty where the channel names none'),
        }),
      ),
    }),
)

const partnerFigures = () =>
  z.strictObject({
    calls: count('Requests that reached the endpoint, repeats included'),
    accepted: count('Payments taken, by first answers'),
    refused: count('Payments refused, by first answers'),
    turnedAway: described(
      'Requests that were refused before any work, by why',
      z.array(z.strictObject({ reason: z.enum(ENDPOINT_REFUSALS), count: count() })),
    ),
    failed: count('Our faults, and answers that had to say that the outcome is unknown'),
    p99Millis: p99Millis(),
  })

export const partnersSchema = shape('Partners', 'How each channel’s calls went in the last 24 hours', () =>
  z.strictObject({
    asOf: at('When it was asked'),
    measured: measuredSpan(),
    items: z.array(
      z.strictObject({
        channel: text('Payment channel'),
        lastPaymentAt: described(
          'When its last payment or reversal was decided; null: none today or yesterday',
          z.nullable(at('Decision')),
        ),
        figures: described('null: there are none to be had now', z.nullable(partnerFigures())),
      }),
    ),
  }),
)

const recorded = () =>
  z.strictObject({
    partnerAt: at('Signed by the partner'),
    recordedAt: at('When the fact was put'),
    secondsToRecord: described('From the decision to the fact', z.int()),
    outlet: text('Where it was paid'),
  })

export const partnerPaymentSchema = shape(
  'PartnerPayment',
  'What a channel sent under a payment id, and what became of it',
  () =>
    z.strictObject({
      channel: text('Payment channel'),
      paymentId: text('The partner’s id of the payment'),
      decision: z.strictObject({
        outcome: described(
          'What was answered first, and is answered to every repeat',
          z.enum(['accepted', 'refused', 'reversed-first']),
        ),
        refusal: described('Why it was refused; null where it was not', z.nullable(z.enum(REFUSAL_CODES))),
        decidedAt: at('When the hub decided; the answer left right after'),
        hubReference: text('Our number of the payment, as it was answered'),
        account: described('KPJ or bill code; null where the customer is unknown', z.nullable(z.string())),
        amountRupiah: described('Contribution; null where nothing was accepted', z.nullable(money('Contribution'))),
        months: described('Months that were quoted', z.array(month())),
        evidenceDigest: described(
          'Of the signed request that is kept, hexadecimal; null where none is',
          z.nullable(z.string()),
        ),
      }),
      fact: described('null: nothing is recorded, as after a refusal', z.nullable(recorded())),
      reversedAt: described('When its channel reversed it; null where it did not', z.nullable(at('Reversal'))),
      view: described(
        'The membership’s view; null for a bill, an unknown customer, or where it is not folded yet',
        z.nullable(
          z.strictObject({
            foldedAt: at('When it was written last'),
            countsPayment: flag('Whether it was folded after the fact was recorded'),
            status: text('Status that the view holds'),
            paidThrough: z.nullable(month()),
          }),
        ),
      ),
      settlement: described(
        'The line of the channel’s file and the bank’s credit; empty while no file named it',
        z.array(evidenceStep()),
      ),
    }),
)
