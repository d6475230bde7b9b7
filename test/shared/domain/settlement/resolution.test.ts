import { describe, expect, test } from 'vitest'
import { DAY_MILLIS, type Instant } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { DIFFERENCE_CLASSES, type Difference } from '../../../../shared/domain/settlement/day.ts'
import { actionsFor, daysOpen, shownState, stakeOf } from '../../../../shared/domain/settlement/resolution.ts'
import { at } from '../../../support/facts.ts'
import { findingOf } from '../../../support/settled.ts'

const NOW = at('2026-11-21T10:00')
const differenceWith = (changed: Partial<Difference>): Difference => findingOf(changed)

describe('what may be decided', () => {
  test.each(DIFFERENCE_CLASSES)('%s always has a way out that moves no money', (name) => {
    const bare = differenceWith({
      class: name,
      paymentId: '',
      lines: [],
      hubAmountRupiah: null,
      fileAmountRupiah: null,
    })
    expect(actionsFor(bare)).toContain('accept')
  })

  test.each([
    ['money of a line is posted', differenceWith({}), 'post', true],
    ['a reversed line brings no money', differenceWith({ fileAmountRupiah: rupiah(-8_400) }), 'post', false],
    ['what has no line cannot be posted', differenceWith({ lines: [] }), 'post', false],
    [
      'a payment is reversed',
      differenceWith({ class: 'missing-in-file', hubAmountRupiah: rupiah(8_400) }),
      'reverse',
      true,
    ],
    [
      'nothing is reversed that we do not have',
      differenceWith({ class: 'missing-in-file', hubAmountRupiah: null }),
      'reverse',
      false,
    ],
    ['a missing payment is not posted again', differenceWith({ class: 'missing-in-file' }), 'post', false],
    ['money that we have no payment for is not given up', differenceWith({}), 'write-off', false],
    [
      'a match needs candidates',
      differenceWith({ class: 'ambiguous', evidence: { reason: 'several-candidates', lineIdentity: 'x' } }),
      'match',
      false,
    ],
    [
      'a match is one of the candidates',
      differenceWith({
        class: 'ambiguous',
        evidence: { reason: 'several-candidates', lineIdentity: 'x', candidates: ['T1'] },
      }),
      'match',
      true,
    ],
    [
      'a corrected file is accepted or declined, nothing else',
      differenceWith({ class: 'corrected-file' }),
      'write-off',
      false,
    ],
  ] as const)('%s', (_, difference, action, allowed) => {
    expect(actionsFor(difference).includes(action)).toBe(allowed)
  })
})

describe('what is at stake', () => {
  test.each([
    ['a whole line', { hubAmountRupiah: null, fileAmountRupiah: rupiah(8_400) }, 8_400],
    ['a whole payment', { hubAmountRupiah: rupiah(8_400), fileAmountRupiah: null }, 8_400],
    ['the rest between the two', { hubAmountRupiah: rupiah(8_400), fileAmountRupiah: rupiah(8_000) }, 400],
    ['the whole, where both are equal', { hubAmountRupiah: rupiah(8_400), fileAmountRupiah: rupiah(8_400) }, 8_400],
    ['nothing, where neither has an amount', { hubAmountRupiah: null, fileAmountRupiah: null }, 0],
    ['never less than nothing', { hubAmountRupiah: null, fileAmountRupiah: rupiah(-8_400) }, 8_400],
  ])('is %s', (_, amounts, stake) => {
    expect(stakeOf(differenceWith(amounts))).toBe(stake)
  })

  test('of a fee is the rest of the fees, of one line or of a whole schedule', () => {
    const fees = { hubAmountRupiah: rupiah(1_500 * 200), fileAmountRupiah: rupiah(2_000 * 200) }
    expect(stakeOf(differenceWith({ class: 'fee-difference', ...fees }))).toBe(100_000)
  })
})

describe('time', () => {
  test('makes a new difference a persisting one with the next day in Jakarta, and leaves the others alone', () => {
    const seen = at('2026-11-20T23:59')
    expect(shownState('open', seen, at('2026-11-20T23:59'))).toBe('new')
    expect(shownState('open', seen, at('2026-11-21T00:00'))).toBe('persisting')
    expect(shownState('proposed', seen, NOW)).toBe('proposed')
    expect(shownState('resolved', seen, NOW)).toBe('resolved')
  })

  test('is counted in whole days', () => {
    expect(daysOpen(NOW, (NOW + 3 * DAY_MILLIS - 1) as Instant)).toBe(2)
    expect(daysOpen(NOW, (NOW + 3 * DAY_MILLIS) as Instant)).toBe(3)
    expect(daysOpen(NOW, (NOW - 5) as Instant)).toBe(0)
  })
})
