/**
 * A program: what a sponsor undertakes to pay, for which months, out of which budget. Its people come by lists (cohort.ts).
 * Pure: a step makes the next version and its line of the history; shared/store/sponsors writes both or neither.
 *
 * Promise: the price of a month follows from the program's funding and the dated rules, never from a figure that is kept here.
 */
import type { Instant } from '../instant.ts'
import type { Rupiah } from '../money.ts'
import { addMonths, type Month } from '../month.ts'
import type { Programs, Sector, Terms } from '../tariff.ts'
import { type ProgramEvent, type ProgramState, type ProgramStep, stateAfter } from './program-life.ts'
import type { ProgramId, SponsorFunding } from './sponsor.ts'

/** `village`: so much for each village of its lists; `total`: so much for all. */
export type Budget = { readonly per: 'village' | 'total'; readonly amount: Rupiah }

/**
 * What is done where the budget is short. `stop`: nothing is billed until somebody has decided; `list-order`: people in the
 * order of the list for as long as the money goes; `fewer-months`: everybody for as many months as the money pays.
 */
export const PRIORITY_RULES = ['stop', 'list-order', 'fewer-months'] as const
export type PriorityRule = (typeof PRIORITY_RULES)[number]

/** What can be changed while the program is a draft. */
export type ProgramPlan = {
  readonly name: string
  readonly funding: SponsorFunding
  readonly budget: Budget
  readonly firstMonth: Month
  /** 1 to 12. */
  readonly monthCount: number
  /** Of people whose row says nothing else. */
  readonly sector: Sector
  readonly programs: Programs
  /** Basis of the contribution where a row says nothing else, whole rupiah per month. */
  readonly income: Rupiah
  readonly priority: PriorityRule
}

export type Program = ProgramPlan & {
  readonly id: ProgramId
  readonly state: ProgramState
  /** 1 at first; each step raises it by one and demands the one it read. */
  readonly version: number
  readonly createdAt: Instant
}

export type ProgramChange = { readonly program: Program; readonly event: ProgramEvent }
export type StepActor = { readonly by: string; readonly at: Instant; readonly note: string }

export function draftProgram(id: ProgramId, plan: ProgramPlan, { by, at, note }: StepActor): ProgramChange {
  const program: Program = { ...plan, id, state: 'draft', version: 1, createdAt: at }
  return { program, event: { number: 1, step: 'draft', from: null, to: 'draft', by, at, note } }
}

/** undefined: the step cannot be made in the state that the program is in. */
export function takeStep(
  program: Program,
  step: ProgramStep,
  { by, at, note }: StepActor,
  plan: ProgramPlan = program,
): ProgramChange | undefined {
  const to = stateAfter(program.state, step)
  if (to === undefined) return undefined
  const version = program.version + 1
  const { id, createdAt } = program
  const next: Program = { ...planOf(plan), id, state: to, version, createdAt }
  return { program: next, event: { number: version, step, from: program.state, to, by, at, note } }
}

export function monthsOf({ firstMonth, monthCount }: Pick<Program, 'firstMonth' | 'monthCount'>): readonly Month[] {
  return Array.from({ length: monthCount }, (_, i) => addMonths(firstMonth, i))
}

export function lastMonthOf({ firstMonth, monthCount }: Pick<Program, 'firstMonth' | 'monthCount'>): Month {
  return addMonths(firstMonth, monthCount - 1)
}

/** What somebody on its lists pays by, where the row says nothing else. */
export function termsOf({ sector, funding, programs, income }: ProgramPlan): Terms {
  return { sector, funding, programs, income }
}

/** The plan alone, of whatever holds one. */
export function planOf(plan: ProgramPlan): ProgramPlan {
  const { name, funding, budget, firstMonth, monthCount, sector, programs, income, priority } = plan
  return { name, funding, budget, firstMonth, monthCount, sector, programs, income, priority }
}
