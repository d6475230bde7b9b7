/**
 * Held against what two people may decide without an administrator (shared/domain/approval-limits.ts): asked right before an
 * approval is written, and counted with it (shared/store/settlements/decided-sums.ts), for whoever proposed and whoever approved.
 */
import type { ActingPerson } from '../../../shared/domain/acting-person.ts'
import { type DecidedAmount, type Exceeded, exceededBy, sumsWith } from '../../../shared/domain/approval-limits.ts'
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import type { ApprovalEffect } from '../../../shared/store/settlements/approval-effect.ts'
import type { DecidedOnDay } from '../../../shared/store/settlements/decided-sums.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'

export type DecidedReads = Pick<SettlementStore, 'decidedByAll' | 'decidedByPeople'>

/** `within`: write these with the approval. `above`: it waits for an administrator. */
export type HeldToLimits =
  | { readonly outcome: 'within'; readonly sums: readonly DecidedOnDay[] }
  | { readonly outcome: 'above'; readonly above: Exceeded }

export async function heldToLimits(
  settlements: DecidedReads,
  people: readonly ActingPerson[],
  decided: readonly DecidedAmount[],
  now: Instant,
): Promise<HeldToLimits> {
  if (decided.length === 0) return { outcome: 'within', sums: [] }
  const date = businessDateOf(now)
  const [ofPeople, ofAll] = await Promise.all([
    settlements.decidedByPeople(date, people),
    settlements.decidedByAll(date),
  ])
  const above = exceededBy(decided, { people: ofPeople.map(({ sums }) => sums), all: ofAll.sums }, date)
  if (above) return { outcome: 'above', above }
  return { outcome: 'within', sums: [...ofPeople, ofAll].map((day) => raised(day, decided)) }
}

/** Of before people were kept with what they did, an account alone is known. */
export function personOf(by: string, person: ActingPerson | undefined): ActingPerson {
  return person ?? { issuer: null, subject: by, name: null }
}

export function effectsOfSums(sums: readonly DecidedOnDay[]): readonly ApprovalEffect[] {
  return sums.map((day) => ({ kind: 'counted', day }))
}

function raised(day: DecidedOnDay, decided: readonly DecidedAmount[]): DecidedOnDay {
  return { ...day, version: day.version + 1, sums: sumsWith(day.sums, decided) }
}
