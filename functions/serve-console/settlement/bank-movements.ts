/**
 * The bank's movements for finance: what each was placed on, what is nobody's, and for how long. Plain use cases; the routes give
 * them their ports and write the replies. What people decide about a movement: place-movement.ts.
 */
import { type BusinessDate, businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'
import {
  type AgedAmount,
  type AgedChannel,
  agedByChannel,
  ageInDays,
} from '../../../shared/domain/settlement/ageing.ts'
import { type Place, type PlaceKind, unidentifiedAmount } from '../../../shared/domain/settlement/placement.ts'
import { bookingDays, type PlacedMovement } from '../../../shared/store/settlements/bank-movements.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'

export type MovementPorts = {
  readonly settlements: Pick<SettlementStore, 'credit' | 'movementsBooked' | 'placements' | 'unidentified'>
}

export type ShownMovement = {
  readonly id: string
  readonly bookedOn: BusinessDate
  readonly valueOn: BusinessDate
  readonly amountRupiah: Rupiah
  readonly statement: string
  readonly entry: number
  /** The version of its placement, which a proposal names; 0 while it has none. */
  readonly version: number
  readonly placedBy: 'rules' | 'resolution' | null
  readonly places: readonly Place[]
  readonly unidentifiedRupiah: Rupiah
  readonly ageDays: number
}

export type MovementFilter = {
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly state?: PlaceKind | undefined
  readonly channel?: string | undefined
}

/** Movements booked between two days, newest day first. The caller sees to the number of days. */
export async function listMovements(
  ports: MovementPorts,
  filter: MovementFilter,
  now: Instant,
): Promise<readonly ShownMovement[]> {
  const days = await Promise.all(
    bookingDays(filter.from, filter.to).map((day) => ports.settlements.movementsBooked(day)),
  )
  return days
    .toReversed()
    .flat()
    .map((found) => shownMovement(found, now))
    .filter(({ places }) => places.length === 0 || places.some((place) => isWanted(place, filter)))
}

export type UnidentifiedReceipts = {
  readonly items: readonly ShownMovement[]
  /** The `after` of the next page. */
  readonly next: string | null
}

/** At any age, the oldest first. */
export async function listUnidentified(
  { settlements }: MovementPorts,
  { after, limit }: { readonly after: string | null; readonly limit: number },
  now: Instant,
): Promise<UnidentifiedReceipts> {
  const pointers = await settlements.unidentified(after, limit)
  const found = await Promise.all(pointers.map(({ bookedOn, id }) => findMovement({ settlements }, bookedOn, id)))
  const items = found.flatMap((each) => (each ? [shownMovement(each, now)] : []))
  return { items, next: pointers.length < limit ? null : (pointers.at(-1)?.pointer ?? null) }
}

/** Every movement that is nobody's, in the classes of finance, by channel. */
export async function ageUnidentified(ports: MovementPorts, now: Instant): Promise<readonly AgedChannel[]> {
  const waiting: AgedAmount[] = []
  for (let after: string | null = null; ; ) {
    const page: UnidentifiedReceipts = await listUnidentified(ports, { after, limit: 500 }, now)
    for (const { bookedOn, places } of page.items) {
      for (const place of places) {
        if (place.kind === 'unidentified')
          waiting.push({ channel: place.channel, since: bookedOn, amount: place.amount })
      }
    }
    if (page.next === null) return agedByChannel(waiting, businessDateOf(now))
    after = page.next
  }
}

export async function findMovement(
  { settlements }: { readonly settlements: Pick<SettlementStore, 'credit' | 'placements'> },
  bookedOn: BusinessDate,
  id: string,
): Promise<PlacedMovement | undefined> {
  const [movement, versions] = await Promise.all([
    settlements.credit(bookedOn, id),
    settlements.placements(bookedOn, id),
  ])
  return movement && { movement, placement: versions.at(-1) }
}

function isWanted(place: Place, { state, channel }: MovementFilter): boolean {
  const ofChannel = 'channel' in place ? place.channel : null
  return (state === undefined || place.kind === state) && (channel === undefined || ofChannel === channel)
}

/** Its text may name a payer: it is for those who work on it, through the raw file. */
export function shownMovement({ movement, placement }: PlacedMovement, now: Instant): ShownMovement {
  const { id, bookedOn, valueOn, amount, statement, entry } = movement
  return {
    id,
    bookedOn,
    valueOn,
    amountRupiah: amount,
    statement,
    entry,
    version: placement?.version ?? 0,
    placedBy: !placement || placement.by === 'withdrawal' ? null : placement.by,
    places: placement?.places ?? [],
    unidentifiedRupiah: placement ? unidentifiedAmount(placement) : amount,
    ageDays: ageInDays(bookedOn, businessDateOf(now)),
  }
}
