/** What the calls of operations take and answer. */
import * as z from 'zod/mini'
import { dateField, textField } from '../http/fields.ts'
import { count, shape, text } from '../http/schema.ts'

export const repairQuery = z.strictObject({
  channel: z.optional(textField('One channel, or finance or settlement; all of them if absent', 64)),
  day: z.optional(dateField('One day (Asia/Jakarta); today and the two before if absent')),
})
export type RepairQuery = z.output<typeof repairQuery>

const queueDepth = shape('QueueDepth', 'What waits in one queue', () =>
  z.strictObject({
    name: text('Queue'),
    visible: count(),
    inFlight: count(),
    delayed: count(),
    deadLetters: count(),
  }),
)
export const queuesSchema = shape('Queues', 'The queues', () => z.array(queueDepth()))

export const redrivenSchema = shape('Redriven', 'How many messages were put back', () =>
  z.strictObject({ moved: count('Messages put back; ask again while dead letters remain') }),
)

export const repairSchema = shape('Repair', 'The repair is queued', () =>
  z.strictObject({ queued: count('Days of channels that will be folded again') }),
)

export const healthSchema = shape('Health', 'The hub can serve', () => z.strictObject({ status: z.literal('ok') }))
