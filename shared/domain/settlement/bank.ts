/**
 * Bank credits and the channel-days they pay.
 *
 * Promise: a credit is given to a day only when its text says so, or when there is provably one way only. Refuses to know
 * statements' formats (shared/protocols/bank-statement).
 */
import { inForce } from '../effective-dated.ts'
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { SettlementRules } from './day.ts'
import { type NamedDay, readRemittance } from './remittance.ts'

/** One movement on the hub's account. */
export type BankCredit = {
  /** The bank's own reference, or a digest of content and position where it gives none. */
  readonly id: string
  readonly bookedOn: BusinessDate
  readonly valueOn: BusinessDate
  /** Negative for a returned credit. */
  readonly amount: Rupiah
  readonly remittance: string
  /** Which statement and which entry of it, for the person who looks. */
  readonly statement: string
  readonly entry: number
}

/** A day of a channel and what its bank credit must come to; `net` null: its file is expected and not here. */
export type OpenDay = { readonly channel: string; readonly date: BusinessDate; readonly net: Rupiah | null }

/** The part of a credit that pays a day; several credits may pay one day, one credit several. */
export type DayCredit = {
  readonly id: string
  readonly bookedOn: BusinessDate
  readonly amount: Rupiah
  /** By the days that its text names, or as the only sum of open days there is. */
  readonly how: 'named' | 'only-sum'
}

/** A credit that a person must place. `channel` null: its text names none. `ways`: the first two, where days sum up to it. */
export type CreditQuestion = {
  readonly credit: BankCredit
  readonly channel: string | null
  readonly reason: 'no-channel' | 'several-channels' | 'no-sum' | 'several-sums' | 'too-many-days' | 'day-without-file'
  readonly ways: readonly (readonly BusinessDate[])[]
  /** The day on which it is asked: the latest open one before the booking; null where there is none. */
  readonly askedOn: BusinessDate | null
}

export type AssignedCredits = {
  readonly partsOf: (channel: string, date: BusinessDate) => readonly DayCredit[]
  readonly questions: readonly CreditQuestion[]
}

/**
 * Gives credits to days. `days` are all of the channels' days that credits may be for; a named day that is not among them
 * is a day without a file. The order of credits and days changes nothing.
 */
export function assignCredits(
  credits: readonly BankCredit[],
  days: readonly OpenDay[],
  channels: readonly string[],
  rules: SettlementRules,
): AssignedCredits {
  const book = bookOf(days)
  const inOrder = credits.toSorted((a, b) => compare(a.bookedOn, b.bookedOn) || compare(a.id, b.id))
  const read = inOrder.map((credit) => ({ credit, ...readRemittance(credit.remittance, channels) }))
  const isNamed = (one: (typeof read)[number]) =>
    one.days.length > 0 && one.channels.every((channel) => one.days.some((day) => day.channel === channel))
  const named = read.filter(isNamed)
  // Credits of one day first: what they leave is what the wider ones can be for.
  for (const one of named.filter((each) => each.days.length === 1)) giveNamed(book, one.credit, one.days)
  for (const one of named.filter((each) => each.days.length > 1)) giveNamed(book, one.credit, one.days)

  const questions: CreditQuestion[] = []
  const lumps = new Map<string, BankCredit[]>()
  for (const one of read.filter((each) => !isNamed(each))) {
    const [channel, more] = one.channels
    if (channel !== undefined && more === undefined && one.credit.amount > 0) {
      lumps.set(channel, [...(lumps.get(channel) ?? []), one.credit])
      continue
    }
    const reason = channel === undefined ? 'no-channel' : more === undefined ? 'no-sum' : 'several-channels'
    questions.push(asking(book, one.credit, more === undefined ? (channel ?? null) : null, reason, []))
  }
  for (const [channel, ofChannel] of lumps) questions.push(...giveLumps(book, channel, ofChannel, rules))
  return {
    partsOf: (channel, date) => book.parts.get(keyOf(channel, date)) ?? [],
    questions: questions.sort(
      (a, b) => compare(a.credit.bookedOn, b.credit.bookedOn) || compare(a.credit.id, b.credit.id),
    ),
  }
}

type Book = { readonly days: ReadonlyMap<string, OpenDay>; readonly parts: Map<string, readonly DayCredit[]> }

function bookOf(days: readonly OpenDay[]): Book {
  return { days: new Map(days.map((day) => [keyOf(day.channel, day.date), day])), parts: new Map() }
}

/** Days in order take what they still need; the last takes the rest, so that every rupiah of the credit has a day. */
function giveNamed(book: Book, credit: BankCredit, named: readonly NamedDay[]): void {
  const isKnown = ({ channel, date }: NamedDay) => (book.days.get(keyOf(channel, date))?.net ?? null) !== null
  const known = named.filter(isKnown)
  const unknown = named.filter((day) => !isKnown(day))
  let left: number = credit.amount
  const inOrder = [...known, ...unknown]
  inOrder.forEach((day, i) => {
    const part = i === inOrder.length - 1 ? left : partFor(book, day, left)
    left -= part
    if (part !== 0 || inOrder.length === 1) give(book, day, credit, part, 'named')
  })
}

/** What a day takes of `left`: its open need, or of a returned credit what it was given before. */
function partFor(book: Book, { channel, date }: NamedDay, left: number): number {
  const key = keyOf(channel, date)
  const given = (book.parts.get(key) ?? []).reduce((sum, { amount }) => sum + amount, 0)
  if (left < 0) return -Math.min(Math.max(given, 0), -left)
  const net = book.days.get(key)?.net ?? null
  if (net === null) return 0
  return net - given < 0 ? Math.min(0, net - given) : Math.min(net - given, left)
}

/**
 * Round by round: a credit for which exactly one set of open days sums up takes them; two that want the same day take none.
 * What a proven credit took is no longer open for the others.
 */
function giveLumps(
  book: Book,
  channel: string,
  credits: readonly BankCredit[],
  rules: SettlementRules,
): readonly CreditQuestion[] {
  let left = credits
  for (;;) {
    const tried = left.map((credit) => ({ credit, ...sumsFor(book, channel, credit, rules) }))
    const sure = tried.filter(({ ways, reason }) => reason === null && ways.length === 1)
    const wanted = Map.groupBy(
      sure.flatMap(({ ways }) => ways[0] as readonly BusinessDate[]),
      (date) => date,
    )
    const alone = sure.filter(({ ways }) => ways[0]?.every((date) => wanted.get(date)?.length === 1))
    if (alone.length === 0) {
      return tried.map(({ credit, ways, reason }) =>
        asking(book, credit, channel, reason ?? (ways.length === 0 ? 'no-sum' : 'several-sums'), ways),
      )
    }
    for (const { credit, ways } of alone) {
      for (const date of ways[0] as readonly BusinessDate[]) {
        give(book, { channel, date }, credit, book.days.get(keyOf(channel, date))?.net as Rupiah, 'only-sum')
      }
    }
    left = left.filter((credit) => !alone.some((one) => one.credit === credit))
  }
}

/** The first two sets of open days that sum up to the credit. */
function sumsFor(
  book: Book,
  channel: string,
  credit: BankCredit,
  rules: SettlementRules,
): { readonly ways: CreditQuestion['ways']; readonly reason: CreditQuestion['reason'] | null } {
  const open = openBefore(book, channel, credit.bookedOn)
  if (open.some(({ net }) => net === null)) return { ways: [], reason: 'day-without-file' }
  if (open.length > inForce('open days', rules.openDays, credit.bookedOn)) return { ways: [], reason: 'too-many-days' }
  const ways = subsetsOf(
    open.map(({ net }) => net as Rupiah),
    credit.amount,
  )
  return { ways: ways.map((way) => way.map((i) => (open[i] as OpenDay).date)), reason: null }
}

/** Days that still wait for their money when the credit is booked, oldest first. A day that owes nothing waits for nothing. */
function openBefore(book: Book, channel: string, bookedOn: BusinessDate): readonly OpenDay[] {
  return [...book.days.values()]
    .filter((day) => day.channel === channel && day.date < bookedOn && day.net !== 0)
    .filter(({ date }) => !book.parts.has(keyOf(channel, date)))
    .sort((a, b) => compare(a.date, b.date))
}

/** At most two subsets, never the empty one: all sums of one half against all of the other. */
function subsetsOf(nets: readonly Rupiah[], wanted: number): readonly (readonly number[])[] {
  const half = nets.length >> 1
  const left = sumsOf(nets.slice(0, half))
  const right = sumsOf(nets.slice(half))
  const masksBySum = Map.groupBy(left.keys(), (mask) => left[mask] as number)
  const found: number[][] = []
  for (const [mask, sum] of right.entries()) {
    for (const other of masksBySum.get(wanted - sum) ?? []) {
      if (mask === 0 && other === 0) continue
      found.push(nets.flatMap((_, i) => ((i < half ? other >> i : mask >> (i - half)) & 1 ? [i] : [])))
      if (found.length === 2) return found
    }
  }
  return found
}

/** By mask: the sum of the members whose bit is set. */
function sumsOf(nets: readonly Rupiah[]): Float64Array {
  const sums = new Float64Array(2 ** nets.length)
  for (let mask = 1; mask < sums.length; mask++) {
    const lowest = 31 - Math.clz32(mask & -mask)
    sums[mask] = (sums[mask & (mask - 1)] as number) + (nets[lowest] as number)
  }
  return sums
}

function give(
  book: Book,
  { channel, date }: NamedDay,
  credit: BankCredit,
  amount: number,
  how: DayCredit['how'],
): void {
  const part = { id: credit.id, bookedOn: credit.bookedOn, amount: rupiah(amount), how }
  book.parts.set(keyOf(channel, date), [...(book.parts.get(keyOf(channel, date)) ?? []), part])
}

function asking(
  book: Book,
  credit: BankCredit,
  channel: string | null,
  reason: CreditQuestion['reason'],
  ways: CreditQuestion['ways'],
): CreditQuestion {
  const askedOn = channel === null ? null : (openBefore(book, channel, credit.bookedOn).at(-1)?.date ?? null)
  return { credit, channel, reason, ways, askedOn }
}

function keyOf(channel: string, date: BusinessDate): string {
  return `${channel}#${date}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
