/**
 * When a sponsor is told that a program ends: before its people lose their cover, so that there is time for the next budget or for
 * the members to go on alone. Stages as dated data; the members themselves are told by stage `sponsor-stopping` (../notice.ts).
 *
 * ```
 * last month December    2 Nov ── 60 days ahead      18 Dec ── 14 days ahead     1 Jan ── ended
 * ```
 * Promise: a stage is named on every day of its window, so that one missed night loses none; who sends it makes sure of once.
 */
import { type Dated, inForce } from '../effective-dated.ts'
import { addDays, type BusinessDate } from '../instant.ts'
import { addMonths, firstDayOf } from '../month.ts'
import { lastMonthOf, type Program } from './program.ts'
import type { ProgramState } from './program-life.ts'

export const PROGRAM_NOTICE_STAGES = ['two-months-ahead', 'two-weeks-ahead', 'ended'] as const
export type ProgramNoticeStage = (typeof PROGRAM_NOTICE_STAGES)[number]

/** Days counted from the first day without cover, both included. */
type StageDays = { readonly fromDay: number; readonly toDay: number }
export type ProgramNoticeRules = Readonly<Record<ProgramNoticeStage, Dated<StageDays>>>

const OWN_CHOICE = 'our choice: no rule on notices to sponsors is public'
export const PROGRAM_NOTICE_RULES: ProgramNoticeRules = {
  'two-months-ahead': [{ from: '1970-01-01', value: { fromDay: -60, toDay: -46 }, source: OWN_CHOICE }],
  'two-weeks-ahead': [{ from: '1970-01-01', value: { fromDay: -14, toDay: -1 }, source: OWN_CHOICE }],
  ended: [{ from: '1970-01-01', value: { fromDay: 0, toDay: 7 }, source: OWN_CHOICE }],
}

/** Whose people have cover that can end: one that was never paid ends nothing. */
const WITH_COVER: ReadonlySet<ProgramState> = new Set(['paid', 'running', 'ending', 'ended'])

/** The stage whose window holds `today`, or null. */
export function programNoticeDue(
  program: Pick<Program, 'state' | 'firstMonth' | 'monthCount'>,
  today: BusinessDate,
  rules: ProgramNoticeRules,
): ProgramNoticeStage | null {
  if (!WITH_COVER.has(program.state)) return null
  const without = firstDayOf(addMonths(lastMonthOf(program), 1))
  const isDue = (stage: ProgramNoticeStage) => {
    const { fromDay, toDay } = inForce(`program notice ${stage}`, rules[stage], today)
    return addDays(without, fromDay) <= today && today <= addDays(without, toDay)
  }
  return PROGRAM_NOTICE_STAGES.find(isDue) ?? null
}
