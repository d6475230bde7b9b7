/**
 * The second half of the fold: what the places of an account mean at an instant. Status, what is payable, and the two
 * questions that the product exists for: "was this membership covered on that day?" and "what was known of it at that instant?".
 *
 * Pure: facts, rules and `now` come in. `knownAt` is a filter on facts (`knownBy`) and on rules (`rulesKnownAt`) before the
 * fold, never a second way of folding.
 */
import { type Allocation, allocate, latest, type PaidMonth } from './allocation.ts'
import { comingClosure, openClosure } from './closures.ts'
import { inForce } from './effective-dated.ts'
import { byDecision, type Fact, type FactKey } from './fact.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant, startOfDay } from './instant.ts'
import type { Rupiah } from './money.ts'
import { addMonths, endOfMonth, firstDayOf, type Month, monthOf, monthsBetween, startOfMonth } from './month.ts'
import { type Rules, rulesKnownAt } from './rules.ts'

export const MEMBERSHIP_STATUSES = ['unpaid', 'active', 'grace', 'lapsed', 'closed'] as const
export type MembershipStatus = (typeof MEMBERSHIP_STATUSES)[number]

/** The next change that time alone will bring: from the start of `on` (WIB) the status is `to`. */
export type Transition = { readonly on: BusinessDate; readonly to: MembershipStatus }

export type Standing = {
  readonly status: MembershipStatus
  readonly paidThrough: Month | null
  readonly credit: Rupiah
  readonly nextTransition: Transition | null
}

/** A stretch of cover within one month. `to` is the first instant without it. */
export type CoverInterval = {
  readonly month: Month
  readonly from: Instant
  readonly to: Instant
  readonly by: FactKey
}

export type CoverageAnswer = {
  readonly covered: boolean
  /** Covered for a part of the day asked only. */
  readonly partialDay: boolean
  readonly month: Month
  /** The stretch of cover that answers, or null. */
  readonly interval: CoverInterval | null
  /** The fact that holds the month, covered or not at that instant, or null where the month is not paid. */
  readonly heldBy: FactKey | null
}

/** What had been recorded by `knownAt`: the only thing that the second question changes. */
export function knownBy(facts: readonly Fact[], knownAt: Instant): readonly Fact[] {
  return facts.filter((fact) => fact.recordedAt <= knownAt)
}

/** Status, paid-through, credit and next transition at `now`, by the rules known then. */
export function standingAt(allocation: Allocation, now: Instant, rules: Rules): Standing {
  const { credit } = allocation
  const paidThrough = latest(allocation.paidMonths.values())
  if (openClosure(allocation.closures, now)) return { status: 'closed', paidThrough, credit, nextTransition: null }
  const known = rulesKnownAt(rules, now)
  const status = statusIn(allocation, paidThrough, monthOf(now), known)
  const byTime = transitionAfter(allocation, paidThrough, monthOf(now), status, known)
  const closing = comingClosure(allocation.closures, now)
  const closes = closing ? { on: businessDateOf(closing.closesAt), to: 'closed' as const } : null
  const nextTransition = closes && (byTime === null || closes.on <= byTime.on) ? closes : byTime
  return { status, paidThrough, credit, nextTransition }
}

/** The day of a decided closing, where `standing` names another transition that comes before it. */
export function closesAfter(standing: Standing, { closures }: Allocation, now: Instant): BusinessDate | undefined {
  const closing = standing.nextTransition?.to === 'closed' ? undefined : comingClosure(closures, now)
  return closing && businessDateOf(closing.closesAt)
}

/** Was this membership covered on that day, or at that instant? `rules` and `facts` as far as they were known. */
export function coverageOn(facts: readonly Fact[], on: BusinessDate | Instant, rules: Rules): CoverageAnswer {
  const from = typeof on === 'number' ? on : startOfDay(on)
  const to = typeof on === 'number' ? ((on + 1) as Instant) : startOfDay(addDays(on, 1))
  const allocation = allocate(facts, rules)
  const month = monthOf(from)
  const held = allocation.paidMonths.get(month)
  const answer = { covered: false, partialDay: false, month, interval: null, heldBy: held?.by ?? null }
  if (!held) return answer
  const overlapping = coverIn(allocation, held, completedAt(facts, held, rules)).filter(
    (interval) => interval.from < to && interval.to > from,
  )
  const interval = overlapping.at(-1)
  if (!interval) return answer
  const whole = overlapping.some((stretch) => stretch.from <= from && stretch.to >= to)
  return { ...answer, covered: true, partialDay: !whole, interval }
}

/** The stretches of cover in a month, in their order; none where it is not paid. */
export function coverOfMonth(
  facts: readonly Fact[],
  allocation: Allocation,
  month: Month,
  rules: Rules,
): readonly CoverInterval[] {
  const held = allocation.paidMonths.get(month)
  return held ? coverIn(allocation, held, completedAt(facts, held, rules)) : []
}

/**
 * When a month became full: at the decision of the fact that was paid for it. Where credit completed it, or left-over money
 * took it, it is full from the earliest decision since which, folding only what had been decided, that fact has held it without
 * a break: so a reversal or new terms that freed the money count at their own instant, and nothing is covered backwards.
 */
export function completedAt(facts: readonly Fact[], held: PaidMonth, rules: Rules): Instant {
  if (!held.usesCredit && !held.isLeftOver) return held.decidedAt
  const ordered = [...facts].sort(byDecision)
  let since = ordered.at(-1)?.decidedAt ?? held.decidedAt
  for (let i = ordered.length - 1; i >= 0; i--) {
    const decidedAt = ordered[i]?.decidedAt as Instant
    if (decidedAt < held.decidedAt) break
    if (i + 1 < ordered.length && ordered[i + 1]?.decidedAt === decidedAt) continue
    if (allocate(ordered.slice(0, i + 1), rules).paidMonths.get(held.month)?.by !== held.by) break
    since = decidedAt
  }
  return Math.max(since, held.decidedAt) as Instant
}

/** The stretches of one paid month in which there is cover: from completion, to the month's end, without closed times. */
function coverIn(allocation: Allocation, held: PaidMonth, completed: Instant): readonly CoverInterval[] {
  const start = Math.max(completed, startOfMonth(held.month)) as Instant
  let stretches = [{ month: held.month, from: start, to: endOfMonth(held.month), by: held.by }].filter(
    ({ from, to }) => from < to,
  )
  for (const closure of allocation.closures.list) {
    const reopened = closure.reopenedAt ?? (Number.POSITIVE_INFINITY as Instant)
    if (reopened <= closure.coverEndsAt) continue
    stretches = stretches.flatMap((stretch) =>
      [
        { ...stretch, to: Math.min(stretch.to, closure.coverEndsAt) as Instant },
        { ...stretch, from: Math.max(stretch.from, reopened) as Instant },
      ].filter(({ from, to }) => from < to),
    )
  }
  return stretches
}

function statusIn(allocation: Allocation, paidThrough: Month | null, month: Month, rules: Rules): MembershipStatus {
  if (paidThrough === null) return 'unpaid'
  if (allocation.paidMonths.has(month)) return 'active'
  if (paidThrough > month) return 'grace'
  return monthsBetween(paidThrough, month) <= inForce('graceMonths', rules.graceMonths, month) ? 'grace' : 'lapsed'
}

function transitionAfter(
  allocation: Allocation,
  paidThrough: Month | null,
  current: Month,
  status: MembershipStatus,
  rules: Rules,
): Transition | null {
  if (paidThrough === null || status === 'lapsed') return null
  for (let month = addMonths(current, 1); ; month = addMonths(month, 1)) {
    const next = statusIn(allocation, paidThrough, month, rules)
    if (next !== status) return { on: firstDayOf(month), to: next }
  }
}
