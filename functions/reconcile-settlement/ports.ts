/** What the reconciliation needs: passed in by handler.ts, by tests and by journeys in memory. */
import type { SettlementChannel } from '../../shared/channel-port/channel.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { ParticipantHash } from '../../shared/domain/participant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { BillStore } from '../../shared/store/bills/bills.ts'
import type { ContactStore } from '../../shared/store/contacts/contacts.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { FileStore } from '../../shared/store/files/files.ts'
import type { SettledLineStore } from '../../shared/store/files/settled-lines.ts'
import type { PaymentDecisionStore } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { SettlementStore } from '../../shared/store/settlements/settlements.ts'

/** Keyed digests of the one secret that endpoints use too: a posted decision must be what a late advice is compared with. */
export type SettlementDigests = {
  readonly ofCustomer: (customerId: string) => Uint8Array
  readonly reference: (channel: string, paymentId: string) => string
  readonly participant: (nik: string) => ParticipantHash
}

/** A task of queue `settlement` that one run asks for. */
export type DayTask = {
  readonly task: 'day'
  readonly channel: string
  readonly date: BusinessDate
  /** Asked for by the run of another day. */
  readonly cause?: 'neighbour' | undefined
  /** How many days asked one another before this one; reconcile-settlement.ts ends such a chain. */
  readonly hops?: number | undefined
}

export type SettlementPorts = {
  readonly settlements: SettlementStore
  readonly lines: SettledLineStore
  readonly files: Pick<FileStore, 'kept'>
  readonly decisions: Pick<PaymentDecisionStore, 'get' | 'put' | 'putPayingBill' | 'selfPaidMembership'>
  readonly facts: FactStore
  readonly bills: Pick<BillStore, 'get' | 'members'>
  readonly contacts: Pick<ContactStore, 'get'>
  readonly channels: readonly SettlementChannel[]
  readonly digests: SettlementDigests
  readonly sendDays: (tasks: readonly DayTask[]) => Promise<void>
  /** Asks for the journal up to this day. */
  readonly sendJournal: (date: BusinessDate) => Promise<void>
  readonly wait: (millis: number) => Promise<void>
  readonly rules: Rules
  readonly now: () => Instant
  readonly metrics: Pick<Metrics, 'count'>
  readonly log: Pick<Log, 'info' | 'warn'>
}
