/** One schema per queue: what a producer writes is what the consumer reads, and nothing else is read. */
import { describe, expect, test } from 'vitest'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { factKey } from '../../../shared/domain/fact.ts'
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
    { part: 'day#bni#2026-11-20', entry: 'file#0001' },
    { task: 'day' as const, channel: 'bni', date: '2026-11-20', cause: 'neighbour' as const, hops: 3 },
    { task: 'nightly' as const },
    { task: 'morning' as const, due: 'files' as const },
    { task: 'journal' as const, date: '2026-11-20', closed: 2 },
    { task: 'journal-part' as const, day: '2026-11-19', part: 0, parts: 4, date: '2026-11-20' },
  ])('queue settlement: %j', (message) => {
    expect(SETTLEMENT.read(SETTLEMENT.write(message))).toEqual({ kind: 'message', message })
  })
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
