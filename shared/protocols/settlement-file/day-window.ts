/**
 * How far from the file's day its lines may lie: drift over midnight is expected, another day's file is not. The drift is the one
 * that the matching allows (shared/domain/settlement/rules.ts).
 *
 * ```
 *   |------ D-1 ------[23:00|======= D =======|01:00]------ D+1 ------|
 *   '- a line out here is put aside     a file with no line in [ ] is another day's -'
 * ```
 */
import { endOfBusinessDay, MIDNIGHT, startOfBusinessDay } from '../../domain/business-day.ts'
import { type Dated, inForce } from '../../domain/effective-dated.ts'
import { addDays, type BusinessDate, type Instant } from '../../domain/instant.ts'
import type { LineStatus } from '../../domain/settlement/line.ts'
import { SETTLEMENT_RULES } from '../../domain/settlement/rules.ts'

/** A reversed line may carry the time of the payment it takes back, which may be days old: the past says nothing of it. */
export type DayWindow = {
  /** Whether the moment is within a day of the file's day. A time that cannot be read is no reason of its own. */
  readonly takes: (at: Instant | undefined, status: LineStatus | null) => boolean
  /** There are lines with a time, and not one of them lies on the day or within the drift around it. */
  readonly isAnotherDay: () => boolean
}

export function newDayWindow(date: BusinessDate, cutOffHour: Dated<number> = MIDNIGHT): DayWindow {
  const drift = inForce('day drift', SETTLEMENT_RULES.driftMinutes, date) * 60_000
  const start = startOfBusinessDay(date, cutOffHour) - drift
  const end = endOfBusinessDay(date, cutOffHour) + drift
  const first = startOfBusinessDay(addDays(date, -1), cutOffHour)
  const last = endOfBusinessDay(addDays(date, 1), cutOffHour)
  let seen = 0
  let ofTheDay = 0
  return {
    takes: (at, status) => {
      if (at === undefined || (status === 'reversed' && at < start)) return true
      seen++
      if (at >= start && at < end) ofTheDay++
      return at >= first && at < last
    },
    isAnotherDay: () => seen > 0 && ofTheDay === 0,
  }
}
