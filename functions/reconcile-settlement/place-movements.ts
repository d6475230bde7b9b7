/**
 * Gives each young movement of the bank its place and writes it down: a version of its placement, only where it changed.
 *
 * All young movements are placed at once, from every day that they may be for, so it never depends on the order in which files
 * and statements came. What is older, and what people placed, stands as it is and counts as given. A day reads what was
 * placed on it (shared/store/settlements/bank-movements.ts); the stream sends this function each new version.
 * Right any number of times: a run that finds the same places writes nothing.
 */
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../shared/domain/money.ts'
import { type OpenDay, REACH_DAYS } from '../../shared/domain/settlement/bank.ts'
import { type Placement, placesOf, samePlaces } from '../../shared/domain/settlement/placement.ts'
import { readRemittance } from '../../shared/domain/settlement/remittance.ts'
import { SETTLEMENT_RULES } from '../../shared/domain/settlement/rules.ts'
import { notBefore } from '../../shared/ledger/payment-facts.ts'
import { bookingDays, type PlacedMovement } from '../../shared/store/settlements/bank-movements.ts'
import type { MatrixRow } from '../../shared/store/settlements/records.ts'
import type { SettlementPorts } from './ports.ts'

/** A day of a channel whose net is known better than its row says: the run that is going on. */
export type NetNow = { readonly channel: string; readonly date: BusinessDate; readonly net: Rupiah | null }

/** How long after its booking rules may still place a movement anew. Its first place it gets at any age. */
const YOUNG_DAYS = 45
/** Booking days read at a time. */
const AT_ONCE = 8

/** Booking days whose movements rules may place anew. */
export function youngDays(now: Instant): { readonly from: BusinessDate; readonly to: BusinessDate } {
  const to = businessDateOf(now)
  return { from: addDays(to, -YOUNG_DAYS), to }
}

/** Whether a movement is anywhere; one that came back after its statement was withdrawn may be nowhere yet. */
export function hasPlace(placement: Placement | undefined): boolean {
  return placement !== undefined && placement.by !== 'withdrawal'
}

/**
 * `day` null: every day as its row says. `older`: booking days whose movements get their first place although they are not young,
 * because their statement came late. `again`: another run placed a movement meanwhile.
 */
export async function placeMovements(
  ports: SettlementPorts,
  day: NetNow | null,
  now: Instant,
  older: readonly BusinessDate[] = [],
): Promise<'placed' | 'again'> {
  const { from: oldest, to: today } = youngDays(now)
  const young = await movementsOn(ports, bookingDays(oldest, today))
  const apart = await movementsOn(
    ports,
    older.filter((on) => on < oldest || on > today),
  )
  const found = [...apart, ...young]
  const free = [
    ...apart.filter(({ placement }) => !hasPlace(placement)),
    ...young.filter(({ placement }) => placement?.by !== 'resolution'),
  ]
  if (free.length === 0) return 'placed'
  const names = ports.channels.map(({ profile }) => profile.name)
  const first = free.reduce((on, { movement }) => (movement.bookedOn < on ? movement.bookedOn : on), oldest)
  const rows = await rowsFor(ports, names, free, addDays(first, -REACH_DAYS), today)
  const days = await openDays(ports, rows, found, free, day)
  const movements = free.map(({ movement }) => movement)
  const places = placesOf(movements, days, names, SETTLEMENT_RULES)
  for (const { movement, placement } of free) {
    const found = places.get(movement.id) ?? []
    if (samePlaces(placement, found)) continue
    const { id, bookedOn } = movement
    const version = (placement?.version ?? 0) + 1
    // The journal reads versions by their time, whatever clock wrote the last.
    const recordedAt = notBefore(now, placement?.recordedAt ?? now)
    const next: Placement = { id, bookedOn, version, recordedAt, by: 'rules', places: found }
    if ((await ports.settlements.putPlacement(next, placement)) === 'conflict') return 'again'
  }
  return 'placed'
}

async function movementsOn(
  { settlements }: SettlementPorts,
  days: readonly BusinessDate[],
): Promise<readonly PlacedMovement[]> {
  const found: PlacedMovement[] = []
  for (let i = 0; i < days.length; i += AT_ONCE) {
    const booked = await Promise.all(days.slice(i, i + AT_ONCE).map((date) => settlements.movementsBooked(date)))
    found.push(...booked.flat())
  }
  return found
}

/** The days that may wait for a young movement, and those further back that one of them names. */
async function rowsFor(
  { settlements }: SettlementPorts,
  names: readonly string[],
  free: readonly PlacedMovement[],
  from: BusinessDate,
  to: BusinessDate,
): Promise<readonly MatrixRow[]> {
  const named = free.flatMap(({ movement }) => readRemittance(movement.remittance, names).days)
  const far = new Map(
    named.filter(({ date }) => date < from || date > to).map((each) => [`${each.channel}#${each.date}`, each]),
  )
  const rows = await Promise.all([
    ...names.map((name) => settlements.rows(name, from, to)),
    ...[...far.values()].map(({ channel, date }) => settlements.rows(channel, date, date)),
  ])
  return rows.flat()
}

/** Each day with what stands on it already and is not placed anew. */
async function openDays(
  { settlements }: SettlementPorts,
  rows: readonly MatrixRow[],
  found: readonly PlacedMovement[],
  free: readonly PlacedMovement[],
  day: NetNow | null,
): Promise<readonly OpenDay[]> {
  const isFree = new Set(free.map(({ movement }) => movement.id))
  const seen = new Map<string, number>()
  for (const { placement } of found) {
    for (const place of placement?.places ?? []) {
      if (place.kind !== 'channel-day') continue
      const key = `${place.channel}#${place.date}`
      seen.set(key, (seen.get(key) ?? 0) + place.amount)
    }
  }
  const fixed = new Set(found.filter(({ placement }) => placement?.by === 'resolution').flatMap(daysWithParts))
  const withDay = day && !rows.some(({ channel, date }) => channel === day.channel && date === day.date)
  const all = [
    ...rows.map((row) => ({ ...row, net: row.fileNetRupiah })),
    ...(withDay ? [{ ...day, bankRupiah: 0 }] : []),
  ]
  return Promise.all(
    all.map(async ({ channel, date, net, bankRupiah }): Promise<OpenDay> => {
      const key = `${channel}#${date}`
      const isOwn = day?.channel === channel && day.date === date
      const open = { channel, date, net: isOwn ? day.net : net }
      // The row was written by the day's last run: where it agrees with the young movements there is nothing else.
      if (!fixed.has(key) && bankRupiah === (seen.get(key) ?? 0)) return open
      const { credits } = await settlements.placedOn(channel, date)
      const given = credits.filter(({ id }) => !isFree.has(id))
      if (given.length === 0) return open
      return { ...open, given: rupiah(given.reduce((sum, { amount }) => sum + amount, 0)) }
    }),
  )
}

function daysWithParts({ placement }: PlacedMovement): readonly string[] {
  return (placement?.places ?? []).flatMap((place) =>
    place.kind === 'channel-day' ? [`${place.channel}#${place.date}`] : [],
  )
}
