/** Terms as one short text, `farming self JKK+JKM 1500000`: in terms facts. A view keeps those in force apart, because its index needs one. */
import { rupiah } from '../../domain/money.ts'
import { parseMonth } from '../../domain/month.ts'
import {
  FUNDINGS,
  type Funding,
  PROGRAMS,
  type Programs,
  SECTORS,
  type Sector,
  type Terms,
} from '../../domain/tariff.ts'
import type { DatedTerms } from '../../domain/terms-by-month.ts'
import { oneOf } from './item.ts'

export const parseSector: (text: string) => Sector | undefined = oneOf(SECTORS)
export const parseFunding: (text: string) => Funding | undefined = oneOf(FUNDINGS)
export const parsePrograms: (text: string) => Programs | undefined = oneOf(PROGRAMS)

export function packTerms(terms: Terms): string {
  return `${terms.sector} ${terms.funding} ${terms.programs} ${terms.income}`
}

/** Undefined for text that `packTerms` does not write. */
export function unpackTerms(packed: string): Terms | undefined {
  const [first = '', second = '', third = '', income = '', ...rest] = packed.split(' ')
  const sector = parseSector(first)
  const funding = parseFunding(second)
  const programs = parsePrograms(third)
  if (!sector || !funding || !programs || !/^-?\d+$/.test(income) || rest.length > 0) return undefined
  return { sector, funding, programs, income: rupiah(Number(income)) }
}

/** `2026-11 15.71 farming self JKK+JKM 1500000,2027-02 …`; the region is percent-encoded. */
export function packDatedTerms(list: readonly DatedTerms[]): string {
  return list
    .map(({ from, regionCode, terms }) => `${from} ${encodeURIComponent(regionCode)} ${packTerms(terms)}`)
    .join()
}

/** Undefined for text that `packDatedTerms` does not write. */
export function unpackDatedTerms(packed: string): readonly DatedTerms[] | undefined {
  const list = packed.split(',').map(unpackFrom)
  return list.every((each) => each !== undefined) ? list : undefined
}

function unpackFrom(packed: string): DatedTerms | undefined {
  const [month = '', region = '', ...rest] = packed.split(' ')
  const [from, terms] = [parseMonth(month), unpackTerms(rest.join(' '))]
  const regionCode = decoded(region)
  return from && terms && regionCode !== undefined ? { from, regionCode, terms } : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
