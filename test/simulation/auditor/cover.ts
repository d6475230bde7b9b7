/**
 * The auditor's own cover and status, on top of its own books: who is covered when, and how a membership stands.
 * Completion is found forwards, by folding day after day what had been decided; the domain looks backwards. Types only.
 */
import type { MembershipStatus } from '../../../shared/domain/coverage.ts'
import {
  type AuditedAccount,
  auditAccount,
  type Entry,
  inOrder,
  isClosed,
  lastClosed,
  latestOf,
  type PaidMonth,
} from './account-fold.ts'
import { dayAt, monthAt, monthStart, monthText } from './calendar.ts'
import type { Decree } from './figures.ts'

export type CoverPeriod = { readonly from: number; readonly to: number; readonly by: string }
export type Status = MembershipStatus

export function statusAt(books: AuditedAccount, at: number): Status {
  return isClosed(books, at) ? 'closed' : statusIn(books, monthAt(at))
}

/** By the months that are paid alone. */
function statusIn(books: AuditedAccount, month: number): Status {
  const latest = latestOf(books.paidMonths.keys())
  if (latest < 0) return 'unpaid'
  if (books.paidMonths.has(month)) return 'active'
  return month - latest <= 3 ? 'grace' : 'lapsed'
}

type Change = { readonly on: string; readonly to: Status }

/** The first later day on which time alone makes the status another: a month begins, or a closing takes effect. */
export function changeAfter(books: AuditedAccount, at: number): Change | null {
  if (isClosed(books, at)) return null
  const byMonth = changeOfMonth(books, monthAt(at))
  const coming = lastClosed(books)
  if (!coming) return byMonth
  const on = dayAt(coming.at)
  return byMonth === null || on <= byMonth.on ? { on, to: 'closed' } : byMonth
}

function changeOfMonth(books: AuditedAccount, month: number): Change | null {
  const status = statusIn(books, month)
  if (status === 'unpaid' || status === 'lapsed') return null
  let later = month + 1
  while (statusIn(books, later) === status) later++
  return { on: `${monthText(later)}-01`, to: statusIn(books, later) }
}

/** Every stretch of cover within one month. */
export function coverOf(
  entries: readonly Entry[],
  books: AuditedAccount,
  month: number,
  decree?: Decree,
): readonly CoverPeriod[] {
  const holding = books.paidMonths.get(month)
  if (!holding) return []
  const from = Math.max(
    holding.usesCredit || holding.isLeftOver ? completed(entries, holding, decree) : holding.since,
    monthStart(month),
  )
  let stretches: readonly CoverPeriod[] = [{ from, to: monthStart(month + 1), by: holding.by }]
  for (const { coverEnds, reopenedAt } of books.closures) {
    const opens = Math.max(coverEnds, reopenedAt)
    stretches = stretches.flatMap((stretch) => [
      { ...stretch, to: Math.min(stretch.to, coverEnds) },
      { ...stretch, from: Math.max(stretch.from, opens) },
    ])
  }
  return stretches.filter((stretch) => stretch.from < stretch.to)
}

/** The beginning of the unbroken time, up to now, in which what had been decided gave the month to this very fact. */
function completed(entries: readonly Entry[], holding: PaidMonth, decree: Decree | undefined): number {
  const ordered = inOrder(entries)
  const instants = [...new Set(ordered.map(({ fact }) => fact.decidedAt as number))].filter((at) => at >= holding.since)
  let since: number | undefined
  for (const at of instants) {
    const known = auditAccount(
      ordered.filter(({ fact }) => fact.decidedAt <= at),
      decree,
    )
    if (known.paidMonths.get(holding.month)?.by === holding.by) since ??= at
    else since = undefined
  }
  return since ?? holding.since
}

/** Covered at all, and covered throughout, between two instants of one month. */
export function coveredBetween(
  entries: readonly Entry[],
  from: number,
  to: number,
  decree?: Decree,
): { readonly covered: boolean; readonly whole: boolean } {
  const stretches = coverOf(entries, auditAccount(entries, decree), monthAt(from), decree)
  return {
    covered: stretches.some((stretch) => stretch.from < to && stretch.to > from),
    whole: stretches.some((stretch) => stretch.from <= from && stretch.to >= to),
  }
}
