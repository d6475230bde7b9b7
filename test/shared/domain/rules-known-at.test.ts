/** Rules that change while money is on the account: what was decided before stays, what is asked about the past is answered with the rules of then. */
import { describe, expect, test } from 'vitest'
import { allocate } from '../../../shared/domain/allocation.ts'
import { coverageOn, knownBy, standingAt } from '../../../shared/domain/coverage.ts'
import {
  amended,
  entriesKnownAt,
  FOUNDING,
  founding,
  inForce,
  type RuleHistory,
} from '../../../shared/domain/effective-dated.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import { addAccount, entriesOf, type JournalSums, spanOf } from '../../../shared/domain/journal.ts'
import { month } from '../../../shared/domain/month.ts'
import { quoteOf } from '../../../shared/domain/quote.ts'
import { RULES, type Rules, rulesKnownAt } from '../../../shared/domain/rules.ts'
import { SECTORS } from '../../../shared/domain/tariff.ts'
import { at, date, KPJ, pay, terms } from '../../support/facts.ts'
import { decreedRules } from '../../support/rules.ts'

const DECREED = at('2027-01-15T00:00')
const RULES_2027 = decreedRules(DECREED, month('2027-06'))
const registered = terms('2026-01')
/** December paid twice: the second 8,400 buys nothing at January's 16,800, and would at the decree's 8,400. */
const double = [registered, pay('A', '2026-12-05T09:00', ['2026-12']), pay('B', '2026-12-05T09:01', ['2026-12'])]

function covered(facts: readonly Fact[], on: string, knownAt: string | null, rules: Rules = RULES_2027): boolean {
  if (knownAt === null) return coverageOn(facts, date(on), rules).covered
  return coverageOn(knownBy(facts, at(knownAt)), date(on), rulesKnownAt(rules, at(knownAt))).covered
}

describe('a decree of 15 January that prolongs the discount', () => {
  test('rewrites no answer: "covered on 5 January, known at 10 January" stays no, before and after it', () => {
    expect(covered(double, '2027-01-05', '2027-01-10T00:00', RULES)).toBe(false)
    expect(covered(double, '2027-01-05', '2027-01-10T00:00')).toBe(false)
    expect(covered(double, '2027-01-05', '2027-02-10T00:00')).toBe(false)
    expect(covered(double, '2027-01-05', null)).toBe(false)
  })

  test('moves no rupiah that was decided before it, so the journal of its day books nothing', () => {
    expect(allocate(double, RULES_2027)).toEqual(allocate(double, RULES))
    const sums: JournalSums = new Map()
    addAccount(sums, KPJ, double, spanOf(date('2027-01-15')), RULES_2027)
    expect(entriesOf(sums)).toEqual([])
  })

  test('takes no month from money that had bought it at the price of then', () => {
    const dearer = amended(RULES.tariff.jkmRupiah, DECREED, [{ from: '2027-01', value: 9_000, source: 'a decree' }])
    const rules = { ...RULES, tariff: { ...RULES.tariff, jkmRupiah: dearer } }
    const year = [registered, pay('A', '2026-12-05T09:00', ['2026-12', '2027-01'])]
    const again = { ...pay('B', '2026-12-05T09:01', ['2026-12', '2027-01']), amount: 33_600 as never }
    const facts = [...year, again]
    expect([...allocate(facts, rules).paidMonths.keys()]).toEqual(['2026-12', '2027-01', '2027-02', '2027-03'])
    expect(covered(facts, '2027-03-05', null, rules)).toBe(true)
  })

  test('is in the quote from its recording on', () => {
    const amount = (when: string) => quoteOf(allocate([registered], RULES_2027), 1, at(when), RULES_2027, 'member')
    expect(amount('2027-01-14T23:59')).toMatchObject({ amount: 16_800 })
    expect(amount('2027-01-15T00:00')).toMatchObject({ amount: 8_400 })
  })

  test('lets money that is decided after it buy at its prices', () => {
    const late = [registered, pay('A', '2027-01-20T09:00', ['2027-01']), pay('B', '2027-01-20T09:01', ['2027-01'])]
    const cheap = late.map((fact) => (fact.kind === 'payment' ? { ...fact, amount: 8_400 as never, months: [] } : fact))
    expect([...allocate(cheap, RULES_2027).paidMonths.keys()]).toEqual(['2027-01', '2027-02'])
    expect(allocate(cheap, RULES).credit).toBe(0)
  })
})

test('a longer grace counts from its recording on: the status of today changes, the order of past money does not', () => {
  const graceMonths = amended(RULES.graceMonths, DECREED, [{ from: '1970-01', value: 6, source: 'a decree' }])
  const rules = { ...RULES, graceMonths }
  const august = [registered, pay('A', '2026-08-05T09:00', ['2026-08'])]
  const status = (when: string) => standingAt(allocate(august, rules), at(when), rules).status
  expect([status('2027-01-14T23:59'), status('2027-01-15T00:00')]).toEqual(['lapsed', 'grace'])
  // Left over in January while the membership was lapsed: it pays January, and not September, whatever the decree says later.
  const left = { ...pay('B', '2027-01-10T09:00', ['2026-08']), amount: 16_800 as never }
  expect([...allocate([...august, left], rules).paidMonths.keys()]).toEqual(['2026-08', '2027-01'])
})

describe('a history of entries', () => {
  const history: RuleHistory<number> = amended(founding([{ from: '2026-01', value: 1, source: 's' }]), DECREED, [
    { from: '2026-06', value: 2, source: 's' },
    { from: '2026-09', value: 3, source: 's' },
  ])
  test.each([
    ['2026-05', 1],
    ['2026-06', 2],
    ['2026-08', 2],
    ['2026-09', 3],
  ])('in %s the value is %i', (month, value) => {
    expect(inForce('a rule', history, month)).toBe(value)
  })
  test('what is recorded later replaces everything from its first month on', () => {
    const later = amended(history, at('2027-02-01T00:00'), [{ from: '2026-07', value: 9, source: 's' }])
    expect(['2026-06', '2026-07', '2026-10'].map((month) => inForce('a rule', later, month))).toEqual([2, 9, 9])
  })
  test('known at an instant is what was recorded by then; the whole history is the same list', () => {
    expect(entriesKnownAt(history, DECREED)).toBe(history)
    expect(entriesKnownAt(history, (DECREED - 1) as never)).toHaveLength(1)
  })
  test.each([DECREED, FOUNDING])('nothing can be recorded at or before the last recording (%i)', (recordedAt) => {
    expect(() => amended(history, recordedAt, [{ from: '2026-01', value: 1, source: 's' }])).toThrow(RangeError)
  })
})

describe('the set of rules', () => {
  test('known at an instant: itself from the last recording on, one and the same object for every instant before', () => {
    expect(rulesKnownAt(RULES_2027, DECREED)).toBe(RULES_2027)
    const before = rulesKnownAt(RULES_2027, at('2027-01-14T23:59'))
    expect(before).toBe(rulesKnownAt(RULES_2027, at('2026-01-01T00:00')))
    expect(before).toEqual({ ...RULES, version: 'decreed, as known at 1970-01-01T00:00:00.000Z' })
    expect(rulesKnownAt(RULES, FOUNDING)).toBe(RULES)
  })
  test('has a founding entry in every list, so that no instant is without rules', () => {
    const { tariff, graceMonths, aheadMonths } = RULES
    const { discountBasisPoints, ...lists } = tariff
    const discounts = SECTORS.map((sector) => discountBasisPoints[sector])
    for (const list of [...Object.values(lists), ...discounts, graceMonths, aheadMonths])
      expect(list[0]?.recordedAt).toBe(FOUNDING)
  })
})

test('between two decrees the first is known and the second is not; before both, neither', () => {
  const second = at('2027-03-15T00:00')
  const twice = {
    ...RULES_2027,
    graceMonths: amended(
      amended(RULES.graceMonths, DECREED, [{ from: '2027-01', value: 4, source: 'a decree' }]),
      second,
      [{ from: '2027-01', value: 5, source: 'another' }],
    ),
  }
  const graceAt = (when: string) => inForce('grace', rulesKnownAt(twice, at(when)).graceMonths, '2027-06')
  expect(['2027-01-14T23:59', '2027-01-15T00:00', '2027-03-14T23:59', '2027-03-15T00:00'].map(graceAt)).toEqual([
    3, 4, 4, 5,
  ])
  expect(rulesKnownAt(twice, at('2027-02-01T00:00')).version).not.toBe(
    rulesKnownAt(twice, at('2027-01-01T00:00')).version,
  )
  expect(rulesKnownAt(twice, second)).toBe(twice)
})

test('a change that is not recorded after the one before it is refused', () => {
  const once = amended(RULES.graceMonths, DECREED, [{ from: '2027-01', value: 4, source: 'a decree' }])
  expect(() => amended(once, DECREED, [])).toThrow('expected a change recorded after')
  expect(() => inForce('grace', once, '1969-12')).toThrow('"grace"')
})
