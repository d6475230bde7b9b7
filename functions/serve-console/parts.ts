/**
 * What the console's use cases are given: stores, rules, a clock and the ways out. handler.ts builds it for AWS, tests
 * build it in memory. And `Call`: a request after routing, when role and size have been checked.
 */
import type { Instant } from '../../shared/domain/instant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { TouchedPorts } from '../../shared/settlement/journal-day.ts'
import type { SettlingChannel } from '../../shared/settlement/take-in.ts'
import type { BillStore } from '../../shared/store/bills.ts'
import type { ClaimStore } from '../../shared/store/claims.ts'
import type { ContactStore } from '../../shared/store/contacts.ts'
import type { DecisionStore } from '../../shared/store/decisions.ts'
import type { FactStore } from '../../shared/store/facts.ts'
import type { FileStore } from '../../shared/store/files.ts'
import type { JournalStore } from '../../shared/store/journal.ts'
import type { MembershipStore } from '../../shared/store/memberships.ts'
import type { NoticeStore } from '../../shared/store/notices.ts'
import type { RegistrationStore } from '../../shared/store/registrations.ts'
import type { SettledLineStore } from '../../shared/store/settled-lines.ts'
import type { SettlementStore } from '../../shared/store/settlements.ts'
import type { StatisticsStore } from '../../shared/store/statistics.ts'
import type { QueueDesk } from './queue-desk.ts'
import type { Reply } from './reply.ts'

export type ConsoleParts = {
  readonly memberships: MembershipStore
  readonly facts: FactStore
  readonly claims: ClaimStore
  readonly contacts: ContactStore
  readonly bills: BillStore
  readonly registrations: RegistrationStore
  /** What the journal is read from, or computed from while its day is open. */
  readonly books: Pick<TouchedPorts, 'recordedOn' | 'positions' | 'sources'> & {
    readonly journal: Pick<JournalStore, 'get'>
  }
  readonly settlements: SettlementStore
  /** Raw files; and the channels whose settlement files are read. */
  readonly files: FileStore
  readonly settling: readonly SettlingChannel[]
  /** The lines behind a statement's figures. */
  readonly lines: Pick<SettledLineStore, 'bucket' | 'page' | 'matchedOf'>
  readonly decisions: Pick<DecisionStore, 'take' | 'keepAnswer' | 'answersFor'>
  readonly statistics: Pick<StatisticsStore, 'census' | 'targets' | 'putTarget'>
  readonly notices: Pick<NoticeStore, 'ofMember'>
  readonly rules: Rules
  readonly now: () => Instant
  /** The keyed hash that stands for a NIK everywhere but in contacts. */
  readonly participantOf: (nik: string) => string
  /** A number from 0 to 9,999,999,999,999 that nobody can foresee: the serial of a bill code. */
  readonly randomSerial: () => number
  /** Names of the payment channels, as the registry lists them. */
  readonly channels: readonly string[]
  readonly queues: readonly QueueDesk[]
  /** Puts messages on the queue of functions/sweep-memberships. */
  readonly requestSweep: (bodies: readonly string[]) => Promise<void>
  readonly log: Pick<Log, 'info'>
  readonly metrics: Pick<Metrics, 'count'>
}

export type Call = {
  readonly path: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly contentType: string
  readonly body: Uint8Array
  /** The token's opaque subject, for the log: who decided. */
  readonly actor: string | null
  /** Whether the caller's role may see names, NIKs and phone numbers in full. */
  readonly unmasked: boolean
  /** One instant for the whole call. */
  readonly now: Instant
}

export type UseCase = (parts: ConsoleParts, call: Call) => Promise<Reply>
