/** Whose money it is: a sponsor's goes back to its bill, a member's stays the member's, and credit pays what is owed from the night on. */
import { describe, expect, test } from 'vitest'
import { allocate } from '../../../shared/domain/allocation.ts'
import { coverageOn, standingAt } from '../../../shared/domain/coverage.ts'
import { mayCreditPay, monthsForCredit } from '../../../shared/domain/credit.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import { addAccount, entriesOf, type JournalSums, spanOf, trialBalanceOf } from '../../../shared/domain/journal.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { payableAt, quoteOf } from '../../../shared/domain/quote.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { at, close, date, FARMER, KPJ, pay, post, reverse, share, spendCredit, terms } from '../../support/facts.ts'
import { decreedRules } from '../../support/rules.ts'

const registered = terms('2026-01')
const places = (facts: readonly Fact[], rules = RULES) => allocate(facts, rules).byFact
const months = (facts: readonly Fact[], rules = RULES) => [...allocate(facts, rules).paidMonths.keys()].sort()

describe('a sponsor’s money', () => {
  const village = terms('2026-01', { funding: 'village' })
  const first = share('S1', '2026-11-05T09:00', ['2026-11'])
  const again = share('S2', '2026-11-06T09:00', ['2026-11'])

  test('that finds its month full goes back to its bill: no credit, no other month', () => {
    expect(places([village, first, again])).toMatchObject([
      { allocated: 16_800, billReturn: 0, credit: 0 },
      { allocated: 0, billReturn: 16_800, credit: 0, months: [] },
    ])
    expect(months([village, first, again])).toEqual(['2026-11'])
  })

  test('never lowers the quote of a member who pays alone again', () => {
    const later = terms('2026-12', { funding: 'self' }, '2026-11-20T09:00')
    const facts = [village, later, first, again]
    expect(quoteOf(allocate(facts, RULES), 1, at('2026-12-02T09:00'), RULES, 'member')).toMatchObject({
      amount: 8_400,
      creditDrawn: 0,
    })
    expect(monthsForCredit(allocate(facts, RULES), at('2026-12-02T00:10'), RULES)).toEqual([])
  })

  test('pays its month again once the first share is reversed', () => {
    const facts = [village, first, again, reverse(first, '2026-11-07T09:00')]
    expect(places(facts)).toMatchObject([
      { reversed: 16_800 },
      { allocated: 16_800, billReturn: 0, months: ['2026-11'] },
    ])
  })

  test('that is too little for its months gives up the last of them, and draws no credit of the member', () => {
    const own = post('P', '2026-11-01T09:00', 50_000)
    const short = { ...share('S1', '2026-11-05T09:00', ['2026-11', '2026-12']), amount: rupiah(20_000) }
    expect(places([village, own, short])).toMatchObject([
      { credit: 50_000, billReturn: 0 },
      { allocated: 16_800, billReturn: 3_200, credit: 0, months: ['2026-11'] },
    ])
  })

  test('shows in the books as money that the bill clearing holds again', () => {
    const sums: JournalSums = new Map()
    addAccount(sums, KPJ, [village, first, again], spanOf(date('2026-11-06')), RULES)
    const entries = entriesOf(sums)
    const clearing = entries.filter(({ account }) => account === 'bill-clearing')
    expect(clearing.map(({ kind, debit, credit }) => [kind, debit, credit])).toEqual([
      ['collected', 16_800, 0],
      ['allocated', 0, 16_800],
    ])
    expect(trialBalanceOf(entries)).toBe(0)
  })
})

describe('a member’s money', () => {
  const first = pay('A', '2026-11-05T09:00', ['2026-11'])
  const again = pay('B', '2026-11-05T09:01', ['2026-11'])

  test('pays no month of a sponsor, also where the terms of its own month have changed since', () => {
    const facts = [registered, first, again, terms('2026-11', { funding: 'csr' }, '2026-11-10T10:00')]
    expect(months(facts)).toEqual(['2026-11'])
    expect(allocate(facts, RULES).credit).toBe(8_400)
  })

  test('that came without months is credit while a sponsor pays', () => {
    const facts = [terms('2026-01', { funding: 'village' }), post('P', '2026-11-05T09:00', 40_000)]
    expect(months(facts)).toEqual([])
    expect(allocate(facts, RULES).credit).toBe(40_000)
    expect(payableAt(allocate(facts, RULES), at('2026-11-20T10:00'), RULES)).toEqual({
      month: '2026-11',
      amount: 16_800,
    })
    expect(monthsForCredit(allocate(facts, RULES), at('2026-11-20T00:10'), RULES)).toEqual([])
  })
})

describe('credit that covers a month that is owed', () => {
  const rules = decreedRules(at('2027-01-15T00:00'), month('2027-06'))
  const double = [registered, pay('A', '2026-12-05T09:00', ['2026-12']), pay('B', '2026-12-05T09:01', ['2026-12'])]
  const night = at('2027-01-16T00:10')
  const spent = [...double, { ...spendCredit('2027-01-16T00:10', ['2027-01']), months: monthsIn(double, night) }]

  function monthsIn(facts: readonly Fact[], now: ReturnType<typeof at>) {
    return monthsForCredit(allocate(facts, rules), now, rules)
  }

  test('pays it by the price of that night', () => {
    expect(monthsIn(double, at('2027-01-14T00:10'))).toEqual([])
    expect(monthsIn(double, night)).toEqual([{ first: '2027-01', count: 1, price: { jkk: 5_000, jkm: 3_400, jht: 0 } }])
  })

  test('covers from the decision of that fact, never backwards', () => {
    const covered = (when: string) => coverageOn(spent, at(when), rules).covered
    expect(['2027-01-10T00:00', '2027-01-16T00:09:59', '2027-01-16T00:10', '2027-01-31T23:59'].map(covered)).toEqual([
      false,
      false,
      true,
      true,
    ])
  })

  test('brings no money: what it allocates it draws, and once is enough', () => {
    expect(places(spent, rules).at(-1)).toEqual({
      fact: 'credit-allocation#hub#2027-01#2027-01-16',
      amount: 0,
      months: ['2027-01'],
      allocated: 8_400,
      credit: -8_400,
      billReturn: 0,
      suspense: 0,
      reversed: 0,
    })
    expect(monthsIn(spent, night)).toEqual([])
    const twice = [...spent, spendCredit('2027-01-17T00:10', ['2027-01'])]
    expect(allocate(twice, rules).credit).toBe(0)
    expect(months(twice, rules)).toEqual(['2026-12', '2027-01'])
  })

  test('is given up when a reversal takes the credit back', () => {
    const reversed = [...spent, reverse(double[2] as never, '2027-01-20T09:00')]
    expect(months(reversed, rules)).toEqual(['2026-12'])
    expect(standingAt(allocate(reversed, rules), at('2027-01-21T00:00'), rules)).toMatchObject({
      status: 'grace',
      credit: 0,
    })
  })

  test('pays arrears first, the current month next, and none ahead', () => {
    const many = [registered, pay('A', '2026-10-05T09:00', ['2026-10']), post('P', '2026-10-05T10:00', 3_000)]
    const rich = { ...allocate(many, RULES), credit: rupiah(100_000) }
    const runs = monthsForCredit(rich, at('2026-12-01T00:10'), RULES)
    expect(runs).toMatchObject([{ first: '2026-11', count: 2 }])
    expect(monthsForCredit({ ...rich, credit: rupiah(16_799) }, at('2026-12-01T00:10'), RULES)).toMatchObject([
      { first: '2026-11', count: 1 },
    ])
    expect(monthsForCredit({ ...rich, credit: rupiah(8_399) }, at('2026-12-01T00:10'), RULES)).toEqual([])
    expect(monthsForCredit(rich, at('2026-10-20T00:10'), RULES)).toEqual([])
  })

  test('is not spent for a closed membership', () => {
    const closed = [...double, close('2027-01-01', '2027-01-02T09:00')]
    expect(monthsIn(closed, night)).toEqual([])
    const late = [...double, close('2027-01-15', '2027-01-10T09:00'), spent.at(-1) as Fact]
    expect(allocate(late, rules).credit).toBe(8_400)
  })

  test('cannot be asked for at a channel: a quote of Rp0 is refused', () => {
    const quote = (count: number) => quoteOf(allocate(double, rules), count, night, rules, 'member')
    expect(quote(1)).toEqual({ outcome: 'refused', code: 'nothing-due' })
    expect(quote(2)).toMatchObject({ outcome: 'quote', amount: 8_400, creditDrawn: 8_400 })
  })

  const view = {
    status: 'grace' as const,
    paidThrough: month('2026-11'),
    nextTransition: { on: date('2027-03-01'), to: 'lapsed' as const },
    credit: rupiah(8_400),
    terms: FARMER,
  }
  test.each([
    ['the member', '2026-12', { funding: 'village' as const }, true],
    ['a sponsor', '2026-11', { funding: 'village' as const }, false],
    ['the member at a price of its own', '2027-01', { income: rupiah(9_000_000) }, true],
  ] as const)('the night’s run looks at who was to pay the month that is owed: %s', (_, since, changed, looks) => {
    const later = { ...FARMER, ...changed }
    const before = { from: month('2026-11'), terms: FARMER, regionCode: '15.71' }
    const termsByMonth = [before, { from: month(since), terms: later, regionCode: '15.71' }]
    const owesDecember = { ...view, terms: later, termsByMonth, paidThrough: month('2026-10') }
    expect(mayCreditPay(owesDecember, 'grace', date('2027-01-20'), RULES)).toBe(looks)
  })

  test.each([
    ['in grace, and its price is there', {}, 'grace', true],
    ['no credit', { credit: rupiah(0) }, 'grace', false],
    ['less than the price', { credit: rupiah(8_399) }, 'grace', false],
    ['the current month is paid', {}, 'active', false],
    ['closed', {}, 'closed', false],
    ['a sponsor pays', { terms: { ...FARMER, funding: 'village' as const } }, 'grace', false],
    [
      'time has passed its transition: the facts decide',
      { credit: rupiah(1), nextTransition: { on: date('2026-12-01'), to: 'grace' as const } },
      'grace',
      true,
    ],
  ] as const)('the night’s run looks at a view: %s', (_, changed, status, looks) => {
    expect(mayCreditPay({ ...view, ...changed }, status, date('2026-12-02'), RULES)).toBe(looks)
  })
})

describe('a discount of everything, without an end', () => {
  const free = decreedRules(at('2026-12-01T00:00'), month('9990-12'), 10_000)
  const double = [registered, pay('A', '2026-12-05T09:00', ['2026-12']), pay('B', '2026-12-05T09:01', ['2026-12'])]

  test('gives left-over money the free months of one year, and leaves the money', () => {
    const { paidMonths, credit } = allocate(double, free)
    expect([...paidMonths.keys()].at(-1)).toBe('2027-12')
    expect(paidMonths.size).toBe(13)
    expect(credit).toBe(8_400)
  })
  test('cannot be asked for at a channel, and is not given to a member who has paid nothing', () => {
    const nobody = allocate([registered], free)
    expect(quoteOf(nobody, 12, at('2027-01-05T10:00'), free, 'member')).toEqual({
      outcome: 'refused',
      code: 'nothing-due',
    })
    expect(monthsForCredit(nobody, at('2027-01-05T00:10'), free)).toEqual([])
  })
})
