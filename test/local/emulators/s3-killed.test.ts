/** Files on a laptop under kill -9: what was answered is there and was told, what was not is whole or absent. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const ROOT = path.join(import.meta.dirname, '../../..')
const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-killed-'))
const QUEUE = 'arn:aws:sqs:ap-southeast-3:000000000000:hub-import'
/** A hub's files and queues alone; says its addresses, then how many messages wait whenever it is asked. */
const CHILD = `
import { startS3 } from '${ROOT}/local/emulators/s3/s3.ts'
import { startQueues } from '${ROOT}/local/emulators/sqs/sqs.ts'
import { hubClock } from '${ROOT}/local/clock.ts'
import { createRequire } from 'node:module'
const { GetQueueAttributesCommand, SQSClient } = createRequire('${ROOT}/package.json')('@aws-sdk/client-sqs')
const queue = { name: 'hub-import', arn: '${QUEUE}', url: 'https://x/0/hub-import', keyArn: null, attributes: {}, deadLetterArn: null, isDeadLetter: false }
const notifications = [{ queueArn: '${QUEUE}', events: ['s3:ObjectCreated:*'], prefix: 'drop/', suffix: '' }]
const queues = await startQueues(process.argv[2], [queue])
const objects = await startS3(process.argv[2], [{ name: 'files', arn: 'a', keyArn: null, notifications }], queues, hubClock().memory)
const sqs = new SQSClient({ endpoint: queues.endpoint, region: 'x', credentials: { accessKeyId: 'k', secretAccessKey: 's' } })
process.on('message', async () => {
  while ((await objects.pendingNotifications()) > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queues.urlOf('${QUEUE}'), AttributeNames: ['All'] }))
  process.send(Number(Attributes.ApproximateNumberOfMessages))
})
process.send(objects.endpoint)`

// A file of its own: the threads of a program given on the command line would be given it too.
const PROGRAM = path.join(dataDir, 'child.mjs')
writeFileSync(PROGRAM, CHILD)

const children = new Set<ChildProcess>()
afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

async function startChild() {
  const child = spawn(process.execPath, ['--import', './tools/watch-parent.mjs', PROGRAM, dataDir], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.add(child)
  const next = <T>() => new Promise<T>((resolve) => child.once('message', resolve as (message: unknown) => void))
  const endpoint = await next<string>()
  return {
    endpoint,
    messages: () => {
      const answer = next<number>()
      child.send('count')
      return answer
    },
    kill: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Sends 4 MB in pieces; true when it was answered. */
function put(endpoint: string, key: string): Promise<boolean> {
  const piece = Buffer.alloc(64 * 1_024, key)
  return new Promise((resolve) => {
    const headers = { 'content-length': String(64 * piece.length) }
    const sending = request(`${endpoint}/files/drop/${key}`, { method: 'PUT', headers }, (reply) => {
      reply.resume()
      reply.once('end', () => resolve(reply.statusCode === 200))
      reply.once('error', () => resolve(false))
    })
    sending.once('error', () => resolve(false))
    for (let i = 0; i < 64; i++) sending.write(piece)
    sending.end()
  })
}

test('what was answered is whole and was told after the next start; of the rest nothing is left but whole objects', async () => {
  const answered: string[] = []
  let server = await startChild()
  for (let round = 0; round < 4; round++) {
    const keys = Array.from({ length: 6 }, (_, i) => `r${round}-${i}`)
    const puts = keys.map(async (key) => {
      if (await put(server.endpoint, key)) answered.push(key)
    })
    await new Promise((resolve) => setTimeout(resolve, 15 + round * 30))
    await server.kill()
    await Promise.all(puts)
    server = await startChild()
  }
  answered.push('last')
  expect(await put(server.endpoint, 'last')).toBe(true)

  const list = await (await fetch(`${server.endpoint}/files?list-type=2&prefix=drop/`)).text()
  const there = [...list.matchAll(/<Key>drop\/([^<]+)<.*?<Size>(\d+)</g)].map(([, key, size]) => [key, Number(size)])
  expect(there.filter(([, size]) => size !== 4 * 1_024 * 1_024)).toEqual([])
  const keys = there.map(([key]) => key)
  expect(answered.filter((key) => !keys.includes(key))).toEqual([])
  expect(readdirSync(path.join(dataDir, 'files/blobs'))).toHaveLength(keys.length)
  expect(await server.messages()).toBeGreaterThanOrEqual(keys.length)
  await server.kill()
}, 60_000)
