/**
 * What the bills of a program's other lists take of its budget now: those that were paid, those that can still be paid, and those
 * that are being issued. Reads which lists are at work before it reads their bills, so that none that comes in between is missed.
 */
import type { BillCode } from '../../../shared/domain/bill-code.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'
import {
  type BillStanding,
  type Commitment,
  type CommittedBill,
  committedBy,
  standingAlone,
} from '../../../shared/domain/sponsors/commitment.ts'
import { type CohortId, programOf } from '../../../shared/domain/sponsors/sponsor.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import type { ConsolePorts } from '../ports.ts'

const AT_ONCE = 16

/**
 * By village, as `committedBy`. `own`: the list that is billed and those that it corrects; of theirs, what was paid counts, and
 * everything else is free again.
 */
export async function committedBeside(
  ports: ConsolePorts,
  own: ReadonlySet<CohortId>,
  of: readonly Commitment[],
  now: Instant,
): Promise<ReadonlyMap<string, Rupiah>> {
  const [first] = of
  if (!first) return new Map()
  const lists = await ports.sponsors.cohortsOf(programOf(first.cohort))
  const issuing = new Set(
    lists
      .filter(({ work }) => work?.task === 'bill')
      .flatMap(({ billing }) => billing?.bills ?? [])
      .map(({ billCode }) => billCode),
  )
  const standings = new Map<BillCode, BillStanding>()
  const ownCodes = new Set(of.filter(({ cohort }) => own.has(cohort)).flatMap(({ bills }) => bills.map(codeOf)))
  const reads = standingAlone(of).map((bill) => async () => {
    const { billCode } = bill
    const standing = ownCodes.has(billCode) ? paidOf(ports, bill) : standingOf(ports, bill, issuing.has(billCode), now)
    standings.set(billCode, await standing)
  })
  await inParallel(reads, AT_ONCE)
  return committedBy(of, (billCode) => standings.get(billCode) ?? 'void')
}

const codeOf = ({ billCode }: CommittedBill) => billCode

async function paidOf({ bills }: ConsolePorts, { billCode, replaces }: CommittedBill): Promise<BillStanding> {
  const bill = (await bills.get(billCode)) ?? (replaces === null ? undefined : await bills.get(replaces))
  return bill && bill.paidBy !== null ? bill.amount : 'void'
}

async function standingOf(
  { bills }: ConsolePorts,
  { billCode, replaces }: CommittedBill,
  isBeingIssued: boolean,
  now: Instant,
): Promise<BillStanding> {
  const bill = await bills.get(billCode)
  if (bill) return amountOf(bill, now)
  // Never issued where the one before was paid at the last moment, or where nobody was due: then that one counts.
  const before = replaces === null ? undefined : await bills.get(replaces)
  if (before && (before.paidBy !== null || !isBeingIssued)) return amountOf(before, now)
  return isBeingIssued ? 'planned' : 'void'
}

function amountOf({ amount, paidBy, replacedBy, changedAt, validUntilInstant }: Bill, now: Instant): BillStanding {
  if (paidBy !== null) return amount
  return replacedBy !== undefined || changedAt !== undefined || now > validUntilInstant ? 'void' : amount
}
