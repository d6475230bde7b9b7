/**
 * `GET /api/programs/{program}/budget`: what the people on a program's lists cost, before anything is billed;
 * `POST` asks what if. Nothing is written, and nothing is chosen: the options wait for somebody.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { NOTICE_RULES } from '../../../shared/domain/notice.ts'
import { parseRegionCode } from '../../../shared/domain/region.ts'
import { withOverrides } from '../../../shared/domain/rule-overrides.ts'
import type { Rules } from '../../../shared/domain/rules.ts'
import { type BudgetGroup, budgetOf } from '../../../shared/domain/sponsors/budget.ts'
import { type Cohort, type CohortRow, isStanding } from '../../../shared/domain/sponsors/cohort.ts'
import { monthsOf, type Program, termsOf } from '../../../shared/domain/sponsors/program.ts'
import type { ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { ROWS_PER_CHUNK } from '../../../shared/store/sponsors/sponsors.ts'
import type { Caller } from '../http/caller.ts'
import { type CsvReply, csv, json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { BudgetQuery, BudgetQuestionBody, BudgetView } from './budget-schemas.ts'
import { unknownProgram } from './parameters.ts'

export const BUDGET_COLUMNS = [
  'region_code',
  'persons',
  'need_rupiah',
  'budget_rupiah',
  'shortfall_rupiah',
  'covered_in_full',
  'left_out',
  'person_months',
] as const

export async function showBudget(
  ports: ConsolePorts,
  call: Call<{ path: { program: ProgramId }; query: BudgetQuery }>,
) {
  const program = await ports.sponsors.program(call.path.program)
  if (!program) return unknownProgram()
  const view = viewOf(program, await groupsOnLists(ports, program), ports.rules, call)
  return call.query.format === 'csv' ? csvOf(view) : json(200, view)
}

export async function tryBudget(
  ports: ConsolePorts,
  call: Call<{ path: { program: ProgramId }; body: BudgetQuestionBody }>,
) {
  const known = await ports.sponsors.program(call.path.program)
  if (!known) return unknownProgram()
  const { rules: tried, villages } = call.body
  const program = withChanges(known, call.body)
  const overridden = withOverrides({ rules: ports.rules, notices: NOTICE_RULES }, tried ?? {}, call.now)
  if (overridden.outcome === 'refused') {
    const expected = 'expected a list that ascends and begins no later than the present one'
    return problem('INVALID_INPUT', `field rules.${overridden.rule}: ${expected}`)
  }
  const groups = villages
    ? villages.map(({ regionCode, persons }) => ({ village: dotted(regionCode), terms: termsOf(program), persons }))
    : await groupsOnLists(ports, program)
  return json(200, viewOf(program, groups, tried ? overridden.set.rules : ports.rules, call))
}

/** Everybody on the program's lists who is to be covered, in the order of the lists. */
export async function groupsOnLists(ports: ConsolePorts, program: Program): Promise<readonly BudgetGroup[]> {
  const groups: BudgetGroup[] = []
  for (const cohort of await ports.sponsors.cohortsOf(program.id)) {
    if (!isStanding(cohort)) continue
    for (const row of await rowsOf(ports, cohort)) addRow(groups, row, program)
  }
  return groups
}

async function rowsOf(ports: ConsolePorts, { id, counts }: Cohort): Promise<readonly CohortRow[]> {
  const chunks = Array.from({ length: Math.ceil(counts.rows / ROWS_PER_CHUNK) }, (_, i) => i + 1)
  const read = await Promise.all(chunks.map((chunk) => ports.sponsors.rows(id, chunk)))
  return read.flatMap((rows) => rows ?? [])
}

/** Neighbours in the list who live in one village and pay alike are one group. */
function addRow(groups: BudgetGroup[], row: CohortRow, program: Program): void {
  if (row.state !== 'accepted' && row.state !== 'enrolled') return
  const { sector, income, ...rest } = termsOf(program)
  const terms = { ...rest, sector: row.sector ?? sector, income: row.income ?? income }
  const village = row.regionCode ?? ''
  const last = groups.at(-1)
  const isAlike = last?.village === village && last.terms.sector === terms.sector && last.terms.income === terms.income
  if (last && isAlike) groups[groups.length - 1] = { ...last, persons: last.persons + 1 }
  else groups.push({ village, terms, persons: 1 })
}

function withChanges(program: Program, changed: BudgetQuestionBody): Program {
  const { funding, budget, firstMonth, months, sector, programs, incomeRupiah } = changed
  return {
    ...program,
    funding: funding ?? program.funding,
    budget: budget ? { per: budget.per, amount: rupiah(budget.amountRupiah) } : program.budget,
    firstMonth: firstMonth === undefined ? program.firstMonth : month(firstMonth),
    monthCount: months ?? program.monthCount,
    sector: sector ?? program.sector,
    programs: programs ?? program.programs,
    income: incomeRupiah === undefined ? program.income : rupiah(incomeRupiah),
  }
}

function viewOf(program: Program, groups: readonly BudgetGroup[], rules: Rules, { now }: Caller): BudgetView {
  const months = monthsOf(program)
  const answer = budgetOf({ groups, budget: program.budget, months }, rules.tariff)
  return {
    programId: program.id,
    asOf: formatUtc(now),
    rulesVersion: rules.version,
    funding: program.funding,
    firstMonth: program.firstMonth,
    months: answer.months,
    persons: answer.persons,
    needRupiah: answer.need,
    budgetRupiah: answer.budget,
    shortfallRupiah: answer.shortfall,
    villagesShort: answer.villagesShort,
    villages: answer.villages.map(({ village, persons, need, budget, shortfall, ...covered }) => ({
      regionCode: village,
      persons,
      needRupiah: need,
      budgetRupiah: budget,
      shortfallRupiah: shortfall,
      ...covered,
    })),
    options: answer.options.map(({ cost, unspent, ...option }) => ({
      ...option,
      costRupiah: cost,
      unspentRupiah: unspent,
    })),
  }
}

function csvOf({ programId, villages }: BudgetView): CsvReply {
  const lines = villages.map((village) => {
    const { regionCode, persons, needRupiah, budgetRupiah, shortfallRupiah, coveredInFull, leftOut } = village
    const money = [needRupiah, budgetRupiah ?? '', shortfallRupiah]
    return [regionCode, persons, ...money, coveredInFull, leftOut, village.personMonths].join(',')
  })
  return csv(`budget-${programId}.csv`, [BUDGET_COLUMNS.join(','), ...lines], '\r\n')
}

function dotted(code: string): string {
  const region = parseRegionCode(code)
  if (region.outcome !== 'region') throw new RangeError('expected a code that its schema has checked')
  return region.code
}
