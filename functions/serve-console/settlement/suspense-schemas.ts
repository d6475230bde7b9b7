/** What the calls about money in suspense take and answer. */
import * as z from 'zod/mini'
import { EXIT_ACTIONS } from '../../../shared/domain/suspense-exit.ts'
import { proposalFields } from '../http/approval-schemas.ts'
import { choiceField, cursorField, kpjField, numberField, reasonField } from '../http/fields.ts'
import { count, day, money, named, next, shape, text, type View } from '../http/schema.ts'
import { bucketFields } from './ageing-schemas.ts'
import { REASON_LIMIT, waitsForField } from './difference-schemas.ts'
import { SUSPENSE_REASONS } from './suspended-money.ts'

export const suspenseQuery = z.strictObject({
  ...bucketFields,
  limit: z.optional(numberField('Items per page, 50 if absent', 1, 100)),
  after: z.optional(cursorField()),
})
export type SuspenseQuery = z.output<typeof suspenseQuery>

const suspenseItem = shape('SuspenseItem', 'Money that is in suspense, or waits for the payer of its bill', () =>
  z.strictObject({
    id: text('As a path names it'),
    account: text('KPJ, bill code, or an account of its own where no payer is known'),
    factKey: text('The payment, share or posting'),
    channel: text('Payment channel that collected it'),
    paymentId: text('The partner’s id of the payment'),
    amountRupiah: money('What waits'),
    since: day('The business day of the money'),
    ageDays: count('Since then'),
    why: z.enum(SUSPENSE_REASONS),
    differenceId: z.nullable(text('Of the difference on which it was suspended; null where there was none')),
    actions: z.array(z.enum(EXIT_ACTIONS)),
    proposal: z.nullable(suspenseStep()),
  }),
)
export type SuspenseItem = View<typeof suspenseItem>

export const suspenseSchema = shape('Suspense', 'One page, the oldest business day first', () =>
  z.strictObject({ items: z.array(suspenseItem()), next: next() }),
)

export const exitProposal = named(
  'ExitProposal',
  'Where money in suspense goes',
  z.strictObject({
    action: choiceField('release: to a membership; refund: back to the channel, for whoever paid', EXIT_ACTIONS),
    kpj: z.optional(kpjField('expected the membership that a release is for, 11 digits')),
    reason: reasonField(REASON_LIMIT),
  }),
)
export type ExitProposal = z.output<typeof exitProposal>

export const suspenseStep = shape('SuspenseStep', 'What people propose and approve about money in suspense', () =>
  z.strictObject({
    id: text('Of the money'),
    action: z.enum(EXIT_ACTIONS),
    kpj: z.nullable(text('The membership that a release is for')),
    amountRupiah: money('The amount that was looked at'),
    ...proposalFields(),
    waitsFor: waitsForField(),
  }),
)
export type SuspenseStep = View<typeof suspenseStep>
