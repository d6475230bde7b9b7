/** What an audit needs and what it comes to: passed in by handler.ts and by tests. It can read, and write its own lines. */
import type { Account } from '../../shared/domain/account.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { VouchPorts } from '../../shared/ledger/vouch.ts'
import type { AuditTask } from '../../shared/messages/audit.ts'
import type { AnchoredChain } from '../../shared/store/audit/anchored-chain.ts'
import type { BillStore } from '../../shared/store/bills/bills.ts'
import type { FactPages, FactStore } from '../../shared/store/facts/facts.ts'
import type { MembershipStore } from '../../shared/store/memberships/memberships.ts'
import type { DecisionPages, PaymentDecisionStore } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { SettlementStore } from '../../shared/store/settlements/settlements.ts'
import type { AuditLine, AuditTally, LedgerAuditStore } from '../../shared/store/statistics/ledger-audits.ts'

export type AccountPorts = Omit<VouchPorts, 'decisions'> & {
  readonly memberships: Pick<MembershipStore, 'get'>
  readonly decisions: Pick<PaymentDecisionStore, 'get' | 'selfPaidMembership'>
  readonly now: () => Instant
}

export type AuditPorts = Omit<AccountPorts, 'facts' | 'decisions'> & {
  readonly bills: Pick<BillStore, 'members'>
  readonly facts: Pick<FactStore, 'ofAccount' | 'get' | 'getMany'> & FactPages
  readonly decisions: Pick<PaymentDecisionStore, 'get' | 'selfPaidMembership'> & DecisionPages
  readonly recordedOn: (day: BusinessDate) => AsyncIterable<Account>
  readonly audits: LedgerAuditStore
  /** The whole audit chain against every anchor of it. */
  readonly verifyChain: (now: Instant) => Promise<AnchoredChain>
  /** What people recorded in the books. */
  readonly books: Pick<SettlementStore, 'signOffs' | 'closedMonths' | 'movementsBooked' | 'feeInvoices'>
  /** Names of the payment channels. */
  readonly channels: readonly string[]
  /** Channels, and what else puts facts with a business day. */
  readonly sources: readonly string[]
  /** Items of table `facts`, roughly: what segments are sized by. */
  readonly factCount: () => Promise<number>
  readonly sendTasks: (tasks: readonly AuditTask[]) => Promise<void>
}

/** `found`: what this part found, for metrics and log; `line`: what is known of the whole, once it is through. */
export type Audited =
  | { readonly outcome: 'fanned-out'; readonly tasks: number }
  | { readonly outcome: 'part-done' | 'done'; readonly found: AuditTally; readonly line: AuditLine | null }

/** How long a message may be on its way: functions/reconcile-membership calls it lost after this. */
export const ON_ITS_WAY_MILLIS = 15 * 60_000
