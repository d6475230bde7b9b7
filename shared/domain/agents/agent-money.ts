/**
 * The money of one member as an agent's commission sees it: what came, and what of it went back, in the order of time. Pure.
 * Promise: of one payment never more goes back than came.
 */
import { assertNever } from '../assert-never.ts'
import { byDecision, type Fact, type FactKey, keyOf, type MoneyFact } from '../fact.ts'
import type { Instant } from '../instant.ts'
import type { Kpj } from '../kpj.ts'
import type { AgentOutlet } from './agent.ts'

/** `goneBack`: of `came`, which it names; null for money that came. */
export type MoneyEvent = {
  readonly kpj: Kpj
  readonly at: Instant
  readonly amount: number
  readonly goneBack: MoneyEvent | null
  /** What of `goneBack` was left before this. */
  readonly leftBefore: number
  readonly isAtOwnOutlet: boolean
}

export function moneyEventsOf(
  kpj: Kpj,
  facts: readonly Fact[],
  outlets: readonly AgentOutlet[],
): readonly MoneyEvent[] {
  const came = new Map<FactKey, MoneyEvent>()
  const left = new Map<FactKey, number>()
  for (const fact of facts) {
    if (!isMoney(fact)) continue
    const base = { kpj, at: fact.decidedAt, amount: fact.amount, goneBack: null, leftBefore: 0 }
    came.set(keyOf(fact), { ...base, isAtOwnOutlet: isAtOutlet(fact, outlets) })
    left.set(keyOf(fact), fact.amount)
  }
  const events = [...came.values()]
  for (const fact of facts.toSorted(byDecision)) {
    const taking = takingOf(fact)
    const original = taking && came.get(taking.from)
    const standing = taking ? (left.get(taking.from) ?? 0) : 0
    if (!original || standing === 0) continue
    const amount = Math.min(standing, taking.amount)
    left.set(taking.from, standing - amount)
    const at = Math.max(fact.decidedAt, original.at) as Instant
    const { isAtOwnOutlet } = original
    events.push({ kpj, at, amount, goneBack: original, leftBefore: standing, isAtOwnOutlet })
  }
  return events
}

/** Which money a fact takes back, and at most how much of it. */
function takingOf(fact: Fact): { readonly from: FactKey; readonly amount: number } | undefined {
  switch (fact.kind) {
    case 'reversal':
      return { from: fact.reverses, amount: fact.amount }
    case 'suspension':
      return { from: fact.moves, amount: fact.amount }
    case 'refund':
      return { from: fact.refunds, amount: fact.amount }
    case 'payment':
    case 'posting':
    case 'share':
    case 'late-reversal':
    case 'credit-allocation':
    case 'terms':
    case 'closing':
    case 'reopening':
      return undefined
    default:
      return assertNever(fact)
  }
}

function isMoney(fact: Fact): fact is MoneyFact {
  return fact.kind === 'payment' || fact.kind === 'posting' || fact.kind === 'share'
}

function isAtOutlet(fact: MoneyFact, outlets: readonly AgentOutlet[]): boolean {
  return (
    fact.kind === 'payment' &&
    outlets.some(({ channel, outlet }) => channel === fact.source && outlet === fact.outlet && outlet !== '')
  )
}
