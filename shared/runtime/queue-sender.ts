/**
 * Sending to a queue: many bodies in batches of ten, and one message put aside on a dead-letter queue.
 *
 * Promises: `send` resolves only when the queue has taken every body; what the queue refuses for the moment is tried again,
 * then thrown as `Transient`; the sender may have sent some, so consumers must bear a message twice.
 * Refuses to know what bodies mean; they hold keys only.
 */
import {
  SendMessageBatchCommand,
  type SendMessageBatchCommandOutput,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import { Defect, Throttled, Transient } from './faults.ts'
import { inParallel } from './in-parallel.ts'
import { scrub } from './log-error.ts'
import type { Park } from './queue.ts'

export type Sender = { readonly send: (bodies: readonly string[]) => Promise<void> }

export type SenderOptions = {
  /** Waits between two attempts; the tests' does not. */
  readonly wait?: (millis: number) => Promise<void>
}

const BATCH = 10
const ATTEMPTS = 4
const FIRST_WAIT_MILLIS = 50
/** Batches on the way at a time: a night's sweep sends hundreds of thousands. */
const CONCURRENCY = 8
/** SQS takes more; a reason is a sentence. */
const MAX_REASON = 400

type Entry = { readonly Id: string; readonly MessageBody: string }

/** Throws `Throttled` or `Transient` when the queue does not take a body for now, `Defect` when it never will. */
export function sqsSender(client: SQSClient, url: string, options: SenderOptions = {}): Sender {
  const wait = options.wait ?? sleep
  return {
    async send(bodies) {
      const batches: (readonly string[])[] = []
      for (let at = 0; at < bodies.length; at += BATCH) batches.push(bodies.slice(at, at + BATCH))
      await inParallel(
        batches.map((batch) => () => sendBatch(client, url, batch, wait)),
        CONCURRENCY,
      )
    },
  }
}

/** Parks on the queue at `deadLetterUrl`: the body as it came, and why as the attributes `code` and `reason`. */
export function parkOn(client: SQSClient, deadLetterUrl: string): Park {
  return async ({ body, messageId }, { code, reason }) => {
    const sentence = scrub(reason).slice(0, MAX_REASON) || 'no reason given'
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value })
    const MessageAttributes = {
      code: attribute(code),
      reason: attribute(sentence),
      parkedMessageId: attribute(messageId),
    }
    try {
      await client.send(new SendMessageCommand({ QueueUrl: deadLetterUrl, MessageBody: body, MessageAttributes }))
    } catch (error) {
      throw faultOf(error)
    }
  }
}

async function sendBatch(
  client: SQSClient,
  url: string,
  bodies: readonly string[],
  wait: (millis: number) => Promise<void>,
): Promise<void> {
  let left: readonly Entry[] = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }))
  for (let attempt = 1; ; attempt++) {
    left = await sendOnce(client, url, left)
    if (left.length === 0) return
    if (attempt === ATTEMPTS) {
      throw new Transient(
        'QUEUE_SEND',
        `expected the queue to take ${bodies.length} messages, ${left.length} are left after ${ATTEMPTS} attempts`,
      )
    }
    await wait(FIRST_WAIT_MILLIS * 2 ** (attempt - 1))
  }
}

/** What is left to send. An entry that the queue does not mention was not taken. */
async function sendOnce(client: SQSClient, url: string, entries: readonly Entry[]): Promise<readonly Entry[]> {
  let output: SendMessageBatchCommandOutput
  try {
    output = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [...entries] }))
  } catch (error) {
    throw faultOf(error)
  }
  const ours = output.Failed?.find((failure) => failure.SenderFault && !isThrottling(failure.Code ?? ''))
  if (ours)
    throw new Defect(
      'QUEUE_REFUSED',
      `expected the queue to accept the message, it said ${scrub(ours.Code ?? 'nothing')}`,
    )
  const taken = new Set(output.Successful?.map(({ Id }) => Id))
  return entries.filter(({ Id }) => !taken.has(Id))
}

/** The SDK has tried again already: what is still wrong is for now (5xx, network, throttling) or for good (other 4xx). */
function faultOf(error: unknown): Transient | Defect {
  const { name, $metadata } = error as {
    readonly name?: string
    readonly $metadata?: { readonly httpStatusCode?: number }
  }
  const status = $metadata?.httpStatusCode ?? 0
  if (isThrottling(name ?? '') || status === 429)
    return new Throttled('expected the queue to take a message, it is asked too often', { cause: error })
  if (status >= 400 && status < 500) {
    return new Defect(
      'QUEUE_REFUSED',
      `expected the queue to accept a call, it answered ${status}; see role and address`,
      { cause: error },
    )
  }
  return new Transient('QUEUE_SEND', 'expected the queue to answer; ask again later', { cause: error })
}

function isThrottling(code: string): boolean {
  return /Throttl|TooManyRequests|RequestLimitExceeded/i.test(code)
}

function sleep(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis))
}
