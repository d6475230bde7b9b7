/**
 * What was billed before for the people of a list: by itself, and by the lists that it corrects, one after the other. Bills that were
 * paid stay, and whoever is on one is not billed again; the others give their place, and their money, to the new ones.
 */
import type { BillCode } from '../../../shared/domain/bill-code.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { billCodesOf, type Cohort, type PlannedBill } from '../../../shared/domain/sponsors/cohort.ts'
import type { Commitment, CommittedBill } from '../../../shared/domain/sponsors/commitment.ts'
import type { CohortId } from '../../../shared/domain/sponsors/sponsor.ts'
import { membersOfBills } from '../../../shared/ledger/members-of-bills.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import type { ConsolePorts } from '../ports.ts'

export type EarlierBills = {
  /** The list, and those that it corrects. */
  readonly lists: ReadonlySet<CohortId>
  readonly paid: readonly BillCode[]
  /** On one of the paid ones. */
  readonly covered: ReadonlySet<Kpj>
  /** Can be paid still, or never could. */
  readonly unpaid: readonly Bill[]
}

export async function earlierBills({ bills, sponsors }: ConsolePorts, cohort: Cohort): Promise<EarlierBills> {
  const lists = [cohort]
  for (let before = cohort.corrects; before !== undefined; ) {
    const list = await sponsors.cohort(before)
    if (list) lists.unshift(list)
    before = list?.corrects
  }
  const codes = [...new Set(lists.flatMap(billCodesOf))]
  const found = await Promise.all(codes.map((code) => bills.get(code)))
  const standing = found.filter((bill) => bill !== undefined && bill.replacedBy === undefined) as readonly Bill[]
  const paid = standing.filter(({ paidBy }) => paidBy !== null).map(({ billCode }) => billCode)
  return {
    lists: new Set(lists.map(({ id }) => id)),
    paid,
    covered: await membersOfBills(bills, paid),
    unpaid: standing.filter(({ paidBy }) => paidBy === null),
  }
}

/** The bill whose place a new one for the same village, or for the whole list, takes. */
export function latestOf({ unpaid }: EarlierBills, regionCode: PlannedBill['regionCode']): BillCode | null {
  return unpaid.findLast(({ sponsored }) => sponsored?.regionCode === regionCode)?.billCode ?? null
}

/** Unpaid bills whose place none of the new ones takes can be paid no more: their money is the new ones'. */
export async function endBills(
  { bills }: ConsolePorts,
  { unpaid }: EarlierBills,
  replaced: ReadonlySet<BillCode | null>,
  now: Instant,
): Promise<'ended' | 'paid'> {
  for (const { billCode } of unpaid) {
    if (replaced.has(billCode)) continue
    await bills.markChanged(billCode, now)
    if ((await bills.get(billCode))?.paidBy) return 'paid'
  }
  return 'ended'
}

/** What the list's own paid bills took, which its next commitment must not forget. */
export function paidCommitments(
  { paid }: EarlierBills,
  { id }: Cohort,
  of: readonly Commitment[],
): readonly CommittedBill[] {
  const isPaid = (code: BillCode | null) => code !== null && paid.includes(code)
  const own = of.find(({ cohort }) => cohort === id)?.bills ?? []
  // One that was never issued stands for the one whose place it could not take.
  return own.filter(({ billCode, replaces }) => isPaid(billCode) || isPaid(replaces))
}
