/** What the calls about money in suspense take and answer. */
import * as z from 'zod/mini'
import { cursorField, numberField } from '../http/fields.ts'
import { count, day, money, next, shape, text, type View } from '../http/schema.ts'
import { bucketFields } from './ageing-schemas.ts'

export const suspenseQuery = z.strictObject({
  ...bucketFields,
  limit: z.optional(numberField('Items per page, 50 if absent', 1, 100)),
  after: z.optional(cursorField()),
})
export type SuspenseQuery = z.output<typeof suspenseQuery>

const suspenseItem = shape('SuspenseItem', 'Money that finance put into suspense and that is still there', () =>
  z.strictObject({
    account: text('KPJ, bill code, or an account of its own where no payer is known'),
    factKey: text('The payment, share or posting'),
    channel: text('Payment channel that collected it'),
    amountRupiah: money('What waits'),
    since: day('The business day of the money'),
    ageDays: count('Since then'),
    why: z.enum(['unknown-payer', 'suspended']),
    differenceId: z.nullable(text('Of the difference on which it was suspended; null where no payer was known')),
  }),
)
export type SuspenseItem = View<typeof suspenseItem>

export const suspenseSchema = shape('Suspense', 'One page, the oldest business day first', () =>
  z.strictObject({ items: z.array(suspenseItem()), next: next() }),
)
