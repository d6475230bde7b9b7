/**
 * Table `memberships`: the view, derived from the facts by the fold. Nothing but functions/reconcile-membership writes it.
 *
 * | | key | |
 * |---|---|---|
 * | table | PK `kpj` | terms in force, paid-through, credit, status, next transition, as-of, version |
 * | index `byParticipant` | PK `participant` (keyed hash of the NIK) | projects funding only: a payment never writes it |
 */
import type { MembershipStatus, Transition } from '../../domain/coverage.ts'
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { Month } from '../../domain/month.ts'
import type { NoticeDue } from '../../domain/notice-stage.ts'
import type { ParticipantHash } from '../../domain/participant.ts'
import type { Terms } from '../../domain/tariff.ts'
import type { DatedTerms } from '../../domain/terms-by-month.ts'

export type MembershipView = {
  readonly kpj: Kpj
  readonly participant: ParticipantHash
  readonly terms: Terms
  readonly regionCode: string
  readonly registeredOn: BusinessDate
  readonly paidThrough: Month | null
  readonly credit: Rupiah
  readonly status: MembershipStatus
  readonly nextTransition: Transition | null
  /** The day of a decided closing, where another transition comes before it. */
  readonly closesOn?: BusinessDate | undefined
  /** The terms by month, from the first payable one on; absent where `terms` hold for all. What is read of a view alone needs it. */
  readonly termsByMonth?: readonly DatedTerms[] | undefined
  /** The notice that follows from the last change, as of `asOf`: its presence sends the stream's record to queue `notice`. */
  readonly noticeDue: NoticeDue | null
  /** From the oldest payment that this view was the first to count until it was written; absent where it counted no new one. */
  readonly activatedAfterMillis?: number | undefined
  /** How many facts this view was folded from: a view that then changes without a new fact is a defect. */
  readonly factCount: number
  /** The `now` of the fold; a fold's `now` is never earlier than this. */
  readonly asOf: Instant
  /** 1 at first; each write raises it by one and demands the one it read. */
  readonly version: number
}

/** All that an endpoint asks of a view: nothing is decided before it was folded. `MembershipStore` is one. */
export type FoldTimes = { readonly get: (kpj: Kpj) => Promise<Pick<MembershipView, 'asOf'> | undefined> }

export type MembershipStore = {
  /** Consistent. */
  readonly get: (kpj: Kpj) => Promise<MembershipView | undefined>
  /** Writes `view` if the stored version is `view.version - 1` (absent for 1). `conflict`: another write came first; read again. */
  readonly put: (view: MembershipView) => Promise<'put' | 'conflict'>
  /** All memberships of a participant, from the index (eventually consistent), open or not. */
  readonly ofParticipant: (
    participant: ParticipantHash,
  ) => Promise<readonly { readonly kpj: Kpj; readonly funding: Terms['funding'] }[]>
  /** Every view, page by page; `segment` of `segments` for parallel scans. Eventually consistent. */
  readonly scan: (segment: number, segments: number) => AsyncIterable<MembershipView>
  /** One page of such a scan, at most 500 views, from after the KPJ `from`, which an earlier page of this segment held. */
  readonly scanPage: (segment: number, segments: number, from: string | null) => Promise<ViewPage>
}

export type ViewPage = {
  readonly views: readonly MembershipView[]
  /** KPJs of items that are no view; who scans for everybody must not stop at one. */
  readonly unreadable: readonly string[]
  /** Where the next page begins; null after the last. */
  readonly next: string | null
}
