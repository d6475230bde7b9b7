/**
 * The bank's movements in table `settlements`: what a statement named, and the versions of where each of them was placed.
 *
 * Promise: a version of a placement is put once, together with what the days read, the list of what is unidentified, and the
 * journal's pointer; so a day never sees half of a placement, and what is unidentified is found at any age. Keys: item.ts.
 */
import { addDays, type BusinessDate, businessDateOf } from '../../domain/instant.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { BankCredit, DayCredit } from '../../domain/settlement/bank.ts'
import { daysOf, type Placement, unidentifiedAmount } from '../../domain/settlement/placement.ts'
import type { CreditInQuestion } from '../../domain/settlement/statement.ts'
import type { EntryTable } from './entries.ts'
import { changeOfInput } from './inputs.ts'
import * as keys from './item.ts'
import { changesOfPayoffs } from './payoffs.ts'

export type PlacedMovement = { readonly movement: BankCredit; readonly placement: Placement | undefined }
/** What the placements say of a channel-day. */
export type PlacedOnDay = { readonly credits: readonly DayCredit[]; readonly inQuestion: readonly CreditInQuestion[] }

export type BankMovementStore = {
  readonly credit: (bookedOn: BusinessDate, id: string) => Promise<BankCredit | undefined>
  readonly putCredit: (credit: BankCredit) => Promise<'put' | 'same' | 'changed'>
  readonly creditsBooked: (on: BusinessDate) => Promise<readonly BankCredit[]>
  /** The movements of a booking day, each with its latest placement. */
  readonly movementsBooked: (on: BusinessDate) => Promise<readonly PlacedMovement[]>
  /** Ascending by version. */
  readonly placements: (bookedOn: BusinessDate, id: string) => Promise<readonly Placement[]>
  /** One transaction. `before`: the version that this one replaces. `conflict`: another one has its number. */
  readonly putPlacement: (placement: Placement, before: Placement | undefined) => Promise<'put' | 'conflict'>
  readonly placedOn: (channel: string, date: BusinessDate) => Promise<PlacedOnDay>
  /** Movements of which a part is unidentified, oldest first; `after` is a pointer of this list. */
  readonly unidentified: (
    after: string | null,
    limit: number,
  ) => Promise<readonly { readonly pointer: string; readonly bookedOn: BusinessDate; readonly id: string }[]>
}

type PaidEntry = { readonly credit: DayCredit | null; readonly inQuestion: CreditInQuestion | null }

export function bankMovementsIn<C>(table: EntryTable<C>): BankMovementStore {
  const range = async (bookedOn: BusinessDate, prefix: string) =>
    table.range<Placement>(keys.placementsPart(bookedOn), { prefix })
  const isThere = async (bookedOn: BusinessDate, id: string) =>
    (await table.get<BankCredit>(keys.bankPart(bookedOn), keys.creditEntry(id))) !== undefined
  return {
    credit: (bookedOn, id) => table.get<BankCredit>(keys.bankPart(bookedOn), keys.creditEntry(id)),
    putCredit: async (credit) => {
      const put = await table.putOnce(keys.bankPart(credit.bookedOn), keys.creditEntry(credit.id), credit)
      return put === 'other' ? 'changed' : put
    },
    creditsBooked: (on) => table.range<BankCredit>(keys.bankPart(on), { prefix: 'credit#' }),
    movementsBooked: async (on) => {
      const movements = await table.range<BankCredit>(keys.bankPart(on), { prefix: 'credit#' })
      if (movements.length === 0) return []
      // Ascending, so the last of each id is its latest.
      const latest = new Map((await range(on, 'placement#')).map((placement) => [placement.id, placement]))
      const found = movements.map((movement) => ({ movement, placement: latest.get(movement.id) }))
      // Withdrawn between the two reads, or back since: one more look says which.
      const stands = await Promise.all(
        found.map(async ({ movement: { id }, placement }) => placement?.by !== 'withdrawal' || isThere(on, id)),
      )
      return found.filter((_, i) => stands[i])
    },
    placements: (bookedOn, id) => range(bookedOn, keys.placementPrefix(id)),
    putPlacement: (placement, before) => table.transact(changesOfPlacement(table, placement, before)),
    placedOn: async (channel, date) => {
      const found = await table.range<PaidEntry>(keys.dayPart(channel, date), { prefix: 'paid#' })
      return {
        credits: found.flatMap(({ credit }) => credit ?? []),
        inQuestion: found.flatMap(({ inQuestion }) => inQuestion ?? []),
      }
    },
    unidentified: async (after, limit) =>
      (await table.entries(keys.UNIDENTIFIED, after, limit)).map((pointer) => ({
        pointer,
        bookedOn: pointer.slice(0, 10) as BusinessDate,
        id: decodeURIComponent(pointer.slice(11)),
      })),
  }
}

/** The writes that make a version of a placement: for a transaction of its own or with a resolution (resolutions.ts). */
export function changesOfPlacement<C>(
  table: EntryTable<C>,
  placement: Placement,
  before: Placement | undefined,
): readonly C[] {
  const { id, bookedOn, version, recordedAt } = placement
  const pointer = keys.unidentifiedEntry(bookedOn, id)
  const now = daysOf(placement)
  const gone = daysOf(before).filter(
    (day) => !now.some(({ channel, date }) => channel === day.channel && date === day.date),
  )
  return [
    table.puttingOnce(keys.placementsPart(bookedOn), keys.placementEntry(id, version), placement),
    changeOfInput(table, recordedAt, keys.placementsPart(bookedOn), keys.placementEntry(id, version)),
    ...now.map(({ channel, date }) =>
      table.putting(keys.dayPart(channel, date), keys.paidEntry(bookedOn, id), paidOn(placement, channel, date)),
    ),
    ...gone.map(({ channel, date }) => table.deleting(keys.dayPart(channel, date), keys.paidEntry(bookedOn, id))),
    ...changesOfPayoffs(table, placement, before),
    unidentifiedAmount(placement) === 0
      ? table.deleting(keys.UNIDENTIFIED, pointer)
      : table.putting(keys.UNIDENTIFIED, pointer, {}),
    table.putting(keys.recordedPart(businessDateOf(recordedAt)), `placement#${bookedOn}#${encodeURIComponent(id)}`, {}),
  ]
}

function paidOn({ id, bookedOn, places }: Placement, channel: string, date: BusinessDate): PaidEntry {
  const entry: { credit: DayCredit | null; inQuestion: CreditInQuestion | null } = { credit: null, inQuestion: null }
  for (const place of places) {
    if (place.kind === 'channel-day' && place.channel === channel && place.date === date) {
      entry.credit = { id, bookedOn, amount: place.amount as Rupiah, how: place.how }
    }
    if (place.kind === 'unidentified' && place.channel === channel && place.askedOn === date) {
      entry.inQuestion = { id, amount: place.amount }
    }
  }
  return entry
}

/** Booking days, both included, that a look at young movements reads. */
export function bookingDays(from: BusinessDate, to: BusinessDate): readonly BusinessDate[] {
  const days: BusinessDate[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(date)
  return days
}
