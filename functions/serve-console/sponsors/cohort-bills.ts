/**
 * The lists of a program, and the bills of a list with how far each is paid and shared out: what a sponsor follows. Codes only;
 * whoever may read memberships asks for one of them elsewhere.
 */
import { parseBillCode } from '../../../shared/domain/bill-code.ts'
import type { CohortId, ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { billView } from '../bills/bills.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { CohortBillsQuery } from './cohort-schemas.ts'
import { viewOf } from './cohorts.ts'
import { unknownCohort, unknownProgram } from './parameters.ts'

/** Bills in one answer; each takes two reads. */
const PAGE = 50

export async function listCohorts(ports: ConsolePorts, { path }: Call<{ path: { program: ProgramId } }>) {
  if (!(await ports.sponsors.program(path.program))) return unknownProgram()
  const cohorts = await ports.sponsors.cohortsOf(path.program)
  return json(200, { items: cohorts.toSorted((a, b) => b.receivedAt - a.receivedAt).map(viewOf) })
}

/** The bills that count come first: those that were issued last. */
export async function listCohortBills(
  ports: ConsolePorts,
  { path, query, now }: Call<{ path: { cohort: CohortId }; query: CohortBillsQuery }>,
) {
  const cohort = await ports.sponsors.cohort(path.cohort)
  if (!cohort) return unknownCohort()
  const codes = cohort.billCodes.toReversed()
  const after = query.after === undefined ? undefined : parseBillCode(query.after)
  const from = after === undefined ? 0 : codes.indexOf(after) + 1
  if (query.after !== undefined && from === 0) {
    return problem('INVALID_INPUT', 'query parameter after: expected the next of the page before')
  }
  const asked = codes.slice(from, from + PAGE)
  const found = await Promise.all(asked.map((code) => ports.bills.get(code)))
  const bills = found.filter((bill) => bill !== undefined)
  const items = await Promise.all(bills.map((bill) => billView(ports, bill, now)))
  return json(200, { items, next: from + PAGE < codes.length ? (asked.at(-1) ?? null) : null })
}
