/** How long money waits: each age has one class, to the day, and a channel's classes add up to what it has. */
import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { addDays } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { AGE_LABELS, agedByChannel, ageInDays, ageLabelOf } from '../../../../shared/domain/settlement/ageing.ts'

const TODAY = '2026-11-20' as BusinessDate
const ago = (days: number) => addDays(TODAY, -days)

test.each([
  [-1, 0, '0-7'],
  [0, 0, '0-7'],
  [7, 7, '0-7'],
  [8, 8, '8-30'],
  [30, 30, '8-30'],
  [31, 31, '31-90'],
  [90, 90, '31-90'],
  [91, 91, 'over-90'],
  [4_000, 4_000, 'over-90'],
] as const)('what began %i days ago has waited for %i and is in class %s', (days, waited, label) => {
  expect(ageInDays(ago(days), TODAY)).toBe(waited)
  expect(ageLabelOf(ago(days), TODAY)).toBe(label)
})

test('channels stand in order of name, what is of no channel first, with every class', () => {
  const aged = agedByChannel(
    [
      { channel: 'pos', since: ago(3), amount: rupiah(500) },
      { channel: 'bni', since: ago(40), amount: rupiah(100) },
      { channel: null, since: ago(0), amount: rupiah(7) },
      { channel: 'bni', since: ago(9), amount: rupiah(-30) },
      { channel: 'bni', since: ago(10), amount: rupiah(50) },
    ],
    TODAY,
  )
  const classes = (...figures: readonly (readonly [number, number])[]) =>
    AGE_LABELS.map((label, i) => ({ label, amountRupiah: figures[i]?.[0], count: figures[i]?.[1] }))
  expect(aged).toEqual([
    { channel: null, totalRupiah: 7, count: 1, oldestDays: 0, ages: classes([7, 1], [0, 0], [0, 0], [0, 0]) },
    { channel: 'bni', totalRupiah: 120, count: 3, oldestDays: 40, ages: classes([0, 0], [20, 2], [100, 1], [0, 0]) },
    { channel: 'pos', totalRupiah: 500, count: 1, oldestDays: 3, ages: classes([500, 1], [0, 0], [0, 0], [0, 0]) },
  ])
  expect(agedByChannel([], TODAY)).toEqual([])
})
