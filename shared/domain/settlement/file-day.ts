/**
 * For which days a settlement file or a bank statement may come, and how late its lines may be.
 *
 * ```
 *   cut-off 15:00   D-1 15:00 |--------- D ---------| D 15:00
 *   late lines      D-7 ... D-1 are tied to their payments        a file of D: from the end of D on
 * ```
 * The cut-off is the channel's (shared/channels/<channel>/profile.ts). Refuses to know layouts and stores.
 */
import { endOfBusinessDay } from '../business-day.ts'
import type { Dated } from '../effective-dated.ts'
import type { BusinessDate, Instant } from '../instant.ts'
import type { BankRefusal } from './file-version.ts'
import type { FileRefusal } from './line.ts'

/** How many days after its payment a line may still come and be tied to it. */
export const LATE_DAYS: Dated<number> = [
  { from: '1970-01-01', value: 7, source: 'our rule: retail money comes up to seven days late' },
]
/** No channel had settled before; what a misread year makes of a date lies there. */
const FIRST_DAY = '2020-01-01'

/** Why no file may come for this day now; undefined: one may. */
export function dayRefusal(date: BusinessDate, cutOffHour: Dated<number>, now: Instant): FileRefusal | undefined {
  if (date < FIRST_DAY) {
    return { code: 'DAY_OUT_OF_RANGE', line: null, detail: `expected a day from ${FIRST_DAY} on, got ${date}` }
  }
  if (now >= endOfBusinessDay(date, cutOffHour)) return undefined
  const detail = `expected a file for a day that is over at the channel's cut-off, ${date} is not; send it again then`
  return { code: 'DAY_NOT_OVER', line: null, detail }
}

/** The days that a page of a statement speaks of: when its balance closes, null where it does not say, and when each entry was booked. */
type StatementDays = {
  readonly closing: { readonly on: BusinessDate | null }
  readonly credits: readonly { readonly bookedOn: BusinessDate; readonly entry: number }[]
}

/** Why this statement cannot be of these days; undefined: it can. A day that is not over may be spoken of: banks send in its evening. */
export function statementDayRefusal(pages: readonly StatementDays[], today: BusinessDate): BankRefusal | undefined {
  const days = pages.flatMap(({ closing, credits }) => [
    ...credits.map(({ bookedOn, entry }) => ({ day: bookedOn, entry })),
    ...(closing.on === null ? [] : [{ day: closing.on, entry: null }]),
  ])
  const wrong = days.find(({ day }) => day < FIRST_DAY || day > today)
  if (!wrong) return undefined
  const { day, entry } = wrong
  const what = entry === null ? 'a closing balance' : 'a booking'
  const detail = `expected ${what} of a day from ${FIRST_DAY} to today, ${today}, got ${day}; ask the bank which day holds`
  return { code: 'DAY_OUT_OF_RANGE', entry, detail }
}
