/** The price of a month: the published figures as tables, and what must hold for every income, month and payer. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { founding } from '../../../shared/domain/effective-dated.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { addMonths, month } from '../../../shared/domain/month.ts'
import {
  FUNDINGS,
  PROGRAMS,
  priceOf,
  SECTORS,
  TARIFF,
  type Tariff,
  type Terms,
  totalOf,
} from '../../../shared/domain/tariff.ts'

const FARMER: Terms = { sector: 'farming', funding: 'self', programs: 'JKK+JKM', income: rupiah(1_000_000) }

function total(contributionMonth: string, change: Partial<Terms> = {}): number {
  return totalOf(priceOf(TARIFF, month(contributionMonth), { ...FARMER, ...change }))
}

const anyTerms = fc.record({
  sector: fc.constantFrom(...SECTORS),
  funding: fc.constantFrom(...FUNDINGS),
  programs: fc.constantFrom(...PROGRAMS),
  income: fc.integer({ min: 0, max: 30_000_000 }).map(rupiah),
})
const anyMonth = fc.integer({ min: 0, max: 240 }).map((count) => addMonths(month('2015-07'), count))

describe('the price of a contribution month', () => {
  test.each<[string, string, Partial<Terms>, number]>([
    ['a farmer pays half while the discount runs', '2026-11', {}, 8_400],
    ['its last month is December 2026', '2026-12', {}, 8_400],
    ['from January 2027 the farmer pays in full', '2027-01', {}, 16_800],
    ['its first month is April 2026', '2026-04', {}, 8_400],
    ['in March 2026 the farmer still pays in full', '2026-03', {}, 16_800],
    ['a driver pays half from January 2026', '2026-01', { sector: 'transport' }, 8_400],
    ['in December 2025 the driver pays in full', '2025-12', { sector: 'transport' }, 16_800],
    ['a driver pays half up to March 2027', '2027-03', { sector: 'transport' }, 8_400],
    ['from April 2027 the driver pays in full', '2027-04', { sector: 'transport' }, 16_800],
    ['a village budget gets no discount', '2026-11', { funding: 'village' }, 16_800],
    ['the regional budget gets none', '2026-11', { funding: 'apbd' }, 16_800],
    ['the state budget gets none', '2026-11', { funding: 'apbn' }, 16_800],
    ['a public budget gets none for drivers either', '2026-11', { funding: 'apbd', sector: 'transport' }, 16_800],
    ['a company that sponsors gets it', '2026-11', { funding: 'csr' }, 8_400],
    ['a person who sponsors gets it', '2026-11', { funding: 'private' }, 8_400],
    ['old-age savings add Rp20,000 and are not discounted', '2026-11', { programs: 'JKK+JKM+JHT' }, 28_400],
    [
      'above the minimum the savings are 2% of the nominal income',
      '2027-01',
      { programs: 'JKK+JKM+JHT', income: rupiah(3_000_000) },
      95_300,
    ],
    [
      'the last bracket whose 2% is exactly the minimum',
      '2027-01',
      { programs: 'JKK+JKM+JHT', income: rupiah(1_099_999) },
      36_800,
    ],
    ['the next one pays more savings', '2027-01', { programs: 'JKK+JKM+JHT', income: rupiah(1_100_000) }, 42_800],
    ['undiscounted with savings the minimum is Rp36,800', '2027-01', { programs: 'JKK+JKM+JHT' }, 36_800],
    ['the highest bracket pays Rp207,000 for accidents', '2027-01', { income: rupiah(90_000_000) }, 213_800],
  ])('%s', (_, contributionMonth, change, expected) => {
    expect(total(contributionMonth, change)).toBe(expected)
  })

  test('three months from November 2026 cost a farmer Rp33,600', () => {
    expect(total('2026-11') + total('2026-12') + total('2027-01')).toBe(33_600)
  })

  test.each<[number, number]>([
    [0, 10_000],
    [1_099_999, 10_000],
    [1_100_000, 12_000],
    [1_299_999, 12_000],
    [1_300_000, 14_000],
    [2_500_000, 26_000],
    [2_699_999, 26_000],
    [2_700_000, 29_500],
    [3_199_999, 29_500],
    [3_200_000, 34_500],
    [3_700_000, 39_500],
    [7_699_999, 74_500],
    [7_700_000, 79_500],
    [8_199_999, 79_500],
    [8_200_000, 87_000],
    [9_199_999, 87_000],
    [9_200_000, 97_000],
    [10_199_999, 97_000],
    [10_200_000, 107_000],
    [19_200_000, 197_000],
    [20_199_999, 197_000],
    [20_200_000, 207_000],
  ])('an income of Rp%i pays Rp%i for accidents', (income, jkk) => {
    expect(priceOf(TARIFF, month('2027-04'), { ...FARMER, income: rupiah(income) }).jkk).toBe(jkk)
  })

  test('the accident rates are the 33 steps between Rp10,000 and Rp207,000', () => {
    const steps = TARIFF.brackets[0]?.value ?? []
    expect(steps).toHaveLength(33)
    expect(steps[0]).toEqual({ fromRupiah: 0, nominalRupiah: 1_000_000 })
    expect(steps.at(-1)).toEqual({ fromRupiah: 20_200_000, nominalRupiah: 20_700_000 })
  })

  test('every price is whole rupiah, and no program is ever negative', () => {
    fc.assert(
      fc.property(anyTerms, anyMonth, (terms, contributionMonth) => {
        const price = priceOf(TARIFF, contributionMonth, terms)
        expect([price.jkk, price.jkm, price.jht].every((part) => Number.isSafeInteger(part) && part >= 0)).toBe(true)
        expect(totalOf(price)).toBe(price.jkk + price.jkm + price.jht)
      }),
    )
  })

  test('a discount halves accident and death cover to the rupiah, without rounding, and leaves savings alone', () => {
    for (const { nominalRupiah } of TARIFF.brackets[0]?.value ?? []) {
      const terms: Terms = { ...FARMER, programs: 'JKK+JKM+JHT', income: rupiah(nominalRupiah) }
      const half = priceOf(TARIFF, month('2026-11'), terms)
      const full = priceOf(TARIFF, month('2027-01'), terms)
      expect([half.jkk * 2, half.jkm * 2, half.jht]).toEqual([full.jkk, full.jkm, full.jht])
    }
  })

  test('public budgets pay the full price in every sector and month', () => {
    fc.assert(
      fc.property(
        anyTerms,
        anyMonth,
        fc.constantFrom('apbn', 'apbd', 'village'),
        (terms, contributionMonth, funding) => {
          const price = priceOf(TARIFF, contributionMonth, { ...terms, funding: funding as Terms['funding'] })
          expect(price.jkm).toBe(6_800)
        },
      ),
    )
  })

  test('who earns more never pays less', () => {
    fc.assert(
      fc.property(anyTerms, anyMonth, fc.integer({ min: 0, max: 5_000_000 }), (terms, contributionMonth, more) => {
        const richer = priceOf(TARIFF, contributionMonth, { ...terms, income: rupiah(terms.income + more) })
        expect(totalOf(richer)).toBeGreaterThanOrEqual(totalOf(priceOf(TARIFF, contributionMonth, terms)))
      }),
    )
  })

  test('half of an odd amount, should a rule ever bring one, is rounded up to a whole rupiah', () => {
    const odd: Tariff = {
      ...TARIFF,
      jkmRupiah: founding([{ from: '2015-07', value: 6_801, source: 'a rule made up here' }]),
    }
    expect(priceOf(odd, month('2026-11'), FARMER).jkm).toBe(3_401)
  })

  test.each([
    ['negative', -1],
    ['fractional', 1_000_000.5],
    ['missing', Number.NaN],
    ['endless', Number.POSITIVE_INFINITY],
  ])('a %s income has no price, and the message does not repeat it', (_, income) => {
    const attempt = () => priceOf(TARIFF, month('2026-11'), { ...FARMER, income: income as Terms['income'] })
    expect(attempt).toThrow(RangeError)
    expect(attempt).not.toThrow(String(income))
  })

  test('a month before the rules begin has no price', () => {
    expect(() => priceOf(TARIFF, month('2015-06'), FARMER)).toThrow(RangeError)
  })

  test('every rule names its source and every list of values ascends', () => {
    const { discountBasisPoints, ...rest } = TARIFF
    for (const list of [...Object.values(rest), ...Object.values(discountBasisPoints)]) {
      expect(list.every((entry) => entry.source.length > 10)).toBe(true)
      const starts = list.map((entry) => entry.from)
      expect(starts).toEqual([...new Set(starts)].sort())
    }
  })
})

test.each([
  [-1, 'a negative amount'],
  [Number.NEGATIVE_INFINITY, 'no whole number'],
  [0.5, 'no whole number'],
  [Number.NaN, 'no whole number'],
])('an income of %d is refused as %s', (income, came) => {
  expect(() => total('2026-11', { income: income as never })).toThrow(`got ${came}`)
})
