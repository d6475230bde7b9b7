/**
 * One membership read for the console: its facts (consistent) folded at the moment of reading, beside the stored view and
 * the contact. Every use case that decides something about a membership starts here.
 * Promises that what it says follows from the facts alone; the view only shows how far the fold has come.
 */
import { type Allocation, allocate, termsIn } from '../../../shared/domain/allocation.ts'
import {
  byDecision,
  type ClosingFact,
  type Fact,
  type ReopeningFact,
  type TermsFact,
} from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { type Kpj, parseKpj } from '../../../shared/domain/kpj.ts'
import { firstPayableMonth } from '../../../shared/domain/quote.ts'
import type { ConsolePorts } from '../ports.ts'

/** What an operator decided about a membership, as opposed to money that came in. */
export type OwnerFact = TermsFact | ClosingFact | ReopeningFact

export type OpenedAccount = {
  readonly kpj: Kpj
  readonly facts: readonly Fact[]
  readonly allocation: Allocation
  /** Terms, closings and reopenings in the order of decision. */
  readonly decisions: readonly OwnerFact[]
  /** The terms decided last, from whichever month they hold. */
  readonly latestTerms: TermsFact
  /** The closing that is still in force, or null. */
  readonly closing: ClosingFact | null
}

/** Undefined when no such membership was ever registered. */
export async function openAccount(
  { facts, rules }: Pick<ConsolePorts, 'facts' | 'rules'>,
  text: string,
): Promise<OpenedAccount | undefined> {
  const kpj = parseKpj(text)
  if (kpj === undefined) return undefined
  const all = await facts.ofAccount(kpj)
  const decisions = [...all].sort(byDecision).filter(isOwnerFact)
  const latestTerms = decisions.findLast((fact) => fact.kind === 'terms')
  if (!latestTerms) return undefined
  const allocation = allocate(all, rules)
  const last = allocation.closures.list.at(-1)
  const closing = last && last.reopenedAt === null ? last.closing : null
  return { kpj, facts: all, allocation, decisions, latestTerms, closing }
}

/** The terms of the first month that can still be paid: what the next payment will be asked for. */
export function termsAhead(
  { allocation, latestTerms }: OpenedAccount,
  now: Instant,
  { rules }: Pick<ConsolePorts, 'rules'>,
) {
  return termsIn(allocation.terms, firstPayableMonth(allocation, now, rules)) ?? latestTerms
}

/**
 * The next sequence number of a kind, `0001` first. Two writers who read the same facts name the same fact: the table lets
 * one of them in, and the other reads again.
 */
export function nextSequence(account: Pick<OpenedAccount, 'decisions'> | undefined, kind: OwnerFact['kind']): string {
  const count = account?.decisions.filter((fact) => fact.kind === kind).length ?? 0
  return String(count + 1).padStart(4, '0')
}

/** Later than every decision before it, also when clocks differ by a little: their order is what they mean. */
export function nextDecisionAt(account: Pick<OpenedAccount, 'decisions'> | undefined, now: Instant): Instant {
  const last = account?.decisions.at(-1)
  return last && last.decidedAt >= now ? ((last.decidedAt + 1) as Instant) : now
}

function isOwnerFact(fact: Fact): fact is OwnerFact {
  return fact.kind === 'terms' || fact.kind === 'closing' || fact.kind === 'reopening'
}
