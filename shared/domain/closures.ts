/**
 * When a membership was closed. Cover ends with the day `on`. Payments end when that day begins, and never before the closing
 * was decided: so a closing for a future day stops nothing before that day.
 *
 * ```
 *                  decided 10 Nov          `on`, 30 Nov               reopened
 * future closing   |  open: pays, covered  | no payments |== closed ==|
 *                  `on`, 5 Nov             decided 10 Nov             reopened
 * past closing     |  no cover, money stays|========= closed =========|
 * ```
 */
import { type ClosingFact, type Fact, type FactKey, keyOf } from './fact.ts'
import { addDays, type Instant, startOfDay } from './instant.ts'

export type Closure = {
  readonly closing: ClosingFact
  /** null while it is closed. */
  readonly reopenedAt: Instant | null
  /** Cover is off from here (the end of the day `on`) to `reopenedAt`. */
  readonly coverEndsAt: Instant
  /** Money decided from here on goes to suspense: the beginning of the day `on`, or the decision where that came later. */
  readonly closesAt: Instant
}

/** `late`: payments that were decided while the membership was closed. */
export type AccountClosures = { readonly list: readonly Closure[]; readonly late: ReadonlySet<FactKey> }

/** Reads closings and reopenings from facts in the order of the fold; a second closing of a closed one changes nothing. */
export function closuresOf(ordered: readonly Fact[]): AccountClosures {
  const list: Closure[] = []
  const late = new Set<FactKey>()
  let open: Closure | null = null
  for (const fact of ordered) {
    if (fact.kind === 'closing' && !open) open = closureOf(fact)
    if (fact.kind === 'reopening' && open) {
      list.push({ ...open, reopenedAt: fact.decidedAt })
      open = null
    }
    if (open && fact.decidedAt >= open.closesAt && isPaying(fact)) late.add(keyOf(fact))
  }
  if (open) list.push(open)
  return { list, late }
}

/** Whether money was decided while the membership was closed: it goes to suspense. */
export function inSuspense(closures: AccountClosures, fact: Fact): boolean {
  return closures.late.size > 0 && closures.late.has(keyOf(fact))
}

/** The closure that keeps the membership closed at an instant; undefined while it is open. */
export function openClosure(closures: AccountClosures, at: Instant): Closure | undefined {
  const last = closures.list.at(-1)
  return last && last.reopenedAt === null && !isComing(last, at) ? last : undefined
}

/** The closure that is decided for a day that has not begun at an instant. */
export function comingClosure(closures: AccountClosures, at: Instant): Closure | undefined {
  const last = closures.list.at(-1)
  return last && last.reopenedAt === null && isComing(last, at) ? last : undefined
}

/** A closing that began with its decision is in effect for everybody who has read it, also where clocks differ. */
function isComing({ closing, closesAt }: Closure, at: Instant): boolean {
  return closesAt > closing.decidedAt && closesAt > at
}

function isPaying({ kind }: Fact): boolean {
  return kind === 'payment' || kind === 'posting' || kind === 'share' || kind === 'credit-allocation'
}

function closureOf(closing: ClosingFact): Closure {
  const closesAt = Math.max(startOfDay(closing.on), closing.decidedAt) as Instant
  return { closing, reopenedAt: null, coverEndsAt: startOfDay(addDays(closing.on, 1)), closesAt }
}
