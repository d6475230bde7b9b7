/**
 * What a partner may ask, in the hub's words: an inquiry, a payment, a reversal, a status. Every protocol reads into these four.
 * Refuses to know signatures and field names.
 */
import type { BusinessDate, Instant } from '../domain/instant.ts'
import type { Rupiah } from '../domain/money.ts'
import type { MonthCount } from '../domain/month-count.ts'

/** What a partner's product code says the customer id must be; another kind of id is an unknown customer. */
export type Expected = 'person' | 'bill'

/** Names that a day's call binds once (SNAP's X-EXTERNAL-ID): same name and same call goes on, another call is a conflict. */
export type ExternalId = {
  readonly id: string
  /** WIB date of the partner's signed time. */
  readonly day: BusinessDate
  /** The service code, `24` or `25`. */
  readonly service: string
  readonly requestId: string
}

export type Inquiry = {
  readonly kind: 'inquiry'
  readonly requestId: string
  readonly customerId: string
  /** null: the protocol allows it to be left out. An inquiry then asks for 1. */
  readonly months: MonthCount | null
  readonly partnerAt: Instant
  /** Where it is asked, `store/till` or a store; absent where the partner names none. */
  readonly outlet?: string
  readonly externalId?: ExternalId
  /** Absent where the protocol has no products. */
  readonly expects?: Expected
  /** Where a reversal signs the same fields: the signature, which then may not be a reversal's. Absent elsewhere. */
  readonly signature?: string
}

export type Payment = {
  readonly kind: 'payment'
  readonly paymentId: string
  readonly customerId: string
  /** The partner's product code, '' where the protocol has none. A fact of the payment. */
  readonly product: string
  /** null: the one number of months whose quote equals the amount. */
  readonly months: MonthCount | null
  readonly amount: Rupiah
  /** null where the protocol has no admin fee. */
  readonly adminFee: Rupiah | null
  readonly outlet: string
  /**
   * false: the partner names no outlet, and what stands in `outlet` is shared by many of them, so nobody is counted or locked out by
   * it. Absent: `outlet` is the one where it is paid.
   */
  readonly namesOutlet?: false
  readonly partnerAt: Instant
  readonly externalId?: ExternalId
  /** Absent where the protocol has no products. */
  readonly expects?: Expected
}

export type Reversal = {
  readonly kind: 'reversal'
  readonly paymentId: string
  readonly customerId: string
  readonly outlet: string
  readonly reason: string
  readonly partnerAt: Instant
  /** Refused as forged unless it is signed later than the payment it reverses: the pipe protocol does not sign the operation. */
  readonly mustFollowPayment: boolean
  /** Where an inquiry signs the same fields: the signature, which may not be that of an inquiry. Absent elsewhere. */
  readonly signature?: string
}

export type Status = { readonly kind: 'status'; readonly paymentId: string; readonly customerId: string }

export type Message = Inquiry | Payment | Reversal | Status
