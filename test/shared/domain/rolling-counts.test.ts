/** What a change adds to the rolling counts: sums that follow every view, and durations within 9%. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MEMBERSHIP_STATUSES } from '../../../shared/domain/coverage.ts'
import { type Month, month } from '../../../shared/domain/month.ts'
import {
  type CountedView,
  durationClassOf,
  intakeOf,
  longestOf,
  membershipsMoved,
  percentileOf,
  quarterOf,
  standingChange,
  standingCorrection,
  standingFrom,
  sumOfAdds,
} from '../../../shared/domain/rolling-counts.ts'
import { countIn, newTally } from '../../../shared/domain/statistics.ts'
import { FUNDINGS } from '../../../shared/domain/tariff.ts'
import { at } from '../../support/facts.ts'

const anyView: fc.Arbitrary<CountedView> = fc.record({
  status: fc.constantFrom(...MEMBERSHIP_STATUSES),
  funding: fc.constantFrom(...FUNDINGS),
  regionCode: fc.constantFrom('35.78', '15.71', '31.01', '98.01', ''),
  credit: fc.nat(100_000),
  paidThrough: fc.constantFrom<Month | null>(null, month('2026-10'), month('2026-11'), month('2027-03')),
})

function censusOf(views: readonly CountedView[]) {
  const tally = newTally()
  for (const view of views) {
    const { funding, ...counted } = view
    const member = { ...counted, nextTransition: null, terms: { sector: 'farming', funding } } as never
    countIn(tally, member, view.status)
  }
  return tally
}

describe('the standing', () => {
  test('after any history of views is the census of how they are now', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyView, { minLength: 1, maxLength: 5 }), { maxLength: 20 }), (histories) => {
        const changes = histories.flatMap((history) => history.map((view, i) => standingChange(history[i - 1], view)))
        const counted = standingFrom(sumOfAdds(changes))
        const census = censusOf(histories.map((history) => history.at(-1) as CountedView))
        expect([...standingCorrection(census, counted)]).toEqual([])
      }),
    )
  })

  test('is brought to a census by the difference, which says how many memberships it moves', () => {
    fc.assert(
      fc.property(fc.array(anyView), fc.array(anyView), (counted, there) => {
        const before = sumOfAdds(counted.map((view) => standingChange(undefined, view)))
        const correction = standingCorrection(censusOf(there), standingFrom(before))
        const after = standingFrom(sumOfAdds([before, correction]))
        expect([...standingCorrection(censusOf(there), after)]).toEqual([])
        expect(membershipsMoved(correction)).toBeLessThanOrEqual(Math.max(counted.length, there.length) * 2)
        expect(membershipsMoved(correction)).toBeGreaterThanOrEqual(Math.abs(counted.length - there.length))
      }),
    )
  })

  test('a view that is written again as it was changes nothing', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect([...standingChange(view, view)]).toEqual([])
      }),
    )
  })
})

describe('the intake', () => {
  test('holds payments and their reversals, a bill’s reversal once', () => {
    const money = { amount: 8_400, adminFee: 2_500 }
    expect(intakeOf({ kind: 'payment', id: ['P1'], ...money })).toMatchObject({ count: 1, adminFeeRupiah: 2_500 })
    expect(intakeOf({ kind: 'reversal', id: ['P1'], ...money })).toMatchObject({
      count: 0,
      reversedCount: 1,
      reversedRupiah: 8_400,
    })
    expect(intakeOf({ kind: 'reversal', id: ['bill', 'bni', 'P1'], ...money })).toBeNull()
    expect(intakeOf({ kind: 'terms', id: ['0001'], ...money })).toBeNull()
  })

  test('lies in the quarter of an hour in which it was decided', () => {
    expect(quarterOf(at('2026-11-20T10:14:59'))).toBe(at('2026-11-20T10:00'))
    expect(quarterOf(at('2026-11-20T10:15'))).toBe(at('2026-11-20T10:15'))
  })
})

describe('durations', () => {
  test('a class says at most 9.1% too much, and nothing too little', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 86_400_000 }), (millis) => {
        const said = longestOf(durationClassOf(millis))
        expect(said).toBeGreaterThanOrEqual(Math.floor(millis))
        expect(said).toBeLessThanOrEqual(Math.ceil(millis * 1.0906) + 1)
      }),
    )
  })

  test('half of all and 99 of a hundred are read from the classes; of nothing there is none', () => {
    const durations = new Map([
      [durationClassOf(100), 98],
      [durationClassOf(5_000), 2],
    ])
    expect(percentileOf(durations, 0.5)).toBe(longestOf(durationClassOf(100)))
    expect(percentileOf(durations, 0.99)).toBe(longestOf(durationClassOf(5_000)))
    expect(percentileOf(new Map(), 0.5)).toBeNull()
  })
})
