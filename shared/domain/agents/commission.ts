/** What an agent earns, as dated data. The month in which money came decides which entry it is paid by, also when it goes back later. */
import { type Dated, inForce } from '../effective-dated.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { Month } from '../month.ts'

export type CommissionRates = {
  /** Of each contribution, rounded down to whole rupiah. */
  readonly contributionBasisPoints: number
  /** For a month with at least so many newcomers: members whose first contribution came in it. */
  readonly acquisition: { readonly newcomers: number; readonly rupiah: Rupiah } | null
}

export const COMMISSION: Dated<CommissionRates> = [
  {
    from: '2015-07',
    value: { contributionBasisPoints: 0, acquisition: null },
    source: 'press: agents began in February 2018; nothing was earned before',
  },
  {
    from: '2018-02',
    value: { contributionBasisPoints: 750, acquisition: { newcomers: 50, rupiah: rupiah(500_000) } },
    source:
      'press, January and December 2018: 7.5% of contributions, and Rp500,000 for a month with at least 50 new members. Assumption: both still hold, for every agent, and a new member is one whose first contribution came',
  },
]

const BASIS_POINTS = 10_000

export function ratesIn(month: Month, rates: Dated<CommissionRates> = COMMISSION): CommissionRates {
  return inForce('commission', rates, month)
}

export function commissionOn(amount: number, { contributionBasisPoints }: CommissionRates): number {
  return Math.floor((amount * contributionBasisPoints) / BASIS_POINTS)
}
