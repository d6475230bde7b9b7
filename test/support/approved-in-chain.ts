/** A resolution with what two people leave behind of it in the audit chain: the proposal's entry, and the approval's. */
import type { ActingPerson } from '../../shared/domain/acting-person.ts'
import { actOf, closureSubject } from '../../shared/domain/closure-act.ts'
import type { ClosingFact, ReopeningFact } from '../../shared/domain/fact.ts'
import { type Instant, instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import type { AuditEntry, AuditStore, Plain } from '../../shared/store/audit/audit.ts'
import { chained } from '../../shared/store/audit/chain.ts'
import type { Resolution } from '../../shared/store/settlements/records.ts'
import type { SettlementHub } from './settlement-hub.ts'

type Approved = {
  readonly resolution: Resolution
  readonly entries: readonly AuditEntry[]
  readonly audit: Pick<AuditStore, 'last' | 'from'>
}
type People = { readonly proposer?: ActingPerson; readonly approver?: ActingPerson }

/** `people`: as their tokens named them; without, entries hold their subjects alone. */
export function approvedInChain(draft: Omit<Resolution, 'audit'>, people: People = {}): Approved {
  const { differenceId: subject, approvedAt, approvedBy, proposedBy, action, reason, paymentId, finding } = draft
  const proposedAt = instant(approvedAt - 60_000)
  const evidence = JSON.parse(JSON.stringify(finding)) as Plain
  const content = { action, reason, paymentId, amount: draft.amount ?? null }
  const entry = (at: Instant, actor: string, step: 'proposed' | 'approved', detail: Plain, person?: ActingPerson) => ({
    ...{ at, actor, action: step, subject, detail },
    ...(person === undefined ? {} : { person }),
  })
  const proposal = chained(
    undefined,
    entry(proposedAt, proposedBy, 'proposed', { ...content, evidence }, people.proposer),
  )
  const said = { ...content, proposedBy, proposedAt, remark: 'not stated', evidence }
  const approval = chained(proposal, entry(approvedAt, approvedBy, 'approved', said, people.approver))
  const { sequence, hash } = approval
  const entries = [proposal, approval]
  return { resolution: { ...draft, audit: { sequence, hash } }, entries, audit: chainOf(entries) }
}

/** A closing or reopening, and the approval that it names by its instant, as the console leaves them. */
export async function putApproved(
  { store, settlements }: Pick<SettlementHub, 'store' | 'settlements'>,
  fact: ClosingFact | ReopeningFact,
): Promise<void> {
  const { reason, ...request } = actOf(fact)
  const subject = closureSubject(fact.account as Kpj)
  const detail = { request, reason, remark: 'not stated' }
  await settlements.resolutions.recordAct({
    at: fact.decidedAt,
    actor: 'approver-1',
    action: 'approved',
    subject,
    detail,
  })
  await store.facts.put(fact)
}

/** A chain to read. */
export function chainOf(entries: readonly AuditEntry[]): Pick<AuditStore, 'last' | 'from'> {
  return {
    last: async () => entries.at(-1),
    from: async (sequence, limit) => entries.slice(sequence - 1, sequence - 1 + limit),
  }
}
