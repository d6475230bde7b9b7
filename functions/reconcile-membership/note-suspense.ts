/**
 * Money that the fold itself keeps aside: what came for a closed membership, and what a member's share did not need. No person put it
 * there, so the fold notes it in the list of suspense (shared/store/settlements/suspense.ts), where finance finds it and lets it out.
 *
 * Promise: such money is on the list once its message was handled, however often it is handled. The list says where to look; what
 * is still there, the facts say.
 */
import { allocate } from '../../shared/domain/allocation.ts'
import { type Fact, keyOf } from '../../shared/domain/fact.ts'
import { businessDateOf } from '../../shared/domain/instant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { SuspendedMoney, SuspenseStore } from '../../shared/store/settlements/suspense.ts'

export type NotingPorts = Pick<SuspenseStore, 'noteSuspense'> & { readonly rules: Rules }

/** All facts of one membership. How much was noted. */
export async function noteSuspense(ports: NotingPorts, facts: readonly Fact[]): Promise<number> {
  // Without either kind nothing is kept aside: most accounts need no second fold.
  if (!facts.some(({ kind }) => kind === 'closing' || kind === 'share')) return 0
  const byKey = new Map(facts.map((fact) => [keyOf(fact), fact]))
  const aside = allocate(facts, ports.rules).byFact.filter(({ suspense, billReturn }) => suspense + billReturn > 0)
  const noted = aside.flatMap(({ fact: key }) => suspendedBy(byKey.get(key)))
  for (const money of noted) await ports.noteSuspense(money)
  return noted.length
}

/** A share has the day of its decision, which is its bill payment's; the list shows the payment's own business day. */
function suspendedBy(fact: Fact | undefined): readonly SuspendedMoney[] {
  if (!fact) return []
  const since = 'businessDate' in fact ? fact.businessDate : businessDateOf(fact.decidedAt)
  return [{ account: fact.account, fact: keyOf(fact), since }]
}
