/**
 * Who of a list is billed, for how many months, and what each bill takes of the program's budget: what is left of it once all other
 * bills of the program are counted. Nobody is covered in part, and nobody out of another village's money.
 */
import type { Rupiah } from '../../../shared/domain/money.ts'
import type { Month } from '../../../shared/domain/month.ts'
import { type BudgetAnswer, type BudgetGroup, budgetOf } from '../../../shared/domain/sponsors/budget.ts'
import type { CohortRow, PlannedBill } from '../../../shared/domain/sponsors/cohort.ts'
import type { CommittedBill } from '../../../shared/domain/sponsors/commitment.ts'
import { type Program, termsOf } from '../../../shared/domain/sponsors/program.ts'
import type { Tariff } from '../../../shared/domain/tariff.ts'

export type BillScope = { readonly regionCode: PlannedBill['regionCode']; readonly rows: readonly CohortRow[] }
export type CoveredScope = BillScope & {
  readonly persons: number
  readonly cost: Rupiah
  /** As `CommittedBill.villages`. */
  readonly villages: CommittedBill['villages']
}

/** `short`, `not-the-first`: nothing is billed. The latter: who is covered are not the first of a bill's people in the list's order. */
export type BillPlan =
  | { readonly outcome: 'planned'; readonly months: readonly Month[]; readonly covered: readonly CoveredScope[] }
  | { readonly outcome: 'short' | 'not-the-first'; readonly answer: BudgetAnswer }

export type BillQuestion = {
  readonly program: Program
  readonly scopes: readonly BillScope[]
  readonly months: readonly Month[]
  /** What the program's other bills take of its budget. */
  readonly committed: ReadonlyMap<string, Rupiah>
}

/** By the rule for a short budget: nobody, the first of the list, or everybody for fewer months. */
export function planBills({ program, scopes, months, committed }: BillQuestion, tariff: Tariff): BillPlan {
  const { budget } = program
  const pricesOf = (rows: readonly CohortRow[], asked: readonly Month[]) =>
    budgetOf({ groups: groupsOf(program, rows), budget, months: asked }, tariff)
  const coveredIn = (scope: BillScope, rows: readonly CohortRow[], asked: readonly Month[]): CoveredScope => {
    const { need, villages } = pricesOf(rows, asked)
    const own = villages.map((each) => [each.village, each.need] as const)
    return { ...scope, persons: rows.length, cost: need, villages: budget.per === 'total' ? [['', need]] : own }
  }
  const everybody = (asked: readonly Month[]): BillPlan => ({
    outcome: 'planned',
    months: asked,
    covered: scopes.map((scope) => coveredIn(scope, scope.rows, asked)),
  })
  const groups = groupsOf(
    program,
    scopes.flatMap(({ rows }) => rows),
  )
  const answer = budgetOf({ groups, budget, months, committed }, tariff)
  if (answer.shortfall === 0) return everybody(months)
  switch (program.priority) {
    case 'stop':
      return { outcome: 'short', answer }
    case 'fewer-months': {
      const fewer = months.slice(0, answer.options.find(({ kind }) => kind === 'fewer-months')?.months ?? 0)
      return fewer.length === 0 ? { outcome: 'short', answer } : everybody(fewer)
    }
    case 'list-order': {
      const first = scopes.map((scope) => firstOf(scope, answer))
      const covered = first.flatMap((rows, i) => (rows ? [coveredIn(scopes[i] as BillScope, rows, months)] : []))
      return covered.length < scopes.length
        ? { outcome: 'not-the-first', answer }
        : { outcome: 'planned', months, covered }
    }
  }
}

/** One bill for all, or one for each village. */
export function scopesOf(rows: readonly CohortRow[], per: 'program' | 'village'): readonly BillScope[] {
  if (per === 'program') return [{ regionCode: null, rows }]
  return [...Map.groupBy(rows, ({ regionCode }) => regionCode)].map(([regionCode, own]) => ({ regionCode, rows: own }))
}

/** The first of each village, as far as its money goes; undefined where others stand between them. */
function firstOf(scope: BillScope, answer: BudgetAnswer): readonly CohortRow[] | undefined {
  const left = new Map(answer.villages.map(({ village, coveredInFull }) => [village, coveredInFull]))
  const rows = scope.rows.filter(({ regionCode }) => {
    const village = regionCode ?? ''
    const places = left.get(village) ?? 0
    left.set(village, places - 1)
    return places > 0
  })
  return rows.some((row, i) => row !== scope.rows[i]) ? undefined : rows
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
