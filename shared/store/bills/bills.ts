/**
 * Table `bills`: a code with which anybody can pay once. Prices are frozen at issue.
 *
 * | item | PK `billCode` | SK `part` |
 * |---|---|---|
 * | the bill | 16 digits from 99 | `bill` |
 * | its members, 1,000 each | | `members#0001` … |
 *
 * `paidBy` (`<channel>#<paymentId>`) is set in the payment's transaction (payment-decisions `putPayingBill`) and cleared in its
 * reversal's (facts `putReversingBill`). Producer: functions/serve-console.
 */
import type { BillCode } from '../../domain/bill-code.ts'
import type { PricedRun } from '../../domain/fact.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { Month } from '../../domain/month.ts'
import type { PaymentKey } from '../../domain/payment-key.ts'

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
}

/** A member frozen at issue, with the months and prices that its share will take. */
export type BillMember = { readonly kpj: Kpj; readonly months: readonly PricedRun[]; readonly amount: Rupiah }

export type BillStore = {
  /** Consistent. */
  readonly get: (billCode: BillCode) => Promise<Bill | undefined>
  /** Puts the bill and its members in one transaction if the code is free. */
  readonly put: (bill: Bill, members: readonly BillMember[]) => Promise<'put' | 'exists'>
  /** `chunk` counts from 1; 1,000 members each; undefined past the last. */
  readonly members: (billCode: BillCode, chunk: number) => Promise<readonly BillMember[] | undefined>
}

/** Members that lie together. Whoever counts chunks asks `chunkCount`. */
export const MEMBERS_PER_CHUNK = 1_000

/** Chunks of a bill with so many members. */
export function chunkCount(memberCount: number): number {
  return Math.ceil(memberCount / MEMBERS_PER_CHUNK)
}
