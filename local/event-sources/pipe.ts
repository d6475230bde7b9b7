/**
 * EventBridge Pipes on a laptop: one stream to one queue. Filters, renders the input template, sends batches of ten, tries
 * again, splits a batch that fails, parks what never goes. Its position is on disk only after the queue has taken the batch,
 * so a kill repeats messages and loses none.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { _Record } from '@aws-sdk/client-dynamodb-streams'
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { FaultInjector } from '../aws-proxy/faults.ts'
import type { PipePlan } from '../cloud-assembly/cloud-assembly.ts'
import { passes } from './filter.ts'
import { rendered } from './input-template.ts'
import { asJson, followStream, RETRY_MILLIS, type StreamReader } from './stream-reader.ts'
import type { WritesOfTable } from './table-writes.ts'

export type PipeOptions = {
  readonly plan: PipePlan
  readonly streamArn: string
  readonly endpoint: string
  readonly dataDir: string
  readonly sqs: SQSClient
  readonly urlOf: (queueArn: string) => string
  readonly faults: FaultInjector
  readonly writes: WritesOfTable
}

export type Pipe = Pick<StreamReader, 'name' | 'caughtUp' | 'stop'>

export function startPipe(options: PipeOptions): Pipe {
  const { plan, streamArn, endpoint, dataDir, writes } = options
  const reader = followStream({ name: plan.name, streamArn, endpoint, dataDir, writes, take: passOn })
  return reader

  async function passOn(records: readonly _Record[]): Promise<void> {
    const bodies = records
      .map(asJson)
      .filter((record) => plan.filters.length === 0 || plan.filters.some((filter) => passes(filter, record)))
      .map((record) => rendered(plan.inputTemplate, record))
    const { faults } = options
    if (faults.inject(['duplicate'], [plan.name, 'pipe'])) bodies.push(...bodies)
    if (faults.inject(['reorder'], [plan.name, 'pipe'])) bodies.reverse()
    const batches = Array.from({ length: Math.ceil(bodies.length / plan.batchSize) }, (_, i) =>
      bodies.slice(i * plan.batchSize, (i + 1) * plan.batchSize),
    )
    await Promise.all(batches.map((batch) => sendBatch(batch, options.urlOf(plan.targetArn), 0)))
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
      if (reader.isStopping()) throw error
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
}
