/**
 * What must hold of quotes and places for any story: terms that change, sponsors that come and go, a decree on the way, payments
 * that come twice or late, reversals, closings. And the examples that a random story seldom meets.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, monthsOf, takesMonths } from '../../../shared/domain/allocation.ts'
import { coverageOn } from '../../../shared/domain/coverage.ts'
import { monthsForCredit } from '../../../shared/domain/credit.ts'
import { type Fact, keyOf, type PaymentFact, type PricedRun, refundsIn } from '../../../shared/domain/fact.ts'
import { type Instant, instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { quoteOf } from '../../../shared/domain/quote.ts'
import { RULES, type Rules } from '../../../shared/domain/rules.ts'
import { totalOf } from '../../../shared/domain/tariff.ts'
import { anyStory, registered, STORY_BEGINS } from '../../support/any-story.ts'
import { at, FARMER, pay, post, reverse, share, terms } from '../../support/facts.ts'

const MINUTE = 60_000
const sumOf = (runs: readonly PricedRun[]) => monthsOf(runs).reduce((sum, { price }) => sum + totalOf(price), 0)
const RUNS = { numRuns: 400 }

describe('for any story', () => {
  test('a quote’s runs sum to its amount and the credit it draws, and every accepted payment’s do', () => {
    let quotes = 0
    fc.assert(
      fc.property(anyStory, fc.nat(150), fc.constantFrom(1, 2, 3, 6, 12), ({ facts, rules }, day, count) => {
        for (const fact of facts)
          if (fact.kind === 'payment') expect(sumOf(fact.months)).toBe(fact.amount + fact.creditDrawn)
        const now = (STORY_BEGINS + day * 24 * 60 * MINUTE) as Instant
        const quote = quoteOf(allocate(facts, rules), count, now, rules, 'member')
        if (quote.outcome === 'refused') return
        quotes++
        expect(quote.amount).toBeGreaterThan(0)
        expect(sumOf(quote.runs)).toBe(quote.amount + quote.creditDrawn)
        expect(monthsOf(quote.runs)).toEqual(quote.months)
        expect(quote.creditDrawn).toBeLessThanOrEqual(allocate(facts, rules).credit)
      }),
      RUNS,
    )
    expect(quotes).toBeGreaterThan(RUNS.numRuns / 4)
  })

  test('every rupiah is in exactly one place, each payer’s apart', () => {
    fc.assert(
      fc.property(anyStory, ({ facts, rules }) => {
        const { byFact, credit, paidMonths } = allocate(facts, rules)
        for (const place of byFact) {
          const { allocated, credit: left, billReturn, suspense, reversed, amount } = place
          expect(allocated + left + billReturn + suspense + reversed).toBe(amount)
          const isShare = place.fact.startsWith('share#')
          expect(isShare ? left : billReturn).toBe(0)
        }
        expect(byFact.reduce((sum, place) => sum + place.credit, 0)).toBe(credit)
        expect(credit).toBeGreaterThanOrEqual(0)
        const months = [...paidMonths.values()].reduce((sum, { total }) => sum + total, 0)
        expect(byFact.reduce((sum, { allocated }) => sum + allocated, 0)).toBe(months)
      }),
      RUNS,
    )
  })

  test('what was refunded of a share is back, and never pays a month again', () => {
    let refunds = 0
    fc.assert(
      fc.property(anyStory, ({ facts, rules }) => {
        const { byFact } = allocate(facts, rules)
        for (const [share, amount] of refundsIn(facts)) {
          refunds++
          const place = byFact.find(({ fact }) => fact === share)
          expect(place?.reversed).toBeGreaterThanOrEqual(amount)
          expect(place?.allocated).toBeLessThanOrEqual((place?.amount ?? 0) - amount)
        }
      }),
      { numRuns: 1_500 },
    )
    expect(refunds).toBeGreaterThan(20)
  })

  test('money pays a month that it was quoted before it goes anywhere else, also where earlier money gave the month up', () => {
    let open = 0
    fc.assert(
      fc.property(anyStory, ({ facts, rules }) => {
        const { byFact, paidMonths } = allocate(facts, rules)
        const quoted = new Map(
          facts.flatMap((fact) => (takesMonths(fact) ? [[keyOf(fact), fact.months] as const] : [])),
        )
        for (const { fact, amount, credit, billReturn, suspense, reversed } of byFact) {
          if (suspense > 0 || reversed === amount) continue
          const unpaid = monthsOf(quoted.get(fact) ?? []).find((each) => !paidMonths.has(each.month))
          if (!unpaid) continue
          open++
          expect(credit + billReturn).toBeLessThan(totalOf(unpaid.price))
        }
      }),
      { numRuns: 1_200 },
    )
    expect(open).toBeGreaterThan(0)
  })

  test('the order in which facts arrive does not matter', () => {
    const shuffled = anyStory.chain(({ facts, rules }) =>
      fc.record({
        facts: fc.constant(facts),
        rules: fc.constant(rules),
        mixed: fc.shuffledSubarray([...facts], { minLength: facts.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ facts, rules, mixed }) => {
        expect(allocate(mixed, rules)).toEqual(allocate(facts, rules))
      }),
      RUNS,
    )
  })

  test('no instant is covered by what was decided after it', () => {
    let covered = 0
    fc.assert(
      fc.property(anyStory, fc.nat(20), fc.constantFrom(0, 1, 1_440, 20 * 1_440), ({ facts, rules }, pick, later) => {
        const on = instant((facts[pick % facts.length] as Fact).decidedAt + later * MINUTE)
        const answer = coverageOn(facts, on, rules)
        if (!answer.covered) return
        covered++
        const decided = facts.filter(({ decidedAt }) => decidedAt <= on)
        expect(coverageOn(decided, on, rules).covered).toBe(true)
      }),
      RUNS,
    )
    expect(covered).toBeGreaterThan(RUNS.numRuns / 4)
  })

  test('credit that a night has looked at never covers the month that is owed', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(150), ({ facts, rules }, day) => {
        const now = instant(
          Math.max(STORY_BEGINS + day * 24 * 60 * MINUTE, ...facts.map(({ decidedAt }) => decidedAt + 1)),
        )
        const months = monthsForCredit(allocate(facts, rules), now, rules)
        const stamp = { account: registered.account, source: 'hub', id: ['night'], decidedAt: now, recordedAt: now }
        const after = [...facts, { kind: 'credit-allocation', ...stamp, months } as const]
        expect(monthsForCredit(allocate(after, rules), now, rules)).toEqual([])
        if (months.length > 0) expect(allocate(after, rules).paidMonths.get(months[0]?.first as never)).toBeDefined()
      }),
      RUNS,
    )
  })
})

describe('examples', () => {
  // January is paid half by credit, which a second payment of November had left and a reversal takes back.
  const withCredit = [
    registered,
    pay('OWN', '2026-11-02T08:00', ['2026-11', '2026-12']),
    pay('TWICE', '2026-11-02T09:00', ['2026-11'], { channel: 'pos' }),
    pay('ON-CREDIT', '2026-11-03T09:00', ['2027-01'], { credit: 8_400 }),
  ]
  const takenBack = reverse(withCredit[2] as PaymentFact, '2027-01-10T09:00', 'finance')

  test('a sponsor’s share pays the month that a member’s payment gives up, and goes back to the bill for the others only', () => {
    const given = share('S', '2026-11-20T09:00', ['2026-11', '2027-01'])
    const before = allocate([...withCredit, given], RULES)
    expect(before.byFact.at(-1)).toMatchObject({ months: [], billReturn: 33_600 })
    const after = [...withCredit, given, takenBack]
    expect(allocate(after, RULES).byFact.at(-1)).toMatchObject({ months: ['2027-01'], billReturn: 16_800 })
    const covered = ['2027-01-09T12:00', '2027-01-10T09:00', '2027-01-31T23:59'].map(
      (when) => coverageOn(after, at(when), RULES).covered,
    )
    expect(covered).toEqual([true, true, true])
  })

  test('a month that was given up is paid only as far as the money reaches, and nothing is given up for it', () => {
    const second = pay('JAN-FEB', '2026-11-20T09:00', ['2027-01', '2027-02'], { channel: 'pos', credit: 16_800 })
    const { paidMonths, credit } = allocate([...withCredit, second, takenBack], RULES)
    expect(paidMonths.get(month('2027-02'))?.by).toBe('payment#pos#JAN-FEB')
    expect(paidMonths.get(month('2027-01'))).toBeUndefined()
    expect(credit).toBe(8_400)
  })

  test('credit pays a month that earlier money was quoted and gave up, because the credit that it had counted on is gone', () => {
    const withOldAge = { ...FARMER, programs: 'JKK+JKM+JHT' } as const
    const facts: readonly Fact[] = [
      registered,
      pay('GIVES-UP', '2026-11-01T09:00', ['2026-11', '2026-12', '2027-01'], { credit: 16_800 }),
      pay('LEAVES-CREDIT', '2026-11-02T09:00', ['2027-05'], { priced: withOldAge, credit: 20_000 }),
    ]
    const night = at('2027-01-10T00:10')
    const before = allocate(facts, RULES)
    expect([...before.paidMonths.keys()].sort()).toEqual(['2026-11', '2026-12'])
    expect(before.credit).toBe(16_800)
    const months = monthsForCredit(before, night, RULES)
    expect(months).toMatchObject([{ first: '2027-01', count: 1 }])
    const stamp = { account: registered.account, source: 'hub', id: ['night'], decidedAt: night, recordedAt: night }
    const after = allocate([...facts, { kind: 'credit-allocation', ...stamp, months }], RULES)
    expect(after.paidMonths.get(month('2027-01'))?.by).toBe('credit-allocation#hub#night')
    expect(after.credit).toBe(0)
  })

  test('left-over money does not jump over months that later money has paid', () => {
    // August paid; in November two channels both pay September, and a third November: the second September pays October.
    const facts = [
      registered,
      pay('AUG', '2026-08-05T09:00', ['2026-08']),
      pay('SEP', '2026-11-05T09:00', ['2026-09']),
      pay('SEP', '2026-11-05T09:01', ['2026-09'], { channel: 'pos' }),
    ]
    const months = (given: readonly Fact[]) =>
      Object.fromEntries([...allocate(given, RULES).paidMonths.values()].map((paid) => [paid.month, paid.by]))
    expect(months(facts)).toMatchObject({ '2026-09': 'payment#bni#SEP', '2026-10': 'payment#pos#SEP' })
    const third = [...facts, pay('NOV', '2026-11-05T09:02', ['2026-11'], { channel: 'alfamart' })]
    expect(months(third)).toEqual({
      '2026-08': 'payment#bni#AUG',
      '2026-09': 'payment#bni#SEP',
      '2026-10': 'payment#pos#SEP',
      '2026-11': 'payment#alfamart#NOV',
    })
  })

  test.each([
    ['income (JKK)', { income: rupiah(2_975_000) }, [8_400, 18_150]],
    ['programs (JHT)', { programs: 'JKK+JKM+JHT' }, [8_400, 28_400]],
  ] as const)('a quote over a change of %s has a run for each price', (_, changed, prices) => {
    const facts = [registered, terms('2026-12', changed, '2026-11-02T09:00')]
    const quote = quoteOf(allocate(facts, RULES), 2, at('2026-11-20T10:00'), RULES, 'member')
    expect(quote).toMatchObject({ outcome: 'quote', amount: prices[0] + prices[1] })
    expect(quote.outcome === 'quote' && quote.runs.map((run) => [run.first, run.count, totalOf(run.price)])).toEqual([
      ['2026-11', 1, prices[0]],
      ['2026-12', 1, prices[1]],
    ])
  })

  test('a quote over the end of the discount of JKM alone has two runs', () => {
    const base = { ...RULES.tariff, discountedFunding: RULES.tariff.discountedFunding }
    const jkmRupiah = [...base.jkmRupiah, { ...(base.jkmRupiah[0] as never as object), from: '2026-12', value: 7_000 }]
    const rules = { ...RULES, tariff: { ...base, jkmRupiah } } as Rules
    const quote = quoteOf(allocate([registered], rules), 2, at('2026-11-20T10:00'), rules, 'member')
    expect(quote.outcome === 'quote' && quote.runs).toHaveLength(2)
  })

  test('left-over money that a later reversal moves covers from that reversal on, not from its own decision', () => {
    // On 5 November August is the latest month paid, so money without months pays September. On the 25th August is reversed:
    // now July is the latest, the membership had lapsed, and the money pays November.
    const july = pay('JUL', '2026-07-05T09:00', ['2026-07'])
    const august = pay('AUG', '2026-08-05T09:00', ['2026-08'])
    const facts = [registered, july, august, post('P', '2026-11-05T09:00', 8_400)]
    expect([...allocate(facts, RULES).paidMonths.keys()].at(-1)).toBe('2026-09')
    const after = [...facts, reverse(august, '2026-11-25T09:00', 'finance')]
    expect([...allocate(after, RULES).paidMonths.keys()].at(-1)).toBe('2026-11')
    const covered = (when: string) => coverageOn(after, at(when), RULES).covered
    expect(['2026-11-10T12:00', '2026-11-25T08:59:59', '2026-11-25T09:00'].map(covered)).toEqual([false, false, true])
  })
})
