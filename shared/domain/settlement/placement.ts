/**
 * The one place of each bank movement: a channel-day, a charge to a channel or a fee invoice that it pays, the bank's own charges
 * or interest, unidentified receipts, or returned.
 *
 * Promise: the places of a movement add up to its amount with its sign, whatever its text says; a placement is a record with
 * versions that are only added, so it never falls out of a window. Two people's placement is never changed by rules. Pure:
 * functions/reconcile-settlement/place-movements.ts stores what is found here.
 */
import { assertNever } from '../assert-never.ts'
import type { BusinessDate, Instant } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import { assignCredits, type BankCredit, type CreditQuestion, type DayCredit, type OpenDay } from './bank.ts'
import { type OwnBooking, ownBookingOf } from './bank-texts.ts'
import type { SettlementRules } from './day.ts'
import { readRemittance } from './remittance.ts'

export type Place =
  | {
      readonly kind: 'channel-day'
      readonly channel: string
      readonly date: BusinessDate
      readonly amount: Rupiah
      readonly how: DayCredit['how']
    }
  /** `opening-balance`: what the account held before the first statement of its chain. */
  | { readonly kind: OwnBooking | 'opening-balance'; readonly amount: Rupiah }
  | {
      readonly kind: 'unidentified'
      /** null: its text names none, or several. */
      readonly channel: string | null
      readonly amount: Rupiah
      readonly reason: CreditQuestion['reason']
      /** Sets of days that add up to it, the first two. */
      readonly ways: CreditQuestion['ways']
      /** The channel-day that shows the question; null where there is none. */
      readonly askedOn: BusinessDate | null
    }
  /** By people alone. What is open of the two: payoff.ts. */
  | {
      readonly kind: 'channel-charge'
      readonly channel: string
      /** Of the difference on which it was charged. */
      readonly differenceId: string
      readonly amount: Rupiah
    }
  | { readonly kind: 'fee-invoice'; readonly channel: string; readonly number: string; readonly amount: Rupiah }
  | { readonly kind: 'returned'; readonly channel: string | null; readonly amount: Rupiah }

/** The code of the one record that stands for an account's opening balance; no bank has it. */
export const OPENING_CODE = 'hub-opening'

export type PlaceKind = Place['kind']

/**
 * `rules` may be replaced by rules while the movement is young; `resolution` only by people. `withdrawal`: the statement that
 * named the movement was withdrawn, so it is nowhere; what it was before is kept for the day its bytes come back.
 */
export type Placement = {
  /** The movement's. */
  readonly id: string
  readonly bookedOn: BusinessDate
  /** From 1, without gaps. */
  readonly version: number
  readonly recordedAt: Instant
  readonly by: 'rules' | 'resolution' | 'withdrawal'
  readonly places: readonly Place[]
  /** Of a withdrawal. */
  readonly withdrawn?: WithdrawnPlaces
  /** When people placed it, where that is not `recordedAt`: its statement was withdrawn and came back since. */
  readonly approvedAt?: Instant
}
/** Files of the statement that named it, and where it was; null: it had no place yet. */
export type WithdrawnPlaces = {
  readonly files: readonly string[]
  readonly was: Pick<Placement, 'by' | 'places' | 'approvedAt'> | null
}

/** The movement is no longer in any statement that counts. */
export function withdrawnPlacement(
  movement: Pick<Placement, 'id' | 'bookedOn'>,
  before: Placement | undefined,
  files: readonly string[],
  now: Instant,
): Placement {
  const { id, bookedOn } = movement
  const was = before ? { by: before.by, places: before.places, ...approvalOf(before) } : null
  const version = (before?.version ?? 0) + 1
  return { id, bookedOn, version, recordedAt: now, by: 'withdrawal', places: [], withdrawn: { files, was } }
}

/** By it functions/audit-ledger finds the approval again, also where the placement is put once more. */
function approvalOf({ by, approvedAt, recordedAt }: Placement): Pick<Placement, 'approvedAt'> {
  return by === 'resolution' ? { approvedAt: approvedAt ?? recordedAt } : {}
}

/** Where the movement was when one of these files was withdrawn with it; undefined where it comes from another file. */
export function restoredPlacement(
  { id, bookedOn, amount }: Pick<BankCredit, 'id' | 'bookedOn' | 'amount'>,
  versions: readonly Placement[],
  files: readonly string[],
  now: Instant,
): Placement | undefined {
  const latest = versions.at(-1)
  if (latest?.by !== 'withdrawal') return undefined
  const own = versions.findLast(({ withdrawn }) => withdrawn?.files.some((file) => files.includes(file)))
  const was = own?.withdrawn?.was
  if (!was || was.places.reduce((sum, place) => sum + place.amount, 0) !== amount) return undefined
  return { id, bookedOn, version: latest.version + 1, recordedAt: now, ...was }
}

/** Places for all movements at once, by id: which days a credit pays depends on what the others pay. */
export function placesOf(
  movements: readonly BankCredit[],
  days: readonly OpenDay[],
  channels: readonly string[],
  rules: SettlementRules,
): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, readonly Place[]>()
  const others: BankCredit[] = []
  for (const movement of movements) {
    if (movement.code === OPENING_CODE) {
      places.set(movement.id, [{ kind: 'opening-balance', amount: movement.amount }])
      continue
    }
    const own = readRemittance(movement.remittance, channels).channels.length === 0 ? ownBookingOf(movement) : null
    if (own === null) others.push(movement)
    else places.set(movement.id, [{ kind: own, amount: movement.amount }])
  }
  const { partsOfCredit, questions } = assignCredits(others, days, channels, rules)
  const questionById = new Map(questions.map((question) => [question.credit.id, question]))
  for (const { id } of others) places.set(id, [...partsOfCredit(id), ...unidentified(questionById.get(id))])
  pairReturned(others, places)
  return places
}

/** What a version of a placement is for: `before` undefined is a movement that has just come. */
export function samePlaces(before: Placement | undefined, places: readonly Place[]): boolean {
  return before !== undefined && JSON.stringify(before.places) === JSON.stringify(places)
}

/** The channel-days that see another thing after `after` than after `before`: those of both. */
export function daysOf(
  ...placements: readonly (Placement | undefined)[]
): readonly { readonly channel: string; readonly date: BusinessDate }[] {
  const days = placements.flatMap((placement) => (placement?.places ?? []).flatMap(dayOf))
  return [...new Map(days.map((day) => [`${day.channel}#${day.date}`, day])).values()]
}

/** What of it nobody has placed; 0 for most. */
export function unidentifiedAmount({ places }: Pick<Placement, 'places'>): Rupiah {
  return rupiah(places.reduce((sum, place) => (place.kind === 'unidentified' ? sum + place.amount : sum), 0))
}

/** Accounts of the books that a movement stands on, beside the bank. */
export function ledgerSideOf(place: Place): {
  readonly account:
    | 'receivable'
    | 'bank-charges'
    | 'bank-interest'
    | 'unidentified-receipts'
    | 'returned'
    | 'channel-charges'
    | 'fees-payable'
    | 'opening-balance'
  readonly channel: string | null
} {
  switch (place.kind) {
    case 'channel-day':
      return { account: 'receivable', channel: place.channel }
    case 'opening-balance':
      return { account: 'opening-balance', channel: null }
    case 'bank-charges':
      return { account: 'bank-charges', channel: null }
    case 'interest':
      return { account: 'bank-interest', channel: null }
    case 'unidentified':
      return { account: 'unidentified-receipts', channel: place.channel }
    case 'channel-charge':
      return { account: 'channel-charges', channel: place.channel }
    case 'fee-invoice':
      return { account: 'fees-payable', channel: place.channel }
    case 'returned':
      return { account: 'returned', channel: place.channel }
    default:
      return assertNever(place)
  }
}

function dayOf(place: Place) {
  if (place.kind === 'channel-day') return [{ channel: place.channel, date: place.date }]
  if (place.kind !== 'unidentified' || place.channel === null || place.askedOn === null) return []
  return [{ channel: place.channel, date: place.askedOn }]
}

function unidentified(question: CreditQuestion | undefined): readonly Place[] {
  if (!question) return []
  const { channel, amount, reason, ways, askedOn } = question
  return [{ kind: 'unidentified', channel, amount, reason, ways, askedOn }]
}

/** What a return of the bank carries behind the reference of what it returns (protocols/bank-statement/statement.ts). */
const RETURNED = '~returned'

/** A credit that nobody could place and that the bank itself took back: both are returned, and nobody has to look. */
function pairReturned(movements: readonly BankCredit[], places: Map<string, readonly Place[]>): void {
  for (const { id, amount } of movements) {
    if (!id.endsWith(RETURNED)) continue
    const credit = movements.find((other) => other.id === id.slice(0, -RETURNED.length))
    if (credit?.amount !== -amount || !isUnidentified(places.get(id)) || !isUnidentified(places.get(credit.id)))
      continue
    for (const one of [credit, { id, amount }]) {
      const [place] = places.get(one.id) ?? []
      const channel = place?.kind === 'unidentified' ? place.channel : null
      places.set(one.id, [{ kind: 'returned', channel, amount: one.amount }])
    }
  }
}

function isUnidentified(places: readonly Place[] | undefined): boolean {
  return places?.length === 1 && places[0]?.kind === 'unidentified'
}
