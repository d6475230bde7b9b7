/**
 * Instants and WIB dates. Inside the hub every instant is milliseconds UTC; offsets exist only at the edge.
 *
 * Business days, cut-off and "today" are Asia/Jakarta. Indonesia has no summer time, so WIB is UTC+7 by arithmetic,
 * without a time zone database. Nothing here reads a clock: time is a parameter.
 */
declare const instantBrand: unique symbol
declare const businessDateBrand: unique symbol

/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number & { readonly [instantBrand]: true }
/** A WIB calendar date, `2026-11-20`. */
export type BusinessDate = string & { readonly [businessDateBrand]: true }

const HOUR = 3_600_000
export const DAY_MILLIS = 24 * HOUR
const WIB_OFFSET = 7 * HOUR
/** 1970 to 9999: what fits the formats that partners and files use. */
const LAST_INSTANT = Date.UTC(9999, 11, 31, 16, 59, 59, 999)

/** From milliseconds UTC. Throws a RangeError outside 1970 to 9999. */
export function instant(millis: number): Instant {
  if (!Number.isSafeInteger(millis) || millis < 0 || millis > LAST_INSTANT) {
    throw new RangeError(`expected whole milliseconds between 1970 and 9999, got ${millis}`)
  }
  return millis as Instant
}

const ISO_INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})$/

/** Reads an ISO 8601 instant with `Z` or an offset, seconds mandatory. Returns undefined for anything else, impossible dates included. */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO_INSTANT.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const millis = utcMillis(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second))
  if (millis === undefined) return undefined
  const offset = zone === 'Z' ? 0 : parseOffset(zone as string)
  if (offset === undefined) return undefined
  const at = millis + Number((fraction ?? '').padEnd(3, '0').slice(0, 3)) - offset
  return at >= 0 && at <= LAST_INSTANT ? (at as Instant) : undefined
}

/** Reads `yyyyMMddHHmmss` in WIB, as retailers write it. Undefined when it is no such moment. */
export function parseCompactWib(text: string): Instant | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (!match) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return wibMoment(year, month, day, hour, minute, second)
}

/** The moment that WIB clocks show so. Undefined when they never do, or before 1970 in UTC. */
export function wibMoment(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): Instant | undefined {
  const millis = utcMillis(year, month, day, hour, minute, second)
  if (millis === undefined || millis < WIB_OFFSET) return undefined
  return millis - WIB_OFFSET <= LAST_INSTANT ? ((millis - WIB_OFFSET) as Instant) : undefined
}

/** `2026-11-20T07:03:21.000Z`. */
export function formatUtc(at: Instant): string {
  return new Date(at).toISOString()
}

/** `2026-11-20T14:03:21+07:00`: how partners and people read it. */
export function formatWib(at: Instant): string {
  return `${wibText(at).slice(0, 19)}+07:00`
}

/** `20261120140321`, WIB. */
export function formatCompactWib(at: Instant): string {
  return wibText(at).slice(0, 19).replace(/[-:T]/g, '')
}

/** The WIB calendar date of an instant, weekends included: the business date, cut-off 24:00. */
export function businessDateOf(at: Instant): BusinessDate {
  return wibText(at).slice(0, 10) as BusinessDate
}

/** Reads `2026-11-20`. Undefined when it is no date of the calendar. */
export function parseBusinessDate(text: string): BusinessDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return undefined
  const millis = utcMillis(Number(match[1]), Number(match[2]), Number(match[3]), 0, 0, 0)
  return millis === undefined || millis < 0 ? undefined : (text as BusinessDate)
}

/** The first instant of a WIB date. */
export function startOfDay(date: BusinessDate): Instant {
  return instant(Math.max(0, Date.parse(`${date}T00:00:00Z`) - WIB_OFFSET))
}

/** The date `days` later (earlier when negative). */
export function addDays(date: BusinessDate, days: number): BusinessDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MILLIS).toISOString().slice(0, 10) as BusinessDate
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(date: BusinessDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay()
}

function wibText(at: Instant): string {
  return new Date(at + WIB_OFFSET).toISOString()
}

function parseOffset(zone: string): number | undefined {
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 14 || minutes > 59) return undefined
  return (zone[0] === '-' ? -1 : 1) * (hours * HOUR + minutes * 60_000)
}

function utcMillis(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return undefined
  const millis = Date.UTC(year, month - 1, day, hour, minute, second)
  return new Date(millis).getUTCDate() === day && year >= 1970 ? millis : undefined
}
