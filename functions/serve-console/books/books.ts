/**
 * The books as the closed journal days hold them: entries in their months, balances and open receivables of any evening. From the
 * last closed month before the days that are asked for, so that ten years cost no more than one open month.
 */
import { createHash } from 'node:crypto'
import type { GlAccounts } from '../../../shared/domain/gl-accounts.ts'
import { addDays, type BusinessDate } from '../../../shared/domain/instant.ts'
import { type Month, monthOfDate } from '../../../shared/domain/month.ts'
import {
  type BooksAt,
  beginningAt,
  booksAt,
  type DatedReceivable,
  EMPTY_BOOKS,
  lastDayOf,
  linesOf,
  type MonthClosing,
  type PeriodLine,
  receivableMovesOf,
} from '../../../shared/domain/periods.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import type { ClosedMonth } from '../../../shared/store/settlements/closings.ts'
import type { ConsolePorts } from '../ports.ts'

export type Books = {
  readonly closings: readonly MonthClosing[]
  /** As they are kept. */
  readonly closed: readonly ClosedMonth[]
  /** The last closed journal day. */
  readonly last: BusinessDate
  /** The first month that has entries here. */
  readonly first: Month
  readonly lines: readonly PeriodLine[]
  readonly moves: readonly DatedReceivable[]
  /** Of an evening from the one before the first day that was asked for. */
  readonly at: (asOf: BusinessDate) => BooksAt
}

/** Before every journal. */
const BEGINNING = '2020-01-01' as BusinessDate
/** A bank may book a movement some days ahead of the journal day that records it. */
const AHEAD_DAYS = 14

/** From the first day that is asked about. Undefined before the first night of the journal. */
export async function loadBooks(
  { books, settlements }: Pick<ConsolePorts, 'books' | 'settlements'>,
  from: BusinessDate,
  closing: MonthClosing | null = null,
): Promise<Books | undefined> {
  const [last, closed] = await Promise.all([books.journal.lastClosed(), settlements.closedMonths()])
  if (!last) return undefined
  const base = closed.findLast(({ month }) => lastDayOf(month) < from)
  const evening = base ? lastDayOf(base.month) : null
  const days = await books.journal.range(evening ? addDays(evening, -AHEAD_DAYS) : BEGINNING, last.day)
  const beginning = base ? [] : [beginningAt(days[0]?.day ?? last.day)]
  const closings = [...beginning, ...closed, ...(closing ? [closing] : [])]
  const lines = linesOf(days, closings).filter(({ date }) => evening === null || date > evening)
  const moves = receivableMovesOf(days, closings)
  const first = base ? monthOfDate(addDays(lastDayOf(base.month), 1)) : monthOfDate(days[0]?.day ?? last.day)
  const at = (asOf: BusinessDate) => booksAt(base ?? EMPTY_BOOKS, evening, asOf, lines, moves)
  return { closings, closed, last: last.day, first, lines, moves, at }
}

/** The entries of a month, in order of number. */
export function linesOfMonth({ lines }: Books, month: Month): readonly PeriodLine[] {
  return lines.filter(({ period }) => period === month)
}

/** Of everything that an export of the month is made from. */
export function digestOfMonth(lines: readonly PeriodLine[], glAccounts: GlAccounts): string {
  return createHash('sha256')
    .update([glAccounts, ...lines].map((each) => JSON.stringify(each)).join('\n'))
    .digest('hex')
}

/** Throws where a closed month is no longer what was closed: then nothing of it may leave. */
export function demandUnchanged(closed: ClosedMonth, lines: readonly PeriodLine[]): void {
  if (lines.length === closed.lines && digestOfMonth(lines, closed.glAccounts) === closed.digest) return
  throw new Defect(
    'PERIOD_CHANGED',
    `expected the entries of ${closed.month} as they were closed, ${closed.lines} of them, got others; restore table settlements`,
  )
}
