/**
 * Months of the books: to which month an entry belongs, under which date it stands, and its number for ever.
 *
 * ```
 *   of 12 Nov, recorded 12 Nov ............ November, 12 Nov
 *   of 30 Nov, recorded  1 Dec ............ November, 30 Nov        November is still open
 *                        3 Dec: November is closed, through journal day 2 Dec
 *   of 12 Nov, recorded 10 Dec ............ December, 10 Dec, and it names 12 Nov
 * ```
 * A journal day never changes, and what it holds is what was derived at its end less what was derived before. So what a closed
 * month keeps stays, and the open month carries what is derived now less what was kept, entry by entry.
 * Promises that an entry of a closed month has the same month, date and number for ever, and that the months of an account add
 * up to its derivation without any closing. Pure; closings are kept by shared/store/settlements/periods.ts.
 */
import { addDays, type BusinessDate } from './instant.ts'
import { balancesAfter, type DatedEntry, type DayReceivable, type JournalEntry, type LedgerBalance } from './journal.ts'
import { type Rupiah, rupiah } from './money.ts'
import { addMonths, firstDayOf, type Month, monthOfDate } from './month.ts'

/** `through`: the last journal day that the month took in. Ascending, month after month, without gaps. */
export type MonthClosing = { readonly month: Month; readonly through: BusinessDate }

/** What a journal day holds, as far as months need it. */
export type RecordedDay = {
  readonly day: BusinessDate
  readonly entries: readonly DatedEntry[]
  readonly receivables: readonly DayReceivable[]
  /** What the books began with, on their very first day. */
  readonly opening: Opening | null
}
export type Opening = { readonly entries: readonly DatedEntry[]; readonly receivables: readonly DayReceivable[] }

/** An entry in its month. */
export type PeriodLine = JournalEntry & {
  /** `20261130-0007`: the journal day and its place in it; `20261111-B0007` of what the books began with. */
  readonly number: string
  readonly period: Month
  readonly date: BusinessDate
  readonly recordedOn: BusinessDate
  /** The day that it is of, where that is not `date`: later truth about a day of a month that was closed. */
  readonly refersTo: BusinessDate | null
  readonly isOpening: boolean
}

/** What a channel-day's receivable moved by, under its date. */
export type DatedReceivable = {
  readonly channel: string
  readonly day: BusinessDate
  readonly date: BusinessDate
  readonly recordedOn: BusinessDate
  readonly amount: Rupiah
}

/** What the receivable of a channel-day has come to; `day` null: from before the books named days. */
export type OpenReceivable = { readonly channel: string; readonly day: BusinessDate | null; readonly amount: Rupiah }

export function periodOf(closings: readonly MonthClosing[], recordedOn: BusinessDate, of: BusinessDate | null): Month {
  const own = monthOfDate(of ?? recordedOn)
  const last = closings.findLast(({ through }) => through < recordedOn)
  return last && own <= last.month ? addMonths(last.month, 1) : own
}

/** Its own day, or, where that month was closed before it was recorded, the day on which it was. Always in its month. */
export function dateOf(
  closings: readonly MonthClosing[],
  recordedOn: BusinessDate,
  of: BusinessDate | null,
): BusinessDate {
  const period = periodOf(closings, recordedOn, of)
  const own = of ?? recordedOn
  if (monthOfDate(own) === period) return own
  const last = lastDayOf(period)
  return recordedOn < last ? recordedOn : last
}

/** The books begin as if the month before were closed: what is older stands in their first month. */
export function beginningAt(firstDay: BusinessDate): MonthClosing {
  return { month: addMonths(monthOfDate(firstDay), -1), through: addDays(firstDay, -1) }
}

/** In order of number. */
export function linesOf(days: readonly RecordedDay[], closings: readonly MonthClosing[]): readonly PeriodLine[] {
  return days.flatMap(({ day, entries, opening }) => [
    ...(opening?.entries ?? []).map((entry, i) => lineOf(closings, day, entry, i, 'opening')),
    ...entries.map((entry, i) => lineOf(closings, day, entry, i, 'day')),
  ])
}

function lineOf(
  closings: readonly MonthClosing[],
  recordedOn: BusinessDate,
  { of, ...entry }: DatedEntry,
  place: number,
  from: 'opening' | 'day',
): PeriodLine {
  const date = dateOf(closings, recordedOn, of)
  const number = `${recordedOn.replaceAll('-', '')}-${from === 'opening' ? 'B' : ''}${String(place + 1).padStart(4, '0')}`
  const refersTo = of === null || of === date ? null : of
  const period = periodOf(closings, recordedOn, of)
  return { ...entry, number, period, date, recordedOn, refersTo, isOpening: from === 'opening' }
}

export function receivableMovesOf(
  days: readonly RecordedDay[],
  closings: readonly MonthClosing[],
): readonly DatedReceivable[] {
  return days.flatMap(({ day: recordedOn, receivables, opening }) => [
    ...(opening?.receivables ?? []).map(({ channel, day, amount }) => {
      return { channel, day, amount, recordedOn, date: dateOf(closings, recordedOn, null) }
    }),
    ...receivables.map(({ channel, day, of, amount }) => {
      return { channel, day, amount, recordedOn, date: dateOf(closings, recordedOn, of) }
    }),
  ])
}

/** Balances and open receivables on the evening of a day. */
export type BooksAt = {
  readonly balances: readonly LedgerBalance[]
  readonly receivables: readonly OpenReceivable[]
}
export const EMPTY_BOOKS: BooksAt = { balances: [], receivables: [] }

/** From the books of an earlier evening: of a closed month, or none at all. Only what stands under a later date is added. */
export function booksAt(
  before: BooksAt,
  after: BusinessDate | null,
  asOf: BusinessDate,
  lines: readonly PeriodLine[],
  moves: readonly DatedReceivable[],
): BooksAt {
  const isWanted = ({ date }: { readonly date: BusinessDate }) => (after === null || date > after) && date <= asOf
  const sums = new Map<string, OpenReceivable>()
  for (const { channel, day, amount } of [...before.receivables, ...moves.filter(isWanted)]) {
    const key = `${channel}#${day}`
    sums.set(key, { channel, day, amount: rupiah((sums.get(key)?.amount ?? 0) + amount) })
  }
  const receivables = [...sums.values()].filter(({ amount }) => amount !== 0).sort(inOrder)
  return { balances: balancesAfter(before.balances, lines.filter(isWanted)), receivables }
}

/**
 * The last journal day whose entries of day `of` stand under a date up to `asOf`; `last` is the last journal day there is. What
 * a statement of `of` said on the evening of that day is what the books of `asOf` know of it.
 */
export function knownThrough(
  closings: readonly MonthClosing[],
  of: BusinessDate,
  asOf: BusinessDate,
  last: BusinessDate,
): BusinessDate {
  const first = closings.findIndex(({ month }) => month >= monthOfDate(of))
  if (first < 0) return last
  let known = of
  for (const { month, through } of closings.slice(first)) {
    if (lastDayOf(month) > asOf && month !== monthOfDate(of)) return later(known, asOf)
    known = through
  }
  const open = addMonths((closings.at(-1) as MonthClosing).month, 1)
  // What comes after a month that is over, and not closed, stands under its last day at the latest.
  return lastDayOf(open) <= asOf ? last : earlier(later(known, asOf), last)
}

export function lastDayOf(month: Month): BusinessDate {
  return addDays(firstDayOf(addMonths(month, 1)), -1)
}

function earlier(a: BusinessDate, b: BusinessDate): BusinessDate {
  return a < b ? a : b
}

function later(a: BusinessDate, b: BusinessDate): BusinessDate {
  return a > b ? a : b
}

function inOrder(a: OpenReceivable, b: OpenReceivable): number {
  const [left, right] = [`${a.channel}#${a.day ?? ''}`, `${b.channel}#${b.day ?? ''}`]
  return left < right ? -1 : left > right ? 1 : 0
}
