/**
 * What the bills of a program's lists may take out of its budget. A list commits its money when it is billed, before any of its bills
 * is there, so that two lists that are billed at once cannot spend the same rupiah (shared/store/sponsors, `putBilling`).
 * Pure. Promise: a bill that was paid or can still be paid counts, and one that never can be any more does not.
 */
import type { BillCode } from '../bill-code.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { CohortId } from './sponsor.ts'

/** Of one list, in place of what it committed when it was billed before. */
export type Commitment = { readonly cohort: CohortId; readonly bills: readonly CommittedBill[] }

/** `villages`: at most so much out of the money of each; one entry '' where one budget is for all. */
export type CommittedBill = {
  readonly billCode: BillCode
  /** The bill whose place it takes: of the two at most one is paid, and the two count once. */
  readonly replaces: BillCode | null
  readonly villages: readonly (readonly [village: string, amount: Rupiah])[]
}

/**
 * `void`: it can never be paid: expired, replaced, changed, or nobody was due. `planned`: it is being issued.
 * A number is what was issued: it may be less than was planned.
 */
export type BillStanding = 'void' | 'planned' | Rupiah

/** By village, what is taken out of its money; under '' where one budget is for all. */
export function committedBy(
  commitments: readonly Commitment[],
  standingOf: (billCode: BillCode) => BillStanding,
): ReadonlyMap<string, Rupiah> {
  const sums = new Map<string, Rupiah>()
  for (const bill of standingAlone(commitments)) {
    for (const [village, amount] of takenBy(bill, standingOf(bill.billCode))) {
      sums.set(village, rupiah((sums.get(village) ?? 0) + amount))
    }
  }
  return sums
}

/** Without those whose place another one takes. */
export function standingAlone(commitments: readonly Commitment[]): readonly CommittedBill[] {
  const all = commitments.flatMap(({ bills }) => bills)
  const replaced = new Set(all.map(({ replaces }) => replaces))
  return all.filter(({ billCode }) => !replaced.has(billCode))
}

/** Of a bill for several villages nobody keeps how much less each of them takes, so all of its plan counts. */
function takenBy({ villages }: CommittedBill, standing: BillStanding): CommittedBill['villages'] {
  if (standing === 'void') return []
  const [only] = villages
  return standing === 'planned' || villages.length !== 1 || !only ? villages : [[only[0], standing]]
}
