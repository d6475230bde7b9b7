/**
 * Bank credits and the channel-days they pay.
 *
 * Promise: a credit is given to a day only when its text says so, or when there is provably one way only. Refuses to know
 * statements' formats (shared/protocols/bank-statement).
 */
import { inForce } from '../effective-dated.ts'
import { addDays, type BusinessDate } from '../instant.ts'
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
  /** The bank's own type of movement, where the statement names one: SWIFT's `NCHG`, camt.053's sub-family. */
  readonly code?: string
  /** Which statement and which entry of it, for the person who looks. */
  readonly statement: string
  readonly entry: number
}

/** A day of a channel and what its bank credit must come to; `net` null: its file is expected and not here. */
export type OpenDay = {
  readonly channel: string
  readonly date: BusinessDate
  readonly net: Rupiah | null
  /** What movements have paid that are not placed anew: older ones, and those that people placed. */
  readonly given?: Rupiah
}

/**
 * Places that one movement may have. A version of its placement is one transaction, of 100 writes at most: one for each place that
 * it has now, one for each that it had before, and some for two people and the journal.
 */
export const MOST_PLACES = 40

/** The part of a credit that pays a day; several credits may pay one day, one credit several. */
export type DayCredit = {
  readonly id: string
  readonly bookedOn: BusinessDate
  readonly amount: Rupiah
  /** By the days that its text names, as the only sum of open days there is, or by two people. */
  readonly how: 'named' | 'only-sum' | 'resolution'
}

/** A credit that a person must place. `channel` null: its text names none. `ways`: the first two, where days sum up to it. */
export type CreditQuestion = {
  readonly credit: BankCredit
  readonly channel: string | null
  /** What of it is not placed: most often all. */
  readonly amount: Rupiah
  readonly reason: UnplacedReason
  readonly ways: readonly (readonly BusinessDate[])[]
  /** The day on which it is asked: the latest open one before the booking; null where there is none. */
  readonly askedOn: BusinessDate | null
}

/** `day-without-row`: its text names a day that the channel never had, as with a wrong year. `left-by-people`: placed in part. */
export type UnplacedReason =
  | 'no-channel'
  | 'several-channels'
  | 'no-sum'
  | 'several-sums'
  | 'too-many-days'
  | 'day-without-file'
  | 'day-without-row'
  | 'left-by-people'

type DayPart = {
  readonly kind: 'channel-day'
  readonly channel: string
  readonly date: BusinessDate
  readonly amount: Rupiah
  readonly how: DayCredit['how']
}

export type AssignedCredits = {
  readonly partsOf: (channel: string, date: BusinessDate) => readonly DayCredit[]
  /** The same parts by movement, in order of channel and date. */
  readonly partsOfCredit: (id: string) => readonly DayPart[]
  readonly questions: readonly CreditQuestion[]
}

/**
 * Gives credits to days. `days` are all of the channels' days that credits may be for; a named day that is not among them is
 * no day: what would be its part is asked about. Every rupiah of a credit is in a part or in its question. The order of
 * credits and days changes nothing.
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
    one.days.length > 0 &&
    one.days.length <= MOST_PLACES &&
    one.channels.every((channel) => one.days.some((day) => day.channel === channel))
  const named = read.filter(isNamed)
  // Credits of one day first: what they leave is what the wider ones can be for.
  const byWidth = [...named.filter(({ days }) => days.length === 1), ...named.filter(({ days }) => days.length > 1)]
  const rests = byWidth.map((one) => ({ ...one, left: giveNamed(book, one.credit, one.days) }))
  // Asked when all are given, so that the day asked on is one that still waits.
  const questions: CreditQuestion[] = rests
    .filter(({ left }) => left !== 0)
    .map(({ credit, channels: candidates, left }) =>
      asking(
        book,
        credit,
        candidates.length === 1 ? (candidates[0] as string) : null,
        'day-without-row',
        [],
        rupiah(left),
      ),
    )
  const lumps = new Map<string, BankCredit[]>()
  for (const one of read.filter((each) => !isNamed(each))) {
    const [channel, more] = one.channels
    if (one.days.length > MOST_PLACES) {
      questions.push(asking(book, one.credit, more === undefined ? (channel ?? null) : null, 'too-many-days', []))
      continue
    }
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
    partsOfCredit: (id) =>
      (book.byCredit.get(id) ?? []).toSorted((a, b) => compare(keyOf(a.channel, a.date), keyOf(b.channel, b.date))),
    questions: questions.sort(
      (a, b) => compare(a.credit.bookedOn, b.credit.bookedOn) || compare(a.credit.id, b.credit.id),
    ),
  }
}

type Book = {
  readonly days: ReadonlyMap<string, OpenDay>
  readonly parts: Map<string, readonly DayCredit[]>
  readonly byCredit: Map<string, readonly DayPart[]>
}

function bookOf(days: readonly OpenDay[]): Book {
  const byKey = new Map(days.map((day) => [keyOf(day.channel, day.date), day]))
  return { days: byKey, parts: new Map(), byCredit: new Map() }
}

/**
 * Days in order take what they still need; the last takes the rest, so that every rupiah of the credit has a day. Where the
 * text also names a day that is none, nobody knows whose the rest is. Returns what no day took.
 */
function giveNamed(book: Book, credit: BankCredit, named: readonly NamedDay[]): number {
  const days = named.filter(({ channel, date }) => book.days.has(keyOf(channel, date)))
  const isKnown = ({ channel, date }: NamedDay) => (book.days.get(keyOf(channel, date))?.net ?? null) !== null
  const inOrder = [...days.filter(isKnown), ...days.filter((day) => !isKnown(day))]
  const lastTakesAll = days.length === named.length
  let left: number = credit.amount
  inOrder.forEach((day, i) => {
    const part = lastTakesAll && i === inOrder.length - 1 ? left : partFor(book, day, left)
    left -= part
    if (part !== 0 || named.length === 1) give(book, day, credit, part, 'named')
  })
  return left
}

/** What a day takes of `left`: its open need, or of a returned credit what it was given before. */
function partFor(book: Book, { channel, date }: NamedDay, left: number): number {
  const key = keyOf(channel, date)
  const before: number = book.days.get(key)?.given ?? 0
  const given = (book.parts.get(key) ?? []).reduce((sum, { amount }) => sum + amount, before)
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
    const claimants = Map.groupBy(
      sure.flatMap(({ ways }) => ways[0] as readonly BusinessDate[]),
      (date) => date,
    )
    const alone = sure.filter(({ ways }) => ways[0]?.every((date) => claimants.get(date)?.length === 1))
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

/** A credit is never taken for a day that lies further back, unless it names it: what it pays must not depend on when it is asked. */
export const REACH_DAYS = 45

/** Days that still wait for their money when the credit is booked, oldest first. A day that owes nothing waits for nothing. */
function openBefore(book: Book, channel: string, bookedOn: BusinessDate): readonly OpenDay[] {
  const earliest = addDays(bookedOn, -REACH_DAYS)
  return [...book.days.values()]
    .filter((day) => day.channel === channel && day.date < bookedOn && day.date >= earliest && day.net !== 0)
    .filter(({ date, given }) => given === undefined && !book.parts.has(keyOf(channel, date)))
    .sort((a, b) => compare(a.date, b.date))
}

/** At most two subsets, never the empty one: all sums of one half against all of the other. */
function subsetsOf(nets: readonly Rupiah[], target: number): readonly (readonly number[])[] {
  const half = nets.length >> 1
  const left = sumsOf(nets.slice(0, half))
  const right = sumsOf(nets.slice(half))
  const masksBySum = Map.groupBy(left.keys(), (mask) => left[mask] as number)
  const found: number[][] = []
  for (const [mask, sum] of right.entries()) {
    for (const other of masksBySum.get(target - sum) ?? []) {
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
  const ofDay = { kind: 'channel-day', channel, date, amount: part.amount, how } as const
  book.byCredit.set(credit.id, [...(book.byCredit.get(credit.id) ?? []), ofDay])
}

function asking(
  book: Book,
  credit: BankCredit,
  channel: string | null,
  reason: CreditQuestion['reason'],
  ways: CreditQuestion['ways'],
  amount: Rupiah = credit.amount,
): CreditQuestion {
  const askedOn = channel === null ? null : (openBefore(book, channel, credit.bookedOn).at(-1)?.date ?? null)
  return { credit, channel, amount, reason, ways, askedOn }
}

function keyOf(channel: string, date: BusinessDate): string {
  return `${channel}#${date}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
