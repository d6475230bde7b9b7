/**
 * SQS on a laptop: fauxqs in a thread of its own, its messages on disk; or whatever AWS_ENDPOINT_URL_SQS names. Creates the
 * queues of the cloud assembly, dead-letter queues first.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { QueuePlan } from '../../cloud-assembly/cloud-assembly.ts'
import { REGION } from '../../cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../dynamodb/dynamodb.ts'

/** Messages that may be received now, and those that somebody holds. What a queue holds back for later is in neither. */
export type QueueCount = { readonly waiting: number; readonly inFlight: number }

export type Queues = {
  readonly endpoint: string
  readonly urlOf: (arn: string) => string
  /** Of all queues, by name. */
  readonly counts: () => Promise<Readonly<Record<string, QueueCount>>>
  readonly stop: () => Promise<void>
}

export async function startQueues(dataDir: string, plans: readonly QueuePlan[]): Promise<Queues> {
  const given = process.env.AWS_ENDPOINT_URL_SQS
  const own = given === undefined ? await startThread(path.join(dataDir, 'queues')) : undefined
  const endpoint = given ?? (own as { endpoint: string }).endpoint
  const client = new SQSClient({ endpoint, region: REGION, credentials: HUB_CREDENTIALS })
  const urls = new Map<string, string>()
  for (const plan of [...plans].sort((a, b) => Number(b.isDeadLetter) - Number(a.isDeadLetter))) {
    await client.send(new CreateQueueCommand({ QueueName: plan.name, Attributes: { ...plan.attributes } }))
    urls.set(plan.arn, `${endpoint}${new URL(plan.url).pathname}`)
  }
  const urlOf = (arn: string) => {
    const url = urls.get(arn)
    if (url === undefined) throw new Error(`expected ${arn} to be a queue of the template`)
    return url
  }
  const askEach = async () =>
    Object.fromEntries(await Promise.all(plans.map(async ({ name, arn }) => [name, await countOf(client, urlOf(arn))])))
  const stop = async () => {
    client.destroy()
    await own?.stop()
  }
  return { endpoint, urlOf, counts: own?.counts ?? askEach, stop }
}

async function countOf(client: SQSClient, QueueUrl: string): Promise<QueueCount> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const
  const { Attributes = {} } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }))
  const [waiting, inFlight] = names.map((name) => Number(Attributes[name] ?? 0))
  return { waiting: waiting ?? 0, inFlight: inFlight ?? 0 }
}

async function startThread(folder: string): Promise<Pick<Queues, 'endpoint' | 'counts' | 'stop'>> {
  mkdirSync(folder, { recursive: true })
  const thread = new Worker(new URL('./sqs-thread.ts', import.meta.url), {
    name: 'sqs',
    workerData: { folder, region: REGION },
  })
  const endpoint = await new Promise<string>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  const asking: PromiseWithResolvers<Awaited<ReturnType<Queues['counts']>>>[] = []
  thread.on('message', ({ counts }) => asking.shift()?.resolve(counts))
  thread.on('exit', () => {
    for (const { reject } of asking.splice(0))
      reject(new Error('expected the queues to say what they hold, they ended'))
  })
  return {
    endpoint,
    counts: () => {
      const answer = Promise.withResolvers<Awaited<ReturnType<Queues['counts']>>>()
      asking.push(answer)
      thread.postMessage('counts')
      return answer.promise
    },
    stop: async () => {
      const gone = new Promise((resolve) => thread.once('exit', resolve))
      thread.postMessage('stop')
      await gone
    },
  }
}
