/**
 * What finance does about movements of the bank: those that rules could not place get a place, whole or in part, or are sent back;
 * one that has a place is moved now and then.
 */
import {
  approveMovementPlacement,
  proposeMovementPlacement,
} from '../../../functions/serve-console/settlement/bank-calls.ts'
import type { PlaceRequest, RequestedPart } from '../../../functions/serve-console/settlement/place-movement.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import { openCharges } from '../../../shared/domain/settlement/payoff.ts'
import { unidentifiedAmount } from '../../../shared/domain/settlement/placement.ts'
import type { PlacedMovement } from '../../../shared/store/settlements/bank-movements.ts'
import type { Booking } from './bank.ts'
import { byTwoPeople, type Desk } from './desk.ts'

export async function placeByHand(desk: Desk, days: readonly BusinessDate[]): Promise<void> {
  const { side, random, world } = desk
  for (const day of days) {
    for (const found of await side.stores.settlements.movementsBooked(day)) {
      const isOpen = found.placement !== undefined && unidentifiedAmount(found.placement) === found.movement.amount
      if (random.chance(isOpen ? 0.5 : world.around.calm() ? 0 : 0.04)) await place(desk, found, isOpen)
    }
  }
}

/** What channels will pay of what they are charged, and we of their invoices: for the bank's next statement. */
export async function paymentsOfItems({ side, world, random }: Desk): Promise<readonly Booking[]> {
  if (!random.chance(0.5)) return []
  const items = await openItems({ side, world })
  return items.length === 0 ? [] : [{ amount: random.pick(items).amountRupiah, text: 'PEMBAYARAN SESUAI SURAT' }]
}

async function place(desk: Desk, { movement, placement }: PlacedMovement, isOpen: boolean): Promise<void> {
  const { world } = desk
  const { id, bookedOn, amount } = movement
  const parts = await partsFor(desk, amount)
  const [part] = parts
  if (!part) return
  const action: PlaceRequest['action'] = part.to === 'returned' ? 'return' : isOpen ? 'place' : 'move'
  const body = { action, onVersion: placement?.version ?? 0, parts: [...parts], reason: 'as the bank explained' }
  const isApproved = await byTwoPeople(desk, {
    what: `${action} of ${id} to ${part.to}`,
    propose: (ports, by) => proposeMovementPlacement(ports, { ...by, path: { bookedOn, id }, body }),
    decide: (ports, call) => approveMovementPlacement(ports, { ...call, path: { bookedOn, id } }),
  })
  if (!isApproved) return
  const named = parts.map((each) => [nameOf(each), each.amountRupiah] as const)
  const left = amount - parts.reduce((sum, each) => sum + each.amountRupiah, 0)
  world.ledger.outside.placed.set(
    `${bookedOn} ${id}`,
    new Map(left === 0 ? named : [...named, ['unidentified', left] as const]),
  )
}

/** In the words of the auditor. */
function nameOf(part: RequestedPart): string {
  if (part.to === 'channel-day') return `${part.to} ${part.channel} ${part.date}`
  if (part.to === 'channel-charge') return `${part.to} ${part.channel} ${part.differenceId}`
  return part.to === 'fee-invoice' ? `${part.to} ${part.channel} ${part.number}` : part.to
}

async function partsFor(desk: Desk, amount: Rupiah): Promise<readonly RequestedPart[]> {
  const { random, side, world } = desk
  const item = (await openItems(desk)).find(({ amountRupiah }) => amountRupiah === amount)
  if (item) return [item]
  if (random.chance(0.3)) return [{ to: 'returned', amountRupiah: amount }]
  const channel = random.pick(world.around.plan.channels)
  const rows = await side.stores.settlements.rows(channel, '2026-01-01' as BusinessDate, '2027-12-31' as BusinessDate)
  if (rows.length === 0 || amount < 0) return []
  const { date } = random.pick(rows)
  const isPart = amount > 1 && random.chance(0.4)
  return [{ to: 'channel-day', channel, date, amountRupiah: isPart ? rupiah(Math.trunc(amount / 2)) : amount }]
}

type Item = Extract<RequestedPart, { readonly to: 'channel-charge' | 'fee-invoice' }>

/** What the bank account would get, or lose, for all that is open of each. */
async function openItems({ side, world }: Pick<Desk, 'side' | 'world'>): Promise<readonly Item[]> {
  const { settlements } = side.stores
  const items: Item[] = []
  for (const channel of world.around.plan.channels) {
    const [days, payoffs] = await Promise.all([settlements.owedDays(channel), settlements.payoffs(channel)])
    const charges = days.flatMap((day) => day.charges)
    for (const { differenceId, amountRupiah } of openCharges(charges, payoffs))
      items.push({ to: 'channel-charge', channel, differenceId, amountRupiah })
  }
  for (const { channel, number, payable } of world.ledger.outside.invoices) {
    const isPaid = (await settlements.payoffs(channel)).some(({ item }) => item === number)
    if (!isPaid) items.push({ to: 'fee-invoice', channel, number, amountRupiah: rupiah(-payable) })
  }
  return items
}
