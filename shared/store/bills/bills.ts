/**
 * Table `bills`: a code with which anybody can pay once. Prices are frozen at issue.
 *
 * | item | PK `billCode` | SK `part` |
 * |---|---|---|
 * | the bill | 16 digits from 99 | `bill` |
 * | its members, 1,000 each | | `members#0001` … |
 * | how far its shares are | | `applied#0001` …, one per chunk of members; not for a bill of one |
 *
 * `paidBy` (`<channel>#<paymentId>`) is set in the payment's transaction (payment-decisions `putPayingBill`) and cleared in its
 * reversal's (facts `putReversingBill`). A bill of many is put part by part, and the bill itself last:
 *
 * ```
 * putMembers 1 … n (each expires) -> keepMembers (none expires) -> put the bill, or replace another by it
 *              |<- killed here: nothing is payable, the same call goes on, or the chunks expire
 * ```
 * Producer: functions/serve-console; of `applied#…` functions/apply-bill-payment.
 */
import type { BillCode } from '../../domain/bill-code.ts'
import type { PricedRun } from '../../domain/fact.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { Month } from '../../domain/month.ts'
import type { PaymentKey } from '../../domain/payment-key.ts'

/** Whom a bill of a sponsored list is for. `regionCode`: of the one village that it pays; null for the whole list. */
export type BilledCohort = { readonly program: string; readonly cohort: string; readonly regionCode: string | null }

export type Bill = {
  readonly billCode: BillCode
  readonly months: readonly Month[]
  readonly amount: Rupiah
  readonly memberCount: number
  /** The one member, where there is one: the endpoint may then check its months. */
  readonly kpj: Kpj | null
  readonly issuedAt: Instant
  /** As the caller wrote it, and the last instant at which it can be paid. */
  readonly validUntil: string
  readonly validUntilInstant: Instant
  /** `<channel>#<paymentId>`, percent-encoded, or null while unpaid. */
  readonly paidBy: PaymentKey | null
  /** Absent where a bill belongs to no sponsored list. */
  readonly sponsored?: BilledCohort
  /** Chunks of members, where they are not as full as can be. */
  readonly chunks?: number
  /** The bill whose place this one took. */
  readonly replaces?: BillCode
  /** The bill that took the place of this one: it can never be paid again. */
  readonly replacedBy?: BillCode
  /** Since when one of many members is closed or paid otherwise. A bill of one is judged from its member's facts instead. */
  readonly changedAt?: Instant
}

/** A member frozen at issue, with the months and prices that its share will take. */
export type BillMember = { readonly kpj: Kpj; readonly months: readonly PricedRun[]; readonly amount: Rupiah }

export type BillReader = {
  /** Consistent. */
  readonly get: (billCode: BillCode) => Promise<Bill | undefined>
  /** `chunk` counts from 1; 1,000 members each; undefined past the last. */
  readonly members: (billCode: BillCode, chunk: number) => Promise<readonly BillMember[] | undefined>
}

export type BillStore = BillReader & {
  /** Puts the bill and its members in one transaction if the code is free. */
  readonly put: (bill: Bill, members: readonly BillMember[]) => Promise<'put' | 'exists'>
  /** A chunk of a bill that is not there yet: nobody sees it before. The same again is `put`; it expires at `until`, if not kept. */
  readonly putMembers: (
    billCode: BillCode,
    chunk: number,
    members: readonly BillMember[],
    until: Instant,
  ) => Promise<'put' | 'exists'>
  /** Chunks 1 to `chunks` never expire from now on. `missing`: one of them has expired meanwhile, and must be put again. */
  readonly keepMembers: (billCode: BillCode, chunks: number) => Promise<'kept' | 'missing'>
  /** Undoes `keepMembers` where the bill will not be put: they expire at `until`. Those that are gone already are fine. */
  readonly letExpire: (billCode: BillCode, chunks: number, until: Instant) => Promise<void>
  /** The bill alone, its members being kept already. */
  readonly putBill: (bill: Bill) => Promise<'put' | 'exists'>
  /**
   * One transaction: `next` is put with these members, and the bill of `old` is replaced by it. Members that were put and kept
   * before are left out here: then there are none to give. `paid`, `replaced`: the old one cannot be replaced any
   * more, and nothing is written. `exists`: another bill has the new code. The same again is `put`, for whoever asked twice.
   */
  readonly replace: (
    old: BillCode,
    next: Bill,
    members: readonly BillMember[],
  ) => Promise<'put' | 'exists' | 'paid' | 'replaced'>
  /** Does nothing to a bill that is marked, or not there. */
  readonly markChanged: (billCode: BillCode, at: Instant) => Promise<void>
  /** Keeps how many members of a chunk have a live share, unless more of the bill's facts were known to who wrote it last. */
  readonly putApplied: (billCode: BillCode, applied: AppliedShares) => Promise<void>
  /** What is kept of one chunk. Consistent. */
  readonly applied: (billCode: BillCode, chunk: number) => Promise<AppliedShares | undefined>
  /** Members with a live share, over all chunks. Consistent. */
  readonly appliedShares: (billCode: BillCode) => Promise<number>
}

/** Of one chunk: its members with a live share once all that `facts` facts of the bill say was done. */
export type AppliedShares = { readonly chunk: number; readonly shares: number; readonly facts: number }

/** Members that lie together. Whoever counts chunks asks `chunkCount`. */
export const MEMBERS_PER_CHUNK = 1_000

/** Chunks in which the members of a bill lie. */
export function chunksIn({ chunks, memberCount }: Pick<Bill, 'chunks' | 'memberCount'>): number {
  return chunks ?? chunkCount(memberCount)
}

/** Chunks of so many members, each as full as can be. */
export function chunkCount(memberCount: number): number {
  return Math.ceil(memberCount / MEMBERS_PER_CHUNK)
}
