/** One schema per queue: what a producer writes is what the consumer reads, and nothing else is read. */
import { describe, expect, test } from 'vitest'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { factKey } from '../../../shared/domain/fact.ts'
import { AUDIT } from '../../../shared/messages/audit.ts'
import { COHORT } from '../../../shared/messages/cohort.ts'
import { readImport } from '../../../shared/messages/import.ts'
import { NOTICE } from '../../../shared/messages/notice.ts'
import { RECONCILE } from '../../../shared/messages/reconcile.ts'
import { SETTLEMENT } from '../../../shared/messages/settlement.ts'
import { SWEEP } from '../../../shared/messages/sweep.ts'

const BILL = billCodeOf(1)
const SEGMENT = {
  task: 'segment',
  purpose: 'nightly',
  zone: null,
  run: 1_795_143_600_000,
  segment: 0,
  segments: 8,
  part: 0,
  from: null,
} as const

describe('what a producer writes, the consumer reads', () => {
  test.each([
    { account: '12345678901' },
    { account: BILL, cause: 'repair' as const },
    { account: suspenseAccount('bni', 'T1'), fact: factKey('posting', 'settlement', ['bni', 'T1']) },
  ])('queue reconcile: %j', (message) => {
    expect(RECONCILE.read(RECONCILE.write(message))).toEqual({ kind: 'message', message })
  })

  test.each([
    { billCode: BILL, chunk: 1 },
    { billCode: BILL, chunk: 40, cause: 'repair' as const },
  ])('queue cohort: %j', (message) => {
    expect(COHORT.read(COHORT.write(message))).toEqual({ kind: 'message', message })
  })

  test.each([{ kpj: '12345678901' }, { program: 'jambi.2027' }])('queue notice: %j', (message) => {
    expect(NOTICE.read(NOTICE.write(message))).toEqual({ kind: 'message', message })
  })

  test.each([
    { task: 'nightly' as const },
    { task: 'day' as const, source: 'bni', day: '2026-11-20' },
    { task: 'notices' as const, zone: 'WIT' as const },
    { ...SEGMENT, run: SEGMENT.run as never },
  ])('queue sweep: %j', (message) => {
    expect(SWEEP.read(SWEEP.write(message))).toEqual({ kind: 'message', message })
  })

  test.each([
    { part: 'files#bni#2026-11-20', entry: 'file#0001' },
    { task: 'day' as const, channel: 'bni', date: '2026-11-20', cause: 'neighbour' as const, hops: 3 },
    { task: 'nightly' as const },
    { task: 'morning' as const, due: 'files' as const },
    { task: 'journal' as const, date: '2026-11-20', closed: 2 },
    { task: 'journal-part' as const, day: '2026-11-19', part: 0, parts: 4, date: '2026-11-20' },
  ])('queue settlement: %j', (message) => {
    expect(SETTLEMENT.read(SETTLEMENT.write(message))).toEqual({ kind: 'message', message })
  })
})

/** Every message of every queue with every field that it may have: what a consumer does not get, nobody asked for. */
const SUMS = { collected: 1, allocated: 2, credit: -3, suspense: 4, reversed: 5, billed: 6 }
const PROGRESS = {
  run: SEGMENT.run,
  part: 3,
  from: 'place',
  tally: {
    looks: 7,
    facts: 8,
    sums: SUMS,
    differences: { 'view-differs': 2 },
    samples: [{ difference: 'view-differs', account: '12345678901', fact: 'payment#bni#T1' }],
  },
}
const DAY = '2026-11-20'
const WHOLE: readonly (readonly [string, { readonly read: (body: string) => unknown }, readonly object[]])[] = [
  [
    'audit',
    AUDIT,
    [
      ...['nightly', 'weekly', 'chain'].map((task) => ({ task })),
      { task: 'day', source: 'bni', day: DAY, ...PROGRESS },
      { task: 'recorded', day: DAY, run: SEGMENT.run },
      ...['accounts', 'decisions'].map((task) => ({ task, segment: 0, segments: 1, ...PROGRESS })),
      { task: 'bill', billCode: BILL, day: DAY, run: 0, chunk: 1, shares: { 'payment#bni#T1': 8_400 } },
      { task: 'decision', decision: 'bni#T1' },
    ],
  ],
  [
    'sweep',
    SWEEP,
    [
      ...['nightly', 'recent', 'weekly', 'check'].map((task) => ({ task })),
      { task: 'day', source: 'bni', day: DAY, part: 2, from: 'place' },
      { task: 'counts', source: 'bni', day: DAY },
      { task: 'recorded', day: DAY },
      ...['WIB', 'WITA', 'WIT'].map((zone) => ({ task: 'notices', zone })),
      ...['nightly', 'weekly', 'notices'].map((purpose) => ({
        ...SEGMENT,
        purpose,
        zone: 'WIT',
        part: 1,
        from: 'place',
      })),
    ],
  ],
  [
    'settlement',
    SETTLEMENT,
    [
      { part: 'files#bni#2026-11-20', entry: 'file#0001' },
      { task: 'day', channel: 'bni', date: DAY, cause: 'neighbour', hops: 0 },
      { task: 'fees', channel: 'bni', month: '2026-11' },
      { task: 'mail', channel: 'bni', date: DAY, version: 1 },
      { task: 'nightly' },
      { task: 'arrivals' },
      { task: 'morning' },
      ...['files', 'statements'].map((due) => ({ task: 'morning', due })),
      { task: 'journal', date: DAY, closed: 0 },
      { task: 'journal-part', day: DAY, part: 0, parts: 2, date: DAY, closed: 1 },
    ],
  ],
  [
    'reconcile',
    RECONCILE,
    ['credit', 'repair', 'weekly', 'time'].map((cause) => ({ account: BILL, fact: 'payment#bni#T1', cause })),
  ],
  ['cohort', COHORT, ['repair', 'weekly'].map((cause) => ({ billCode: BILL, chunk: 1, cause }))],
]

describe.each(WHOLE)('queue %s', (_, queue, messages) => {
  test.each(messages)('hands over %j whole', (message) => {
    expect(queue.read(JSON.stringify(message))).toEqual({ kind: 'message', message })
  })
  test('hands over nothing that is no object of its own', () => {
    for (const body of ['null', '[]', '"nightly"', '{}', '{"task":""}', 'nightly', ''])
      expect(queue.read(body)).toMatchObject({ kind: 'refused' })
  })
})

test.each([
  { ...SEGMENT, run: -1 },
  { ...SEGMENT, run: 1.5 },
  { ...SEGMENT, run: '0' },
  { ...SEGMENT, run: 2 ** 53 },
  { ...SEGMENT, segment: -1 },
  { ...SEGMENT, segment: 0.5 },
  { ...SEGMENT, segments: 0 },
  { ...SEGMENT, segments: 1.5 },
])('a number that is no count and no moment is refused: %j', (message) => {
  expect(SWEEP.read(JSON.stringify(message)).kind).toBe('refused')
})

describe('what is no message of the queue is refused, with the field and without its value', () => {
  test.each([
    ['reconcile', RECONCILE, { account: '1234' }, 'account'],
    ['reconcile', RECONCILE, { account: `${BILL}0` }, 'account'],
    ['cohort', COHORT, { billCode: '9900000000000000', chunk: 1 }, 'billCode'],
    ['cohort', COHORT, { billCode: BILL, chunk: 0 }, 'chunk'],
    ['notice', NOTICE, { kpj: BILL }, 'kpj'],
    ['notice', NOTICE, { program: 'jambi' }, 'program'],
    ['sweep', SWEEP, { task: 'day', source: 'bni', day: '2026-02-30' }, 'day'],
    ['sweep', SWEEP, { ...SEGMENT, segments: 0 }, 'segments'],
  ])('queue %s: a wrong field', (_, queue, message, field) => {
    const read = queue.read(JSON.stringify(message))
    expect(read).toMatchObject({ kind: 'refused', reason: expect.stringContaining(field) })
    const values = Object.values(message).filter((value) => typeof value === 'string' && /\d/.test(value))
    expect(values.filter((value) => JSON.stringify(read).includes(String(value)))).toEqual([])
  })

  test.each([{ task: 'journal', date: '2026-13-01' }, { task: 'yearly' }, { part: 'day#bni#2026-11-20' }])(
    'queue settlement: %j',
    (message) => {
      expect(SETTLEMENT.read(JSON.stringify(message)).kind).toBe('refused')
    },
  )
})

test('a new object names its file under drop/, and the test message of S3 names none', () => {
  const s3 = { object: { key: 'drop/bni/2026-11-20+late.csv', versionId: 'v1' } }
  expect(readImport(JSON.stringify({ Records: [{ s3 }] }))).toEqual({
    kind: 'message',
    message: [{ name: 'bni/2026-11-20 late.csv', version: 'v1' }],
  })
  expect(readImport(JSON.stringify({ Event: 's3:TestEvent' }))).toEqual({ kind: 'message', message: [] })
})

test('objects without a version have none; one outside drop/ refuses the whole event without its name', () => {
  const events = (...keys: readonly string[]) =>
    JSON.stringify({ Records: keys.map((key) => ({ s3: { object: { key } } })) })
  expect(readImport(events('drop/a+b%2B.csv', 'drop/c'))).toEqual({
    kind: 'message',
    message: [
      { name: 'a b+.csv', version: null },
      { name: 'c', version: null },
    ],
  })
  for (const key of ['kept/secret', 'x/drop/secret', 'dropsecret'])
    expect(readImport(events('drop/c', key))).toEqual({
      kind: 'refused',
      reason: 'expected objects under drop/, got one from another folder',
    })
  for (const body of ['{', '{}', '{"Event":"other"}', '{"Records":[{"s3":{"object":{}}}]}'])
    expect(readImport(body).kind).toBe('refused')
})
