/**
 * `GET /api/programs/{program}/report` (JSON, CSV, XLSX), `…/report/print` (a page to be printed) and `…/members`: what a sponsor
 * is told about its program. Reads lists chunk by chunk and the members' views; no name and no NIK is in it. Whoever left the list
 * after a bill for them was paid keeps that cover, and is counted with it.
 */
import { businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import {
  billCodesOf,
  type Cohort,
  type CohortRow,
  isCorrected,
  isStanding,
} from '../../../shared/domain/sponsors/cohort.ts'
import { lastMonthOf } from '../../../shared/domain/sponsors/program.ts'
import { countReport } from '../../../shared/domain/sponsors/report.ts'
import { type CohortId, codeOf, type ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { statusesOn } from '../../../shared/domain/statistics.ts'
import { membersOfBills } from '../../../shared/ledger/members-of-bills.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import { ROWS_PER_CHUNK } from '../../../shared/store/sponsors/sponsors.ts'
import { csv, download, json, problem, XLSX_TYPE } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownProgram } from './parameters.ts'
import { csvLines, printed, workbook } from './report-files.ts'
import type { MembersQuery, ProgramMembers, ReportQuery, ReportView } from './report-schemas.ts'

type Target = { path: { program: ProgramId } }
type Chunk = { readonly cohort: CohortId; readonly chunk: number }
const AT_ONCE = 16

export async function showReport(ports: ConsolePorts, { path, query, now }: Call<Target & { query: ReportQuery }>) {
  const report = await reportOn(ports, path.program, now)
  if (!report) return unknownProgram()
  const name = `report-${report.programId}`
  if (query.format === 'csv') return csv(`${name}.csv`, csvLines(report), '\r\n')
  if (query.format === 'xlsx') return download(`${name}.xlsx`, await workbook(report), XLSX_TYPE)
  return json(200, report)
}

export async function printReport(ports: ConsolePorts, { path, now }: Call<Target>) {
  const report = await reportOn(ports, path.program, now)
  return report ? download(`report-${report.programId}.html`, Buffer.from(printed(report))) : unknownProgram()
}

export async function listMembers(ports: ConsolePorts, { path, query, now }: Call<Target & { query: MembersQuery }>) {
  const program = await ports.sponsors.program(path.program)
  if (!program) return unknownProgram()
  const chunks = chunksIn((await ports.sponsors.cohortsOf(program.id)).filter(isStanding))
  const at = query.after === undefined ? 0 : chunks.findIndex((each) => cursorOf(each) === query.after) + 1
  if (query.after !== undefined && at === 0) {
    return problem('INVALID_INPUT', 'query parameter after: expected the next of the page before')
  }
  const chunk = chunks[at]
  if (!chunk) return json(200, { items: [], next: null })
  const [rows, views] = await membersIn(ports, chunk, isListed)
  const statusOf = statusesOn(businessDateOf(now), ports.rules)
  const items = rows.map((row): ProgramMembers['items'][number] => {
    const view = row.kpj === null ? undefined : views.get(row.kpj)
    const { line, kpj, regionCode } = row
    const standing = { status: view ? statusOf(view) : null, paidThrough: view?.paidThrough ?? null }
    return { cohort: chunk.cohort, line, kpj, regionCode, ...standing }
  })
  return json(200, { items, next: at + 1 < chunks.length ? cursorOf(chunk) : null })
}

async function reportOn(ports: ConsolePorts, id: ProgramId, now: Instant): Promise<ReportView | undefined> {
  const program = await ports.sponsors.program(id)
  if (!program) return undefined
  const counted = countReport()
  const statusOf = statusesOn(businessDateOf(now), ports.rules)
  const add = ([rows, views]: Members) => {
    for (const { kpj, regionCode } of rows) {
      const view = kpj === null ? undefined : views.get(kpj)
      const isCovered = view !== undefined && statusOf(view) === 'active'
      const paidThrough = view?.paidThrough ?? null
      counted.add({ village: regionCode ?? '', isEnrolled: kpj !== null, isCovered, paidThrough })
    }
  }
  const cohorts = await ports.sponsors.cohortsOf(program.id)
  const bills = await paidBills(ports, cohorts)
  const seen = new Set<string | null>()
  // One after the other: a list of 100,000 is read once and never held whole.
  for (const chunk of chunksIn(cohorts.filter(isStanding))) {
    const members = await membersIn(ports, chunk, isListed)
    for (const { kpj } of members[0]) seen.add(kpj)
    add(members)
  }
  const before = chunksIn(cohorts.filter(isCorrected))
  const codes = before.length === 0 ? [] : bills.map(({ billCode }) => billCode)
  const covered = await membersOfBills(ports.bills, codes)
  for (const chunk of before) {
    const keeps = ({ state, kpj }: CohortRow) => state === 'left' && kpj !== null && covered.has(kpj) && !seen.has(kpj)
    const members = await membersIn(ports, chunk, keeps)
    for (const { kpj } of members[0]) seen.add(kpj)
    add(members)
  }
  const paid = bills.reduce((sum, { amount }) => sum + amount, 0)
  const targets = await ports.statistics.targets(Number(businessDateOf(now).slice(0, 4)))
  const { budget, paid: paidRupiah, unspent, ...report } = counted.report(program.budget, rupiah(paid), targets)
  const { name, state, firstMonth } = program
  const about = { programId: id, name, state, firstMonth, lastMonth: lastMonthOf(program), asOf: formatUtc(now) }
  return { ...about, ...report, budgetRupiah: budget, paidRupiah, unspentRupiah: unspent }
}

function chunksIn(cohorts: readonly Cohort[]): readonly Chunk[] {
  return cohorts.flatMap(({ id, counts }) =>
    Array.from({ length: Math.ceil(counts.rows / ROWS_PER_CHUNK) }, (_, i) => ({ cohort: id, chunk: i + 1 })),
  )
}

type Members = readonly [readonly CohortRow[], ReadonlyMap<string, MembershipView>]

/** Is or will be a member. */
function isListed({ state }: CohortRow): boolean {
  return state === 'accepted' || state === 'enrolled'
}

/** Those asked for, with the views of who is a member. */
async function membersIn(
  ports: ConsolePorts,
  { cohort, chunk }: Chunk,
  isAsked: (row: CohortRow) => boolean,
): Promise<Members> {
  const rows = (await ports.sponsors.rows(cohort, chunk)) ?? []
  const listed = rows.filter(isAsked)
  const views = new Map<string, MembershipView>()
  const reads = listed
    .flatMap(({ kpj }) => (kpj === null ? [] : [kpj]))
    .map((kpj) => async () => {
      const view = await ports.memberships.get(kpj)
      if (view) views.set(kpj, view)
    })
  await inParallel(reads, AT_ONCE)
  return [listed, views]
}

async function paidBills(ports: ConsolePorts, cohorts: readonly Cohort[]): Promise<readonly Bill[]> {
  const paid: Bill[] = []
  const reads = [...new Set(cohorts.flatMap(billCodesOf))].map((code) => async () => {
    const bill = await ports.bills.get(code)
    if (bill && bill.paidBy !== null) paid.push(bill)
  })
  await inParallel(reads, AT_ONCE)
  return paid
}

function cursorOf({ cohort, chunk }: Chunk): string {
  return `${codeOf(cohort)}.${chunk}`
}
