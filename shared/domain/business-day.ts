/**
 * The business day of a channel: it ends at the channel's cut-off (WIB), and what comes later belongs to the next day.
 *
 * ```
 *   cut-off 15:00      | D-1 15:00 ......... D ......... D 15:00 | D+1 begins
 *   cut-off 24:00      | D 00:00 ........... D ......... D 24:00 |
 * ```
 * Dated data: the hour in force on a date ends that date. Every day of the calendar is one, weekends included. Whether money
 * is due is settlement/rules.ts.
 */
import { type Dated, inForce } from './effective-dated.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant, instant, startOfDay } from './instant.ts'

const HOUR = 3_600_000

export const MIDNIGHT: Dated<number> = [{ from: '1970-01-01', value: 24, source: 'the WIB calendar day' }]

/** The first instant that is no longer of `date`. Days before the channel's first rule end at midnight. */
export function endOfBusinessDay(date: BusinessDate, cutOffHour: Dated<number>): Instant {
  const isRuled = (cutOffHour[0]?.from ?? date) <= date
  return instant(startOfDay(date) + (isRuled ? inForce('cut-off', cutOffHour, date) : 24) * HOUR)
}

/** Where the day before ended. */
export function startOfBusinessDay(date: BusinessDate, cutOffHour: Dated<number>): Instant {
  return endOfBusinessDay(addDays(date, -1), cutOffHour)
}

/** The business day of a payment that was decided at `at`. */
export function businessDateAt(at: Instant, cutOffHour: Dated<number>): BusinessDate {
  const date = businessDateOf(at)
  return at < endOfBusinessDay(date, cutOffHour) ? date : addDays(date, 1)
}
