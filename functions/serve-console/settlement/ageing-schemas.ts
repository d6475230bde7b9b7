/**
 * What the calls about money that waits take and answer. One schema for receivables, charges to channels, suspense and
 * unidentified receipts; a class of one of them is opened by its list with the same channel and age.
 */
import * as z from 'zod/mini'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { AGE_LABELS, type AgeLabel, ageLabelOf } from '../../../shared/domain/settlement/ageing.ts'
import { choiceField, cursorField, numberField, textField } from '../http/fields.ts'
import { count, day, money, next, shape, text, type View } from '../http/schema.ts'

const CHANNEL_NAME_LIMIT = 64
/** No channel is called so: it asks for what belongs to none. */
export const NO_CHANNEL = 'none'

/** What a class of an ageing is opened with. */
export const bucketFields = {
  channel: z.optional(textField(`Only of this channel; ${NO_CHANNEL}: of no channel`, CHANNEL_NAME_LIMIT)),
  age: z.optional(choiceField('Only of this class of age, as the ageing names it', AGE_LABELS)),
}
export type Bucket = { readonly channel?: string | undefined; readonly age?: AgeLabel | undefined }

/** Whether a list with this filter shows it: exactly where the ageing counts it. */
export function isInBucket(
  amount: { readonly channel: string | null; readonly since: BusinessDate },
  { channel, age }: Bucket,
  today: BusinessDate,
): boolean {
  if (channel !== undefined && (amount.channel ?? NO_CHANNEL) !== channel) return false
  return age === undefined || ageLabelOf(amount.since, today) === age
}

export const ageingSchema = shape('Ageing', 'Money that waits, by channel and by how long', () =>
  z.strictObject({
    asOf: day(),
    channels: z.array(
      z.strictObject({
        channel: z.nullable(text('null: of no channel')),
        totalRupiah: money('Signed'),
        count: count(),
        oldestDays: count(),
        ages: z.array(
          z.strictObject({
            label: z.enum(AGE_LABELS),
            amountRupiah: money('Signed'),
            count: count(),
          }),
        ),
      }),
    ),
  }),
)

export const owedQuery = z.strictObject({
  ...bucketFields,
  limit: z.optional(numberField('Items per page, 50 if absent', 1, 100)),
  after: z.optional(cursorField()),
})
export type OwedQuery = z.output<typeof owedQuery>

const receivable = shape('OpenReceivable', 'An open item of a channel’s day', () =>
  z.strictObject({
    channel: text('Payment channel'),
    date: day('The business day: since then it ages'),
    label: text('Row of the statement, file-awaited or unexplained'),
    amountRupiah: money('Positive: the channel owes it to us'),
    count: count('Payments, lines or credits in it'),
    ageDays: count(),
  }),
)
export type Receivable = View<typeof receivable>

export const receivablesSchema = shape('Receivables', 'One page, the oldest day first', () =>
  z.strictObject({ items: z.array(receivable()), next: next() }),
)

const charge = shape('ChannelCharge', 'What a resolution charged to a channel, as far as it is not paid', () =>
  z.strictObject({
    channel: text('Payment channel'),
    date: day('The business day of the difference'),
    differenceId: text('Of the difference on which it was charged'),
    amountRupiah: money('What is still open. Positive: the channel is asked for it; negative: we owe it'),
    chargedRupiah: money('0: the charge was undone, and what was paid of it is open'),
    paidRupiah: money('Placed on it by two people, from movements of the bank; signed as the charge is'),
    chargedOn: day('Since then it ages; of a charge that was undone, the day of its last payment'),
    ageDays: count(),
  }),
)
export type ChargeToChannel = View<typeof charge>

export const chargesSchema = shape('ChannelCharges', 'One page, the oldest first', () =>
  z.strictObject({ items: z.array(charge()), next: next() }),
)
