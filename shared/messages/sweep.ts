/**
 * Queue `sweep`: what the clock or an operator asks of the memberships. Producers: the clocks in infra/hub-stack.ts, the
 * console's repair, and the consumer itself, functions/sweep-memberships.
 */
import * as z from 'zod/mini'
import { SWEEP_PURPOSES } from '../store/statistics/statistics.ts'
import { businessDate, count, moment, positive } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

/** Pages of views, or of up to 2,500 facts, that one message reads; the rest of its segment is another message. infra/stages.ts sizes the function by it. */
export const PAGES_PER_MESSAGE = 200

const zone = z.enum(['WIB', 'WITA', 'WIT'])

export const SWEEP = queueSchema(
  z.discriminatedUnion('task', [
    z.object({ task: z.enum(['nightly', 'recent', 'weekly', 'check']) }),
    z.object({
      task: z.literal('day'),
      source: z.string(),
      day: businessDate,
      /** Where an earlier message about this day stopped; absent from the beginning. */
      part: z.optional(count),
      from: z.optional(z.string()),
    }),
    /** Compares what was counted of a day with its index. */
    z.object({ task: z.literal('counts'), source: z.string(), day: businessDate }),
    z.object({ task: z.literal('recorded'), day: businessDate }),
    z.object({ task: z.literal('notices'), zone }),
    z.object({
      task: z.literal('segment'),
      purpose: z.enum(SWEEP_PURPOSES),
      zone: z.nullable(zone),
      /** The instant at which its run began. */
      run: moment,
      segment: count,
      segments: positive,
      part: count,
      /** Where it goes on, in the words of the store that is scanned; null from the beginning. */
      from: z.nullable(z.string()),
    }),
  ]),
)
export type SweepTask = MessageOf<typeof SWEEP>
export type DayTask = Extract<SweepTask, { readonly task: 'day' }>
export type SegmentTask = Extract<SweepTask, { readonly task: 'segment' }>
