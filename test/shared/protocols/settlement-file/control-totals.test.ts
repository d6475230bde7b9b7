import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { FileTotals } from '../../../../shared/domain/settlement/line.ts'
import { newSums } from '../../../../shared/protocols/settlement-file/control-totals.ts'

type Line = readonly [amount: number | null, fee: number | null, status: 'settled' | 'reversed' | null]

function against(lines: readonly Line[], totals: readonly [lines: number, amount: number, fee: number, net: number]) {
  const sums = newSums()
  for (const [amount, fee, status] of lines) {
    sums.add({ amount: amount === null ? null : rupiah(amount), fee: fee === null ? null : rupiah(fee), status })
  }
  const [count, amount, fee, net] = totals
  const named: FileTotals = { lines: count, amount: rupiah(amount), fee: rupiah(fee), net: rupiah(net) }
  return sums.against(named)
}

const good: Line = [16_800, 1_500, 'settled']
const back: Line = [16_800, 1_500, 'reversed']

describe('control totals foot', () => {
  test.each<[string, Line[], [number, number, number, number]]>([
    ['for nothing', [], [0, 0, 0, 0]],
    ['for settled lines', [good, good], [2, 33_600, 3_000, 30_600]],
    ['with a reversed line taken off', [good, good, back], [3, 16_800, 1_500, 15_300]],
    ['below nothing', [back], [1, -16_800, -1_500, -15_300]],
    ['with the rest of an amount that cannot be read', [good, [null, 1_500, 'settled']], [2, 99_999, 3_000, 96_999]],
    ['with the rest of a fee that cannot be read', [good, [100, null, 'settled']], [2, 16_900, 1_777, 15_123]],
    ['with the rest of a line whose status cannot be read', [good, [100, 100, null]], [2, 16_700, 1_400, 15_300]],
    ['with a line of nothing whose status cannot be read', [good, [0, 0, null]], [2, 16_800, 1_500, 15_300]],
  ])('%s', (_, lines, totals) => {
    expect(against(lines, totals)).toBeUndefined()
  })
})

describe('control totals do not foot', () => {
  test.each<[string, Line[], [number, number, number, number], RegExp]>([
    ['when a line is missing', [good], [2, 16_800, 1_500, 15_300], /count of lines to be 1/],
    ['when the amount differs by one', [good], [1, 16_801, 1_500, 15_301], /sum of amounts to be 16800/],
    ['when the fee differs by one', [good], [1, 16_800, 1_501, 15_299], /sum of fees to be 1500/],
    ['when the net is not the difference', [good], [1, 16_800, 1_500, 15_301], /net to be 15300/],
    ['when a reversed line was added', [good, back], [2, 33_600, 3_000, 30_600], /sum of amounts to be 0/],
    [
      'in the fee, when only an amount is unreadable',
      [[null, 1_500, 'settled']],
      [1, 5, 1, 4],
      /sum of fees to be 1500/,
    ],
    ['in the count, when a line is unreadable', [[null, null, null]], [2, 5, 1, 4], /count of lines to be 1/],
    ['in the net, when all is unreadable', [[null, null, null]], [1, 5, 1, 5], /net to be 4/],
    ['when a line of nothing is said to be something', [good, [0, 0, null]], [2, 16_801, 1_500, 15_301], /16800/],
  ])('%s', (_, lines, totals, expectedProblem) => {
    expect(against(lines, totals)).toMatch(expectedProblem)
  })
})
