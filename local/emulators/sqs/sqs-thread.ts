/**
 * The thread in which fauxqs runs. Its own start function listens on every interface, so the server is put together here
 * from its parts and listens on 127.0.0.1 only; the version is pinned, and a part that moves fails the start.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { buildApp } from 'fauxqs'
import type { QueueCount } from './sqs.ts'

const { folder, region } = workerData as { readonly folder: string; readonly region: string }
const LOOK_MILLIS = 200
const part = async (file: string) => import(new URL(file, import.meta.resolve('fauxqs')).href)
const { PersistenceManager } = await part('./persistence.js')
const { SqsQueue, SqsStore } = await part('./sqs/sqsStore.js')
const { SnsStore } = await part('./sns/snsStore.js')
const { S3Store } = await part('./s3/s3Store.js')

// While somebody waits at a queue it looks for messages whose delay or visibility timeout is over, each time through all that are
// held back. Fifty times a second costs more than all messages; one that is sent wakes its receiver anyway.
type Polled = { pollTimer?: NodeJS.Timeout; readonly processTimers: () => void }
SqsQueue.prototype.startPollTimerIfNeeded = function (this: Polled) {
  this.pollTimer ??= setInterval(() => this.processTimers(), LOOK_MILLIS)
}

const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() }
const disk = new PersistenceManager(folder)
// The process may be killed at any moment, and then the page cache holds what was written; a power cut is a laptop's own.
disk.db.exec('PRAGMA synchronous = OFF')
// Its own statement empties a column that may not be empty: a message handed back at once would fail, and be lost.
const handBack = 'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL'
const handBackOne = disk.db.prepare(`${handBack} WHERE message_id = ?`)
disk.updateMessageReady = (id: string) => handBackOne.run(id)
// Whoever held a message ended with the last hub: it is visible again now, not after its visibility timeout, and that receive
// does not count, or a hub that is killed some times in a row would park messages that nobody ever failed to handle.
disk.db.exec(
  'UPDATE sqs_messages SET approximate_receive_count = MAX(approximate_receive_count - 1, 0) WHERE receipt_handle IS NOT NULL',
)
disk.db.exec(handBack)
disk.load(stores.sqsStore, stores.snsStore, stores.s3Store)
for (const store of Object.values(stores)) store.persistence = disk
for (const queue of stores.sqsStore.allQueues()) queue.persistence = disk

const app = buildApp({ logger: false, defaultRegion: region, stores })
const address = await app.listen({ port: 0, host: '127.0.0.1' })
parentPort?.postMessage(address)
parentPort?.on('message', async (message: 'counts' | 'stop') => {
  if (message === 'counts') return parentPort?.postMessage({ counts: counted() })
  await app.close()
  disk.close()
  process.exit(0)
})

/** All queues in one answer: asking over HTTP costs as much for each of them. */
function counted(): Readonly<Record<string, QueueCount>> {
  const queues = [...stores.sqsStore.allQueues()].map((queue) => {
    const count = (name: string) => Number(queue.getAttribute(name))
    const inFlight = count('ApproximateNumberOfMessagesNotVisible')
    return [queue.name, { waiting: count('ApproximateNumberOfMessages'), inFlight }]
  })
  return Object.fromEntries(queues)
}
