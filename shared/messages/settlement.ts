/**
 * Queue `settlement`: a new entry of table `settlements`, a channel-day, a morning's look, the journal. Producers: the
 * settlements pipe (infra/outboxes.ts), the clocks in infra/hub-stack.ts, and the consumer itself, functions/reconcile-settlement.
 */
import * as z from 'zod/mini'
import { businessDate, count } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

export const SETTLEMENT = queueSchema(
  z.union([
    z.object({ part: z.string(), entry: z.string() }),
    z.object({
      task: z.literal('day'),
      channel: z.string(),
      date: businessDate,
      /** Asked for by the run of another day. */
      cause: z.optional(z.literal('neighbour')),
      /** Days that this chain of messages has asked so far; 0 when not given. */
      hops: z.optional(count),
    }),
    z.object({ task: z.literal('nightly') }),
    z.object({ task: z.literal('arrivals') }),
    z.object({ task: z.literal('morning'), due: z.optional(z.enum(['files', 'statements'])) }),
    z.object({
      task: z.literal('journal'),
      /** The day up to which the journal is asked for. */
      date: businessDate,
      /** Days that this chain of messages has closed so far; 0 when not given. */
      closed: z.optional(count),
    }),
    z.object({
      task: z.literal('journal-part'),
      day: businessDate,
      /** From 0. */
      part: z.number(),
      parts: z.number(),
      date: businessDate,
      closed: z.optional(count),
    }),
  ]),
)
type SettlementMessage = MessageOf<typeof SETTLEMENT>
type Task<K extends string> = Extract<SettlementMessage, { readonly task: K }>

export type EntryMessage = Extract<SettlementMessage, { readonly part: string; readonly entry: string }>
export type DayTask = Task<'day'>
export type JournalTask = Task<'journal' | 'journal-part'>
export type SettlementTask = Exclude<SettlementMessage, JournalTask>
