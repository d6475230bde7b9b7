/**
 * What the console's use cases are given: stores, rules, a clock, queues, log and metrics. handler.ts builds it for AWS, tests
 * build it in memory. Knows no requests and no replies (http/).
 */
import type { SettlementChannel } from '../../shared/channel-port/channel.ts'
import type { GlAccounts } from '../../shared/domain/gl-accounts.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { ParticipantHash } from '../../shared/domain/participant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { BillStore } from '../../shared/store/bills/bills.ts'
import type { ContactChanges, ContactStore } from '../../shared/store/contacts/contacts.ts'
import type { SponsorContactStore } from '../../shared/store/contacts/sponsor-contacts.ts'
import type { EndpointLockStore } from '../../shared/store/endpoint-limits/locks.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { LatestFacts } from '../../shared/store/facts/latest.ts'
import type { AttachmentStore } from '../../shared/store/files/attachments.ts'
import type { FileStore } from '../../shared/store/files/files.ts'
import type { ListSegments } from '../../shared/store/files/list-segments.ts'
import type { SettledLineStore } from '../../shared/store/files/settled-lines.ts'
import type { JournalStore } from '../../shared/store/journal/journal.ts'
import type { TouchedPorts } from '../../shared/store/journal/journal-day.ts'
import type { MembershipStore } from '../../shared/store/memberships/memberships.ts'
import type { RegistrationStore } from '../../shared/store/memberships/registrations.ts'
import type { NoticeStore } from '../../shared/store/notices/notices.ts'
import type { PaymentDecisionStore } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { ReadTraceStore } from '../../shared/store/read-traces/read-traces.ts'
import type { RollingCountStore } from '../../shared/store/rolling-counts/rolling-counts.ts'
import type { PartnerKeyStore } from '../../shared/store/settlements/partner-keys.ts'
import type { ResolutionStore } from '../../shared/store/settlements/resolutions.ts'
import type { SettlementStore } from '../../shared/store/settlements/settlements.ts'
import type { AgentStore } from '../../shared/store/sponsors/agents.ts'
import type { SponsorStore } from '../../shared/store/sponsors/sponsors.ts'
import type { LedgerAuditStore } from '../../shared/store/statistics/ledger-audits.ts'
import type { StatisticsStore } from '../../shared/store/statistics/statistics.ts'
import type { FiguresPort } from './operations/figures.ts'
import type { QueueAdmin } from './operations/queue-admin.ts'
import type { SecretWrittenAt } from './partners/secret-versions.ts'

export type ConsolePorts = {
  readonly memberships: MembershipStore
  readonly facts: FactStore
  readonly latestFacts: LatestFacts
  readonly decisions: PaymentDecisionStore
  readonly contacts: ContactStore & ContactChanges
  readonly bills: BillStore
  readonly sponsors: SponsorStore
  /** What lists said of their people. */
  readonly segments: Pick<ListSegments, 'get'>
  readonly sponsorContacts: SponsorContactStore
  readonly agents: AgentStore
  readonly registrations: RegistrationStore
  /** What the journal is read from, or computed from while its day is open. */
  readonly books: Pick<TouchedPorts, 'recordedOn' | 'positions' | 'placements' | 'feeMonths' | 'sources'> & {
    readonly journal: Pick<JournalStore, 'get' | 'range' | 'lastClosed'>
  }
  readonly settlements: SettlementStore
  /** Raw files; and the channels whose settlement files are read. */
  readonly files: FileStore
  readonly settling: readonly SettlementChannel[]
  readonly attachments: AttachmentStore
  /** The lines behind a statement's figures. */
  readonly lines: Pick<SettledLineStore, 'bucket' | 'page' | 'matchedOf' | 'keptOf'>
  readonly resolutions: Pick<
    ResolutionStore,
    | 'take'
    | 'keepNote'
    | 'keepAnswer'
    | 'recordAct'
    | 'answersFor'
    | 'approval'
    | 'waitingApprovals'
    | 'takeApproval'
    | 'enterFeeInvoice'
    | 'head'
  >
  readonly statistics: Pick<StatisticsStore, 'census' | 'resultsOf' | 'targets' | 'targetsOf' | 'putTarget'>
  readonly counts: Pick<RollingCountStore, 'standing' | 'intake' | 'activations'>
  readonly audits: Pick<LedgerAuditStore, 'ofDay'>
  readonly notices: Pick<NoticeStore, 'ofMember'>
  /** Who was shown whose data. */
  readonly readTraces: ReadTraceStore
  /** Who is locked out of an endpoint, and which certificate keys are revoked. */
  readonly locks: EndpointLockStore
  readonly rules: Rules
  /** Numbers of the general ledger, for months that are open. */
  readonly glAccounts: GlAccounts
  readonly now: () => Instant
  /** The keyed hash that stands for a NIK everywhere but in contacts. */
  readonly participantOf: (nik: string) => ParticipantHash
  /** What stands for a customer in locks: a keyed digest of a KPJ or NIK. */
  readonly customerSubjectOf: (customerId: string) => string
  /** The hub reference of a payment: a keyed digest. */
  readonly referenceOf: (channel: string, paymentId: string) => string
  /** A number from 0 to 9,999,999,999,999 that nobody can foresee: the serial of a bill code. */
  readonly randomSerial: () => number
  /** Names of the payment channels, as the registry lists them. */
  readonly channels: readonly string[]
  readonly queues: readonly QueueAdmin[]
  /** How functions and partners did in the last 24 hours. */
  readonly figures: FiguresPort
  /** Dates of partners' keys; and when a channel's secret was written, of which nothing else is known here. */
  readonly partnerKeys: PartnerKeyStore
  readonly secretWrittenAt: SecretWrittenAt
  /** Puts messages on the queue of functions/sweep-memberships. */
  readonly requestSweep: (bodies: readonly string[]) => Promise<void>
  /** Puts messages on the queue of functions/audit-ledger. */
  readonly requestAudit: (bodies: readonly string[]) => Promise<void>
  readonly log: Pick<Log, 'info'>
  readonly metrics: Pick<Metrics, 'count'>
}
