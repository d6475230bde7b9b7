/**
 * The auditor's own fold: where every rupiah of one account is, worked out from its facts and nothing else.
 *
 * Another algorithm than the domain's: months are auctioned first (every quoted month is a bid, the earliest bid has it),
 * then one purse is carried through the money in order, paying for what was won and buying what is left to buy.
 * Imports types only.
 */
import type { Fact, TermsFact } from '../../../shared/domain/fact.ts'
import { dayEnd, monthAt, monthNumber } from './calendar.ts'
import { type Figures, figuresOf } from './figures.ts'

export type Entry = { readonly key: string; readonly fact: Fact }

export type Holding = {
  readonly month: number
  readonly price: Figures
  readonly by: string
  readonly order: number
  readonly since: number
  /** Part of its price came out of credit. */
  readonly borrowed: boolean
}

export type Places = {
  readonly amount: number
  allocated: number
  credit: number
  suspense: number
  reversed: number
  readonly months: number[]
}

/** Closed for money from `at`, for cover after `coverEnds`; open again from `reopenedAt`. */
export type Closed = { readonly at: number; readonly coverEnds: number; reopenedAt: number }

export type Books = {
  readonly holdings: ReadonlyMap<number, Holding>
  readonly places: ReadonlyMap<string, Places>
  readonly credit: number
  /** In the order of decision. */
  readonly terms: readonly TermsFact[]
  readonly closures: readonly Closed[]
}

type Bid = { readonly month: number; readonly order: number; readonly price: Figures }
type Money = { readonly key: string; readonly amount: number; readonly at: number; readonly bids: readonly Bid[] }

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

export function booksOf(entries: readonly Entry[]): Books {
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
    purse = spend({ each, order, bids: won[order] ?? [], holdings, terms, places, money }, purse)
  })
  return { holdings, places, credit: purse, terms, closures }
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

export function isClosed({ closures }: Books): boolean {
  return closures.at(-1)?.reopenedAt === Number.POSITIVE_INFINITY
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
      closed = { at: fact.decidedAt, coverEnds: dayEnd(fact.on), reopenedAt: Number.POSITIVE_INFINITY }
      closures.push(closed)
    }
    if (fact.kind === 'reopening' && closed) {
      closed.reopenedAt = fact.decidedAt
      closed = undefined
    }
    if (fact.kind !== 'payment' && fact.kind !== 'posting' && fact.kind !== 'share') continue
    const place: Places = { amount: fact.amount, allocated: 0, credit: 0, suspense: 0, reversed: 0, months: [] }
    places.set(key, place)
    const away = gone.get(key) ?? (closed ? 'suspense' : undefined)
    if (away) place[away] = fact.amount
    else money.push({ key, amount: fact.amount, at: fact.decidedAt, bids: bidsOf(fact.months, money.length) })
  }
  return money
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
  return { month: bid.month, price: bid.price, by: key, order: bid.order, since: at, borrowed }
}

type Turn = {
  readonly each: Money
  readonly order: number
  readonly bids: readonly Bid[]
  readonly holdings: Map<number, Holding>
  readonly terms: readonly TermsFact[]
  readonly places: Map<string, Places>
  readonly money: readonly Money[]
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

function buyOldest({ each, order, holdings, terms }: Turn, place: Places, from: number): number {
  let purse = from
  let own = each.amount - place.allocated
  const known = new Map([...holdings].filter(([, holding]) => holding.order <= order))
  const quoted = each.bids[0] && termsFor(terms, each.bids[0].month)?.terms.funding
  for (let month = firstToPay(known, latestOf(known.keys()), each.at); own > 0; month++) {
    if (holdings.has(month)) continue
    const inForce = termsFor(terms, month)
    if (!inForce || (quoted !== undefined && inForce.terms.funding !== quoted)) break
    const price = figuresOf(month, inForce.terms)
    if (price.total > purse) break
    const since = Math.max(each.at, inForce.decidedAt)
    holdings.set(month, { month, price, by: each.key, order, since, borrowed: price.total > own })
    place.months.push(month)
    place.allocated += price.total
    purse -= price.total
    own = Math.max(0, own - price.total)
  }
  return purse
}
