/**
 * The thread of the S3 emulator: one HTTP server on 127.0.0.1, and the sender of event notifications, which tries until the
 * queue has taken each. Started by s3.ts.
 */
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { hubClock } from '../../clock.ts'
import { REGION } from '../../cloud-assembly/template.ts'
import { notificationsFrom } from './object-event.ts'
import { openObjectStore } from './object-store.ts'
import { showOutgoing } from './outgoing-folder.ts'
import type { S3ThreadOptions } from './s3.ts'
import { answerS3Call } from './s3-server.ts'

/** A new object wakes the sender; it looks by itself so seldom. */
const IDLE_MILLIS = 1_000
const RETRY_MILLIS = 200

const { folder, buckets, queueUrls, queueEndpoint, clock, credentials } = workerData as S3ThreadOptions
const urlOf = (arn: string) => queueUrls[arn] as string
const notificationsOf = notificationsFrom(buckets, urlOf)
const store = openObjectStore({
  folder,
  now: hubClock(clock).now,
  notificationsOf: (made, object) => {
    showOutgoing(folder, object)
    // When what is being written now stands.
    setImmediate(() => wake())
    return notificationsOf(made, object)
  },
})
const names = new Set(buckets.map(({ name }) => name))
let stopping = false
let wake = () => {}
let sender: ReturnType<typeof openSender> | undefined

const server = createServer((incoming, outgoing) => {
  void answerS3Call({ store, buckets: names }, incoming, outgoing)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => parentPort?.postMessage({ port: (server.address() as { port: number }).port }))
const sending = sendNotifications()

parentPort?.on('message', async (message: 'stop' | 'pendingNotifications') => {
  if (message === 'pendingNotifications')
    return parentPort?.postMessage({ pendingNotifications: store.pendingNotifications().length })
  stopping = true
  wake()
  server.closeAllConnections()
  await sending
  server.close(() => {
    store.close()
    process.exit(0)
  })
})

/** Loaded for the first notification: a start does not wait for it. */
async function openSender(): Promise<(url: string, body: string) => Promise<void>> {
  const { SendMessageCommand, SQSClient } = await import('@aws-sdk/client-sqs')
  const sqs = new SQSClient({ endpoint: queueEndpoint, region: REGION, credentials })
  return async (QueueUrl, MessageBody) => {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  }
}

async function woken(): Promise<void> {
  const early = new AbortController()
  wake = () => early.abort()
  await sleep(IDLE_MILLIS, undefined, { signal: early.signal }).catch(() => {})
}

/** At least once: what was sent and not yet deleted when the process was killed is sent again, as S3 may do too. */
async function sendNotifications(): Promise<void> {
  while (!stopping) {
    const pending = store.pendingNotifications()
    if (pending.length === 0) await woken()
    for (const { id, url, body } of pending) {
      try {
        sender ??= openSender()
        await (await sender)(url, body)
        store.markSent(id)
      } catch (error) {
        if (stopping) return
        console.warn(
          `Files: a queue did not take the notification of a new object (${(error as Error).message}); trying again`,
        )
        await sleep(RETRY_MILLIS)
        break
      }
    }
  }
}
