/**
 * A channel's business day by its cut-off, and for which days a settlement file may come.
 *
 * ```
 *   cut-off 24:00   |--------- D ---------|            cut-off 15:00   D-1 15:00 |--------- D ---------| D 15:00
 *   late lines      D-7 ... D-1 are tied to their payments        a file of D: from the end of D on
 * ```
 * Producer of the cut-off: shared/channels/<channel>/profile.ts. Refuses to know layouts and stores.
 */
import { type Dated, inForce } from '../effective-dated.ts'
import { addDays, type BusinessDate, type Instant, instant, startOfDay } from '../instant.ts'
import type { FileRefusal } from './line.ts'

const HOUR = 3_600_000
const MIDNIGHT = 24

/** How many days after its payment a line may still come and be tied to it. */
export const LATE_DAYS: Dated<number> = [
  { from: '1970-01-01', value: 7, source: 'our rule: retail money comes up to seven days late' },
]
/** No channel had settled before; what a misread year makes of a date lies there. */
const FIRST_DAY = '2020-01-01'
export type BusinessDay = { readonly from: Instant; readonly until: Instant }

/** From `from` to before `until`. The hour in force on each of the two dates ends that date's day. */
export function businessDayOf(date: BusinessDate, cutOffHour: Dated<number>): BusinessDay {
  return { from: endOf(addDays(date, -1), cutOffHour), until: endOf(date, cutOffHour) }
}

/** Why no file may come for this day now; undefined: one may. */
export function dayRefusal(date: BusinessDate, cutOffHour: Dated<number>, now: Instant): FileRefusal | undefined {
  if (date < FIRST_DAY) {
    return { code: 'DAY_OUT_OF_RANGE', line: null, detail: `expected a day from ${FIRST_DAY} on, got ${date}` }
  }
  if (now >= businessDayOf(date, cutOffHour).until) return undefined
  const detail = `expected a file for a day that is over at the channel's cut-off, ${date} is not; send it again then`
  return { code: 'DAY_NOT_OVER', line: null, detail }
}

function endOf(date: BusinessDate, cutOffHour: Dated<number>): Instant {
  const hour = date < FIRST_DAY ? MIDNIGHT : inForce('cut-off hour', cutOffHour, date)
  return instant(startOfDay(date) + hour * HOUR)
}
