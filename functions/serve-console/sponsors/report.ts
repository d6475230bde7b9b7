/**
 * `GET /api/programs/{program}/report` (JSON, CSV, XLSX), `…/report/print` (a page to be printed) and `…/members`: what a sponsor
 * is told about its program. Reads lists chunk by chunk and the members' views; no name and no NIK is in it.
 */
import { businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import type { CohortRow } from '../../../shared/domain/sponsors/cohort.ts'
import { lastMonthOf, type Program } from '../../../shared/domain/sponsors/program.ts'
import { countReport } from '../../../shared/domain/sponsors/report.ts'
import { type CohortId, codeOf, type ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { statusesOn } from '../../../shared/domain/statistics.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
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
  const chunks = await chunksOf(ports, program)
  const at = query.after === undefined ? 0 : chunks.findIndex((each) => cursorOf(each) === query.after) + 1
  if (query.after !== undefined && at === 0) {
    return problem('INVALID_INPUT', 'query parameter after: expected the next of the page before')
  }
  const chunk = chunks[at]
  if (!chunk) return json(200, { items: [], next: null })
  const [rows, views] = await membersIn(ports, chunk)
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
  // One after the other: a list of 100,000 is read once and never held whole.
  for (const chunk of await chunksOf(ports, program)) {
    const [rows, views] = await membersIn(ports, chunk)
    for (const { kpj, regionCode } of rows) {
      const view = kpj === null ? undefined : views.get(kpj)
      const isCovered = view !== undefined && statusOf(view) === 'active'
      const paidThrough = view?.paidThrough ?? null
      counted.add({ village: regionCode ?? '', isEnrolled: kpj !== null, isCovered, paidThrough })
    }
  }
  const [paid, targets] = await Promise.all([
    paidOf(ports, program),
    ports.statistics.targets(Number(businessDateOf(now).slice(0, 4))),
  ])
  const { budget, paid: paidRupiah, unspent, ...report } = counted.report(program.budget, rupiah(paid), targets)
  const { name, state, firstMonth } = program
  const about = { programId: id, name, state, firstMonth, lastMonth: lastMonthOf(program), asOf: formatUtc(now) }
  return { ...about, ...report, budgetRupiah: budget, paidRupiah, unspentRupiah: unspent }
}

async function chunksOf(ports: ConsolePorts, program: Program): Promise<readonly Chunk[]> {
  const cohorts = (await ports.sponsors.cohortsOf(program.id)).filter(({ state }) => state !== 'withdrawn')
  return cohorts.flatMap(({ id, counts }) =>
    Array.from({ length: Math.ceil(counts.rows / ROWS_PER_CHUNK) }, (_, i) => ({ cohort: id, chunk: i + 1 })),
  )
}

/** Those who are or will be members, with the views of who is. */
async function membersIn(
  ports: ConsolePorts,
  { cohort, chunk }: Chunk,
): Promise<readonly [readonly CohortRow[], ReadonlyMap<string, MembershipView>]> {
  const rows = (await ports.sponsors.rows(cohort, chunk)) ?? []
  const listed = rows.filter(({ state }) => state === 'accepted' || state === 'enrolled')
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

async function paidOf(ports: ConsolePorts, program: Program): Promise<number> {
  let paid = 0
  const codes = (await ports.sponsors.cohortsOf(program.id)).flatMap(({ billCodes }) => billCodes)
  const reads = [...new Set(codes)].map((code) => async () => {
    const bill = await ports.bills.get(code)
    if (bill && bill.paidBy !== null) paid += bill.amount
  })
  await inParallel(reads, AT_ONCE)
  return paid
}

function cursorOf({ cohort, chunk }: Chunk): string {
  return `${codeOf(cohort)}.${chunk}`
}
