/**
 * A queue's event source mapping on a laptop: receives batches, invokes the function, deletes what it did not report as failed.
 * Unlike the real one it hands a failed message out again after 1, 2, 4, 8 … seconds instead of the whole visibility timeout: nobody
 * on a laptop waits for three minutes. The dead-letter queue is the queue's own redrive policy, after as many receives.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { Dice } from '../aws-proxy/faults.ts'
import type { MappingPlan } from '../cloud-assembly/cloud-assembly.ts'
import { REGION } from '../cloud-assembly/template.ts'
import type { HostedFunction } from '../lambda-runtime/functions.ts'

export type PollerOptions = {
  readonly plan: MappingPlan
  readonly url: string
  readonly sqs: SQSClient
  readonly target: HostedFunction
  readonly chance: Dice
}
export type Poller = { readonly stop: () => Promise<void> }

const WAIT_SECONDS = 1
const LONGEST_RETRY_SECONDS = 60
/** Batches on their way at a time, per mapping. */
const BATCHES = 2

export function startPoller(order: PollerOptions): Poller {
  const { plan, url, sqs } = order
  const abort = new AbortController()
  let stopping = false

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        const received = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: plan.batchSize,
            WaitTimeSeconds: WAIT_SECONDS,
            MessageSystemAttributeNames: ['All'],
            MessageAttributeNames: ['All'],
          }),
          { abortSignal: abort.signal },
        )
        if (received.Messages?.length) await handle(received.Messages)
      } catch (error) {
        if (stopping) return
        console.warn(`Queue of ${order.target.plan.name}: ${(error as Error).message}; polling again`)
        await sleep(200)
      }
    }
  }

  async function handle(messages: readonly Message[]): Promise<void> {
    const event = { Records: messages.map((message) => recordOf(message, plan.queueArn)) }
    const failed = await failedOf(messages, event)
    if (order.chance.strikes(['duplicate'], [order.target.plan.folder])) await failedOf(messages, event)
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId as string))
    const again = messages.filter(({ MessageId }) => failed.has(MessageId as string))
    const entries = (of: readonly Message[]) => of.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }))
    if (done.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries(done) }))
    if (again.length === 0) return
    const Entries = entries(again).map((entry, i) => ({ ...entry, VisibilityTimeout: retrySeconds(again[i]) }))
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }))
  }

  /** The ids that go back; a function that throws gives all of them back, as does an answer without the list. */
  async function failedOf(messages: readonly Message[], event: unknown): Promise<ReadonlySet<string>> {
    const all = new Set(messages.map(({ MessageId }) => MessageId as string))
    try {
      const answer = (await order.target.invoke(event)) as BatchAnswer | null
      if (!plan.reportsItemFailures) return new Set()
      const failed = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier)
      // As in AWS: a report that names what was not in the batch says nothing about the batch.
      return failed.every((id) => all.has(id)) ? new Set(failed) : all
    } catch {
      return all
    }
  }

  const running = Promise.all(Array.from({ length: BATCHES }, run))
  return {
    stop: async () => {
      stopping = true
      abort.abort()
      await running
    },
  }
}

type BatchAnswer = { readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[] }

/** Twice as long each time: a fault of some seconds passes before a message has used up its receives and is parked. */
function retrySeconds(message: Message | undefined): number {
  const received = Number(message?.Attributes?.ApproximateReceiveCount ?? 1)
  return Math.min(LONGEST_RETRY_SECONDS, 2 ** (received - 1))
}

function recordOf(message: Message, queueArn: string) {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    { stringValue: value.StringValue, stringListValues: [], binaryListValues: [], dataType: value.DataType },
  ])
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  }
}
