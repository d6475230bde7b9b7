/**
 * The domain's fold and the auditor's, two algorithms by two hands, on thousands of invented accounts: more payments, closings,
 * reversals and credit on one account than a simulated history brings together.
 */
import { expect, test } from 'vitest'
import { allocate } from '../../../shared/domain/allocation.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { coverageOn, standingAt } from '../../../shared/domain/coverage.ts'
import type { Fact, PricedRun } from '../../../shared/domain/fact.ts'
import { type BusinessDate, type Instant, instant } from '../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { KPJ, terms } from '../../support/facts.ts'
import { factKeyIn } from '../../support/ids.ts'
import { decreedRules } from '../../support/rules.ts'
import { type Random, randomFrom } from '../random.ts'
import { auditAccount, entryOf, keyOf, latestOf } from './account-fold.ts'
import { dayAt, monthAt, monthNumber, monthText } from './calendar.ts'
import { changeAfter, coveredBetween, statusAt } from './cover.ts'
import type { Decree } from './figures.ts'

const START = Date.parse('2026-10-20T00:00:00+07:00')
const DAY = 86_400_000
const CASES = 1_000

function someAccount(random: Random): readonly Fact[] {
  const facts: Fact[] = [terms('2026-01')]
  const span = random.pick([2, 30, 150])
  const count = random.between(2, 9)
  for (let i = 0; i < count; i++) facts.push(someFact(random, facts, instant(START + random.below(span * DAY)), i))
  return facts
}

function someFact(random: Random, before: readonly Fact[], decidedAt: Instant, i: number): Fact {
  const stamp = { account: KPJ, source: 'bni', id: [`T${i}`], decidedAt, recordedAt: decidedAt }
  const businessDate = dayAt(decidedAt) as BusinessDate
  const kind = random.pick([
    'payment',
    'payment',
    'payment',
    'posting',
    'share',
    'reversal',
    'suspension',
    'credit-allocation',
    'terms',
    'shut',
  ])
  if (kind === 'credit-allocation') return { ...stamp, source: 'hub', kind, months: someMonths(random, decidedAt) }
  const money = before.filter((fact) => fact.kind === 'payment' || fact.kind === 'posting' || fact.kind === 'share')
  const about = money.length > 0 ? random.pick(money) : undefined
  if (kind === 'terms') {
    const funding = random.pick(['self', 'self', 'village'] as const)
    const from = monthText(monthAt(decidedAt) + random.below(3))
    return { ...terms(from, { funding, sector: random.pick(['transport', 'farming'] as const) }), ...stamp }
  }
  if (kind === 'shut') {
    const on = dayAt(decidedAt + random.between(-5, 5) * DAY) as BusinessDate
    if (random.chance(0.5)) return { ...stamp, kind: 'closing', on, reason: 'became a wage earner' }
    return { ...stamp, kind: 'reopening', reason: 'self-employed again' }
  }
  if (about && kind === 'suspension')
    return { ...stamp, kind, moves: factKeyIn(keyOf(about)), businessDate, amount: about.amount }
  if (about && kind === 'reversal') {
    const later = instant(Math.max(decidedAt, about.decidedAt + 1))
    const when = { decidedAt: later, recordedAt: later }
    return {
      ...stamp,
      ...when,
      kind,
      reverses: factKeyIn(keyOf(about)),
      partnerAt: later,
      businessDate,
      amount: about.amount,
      outlet: '',
    }
  }
  return someMoney(random, stamp, businessDate)
}

const BILL = billCodeOf(1)

function someMonths(random: Random, decidedAt: number): readonly PricedRun[] {
  const price = { jkk: rupiah(random.pick([5_000, 10_000])), jkm: rupiah(3_400), jht: ZERO }
  const first = month(monthText(monthAt(decidedAt) + random.pick([0, 0, 0, 1, 2, -1])))
  return random.chance(0.1) ? [] : [{ first, count: random.pick([1, 1, 2, 3]), price }]
}

/** Quoted months at some price, paid in full, with credit, or with what will not do. */
function someMoney(
  random: Random,
  stamp: Omit<Fact, 'kind'> & { readonly id: readonly string[] },
  businessDate: BusinessDate,
): Fact {
  const months = someMonths(random, stamp.decidedAt)
  const full = months.reduce((sum, { count, price: { jkk, jkm } }) => sum + count * (jkk + jkm), 0)
  const drawn = random.chance(0.3) ? random.pick([3_400, 5_000, 8_400, full]) : 0
  const amount = rupiah(Math.max(0, full - drawn) + (random.chance(0.15) ? random.pick([1, 5_000, 20_000]) : 0))
  const base = {
    account: stamp.account,
    source: stamp.source,
    decidedAt: stamp.decidedAt,
    recordedAt: stamp.recordedAt,
  }
  if (random.chance(0.2))
    return { ...base, id: stamp.id, kind: 'posting', businessDate, amount, months, creditDrawn: rupiah(drawn) }
  if (random.chance(0.2))
    return {
      ...base,
      id: [BILL, 'bni', ...stamp.id],
      kind: 'share',
      billCode: BILL,
      paymentId: stamp.id[0] ?? '',
      amount,
      months,
    }
  return {
    ...base,
    id: stamp.id,
    kind: 'payment',
    hubReference: 'CH',
    partnerAt: stamp.decidedAt,
    businessDate,
    amount,
    adminFee: ZERO,
    months,
    creditDrawn: rupiah(drawn),
    outlet: '',
    paidThrough: null,
    kpj: KPJ,
    renderer: 1,
  }
}

/** A decree that is recorded somewhere in the story, or none. */
function someDecree(random: Random): Decree | undefined {
  if (random.chance(0.5)) return undefined
  return { recordedAt: START + random.below(150 * DAY), until: monthNumber('2027-03') + random.between(0, 6) }
}

test('both folds put every rupiah of every account in the same place, and cover the same instants', () => {
  for (let seed = 1; seed <= CASES; seed++) {
    const random = randomFrom(seed)
    const facts = someAccount(random)
    const entries = facts.map(entryOf)
    const decree = someDecree(random)
    const rules = decree ? decreedRules(instant(decree.recordedAt), month(monthText(decree.until))) : RULES
    const books = auditAccount(entries, decree)
    const allocation = allocate(facts, rules)
    const where = `account ${seed}`

    const places = allocation.byFact.map(({ fact, allocated, credit, billReturn, suspense, reversed }) => [
      fact,
      allocated,
      credit,
      billReturn,
      suspense,
      reversed,
    ])
    expect(places, where).toEqual(
      [...books.allocations].map(([key, place]) => [
        key,
        place.allocated,
        place.credit,
        place.billReturn,
        place.suspense,
        place.reversed,
      ]),
    )
    const held = [...allocation.paidMonths.values()].map((each) => [
      monthNumber(each.month),
      each.by,
      each.decidedAt,
      each.usesCredit,
      each.isLeftOver,
    ])
    const holdings = [...books.paidMonths.values()].map((each) => [
      each.month,
      each.by,
      each.since,
      each.usesCredit,
      each.isLeftOver,
    ])
    expect(held.sort(), where).toEqual(holdings.sort())

    const now = START + random.below(200) * DAY
    const latest = latestOf(books.paidMonths.keys())
    expect(standingAt(allocation, instant(now), rules), where).toEqual({
      status: statusAt(books, now),
      paidThrough: latest < 0 ? null : monthText(latest),
      credit: books.credit,
      nextTransition: changeAfter(books, now),
    })
    for (let i = 0; i < 3; i++) {
      const about = random.pick(facts).decidedAt + random.pick([-1, 0, 1, 3 * DAY, 20 * DAY])
      const { covered, partialDay } = coverageOn(facts, instant(about), rules)
      expect({ covered, partialDay }, `${where} at ${new Date(about).toISOString()}`).toEqual({
        covered: coveredBetween(entries, about, about + 1, decree).covered,
        partialDay: false,
      })
    }
  }
})

test('nothing that is decided later covers an earlier instant', () => {
  let covered = 0
  for (let seed = 1; seed <= CASES; seed++) {
    const random = randomFrom(seed)
    const facts = someAccount(random)
    for (let i = 0; i < 6; i++) {
      const at = instant(random.pick(facts).decidedAt + random.pick([0, 1, 3 * DAY, 20 * DAY]))
      if (!coverageOn(facts, at, RULES).covered) continue
      covered++
      const decided = facts.filter(({ decidedAt }) => decidedAt <= at)
      expect(coverageOn(decided, at, RULES).covered, `account ${seed} at ${new Date(at).toISOString()}`).toBe(true)
    }
  }
  expect(covered).toBeGreaterThan(CASES)
})

test('no rule that is recorded later moves money that was decided before, nor any cover', () => {
  for (let seed = 1; seed <= CASES; seed++) {
    const random = randomFrom(seed)
    const facts = someAccount(random)
    const knownAt = instant(START + random.below(150 * DAY))
    const known = facts.filter(({ recordedAt }) => recordedAt <= knownAt)
    const rules = decreedRules(instant(knownAt + 1), month('2027-06'), random.pick([1_000, 5_000, 10_000]))
    expect(allocate(known, rules), `account ${seed}`).toEqual(allocate(known, RULES))
    const at = instant(knownAt + random.pick([-20, -1, 0, 30]) * DAY)
    expect(coverageOn(known, at, rules), `account ${seed}`).toEqual(coverageOn(known, at, RULES))
  }
})
