/**
 * The bills of a list, a segment of its rows at a time: members go under the drawn code, unseen until their bill is there, and the bill
 * comes last, alone or in the place of the one that it corrects. What the bill has come to so far is in the cohort's own record.
 *
 * A bill for one village walks all rows of the list, and several villages are done in one step.
 */
import { allocate } from '../../shared/domain/allocation.ts'
import { instant } from '../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../shared/domain/money.ts'
import type { BillProgress, CohortBilling, CohortRow, PlannedBill } from '../../shared/domain/sponsors/cohort.ts'
import { cohortOfMembership } from '../../shared/domain/sponsors/judge-person.ts'
import { takeStep } from '../../shared/domain/sponsors/program.ts'
import { sponsoredMonths } from '../../shared/domain/sponsors/sponsored-months.ts'
import { membersOfBills } from '../../shared/ledger/members-of-bills.ts'
import { Defect, Transient } from '../../shared/runtime/faults.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { Bill, BillMember } from '../../shared/store/bills/bills.ts'
import { ROWS_PER_CHUNK } from '../../shared/store/sponsors/sponsors.ts'
import { AT_ONCE, type CohortPorts, type CohortStep, type OpenCohort } from './ports.ts'
import { chunksOf } from './those-who-left.ts'

/** Members of a bill that is not there yet wait this long. A list of 100,000 is billed within minutes. */
const UNFINISHED_FOR_MILLIS = 7 * 86_400_000
/** Villages whose bills are issued in one step. */
const VILLAGES_AT_ONCE = 25

export async function billSegment(ports: CohortPorts, open: OpenCohort, progress: BillProgress): Promise<CohortStep> {
  const { billing } = open.cohort
  const planned = billing?.bills[progress.bill]
  if (!billing)
    throw new Defect('BILLING_MISSING', 'expected the record of a cohort to say what is billed, it does not')
  if (!planned) return billed(ports, open, billing)
  if (planned.regionCode === null) return wholeList(ports, open, billing, planned, progress)
  const villages = billing.bills.slice(progress.bill, progress.bill + VILLAGES_AT_ONCE)
  await issueVillages(ports, open, billing, villages)
  return { work: { task: 'bill', ...FROM_THE_START, bill: progress.bill + villages.length } }
}

export const FROM_THE_START: BillProgress = { bill: 0, chunk: 1, members: 0, chunks: 0, amount: ZERO }

/** One segment of rows becomes one chunk of members; after the last, the bill. */
async function wholeList(
  ports: CohortPorts,
  open: OpenCohort,
  billing: CohortBilling,
  planned: PlannedBill,
  progress: BillProgress,
): Promise<CohortStep> {
  const rows = await ports.sponsors.rows(open.cohort.id, progress.chunk)
  const left = planned.persons === null ? Number.POSITIVE_INFINITY : planned.persons - progress.members
  if (!rows || left <= 0) {
    const done = await issue(ports, open, billing, planned, progress)
    return { work: { task: 'bill', ...FROM_THE_START, bill: progress.bill + (done === 'expired' ? 0 : 1) } }
  }
  const isBilled = await billable(ports, billing)
  const people = rows.filter(isBilled).slice(0, left)
  const next = await addMembers(ports, open, billing, planned, progress, people)
  return { work: { task: 'bill', ...next, chunk: progress.chunk + 1 } }
}

/** Who is enrolled and on none of the bills that were paid before: as the plan counted them (functions/serve-console/sponsors). */
async function billable({ bills }: CohortPorts, { paid = [] }: CohortBilling): Promise<(row: CohortRow) => boolean> {
  const covered = await membersOfBills(bills, paid)
  return ({ state, kpj }) => state === 'enrolled' && !(kpj && covered.has(kpj))
}

async function issueVillages(
  ports: CohortPorts,
  open: OpenCohort,
  billing: CohortBilling,
  villages: readonly PlannedBill[],
): Promise<void> {
  const people = new Map<string, CohortRow[]>(villages.map(({ regionCode }) => [regionCode ?? '', []]))
  const isBilled = await billable(ports, billing)
  for await (const rows of chunksOf(ports, open.cohort.id)) {
    for (const row of rows.filter(isBilled)) people.get(row.regionCode ?? '')?.push(row)
  }
  for (const planned of villages) {
    const own = (people.get(planned.regionCode ?? '') ?? []).slice(0, planned.persons ?? undefined)
    let progress = FROM_THE_START
    for (let at = 0; at < own.length; at += ROWS_PER_CHUNK) {
      progress = await addMembers(ports, open, billing, planned, progress, own.slice(at, at + ROWS_PER_CHUNK))
    }
    if ((await issue(ports, open, billing, planned, progress)) === 'expired') {
      const detail = 'expected the members of a bill that were put a moment ago, some expired; it is tried again'
      throw new Transient('BILL_PARTS_EXPIRED', detail)
    }
  }
}

/** Prices are those of the instant of issue, so a repeat comes to the same; what an earlier try has put stands. */
async function addMembers(
  ports: CohortPorts,
  { cohort }: OpenCohort,
  billing: CohortBilling,
  planned: PlannedBill,
  progress: BillProgress,
  people: readonly CohortRow[],
): Promise<BillProgress> {
  const found: (BillMember | undefined)[] = new Array(people.length)
  const quotes = people.map(({ kpj }, i) => async () => {
    if (kpj === null) return
    const facts = await ports.facts.ofAccount(kpj)
    // Whoever stands on two lists of a program belongs to the later one, and is on its bill alone.
    if ((cohortOfMembership(facts) ?? cohort.id) !== cohort.id) return
    const due = sponsoredMonths(allocate(facts, ports.rules), billing.months, billing.issuedAt, ports.rules)
    if (due) found[i] = { kpj, months: due.runs, amount: due.amount }
  })
  await inParallel(quotes, AT_ONCE)
  const members = found.filter((member) => member !== undefined)
  const chunk = progress.chunks + 1
  const until = instant(ports.now() + UNFINISHED_FOR_MILLIS)
  const isPut = members.length > 0 && (await ports.bills.putMembers(planned.billCode, chunk, members, until)) === 'put'
  // Also where nobody is due by now: the next rows must not take the place of a chunk that is there.
  const standing = isPut ? members : ((await ports.bills.members(planned.billCode, chunk)) ?? [])
  if (standing.length === 0) return progress
  const sum = standing.reduce((total, { amount }) => total + amount, 0)
  const count = progress.members + standing.length
  return { ...progress, members: count, chunks: chunk, amount: rupiah(progress.amount + sum) }
}

/**
 * `expired`: members were gone before the bill was there; they are put again. Where the bill cannot take the other one's place any
 * more, its members expire: nobody was asked for that money.
 */
async function issue(
  ports: CohortPorts,
  { cohort, program }: OpenCohort,
  billing: CohortBilling,
  { billCode, regionCode, replaces, atMost }: PlannedBill,
  { members, chunks, amount }: BillProgress,
): Promise<'done' | 'expired'> {
  if (members === 0) return 'done'
  if (amount > atMost) {
    throw new Defect('BILL_OVER_PLAN', 'expected a bill of at most what it was planned for; look at the list’s terms')
  }
  if ((await ports.bills.keepMembers(billCode, chunks)) === 'missing') return 'expired'
  const { months, validUntil, validUntilInstant, issuedAt } = billing
  const first = members === 1 ? (await ports.bills.members(billCode, 1))?.[0] : undefined
  const bill: Bill = {
    billCode,
    months,
    amount,
    memberCount: members,
    kpj: first?.kpj ?? null,
    issuedAt,
    validUntil,
    validUntilInstant,
    paidBy: null,
    sponsored: { program: program.id, cohort: cohort.id, regionCode },
    chunks,
    ...(replaces !== null && { replaces }),
  }
  const put = replaces === null ? await ports.bills.putBill(bill) : await ports.bills.replace(replaces, bill, [])
  // Again after a bill that took another's place: somebody who found that one paid may have let our members expire meanwhile.
  if (put === 'put' && replaces !== null) await ports.bills.keepMembers(billCode, chunks)
  // The other one was paid at the last moment and stays, and this one is never issued: the list shows which code counts.
  if (put !== 'put' && !(await ports.bills.get(billCode))) await undo(ports, billCode, chunks)
  return 'done'
}

/** Looks again afterwards: an issue at the same moment may have found the other bill free again. */
async function undo(ports: CohortPorts, billCode: Bill['billCode'], chunks: number): Promise<void> {
  await ports.bills.letExpire(billCode, chunks, instant(ports.now() + UNFINISHED_FOR_MILLIS))
  if (await ports.bills.get(billCode)) await ports.bills.keepMembers(billCode, chunks)
}

/** The program goes on to `billed`, unless it is there: a repeat, or another list of it. */
async function billed(
  ports: CohortPorts,
  { cohort, program }: OpenCohort,
  billing: CohortBilling,
): Promise<CohortStep> {
  const programStep = takeStep(program, 'bill', { by: billing.by, at: ports.now(), note: cohort.id })
  const codes = billing.bills.map(({ billCode }) => billCode)
  const issued = await Promise.all(codes.map((code) => ports.bills.get(code)))
  const standing = codes.filter((_, i) => issued[i] !== undefined)
  return { state: 'billed', billCodes: [...cohort.billCodes, ...standing], work: undefined, programStep }
}
