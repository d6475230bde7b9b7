/**
 * `POST /api/cohorts/{cohort}/bill`: codes are drawn and the work is set; functions/enrol-cohort issues the bills. Nobody is covered in
 * part: where the budget is short, the program's own rule says who is billed, or nothing is. A list that is billed again gets
 * corrected bills in the place of those that nobody has paid.
 */
import { type BillCode, billCodeOf } from '../../../shared/domain/bill-code.ts'
import { type Rupiah, ZERO } from '../../../shared/domain/money.ts'
import type { Month } from '../../../shared/domain/month.ts'
import { type BudgetAnswer, type BudgetGroup, budgetOf } from '../../../shared/domain/sponsors/budget.ts'
import type { Cohort, CohortRow, PlannedBill } from '../../../shared/domain/sponsors/cohort.ts'
import { monthsOf, type Program, termsOf } from '../../../shared/domain/sponsors/program.ts'
import { type CohortId, programOf } from '../../../shared/domain/sponsors/sponsor.ts'
import { lastBillableMonth } from '../../../shared/domain/sponsors/sponsored-months.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { noChannel, readValidity, takenBy } from '../bills/bills.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { CohortBillRequest } from './cohort-schemas.ts'
import { unknownCohort } from './parameters.ts'

type Scope = { readonly regionCode: PlannedBill['regionCode']; readonly rows: readonly CohortRow[] }
type Covered = Scope & { readonly persons: number; readonly cost: Rupiah }

export async function billCohort(
  ports: ConsolePorts,
  { path, body, now, actor }: Call<{ path: { cohort: CohortId }; body: CohortBillRequest }>,
) {
  const cohort = await ports.sponsors.cohort(path.cohort)
  const program = cohort && (await ports.sponsors.program(programOf(cohort.id)))
  if (!cohort || !program) return unknownCohort()
  const isReady = (cohort.state === 'enrolled' || cohort.state === 'billed') && cohort.work === undefined
  if (!isReady)
    return problem('STEP_DOES_NOT_FIT', 'expected a list whose people are enrolled and that nobody is billing now')
  const period = readValidity(body.validUntil, now)
  if ('problem' in period) return period.problem
  const earlier = await billsOf(ports, cohort)
  if (earlier.some(({ paidBy }) => paidBy !== null)) {
    return problem('BILL_PAID', 'expected bills that nobody has paid; a paid list is not billed again')
  }
  const months = monthsOf(program)
  const last = months.at(-1) as Month
  if (last > lastBillableMonth(now, ports.rules)) {
    return problem('TOO_FAR_AHEAD', 'expected months no further than 12 beyond the current one; bill later')
  }
  const rows = (await rowsOf(ports, cohort)).filter(({ state }) => state === 'enrolled')
  const scopes = scopesOf(rows, body.per ?? 'program')
  const planned = planOf({ ...program, priority: body.priority ?? program.priority }, scopes, months, ports)
  if (planned === 'short')
    return problem('BUDGET_SHORT', 'expected a budget that covers everybody; choose an option with the field priority')
  if (planned === 'not-the-first') {
    const detail = 'expected the field per to be village: the money of each village pays the first of its own people'
    return problem('BUDGET_SHORT', detail)
  }
  const billed = planned.covered.filter(({ persons }) => persons > 0)
  if (billed.length === 0) return problem('NOTHING_DUE', 'expected somebody on the list to be billed, there is nobody')
  if (billed.some(({ cost }) => takenBy(ports, cost, now).length === 0)) return noChannel()
  const bills = billed.map(
    ({ regionCode, persons, rows: all }): PlannedBill => ({
      billCode: billCodeOf(ports.randomSerial()),
      regionCode,
      persons: persons === all.length ? null : persons,
      replaces: latestOf(earlier, regionCode),
    }),
  )
  const next: Cohort = {
    ...cohort,
    billing: {
      months: planned.months,
      validUntil: body.validUntil,
      validUntilInstant: period.lastInstant,
      issuedAt: now,
      by: actor ?? '',
      bills,
    },
    work: { task: 'bill', bill: 0, chunk: 1, members: 0, chunks: 0, amount: ZERO },
    version: cohort.version + 1,
  }
  if ((await ports.sponsors.putCohort(next)) === 'conflict') {
    return problem('CHANGED_MEANWHILE', 'expected the list as it was read; read it again')
  }
  const persons = billed.reduce((sum, each) => sum + each.persons, 0)
  ports.log.info('A list is being billed', { count: persons, actor })
  return json(202, {
    cohortId: cohort.id,
    persons,
    leftOut: rows.length - persons,
    bills: bills.map(({ billCode, regionCode }, i) => {
      const { cost } = billed[i] as Covered
      return { billCode, regionCode, expectedRupiah: cost, channels: takenBy(ports, cost, now) }
    }),
  })
}

type Plan = { readonly months: readonly Month[]; readonly covered: readonly Covered[] }

/**
 * By the rule for a short budget: nobody, the first of the list, or everybody for fewer months. `not-the-first`: who is covered are
 * not the first of a bill's people, and a bill takes its people in the order of the list.
 */
function planOf(
  program: Program,
  scopes: readonly Scope[],
  months: readonly Month[],
  ports: ConsolePorts,
): Plan | 'short' | 'not-the-first' {
  const tariff = ports.rules.tariff
  const answerFor = (rows: readonly CohortRow[], asked: readonly Month[]) =>
    budgetOf({ groups: groupsOf(program, rows), budget: program.budget, months: asked }, tariff)
  const all = scopes.flatMap(({ rows }) => rows)
  const costOf = (rows: readonly CohortRow[], asked: readonly Month[]) => answerFor(rows, asked).need
  const answer = answerFor(all, months)
  const everybody = (asked: readonly Month[]) =>
    scopes.map((scope) => ({ ...scope, persons: scope.rows.length, cost: costOf(scope.rows, asked) }))
  if (answer.shortfall === 0) return { months, covered: everybody(months) }
  switch (program.priority) {
    case 'stop':
      return 'short'
    case 'fewer-months': {
      const option = answer.options.find(({ kind }) => kind === 'fewer-months')
      const fewer = months.slice(0, option?.months ?? 0)
      return fewer.length === 0 ? 'short' : { months: fewer, covered: everybody(fewer) }
    }
    case 'list-order': {
      const covered = scopes.map((scope) => inListOrder(scope, answer, (rows) => costOf(rows, months)))
      return covered.some((each) => each === undefined) ? 'not-the-first' : { months, covered: covered as Covered[] }
    }
  }
}

/** The first of each village, as far as its money goes; undefined where others stand between them. */
function inListOrder(
  scope: Scope,
  answer: BudgetAnswer,
  costOf: (rows: readonly CohortRow[]) => Rupiah,
): Covered | undefined {
  const left = new Map(answer.villages.map(({ village, coveredInFull }) => [village, coveredInFull]))
  const rows = scope.rows.filter(({ regionCode }) => {
    const village = regionCode ?? ''
    const places = left.get(village) ?? 0
    left.set(village, places - 1)
    return places > 0
  })
  if (rows.some((row, i) => row !== scope.rows[i])) return undefined
  return { ...scope, persons: rows.length, cost: rows.length === 0 ? ZERO : costOf(rows) }
}

function groupsOf(program: Program, rows: readonly CohortRow[]): readonly BudgetGroup[] {
  const groups: BudgetGroup[] = []
  const planned = termsOf(program)
  for (const { sector, income, regionCode } of rows) {
    const terms = { ...planned, sector: sector ?? planned.sector, income: income ?? planned.income }
    const village = regionCode ?? ''
    const last = groups.at(-1)
    const isAlike =
      last?.village === village && last.terms.sector === terms.sector && last.terms.income === terms.income
    if (last && isAlike) groups[groups.length - 1] = { ...last, persons: last.persons + 1 }
    else groups.push({ village, terms, persons: 1 })
  }
  return groups
}

function scopesOf(rows: readonly CohortRow[], per: 'program' | 'village'): readonly Scope[] {
  if (per === 'program') return [{ regionCode: null, rows }]
  return [...Map.groupBy(rows, ({ regionCode }) => regionCode)].map(([regionCode, own]) => ({ regionCode, rows: own }))
}

async function rowsOf({ sponsors }: ConsolePorts, { id, counts }: Cohort): Promise<readonly CohortRow[]> {
  const rows: CohortRow[] = []
  for (let chunk = 1; rows.length < counts.rows; chunk++) {
    const read = await sponsors.rows(id, chunk)
    if (!read) break
    rows.push(...read)
  }
  return rows
}

async function billsOf({ bills, sponsors }: ConsolePorts, cohort: Cohort): Promise<readonly Bill[]> {
  const before = cohort.corrects === undefined ? undefined : await sponsors.cohort(cohort.corrects)
  const codes: readonly BillCode[] = [...(before?.billCodes ?? []), ...cohort.billCodes]
  const found = await Promise.all(codes.map((code) => bills.get(code)))
  return found.filter((bill) => bill !== undefined && bill.replacedBy === undefined) as readonly Bill[]
}

function latestOf(earlier: readonly Bill[], regionCode: PlannedBill['regionCode']): BillCode | null {
  return earlier.findLast(({ sponsored }) => sponsored?.regionCode === regionCode)?.billCode ?? null
}
