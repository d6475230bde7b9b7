/**
 * Which membership a NIK pays for, held against the facts: the item that maps it is written by the console and followed by every
 * payment by NIK, so one that was turned to another membership would divert them.
 */
import type { Allocation } from '../../shared/domain/allocation.ts'
import { allocate } from '../../shared/domain/allocation.ts'
import { openClosure } from '../../shared/domain/closures.ts'
import { byDecision, type Fact, type TermsFact } from '../../shared/domain/fact.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import type { ParticipantHash } from '../../shared/domain/participant.ts'
import type { AccountPorts } from './ports.ts'

type Ports = Pick<AccountPorts, 'facts' | 'decisions' | 'rules' | 'now'>

/** Of a member who pays for itself: the NIK names this membership, or another one that is as good. Of any other: true. */
export async function isNikOwn(
  ports: Ports,
  account: Kpj,
  facts: readonly Fact[],
  allocation: Allocation,
): Promise<boolean> {
  const terms = selfPaidTerms(ports, facts, allocation)
  if (!terms) return true
  const holder = await ports.decisions.selfPaidMembership(terms.participant)
  if (holder === undefined || holder === account) return holder === account
  return isPaidFor(ports, holder, terms.participant)
}

async function isPaidFor(ports: Ports, holder: Kpj, participant: ParticipantHash): Promise<boolean> {
  const facts = await ports.facts.ofAccount(holder)
  return selfPaidTerms(ports, facts, allocate(facts, ports.rules))?.participant === participant
}

/** The last terms of a membership that is open and pays for itself. */
function selfPaidTerms({ now }: Ports, facts: readonly Fact[], { closures }: Allocation): TermsFact | undefined {
  if (openClosure(closures, now())) return undefined
  const last = facts.toSorted(byDecision).findLast((fact) => fact.kind === 'terms')
  return last?.terms.funding === 'self' ? last : undefined
}
