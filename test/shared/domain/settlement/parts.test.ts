/** A difference in parts: what is open, what may be done about the rest, and that the limit of giving up holds for all parts together. */
import { describe, expect, test } from 'vitest'
import { exceededBy } from '../../../../shared/domain/approval-limits.ts'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../../shared/domain/money.ts'
import { DIFFERENCE_CLASSES, type Difference } from '../../../../shared/domain/settlement/day.ts'
import {
  actionsForRest,
  decidedBy,
  givenUp,
  isDivisible,
  isPartOf,
  openAmountOf,
  type Part,
} from '../../../../shared/domain/settlement/parts.ts'
import { findingOf } from '../../../support/settled.ts'

const ON = '2026-11-21' as BusinessDate
/** Whether two people may give it up without an administrator. */
const mayGiveUp = (difference: Difference, parts: readonly Part[], amount: Rupiah | null) =>
  exceededBy([decidedBy(difference, parts, { action: 'write-off', amount })], { people: [], all: {} }, ON) === undefined
const missing = (amount: number): Difference =>
  findingOf({
    class: 'missing-in-file',
    hubAmountRupiah: rupiah(amount),
    fileAmountRupiah: null,
    effectRupiah: rupiah(-amount),
  })
const charged = (amount: number): Part => ({ action: 'charge-channel', amount: rupiah(amount) })
const writtenOff = (amount: number): Part => ({ action: 'write-off', amount: rupiah(amount) })

test('what is open is what the difference moves without its parts, whichever way it goes', () => {
  expect(openAmountOf(missing(100_000), [])).toBe(100_000)
  expect(openAmountOf(missing(100_000), [charged(60_000), writtenOff(15_000)])).toBe(25_000)
  const ours = findingOf({ effectRupiah: rupiah(8_400) })
  expect(openAmountOf(ours, [charged(-400)])).toBe(-8_000)
})

test('once a part was resolved only the rest is: no payment is reversed or suspended for the whole', () => {
  const whole = actionsForRest(missing(100_000), [])
  expect(whole).toEqual(expect.arrayContaining(['reverse', 'suspend', 'charge-channel', 'write-off', 'accept']))
  expect([...actionsForRest(missing(100_000), [charged(1)])].sort()).toEqual(['accept', 'charge-channel', 'write-off'])
})

test('parts are of amounts, by writing off and charging, in the classes that have amounts', () => {
  const isWhole = ['fee-invoice-difference', 'late-reversal', 'corrected-file']
  for (const name of DIFFERENCE_CLASSES) {
    const finding = findingOf({ class: name, hubAmountRupiah: rupiah(0), effectRupiah: rupiah(8_400) })
    expect([name, isDivisible(finding, 'write-off')]).toEqual([name, !isWhole.includes(name)])
    expect([name, isDivisible(finding, 'charge-channel')]).toEqual([name, !isWhole.includes(name)])
    expect([name, isDivisible(finding, 'accept')]).toEqual([name, false])
  }
  expect(isDivisible(findingOf({ effectRupiah: rupiah(0) }), 'write-off')).toBe(false)
})

test.each([
  [100, 1, true],
  [100, 100, true],
  [100, 101, false],
  [100, 0, false],
  [100, -1, false],
  [-100, -1, true],
  [-100, -100, true],
  [-100, -101, false],
  [-100, 1, false],
  [0, 0, false],
])('of Rp%i open, Rp%i is a part: %s', (open, amount, is) => {
  expect(isPartOf(rupiah(open), rupiah(amount))).toBe(is)
})

describe('what is given up', () => {
  test('is the part that is named, or all that is open, without a sign', () => {
    const ours = findingOf({ effectRupiah: rupiah(8_400) })
    expect(givenUp(ours, [], rupiah(-400))).toBe(400)
    expect(givenUp(ours, [charged(-400)], null)).toBe(8_000)
    expect(givenUp(missing(100_000), [], null)).toBe(100_000)
  })

  test('counts with what was given up of it before, not with what was charged', () => {
    const before = [writtenOff(30_000), charged(40_000)]
    expect(mayGiveUp(missing(100_000), before, rupiah(20_000))).toBe(true)
    expect(mayGiveUp(missing(100_000), before, rupiah(20_001))).toBe(false)
    expect(mayGiveUp(missing(100_000), before, null)).toBe(false)
    expect(mayGiveUp(missing(90_000), before, null)).toBe(true)
    expect(mayGiveUp(missing(50_000), [], null)).toBe(true)
    expect(mayGiveUp(missing(50_001), [], null)).toBe(false)
    const ours = findingOf({ effectRupiah: rupiah(100_000) })
    expect(mayGiveUp(ours, [writtenOff(-30_000)], rupiah(-20_001))).toBe(false)
  })

  test('by one person in a day has a limit of its own', () => {
    const before = { people: [{ 'write-off': rupiah(950_001) }, { 'write-off': rupiah(50_000) }], all: {} }
    const decided = (amount: number) => [
      decidedBy(missing(100_000), [], { action: 'write-off', amount: rupiah(amount) }),
    ]
    expect(exceededBy(decided(49_999), before, ON)).toBeUndefined()
    expect(exceededBy(decided(50_000), before, ON)).toEqual({ action: 'write-off', limit: 'personDay' })
    expect(exceededBy(decided(-50_000), before, ON)).toEqual({ action: 'write-off', limit: 'personDay' })
  })
})
