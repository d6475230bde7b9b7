/** A closed day of the journal as an item: short lists as text, long ones packed, both read as they were written. */
import { expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import { dayItem, partItem, readDay, readPart } from '../../../../shared/store/journal/item.ts'
import type { ClosedDay } from '../../../../shared/store/journal/journal.ts'
import { at, date } from '../../../support/facts.ts'

const entry = (amount: number) =>
  ({
    kind: 'collected',
    account: 'receivable',
    channel: 'bni',
    program: null,
    debit: rupiah(amount),
    credit: rupiah(0),
    count: 1,
    of: date('2026-11-20'),
  }) as const

const day = (entries: number): ClosedDay => ({
  day: date('2026-11-20'),
  entries: Array.from({ length: entries }, (_, i) => entry(i + 1)),
  receivables: [{ channel: 'bni', day: date('2026-11-20'), of: date('2026-11-20'), amount: rupiah(1) }],
  opening: { entries: [entry(7)], receivables: [] },
  balances: [{ account: 'receivable', channel: 'bni', program: null, balance: rupiah(1) }],
  accounts: 1,
  closedAt: at('2026-11-21T00:40'),
})

test.each([2, 5_000])('a day of %i entries is read as it was written', (entries) => {
  expect(readDay(dayItem(day(entries)))).toEqual(day(entries))
  expect(readDay(dayItem({ ...day(entries), opening: null })).opening).toBeNull()
  const { entries: lists, receivables, accounts } = day(entries)
  const part = { entries: lists, receivables, accounts }
  expect(readPart(partItem(date('2026-11-20'), 0, 2, part))).toEqual(part)
})

test('ten thousand entries of a day fit an item, far below 400 KB', () => {
  expect(dayItem(day(10_000)).entries?.B?.byteLength).toBeLessThan(200_000)
})

test.each([
  ['that was cut', { S: '[{' }],
  ['of bytes that nobody packed', { B: Uint8Array.of(1, 2, 3) }],
])('a list %s is broken', (_, entries) => {
  expect(() => readDay({ ...dayItem(day(1)), entries })).toThrow('entries')
})
