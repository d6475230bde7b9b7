/**
 * The auditor's own tariff, written from the published figures as arithmetic: no table of the domain is read.
 * JKK 1% of the nominal income, JKM Rp6,800, JHT 2% and Rp20,000 at least; JKK and JKM at half price where PP 50/2025 says so.
 */
import type { Terms } from '../../../shared/domain/tariff.ts'
import { monthNumber } from './calendar.ts'

export type Figures = { readonly jkk: number; readonly jkm: number; readonly jht: number; readonly total: number }

const JANUARY_2026 = monthNumber('2026-01')
const MARCH_2027 = monthNumber('2027-03')
const APRIL_2026 = monthNumber('2026-04')
const DECEMBER_2026 = monthNumber('2026-12')

/** A decree that carries both discounts on to the end of a month, known from `recordedAt` on. */
export type Decree = { readonly recordedAt: number; readonly until: number }

/** The decree, if it was recorded by an instant. */
export function decreeKnownAt(decree: Decree | undefined, at: number): Decree | undefined {
  return decree && decree.recordedAt <= at ? decree : undefined
}

export function figuresOf(month: number, terms: Terms, decree?: Decree): Figures {
  const nominal = nominalIncome(terms.income)
  const half = isHalved(month, terms, decree) ? 2 : 1
  const jkk = Math.ceil(nominal / 100 / half)
  const jkm = Math.ceil(6_800 / half)
  const jht = terms.programs === 'JKK+JKM' ? 0 : Math.max(20_000, Math.ceil(nominal / 50))
  return { jkk, jkm, jht, total: jkk + jkm + jht }
}

function nominalIncome(income: number): number {
  const steps = (from: number, width: number) => Math.floor((income - from) / width) * width
  if (income < 1_100_000) return 1_000_000
  if (income < 2_700_000) return 1_200_000 + steps(1_100_000, 200_000)
  if (income < 3_200_000) return 2_950_000
  if (income < 8_200_000) return 3_450_000 + steps(3_200_000, 500_000)
  if (income < 9_200_000) return 8_700_000
  if (income < 20_200_000) return 9_700_000 + steps(9_200_000, 1_000_000)
  return 20_700_000
}

function isHalved(month: number, { sector, funding }: Terms, decree: Decree | undefined): boolean {
  if (funding === 'apbn' || funding === 'apbd' || funding === 'village') return false
  if (sector === 'transport') return month >= JANUARY_2026 && month <= Math.max(MARCH_2027, decree?.until ?? 0)
  return month >= APRIL_2026 && month <= Math.max(DECEMBER_2026, decree?.until ?? 0)
}
