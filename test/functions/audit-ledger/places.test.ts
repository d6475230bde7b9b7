/** Money that is not in exactly one place is found by an addition that the fold has no part in: here the fold is made to lie. */
import { describe, expect, test } from 'vitest'
import { wholePlaces, wrongPlaces } from '../../../functions/audit-ledger/places.ts'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { type Allocation, allocate, type FactAllocation } from '../../../shared/domain/allocation.ts'
import { type Fact, keyOf, type RefundFact } from '../../../shared/domain/fact.ts'
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { at, date, pay, post, reverse, share, suspend, terms } from '../../support/facts.ts'

const PAID = pay('NOV', '2026-11-10T10:00', ['2026-11'])
const DOUBLE = pay('AGAIN', '2026-11-11T10:00', ['2026-11'])
const REVERSED = pay('BACK', '2026-11-12T10:00', ['2027-03'])
const ASIDE = pay('ASIDE', '2026-11-13T10:00', ['2027-04'])
const POSTED = post('POST', '2026-11-14T10:00', 500)
const SHARED = share('BILL', '2026-11-15T10:00', ['2027-05'])
const REFUND: RefundFact = {
  kind: 'refund',
  account: SHARED.account,
  source: 'finance',
  id: ['bni', 'BILL', 'share-1'],
  decidedAt: at('2026-11-18T10:00'),
  recordedAt: at('2026-11-18T10:00'),
  refunds: keyOf(SHARED),
  businessDate: date('2026-11-15'),
  amount: rupiah(100),
}
const FACTS: readonly Fact[] = [
  terms('2026-01'),
  PAID,
  DOUBLE,
  REVERSED,
  reverse(REVERSED, '2026-11-12T11:00'),
  ASIDE,
  suspend(ASIDE, '2026-11-16T10:00'),
  POSTED,
]
const RIGHT = allocate(FACTS, RULES)

/** The same allocation, but for what it says of one fact. */
function lying(of: Fact, changed: Partial<Record<keyof FactAllocation, number>>): Allocation {
  const byFact = RIGHT.byFact.map((place) => (place.fact === keyOf(of) ? { ...place, ...(changed as object) } : place))
  return { ...RIGHT, byFact }
}

function placeOf(fact: Fact): FactAllocation {
  const place = RIGHT.byFact.find((each) => each.fact === keyOf(fact))
  if (!place) throw new Error('expected the fact to have a place')
  return place
}

describe('the money of a membership', () => {
  test('is where it should be, whatever happened to it', () => {
    expect(wrongPlaces(FACTS, RIGHT)).toEqual([])
    const withShare = [...FACTS, SHARED, REFUND]
    expect(wrongPlaces(withShare, allocate(withShare, RULES))).toEqual([])
    expect([placeOf(PAID).allocated, placeOf(REVERSED).reversed, placeOf(ASIDE).suspense]).toEqual([
      PAID.amount,
      REVERSED.amount,
      ASIDE.amount,
    ])
  })

  test.each(['allocated', 'suspense', 'reversed', 'billReturn'] as const)(
    'is found where a rupiah is too many: %s',
    (place) => {
      for (const fact of [PAID, REVERSED, ASIDE, POSTED])
        expect(wrongPlaces(FACTS, lying(fact, { [place]: placeOf(fact)[place] + 1 }))).toEqual([keyOf(fact)])
    },
  )

  test('is found where it lies in another place than its months say', () => {
    const { allocated, suspense } = placeOf(PAID)
    const moved = lying(PAID, { allocated: allocated - 1, suspense: suspense + 1 })
    expect(wrongPlaces(FACTS, moved)).toEqual([keyOf(PAID)])
    const [paidMonth] = [...RIGHT.paidMonths].find(([, { by }]) => by === keyOf(PAID)) ?? []
    const paidMonths = new Map([...RIGHT.paidMonths].filter(([month]) => month !== paidMonth))
    expect(wrongPlaces(FACTS, { ...RIGHT, paidMonths })).toEqual([keyOf(PAID)])
  })

  test('is found where it should be back at its channel and is not, or is and should not', () => {
    const amount = REVERSED.amount
    expect(wrongPlaces(FACTS, lying(REVERSED, { reversed: 0, suspense: amount }))).toEqual([keyOf(REVERSED)])
    expect(wrongPlaces(FACTS, lying(ASIDE, { reversed: amount, suspense: 0 }))).toEqual([keyOf(ASIDE)])
    const withShare = [...FACTS, SHARED, REFUND]
    const whole = allocate(withShare, RULES)
    const hidden = whole.byFact.map((place) =>
      place.fact === keyOf(SHARED)
        ? { ...place, reversed: rupiah(0), billReturn: rupiah(place.billReturn + place.reversed) }
        : place,
    )
    expect(wrongPlaces(withShare, { ...whole, byFact: hidden })).toEqual([keyOf(SHARED)])
  })

  test('is found where the fold does not know it, or knows it twice', () => {
    const without = RIGHT.byFact.filter(({ fact }) => fact !== keyOf(PAID))
    expect(wrongPlaces(FACTS, { ...RIGHT, byFact: without })).toEqual([keyOf(PAID)])
    expect(wrongPlaces(FACTS, { ...RIGHT, byFact: [...RIGHT.byFact, placeOf(PAID)] })).toEqual([keyOf(PAID)])
  })

  test('is found where the credit of the account is not that of its facts, or is less than nothing', () => {
    const more = { ...RIGHT, credit: (RIGHT.credit + 1) as Rupiah }
    expect(wrongPlaces(FACTS, more)).toEqual(['credit'])
    expect(wrongPlaces(FACTS, { ...RIGHT, credit: (RIGHT.credit - 1) as Rupiah })).toEqual(['credit'])
    // Drawn twice: the sums agree, and the credit is negative all the same.
    const drawn = RIGHT.credit + 1
    const owed = lying(POSTED, { credit: placeOf(POSTED).credit - drawn, allocated: placeOf(POSTED).allocated + drawn })
    expect(wrongPlaces(FACTS, { ...owed, credit: -1 as Rupiah })).toEqual([keyOf(POSTED), 'credit'])
    expect(wrongPlaces([], allocate([], RULES))).toEqual([])
  })
})

describe('the money of a bill, or of nobody', () => {
  const NOTHING = { collected: 0, allocated: 0, credit: 0, suspense: 0, reversed: 0, billed: 0 }

  test('lies whole in one place, but for what went back', () => {
    const kept = pay('KEPT', '2026-11-10T10:00', ['2026-11'])
    const facts = [kept, REVERSED, reverse(REVERSED, '2026-11-12T11:00'), ASIDE, suspend(ASIDE, '2026-11-16T10:00')]
    expect([...wholePlaces(facts, 'billed')]).toEqual([
      [keyOf(kept), { ...NOTHING, billed: kept.amount }],
      [keyOf(REVERSED), { ...NOTHING, reversed: REVERSED.amount }],
      [keyOf(ASIDE), { ...NOTHING, suspense: ASIDE.amount }],
    ])
  })

  test('of nobody waits in suspense, and what is refunded of it is back, never more than it was', () => {
    const account = suspenseAccount('bni', 'POST')
    const posting = { ...POSTED, account }
    const refunded = (amount: number) => [
      posting,
      { ...REFUND, account, refunds: keyOf(posting), amount: rupiah(amount) },
    ]
    const of = (facts: readonly Fact[]) => wholePlaces(facts, 'suspense').get(keyOf(posting))
    expect(of([posting])).toEqual({ ...NOTHING, suspense: 500 })
    expect(of(refunded(120))).toEqual({ ...NOTHING, suspense: 380, reversed: 120 })
    expect(of(refunded(600))).toEqual({ ...NOTHING, reversed: 500, suspense: 0 })
  })
})
