/** What a month costs by contract: against a count of every payment one by one, over contracts that change within the month. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Dated } from '../../../../shared/domain/effective-dated.ts'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import {
  dueFeeOf,
  type FeeContract,
  type FeeTerms,
  lastDayOf,
  type PaymentsOfDay,
} from '../../../../shared/domain/settlement/fee-contract.ts'

const NOVEMBER = month('2026-11')
const FIRST = '2026-11-01' as BusinessDate
const source = 'a test'
const flat = (fee: number): Dated<Rupiah> => [{ from: '2020-01-01', value: rupiah(fee), source }]
const onDay = (day: number, payments: number): PaymentsOfDay => ({ date: addDays(FIRST, day - 1), payments })

const aFee = fc.integer({ min: 0, max: 5_000 }).map(rupiah)
const aDayOfMonth = fc.integer({ min: 0, max: 29 }).map((days) => addDays(FIRST, days))
const datedOf = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<Dated<T>> =>
  fc
    .tuple(values, fc.uniqueArray(fc.tuple(aDayOfMonth, values), { selector: ([from]) => from, maxLength: 4 }))
    .map(([first, more]) => [
      { from: '2020-01-01', value: first, source },
      ...more.sort(([a], [b]) => (a < b ? -1 : 1)).map(([from, value]) => ({ from, value, source })),
    ])
const someTerms: fc.Arbitrary<FeeTerms> = fc.record({
  tiers: fc
    .uniqueArray(fc.record({ fromPayment: fc.integer({ min: 1, max: 80 }), feeRupiah: aFee }), {
      selector: ({ fromPayment }) => fromPayment,
      maxLength: 4,
    })
    .map((tiers) => tiers.sort((a, b) => a.fromPayment - b.fromPayment)),
  minimumRupiah: fc.integer({ min: 0, max: 200_000 }).map(rupiah),
})
/** Terms that stand from the beginning, that begin within the month, or that there are none of. */
const anyTerms = fc
  .tuple(datedOf(someTerms), fc.constantFrom(0, 1))
  .map(([terms, without]): Dated<FeeTerms> => terms.slice(without) as unknown as Dated<FeeTerms>)
const aContract: fc.Arbitrary<FeeContract> = fc.record({
  channelFee: datedOf(aFee),
  feeTerms: fc.option(anyTerms, { nil: undefined }),
})
const someDays: fc.Arbitrary<readonly PaymentsOfDay[]> = fc.uniqueArray(
  fc.record({ date: aDayOfMonth, payments: fc.integer({ min: 0, max: 30 }) }),
  { selector: ({ date }) => date, maxLength: 30 },
)

/** One payment after the other, each by the list as a person reads it. */
function countedOneByOne({ channelFee, feeTerms }: FeeContract, days: readonly PaymentsOfDay[]): number {
  const latest = <T>(list: Dated<T>, date: BusinessDate) => list.filter(({ from }) => from <= date).at(-1)?.value
  let sum = 0
  let number = 0
  for (const { date, payments } of days.toSorted((a, b) => a.date.localeCompare(b.date))) {
    for (let i = 0; i < payments; i++) {
      number++
      const tiers = feeTerms ? (latest(feeTerms, date)?.tiers ?? []) : []
      const reached = tiers.filter(({ fromPayment }) => fromPayment <= number).at(-1)
      sum += reached?.feeRupiah ?? latest(channelFee, date) ?? 0
    }
  }
  const minimum = feeTerms ? (latest(feeTerms, lastDayOf(NOVEMBER))?.minimumRupiah ?? 0) : 0
  return Math.max(sum, minimum)
}

describe('the fee of a month', () => {
  test('is what every payment costs by the contract of its own day, or the minimum', () => {
    fc.assert(
      fc.property(aContract, someDays, (contract, days) => {
        const due = dueFeeOf(contract, NOVEMBER, days)
        expect(due.feeRupiah).toBe(countedOneByOne(contract, days))
        expect(due.lines.reduce((sum, line) => sum + line.amountRupiah, 0)).toBe(due.feeRupiah)
        expect(due.payments).toBe(days.reduce((sum, { payments }) => sum + payments, 0))
      }),
      { numRuns: 500 },
    )
  })
  test('does not depend on the order in which days come', () => {
    fc.assert(
      fc.property(aContract, someDays, (contract, days) => {
        expect(dueFeeOf(contract, NOVEMBER, days.toReversed())).toEqual(dueFeeOf(contract, NOVEMBER, days))
      }),
    )
  })
  test('of no payment is nothing without a minimum, and the minimum with one', () => {
    expect(dueFeeOf({ channelFee: flat(1_500) }, NOVEMBER, [])).toEqual({ payments: 0, lines: [], feeRupiah: 0 })
    const feeTerms = [{ from: '2026-11-30', value: { tiers: [], minimumRupiah: rupiah(100_000) }, source }]
    expect(dueFeeOf({ channelFee: flat(1_500), feeTerms }, NOVEMBER, [])).toMatchObject({
      feeRupiah: 100_000,
      lines: [{ feeRupiah: null, payments: 0, amountRupiah: 100_000 }],
    })
  })
  test('changes with the contract on its day: two lines', () => {
    const channelFee: Dated<Rupiah> = [...flat(1_500), { from: '2026-11-16', value: rupiah(1_200), source }]
    expect(dueFeeOf({ channelFee }, NOVEMBER, [onDay(15, 10), onDay(16, 10), onDay(17, 1)]).lines).toEqual([
      { from: '2026-11-15', to: '2026-11-15', feeRupiah: 1_500, payments: 10, amountRupiah: 15_000 },
      { from: '2026-11-16', to: '2026-11-17', feeRupiah: 1_200, payments: 11, amountRupiah: 13_200 },
    ])
  })
  test('passes a tier in the middle of a day', () => {
    const feeTerms = [
      {
        from: '2020-01-01',
        value: { tiers: [{ fromPayment: 101, feeRupiah: rupiah(1_000) }], minimumRupiah: rupiah(0) },
        source,
      },
    ]
    const due = dueFeeOf({ channelFee: flat(1_500), feeTerms }, NOVEMBER, [onDay(1, 90), onDay(2, 20)])
    expect(due.lines.map(({ payments, feeRupiah }) => [payments, feeRupiah])).toEqual([
      [100, 1_500],
      [10, 1_000],
    ])
    expect(due.feeRupiah).toBe(160_000)
  })
})
