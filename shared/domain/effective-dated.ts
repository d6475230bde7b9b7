/**
 * Rules as dated data: a list of values, each in force from a date (or month) on, each with the source that it rests on.
 * A `Dated` list knows only that. A `RuleHistory` also knows when each entry was recorded, so that a question about the past
 * can be answered with the rules that were known then. Knows nothing of what the values mean.
 */
import type { Instant } from './instant.ts'

export type DatedEntry<T> = { readonly from: string; readonly value: T; readonly source: string }

/** `from` is an ISO date or month (compared as text, so one list must use one of the two); the list is ascending. */
export type Dated<T> = readonly DatedEntry<T>[]

/** `recordedAt`: from when on the hub decides by this entry. Set it after the deployment that brings the entry, never before. */
export type RuleEntry<T> = DatedEntry<T> & { readonly recordedAt: Instant }

/**
 * Ascending by `recordedAt`, then by `from`. What is recorded later replaces, from its first month on, all that was recorded
 * before: a decree states everything that holds from there on, its own end included.
 *
 * ```
 * founding   2026-04: 50% ─────────── 2027-01: 0% ──────────────────────
 * recorded 15 January 2027            2027-01: 50% ──── 2027-04: 0% ────
 * ```
 */
export type RuleHistory<T> = readonly RuleEntry<T>[]

/** When the first rules were recorded: before every fact, so that no question finds a time without rules. */
export const FOUNDING = 0 as Instant

/** The first entries of a history. */
export function founding<T>(entries: Dated<T>): RuleHistory<T> {
  return entries.map((entry) => ({ ...entry, recordedAt: FOUNDING }))
}

/** The history with what was recorded at `recordedAt`. Throws a RangeError when that is not after everything before it. */
export function amended<T>(history: RuleHistory<T>, recordedAt: Instant, entries: Dated<T>): RuleHistory<T> {
  const last = lastRecordedAt(history)
  if (recordedAt <= last) throw new RangeError(`expected a change recorded after ${last}, got ${recordedAt}`)
  return [...history, ...entries.map((entry) => ({ ...entry, recordedAt }))]
}

/** What of a history was known at an instant. The list itself where that is all of it. */
export function entriesKnownAt<T>(history: RuleHistory<T>, knownAt: Instant): RuleHistory<T> {
  return lastRecordedAt(history) <= knownAt ? history : history.filter((entry) => entry.recordedAt <= knownAt)
}

/** When the latest entry of a history was recorded. */
export function lastRecordedAt(history: RuleHistory<unknown>): Instant {
  return history.at(-1)?.recordedAt ?? FOUNDING
}

/**
 * The value in force at `at`: of a history, the one recorded last among those that begin by then.
 * Throws a RangeError naming the rule when the list begins later: a gap is a defect in the data.
 */
export function inForce<T>(rule: string, list: Dated<T>, at: string): T {
  for (let i = list.length - 1; i >= 0; i--) {
    const entry = list[i]
    if (entry && entry.from <= at) return entry.value
  }
  throw new RangeError(
    `expected the rule "${rule}" to have a value at ${at}; its first begins at ${list[0]?.from ?? '(none)'}`,
  )
}
