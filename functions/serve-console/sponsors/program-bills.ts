/**
 * `GET /api/programs/{program}/bills`: which bills of a program are paid and which are not, over all of its lists, so that a program
 * that is paid in part shows it. Bills whose place another took are left out.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import { billCodesOf } from '../../../shared/domain/sponsors/cohort.ts'
import { type BillLife, lifeOfBill } from '../../../shared/domain/sponsors/program-steps.ts'
import type { ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownProgram } from './parameters.ts'
import type { BillsQuery, ProgramBills } from './program-bills-schemas.ts'

type LivingBill = { readonly bill: Bill; readonly life: BillLife }
const AT_ONCE = 16
const PAGE = 500

export async function listBills(
  ports: ConsolePorts,
  { path, query, now }: Call<{ path: { program: ProgramId }; query: BillsQuery }>,
) {
  const program = await ports.sponsors.program(path.program)
  if (!program) return unknownProgram()
  const codes = [...new Set((await ports.sponsors.cohortsOf(program.id)).flatMap(billCodesOf))]
  const found: (LivingBill | undefined)[] = new Array(codes.length)
  const reads = codes.map((code, i) => async () => {
    const bill = await ports.bills.get(code)
    const life = bill && lifeOfBill(bill, await ports.facts.ofAccount(code), now)
    if (bill && life) found[i] = { bill, life }
  })
  await inParallel(reads, AT_ONCE)
  const bills = found.filter((each) => each !== undefined)
  const from = query.after === undefined ? 0 : bills.findIndex(({ bill }) => bill.billCode === query.after) + 1
  if (query.after !== undefined && from === 0) {
    return problem('INVALID_INPUT', 'query parameter after: expected the next of the page before')
  }
  const page = bills.slice(from, from + PAGE)
  const next = from + PAGE < bills.length ? (page.at(-1)?.bill.billCode ?? null) : null
  return json(200, { programId: program.id, state: program.state, ...sumsOf(bills), items: page.map(itemOf), next })
}

function sumsOf(bills: readonly LivingBill[]) {
  const inStatus = (status: BillLife['status']) => bills.filter(({ life }) => life.status === status)
  const rupiahOf = (some: readonly LivingBill[]) => some.reduce((sum, { bill }) => sum + bill.amount, 0)
  const paid = inStatus('paid')
  const open = inStatus('open')
  return {
    paid: paid.length,
    open: open.length,
    expired: inStatus('expired').length,
    takenBack: bills.filter(({ life }) => life.takenBackAt !== null).length,
    paidRupiah: rupiahOf(paid),
    openRupiah: rupiahOf(open),
  }
}

function itemOf({ bill, life }: LivingBill): ProgramBills['items'][number] {
  return {
    billCode: bill.billCode,
    cohortId: bill.sponsored?.cohort ?? '',
    regionCode: bill.sponsored?.regionCode ?? null,
    memberCount: bill.memberCount,
    amountRupiah: bill.amount,
    status: life.status,
    payableUntil: formatUtc(bill.validUntilInstant),
  }
}
