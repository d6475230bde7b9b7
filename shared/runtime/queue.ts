/**
 * The stack of a function behind a queue: records -> messages -> groups -> `handle`, with partial batch failures, on middy.
 *
 * Promises: a message is acknowledged only when its group was handled or it was parked; what may succeed later goes back to
 * the queue (`Transient`), what will not (an unreadable message, a `Defect`) is parked with its reason, never dropped;
 * right for any batch size, none included, and for the same record twice.
 * Refuses to know what messages mean. Used by functions/reconcile-membership, apply-bill-payment, sweep-memberships.
 */
import middy from '@middy/core'
import type { Context, SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import { Defect, Throttled, Transient } from './faults.ts'
import { inParallel } from './in-parallel.ts'
import type { Log } from './log.ts'
import { type LogScope, logScopeFrom } from './log-scope.ts'
import type { Metrics } from './metrics.ts'

/** What a body came to. `reason` is a fixed sentence without anything of the body. */
export type ReadMessage<T> =
  | { readonly kind: 'message'; readonly message: T }
  | { readonly kind: 'refused'; readonly reason: string }

/** Why a message was put aside; travels with it as message attributes. */
export type ParkReason = { readonly code: string; readonly reason: string }

/** Resolves once the record's copy is safe elsewhere. */
export type Park = (record: Pick<SQSRecord, 'body' | 'messageId'>, why: ParkReason) => Promise<void>

export type QueueOptions<T> = {
  /** For log lines. */
  readonly queue: string
  readonly log: Log
  readonly metrics: Metrics
  readonly read: (body: string) => ReadMessage<T>
  /** Messages with the same key are one piece of work: handled together, once, and sharing the result. */
  readonly groupBy: (message: T) => string
  /** All messages of one group, at least one, in the order of the batch. */
  readonly handle: (messages: readonly T[], logScope: LogScope) => Promise<void>
  readonly park: Park
  /** Groups at a time. */
  readonly concurrency?: number
  readonly stopwatch?: () => number
}

export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>

type Group<T> = { readonly records: SQSRecord[]; readonly messages: T[] }
type Unreadable = { readonly record: SQSRecord; readonly why: ParkReason }

const CONCURRENCY = 8
const UNREADABLE = 'UNREADABLE'

/** Powertools' batch processor is not used: it handles record by record, knows no groups and no parking, and throws when all fail. */
export function queueHandler<T>(options: QueueOptions<T>): QueueHandler {
  const { metrics } = options
  const stopwatch = options.stopwatch ?? (() => performance.now())

  async function answer(event: SQSEvent): Promise<SQSBatchResponse> {
    const startedAt = stopwatch()
    const failed = await handleBatch(options, event.Records)
    metrics.millis('LatencyMillis', Math.round((stopwatch() - startedAt) * 100) / 100)
    const batchItemFailures: SQSBatchItemFailure[] = [...failed].map((itemIdentifier) => ({ itemIdentifier }))
    return { batchItemFailures }
  }

  const end = () => metrics.flush()
  const stack = middy<SQSEvent, SQSBatchResponse>(answer, { timeoutEarlyInMillis: 0 })
  // A fault out here is of the batch as a whole: it stays thrown, and Lambda gives every record back to the queue.
  stack.after(end).onError(end)
  return stack
}

/** The ids that go back to the queue. */
async function handleBatch<T>(options: QueueOptions<T>, records: readonly SQSRecord[]): Promise<ReadonlySet<string>> {
  const failed = new Set<string>()
  const { groups, unreadable } = grouped(options, records)
  const work = [
    ...groups.map((group) => () => handleGroup(options, group, failed)),
    ...unreadable.map(
      ({ record, why }) =>
        () =>
          parkRecord(options, record, why, undefined, failed),
    ),
  ]
  await inParallel(work, options.concurrency ?? CONCURRENCY)
  return failed
}

function grouped<T>(
  options: QueueOptions<T>,
  records: readonly SQSRecord[],
): { groups: readonly Group<T>[]; unreadable: readonly Unreadable[] } {
  const groups = new Map<string, Group<T>>()
  const unreadable: Unreadable[] = []
  const seen = new Set<string>()
  for (const record of records) {
    // A batch may hold one message twice: once is enough, and its id stands for both.
    if (seen.has(record.messageId)) continue
    seen.add(record.messageId)
    const reading = readSafely(options, record.body)
    if ('why' in reading) {
      unreadable.push({ record, why: reading.why })
      continue
    }
    const group = groups.get(reading.key)
    if (group) {
      group.records.push(record)
      group.messages.push(reading.message)
    } else groups.set(reading.key, { records: [record], messages: [reading.message] })
  }
  return { groups: [...groups.values()], unreadable }
}

/** A reader that throws has met a message that it cannot read: that is for parking, not for trying again. */
function readSafely<T>(
  options: QueueOptions<T>,
  body: string,
): { readonly message: T; readonly key: string } | { readonly why: ParkReason } {
  try {
    const reading = options.read(body)
    if (reading.kind === 'refused') return { why: { code: UNREADABLE, reason: reading.reason } }
    return { message: reading.message, key: options.groupBy(reading.message) }
  } catch {
    return { why: { code: UNREADABLE, reason: 'expected a body that can be read; its reader failed' } }
  }
}

async function handleGroup<T>(options: QueueOptions<T>, group: Group<T>, failed: Set<string>): Promise<void> {
  const logScope = logScopeFrom(options.log)
  try {
    await options.handle(group.messages, logScope)
  } catch (error) {
    if (error instanceof Transient) return retryLater(options, group, logScope.log(), error, failed)
    options.metrics.count('Defects')
    await Promise.all(
      group.records.map((record) =>
        parkRecord(options, record, reasonOf(error), { log: logScope.log(), error }, failed),
      ),
    )
  }
}

function retryLater<T>(
  options: QueueOptions<T>,
  group: Group<T>,
  log: Log,
  error: Transient,
  failed: Set<string>,
): void {
  const { queue, metrics } = options
  if (error instanceof Throttled) metrics.count('Throttled')
  metrics.count('MessagesRetried', undefined, group.records.length)
  const attempts = Number(group.records[0]?.attributes?.ApproximateReceiveCount ?? 1)
  log.warn('Messages go back to their queue', { queue, count: group.records.length, attempts, error })
  for (const record of group.records) failed.add(record.messageId)
}

type Cause = { readonly log: Log; readonly error: unknown }

async function parkRecord<T>(
  options: QueueOptions<T>,
  record: SQSRecord,
  why: ParkReason,
  cause: Cause | undefined,
  failed: Set<string>,
): Promise<void> {
  const { queue, metrics } = options
  const { messageId } = record
  const log = cause?.log ?? options.log
  try {
    await options.park(record, why)
    metrics.count('MessagesParked')
    log.error('A message was parked', { queue, messageId, code: why.code, error: cause?.error })
  } catch (error) {
    // Not safe elsewhere: it must stay where it is.
    metrics.count('MessagesRetried')
    failed.add(messageId)
    log.error('A message could not be parked and goes back to its queue', { queue, messageId, code: why.code, error })
  }
}

/** Our own faults say it themselves; what others say may quote an item. */
function reasonOf(error: unknown): ParkReason {
  if (error instanceof Defect) return { code: error.code, reason: error.message }
  return {
    code: 'DEFECT',
    reason: 'expected the message to be handled; it failed in a way that is not foreseen, see the log',
  }
}
