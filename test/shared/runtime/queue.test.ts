/** The queue stack: what is acknowledged was handled or parked, whatever the batch looks like. */
import { SqsSchema } from '@aws-lambda-powertools/parser/schemas/sqs'
import type { Context, SQSRecord } from 'aws-lambda'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../shared/domain/instant.ts'
import { Defect, Throttled, Transient } from '../../../shared/runtime/faults.ts'
import { createLog } from '../../../shared/runtime/log.ts'
import { createMetrics } from '../../../shared/runtime/metrics.ts'
import { type ParkReason, type QueueOptions, queueHandler } from '../../../shared/runtime/queue.ts'

type Look = { readonly account: string; readonly fate: string }

function record(messageId: string, body: string, attempts = 1): SQSRecord {
  return {
    messageId,
    receiptHandle: `handle-${messageId}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(attempts),
      SentTimestamp: '1795158201000',
      SenderId: 'AIDAEXAMPLE',
      ApproximateFirstReceiveTimestamp: '1795158201000',
    },
    messageAttributes: {},
    md5OfBody: 'd41d8cd98f00b204e9800998ecf8427e',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:ap-southeast-3:123456789012:hub-reconcile',
    awsRegion: 'ap-southeast-3',
  }
}

const look = (messageId: string, account: string, fate = 'well') => record(messageId, JSON.stringify({ account, fate }))

function stack(options: Partial<QueueOptions<Look>> = {}) {
  const lines: string[] = []
  const counts = new Map<string, number>()
  const handled: (readonly Look[])[] = []
  const parked: { messageId: string; body: string; why: ParkReason }[] = []
  const handler = queueHandler<Look>({
    queue: 'reconcile',
    log: createLog({ service: 'reconcile-membership', level: 'DEBUG', write: (line) => lines.push(line) }),
    metrics: createMetrics({
      namespace: 'ContributionHub',
      service: 'reconcile-membership',
      write: (line) => {
        for (const [name, value] of Object.entries(JSON.parse(line))) {
          if (typeof value === 'number') counts.set(name, (counts.get(name) ?? 0) + value)
        }
      },
      clock: () => instant(0),
    }),
    read: (body) => {
      const message = JSON.parse(body) as Partial<Look>
      if (!message.account) return { kind: 'refused', reason: 'expected an account' }
      return { kind: 'message', message: message as Look }
    },
    groupBy: ({ account }) => account,
    handle: async (messages) => {
      handled.push(messages)
      const fate = messages.find((message) => message.fate !== 'well')?.fate
      if (fate === 'later') throw new Transient('TABLE', 'expected the table to answer')
      if (fate === 'throttled') throw new Throttled('expected fewer calls')
      if (fate === 'defect') throw new Defect('TERMS_GAP', 'expected terms at 2026-11')
      if (fate === 'unforeseen') throw new Error('item of BUDI')
    },
    park: async ({ messageId, body }, why) => void parked.push({ messageId, body, why }),
    ...options,
  })
  const run = async (...records: SQSRecord[]) => {
    const { batchItemFailures } = await handler({ Records: records }, {} as Context)
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  }
  return { run, lines, counts, handled, parked, logged: () => lines.map((line) => JSON.parse(line)) }
}

describe('a batch', () => {
  test('looks like the ones that SQS sends', () => {
    expect(SqsSchema.safeParse({ Records: [look('m1', 'a')] }).success).toBe(true)
  })

  test('of none fails nothing', async () => {
    const { run, handled } = stack()
    expect(await run()).toEqual([])
    expect(handled).toEqual([])
  })

  test('of one is handled and acknowledged', async () => {
    const { run, handled } = stack()
    expect(await run(look('m1', 'a'))).toEqual([])
    expect(handled).toEqual([[{ account: 'a', fate: 'well' }]])
  })

  test('with one account three times handles it once, and all three share the result', async () => {
    const { run, handled } = stack()
    expect(await run(look('m1', 'a'), look('m2', 'b'), look('m3', 'a'), look('m4', 'a', 'later'))).toEqual([
      'm1',
      'm3',
      'm4',
    ])
    expect(handled.map((messages) => messages.map(({ account }) => account))).toEqual([['a', 'a', 'a'], ['b']])
  })

  test('with the same record twice handles it once and names it once', async () => {
    const { run, handled, parked } = stack()
    expect(
      await run(look('m1', 'a', 'later'), look('m1', 'a', 'later'), record('m2', '{}'), record('m2', '{}')),
    ).toEqual(['m1'])
    expect(handled).toEqual([[{ account: 'a', fate: 'later' }]])
    expect(parked).toHaveLength(1)
  })

  test('of which all fail names all of them and does not throw', async () => {
    const { run } = stack()
    expect(await run(look('m1', 'a', 'later'), look('m2', 'b', 'throttled'))).toEqual(['m1', 'm2'])
  })
})

describe('what goes back, what is parked', () => {
  test('a transient fault goes back and is counted, with the number of attempts in the log', async () => {
    const { run, counts, logged } = stack()
    expect(await run(record('m1', JSON.stringify({ account: 'a', fate: 'throttled' }), 4))).toEqual(['m1'])
    expect(counts.get('MessagesRetried')).toBe(1)
    expect(counts.get('Throttled')).toBe(1)
    expect(logged()).toEqual([
      expect.objectContaining({
        level: 'WARN',
        queue: 'reconcile',
        attempts: 4,
        count: 1,
        error: expect.objectContaining({ code: 'THROTTLED' }),
      }),
    ])
    expect(counts.get('Defects')).toBeUndefined()
  })

  test('all messages of a group are counted as tried again, none of them as throttled that was not', async () => {
    const { run, counts, logged } = stack()
    await run(look('m1', 'a', 'later'), look('m2', 'a'), look('m3', 'b'))
    expect([counts.get('MessagesRetried'), counts.get('Throttled')]).toEqual([2, undefined])
    expect(logged()).toEqual([expect.objectContaining({ count: 2, attempts: 1 })])
  })

  test('a message without a count of attempts is at its first', async () => {
    const { run, logged } = stack()
    const { attributes: _, ...bare } = look('m1', 'a', 'later')
    await run(bare as SQSRecord)
    expect(logged()).toEqual([expect.objectContaining({ attempts: 1 })])
  })

  test('a defect is counted once for its group, whoever parks its messages; what was never read is none', async () => {
    const { run, counts } = stack()
    await run(look('m1', 'a', 'defect'), look('m2', 'a'), record('m3', '{}'))
    expect([counts.get('Defects'), counts.get('MessagesParked'), counts.get('MessagesRetried')]).toEqual([
      1,
      3,
      undefined,
    ])
  })

  test.each<[string, SQSRecord, ParkReason]>([
    ['a body that its reader refuses', record('m1', '{}'), { code: 'UNREADABLE', reason: 'expected an account' }],
    [
      'a body that makes its reader throw',
      record('m1', 'BUDI'),
      { code: 'UNREADABLE', reason: expect.not.stringContaining('BUDI') },
    ],
    ['a defect', look('m1', 'a', 'defect'), { code: 'TERMS_GAP', reason: 'expected terms at 2026-11' }],
    [
      'an unforeseen error',
      look('m1', 'a', 'unforeseen'),
      { code: 'DEFECT', reason: expect.not.stringContaining('BUDI') },
    ],
  ])('%s is parked with its reason, acknowledged, counted and logged', async (_, one, why) => {
    const { run, parked, counts, lines } = stack()
    expect(await run(one, look('m2', 'b'))).toEqual([])
    expect(parked).toEqual([{ messageId: 'm1', body: one.body, why }])
    expect(counts.get('MessagesParked')).toBe(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('BUDI')
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ level: 'ERROR', queue: 'reconcile', code: why.code })
  })

  test('what cannot be parked goes back: nothing is lost', async () => {
    const { run, counts, logged } = stack({ park: () => Promise.reject(new Transient('QUEUE_SEND', 'later')) })
    expect((await run(record('m1', '{}'), look('m2', 'a', 'defect'), look('m3', 'b'))).toSorted()).toEqual(['m1', 'm2'])
    expect([counts.get('MessagesParked'), counts.get('MessagesRetried')]).toEqual([undefined, 2])
    expect(logged()).toHaveLength(2)
    for (const line of logged())
      expect(line).toMatchObject({ level: 'ERROR', queue: 'reconcile', error: { code: 'QUEUE_SEND' } })
    expect(
      logged()
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual(['TERMS_GAP', 'UNREADABLE'])
  })

  test('the log of a fault carries the reference that the work found', async () => {
    const { run, logged } = stack({
      handle: async (_, logScope) => {
        logScope.correlate('CH0123456789ABCDEF')
        throw new Defect('TERMS_GAP', 'expected terms')
      },
    })
    await run(look('0b6d1c1e-8a4e-4f0a-9d7e-2f6c0a1b3c4d', 'a'))
    expect(logged()[0]).toMatchObject({
      correlationId: 'CH0123456789ABCDEF',
      code: 'TERMS_GAP',
      messageId: '0b6d1c1e-8a4e-4f0a-9d7e-2f6c0a1b3c4d',
    })
  })
})

describe('a batch that ended', () => {
  const timed = (read: readonly number[], options: Partial<QueueOptions<Look>> = {}) => {
    const times = [...read]
    return stack({ stopwatch: () => times.shift() ?? Number.NaN, ...options })
  }

  test('has one latency, kept to the hundredth of a millisecond', async () => {
    const { run, counts } = timed([5, 12.345_678])
    await run(look('m1', 'a'))
    expect(counts.get('LatencyMillis')).toBe(7.35)
  })

  test('in a fault of its own gives every message back, and its counts are not lost', async () => {
    const quiet = createLog({ service: 'reconcile-membership', write: () => undefined })
    const { run, counts } = stack({
      log: {
        ...quiet,
        warn: () => {
          throw new Error('no log')
        },
      },
    })
    await expect(run(look('m1', 'a', 'later'))).rejects.toThrow('no log')
    expect(counts.get('MessagesRetried')).toBe(1)
  })
})

describe('concurrency', () => {
  test('is eight groups where nothing else is said', async () => {
    let running = 0
    let most = 0
    const { run } = stack({
      handle: async () => {
        most = Math.max(most, ++running)
        for (let i = 0; i < 5; i++) await new Promise(setImmediate)
        running--
      },
    })
    await run(...Array.from({ length: 12 }, (_, i) => look(`m${i}`, `a${i}`)))
    expect(most).toBe(8)
  })

  test('groups run at the same time, but never more than allowed, and never one account twice', async () => {
    const running = new Set<string>()
    let most = 0
    const { run } = stack({
      concurrency: 3,
      handle: async ([first]) => {
        const account = first?.account ?? ''
        expect(running.has(account)).toBe(false)
        running.add(account)
        most = Math.max(most, running.size)
        for (let i = 0; i < 5; i++) await new Promise(setImmediate)
        running.delete(account)
      },
    })
    expect(await run(...Array.from({ length: 10 }, (_, i) => look(`m${i}`, `a${i % 7}`)))).toEqual([])
    expect(most).toBe(3)
  })

  test('whatever the batch: every record is handled, parked or goes back, and exactly one of the three', async () => {
    const fate = fc.constantFrom('well', 'later', 'throttled', 'defect', 'unforeseen', 'unreadable', 'torn')
    const batch = fc.array(fc.tuple(fc.nat({ max: 12 }), fc.constantFrom('a', 'b', 'c', 'd'), fate), { maxLength: 15 })
    await fc.assert(
      fc.asyncProperty(batch, fc.boolean(), async (rows, parkingWorks) => {
        const records = rows.map(([id, account, how]) => {
          if (how === 'unreadable') return record(`m${id}`, '{}')
          return how === 'torn' ? record(`m${id}`, '{') : look(`m${id}`, account, how)
        })
        const { run, handled, parked } = stack(parkingWorks ? {} : { park: () => Promise.reject(new Error('gone')) })
        const failed = await run(...records)
        const first = new Map(records.toReversed().map((one) => [one.messageId, one.body]))
        expect(new Set(failed).size).toBe(failed.length)
        for (const [messageId, body] of first) {
          const isFailed = failed.includes(messageId)
          const isParked = parked.some((one) => one.messageId === messageId)
          const group = handled.find((messages) => messages.some((message) => JSON.stringify(message) === body))
          const isWell = group?.every((message) => message.fate === 'well') ?? false
          expect([isFailed, isParked, isWell].filter(Boolean)).toHaveLength(1)
        }
      }),
      { numRuns: 60 },
    )
  })
})
