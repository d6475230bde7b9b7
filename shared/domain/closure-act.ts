/**
 * What two people decide when a membership ends or is opened again: said here once, for functions/serve-console, which asks for it
 * and carries it out, and functions/audit-ledger, which looks for the approval of every closing and reopening. Pure.
 *
 * Promise: the fact is decided at the very instant of its approval and says the same, so that one names the other.
 */
import type { ClosingFact, ReopeningFact } from './fact.ts'
import type { BusinessDate } from './instant.ts'
import type { Kpj } from './kpj.ts'

/** `on`: the last day of cover. A reopening counts from its approval. */
export type ClosureAct =
  | { readonly action: 'close'; readonly on: BusinessDate }
  | { readonly action: 'reopen'; readonly on: null }

/** One for both: at most one of the two waits at a time. */
export function closureSubject(kpj: Kpj): string {
  return `closure#${kpj}`
}

/** What must have been asked for, with which reason, for this fact to be there. */
export function actOf(fact: ClosingFact | ReopeningFact): ClosureAct & { readonly reason: string } {
  if (fact.kind === 'closing') return { action: 'close', on: fact.on, reason: fact.reason }
  return { action: 'reopen', on: null, reason: fact.reason }
}
