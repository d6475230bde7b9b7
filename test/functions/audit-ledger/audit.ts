/**
 * An auditor with its queue at hand, on the in-memory hub: endpoints pay, `fold` does what the queues would, `play` runs an audit to
 * its end, each message as often as a test wants. For the tests of this folder.
 */
import { applyBillPayment } from '../../../functions/apply-bill-payment/apply-bill-payment.ts'
import { auditLedger } from '../../../functions/audit-ledger/audit-ledger.ts'
import type { Audited, AuditPorts } from '../../../functions/audit-ledger/ports.ts'
import { reconcileMembership } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import type { Account } from '../../../shared/domain/account.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { billedMembers } from '../../../shared/ledger/billed-members.ts'
import { ledgerMacs } from '../../../shared/ledger/payment-digests.ts'
import { AUDIT, type AuditTask } from '../../../shared/messages/audit.ts'
import type { CohortMessage } from '../../../shared/messages/cohort.ts'
import type { AnchoredChain } from '../../../shared/store/audit/anchored-chain.ts'
import type { AuditEntry } from '../../../shared/store/audit/audit.ts'
import { chained, GENESIS } from '../../../shared/store/audit/chain.ts'
import type { AuditLine } from '../../../shared/store/statistics/ledger-audits.ts'
import { DIGEST_KEYS, hubWithMember } from '../../support/endpoint.ts'
import { at, date } from '../../support/facts.ts'
import { memoryLedgerAudits } from '../../support/memory-ledger-audits.ts'
import { memorySettlements } from '../../support/memory-settlements.ts'

/** As it comes out of the queue. Throws for what the handler would park. */
export function asReceived(task: AuditTask): AuditTask {
  const read = AUDIT.read(AUDIT.write(task))
  if (read.kind !== 'message') throw new TypeError(`expected a message that the handler reads: ${JSON.stringify(task)}`)
  return read.message
}

export type Audit = Awaited<ReturnType<typeof auditOn>>

/** Channels pay on 20 November 2026; the audit looks on the 21st, after the night's sweep. */
export async function auditOn() {
  const hub = await hubWithMember()
  // As the console takes each member's NIK before it registers the membership.
  for (const fact of hub.store.everything().facts)
    if (fact.kind === 'terms') await hub.store.decisions.takeSelfPaid(fact.participant, fact.account as Kpj)
  const audits = memoryLedgerAudits()
  const settlements = memorySettlements()
  const tasks: AuditTask[] = []
  const chain: AuditEntry[] = []
  const recorded = new Map<string, readonly Account[]>()
  const anchored: { chain: AnchoredChain } = {
    chain: { outcome: 'whole', entries: 0, hash: GENESIS, anchors: 0, anchored: 0 },
  }
  const ports: AuditPorts = {
    ...hub.store,
    audits,
    verifyChain: async () => anchored.chain,
    recordedOn: async function* (day) {
      yield* recorded.get(day) ?? []
    },
    chainAt: async (instant) => chain.filter((entry) => entry.at === instant),
    books: settlements,
    channels: ['bni', 'pos', 'indomaret'],
    sources: ['bni', 'pos', 'indomaret', 'finance', 'settlement', 'import', 'console'],
    factCount: async () => 0,
    // As it comes out of the queue: what no schema knows would be parked.
    sendTasks: async (sent) => void tasks.push(...sent.map((task) => asReceived(task))),
    macs: ledgerMacs(DIGEST_KEYS),
    billed: billedMembers(hub.store.bills),
    rules: RULES,
    now: () => hub.clock.now,
  }

  /** The task, and all that follows from it; what each found, together. */
  async function play(task: AuditTask, times = 1): Promise<readonly Audited[]> {
    const done: Audited[] = []
    for (let next: AuditTask | undefined = task; next; next = tasks.shift())
      for (let time = 0; time < times; time++) done.push(await auditLedger(ports, next))
    return done
  }

  async function fold(): Promise<void> {
    const chunks: CohortMessage[] = []
    const sendChunks = async (sent: readonly CohortMessage[]) => void chunks.push(...sent)
    const look = { ...hub.store, rules: RULES, sendChunks, now: () => hub.clock.now }
    const accounts = () => [...new Set(hub.store.everything().facts.map(({ account }) => account))]
    for (const account of accounts()) await reconcileMembership(look, { account })
    for (const chunk of chunks) await applyBillPayment({ ...look, sendAccounts: async () => {} }, chunk)
    for (const account of accounts()) await reconcileMembership(look, { account })
  }

  /** Two people approved something of that channel at that instant. */
  function approve(subject: string, when: Instant, detail: AuditEntry['detail'] = {}): void {
    chain.push(chained(chain.at(-1), { at: when, actor: 'approver-1', action: 'approved', subject, detail }))
  }

  /** The morning after: everything has had its quarter of an hour. */
  function nextMorning(): void {
    hub.clock.now = at('2026-11-21T03:30')
  }

  const lines = (day = '2026-11-20'): Promise<readonly AuditLine[]> => audits.ofDay(date(day))
  const differences = async (day?: string) =>
    (await lines(day)).flatMap(({ subject, samples }) =>
      samples.map(({ difference, account }) => `${subject}: ${difference} of ${account}`),
    )

  return { hub, settlements, ports, tasks, recorded, anchored, play, fold, approve, nextMorning, lines, differences }
}
