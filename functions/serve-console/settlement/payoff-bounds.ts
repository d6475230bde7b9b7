/**
 * What a placement may pay of a channel's charges and fee invoices: something of what is open, in its direction, and not more.
 *
 * Promise: what is open is counted without the movement itself, so that moving it may pay the same item again.
 */
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import { isPartOf } from '../../../shared/domain/settlement/parts.ts'
import { type PaidItem, paidFor, paidItemOf, payableOf } from '../../../shared/domain/settlement/payoff.ts'
import type { Place } from '../../../shared/domain/settlement/placement.ts'
import type { PayoffTurn } from '../../../shared/store/settlements/payoffs.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'

export type PayoffReads = Pick<SettlementStore, 'feeInvoice' | 'owedDays' | 'payoffs' | 'payoffTurn'>

export type PayoffRefusal = {
  readonly code: 'UNKNOWN_CHARGE' | 'UNKNOWN_INVOICE' | 'MORE_THAN_OPEN'
  readonly detail: string
}

/** undefined: the places pay nothing that is not open. */
export async function payoffProblem(
  settlements: PayoffReads,
  movement: { readonly bookedOn: string; readonly id: string },
  places: readonly Place[],
): Promise<PayoffRefusal | undefined> {
  for (const place of places) {
    const item = paidItemOf(place)
    if (!item) continue
    const wanted = await wantedOf(settlements, item)
    if (wanted === undefined) return unknownItem(item)
    const others = (await settlements.payoffs(item.channel)).filter(
      ({ id, bookedOn }) => id !== movement.id || bookedOn !== movement.bookedOn,
    )
    const open = rupiah(wanted - paidFor(item, others))
    if (!isPartOf(open, place.amount)) {
      const detail = `expected a part of the ${open} that is open on ${item.item}, with that sign; got ${place.amount}`
      return { code: 'MORE_THAN_OPEN', detail }
    }
  }
  return undefined
}

/** The turns of the channels of which the places pay something: read before what is open is. */
export async function turnsFor(settlements: PayoffReads, places: readonly Place[]): Promise<readonly PayoffTurn[]> {
  const channels = new Set(places.flatMap((place) => paidItemOf(place)?.channel ?? []))
  return Promise.all([...channels].map((channel) => settlements.payoffTurn(channel)))
}

/** What the bank account would get for all of it; undefined: there is no such charge or invoice. */
async function wantedOf(settlements: PayoffReads, { kind, channel, item }: PaidItem): Promise<Rupiah | undefined> {
  if (kind === 'fee-invoice') {
    const invoice = await settlements.feeInvoice(channel, item)
    return invoice && rupiah(0 - payableOf(invoice))
  }
  const charges = (await settlements.owedDays(channel)).flatMap((day) => day.charges)
  const own = charges.filter(({ differenceId }) => differenceId === item)
  return own.length === 0 ? undefined : rupiah(own.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0))
}

function unknownItem({ kind, channel, item }: PaidItem): PayoffRefusal {
  return kind === 'fee-invoice'
    ? { code: 'UNKNOWN_INVOICE', detail: `expected an invoice that was entered for ${channel}; there is no ${item}` }
    : { code: 'UNKNOWN_CHARGE', detail: `expected a difference on which ${channel} is charged; nothing is on ${item}` }
}
