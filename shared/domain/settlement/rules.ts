/**
 * What decides between a match and a question for a person, and when things are due: dated data, each value with its source.
 * Refuses to know channels; a channel's own fee is in its profile.
 */
import { endOfBusinessDay, MIDNIGHT, startOfBusinessDay } from '../business-day.ts'
import { nextWorkingDay } from '../calendar.ts'
import { inForce } from '../effective-dated.ts'
import { addDays, type BusinessDate, type Instant, instant, startOfDay } from '../instant.ts'
import type { SettlementRules } from './day.ts'

const ASSUMED = 'our assumption, to be replaced by the contracts with the channels'
const HOUR = 3_600_000

export const SETTLEMENT_RULES: SettlementRules = {
  driftMinutes: [{ from: '2020-01-01', value: 60, source: ASSUMED }],
  candidateMinutes: [{ from: '2020-01-01', value: 15, source: 'our choice: clocks may differ by 5 minutes' }],
  cutIdCharacters: [{ from: '2020-01-01', value: 8, source: 'our choice: fewer are shared by too many' }],
  feeLines: [{ from: '2020-01-01', value: 100, source: 'our choice: more than a person reads one by one' }],
  kindCases: [{ from: '2020-01-01', value: 5_000, source: 'our choice: more than people decide one by one' }],
  timeMinutes: [{ from: '2020-01-01', value: 30, source: 'our choice: more than clocks are apart' }],
  cutOffHour: MIDNIGHT,
  fileDueHour: [{ from: '2020-01-01', value: 7, source: ASSUMED }],
  creditDays: [{ from: '2020-01-01', value: 1, source: ASSUMED }],
  creditDueHour: [{ from: '2020-01-01', value: 9, source: ASSUMED }],
  openDays: [{ from: '2020-01-01', value: 20, source: 'our choice: a million sums, done in a second' }],
}

/** What a channel says of its own days; what it leaves out is as for all. */
export type ChannelTiming = Pick<SettlementRules, 'cutOffHour'> &
  Partial<Pick<SettlementRules, 'fileDueHour' | 'creditDays'>>

/** The rules with the channel's own cut-off, file hour and value days. */
export function rulesOf({ cutOffHour, fileDueHour, creditDays }: ChannelTiming): SettlementRules {
  return {
    ...SETTLEMENT_RULES,
    cutOffHour,
    ...(fileDueHour ? { fileDueHour } : {}),
    ...(creditDays ? { creditDays } : {}),
  }
}

/** When the file of a business day must be here: the next calendar day, weekends included. */
export function fileDueAt(date: BusinessDate, rules: SettlementRules): Instant {
  return instant(startOfDay(addDays(date, 1)) + inForce('file due hour', rules.fileDueHour, date) * HOUR)
}

/** The working day on which the credit of a business day is expected: so many banking days later. */
export function creditExpectedOn(date: BusinessDate, rules: SettlementRules): BusinessDate {
  let on = date
  for (let days = inForce('credit days', rules.creditDays, date); days > 0; days--) on = nextWorkingDay(on)
  return on
}

/** When the credit of a business day must be booked. */
export function creditDueAt(date: BusinessDate, rules: SettlementRules): Instant {
  return instant(
    startOfDay(creditExpectedOn(date, rules)) + inForce('credit due hour', rules.creditDueHour, date) * HOUR,
  )
}

/**
 * Until when a payment near the cut-off (midnight here) may still stand in a neighbouring day's file: the next day's file is due then.
 *
 * ```
 *   D 00:00 ──60──┐           ┌──60── D+1 00:00           D+2 07:00
 *   may be in the │           │ may be in the             the file of D+1 is due:
 *   file of D-1   │           │ file of D+1               whoever is in none is missing
 * ```
 * Undefined for a payment further from the cut-off: that one is missing at once.
 */
export function breakOf(
  date: BusinessDate,
  decidedAt: Instant,
  rules: SettlementRules,
): { readonly on: BusinessDate; readonly at: Instant } | undefined {
  const drift = inForce('day drift', rules.driftMinutes, date) * 60_000
  const { cutOffHour } = rules
  const fromCutOff = Math.min(
    decidedAt - startOfBusinessDay(date, cutOffHour),
    endOfBusinessDay(date, cutOffHour) - decidedAt,
  )
  if (fromCutOff > drift) return undefined
  return { on: addDays(date, 2), at: fileDueAt(addDays(date, 1), rules) }
}
