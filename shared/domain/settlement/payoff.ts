/**
 * What two people placed of a bank movement on what a channel owes us by a charge, or we owe it by a fee invoice: so that it is
 * paid, and for how much it is still open.
 *
 * ```
 * charge 50,000 -- credit 30,000 --> 20,000 open -- credit 20,000 --> paid, and in no list any more
 * ```
 * Promise: what is open is what was charged or invoiced less its payoffs, sign included; people place no more than that. A charge
 * that was undone after it was paid stays visible, as what we owe the channel back. Pure.
 */
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah, ZERO } from '../money.ts'
import type { FeeInvoice } from './fee-month.ts'
import type { ChannelCharge } from './open-items.ts'
import type { Place, Placement } from './placement.ts'

export type Payoff = {
  readonly kind: 'channel-charge' | 'fee-invoice'
  readonly channel: string
  /** The id of the difference that was charged; the channel's number of the invoice. */
  readonly item: string
  readonly bookedOn: BusinessDate
  /** The movement's. */
  readonly id: string
  /** With the sign of the bank account: a credit is positive. */
  readonly amount: Rupiah
}
export type PaidItem = Pick<Payoff, 'kind' | 'channel' | 'item'>

export function payoffsOf(placement: Placement | undefined): readonly Payoff[] {
  if (!placement) return []
  const { id, bookedOn, places } = placement
  return places.flatMap((place) => {
    const paid = paidItemOf(place)
    return paid ? [{ ...paid, bookedOn, id, amount: place.amount }] : []
  })
}

/** undefined: the place pays neither a charge nor an invoice. */
export function paidItemOf(place: Place): PaidItem | undefined {
  const { kind } = place
  if (kind === 'channel-charge') return { kind, channel: place.channel, item: place.differenceId }
  if (kind === 'fee-invoice') return { kind, channel: place.channel, item: place.number }
  return undefined
}

/** With the sign of the bank account. */
export function paidFor(item: PaidItem, payoffs: readonly Payoff[]): Rupiah {
  return sumOf(payoffs.filter((payoff) => isFor(payoff, item)).map(({ amount }) => amount))
}

/** One charge, and what of it is paid. `amountRupiah` is never 0: what is paid is left out. */
export type OpenCharge = {
  readonly differenceId: string
  /** What is still open, signed as the charge is. */
  readonly amountRupiah: Rupiah
  readonly chargedRupiah: Rupiah
  readonly paidRupiah: Rupiah
  /** Of a charge that is no longer there: since when it is paid. */
  readonly chargedOn: BusinessDate
  /** Among the charges of its difference, from 0, whatever was paid of the others. */
  readonly part: number
}

/**
 * What is open of a channel's charges. A difference may be charged in several parts: what is paid pays the oldest first. What was
 * paid beyond all of them, because a charge was undone since, is a line of its own with the other sign.
 */
export function openCharges(charges: readonly ChannelCharge[], payoffs: readonly Payoff[]): readonly OpenCharge[] {
  const ofCharges = payoffs.filter(({ kind }) => kind === 'channel-charge')
  const ids = new Set([...charges.map(({ differenceId }) => differenceId), ...ofCharges.map(({ item }) => item)])
  const chargesOf = Map.groupBy(charges, ({ differenceId }) => differenceId)
  const payoffsOf = Map.groupBy(ofCharges, ({ item }) => item)
  return [...ids].flatMap((id) => openPartsOf(id, chargesOf.get(id) ?? [], payoffsOf.get(id) ?? []))
}

function openPartsOf(
  differenceId: string,
  charges: readonly ChannelCharge[],
  payoffs: readonly Payoff[],
): readonly OpenCharge[] {
  let left: number = sumOf(payoffs.map(({ amount }) => amount))
  const parts = charges.map(({ amountRupiah, chargedOn }, part): OpenCharge => {
    const paid = Math.sign(left) === Math.sign(amountRupiah) ? smaller(left, amountRupiah) : 0
    left -= paid
    const open = rupiah(amountRupiah - paid)
    return {
      differenceId,
      amountRupiah: open,
      chargedRupiah: amountRupiah,
      paidRupiah: rupiah(paid),
      chargedOn,
      part,
    }
  })
  const paidOn = payoffs.map(({ bookedOn }) => bookedOn).sort()
  const chargedOn = paidOn.at(-1)
  const beyond: readonly OpenCharge[] =
    left === 0 || chargedOn === undefined
      ? []
      : [
          {
            differenceId,
            amountRupiah: rupiah(-left),
            chargedRupiah: ZERO,
            paidRupiah: rupiah(left),
            chargedOn,
            part: charges.length,
          },
        ]
  return [...parts, ...beyond].filter(({ amountRupiah }) => amountRupiah !== 0)
}

/** What we owe the channel by an invoice; negative by a credit note. What it kept from the money is paid already. */
export function payableOf({ feeRupiah, keptRupiah, vatRupiah, withholdingRupiah }: FeeInvoice): Rupiah {
  return rupiah(feeRupiah - keptRupiah + vatRupiah - withholdingRupiah)
}

/** What we paid of an invoice, signed as `payableOf` is: the bank account lost it. */
export function paidOfInvoice({ channel, number }: FeeInvoice, payoffs: readonly Payoff[]): Rupiah {
  return rupiah(0 - paidFor({ kind: 'fee-invoice', channel, item: number }, payoffs))
}

function isFor(payoff: Payoff, { kind, channel, item }: PaidItem): boolean {
  return payoff.kind === kind && payoff.channel === channel && payoff.item === item
}

function smaller(one: number, other: number): number {
  return Math.abs(one) < Math.abs(other) ? one : other
}

function sumOf(amounts: readonly number[]): Rupiah {
  return rupiah(amounts.reduce((sum, amount) => sum + amount, 0))
}
