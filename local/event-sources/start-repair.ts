/**
 * The repair that each start asks for, of what the last run may have left undone. It is asked for when the last run's messages
 * are through, at once where there are none: a hub that is killed again and again would pile up one repair per start otherwise.
 * Knows no accounts and no days: that is functions/sweep-memberships.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { QueuePlan } from '../cloud-assembly/cloud-assembly.ts'

export type RepairOptions = {
  readonly queues: readonly QueuePlan[]
  readonly sqs: SQSClient
  readonly urlOf: (queueArn: string) => string
}
export type StartRepair = { readonly stop: () => Promise<void> }

const LOOK_MILLIS = 500
/** Where a repair's own messages go. */
const WAYS = /-(sweep|reconcile)$/
const IN_QUEUE = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const

/** Resolves when the repair has been asked for, or when it has to wait for what is left. */
export async function startRepair({ queues, sqs, urlOf }: RepairOptions): Promise<StartRepair> {
  const sweep = queues.find(({ name }) => name.endsWith('-sweep'))
  if (sweep === undefined) return { stop: async () => {} }
  const stopping = new AbortController()
  const ask = () => sqs.send(new SendMessageCommand({ QueueUrl: urlOf(sweep.arn), MessageBody: '{"task":"recent"}' }))
  const left = async () => {
    const counts = queues.filter(({ name }) => WAYS.test(name)).map(({ arn }) => messagesIn(sqs, urlOf(arn)))
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  }
  if ((await left()) === 0) {
    await ask()
    return { stop: async () => {} }
  }
  const later = async () => {
    do await sleep(LOOK_MILLIS, undefined, { signal: stopping.signal })
    while ((await left()) > 0)
    await ask()
  }
  const asking = later().catch((error: Error) => {
    if (!stopping.signal.aborted) console.warn(`The repair of the last run was not asked for: ${error.message}`)
  })
  return {
    stop: async () => {
      stopping.abort()
      await asking
    },
  }
}

/** Waiting or being handled. */
async function messagesIn(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...IN_QUEUE] }))
  return IN_QUEUE.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0)
}
