/**
 * A queue as operations sees it: how many messages wait, and how dead letters are put back. `queues.ts` answers from it;
 * `sqsQueueAdmin` is the adapter. Promises that a redrive loses nothing: a message leaves the dead-letter queue only after
 * its queue has taken it (so it may come twice, which every consumer bears). Knows nothing of what messages mean.
 */
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import * as z from 'zod/mini'
import { type Instant, instant } from '../../../shared/domain/instant.ts'
import { Defect } from '../../../shared/runtime/faults.ts'

export type QueueDepth = {
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
  readonly deadLetters: number
}

/** What is known of a dead letter without its body, which may hold anything. */
export type DeadLetter = {
  readonly messageId: string
  /** null: nobody parked it; the queue gave up after too many tries. */
  readonly code: string | null
  /** A fixed sentence of ours, scrubbed when it was parked. */
  readonly reason: string | null
  readonly sentAt: Instant
}

export type QueueAdmin = {
  readonly name: string
  readonly depth: () => Promise<QueueDepth>
  /** At most `limit` of them, the oldest first. None is taken away; for some seconds others do not see them. */
  readonly deadLetters: (limit: number) => Promise<readonly DeadLetter[]>
  /** Moves at most `limit` dead letters back; returns how many. */
  readonly redrive: (limit: number) => Promise<number>
}

export type QueueAddress = { readonly name: string; readonly url: string; readonly deadLetterUrl: string }

const ADDRESSES = z.array(z.object({ name: z.string(), url: z.string(), deadLetterUrl: z.string() }))

/** Reads `QUEUES`, as the template writes it. Throws a Defect when it is something else. */
export function readQueueAddresses(text: string): readonly QueueAddress[] {
  try {
    return z.parse(ADDRESSES, JSON.parse(text))
  } catch {
    throw new Defect(
      'ENVIRONMENT',
      'expected QUEUES to be a JSON list of name, url and deadLetterUrl; see the template',
    )
  }
}

/** What one call of the queue service takes. */
const BATCH = 10
const LOOK_SECONDS = 3

export function sqsQueueAdmin(client: SQSClient, { name, url, deadLetterUrl }: QueueAddress): QueueAdmin {
  return {
    name,
    depth: async () => {
      const [main, dead] = await Promise.all([attributesOf(client, url), attributesOf(client, deadLetterUrl)])
      const { visible, inFlight, delayed } = main
      return { visible, inFlight, delayed, deadLetters: dead.visible + dead.inFlight + dead.delayed }
    },
    deadLetters: async (limit) => {
      const seen = new Map<string, DeadLetter>()
      while (seen.size < limit) {
        const batch = await look(client, deadLetterUrl, Math.min(BATCH, limit - seen.size))
        const before = seen.size
        for (const message of batch) seen.set(message.MessageId ?? '', deadLetterOf(message))
        if (seen.size === before) break
      }
      return [...seen.values()].sort((a, b) => a.sentAt - b.sentAt)
    },
    redrive: async (limit) => {
      // Not more than are there now: a message that fails again comes back while others are moved.
      const waiting = Math.min(limit, (await attributesOf(client, deadLetterUrl)).visible)
      let moved = 0
      while (moved < waiting) {
        const batch = await receive(client, deadLetterUrl, Math.min(BATCH, waiting - moved))
        if (batch.length === 0) break
        const taken = await resend(client, url, batch)
        if (taken.length === 0) break
        await remove(client, deadLetterUrl, taken)
        moved += taken.length
      }
      return moved
    },
  }
}

async function attributesOf(client: SQSClient, url: string): Promise<Omit<QueueDepth, 'deadLetters'>> {
  const { Attributes: found = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  )
  return {
    visible: Number(found.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(found.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(found.ApproximateNumberOfMessagesDelayed ?? 0),
  }
}

/** A long poll asks every server of the queue; a short one may come back empty although messages wait. */
async function receive(client: SQSClient, url: string, count: number): Promise<readonly Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: count, WaitTimeSeconds: 1, VisibilityTimeout: 60 }),
  )
  return Messages
}

/** Hidden just long enough that the next look meets others. */
async function look(client: SQSClient, url: string, count: number): Promise<readonly Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: count,
      VisibilityTimeout: LOOK_SECONDS,
      MessageSystemAttributeNames: ['SentTimestamp'],
      MessageAttributeNames: ['code', 'reason'],
    }),
  )
  return Messages
}

function deadLetterOf({ MessageId = '', MessageAttributes = {}, Attributes = {} }: Message): DeadLetter {
  return {
    messageId: MessageId,
    code: MessageAttributes.code?.StringValue ?? null,
    reason: MessageAttributes.reason?.StringValue ?? null,
    sentAt: instant(Number(Attributes.SentTimestamp ?? 0)),
  }
}

/** Bodies only: the attributes of a dead letter say why it was parked, which no longer matters. Returns what the queue took. */
async function resend(client: SQSClient, url: string, batch: readonly Message[]): Promise<readonly Message[]> {
  const { Successful = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: batch.map((message, index) => ({ Id: String(index), MessageBody: message.Body ?? '' })),
    }),
  )
  const taken = new Set(Successful.map((entry) => entry.Id))
  return batch.filter((_, index) => taken.has(String(index)))
}

async function remove(client: SQSClient, url: string, batch: readonly Message[]): Promise<void> {
  await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: url,
      Entries: batch.map((message, index) => ({ Id: String(index), ReceiptHandle: message.ReceiptHandle ?? '' })),
    }),
  )
}
