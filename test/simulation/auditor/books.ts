/**
 * The auditor's own fold: where every rupiah of one account is, worked out from its facts and nothing else.
 *
 * Another algorithm than the domain's: months are auctioned first (every quoted month is a bid, the earliest bid has it),
 * then one purse is carried through the money in order, paying for what was won and buying what is left to buy.
 * Imports types only.
 */
import type { Fact, TermsFact } from '../../../shared/domain/fact.ts'
import { dayEnd, dayStart, monthAt, monthNumber } from './calendar.ts'
import { type Decree, decreeKnownAt, type Figures, figuresOf } from './figures.ts'

export type Entry = { readonly key: string; readonly fact: Fact }

export type Holding = {
  readonly month: number
  readonly price: Figures
  readonly by: string
  readonly order: number
  readonly since: number
  /** Part of its price came out of credit. */
  readonly borrowed: boolean
  /** Nobody had quoted it: left-over money bought it. */
  readonly bought: boolean
}

export type Places = {
  readonly amount: number
  allocated: number
  credit: number
  /** What a share did not need: the money of whoever paid the bill. */
  billReturn: number
  suspense: number
  reversed: number
  readonly months: number[]
}

/** Closed for money from `at`, for cover after `coverEnds`; open again from `reopenedAt`. */
export type Closed = {
  readonly decidedAt: number
  readonly at: number
  readonly coverEnds: number
  reopenedAt: number
}

export type Books = {
  readonly holdings: ReadonlyMap<number, Holding>
  readonly places: ReadonlyMap<string, Places>
  readonly credit: number
  /** In the order of decision. */
  readonly terms: readonly TermsFact[]
  readonly closures: readonly Closed[]
  /** The decree that the books were made with, whenever it was recorded. */
  readonly decree: Decree | undefined
}

type Bid = { readonly month: number; readonly order: number; readonly price: Figures }
type Money = {
  readonly key: string
  readonly amount: number
  readonly at: number
  readonly bids: readonly Bid[]
  readonly isBills: boolean
  readonly isCredit: boolean
}

/** How long an unpaid stretch may be and still be owed. */
const GRACE_MONTHS = 3

export function keyOf(fact: Fact): string {
  return [fact.kind, fact.source, ...fact.id].map(encodeURIComponent).join('#')
}

export function entryOf(fact: Fact): Entry {
  return { key: keyOf(fact), fact }
}

export function inOrder(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort(
    (a, b) => a.fact.decidedAt - b.fact.decidedAt || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  )
}

/** `decree`: a prolongation of the discounts and when it was recorded; money that was decided before knows nothing of it. */
export function booksOf(entries: readonly Entry[], decree?: Decree): Books {
  const ordered = inOrder(entries)
  const terms = ordered.flatMap(({ fact }) => (fact.kind === 'terms' ? [fact] : []))
  const places = new Map<string, Places>()
  const closures: Closed[] = []
  const money = moneyThatCounts(ordered, places, closures)

  const won = auction(money)
  const holdings = new Map<number, Holding>()
  for (const bids of won) for (const bid of bids) holdings.set(bid.month, holdingOf(money, bid, false))
  let purse = 0
  money.forEach((each, order) => {
    const known = decreeKnownAt(decree, each.at)
    const bids = [...(won[order] ?? []), ...givenUp(each, won[order] ?? [], holdings)]
    const turn = { each, order, bids, holdings, terms, places, money, known }
    purse = each.isBills ? spendForBill(turn, purse) : spend(turn, purse)
  })
  return { holdings, places, credit: purse, terms, closures, decree }
}

/** What was put to let credit pay a month takes it also where money before it had won the month and could not keep it. */
function givenUp(each: Money, won: readonly Bid[], holdings: ReadonlyMap<number, Holding>): readonly Bid[] {
  return each.isCredit ? each.bids.filter((bid) => !won.includes(bid) && !holdings.has(bid.month)) : []
}

/** The terms that hold for a month: the last decided that had begun; before all of them, the first. */
export function termsFor(terms: readonly TermsFact[], month: number): TermsFact | undefined {
  return terms.findLast((fact) => monthNumber(fact.from) <= month) ?? terms[0]
}

/** The first month that can be paid at an instant, given the months that count as paid by then. */
export function firstToPay(paid: { readonly has: (month: number) => boolean }, latest: number, at: number): number {
  const current = monthAt(at)
  if (latest < 0 || latest > current || paid.has(current)) return current
  return current - latest <= GRACE_MONTHS ? latest + 1 : current
}

/** The latest paid month, holes notwithstanding; -1 for none. */
export function latestOf(months: Iterable<number>): number {
  let latest = -1
  for (const month of months) if (month > latest) latest = month
  return latest
}

/** Closed at an instant: by a closing that nobody took back, once its day has begun; one for a past day works at once. */
export function isClosed(books: Books, at: number): boolean {
  const last = lastClosed(books)
  return last !== undefined && (last.at <= last.decidedAt || last.at <= at)
}

/** The closing that nobody took back, whether its day has come or not. */
export function lastClosed({ closures }: Books): Closed | undefined {
  const last = closures.at(-1)
  return last?.reopenedAt === Number.POSITIVE_INFINITY ? last : undefined
}

/** Splits money into what counts and what lies in suspense or was reversed; reads closings on the way. */
function moneyThatCounts(ordered: readonly Entry[], places: Map<string, Places>, closures: Closed[]): readonly Money[] {
  const gone = new Map<string, 'reversed' | 'suspense'>()
  for (const { fact } of ordered) if (fact.kind === 'suspension') gone.set(fact.moves, 'suspense')
  for (const { fact } of ordered) if (fact.kind === 'reversal') gone.set(fact.reverses, 'reversed')
  const money: Money[] = []
  let closed: Closed | undefined
  for (const { key, fact } of ordered) {
    if (fact.kind === 'closing' && !closed) {
      const at = Math.max(dayStart(fact.on), fact.decidedAt)
      closed = { decidedAt: fact.decidedAt, at, coverEnds: dayEnd(fact.on), reopenedAt: Number.POSITIVE_INFINITY }
      closures.push(closed)
    }
    if (fact.kind === 'reopening' && closed) {
      closed.reopenedAt = fact.decidedAt
      closed = undefined
    }
    if (!isPaying(fact)) continue
    const amount = fact.kind === 'credit-allocation' ? 0 : fact.amount
    const place: Places = { amount, allocated: 0, credit: 0, billReturn: 0, suspense: 0, reversed: 0, months: [] }
    places.set(key, place)
    const away = gone.get(key) ?? (closed && fact.decidedAt >= closed.at ? 'suspense' : undefined)
    const bids = bidsOf(fact.months, money.length)
    if (away) place[away] = amount
    else
      money.push({
        key,
        amount,
        at: fact.decidedAt,
        bids,
        isBills: fact.kind === 'share',
        isCredit: fact.kind === 'credit-allocation',
      })
  }
  return money
}

/** Brings money, or spends credit. */
export function isPaying(
  fact: Fact,
): fact is Extract<Fact, { readonly kind: 'payment' | 'posting' | 'share' | 'credit-allocation' }> {
  return ['payment', 'posting', 'share', 'credit-allocation'].includes(fact.kind)
}

function bidsOf(runs: Extract<Fact, { readonly kind: 'payment' }>['months'], order: number): readonly Bid[] {
  return runs.flatMap(({ first, count, price: { jkk, jkm, jht } }) => {
    const price = { jkk, jkm, jht, total: jkk + jkm + jht }
    return Array.from({ length: count }, (_, i) => ({ month: monthNumber(first) + i, order, price }))
  })
}

/** Per money, the bids that it won, in the order in which it quoted them: the earliest bid on a month has it. */
function auction(money: readonly Money[]): Bid[][] {
  const bids = money.flatMap((each) => each.bids).sort((a, b) => a.month - b.month || a.order - b.order)
  const winners = new Set(bids.filter((bid, i) => bid.month !== bids[i - 1]?.month))
  return money.map((each) => each.bids.filter((bid) => winners.has(bid)))
}

function holdingOf(money: readonly Money[], bid: Bid, borrowed: boolean): Holding {
  const { key, at } = money[bid.order] as Money
  return { month: bid.month, price: bid.price, by: key, order: bid.order, since: at, borrowed, bought: false }
}

type Turn = {
  readonly each: Money
  readonly order: number
  readonly bids: readonly Bid[]
  readonly holdings: Map<number, Holding>
  readonly terms: readonly TermsFact[]
  readonly places: Map<string, Places>
  readonly money: readonly Money[]
  readonly known: Decree | undefined
}

/** A share pays for the months it won as far as it goes; the rest is the bill's, and no purse but its own is touched. */
function spendForBill(turn: Turn, purse: number): number {
  const place = turn.places.get(turn.each.key) as Places
  let left = turn.each.amount
  let short = false
  for (const bid of turn.bids) {
    short ||= bid.price.total > left
    if (short) turn.holdings.delete(bid.month)
    else {
      left -= bid.price.total
      place.allocated += bid.price.total
      place.months.push(bid.month)
    }
  }
  place.billReturn = left
  return purse
}

/** One payment's turn at the purse: pays for the months it won, gives up the last of them where it cannot, buys with what is over. */
function spend(turn: Turn, before: number): number {
  const { each, bids, holdings, places, money } = turn
  const place = places.get(each.key) as Places
  const costOf = (list: readonly Bid[]) => list.reduce((sum, bid) => sum + bid.price.total, 0)
  const asked = costOf(bids)
  const kept = [...bids]
  while (costOf(kept) > before + each.amount) holdings.delete((kept.pop() as Bid).month)
  let paidFor = 0
  for (const bid of kept) {
    paidFor += bid.price.total
    holdings.set(bid.month, holdingOf(money, bid, paidFor > each.amount))
    place.months.push(bid.month)
  }
  place.allocated = paidFor
  let purse = before + each.amount - paidFor
  if (asked <= each.amount && paidFor < each.amount) purse = buyOldest(turn, place, purse)
  place.credit = purse - before
  return purse
}

/** Only months that the member pays, as they were priced when the money came; months for nothing for a year at most. */
function buyOldest({ each, order, holdings, terms, known: decree }: Turn, place: Places, from: number): number {
  let purse = from
  let own = each.amount - place.allocated
  const known = new Map([...holdings].filter(([, holding]) => holding.order <= order))
  for (let month = firstToPay(known, latestOf(known.keys()), each.at); own > 0; month++) {
    if (holdings.has(month)) continue
    const inForce = termsFor(terms, month)
    if (inForce?.terms.funding !== 'self') break
    const price = figuresOf(month, inForce.terms, decree)
    if (price.total > purse || (price.total === 0 && month > monthAt(each.at) + 12)) break
    const since = Math.max(each.at, inForce.decidedAt)
    holdings.set(month, { month, price, by: each.key, order, since, borrowed: price.total > own, bought: true })
    place.months.push(month)
    place.allocated += price.total
    purse -= price.total
    own = Math.max(0, own - price.total)
  }
  return purse
}
