/**
 * Puts the fact that lets a member's credit pay the months that are owed. Asked for by the night's run only.
 *
 * The fact's own stream record sends the account to be folded again, and that fold writes the view. Promise: at most one
 * such fact per account, first month and day, however often and by however many at once it is asked for; where credit is gone
 * by then, the fold gives the month up again.
 */
import { allocate } from '../../shared/domain/allocation.ts'
import { monthsForCredit } from '../../shared/domain/credit.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'

export type CreditPorts = {
  readonly facts: Pick<FactStore, 'put'>
  readonly rules: Rules
  readonly now: () => Instant
}

/** `facts` are all of the account, read consistently. True where a fact was put. */
export async function allocateCredit(ports: CreditPorts, account: Kpj, facts: readonly Fact[]): Promise<boolean> {
  const decidedAt = afterAll(facts, ports.now())
  const months = monthsForCredit(allocate(facts, ports.rules), decidedAt, ports.rules)
  const first = months[0]?.first
  if (first === undefined) return false
  const id = [first, businessDateOf(decidedAt)]
  const stamp = { account, source: 'hub', id, decidedAt, recordedAt: decidedAt }
  return (await ports.facts.put({ kind: 'credit-allocation', ...stamp, months })) === 'put'
}

/** Later than every decision before it, also where clocks differ: the credit that it draws was there first. */
function afterAll(facts: readonly Fact[], now: Instant): Instant {
  return facts.reduce((latest, { decidedAt }) => Math.max(latest, decidedAt + 1), now as number) as Instant
}
