/**
 * Which months can be paid, in which order: one rule for quotes, left-over money, credit and notices.
 * `rules` are those known at `at`: whoever calls has asked `rulesKnownAt`.
 */
import { inForce } from './effective-dated.ts'
import { type Instant, instant } from './instant.ts'
import { addMonths, type Month, monthOf, monthsBetween, startOfMonth } from './month.ts'
import type { Rules } from './rules.ts'

export type PaidMonths = {
  /** Paid in full, as far as the caller may know. Decides the status. */
  readonly isPaid: (month: Month) => boolean
  /** Skipped in the sequence: paid by any fact. */
  readonly isTaken: (month: Month) => boolean
  /** The latest paid month, or null. */
  readonly paidThrough: Month | null
}

/**
 * The first payable month: unpaid and lapsed: the current one; grace: the oldest unpaid one after `paidThrough`; active: after the current.
 * Where `paidThrough` lies after an unpaid current month, the current month comes first and holes before it are not owed.
 */
export function firstPayable(paid: PaidMonths, at: Instant, rules: Rules): Month {
  const current = monthOf(at)
  if (paid.paidThrough === null || paid.isPaid(current) || paid.paidThrough > current) return current
  const unpaid = monthsBetween(paid.paidThrough, current)
  return unpaid <= inForce('graceMonths', rules.graceMonths, current) ? addMonths(paid.paidThrough, 1) : current
}

/** The payable months without end, oldest first, taken ones skipped. */
export function* payableMonths(paid: PaidMonths, at: Instant, rules: Rules): Generator<Month, never> {
  for (let month = firstPayable(paid, at, rules); ; month = addMonths(month, 1)) {
    if (!paid.isTaken(month)) yield month
  }
}

/**
 * The last instant at which a month can be paid: it may be arrears until whoever paid the month before it lapses, and never less than
 * its own end, because the current month is always payable.
 */
export function payableUntil(month: Month, rules: Pick<Rules, 'graceMonths'>): Instant {
  const before = addMonths(month, -1)
  let next = addMonths(month, 1)
  while (monthsBetween(before, next) <= inForce('graceMonths', rules.graceMonths, next)) next = addMonths(next, 1)
  return instant(startOfMonth(next) - 1)
}
