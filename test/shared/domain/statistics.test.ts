/** Counting memberships: what time has made of them, that parts add up to the whole, and shares against a target. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate } from '../../../shared/domain/allocation.ts'
import { MEMBERSHIP_STATUSES, standingAt } from '../../../shared/domain/coverage.ts'
import { type Instant, startOfDay } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { addMonths, month, startOfMonth } from '../../../shared/domain/month.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import {
  type CountedMembership,
  countIn,
  everybodyIn,
  isTransitionDue,
  newTally,
  provincesOf,
  shareOf,
  statusOn,
  sumOf,
  totalOfCounts,
} from '../../../shared/domain/statistics.ts'
import { date, FARMER, pay, terms } from '../../support/facts.ts'

describe('the status that time has brought', () => {
  const paid = {
    status: 'active',
    paidThrough: month('2026-11'),
    nextTransition: { on: date('2026-12-01'), to: 'grace' },
  } as const
  test.each([
    ['2026-11-30', 'active'],
    ['2026-12-01', 'grace'],
    ['2027-02-28', 'grace'],
    ['2027-03-01', 'lapsed'],
  ])('paid through November: on %s %s', (day, status) => {
    expect(statusOn(paid, date(day), RULES)).toBe(status)
  })
  test.each([
    ['2026-11-30', false],
    ['2026-12-01', true],
    ['2026-12-02', true],
  ])('its transition of 1 December is due on %s: %s', (day, due) => {
    expect(isTransitionDue(paid, date(day))).toBe(due)
  })
  test('a closing that is decided for a day after the next transition comes on its day', () => {
    const closing = { ...paid, closesOn: date('2027-01-10') }
    expect(['2026-12-01', '2027-01-09', '2027-01-10'].map((day) => statusOn(closing, date(day), RULES))).toEqual([
      'grace',
      'grace',
      'closed',
    ])
  })
  test('a status that no time changes stays', () => {
    const closed = { status: 'closed', paidThrough: month('2020-01'), nextTransition: null } as const
    expect(statusOn(closed, date('2030-01-01'), RULES)).toBe('closed')
    expect(isTransitionDue(closed, date('2030-01-01'))).toBe(false)
  })
  test('it is what the fold says, for whoever was folded since her last transition', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(9), { maxLength: 6 }), fc.nat(16), fc.nat(27), (months, ahead, day) => {
        const first = month('2026-02')
        const facts = [
          terms('2026-01'),
          ...months.map((each, i) => pay(`P${i}`, `2026-02-0${i + 1}T10:00`, [addMonths(first, each)])),
        ]
        const allocation = allocate(facts, RULES)
        const now = (startOfMonth(addMonths(first, ahead)) + day * 86_400_000) as Instant
        const truth = standingAt(allocation, now, RULES)
        // The view of the fold at its last transition, or before it.
        let view = standingAt(allocation, startOfMonth(first), RULES)
        for (let next = view.nextTransition; next !== null && startOfDay(next.on) <= now; next = view.nextTransition) {
          const folded = view
          view = standingAt(allocation, startOfDay(next.on), RULES)
          expect(statusOn(folded, next.on, RULES)).toBe(view.status)
        }
        expect(statusOn(view, date(new Date(now + 7 * 3_600_000).toISOString().slice(0, 10)), RULES)).toBe(truth.status)
      }),
    )
  })
})

const anyMember: fc.Arbitrary<CountedMembership> = fc.record({
  status: fc.constantFrom(...MEMBERSHIP_STATUSES),
  paidThrough: fc.constant(null),
  nextTransition: fc.constant(null),
  credit: fc.nat(9_999).map(rupiah),
  regionCode: fc.constantFrom('15', '15.71', '15.71.01', '31.74.01.1001', '99.01', '00', ''),
  terms: fc.record({
    sector: fc.constantFrom('farming', 'fishery', 'transport'),
    funding: fc.constantFrom('self', 'apbd'),
  }),
})

describe('a census', () => {
  const censusOf = (members: readonly CountedMembership[]) => {
    const tally = newTally()
    for (const member of members) countIn(tally, member, member.status)
    return tally
  }
  test('of parts adds up to that of the whole, however it is cut, and nobody is lost', () => {
    fc.assert(
      fc.property(fc.array(anyMember), fc.nat(30), (members, cut) => {
        const whole = censusOf(members)
        const parts = [censusOf(members.slice(0, cut)), censusOf(members.slice(cut))]
        expect(sumOf(parts)).toEqual(whole)
        expect(sumOf(parts.toReversed())).toEqual(whole)
        expect(totalOfCounts(everybodyIn(whole))).toBe(members.length)
        const provinces = [...provincesOf(whole).values()]
        expect(provinces.reduce((sum, counts) => sum + totalOfCounts(counts), 0)).toBe(members.length)
        for (const dimension of ['sector', 'funding'] as const) {
          const rows = [...whole[dimension].values()]
          expect(rows.reduce((sum, counts) => sum + totalOfCounts(counts), 0)).toBe(members.length)
        }
      }),
    )
  })
  test('adding up leaves the parts as they were', () => {
    const part = censusOf([
      { status: 'active', paidThrough: null, nextTransition: null, credit: rupiah(1), regionCode: '15', terms: FARMER },
    ])
    const before = structuredClone(part)
    sumOf([part, part])
    expect(part).toEqual(before)
  })
})

describe('a share', () => {
  const target = { workersFormal: 52, workersInformal: 48, targetBasisPoints: 5_500 }
  test.each([
    [0, 0, 0, 27],
    [2, 416, 200, 25],
    [27, 5_625, 2_700, 0],
    [48, 10_000, 4_800, 0],
  ])('of %d covered', (covered, ofInformalBasisPoints, ofWorkersBasisPoints, shortOfTarget) => {
    expect(shareOf(covered, target)).toEqual({ ofInformalBasisPoints, ofWorkersBasisPoints, shortOfTarget })
  })
  test('of no workers is none', () => {
    expect(shareOf(3, { ...target, workersFormal: 0, workersInformal: 0 })).toEqual({
      ofInformalBasisPoints: null,
      ofWorkersBasisPoints: null,
      shortOfTarget: 0,
    })
  })
})
