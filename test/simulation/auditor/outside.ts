/**
 * What partners and the bank said, as they said it: the lines of settlement files, the movements on the account. The auditor holds
 * the hub's settlement against this, and against the ledger. Types only.
 */
import type { Payment } from '../../../shared/channel-port/channel.ts'
import type { PartnerRow } from '../../../shared/channel-port/partner.ts'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'

/** A way in which a file says otherwise than the hub. */
export type Mistake = 'left-out' | 'wrong-amount' | 'twice' | 'late' | 'unknown'

export type SentFile = {
  readonly channel: string
  readonly date: BusinessDate
  readonly rows: readonly PartnerRow[]
  readonly mistakes: readonly { readonly mistake: Mistake; readonly paymentId: string }[]
}

export type Approved = {
  readonly id: string
  readonly action: string
  readonly proposedBy: string
  readonly by: string
}

export type OutsideRecord = {
  readonly files: Map<string, SentFile>
  /** By decision key: what finance may post. */
  readonly lines: Map<string, PartnerRow>
  /** All that was booked on the account. */
  balance: number
  readonly movements: Map<string, number>
  /** Resolutions that two people have taken, by difference. */
  readonly approved: Approved[]
}

export function openOutside(): OutsideRecord {
  return { files: new Map(), lines: new Map(), balance: 0, movements: new Map(), approved: [] }
}

/** The payment that a line stands for, as its partner would have sent it. */
export function paymentOnLine({ id, customer, amount, adminFee, outlet, at }: PartnerRow): Payment {
  const money = { amount: amount as Rupiah, adminFee: adminFee as Rupiah }
  return {
    kind: 'payment',
    paymentId: id,
    customerId: customer,
    product: '',
    months: null,
    ...money,
    outlet,
    partnerAt: at as Instant,
  }
}
