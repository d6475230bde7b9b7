/** The short way: what goes past the proxy is only what the proxy would let through, and whatever the emulator does is heard. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hubClock } from '../../../local/clock.ts'
import type { FunctionPlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { type HostedFunction, hostFunction } from '../../../local/lambda-runtime/functions.ts'
import { aPlan } from '../an-assembly.ts'

const BUNDLE = `
const http = require('http')
exports.handler = ({ port, method = 'POST', target, key, body, giveUp }) => new Promise((resolve) => {
  const headers = { 'x-amz-target': target, authorization: 'AWS4-HMAC-SHA256 Credential=' + key + '/20261120/r/s/aws4_request, x' }
  const length = { 'content-length': String(Buffer.byteLength(body)) }
  const call = http.request({ host: '127.0.0.1', port, method, path: '/', headers: { ...headers, ...length } }, async (reply) => {
    const chunks = []
    for await (const chunk of reply) chunks.push(chunk)
    resolve({ status: reply.statusCode, crc: reply.headers['x-amz-crc32'], text: Buffer.concat(chunks).toString() })
  })
  call.on('error', ({ code, message }) => resolve({ failed: code || message }))
  call.end(Buffer.from(body))
  if (giveUp) setTimeout(() => call.destroy(), giveUp)
})`

const folder = mkdtempSync(path.join(tmpdir(), 'hub-short-way-'))
const plan = aPlan()
const armed = new SharedArrayBuffer(4)
const met: string[] = []
/** What the emulator does with each call, in turn; then it answers as it should. */
const script: ((socket: Socket) => void)[] = []
const proxy = createServer(async (incoming, outgoing) => {
  for await (const _ of incoming);
  met.push('proxy')
  outgoing.end('from the proxy')
})
const emulator = createRawServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    met.push('emulator')
    last = chunk.toString()
    const act = script.shift()
    if (act) act(socket)
    else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\nx-amz-crc32: 7\r\n\r\ndone')
  })
})
let last = ''
let endpoint: HostedFunction
let port: number

beforeAll(async () => {
  await Promise.all(
    [proxy, emulator].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  )
  port = (proxy.address() as AddressInfo).port
  const file = path.join(folder, 'bundle.cjs')
  writeFileSync(file, BUNDLE)
  const planned = plan.functions[0] as FunctionPlan
  const dynamo = `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`
  const { statements } = planned.role
  endpoint = hostFunction({
    plan: { ...planned, file },
    environment: {},
    clock: hubClock().memory,
    dataDir: folder,
    isolates: 'interleaved',
    shortWay: { proxyPort: port, dynamo, armed, accessKeyId: 'ASIADOOR', statements, plan },
  })
})
beforeEach(() => {
  met.length = 0
  script.length = 0
})
afterAll(async () => {
  await endpoint.stop()
  proxy.close()
  proxy.closeAllConnections()
  emulator.close()
  rmSync(folder, { recursive: true, force: true })
})

const put = {
  target: 'DynamoDB_20120810.PutItem',
  key: 'ASIADOOR',
  body: '{"TableName":"hub-facts","Item":{"name":"Nuğraha €"}}',
}
const call = (change: object = {}) => endpoint.invoke({ port, ...put, ...change })
const done = { status: 200, crc: '7', text: 'done' }

test('what the role allows goes straight to the tables, byte for byte', async () => {
  expect(await call()).toEqual(done)
  expect(met).toEqual(['emulator'])
  expect(last.startsWith('POST / HTTP/1.1\r\nx-amz-target: DynamoDB_20120810.PutItem\r\n')).toBe(true)
  expect(last.endsWith(`\r\n\r\n${put.body}`)).toBe(true)
})

test.each([
  ['an action that the role lacks', { target: 'DynamoDB_20120810.DeleteItem' }],
  ['another table', { body: '{"TableName":"hub-decisions"}' }],
  [
    'an index that the role does not name',
    { target: 'DynamoDB_20120810.Query', body: '{"TableName":"hub-facts","IndexName":"byDay"}' },
  ],
  [
    'one forbidden part among allowed ones',
    {
      target: 'DynamoDB_20120810.TransactWriteItems',
      body: '{"TransactItems":[{"Put":{"TableName":"hub-facts"}},{"Put":{"TableName":"hub-decisions"}}]}',
    },
  ],
  ['an operation that nobody listed', { target: 'DynamoDB_20120810.DeleteTable' }],
  ['credentials of somebody else', { key: 'ASIAOTHER' }],
  ['credentials that only begin alike', { key: 'ASIADOORS' }],
  ['another service', { target: 'AmazonSQS.SendMessage', body: '{"QueueUrl":"hub-reconcile"}' }],
  ['a version of the service that nobody knows', { target: 'DynamoDB_20990101.PutItem' }],
  ['a body that is no JSON', { body: '{"TableName":"hub-facts"' }],
  ['a body that is no object', { body: '"hub-facts"' }],
  ['another method', { method: 'PUT' }],
])('%s goes through the proxy', async (_, change) => {
  expect(await call(change)).toMatchObject({ text: 'from the proxy' })
  expect(met).toEqual(['proxy'])
})

test('while a fault is armed everything goes through the proxy, and after that nothing more than before', async () => {
  Atomics.store(new Int32Array(armed), 0, 1)
  expect(await call()).toMatchObject({ text: 'from the proxy' })
  Atomics.store(new Int32Array(armed), 0, 0)
  expect(await call()).toEqual(done)
  expect(met).toEqual(['proxy', 'emulator'])
})

test('an answer in pieces is put together', async () => {
  script.push(async (socket) => {
    for (const piece of ['HTTP/1.1 400 Bad', ' Request\r\nContent-', 'Length: 6\r\n\r', '\nabc', 'def']) {
      socket.write(piece)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  })
  expect(await call()).toMatchObject({ status: 400, text: 'abcdef' })
})

test.each<readonly [string, (socket: Socket) => void, string]>([
  ['a connection that ends without an answer', (socket) => socket.end(), 'ECONNRESET'],
  ['a connection that breaks', (socket) => socket.resetAndDestroy(), 'ECONNRESET'],
  ['half an answer', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'), 'ECONNRESET'],
  [
    'an answer of unknown length',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'),
    'expected an answer of stated length',
  ],
  ['something else than HTTP', (socket) => socket.write('hello\r\n\r\n'), 'expected an answer of stated length'],
  [
    'more than one answer',
    (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc'),
    'expected one answer, got more',
  ],
])('%s is an error, and the next call is served', async (_, act, failed) => {
  script.push(act)
  expect(await call()).toEqual({ failed })
  expect(await call()).toEqual(done)
})

test('a call that is given up ends, and its late answer is nobody else’s', async () => {
  script.push((socket) => {
    setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate'), 60)
  })
  expect(await call({ giveUp: 20 })).toEqual({ failed: 'ECONNRESET' })
  expect(await call()).toEqual(done)
})

test('many at once each hear their own', async () => {
  const bodies = Array.from({ length: 40 }, (_, i) => JSON.stringify({ TableName: 'hub-facts', n: i }))
  for (const _ of bodies)
    script.push((socket) => {
      const own = /"n":(\d+)/.exec(last)?.[1] ?? ''
      setTimeout(() => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${own.length}\r\n\r\n${own}`), 5)
    })
  const replies = await Promise.all(bodies.map((body) => call({ body })))
  expect(replies.map((reply) => (reply as { text: string }).text)).toEqual(bodies.map((_, i) => String(i)))
})
