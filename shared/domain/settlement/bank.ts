/**
 * Bank credits and the channel-days they pay.
 *
 * Promise: a credit is given to a day only when its text says so, or when there is provably one way only. Refuses to know
 * statements' formats (shared/protocols/bank-statement).
 */
import type { BusinessDate } from '../instant.ts'
import type { Rupiah } from '../money.ts'

/** One movement on the hub's account. */
export type BankCredit = {
  /** The bank's own reference, or a digest of content and position where it gives none. */
  readonly id: string
  readonly bookedOn: BusinessDate
  readonly valueOn: BusinessDate
  /** Negative for a returned credit. */
  readonly amount: Rupiah
  readonly remittance: string
  /** Which statement and which entry of it, for the person who looks. */
  readonly statement: string
  readonly entry: number
}
