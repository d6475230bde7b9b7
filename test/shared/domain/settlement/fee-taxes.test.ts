/** Taxes on a channel's fee: the rates as they are enacted, by the date of the invoice, rounded once and away from zero. */
import { describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { taxRuleOn, VAT, vatOn, WITHHOLDING, withholdingOn } from '../../../../shared/domain/settlement/fee-taxes.ts'

const on = (date: string) => date as BusinessDate

describe('VAT', () => {
  test.each([
    ['2020-01-01', 1_000_000, 100_000],
    ['2022-03-31', 1_000_000, 100_000],
    ['2022-04-01', 1_000_000, 110_000],
    ['2024-12-31', 1_000_000, 110_000],
    // 12% of eleven twelfths.
    ['2025-01-01', 1_000_000, 110_000],
    ['2026-11-20', 1_500, 165],
  ])('on %s of Rp%i is Rp%i', (date, fee, tax) => {
    expect(vatOn(rupiah(fee), on(date))).toBe(tax)
    expect(vatOn(rupiah(-fee), on(date))).toBe(-tax)
  })

  test.each([
    ['2026-11-20', 50, 6],
    ['2026-11-20', 49, 5],
    ['2026-11-20', 4, 0],
    ['2026-11-20', 5, 1],
    ['2020-06-01', 5, 1],
    ['2020-06-01', 4, 0],
    ['2026-11-20', 0, 0],
  ])('on %s of Rp%i is rounded to Rp%i, half a rupiah away from zero', (date, fee, tax) => {
    expect(vatOn(rupiah(fee), on(date))).toBe(tax)
    expect(vatOn(rupiah(-fee), on(date)) + tax).toBe(0)
  })
})

test.each([
  ['company', 1_000_000, 20_000],
  ['company', 25, 1],
  ['company', 24, 0],
  ['company', -25, -1],
  ['bank', 1_000_000, 0],
] as const)('of a %s’s fee of Rp%i Rp%i is withheld', (payee, fee, tax) => {
  expect(withholdingOn(rupiah(fee), payee, on('2026-11-20'))).toBe(tax)
})

test('every rate has its day, its base, and how certain it is that it applies', () => {
  const rates = (list: typeof VAT) => list.map(({ from, value }) => [from, value.percent, value.base, value.certainty])
  const whole = { parts: 1, of: 1 }
  expect(rates(VAT)).toEqual([
    ['2020-01-01', 10, whole, 'assumed'],
    ['2022-04-01', 11, whole, 'assumed'],
    ['2025-01-01', 12, { parts: 11, of: 12 }, 'assumed'],
  ])
  expect(rates(WITHHOLDING.company)).toEqual([['2020-01-01', 2, whole, 'assumed']])
  expect(rates(WITHHOLDING.bank)).toEqual([['2020-01-01', 0, whole, 'enacted']])
})

test('the entry of a date is the last that has begun, and before the first there is none', () => {
  expect(taxRuleOn(VAT, on('2024-12-31')).from).toBe('2022-04-01')
  expect(taxRuleOn(VAT, on('2025-01-01')).from).toBe('2025-01-01')
  expect(() => taxRuleOn(VAT, on('2019-12-31'))).toThrow(
    'expected a tax rate at 2019-12-31; the first begins at 2020-01-01',
  )
})
