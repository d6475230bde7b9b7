/**
 * What one contribution month costs: a function of the month, sector, funding, income and programs, as dated data.
 *
 * Promises whole rupiah, and the same price for a month whenever it is asked or paid. Refuses to know when a payment
 * is made, who pays at which channel, and what credit there is. Consumers: quote.ts, coverage.ts.
 */

import { assertNever } from './assert-never.ts'
import { founding, inForce, type RuleHistory } from './effective-dated.ts'
import { addRupiah, type Rupiah, rupiah, ZERO } from './money.ts'
import type { Month } from './month.ts'

export const SECTORS = ['transport', 'farming', 'fishery', 'trade', 'services', 'other'] as const
export type Sector = (typeof SECTORS)[number]

export const FUNDINGS = ['self', 'apbn', 'apbd', 'village', 'csr', 'private'] as const
export type Funding = (typeof FUNDINGS)[number]

export const PROGRAMS = ['JKK+JKM', 'JKK+JKM+JHT'] as const
export type Programs = (typeof PROGRAMS)[number]

/** What the price of a month depends on. `income` is whole rupiah per month. */
export type Terms = {
  readonly sector: Sector
  readonly funding: Funding
  readonly programs: Programs
  readonly income: Rupiah
}

/** One month's price by program; `jht` is 0 without the program. */
export type Price = { readonly jkk: Rupiah; readonly jkm: Rupiah; readonly jht: Rupiah }

/** Incomes from `fromRupiah` up to, not including, the next bracket's start count as `nominalRupiah`. */
export type Bracket = { readonly fromRupiah: number; readonly nominalRupiah: number }

/** Every part is read at the contribution month. Rates are basis points (100 = 1%), so that no rate is a fraction. */
export type Tariff = {
  readonly brackets: RuleHistory<readonly Bracket[]>
  readonly jkkBasisPoints: RuleHistory<number>
  readonly jkmRupiah: RuleHistory<number>
  readonly jht: RuleHistory<{ readonly basisPoints: number; readonly minimumRupiah: number }>
  /** How much of JKK and JKM is taken off, by sector. JHT is savings and never discounted. */
  readonly discountBasisPoints: Readonly<Record<Sector, RuleHistory<number>>>
  /** Whose money the discount is for. Public budgets (APBN, APBD, village) are not in it. */
  readonly discountedFunding: RuleHistory<readonly Funding[]>
}

/** The price of the month `of`. Throws a RangeError for an income that is negative or no whole number, and for a month before the rules begin. */
export function priceOf(rules: Tariff, month: Month, terms: Terms): Price {
  const nominal = nominalIncomeOf(inForce('brackets', rules.brackets, month), terms.income)
  const off = discountOf(rules, month, terms)
  const jkk = partOf(nominal, inForce('JKK rate', rules.jkkBasisPoints, month))
  return {
    jkk: afterDiscount(jkk, off),
    jkm: afterDiscount(inForce('JKM', rules.jkmRupiah, month), off),
    jht: jhtOf(rules, month, terms.programs, nominal),
  }
}

export function totalOf(price: Price): Rupiah {
  return addRupiah(price.jkk, price.jkm, price.jht)
}

function nominalIncomeOf(brackets: readonly Bracket[], income: number): number {
  if (!Number.isSafeInteger(income) || income < 0) {
    const came = Number.isFinite(income) && income < 0 ? 'a negative amount' : 'no whole number'
    throw new RangeError(`expected a monthly income in whole rupiah from 0 up, got ${came}; correct the terms`)
  }
  let nominal = 0
  for (const bracket of brackets) {
    if (income < bracket.fromRupiah) break
    nominal = bracket.nominalRupiah
  }
  return nominal
}

function discountOf(rules: Tariff, month: Month, terms: Terms): number {
  if (!inForce('discounted funding', rules.discountedFunding, month).includes(terms.funding)) return 0
  return inForce('discount', rules.discountBasisPoints[terms.sector], month)
}

function jhtOf(rules: Tariff, month: Month, programs: Programs, nominal: number): Rupiah {
  switch (programs) {
    case 'JKK+JKM':
      return ZERO
    case 'JKK+JKM+JHT': {
      const { basisPoints, minimumRupiah } = inForce('JHT', rules.jht, month)
      return rupiah(Math.max(minimumRupiah, partOf(nominal, basisPoints)))
    }
    default:
      return assertNever(programs)
  }
}

/** A fraction of a rupiah is owed as a whole one. With today's data none occurs: every half of every amount is whole. */
function partOf(amount: number, basisPoints: number): number {
  return Math.ceil((amount * basisPoints) / 10_000)
}

/** The part that stays due is what rounds up, so half of an odd amount costs the half rupiah more. */
function afterDiscount(amount: number, off: number): Rupiah {
  return rupiah(partOf(amount, 10_000 - off))
}

/** Thousands of rupiah, `start:nominal`: short to read against the annex, and short in a bundle. */
function bracketsOf(thousands: string): readonly Bracket[] {
  const brackets = thousands.split(' ').map((pair) => {
    const [from, nominal] = pair.split(':').map((part) => Number(part) * 1_000)
    return { fromRupiah: from as number, nominalRupiah: nominal as number }
  })
  brackets.forEach((bracket, i) => {
    const before = brackets[i - 1] ?? { fromRupiah: -1, nominalRupiah: 0 }
    const start = i === 0 ? bracket.fromRupiah === 0 : bracket.fromRupiah > before.fromRupiah
    if (!start || !(bracket.nominalRupiah > before.nominalRupiah)) {
      throw new RangeError(
        `expected brackets that start at 0 and ascend, got ${thousands.split(' ')[i]} at place ${i + 1}`,
      )
    }
  })
  return brackets
}

const NO_DISCOUNT = { from: '2015-07', value: 0, source: 'PP 44/2015: no discount of its own' } as const

const DISCOUNT_OF_OTHERS: RuleHistory<number> = founding([
  NO_DISCOUNT,
  {
    from: '2026-04',
    value: 5_000,
    source: 'PP 50/2025: 50% for all other BPU, contribution months 2026-04 to 2026-12',
  },
  { from: '2027-01', value: 0, source: 'PP 50/2025: ends with contribution month 2026-12' },
])

/** The default rules. Figures that are known from the press only are to be checked against PP 44/2015, annex II. */
export const TARIFF: Tariff = {
  brackets: founding([
    {
      from: '2015-07',
      value: bracketsOf(
        '0:1000 1100:1200 1300:1400 1500:1600 1700:1800 1900:2000 2100:2200 2300:2400 2500:2600 2700:2950 3200:3450 ' +
          '3700:3950 4200:4450 4700:4950 5200:5450 5700:5950 6200:6450 6700:6950 7200:7450 7700:7950 8200:8700 ' +
          '9200:9700 10200:10700 11200:11700 12200:12700 13200:13700 14200:14700 15200:15700 16200:16700 ' +
          '17200:17700 18200:18700 19200:19700 20200:20700',
      ),
      source: 'PP 44/2015 annex II, as reported; an income below the start of the next bracket belongs to this one',
    },
  ]),
  jkkBasisPoints: founding([
    { from: '2015-07', value: 100, source: 'PP 44/2015: JKK of BPU is 1% of the nominal income' },
  ]),
  jkmRupiah: founding([{ from: '2015-07', value: 6_800, source: 'PP 44/2015: JKM of BPU is Rp6,800 a month' }]),
  jht: founding([
    {
      from: '2015-07',
      value: { basisPoints: 200, minimumRupiah: 20_000 },
      source: 'PP 46/2015: JHT of BPU is 2% of the nominal income, Rp20,000 at least',
    },
  ]),
  discountBasisPoints: {
    transport: founding([
      NO_DISCOUNT,
      { from: '2026-01', value: 5_000, source: 'PP 50/2025: 50% in transport, contribution months 2026-01 to 2027-03' },
      { from: '2027-04', value: 0, source: 'PP 50/2025: ends in transport with contribution month 2027-03' },
    ]),
    farming: DISCOUNT_OF_OTHERS,
    fishery: DISCOUNT_OF_OTHERS,
    trade: DISCOUNT_OF_OTHERS,
    services: DISCOUNT_OF_OTHERS,
    other: DISCOUNT_OF_OTHERS,
  },
  discountedFunding: founding([
    {
      from: '2015-07',
      value: ['self', 'csr', 'private'],
      source: 'PP 50/2025: not where APBN or APBD pays (village budgets count as APBD); private sponsors: our choice',
    },
  ]),
}
