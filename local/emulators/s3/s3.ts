/**
 * S3 on a laptop: the buckets of the cloud assembly in a thread of its own, everything on disk under `.hub/files/`; or whatever
 * AWS_ENDPOINT_URL_S3 names, which must then have the buckets and send their notifications by itself.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BucketPlan } from '../../cloud-assembly/buckets.ts'
import { HUB_CREDENTIALS } from '../dynamodb/dynamodb.ts'
import type { Queues } from '../sqs/sqs.ts'

export type S3 = {
  readonly endpoint: string
  /** Notifications of new objects that their queue has not taken yet. */
  readonly pendingNotifications: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** What the thread is given. */
export type S3ThreadOptions = {
  readonly folder: string
  readonly buckets: readonly BucketPlan[]
  readonly queueUrls: Readonly<Record<string, string>>
  readonly queueEndpoint: string
  readonly clock: SharedArrayBuffer
  readonly credentials: typeof HUB_CREDENTIALS
}

export async function startS3(
  dataDir: string,
  buckets: readonly BucketPlan[],
  queues: Pick<Queues, 'endpoint' | 'urlOf'>,
  clock: SharedArrayBuffer,
): Promise<S3> {
  const given = process.env.AWS_ENDPOINT_URL_S3
  if (given !== undefined) return { endpoint: given, pendingNotifications: async () => 0, stop: async () => {} }
  const folder = path.join(dataDir, 'files')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const notified = buckets.flatMap(({ notifications }) => notifications.map(({ queueArn }) => queueArn))
  const queueUrls = Object.fromEntries(notified.map((arn) => [arn, queues.urlOf(arn)]))
  const credentials = HUB_CREDENTIALS
  const options: S3ThreadOptions = { folder, buckets, queueUrls, queueEndpoint: queues.endpoint, clock, credentials }
  const thread = new Worker(new URL('./s3-thread.ts', import.meta.url), { name: 's3', workerData: options })
  const { port } = await answerOf<{ readonly port: number }>(thread)
  return {
    endpoint: `http://127.0.0.1:${port}`,
    pendingNotifications: async () => {
      const answer = answerOf<{ readonly pendingNotifications: number }>(thread)
      thread.postMessage('pendingNotifications')
      return (await answer).pendingNotifications
    },
    stop: async () => {
      const gone = new Promise((resolve) => thread.once('exit', resolve))
      thread.postMessage('stop')
      await gone
    },
  }
}

function answerOf<Answer>(thread: Worker): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answered = (message: Answer) => {
      thread.off('error', reject)
      resolve(message)
    }
    thread.once('message', answered)
    thread.once('error', reject)
  })
}
