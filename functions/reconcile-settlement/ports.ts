/** What the reconciliation needs: passed in by handler.ts, by tests and by journeys in memory. */
import type { SettlementChannel } from '../../shared/channel-port/channel.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { SettlementDigests } from '../../shared/ledger/payment-digests.ts'
import type { DayTask, EntryMessage, FeesTask, MailTask } from '../../shared/messages/settlement.ts'
import type { Mailer } from '../../shared/notices/email.ts'
import type { RecipientsOf } from '../../shared/notices/recipients.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { AuditStore } from '../../shared/store/audit/audit.ts'
import type { BillStore } from '../../shared/store/bills/bills.ts'
import type { ContactStore } from '../../shared/store/contacts/contacts.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { FileStore } from '../../shared/store/files/files.ts'
import type { SettledLineStore } from '../../shared/store/files/settled-lines.ts'
import type { JournalStore } from '../../shared/store/journal/journal.ts'
import type { PaymentDecisionStore } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { SettlementStore } from '../../shared/store/settlements/settlements.ts'

export type SettlementPorts = {
  readonly settlements: SettlementStore
  /** The audit chain: nothing is carried out that it does not say. */
  readonly audit: Pick<AuditStore, 'last' | 'from'>
  /** The books as they are closed: compared with the bank's statements. */
  readonly journal: Pick<JournalStore, 'lastClosed'>
  readonly lines: SettledLineStore
  readonly files: Pick<FileStore, 'kept' | 'putOutgoing'>
  readonly decisions: Pick<
    PaymentDecisionStore,
    'get' | 'getMany' | 'put' | 'putPayingBill' | 'selfPaidMembership' | 'selfPaidMemberships'
  >
  readonly facts: FactStore
  readonly bills: Pick<BillStore, 'get' | 'members'>
  readonly contacts: Pick<ContactStore, 'get'>
  readonly channels: readonly SettlementChannel[]
  readonly digests: SettlementDigests
  /** Also entries that the stream should have brought: resolutions that were approved and not carried out. */
  readonly sendDays: (tasks: readonly (DayTask | EntryMessage)[]) => Promise<void>
  readonly sendFees: (tasks: readonly FeesTask[]) => Promise<void>
  readonly sendMails: (tasks: readonly MailTask[]) => Promise<void>
  readonly mailer: Mailer
  /** Who gets a channel's final statements that are mailed on a day; empty: nobody is written to. */
  readonly recipientsOf: RecipientsOf
  /** Asks for the journal up to this day. */
  readonly sendJournal: (date: BusinessDate) => Promise<void>
  readonly wait: (millis: number) => Promise<void>
  readonly rules: Rules
  readonly now: () => Instant
  readonly metrics: Pick<Metrics, 'count'>
  readonly log: Pick<Log, 'info' | 'warn'>
}
