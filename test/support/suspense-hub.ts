/**
 * A settlement hub with money in suspense, people who let it out, and the auditors of the ledger and of the books. For tests about
 * how money leaves suspense, whoever put it there.
 */
import { applyBillPayment } from '../../functions/apply-bill-payment/apply-bill-payment.ts'
import { auditLedger } from '../../functions/audit-ledger/audit-ledger.ts'
import type { AuditPorts } from '../../functions/audit-ledger/ports.ts'
import { noteSuspense } from '../../functions/reconcile-membership/note-suspense.ts'
import { reconcileMembership } from '../../functions/reconcile-membership/reconcile-membership.ts'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import { keyOf, type MoneyFact } from '../../shared/domain/fact.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { positionsOf } from '../../shared/domain/journal-positions.ts'
import { type Kpj, kpjOf } from '../../shared/domain/kpj.ts'
import { billedMembers } from '../../shared/ledger/billed-members.ts'
import { ledgerMacs } from '../../shared/ledger/payment-digests.ts'
import type { AuditTask } from '../../shared/messages/audit.ts'
import { GENESIS } from '../../shared/store/audit/chain.ts'
import { readAuditEntry } from '../../shared/store/audit/item.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { accountsRecordedOn } from '../../shared/store/settlements/settlements.ts'
import { auditBooks } from './audit-books.ts'
import { DIGEST_KEYS } from './endpoint.ts'
import { date, terms } from './facts.ts'
import { memoryLedgerAudits } from './memory-ledger-audits.ts'
import { type Answer, type SettlementHub, settlementHub } from './settlement-hub.ts'

export const CHANNEL = 'indomaret'
export const DAY = '2026-11-20'
export const OTHER = kpjOf('22222222222')
export const NOBODY = '10987654321'

export type SuspenseHub = SettlementHub & {
  /** Folds every account as the queues would, until nothing is new. */
  readonly fold: () => Promise<void>
  /** What the list shows. */
  readonly listed: () => Promise<readonly SuspenseItem[]>
  /** Proposed by one, approved by another; carried out by `drain`. */
  readonly approve: (id: string, action: string, kpj?: string) => Promise<Answer>
  /** Approved and carried out. */
  readonly letOut: (id: string, action: string, kpj?: string) => Promise<Answer>
  /** What the two auditors find wrong, in the ledger and in the books. */
  readonly problems: () => Promise<readonly string[]>
  /** Rupiah by place, over all accounts, and what was collected. */
  readonly money: () => { readonly collected: number; readonly places: Readonly<Record<string, number>> }
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
type SuspenseItem = any

export async function suspenseHub(): Promise<SuspenseHub> {
  const hub = await settlementHub()
  await hub.store.facts.put({ ...terms('2026-02'), account: OTHER })

  const fold = () => foldAccounts(hub)

  async function approve(id: string, action: string, kpj?: string): Promise<Answer> {
    const body = { action, reason: 'the payer was found', ...(kpj === undefined ? {} : { kpj }) }
    const proposed = await hub.call('operator', 'POST', `/api/suspense/${id}/proposal`, body)
    if (proposed.status !== 200) return proposed
    return hub.call('approver', 'POST', `/api/suspense/${id}/approval`, { decision: 'approve' })
  }

  async function letOut(id: string, action: string, kpj?: string): Promise<Answer> {
    const approved = await approve(id, action, kpj)
    await hub.drain()
    await fold()
    return approved
  }

  return {
    ...hub,
    fold,
    approve,
    letOut,
    listed: async () => (await hub.call('viewer', 'GET', '/api/suspense?limit=100')).body.items,
    problems: async () => [...(await ledgerProblems(hub)), ...(await auditBooks(hub)).problems],
    money: () => moneyOf(hub),
  }
}

/** Folds every account as the queues would, so that its money in suspense is listed. */
export async function foldAccounts(hub: SettlementHub): Promise<void> {
  const look = { ...hub.store, rules: hub.rules, now: () => hub.clock.now }
  const accounts = () => [...new Set(hub.store.everything().facts.map(({ account }) => account))]
  for (const billCode of accounts().filter(isBillCode))
    await applyBillPayment({ ...look, sendAccounts: async () => {} }, { billCode, chunk: 1, cause: undefined })
  for (const account of accounts()) {
    const done = await reconcileMembership({ ...look, sendChunks: async () => {} }, { account })
    const facts = 'facts' in done ? done.facts : []
    await noteSuspense({ noteSuspense: hub.settlements.noteSuspense, rules: hub.rules }, facts)
  }
}

/** An audit of everything, an hour later: nothing may be on its way any more. */
async function ledgerProblems(hub: SettlementHub): Promise<readonly string[]> {
  const run = (hub.clock.now + 3_600_000) as Instant
  // As the console takes each member's NIK before it registers the membership.
  const facts = hub.store.everything().facts
  const closed = new Set<string>(facts.flatMap(({ kind, account }) => (kind === 'closing' ? [account] : [])))
  for (const fact of facts)
    if (fact.kind === 'terms' && !closed.has(fact.account))
      await hub.store.decisions.takeSelfPaid(fact.participant, fact.account as Kpj)
  const chain = hub.settlements.chain.map(readAuditEntry)
  const audits = memoryLedgerAudits()
  const sources = [CHANNEL, 'bni', ...OTHER_SOURCES]
  const tasks: AuditTask[] = [
    { task: 'accounts', segment: 0, segments: 1, run },
    { task: 'decisions', segment: 0, segments: 1, run },
    { task: 'books' },
    ...sources.map((source) => ({ task: 'day', source, day: date(DAY), run }) as const),
  ]
  const ports: AuditPorts = {
    ...hub.store,
    audits,
    recordedOn: accountsRecordedOn(hub.settlements),
    chainAt: async (instant) => chain.filter(({ at }) => at === instant),
    verifyChain: async () => ({ outcome: 'whole', entries: 0, hash: GENESIS, anchors: 0, anchored: 0 }),
    sources,
    books: hub.settlements,
    channels: [CHANNEL, 'bni'],
    factCount: async () => 0,
    sendTasks: async (sent) => void tasks.push(...sent),
    macs: ledgerMacs(DIGEST_KEYS),
    billed: billedMembers(hub.store.bills),
    rules: hub.rules,
    now: () => run,
  }
  const found: string[] = []
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    const done = await auditLedger(ports, task)
    if (!('found' in done)) continue
    found.push(...done.found.samples.map((one) => `${one.difference} of ${one.account} ${one.fact}`))
  }
  return found
}

/** Shares are a part of their bill's money: what a bill's clearing shows is what no member has. */
function moneyOf(hub: SettlementHub) {
  const places: Record<string, number> = {}
  const add = (place: string, amount: number) => {
    places[place] = (places[place] ?? 0) + amount
  }
  let collected = 0
  for (const [account, facts] of Map.groupBy(hub.store.everything().facts, (fact) => fact.account)) {
    const released = facts.filter((fact): fact is MoneyFact => fact.kind === 'posting' && fact.id.length > 2)
    const isAgain = new Set(released.map(keyOf))
    const moved = new Set(
      facts.flatMap((fact) => (fact.kind === 'reversal' && fact.source === 'settlement' ? [fact.reverses] : [])),
    )
    for (const [key, position] of positionsOf(account, facts, hub.rules)) {
      const isShare = position.source === 'bill-clearing'
      if (isShare) add('bill-clearing', -position.amount + position.reversed)
      else if (!isAgain.has(key)) collected += position.amount
      for (const [place, amount] of position.places) add(place.split('/')[0] ?? '', amount)
      // Of a share it is back in its bill's clearing; of what was released, on another account.
      if (!isShare && !moved.has(key)) add('reversed', position.reversed)
    }
  }
  return { collected, places }
}
