/**
 * Kept connections that died without a word, as they do while a function is frozen: writes go through all the same, in time.
 *
 *   calls, connections kept ──> a pause, the far end forgets them ──> write
 */
import { createServer, type Socket } from 'node:net'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ENDPOINT } from '../../../../infra/stages.ts'
import { UnknownOutcome } from '../../../../shared/runtime/faults.ts'
import { type ClosableDynamoClient, createDynamoClient } from '../../../../shared/store/dynamo/client.ts'
import { LONGEST_CALL_MILLIS } from '../../../../shared/store/dynamo/errors.ts'
import { dynamoPaymentDecisions } from '../../../../shared/store/payment-decisions/dynamodb.ts'
import { useTestIdentity } from '../../../support/dynoxide.ts'
import { decisionOf } from '../../../support/stored.ts'

/** What the far end does with what comes over a connection. `halts`: begins an answer and says no more. */
type Manner = 'answers' | 'resets' | 'swallows' | 'halts'

type FarEnd = {
  readonly endpoint: string
  /** Requests that came over connections that answer, and over others. */
  readonly heard: { answered: number; lost: number; dates: string[] }
  /** From now on, of the connections that are open, or of those to come. */
  readonly become: (which: 'open' | 'next', manner: Manner) => void
  readonly open: () => number
  /** Given in turn before the answer that all is well. */
  readonly answers: string[]
  readonly close: () => void
}

const WITHIN_MILLIS = 2_500
const DONE = '{}'
const closing: (() => void)[] = []

beforeAll(useTestIdentity)
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function farEnd(): Promise<FarEnd> {
  const manners = new Map<Socket, Manner>()
  const heard = { answered: 0, lost: 0, dates: [] as string[] }
  const answers: string[] = []
  let next: Manner = 'answers'
  const server = createServer((socket) => {
    manners.set(socket, next)
    socket.on('error', () => {})
    socket.on('close', () => manners.delete(socket))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1])
      if (!(text.length >= text.indexOf('\r\n\r\n') + 4 + length)) return
      heard.dates.push(/x-amz-date: (\S+)/i.exec(text)?.[1] ?? '')
      text = ''
      const manner = manners.get(socket) ?? 'answers'
      if (manner === 'answers') heard.answered++
      else heard.lost++
      if (manner === 'resets') socket.resetAndDestroy()
      if (manner === 'halts') socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{')
      if (manner !== 'answers') return
      const body = answers.shift() ?? DONE
      const status = body === DONE ? '200 OK' : '400 Bad Request'
      // Late enough for calls that are made at once to be under way at once, each on a connection of its own.
      setTimeout(
        () => socket.write(`HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`),
        20,
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    endpoint: `http://127.0.0.1:${port}`,
    heard,
    answers,
    become: (which, manner) => {
      if (which === 'next') next = manner
      else for (const socket of manners.keys()) manners.set(socket, manner)
    },
    open: () => manners.size,
    close: () => {
      for (const socket of manners.keys()) socket.destroy()
      server.close()
    },
  }
}

/** A client with so many kept connections, a wall clock that stands still unless moved, and a way to write. */
async function keeping(connections: number) {
  const end = await farEnd()
  const clock = { now: 1_795_000_000_000 }
  const client: ClosableDynamoClient = createDynamoClient({ endpoint: end.endpoint, now: () => clock.now })
  closing.push(() => client.destroy(), end.close)
  const write = (id: string) =>
    dynamoPaymentDecisions(client, { 'payment-decisions': 'payment-decisions' }).put(decisionOf(id))
  const writes = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => write(`T${i}`)))
  await writes(connections)
  expect(end.open()).toBe(connections)
  return { end, clock, write, writes }
}

async function millisOf(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await call()
  return performance.now() - start
}

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8]

describe.each<Manner>(['resets', 'swallows', 'halts'])(
  'a far end that %s what comes over kept connections',
  (manner) => {
    test.each(COUNTS)('does not keep a write from %i of them after a pause: they are not used', async (connections) => {
      const { end, clock, writes } = await keeping(connections)
      end.become('open', manner)
      clock.now += 60_000
      const taken = await millisOf(async () => {
        expect(await writes(1)).toEqual([{ outcome: 'put' }])
      })
      expect(taken).toBeLessThan(WITHIN_MILLIS)
      expect(end.heard.lost).toBe(0)
    })

    test.each(COUNTS)('does not keep one write from %i of them without a pause', async (connections) => {
      const { end, write } = await keeping(connections)
      end.become('open', manner)
      const taken = await millisOf(async () => expect(await write('T9')).toEqual({ outcome: 'put' }))
      expect(taken).toBeLessThan(WITHIN_MILLIS)
      expect(end.heard.lost).toBe(1)
    })

    test('does not keep as many writes at once from 8 of them', async () => {
      const { end, writes } = await keeping(8)
      end.become('open', manner)
      const taken = await millisOf(async () => {
        for (const result of await writes(8)) expect(result).toEqual({ outcome: 'put' })
      })
      expect(taken).toBeLessThan(WITHIN_MILLIS)
    })
  },
)

test('a far end that never answers leaves the outcome open, and before the endpoint is out of time', async () => {
  const { end, write } = await keeping(3)
  end.become('open', 'swallows')
  end.become('next', 'swallows')
  const taken = await millisOf(() => expect(write('T9')).rejects.toBeInstanceOf(UnknownOutcome))
  expect(taken).toBeLessThan(LONGEST_CALL_MILLIS + 500)
  expect(end.heard.lost).toBe(3)
  expect(LONGEST_CALL_MILLIS).toBe(6_150)
  expect(LONGEST_CALL_MILLIS).toBeLessThan(ENDPOINT.timeoutSeconds * 1_000)
}, 10_000)

test('kept connections that answer are used again', async () => {
  const { end, clock, writes } = await keeping(3)
  clock.now += 2_000
  await writes(3)
  expect(end.open()).toBe(3)
})

test('a request that was signed before a pause is signed anew and written', async () => {
  const { end, clock, write } = await keeping(1)
  const message = 'Signature expired: 20261120T070000Z is now earlier than 20261120T070500Z (20261120T071000Z - 5 min.)'
  end.answers.push(JSON.stringify({ __type: 'com.amazon.coral.service#InvalidSignatureException', message }))
  end.heard.dates.length = 0
  const written = write('T9')
  await expect.poll(() => end.heard.dates.length, { interval: 1 }).toBe(1)
  clock.now += 600_000
  expect(await written).toEqual({ outcome: 'put' })
  const [before, after] = end.heard.dates as [string, string]
  expect(end.heard.dates).toHaveLength(2)
  expect(after > before).toBe(true)
})
