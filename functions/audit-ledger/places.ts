/**
 * The places of an account's money: the fold is asked where it is, and what that must come to is added up here, from the facts.
 * Pure; knows nothing of decisions, resolutions and views.
 */
import type { Allocation, FactAllocation } from '../../shared/domain/allocation.ts'
import { type Fact, type FactKey, isMoney, keyOf, refundsIn } from '../../shared/domain/fact.ts'
import type { AuditSums } from '../../shared/store/statistics/ledger-audits.ts'
import { NO_MONEY } from './tally.ts'

/** Of a membership, as the fold says. */
export function placesOf({ byFact }: Allocation): ReadonlyMap<FactKey, AuditSums> {
  return new Map(byFact.map((place) => [place.fact, { ...NO_MONEY, ...sumsOf(place) }]))
}

type Place = Omit<AuditSums, 'collected'>

/** What a share did not need waits on its bill. */
function sumsOf({ allocated, credit, suspense, reversed, billReturn }: FactAllocation): Place {
  return { allocated, credit, suspense, reversed, billed: billReturn }
}

/** A bill's payment, and money that nobody has yet, lies in one place, but for what of a bill was refunded. */
export function wholePlaces(facts: readonly Fact[], where: 'billed' | 'suspense'): ReadonlyMap<FactKey, AuditSums> {
  const gone = movedIn(facts, 'reversal')
  const aside = movedIn(facts, 'suspension')
  const refunds = refundsIn(facts)
  return new Map(
    facts.filter(isMoney).map((fact) => {
      const key = keyOf(fact)
      const reversed = gone.has(key) ? fact.amount : Math.min(fact.amount, refunds.get(key) ?? 0)
      const place = aside.has(key) ? 'suspense' : where
      return [key, { ...NO_MONEY, reversed, [place]: fact.amount - reversed }]
    }),
  )
}

/** The keys of facts whose money is not in exactly one place, by an addition that the fold has no part in. */
export function wrongPlaces(facts: readonly Fact[], { byFact, paidMonths, credit }: Allocation): readonly string[] {
  const gone = movedIn(facts, 'reversal')
  const refunds = refundsIn(facts)
  const perFact = Map.groupBy(byFact, ({ fact }) => fact)
  const paidBy = Map.groupBy(paidMonths.values(), ({ by }) => by)
  const wrong = facts.filter(isMoney).filter((fact) => {
    const key = keyOf(fact)
    const [place, ...more] = perFact.get(key) ?? []
    if (!place || more.length > 0) return true
    const months = (paidBy.get(key) ?? []).reduce((sum, { total }) => sum + total, 0)
    const { allocated, credit: left, billReturn, suspense, reversed } = place
    const isWhole = allocated + left + billReturn + suspense + reversed === fact.amount
    const back = gone.has(key) ? fact.amount : (refunds.get(key) ?? 0)
    return !isWhole || allocated !== months || reversed !== back
  })
  const credits = byFact.reduce((sum, place) => sum + place.credit, 0)
  return [...wrong.map(keyOf), ...(credits === credit && credit >= 0 ? [] : ['credit'])]
}

function movedIn(facts: readonly Fact[], kind: 'reversal' | 'suspension'): ReadonlySet<FactKey> {
  return new Set(
    facts.flatMap((fact) => {
      if (fact.kind !== kind) return []
      return [fact.kind === 'reversal' ? fact.reverses : fact.moves]
    }),
  )
}
