/**
 * A queue's event source mapping on a laptop: receives batches, invokes the function, deletes what it did not report as failed.
 * One receiver, several batches on their way: while they are, messages gather, so that under load batches are full and few.
 * Unlike AWS it hands a failed message out again after 1, 2, 4, 8 … seconds instead of the whole visibility timeout, which
 * would be minutes. Ends recursive loops as Lambda does (../lambda-runtime/lineage.ts). The dead-letter queue is the queue's own redrive policy, after as many receives.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { FaultInjector } from '../aws-proxy/faults.ts'
import type { MappingPlan } from '../cloud-assembly/cloud-assembly.ts'
import { REGION } from '../cloud-assembly/template.ts'
import type { HostedFunction } from '../lambda-runtime/functions.ts'
import {
  invocationsOf,
  MAX_INVOCATIONS,
  nextTraceHeader,
  readLineage,
  TRACE_ATTRIBUTE,
} from '../lambda-runtime/lineage.ts'

export type PollerOptions = {
  readonly plan: MappingPlan
  readonly url: string
  readonly sqs: SQSClient
  readonly target: HostedFunction
  readonly faults: FaultInjector
}
export type Poller = { readonly stop: () => Promise<void> }

/** A queue without messages is asked so seldom; one that comes ends the wait. */
const WAIT_SECONDS = 10
const RETRY_MILLIS = 200
const LONGEST_RETRY_SECONDS = 60
/**
 * Batches on their way at a time: at most what the mapping allows. Of small messages so many that a busy machine's waiting times
 * do not hold the queue up; where a batch is one message, that message is a large job, and all share a thread's memory.
 */
const BATCHES = 4
const LARGE_JOBS = 2

export function startPoller(options: PollerOptions): Poller {
  const { plan, url, sqs } = options
  const abort = new AbortController()
  const places = Math.min(plan.maximumConcurrency, plan.batchSize === 1 ? LARGE_JOBS : BATCHES)
  const handling = new Set<Promise<void>>()
  let stopping = false

  async function run(): Promise<void> {
    while (!stopping) {
      while (handling.size >= places) await Promise.race(handling)
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
        if (received.Messages?.length) begin(received.Messages)
      } catch (error) {
        if (!stopping) await failed(error as Error)
      }
    }
    await Promise.all(handling)
  }

  /** Its place is taken until it is done; what could not be deleted or handed back comes again by itself. */
  function begin(messages: readonly Message[]): void {
    const one = handle(messages)
      .catch(failed)
      .finally(() => handling.delete(one))
    handling.add(one)
  }

  async function failed({ message }: Error): Promise<void> {
    console.warn(`Queue of ${options.target.plan.name}: ${message}; polling again`)
    await sleep(RETRY_MILLIS)
  }

  async function handle(messages: readonly Message[]): Promise<void> {
    const invoked = messages.filter((message) => !isLooping(message))
    const refused = messages.filter(isLooping).map(({ MessageId }) => MessageId as string)
    if (refused.length > 0) reportLoop(refused.length)
    const failed = new Set([...refused, ...(await failedOf(invoked))])
    if (options.faults.inject(['duplicate'], [options.target.plan.folder])) await failedOf(invoked)
    const done = messages.filter(({ MessageId }) => !failed.has(MessageId as string))
    const again = messages.filter(({ MessageId }) => failed.has(MessageId as string))
    const entries = (messages: readonly Message[]) =>
      messages.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }))
    if (done.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: entries(done) }))
    if (again.length === 0) return
    const Entries = entries(again).map((entry, i) => ({ ...entry, VisibilityTimeout: retrySeconds(again[i]) }))
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }))
  }

  /** As Lambda's loop detection: the function ran 16 times in this chain of messages, and nothing allows it to go on. */
  function isLooping(message: Message): boolean {
    const { arn, recursiveLoop } = options.target.plan
    return recursiveLoop === 'Terminate' && invocationsOf(lineageOf(message), arn) >= MAX_INVOCATIONS
  }

  function reportLoop(count: number): void {
    const { name } = options.target.plan
    console.warn(
      `Recursive loop: ${name} ran ${MAX_INVOCATIONS} times in one chain of messages; ${count} more go to the dead-letter queue. A function that feeds its own queue needs recursiveLoop: Allow in infra/`,
    )
  }

  /** The ids that go back; a function that throws gives all of them back, as does an answer without the list. */
  async function failedOf(messages: readonly Message[]): Promise<ReadonlySet<string>> {
    if (messages.length === 0) return new Set()
    const all = new Set(messages.map(({ MessageId }) => MessageId as string))
    const event = { Records: messages.map((message) => recordOf(message, plan.queueArn)) }
    const traceHeader = nextTraceHeader(messages.map(lineageOf), options.target.plan.arn)
    try {
      const answer = (await options.target.invoke(event, traceHeader)) as BatchAnswer | null
      if (!plan.reportsItemFailures) return new Set()
      const failed = (answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier)
      // As in AWS: a report that names what was not in the batch says nothing about the batch.
      return failed.every((id) => all.has(id)) ? new Set(failed) : all
    } catch {
      return all
    }
  }

  const running = run()
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

function lineageOf({ MessageAttributes }: Message) {
  return readLineage(MessageAttributes?.[TRACE_ATTRIBUTE]?.StringValue)
}

function recordOf(message: Message, queueArn: string) {
  const { [TRACE_ATTRIBUTE]: trace, ...others } = message.MessageAttributes ?? {}
  const attributes = Object.entries(others).map(([name, value]) => [
    name,
    { stringValue: value.StringValue, stringListValues: [], binaryListValues: [], dataType: value.DataType },
  ])
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: {
      ...message.Attributes,
      ...(trace?.StringValue === undefined ? {} : { [TRACE_ATTRIBUTE]: trace.StringValue }),
    },
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: REGION,
  }
}
