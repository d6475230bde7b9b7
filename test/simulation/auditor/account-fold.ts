/**
 * The auditor's own fold: where every rupiah of one account is, worked out from its facts and nothing else.
 *
 * Another algorithm than the domain's: first each month goes to the earliest money that quoted it; then the money is gone
 * through in order with one running credit, which pays the months it has and then the oldest months that are owed.
 * Imports types only.
 */
import type { Fact, TermsFact } from '../../../shared/domain/fact.ts'
import { dayEnd, dayStart, monthAt, monthNumber } from './calendar.ts'
import { type Decree, decreeKnownAt, type Figures, figuresOf } from './figures.ts'

export type Entry = { readonly key: string; readonly fact: Fact }

export type PaidMonth = {
  readonly month: number
  readonly price: Figures
  readonly by: string
  readonly order: number
  readonly since: number
  /** Part of its price came out of credit. */
  readonly usesCredit: boolean
  /** Nobody had quoted it: money that was left over pays it. */
  readonly isLeftOver: boolean
}

export type MoneyAllocation = {
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
export type ClosedPeriod = {
  readonly decidedAt: number
  readonly at: number
  readonly coverEnds: number
  reopenedAt: number
}

export type AuditedAccount = {
  readonly paidMonths: ReadonlyMap<number, PaidMonth>
  readonly allocations: ReadonlyMap<string, MoneyAllocation>
  readonly credit: number
  /** In the order of decision. */
  readonly terms: readonly TermsFact[]
  readonly closures: readonly ClosedPeriod[]
  /** The decree that this fold was made with, whenever it was recorded. */
  readonly decree: Decree | undefined
}

type QuotedMonth = { readonly month: number; readonly order: number; readonly price: Figures }
type Money = {
  readonly key: string
  readonly amount: number
  readonly at: number
  readonly quotedMonths: readonly QuotedMonth[]
  readonly isBills: boolean
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
export function auditAccount(entries: readonly Entry[], decree?: Decree): AuditedAccount {
  const ordered = inOrder(entries)
  const terms = ordered.flatMap(({ fact }) => (fact.kind === 'terms' ? [fact] : []))
  const allocations = new Map<string, MoneyAllocation>()
  const closures: ClosedPeriod[] = []
  const money = moneyThatCounts(ordered, allocations, closures)

  const firstQuoted = firstQuotes(money)
  const paidMonths = new Map<number, PaidMonth>()
  for (const quotedMonths of firstQuoted)
    for (const quoted of quotedMonths) paidMonths.set(quoted.month, paidMonthOf(money, quoted, false))
  let runningCredit = 0
  money.forEach((each, order) => {
    const known = decreeKnownAt(decree, each.at)
    const own = firstQuoted[order] ?? []
    const reach = each.amount + (each.isBills ? 0 : runningCredit)
    const quotedMonths = [...own, ...givenUp(each, own, reach, paidMonths)]
    const step = { each, order, quotedMonths, paidMonths, terms, allocations, money, known }
    runningCredit = each.isBills ? allocateShare(step, runningCredit) : allocateMoney(step, runningCredit)
  })
  return { paidMonths, allocations, credit: runningCredit, terms, closures, decree }
}

/** Money also pays a month that earlier money had quoted first and could not pay: in order, up to the first that is beyond its reach. */
function givenUp(
  each: Money,
  own: readonly QuotedMonth[],
  reach: number,
  paidMonths: ReadonlyMap<number, PaidMonth>,
): readonly QuotedMonth[] {
  const open = each.quotedMonths.filter((quoted) => !own.includes(quoted) && !paidMonths.has(quoted.month))
  const ownTotal = own.reduce((sum, quoted) => sum + quoted.price.total, 0)
  const upTo = (count: number) => open.slice(0, count).reduce((sum, quoted) => sum + quoted.price.total, ownTotal)
  const beyond = open.findIndex((_, i) => upTo(i + 1) > reach)
  return beyond < 0 ? open : open.slice(0, beyond)
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
export function isClosed(books: AuditedAccount, at: number): boolean {
  const last = lastClosed(books)
  return last !== undefined && (last.at <= last.decidedAt || last.at <= at)
}

/** The closing that nobody took back, whether its day has come or not. */
export function lastClosed({ closures }: AuditedAccount): ClosedPeriod | undefined {
  const last = closures.at(-1)
  return last?.reopenedAt === Number.POSITIVE_INFINITY ? last : undefined
}

/** Splits money into what counts and what lies in suspense or was reversed; reads closings on the way. */
function moneyThatCounts(
  ordered: readonly Entry[],
  allocations: Map<string, MoneyAllocation>,
  closures: ClosedPeriod[],
): readonly Money[] {
  const gone = new Map<string, 'reversed' | 'suspense'>()
  for (const { fact } of ordered) if (fact.kind === 'suspension') gone.set(fact.moves, 'suspense')
  for (const { fact } of ordered) if (fact.kind === 'reversal') gone.set(fact.reverses, 'reversed')
  const money: Money[] = []
  let closed: ClosedPeriod | undefined
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
    const place: MoneyAllocation = {
      amount,
      allocated: 0,
      credit: 0,
      billReturn: 0,
      suspense: 0,
      reversed: 0,
      months: [],
    }
    allocations.set(key, place)
    const away = gone.get(key) ?? (closed && fact.decidedAt >= closed.at ? 'suspense' : undefined)
    const quotedMonths = quotedMonthsOf(fact.months, money.length)
    if (away) place[away] = amount
    else
      money.push({
        key,
        amount,
        at: fact.decidedAt,
        quotedMonths,
        isBills: fact.kind === 'share',
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

function quotedMonthsOf(
  runs: Extract<Fact, { readonly kind: 'payment' }>['months'],
  order: number,
): readonly QuotedMonth[] {
  return runs.flatMap(({ first, count, price: { jkk, jkm, jht } }) => {
    const price = { jkk, jkm, jht, total: jkk + jkm + jht }
    return Array.from({ length: count }, (_, i) => ({ month: monthNumber(first) + i, order, price }))
  })
}

/** Per money, the months that it quoted first, in the order of its quote. */
function firstQuotes(money: readonly Money[]): QuotedMonth[][] {
  const quotedMonths = money.flatMap((each) => each.quotedMonths).sort((a, b) => a.month - b.month || a.order - b.order)
  const first = new Set(quotedMonths.filter((quoted, i) => quoted.month !== quotedMonths[i - 1]?.month))
  return money.map((each) => each.quotedMonths.filter((quoted) => first.has(quoted)))
}

function paidMonthOf(money: readonly Money[], quoted: QuotedMonth, borrowed: boolean): PaidMonth {
  const { key, at } = money[quoted.order] as Money
  return {
    month: quoted.month,
    price: quoted.price,
    by: key,
    order: quoted.order,
    since: at,
    usesCredit: borrowed,
    isLeftOver: false,
  }
}

type AllocationStep = {
  readonly each: Money
  readonly order: number
  readonly quotedMonths: readonly QuotedMonth[]
  readonly paidMonths: Map<number, PaidMonth>
  readonly terms: readonly TermsFact[]
  readonly allocations: Map<string, MoneyAllocation>
  readonly money: readonly Money[]
  readonly known: Decree | undefined
}

/** A share pays the months it has as far as it reaches; the rest goes back to the bill, and the member's credit is not touched. */
function allocateShare(step: AllocationStep, runningCredit: number): number {
  const place = step.allocations.get(step.each.key) as MoneyAllocation
  let left = step.each.amount
  let short = false
  for (const quoted of step.quotedMonths) {
    short ||= quoted.price.total > left
    if (short) step.paidMonths.delete(quoted.month)
    else {
      left -= quoted.price.total
      place.allocated += quoted.price.total
      place.months.push(quoted.month)
      step.paidMonths.set(quoted.month, paidMonthOf(step.money, quoted, false))
    }
  }
  place.billReturn = left
  return runningCredit
}

/** One payment: pays the months it has, gives up the last of them where the money does not reach, pays older months with the rest. */
function allocateMoney(step: AllocationStep, before: number): number {
  const { each, quotedMonths, paidMonths, allocations, money } = step
  const place = allocations.get(each.key) as MoneyAllocation
  const costOf = (list: readonly QuotedMonth[]) => list.reduce((sum, quoted) => sum + quoted.price.total, 0)
  const quotedTotal = costOf(quotedMonths)
  const kept = [...quotedMonths]
  while (costOf(kept) > before + each.amount) paidMonths.delete((kept.pop() as QuotedMonth).month)
  let paidFor = 0
  for (const quoted of kept) {
    paidFor += quoted.price.total
    paidMonths.set(quoted.month, paidMonthOf(money, quoted, paidFor > each.amount))
    place.months.push(quoted.month)
  }
  place.allocated = paidFor
  let runningCredit = before + each.amount - paidFor
  if (quotedTotal <= each.amount && paidFor < each.amount) runningCredit = payOldestMonths(step, place, runningCredit)
  place.credit = runningCredit - before
  return runningCredit
}

/** Only months that the member pays, as they were priced when the money came; months for nothing for a year at most. */
function payOldestMonths(
  { each, order, paidMonths, terms, known: decree }: AllocationStep,
  place: MoneyAllocation,
  from: number,
): number {
  let runningCredit = from
  let own = each.amount - place.allocated
  const known = new Map([...paidMonths].filter(([, paidMonth]) => paidMonth.order <= order))
  for (let month = firstToPay(known, latestOf(known.keys()), each.at); own > 0; month++) {
    if (paidMonths.has(month)) continue
    const inForce = termsFor(terms, month)
    if (inForce?.terms.funding !== 'self') break
    const price = figuresOf(month, inForce.terms, decree)
    if (price.total > runningCredit || (price.total === 0 && month > monthAt(each.at) + 12)) break
    const since = Math.max(each.at, inForce.decidedAt)
    paidMonths.set(month, { month, price, by: each.key, order, since, usesCredit: price.total > own, isLeftOver: true })
    place.months.push(month)
    place.allocated += price.total
    runningCredit -= price.total
    own = Math.max(0, own - price.total)
  }
  return runningCredit
}
