/**
 * SQS on a laptop: fauxqs in a thread of its own, its messages on disk; or whatever AWS_ENDPOINT_URL_SQS names. Creates the
 * queues of the cloud assembly, dead-letter queues first.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { QueuePlan } from '../../cloud-assembly/cloud-assembly.ts'
import { REGION } from '../../cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../dynamodb/dynamodb.ts'

export type Queues = {
  readonly endpoint: string
  readonly urlOf: (arn: string) => string
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
  client.destroy()
  const urlOf = (arn: string) => {
    const url = urls.get(arn)
    if (url === undefined) throw new Error(`expected ${arn} to be a queue of the template`)
    return url
  }
  return { endpoint, urlOf, stop: async () => own?.stop() }
}

async function startThread(folder: string): Promise<{ readonly endpoint: string; readonly stop: () => Promise<void> }> {
  mkdirSync(folder, { recursive: true })
  const thread = new Worker(new URL('./sqs-thread.ts', import.meta.url), {
    name: 'sqs',
    workerData: { folder, region: REGION },
  })
  const endpoint = await new Promise<string>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  return {
    endpoint,
    stop: async () => {
      const gone = new Promise((resolve) => thread.once('exit', resolve))
      thread.postMessage('stop')
      await gone
    },
  }
}
