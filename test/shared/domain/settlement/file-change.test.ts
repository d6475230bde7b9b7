import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../../shared/domain/money.ts'
import { newFileComparison } from '../../../../shared/domain/settlement/file-change.ts'
import type { FileTotals, SettledLine } from '../../../../shared/domain/settlement/line.ts'

function lineOf(paymentId: string, amount: number, status: 'settled' | 'reversed' = 'settled'): SettledLine {
  return {
    line: 2,
    paymentId,
    customerId: '12345678901',
    outlet: '',
    at: 0 as Instant,
    amount: rupiah(amount),
    adminFee: null,
    fee: rupiah(1_500),
    status,
  }
}

function totalsOf(lines: readonly SettledLine[]): FileTotals {
  const sum = (field: 'amount' | 'fee') =>
    rupiah(lines.reduce((total, line) => total + (line.status === 'reversed' ? -line[field] : line[field]), 0))
  return { lines: lines.length, amount: sum('amount'), fee: sum('fee'), net: rupiah(sum('amount') - sum('fee')) }
}

function changeOf(was: readonly SettledLine[], is: readonly SettledLine[]) {
  const comparison = newFileComparison()
  for (const line of was) comparison.was(line)
  for (const line of is) comparison.is(line)
  return comparison.changeFrom(1, totalsOf(was), totalsOf(is))
}

test('the order of lines and their numbers change nothing', () => {
  const was = [lineOf('A', 1), lineOf('B', 2), lineOf('B', 2)]
  const is = was.map((line, i) => ({ ...line, line: 90 - i })).reverse()
  expect(changeOf(was, is)).toMatchObject({ added: 0, removed: 0, changed: 0, amountRupiah: 0, lines: [] })
})

test('a line more of the same payment is added, another amount is changed, a reversal is a line of its own', () => {
  expect(changeOf([lineOf('A', 1)], [lineOf('A', 1), lineOf('A', 1)])).toMatchObject({
    added: 1,
    removed: 0,
    changed: 0,
  })
  expect(changeOf([lineOf('A', 1)], [lineOf('A', 5)])).toMatchObject({
    added: 0,
    removed: 0,
    changed: 1,
    amountRupiah: 4,
    lines: [{ paymentId: 'A', wasRupiah: 1, isRupiah: 5 }],
  })
  expect(changeOf([lineOf('A', 1)], [lineOf('A', 1), lineOf('A', 1, 'reversed')])).toMatchObject({
    added: 1,
    amountRupiah: -1,
    feeRupiah: -1_500,
    lines: [{ paymentId: 'A', wasRupiah: null, isRupiah: -1 }],
  })
})

test('only the first fifty are shown, all of them are counted', () => {
  const is = Array.from({ length: 80 }, (_, i) => lineOf(`P${i}`, 10))
  const change = changeOf([], is)
  expect(change).toMatchObject({ added: 80, amountRupiah: 800 })
  expect(change.lines).toHaveLength(50)
})

test('what is shown is the difference of the sums, while there are few enough to show', () => {
  const line = fc.record({ id: fc.constantFrom('A', 'B', 'C', ''), amount: fc.integer({ min: 1, max: 3 }) })
  const lines = fc.array(line, { maxLength: 12 }).map((all) => all.map(({ id, amount }) => lineOf(id, amount)))
  fc.assert(
    fc.property(lines, lines, (was, is) => {
      const change = changeOf(was, is)
      const shown = change.lines.reduce((sum, each) => sum + ((each.isRupiah ?? 0) - (each.wasRupiah ?? 0)), 0)
      expect(shown as Rupiah).toBe(change.amountRupiah)
      expect(is.length - was.length).toBe(change.added - change.removed)
    }),
  )
})

test('lines of one payment are paired by their amounts, in whatever order they stand in the files', () => {
  const was = [5, 1, 3].map((amount) => lineOf('A', amount))
  const is = [9, 2, 30, 7].map((amount) => lineOf('A', amount))
  const pairs = [
    [1, 2],
    [3, 7],
    [5, 9],
    [null, 30],
  ].map(([wasRupiah, isRupiah]) => ({ paymentId: 'A', wasRupiah, isRupiah }))
  expect(changeOf(was, is)).toMatchObject({ added: 1, changed: 3, removed: 0, lines: pairs })
  expect(changeOf(was.toReversed(), is.toReversed()).lines).toEqual(pairs)
  const added = [3, 2, 1].map((each) => lineOf(`P${each}`, each))
  expect(changeOf([], added).lines.map(({ paymentId }) => paymentId)).toEqual(['P1', 'P2', 'P3'])
})
