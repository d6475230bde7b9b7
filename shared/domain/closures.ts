/**
 * When a membership was closed: for money by the instant of decision, for cover by the day `on`.
 *
 * ```
 *            closing decided        reopening decided
 * money   ---|======= suspense =======|---
 * cover   ------ on |==== none =======|---      (`on` may lie before or after the decision)
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
}

export type AccountClosures = { readonly list: readonly Closure[]; readonly shut: ReadonlySet<FactKey> }

/** Reads closings and reopenings from facts in the order of the fold; a second closing of a closed one changes nothing. */
export function closuresOf(ordered: readonly Fact[]): AccountClosures {
  const list: Closure[] = []
  const shut = new Set<FactKey>()
  let open: ClosingFact | null = null
  for (const fact of ordered) {
    if (fact.kind === 'closing' && !open) open = fact
    if (fact.kind === 'reopening' && open) {
      list.push(closure(open, fact.decidedAt))
      open = null
    }
    if (open && (fact.kind === 'payment' || fact.kind === 'posting' || fact.kind === 'share')) shut.add(keyOf(fact))
  }
  if (open) list.push(closure(open, null))
  return { list, shut }
}

/** Whether money was decided while the membership was closed: it goes to suspense. */
export function inSuspense(closures: AccountClosures, fact: Fact): boolean {
  return closures.shut.size > 0 && closures.shut.has(keyOf(fact))
}

/** The closure in force, or undefined while the membership is open. */
export function openClosure(closures: AccountClosures): Closure | undefined {
  const last = closures.list.at(-1)
  return last && last.reopenedAt === null ? last : undefined
}

function closure(closing: ClosingFact, reopenedAt: Instant | null): Closure {
  return { closing, reopenedAt, coverEndsAt: startOfDay(addDays(closing.on, 1)) }
}
