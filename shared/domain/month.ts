/** Contribution months, `2026-11`: text that sorts as time does. A month begins and ends in WIB. */
import { type BusinessDate, businessDateOf, type Instant, startOfDay } from './instant.ts'

declare const monthBrand: unique symbol

export type Month = string & { readonly [monthBrand]: true }

/** Reads `2026-11`, years 1970 to 9999. Undefined for anything else. */
export function parseMonth(text: string): Month | undefined {
  return /^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/.test(text) ? (text as Month) : undefined
}

/** As `parseMonth`, for months that our own data holds. Throws a RangeError. */
export function month(text: string): Month {
  const parsed = parseMonth(text)
  if (parsed === undefined) throw new RangeError(`expected a month like 2026-11, got ${JSON.stringify(text)}`)
  return parsed
}

export function monthOf(at: Instant): Month {
  return businessDateOf(at).slice(0, 7) as Month
}

export function monthOfDate(date: BusinessDate): Month {
  return date.slice(0, 7) as Month
}

/** The month `count` later (earlier when negative). */
export function addMonths(from: Month, count: number): Month {
  const index = indexOf(from) + count
  const year = Math.floor(index / 12)
  return `${String(year).padStart(4, '0')}-${String(index - year * 12 + 1).padStart(2, '0')}` as Month
}

/** Whole months from `from` to `to`; negative when `to` is earlier. */
export function monthsBetween(from: Month, to: Month): number {
  return indexOf(to) - indexOf(from)
}

export function laterMonth(a: Month, b: Month): Month {
  return a > b ? a : b
}

export function firstDayOf(month: Month): BusinessDate {
  return `${month}-01` as BusinessDate
}

/** The first instant of the month, 00:00 WIB on day 1. */
export function startOfMonth(month: Month): Instant {
  return startOfDay(firstDayOf(month))
}

/** The first instant after the month. */
export function endOfMonth(month: Month): Instant {
  return startOfMonth(addMonths(month, 1))
}

function indexOf(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}
