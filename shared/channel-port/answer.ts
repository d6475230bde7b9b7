/**
 * What the hub may answer to a message, in its own words. Every protocol writes each of them as its own code.
 *
 * Promises a closed union: a protocol that forgets an outcome does not compile. Which code each becomes, and in which order they
 * are decided: docs/reference/payment-outcomes.md.
 */
import type { BusinessDate, Instant } from '../domain/instant.ts'
import type { Rupiah } from '../domain/money.ts'
import type { Month } from '../domain/month.ts'
import type { RefusalCode } from '../domain/refusal.ts'
import type { Price } from '../domain/tariff.ts'

/** One month and its price: what quotes and receipts list. */
export type PricedMonth = { readonly month: Month; readonly price: Price }

/** What is due, as inquiry shows it and as payment must match it. */
export type Quoted = {
  readonly outcome: 'quoted'
  readonly hubReference: string
  /** `BU*** SA***`; '' where the name is erased or there is more than one member. */
  readonly customerName: string
  readonly kpj: string | null
  readonly months: readonly PricedMonth[]
  readonly creditDrawn: Rupiah
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  readonly paidThrough: Month | null
  readonly dueDate: BusinessDate
  readonly billCode: string | null
  readonly quotedAt: Instant
}

/** An accepted payment, the first time and on every repeat: nothing in it depends on when it is asked. */
export type Accepted = {
  readonly outcome: 'accepted'
  readonly hubReference: string
  readonly customerName: string
  readonly kpj: string | null
  readonly months: readonly PricedMonth[]
  readonly creditDrawn: Rupiah
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  readonly paidThrough: Month | null
  readonly billCode: string | null
  readonly outlet: string
  readonly decidedAt: Instant
  readonly renderer: number
}

/** A payment that was decided against. `decidedAt` and `hubReference` are the first decision's. */
export type Refused = {
  readonly outcome: 'refused'
  readonly code: RefusalCode
  readonly hubReference: string
  readonly decidedAt: Instant
}

/**
 * Everything an endpoint may answer to a message that could be read, in order of precedence where several apply.
 * - `external-id-conflict`: the day's external id names another call.
 * - `conflict`: this payment id is bound to other facts, or another customer's.
 * - `was-reversed`: the payment's channel reversed it, before or after.
 * - `repeated`: same external id, same payment: SNAP has a code of its own that carries the first result.
 * - `reversed`: the reversal stands. `unknown-original`, `too-late`, `out-of-order`: why it does not.
 * - `too-many`, `fault`: nothing was decided, try again. `unknown-outcome`: something may have been: repeat or reverse.
 */
export type Answer =
  | { readonly outcome: 'external-id-conflict' }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'was-reversed'; readonly hubReference: string; readonly decidedAt: Instant }
  | { readonly outcome: 'repeated'; readonly first: Accepted | Refused }
  | Refused
  | Quoted
  | Accepted
  | {
      readonly outcome: 'reversed'
      readonly hubReference: string
      readonly decidedAt: Instant
      readonly months: readonly Month[]
      readonly amount: Rupiah
    }
  | { readonly outcome: 'unknown-original' }
  | { readonly outcome: 'too-late' }
  | { readonly outcome: 'out-of-order' }
  | { readonly outcome: 'too-many' }
  | { readonly outcome: 'fault' }
  | { readonly outcome: 'unknown-outcome' }
