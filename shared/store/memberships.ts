/**
 * Table `memberships`: the view, derived from the facts by the fold. Nothing but functions/reconcile-membership writes it.
 *
 * | | key | |
 * |---|---|---|
 * | table | PK `kpj` | terms in force, paid-through, credit, status, next transition, as-of, version |
 * | index `byParticipant` | PK `participant` (keyed hash of the NIK) | projects funding only: a payment never writes it |
 */

import type { MembershipStatus, Transition } from '../domain/coverage.ts'
import type { BusinessDate, Instant } from '../domain/instant.ts'
import type { Rupiah } from '../domain/money.ts'
import type { Month } from '../domain/month.ts'
import type { Terms } from '../domain/tariff.ts'

export type MembershipView = {
  readonly kpj: string
  readonly participant: string
  readonly terms: Terms
  readonly regionCode: string
  readonly registeredOn: BusinessDate
  readonly paidThrough: Month | null
  readonly credit: Rupiah
  readonly status: MembershipStatus
  readonly nextTransition: Transition | null
  /** How many facts this view was folded from: a view that then changes without a new fact is a defect. */
  readonly factCount: number
  /** The `now` of the fold; a fold's `now` is never earlier than this. */
  readonly asOf: Instant
  /** 1 at first; each write raises it by one and demands the one it read. */
  readonly version: number
}

export type MembershipStore = {
  /** Consistent. */
  readonly get: (kpj: string) => Promise<MembershipView | undefined>
  /** Writes `view` if the stored version is `view.version - 1` (absent for 1). `conflict`: somebody else wrote, start over. */
  readonly put: (view: MembershipView) => Promise<'put' | 'conflict'>
  /** All memberships of a participant, from the index (eventually consistent), open or not. */
  readonly ofParticipant: (
    participant: string,
  ) => Promise<readonly { readonly kpj: string; readonly funding: Terms['funding'] }[]>
  /** Every view, page by page; `segment` of `segments` for parallel scans. Eventually consistent. */
  readonly scan: (segment: number, segments: number) => AsyncIterable<MembershipView>
}
