/**
 * EventBridge Pipes on a laptop: one stream to one queue. Filters, renders the input template, sends batches of ten, tries
 * again, splits a batch that fails, parks what never goes. Its position is on disk only after the queue has taken the batch,
 * so a kill repeats messages and loses none.
 */
import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { FaultInjector } from '../aws-proxy/faults.ts'
import type { PipePlan } from '../cloud-assembly/cloud-assembly.ts'
import { type Json, REGION } from '../cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../emulators/dynamodb/dynamodb.ts'
import { passes } from './filter.ts'
import { rendered } from './input-template.ts'
import type { TableWrites } from './table-writes.ts'

export type PipeOptions = {
  readonly plan: PipePlan
  readonly streamArn: string
  readonly endpoint: string
  readonly dataDir: string
  readonly sqs: SQSClient
  readonly urlOf: (queueArn: string) => string
  readonly faults: FaultInjector
  /** Name of the table whose stream it is, and what tells when it was written to. */
  readonly table: string
  readonly writes: Pick<TableWrites, 'count' | 'changed' | 'note'>
}

export type Pipe = {
  readonly name: string
  /** Resolves when everything that was in the stream at the call has been sent on. */
  readonly caughtUp: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** How long a pipe waits for a write before it looks by itself: who writes past the proxy is found out about so late. */
const IDLE_MILLIS = 250
const READ_LIMIT = 1_000
const RETRY_MILLIS = 200

export function startPipe(options: PipeOptions): Pipe {
  const { plan, table, writes } = options
  const place = { endpoint: options.endpoint, region: REGION, credentials: HUB_CREDENTIALS }
  const streams = new DynamoDBStreamsClient({ ...place, cacheMiddleware: true })
  const positionFile = path.join(options.dataDir, 'pipes', `${plan.name}.json`)
  let position = readPosition(positionFile)
  let stopping = false
  let listeners: (() => void)[] = []

  async function run(): Promise<void> {
    await mkdir(path.dirname(positionFile), { recursive: true })
    let iterator = await iteratorAt()
    while (!stopping) {
      try {
        const called = listeners
        const before = writes.count(table)
        const { Records = [], NextShardIterator } = await streams.send(
          new GetRecordsCommand({ ShardIterator: iterator, Limit: READ_LIMIT }),
        )
        if (Records.length > 0) await passOn(Records)
        else {
          listeners = listeners.filter((listener) => !called.includes(listener))
          for (const listener of called) listener()
        }
        iterator = NextShardIterator ?? (await iteratorAt())
        if (Records.length === 0 && listeners.length === 0) await writes.changed(table, before, IDLE_MILLIS)
      } catch (error) {
        if (stopping) return
        console.warn(`Pipe ${plan.name}: ${(error as Error).message}; reading again from its last position`)
        await sleep(RETRY_MILLIS)
        iterator = await iteratorAt().catch(() => iterator)
      }
    }
  }

  async function iteratorAt(): Promise<string> {
    const description = await streams.send(new DescribeStreamCommand({ StreamArn: options.streamArn }))
    const ShardId = description.StreamDescription?.Shards?.at(-1)?.ShardId
    const from = position
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: position }
      : { ShardIteratorType: 'TRIM_HORIZON' as const }
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn: options.streamArn, ShardId, ...from }),
    )
    return ShardIterator as string
  }

  async function passOn(records: readonly _Record[]): Promise<void> {
    const bodies = records
      .filter((record) => plan.filters.length === 0 || plan.filters.some((filter) => passes(filter, asJson(record))))
      .map((record) => rendered(plan.inputTemplate, asJson(record)))
    const { faults } = options
    if (faults.inject(['duplicate'], [plan.name, 'pipe'])) bodies.push(...bodies)
    if (faults.inject(['reorder'], [plan.name, 'pipe'])) bodies.reverse()
    const batches = Array.from({ length: Math.ceil(bodies.length / plan.batchSize) }, (_, i) =>
      bodies.slice(i * plan.batchSize, (i + 1) * plan.batchSize),
    )
    await Promise.all(batches.map((batch) => sendBatch(batch, options.urlOf(plan.targetArn), 0)))
    position = records.at(-1)?.dynamodb?.SequenceNumber ?? position
    const unfinished = `${positionFile}.tmp`
    await writeFile(unfinished, JSON.stringify({ sequence: position }))
    await rename(unfinished, positionFile)
  }

  /** As the real one: tries again, halves a batch that keeps failing, parks the single message that never goes. */
  async function sendBatch(bodies: readonly string[], url: string, attempt: number): Promise<void> {
    if (bodies.length === 0) return
    const Entries = bodies.map((MessageBody, i) => ({ Id: String(i), MessageBody }))
    try {
      const { Failed = [] } = await options.sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
      if (Failed.length === 0) return
      throw new Error(`${Failed.length} of ${bodies.length} messages were not taken`)
    } catch (error) {
      if (stopping) throw error
      const most = plan.maximumRetryAttempts < 0 ? Number.POSITIVE_INFINITY : plan.maximumRetryAttempts
      if (attempt < most) {
        await sleep(RETRY_MILLIS)
        return sendBatch(bodies, url, attempt + 1)
      }
      if (bodies.length > 1) {
        const half = Math.ceil(bodies.length / 2)
        await sendBatch(bodies.slice(0, half), url, 0)
        return sendBatch(bodies.slice(half), url, 0)
      }
      if (plan.deadLetterArn === null || url === options.urlOf(plan.deadLetterArn)) throw error
      await sendBatch(bodies, options.urlOf(plan.deadLetterArn), 0)
    }
  }

  const running = run().catch((error: Error) => console.error(`Pipe ${plan.name} ended: ${error.message}`))
  return {
    name: plan.name,
    caughtUp: () =>
      new Promise((resolve) => {
        if (stopping) return resolve()
        // A new list: the read that is on its way now may have looked before what the caller waits for.
        listeners = [...listeners, resolve]
        writes.note(table)
      }),
    stop: async () => {
      stopping = true
      writes.note(table)
      for (const listener of listeners) listener()
      await running
      streams.destroy()
    },
  }
}

/** Where the last run stopped; undefined, and so everything once more, when there is no telling: consumers bear repeats. */
function readPosition(file: string): string | undefined {
  try {
    const { sequence } = JSON.parse(readFileSync(file, 'utf8')) as { readonly sequence?: unknown }
    return typeof sequence === 'string' ? sequence : undefined
  } catch {
    return undefined
  }
}

/** Bytes in base64, as the event has them. */
function asJson(record: _Record): Json {
  const text = JSON.stringify(record, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  )
  return JSON.parse(text) as Json
}
