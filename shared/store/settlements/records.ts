/**
 * What lies in table `settlements`, as values: statements, differences with their life, resolutions, lines kept for other days.
 * Keys and layout: item.ts. Port: settlements.ts. Files and credits are the domain's own types.
 *
 * Promise: nothing in here holds a name, a NIK or a phone number; a line's customer id is never kept.
 */

import type { Account } from '../../domain/account.ts'
import type { ActingPerson } from '../../domain/acting-person.ts'
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { Month } from '../../domain/month.ts'
import type { AnswerCounts } from '../../domain/settlement/answer-file.ts'
import type {
  BridgeLabel,
  BridgeRow,
  DifferenceClass,
  Difference as Found,
  NoteKind,
  Verdict,
} from '../../domain/settlement/day.ts'
import type { LineStatus } from '../../domain/settlement/line.ts'
import type { ChannelCharge, OpenItem } from '../../domain/settlement/open-items.ts'
import type { Action, DifferenceState, PartAction } from '../../domain/settlement/resolution.ts'
import type { Referral } from '../../domain/two-people.ts'

/** A figure that differs from the version before it; null: the row was not there. */
export type FigureChange = {
  readonly label: BridgeLabel
  readonly before: Rupiah | null
  readonly after: Rupiah | null
}

/** Where the lines behind the figures lie in the bucket: settled-lines.ts. */
export type LinesPlace = {
  /** Digest of all of them: the same lines lie in the same place. */
  readonly place: string
  readonly buckets: number
  /** Pages of each label. */
  readonly pages: Readonly<Record<string, number>>
}

export type Statement = {
  readonly channel: string
  readonly date: BusinessDate
  /** 1 at first; a version is written only when its content differs from the one before. */
  readonly version: number
  readonly recordedAt: Instant
  /** Of everything below: what tells a new version from a repeat. */
  readonly digest: string
  readonly verdict: Verdict
  readonly file: { readonly version: number; readonly name: string; readonly sha256: string } | null
  readonly bridge: readonly BridgeRow[]
  readonly unexplainedRupiah: Rupiah
  readonly hubRupiah: Rupiah
  readonly fileRupiah: Rupiah | null
  readonly channelFeesRupiah: Rupiah
  readonly bankRupiah: Rupiah
  /** By resolutions, signed: positive is our loss, or the channel's debt. */
  readonly writtenOffRupiah: Rupiah
  readonly chargedRupiah: Rupiah
  /** The parts of the two that were taken from the expensed fee. */
  readonly feesMoved: { readonly writtenOffRupiah: Rupiah; readonly chargedRupiah: Rupiah }
  /** What the channel still owes for the day, item by item; the sum is the receivable of the books. */
  readonly openItems: readonly OpenItem[]
  /** What resolutions of the day charged to the channel; the sum is `chargedRupiah`. Absent where there is nothing. */
  readonly charges?: readonly ChannelCharge[]
  /** The part of each credit that belongs to this day. */
  readonly credits: readonly {
    readonly id: string
    readonly bookedOn: BusinessDate
    readonly amountRupiah: Rupiah
  }[]
  /** Found by this version, and how many of them are not resolved. */
  readonly differenceCounts: Readonly<Partial<Record<DifferenceClass, number>>>
  readonly openDifferences: number
  readonly pendingCount: number
  /** What matched lines say otherwise than their payments, without a rupiah between them; absent where there is nothing. */
  readonly notes?: readonly { readonly kind: NoteKind; readonly count: number }[]
  readonly lines: LinesPlace
  readonly changes: readonly FigureChange[]
}

/** The answer to a channel's file at one version of the day's statement, as it lies for the channel to fetch. */
export type AnswerFile = {
  readonly channel: string
  readonly date: BusinessDate
  /** The statement's. */
  readonly version: number
  /** Under `outgoing/<channel>/`; of an earlier version where this one says nothing new. */
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly counts: AnswerCounts
  readonly recordedAt: Instant
}

/** What became of mailing a version of a statement to finance. */
export type StatementMail = {
  readonly channel: string
  readonly date: BusinessDate
  readonly version: number
  readonly state: 'reserved' | 'waiting' | 'sent' | 'refused' | 'unknown'
  /** The provider's word where it did not go out. */
  readonly code: string | null
  readonly recipients: number
  readonly at: Instant
}

/** One day of one channel in the matrix. */
export type MatrixRow = {
  readonly channel: string
  readonly date: BusinessDate
  readonly version: number
  readonly verdict: Verdict
  /** As the run saw it; whether a file that is not here is awaited or missing is for the reader's clock. */
  readonly file: 'received' | 'held' | 'none'
  readonly unexplainedRupiah: Rupiah
  readonly openDifferences: number
  readonly hubRupiah: Rupiah
  readonly fileRupiah: Rupiah | null
  /** What the bank must credit; null without an accepted file. */
  readonly fileNetRupiah: Rupiah | null
  readonly bankRupiah: Rupiah
}

/** What a run found, and in which file. */
export type Finding = Found & {
  /** The accepted file that it was found with; null where it needs none. */
  readonly sha256: string | null
}

export type Proposal = {
  readonly action: Action
  readonly reason: string
  /** For `match`: the payment that the line is. */
  readonly paymentId: string | null
  /** The part that is meant, signed as `movedAmount` is; absent or null: all that is open. */
  readonly amount?: Rupiah | null
  readonly by: string
  /** Who that is, in words that survive the user's deletion; absent in proposals of before they were kept. */
  readonly person?: ActingPerson
  readonly at: Instant
  /** The second person approved, and it waits for an administrator; absent: it waits for the second person. */
  readonly referral?: Referral
}

export type HistoryStep = {
  readonly at: Instant
  readonly what:
    | 'found'
    | 'changed'
    | 'gone'
    | 'found-again'
    | 'proposed'
    | 'approved'
    | 'referred'
    | 'rejected'
    | 'applied'
    | 'taken'
    | 'released'
    | 'assigned'
  /** null: the hub itself. */
  readonly by: string | null
  readonly note: string
}

/** What two people resolved of a difference, before the rest of it. */
export type ResolvedPart = {
  readonly action: PartAction
  /** Signed as `movedAmount` is (domain/settlement/open-items.ts). */
  readonly amount: Rupiah
  readonly proposedBy: string
  readonly approvedBy: string
  /** When it was carried out. */
  readonly at: Instant
}

/** A difference as a case for finance: what was found, and what people have done about it. */
export type DifferenceCase = {
  readonly id: string
  readonly channel: string
  readonly date: BusinessDate
  readonly state: DifferenceState
  /** 1 at first; every write raises it by one and demands the one it read. */
  readonly version: number
  readonly firstSeenAt: Instant
  readonly finding: Finding
  /** The subject of the person who looks after it; absent or null: nobody does. Decides nothing about who may propose. */
  readonly owner?: string | null
  readonly proposal: Proposal | null
  /** In order; absent where there is none. What is left of the difference is open as long as the case is. */
  readonly parts?: readonly ResolvedPart[]
  readonly resolution: { readonly how: 'itself' | 'resolution'; readonly at: Instant; readonly note: string } | null
  /** The oldest first; the last 50. */
  readonly history: readonly HistoryStep[]
}

/** An approved resolution, frozen with its evidence: what functions/reconcile-settlement applies. */
export type Resolution = {
  readonly differenceId: string
  readonly channel: string
  readonly date: BusinessDate
  /** The version of the difference that was approved; part of the key. */
  readonly differenceVersion: number
  readonly finding: Finding
  readonly action: Action
  readonly reason: string
  readonly paymentId: string | null
  /** As in the proposal. */
  readonly amount?: Rupiah | null
  readonly proposedBy: string
  readonly approvedBy: string
  /** When it was approved: the resolution's instant in every fact that follows from it. */
  readonly approvedAt: Instant
  /** Place and hash of the approval in the audit chain. */
  readonly audit: { readonly sequence: number; readonly hash: string }
}

/** A line of a file that is not (only) a matter of its own day. */
export type KeptLine = {
  readonly channel: string
  readonly paymentId: string
  readonly fileDate: BusinessDate
  readonly line: number
  /** The file that it stands in: counts only while that is the accepted one. */
  readonly sha256: string
  readonly amount: Rupiah
  readonly fee: Rupiah
  readonly at: Instant
  readonly status: LineStatus
}

/** Where the lines of a file lie that other days ask for, where there are many. `group`: a hub day, or `unknown`. */
export type KeptFile = {
  readonly channel: string
  readonly group: string
  readonly fileDate: BusinessDate
  readonly sha256: string
  readonly buckets: number
}

/** What a day recorded, for the journal. */
export type Recorded =
  | { readonly kind: 'statement'; readonly channel: string; readonly date: BusinessDate; readonly version: number }
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'fees'; readonly channel: string; readonly month: Month }
  | { readonly kind: 'placement'; readonly bookedOn: BusinessDate; readonly id: string }
