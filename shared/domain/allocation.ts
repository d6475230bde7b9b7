/**
 * Where every rupiah of an account is: allocated to a month, credit, returned to its bill, in suspense, or reversed. The first
 * half of the fold.
 *
 * Promises: places depend on facts and rules alone, never on the time of asking, nor on the order in which facts arrive. A rule
 * that was recorded after money was decided moves none of it. The money of a bill never becomes a member's credit, and a
 * member's credit never pays a month that a sponsor pays. Knows nothing of status and cover; coverage.ts derives those.
 *
 * ```
 * decided   t1        t2              t3                 t4
 * fact      pay Nov   pay Nov again   pay Dec (quoted)   reversal of t1
 * pass 1    Nov       (month is full) Dec                Nov goes to t2: what t1 had kept it from returns
 * pass 2              oldest payable                     t3 keeps Dec: nothing else moves; what gave a month up leaves it to the
 *                                                       next that was quoted it
 * ```
 */
import { type AccountClosures, closuresOf, inSuspense } from './closures.ts'
import { inForce } from './effective-dated.ts'
import {
  byDecision,
  type Fact,
  type FactKey,
  keyOf,
  type MonthFact,
  type PricedRun,
  refundsIn,
  type TermsFact,
} from './fact.ts'
import type { Instant } from './instant.ts'
import { type Rupiah, rupiah, ZERO } from './money.ts'
import { addMonths, type Month, monthOf } from './month.ts'
import { payableMonths } from './payable-months.ts'
import { type Rules, rulesKnownAt } from './rules.ts'
import { type Price, priceOf, totalOf } from './tariff.ts'

/** A month paid in full. */
export type PaidMonth = {
  readonly month: Month
  readonly price: Price
  readonly total: Rupiah
  /** The payment, share, posting or credit allocation that took it. */
  readonly by: FactKey
  readonly decidedAt: Instant
  /** Position of `by` in the order of the fold. */
  readonly order: number
  /** Whether credit completed the price. */
  readonly usesCredit: boolean
  /** Whether left-over money took it: nobody had quoted it. Then, and with credit, `decidedAt` alone does not say when it was full. */
  readonly isLeftOver: boolean
}

/**
 * The places of one fact's money: `allocated + credit + billReturn + suspense + reversed = amount`.
 * A credit allocation brings no money: its amount is 0, and what it allocated it drew from credit.
 */
export type FactAllocation = {
  readonly fact: FactKey
  readonly amount: Rupiah
  readonly months: readonly Month[]
  readonly allocated: Rupiah
  /** The member's own; negative where the fact drew credit that earlier facts had left. */
  readonly credit: Rupiah
  /** What a share did not need for its months. It belongs to whoever paid the bill and waits there: never credit. */
  readonly billReturn: Rupiah
  readonly suspense: Rupiah
  /** Back at the channel: the whole, or the part of a share that was refunded. */
  readonly reversed: Rupiah
}

export type Allocation = {
  readonly paidMonths: ReadonlyMap<Month, PaidMonth>
  readonly byFact: readonly FactAllocation[]
  /** The member's own money that is in no month yet. */
  readonly credit: Rupiah
  /** In the order of the fold. */
  readonly terms: readonly TermsFact[]
  readonly closures: AccountClosures
}

/** Money that is neither reversed nor in suspense, with the months that it has. */
type LiveMoney = {
  readonly fact: MonthFact
  readonly key: FactKey
  /** Without what was refunded. */
  readonly amount: Rupiah
  readonly refunded: Rupiah
  readonly order: number
  readonly months: PaidMonth[]
  credit: Rupiah
  billReturn: Rupiah
}

/** What pass 2 needs besides the money itself. */
type Fold = { readonly paid: Map<Month, PaidMonth>; readonly terms: readonly TermsFact[]; readonly rules: Rules }

/** After this month nothing is allocated; what is left stays credit. */
const LAST_MONTH = '9999-12' as Month

/** Folds the facts of one account, in any order, into places. Never throws for facts that the store can hold. */
export function allocate(facts: readonly Fact[], rules: Rules): Allocation {
  const ordered = [...facts].sort(byDecision)
  const terms = ordered.filter((fact) => fact.kind === 'terms')
  const closures = closuresOf(ordered)
  const reversed = new Set(ordered.flatMap((fact) => (fact.kind === 'reversal' ? [fact.reverses] : [])))
  const suspended = new Set(ordered.flatMap((fact) => (fact.kind === 'suspension' ? [fact.moves] : [])))
  const refunds = refundsIn(ordered)

  const paid = new Map<Month, PaidMonth>()
  const live: LiveMoney[] = []
  const places: (FactAllocation | LiveMoney)[] = []
  ordered.forEach((fact, order) => {
    if (!takesMonths(fact)) return
    const key = keyOf(fact)
    const amount = fact.kind === 'credit-allocation' ? ZERO : fact.amount
    const refunded = rupiah(Math.min(amount, refunds.get(key) ?? 0))
    const out = reversed.has(key) ? 'reversed' : suspended.has(key) || inSuspense(closures, fact) ? 'suspense' : null
    if (out) {
      places.push(outOfMonths(key, amount, out === 'reversed' ? amount : refunded))
      return
    }
    const left = rupiah(amount - refunded)
    const money: LiveMoney = { fact, key, amount: left, refunded, order, months: [], credit: ZERO, billReturn: ZERO }
    live.push(money)
    places.push(money)
  })

  for (const money of live) takeQuotedMonths(money, paid)
  let credit = ZERO
  for (const money of live) {
    if (money.fact.kind === 'share') returnRest(money, paid)
    else credit = placeRest(money, { paid, terms, rules }, credit)
  }
  return { paidMonths: paid, byFact: places.map(placeOf), credit, terms, closures }
}

/** Whether a fact pays months: with money of its own, or with credit. */
export function takesMonths(fact: Fact): fact is MonthFact {
  return (
    fact.kind === 'payment' || fact.kind === 'posting' || fact.kind === 'share' || fact.kind === 'credit-allocation'
  )
}

/** The terms in force in a month: the last decided of those that begin by then; before the first, the first. */
export function termsIn(terms: readonly TermsFact[], month: Month): TermsFact | undefined {
  for (let i = terms.length - 1; i >= 0; i--) {
    const fact = terms[i]
    if (fact && fact.from <= month) return fact
  }
  return terms[0]
}

/** The months of runs, one by one, in order. */
export function monthsOf(runs: readonly PricedRun[]): readonly { readonly month: Month; readonly price: Price }[] {
  return runs.flatMap((run) =>
    Array.from({ length: run.count }, (_, i) => ({ month: addMonths(run.first, i), price: run.price })),
  )
}

/**
 * Pass 1: the months that it was quoted, at the prices frozen in it, as far as no earlier fact has them. Pass 2 again: earlier money
 * may have given up a month, because credit that it had counted on is gone. Who was quoted it next pays it where `most` reaches.
 */
function takeQuotedMonths(money: LiveMoney, paid: Map<Month, PaidMonth>, most?: number): void {
  const { fact, key, amount, order, months } = money
  let spent = spentOn(money)
  for (const { month, price } of monthsOf(fact.months)) {
    if (paid.has(month)) continue
    const total = totalOf(price)
    spent += total
    if (most !== undefined && spent > most) break
    const taken = {
      month,
      price,
      total,
      by: key,
      decidedAt: fact.decidedAt,
      order,
      usesCredit: spent > amount,
      isLeftOver: false,
    }
    paid.set(month, taken)
    months.push(taken)
  }
}

/** Pass 2 for the member's own money: draws the credit that its months need, or gives up the last of them; places what is left over. Returns the credit after it. */
function placeRest(money: LiveMoney, fold: Fold, before: Rupiah): Rupiah {
  const { amount } = money
  takeQuotedMonths(money, fold.paid, amount + before)
  const isShort = spentOn(money) > amount
  giveUpMonths(money, fold.paid, amount + before)
  const rest = rupiah(amount - spentOn(money))
  // Money of a month whose drawn credit is gone becomes credit; only money that found its month full looks for another.
  const after = isShort || rest <= 0 ? rupiah(before + rest) : takeOldestPayable(money, fold, before, rest)
  money.credit = rupiah(after - before)
  return after
}

/** Pass 2 for a share: what its months do not need goes back to the bill. It neither leaves nor draws a member's credit. */
function returnRest(share: LiveMoney, paid: Map<Month, PaidMonth>): void {
  takeQuotedMonths(share, paid, share.amount)
  giveUpMonths(share, paid, share.amount)
  share.billReturn = rupiah(share.amount - spentOn(share))
}

function giveUpMonths(money: LiveMoney, paid: Map<Month, PaidMonth>, most: number): void {
  while (spentOn(money) > most) paid.delete((money.months.pop() as PaidMonth).month)
}

/**
 * Left-over money: the months that were payable when it was decided, oldest first, by the rules known then, each in full.
 * It stops at a month that somebody else pays. Months that cost nothing come along as far as a quote would reach, no further.
 */
function takeOldestPayable(money: LiveMoney, { paid, terms, rules }: Fold, before: Rupiah, rest: Rupiah): Rupiah {
  const { fact, key, order, months } = money
  const known = rulesKnownAt(rules, fact.decidedAt)
  const current = monthOf(fact.decidedAt)
  const freeUntil = addMonths(current, inForce('aheadMonths', known.aheadMonths, current))
  const isPaidThen = (month: Month) => (paid.get(month)?.order ?? Number.POSITIVE_INFINITY) <= order
  const paidThrough = latest([...paid.values()].filter((month) => month.order <= order))
  let left: Rupiah = rest
  let credit: Rupiah = before
  const paidMonths = { isPaid: isPaidThen, isTaken: (month: Month) => paid.has(month), paidThrough }
  for (const month of payableMonths(paidMonths, fact.decidedAt, known)) {
    const owing = termsIn(terms, month)
    if (left === 0 || month > LAST_MONTH || owing?.terms.funding !== 'self') break
    const price = priceOf(known.tariff, month, owing.terms)
    const total = totalOf(price)
    if (total > left + credit || (total === 0 && month > freeUntil)) break
    const fromCredit = Math.max(0, total - left)
    const decidedAt = Math.max(fact.decidedAt, owing.decidedAt) as Instant
    const taken = { month, price, total, by: key, decidedAt, order, usesCredit: fromCredit > 0, isLeftOver: true }
    paid.set(month, taken)
    months.push(taken)
    credit = rupiah(credit - fromCredit)
    left = rupiah(left - (total - fromCredit))
  }
  return rupiah(credit + left)
}

function spentOn({ months }: LiveMoney): number {
  return months.reduce((sum, month) => sum + month.total, 0)
}

function placeOf(place: FactAllocation | LiveMoney): FactAllocation {
  if (!('order' in place)) return place
  const { key, amount, refunded, months, credit, billReturn } = place
  return {
    fact: key,
    amount: rupiah(amount + refunded),
    months: months.map(({ month }) => month),
    allocated: rupiah(spentOn(place)),
    credit,
    billReturn,
    suspense: ZERO,
    reversed: refunded,
  }
}

/** What is not back at the channel is in suspense. */
function outOfMonths(fact: FactKey, amount: Rupiah, reversed: Rupiah): FactAllocation {
  const nowhere = { allocated: ZERO, credit: ZERO, billReturn: ZERO }
  return { fact, amount, months: [], ...nowhere, suspense: rupiah(amount - reversed), reversed }
}

/** The latest month paid in full, holes notwithstanding. */
export function latest(months: Iterable<{ readonly month: Month }>): Month | null {
  let last: Month | null = null
  for (const { month } of months) if (last === null || month > last) last = month
  return last
}
