/** Terms as one short text, `farming self JKK+JKM 1500000`: in terms facts. A view keeps them apart, because its index needs one. */
import { rupiah } from '../../domain/money.ts'
import {
  FUNDINGS,
  type Funding,
  PROGRAMS,
  type Programs,
  SECTORS,
  type Sector,
  type Terms,
} from '../../domain/tariff.ts'
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
