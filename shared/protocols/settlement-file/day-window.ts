/**
 * Whether a file is its day's: most of its lines lie in the channel's business day, and none is further away than a late line may
 * be. Lines of neighbouring days are expected, a file of a neighbouring day is not: its first line after midnight is one of many.
 *
 * ```
 *   D-8 |------- late: tied to their payments -------|======= D =======|------ D+1 ------|
 *   aside                                             at least half of all in here          aside
 * ```
 */
import { endOfBusinessDay, MIDNIGHT, startOfBusinessDay } from '../../domain/business-day.ts'
import { type Dated, inForce } from '../../domain/effective-dated.ts'
import { addDays, type BusinessDate, DAY_MILLIS, type Instant } from '../../domain/instant.ts'
import { LATE_DAYS } from '../../domain/settlement/file-day.ts'
import type { LineStatus } from '../../domain/settlement/line.ts'

/** A reversed line may carry the time of the payment it takes back, which may be old: the past says nothing of it. */
export type DayWindow = {
  /** Whether the moment is near enough to the file's day. A time that cannot be read is no reason of its own. */
  readonly takes: (at: Instant | undefined, status: LineStatus | null) => boolean
  /** What speaks against the day: there are lines with a time, and more of them lie outside than in it. */
  readonly isAnotherDay: () => string | undefined
}

export function newDayWindow(date: BusinessDate, cutOffHour: Dated<number> = MIDNIGHT): DayWindow {
  const from = startOfBusinessDay(date, cutOffHour)
  const until = endOfBusinessDay(date, cutOffHour)
  const first = startOfBusinessDay(addDays(date, -inForce('late days', LATE_DAYS, date)), cutOffHour)
  const last = until + DAY_MILLIS
  let seen = 0
  let ofTheDay = 0
  return {
    takes: (at, status) => {
      if (at === undefined || (status === 'reversed' && at < from)) return true
      seen++
      if (at >= from && at < until) ofTheDay++
      return at >= first && at < last
    },
    isAnotherDay: () => {
      if (seen === 0 || ofTheDay * 2 >= seen) return undefined
      return `expected most lines to be of ${date}, got ${ofTheDay} of ${seen}`
    },
  }
}
