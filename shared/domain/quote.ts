/**
 * What is due: the pure function that inquiry shows, payment must match, and a bill freezes.
 * A quote's sum of prices is its amount plus the credit it draws; it never reaches past the rule's months ahead.
 */
import { type Allocation, latest, termsIn } from './allocation.ts'
import { comingClosure, openClosure } from './closures.ts'
import { inForce } from './effective-dated.ts'
import type { PricedRun } from './fact.ts'
import type { Instant } from './instant.ts'
import { type Rupiah, rupiah, ZERO } from './money.ts'
import { addMonths, laterMonth, type Month, monthOf, startOfMonth } from './month.ts'
import { type PaidMonths, payableMonths } from './payable-months.ts'
import { type Rules, rulesKnownAt } from './rules.ts'
import { type Price, priceOf, totalOf } from './tariff.ts'

export type Quote = {
  readonly outcome: 'quote'
  readonly months: readonly { readonly month: Month; readonly price: Price }[]
  readonly runs: readonly PricedRun[]
  readonly creditDrawn: Rupiah
  readonly amount: Rupiah
  /** What `paidThrough` will be once this is paid. */
  readonly reaches: Month
}

/**
 * In order of precedence. `not-payable`: closed by then, never registered, or with a month that another payer pays.
 * `nothing-due`: credit covers these months, or they cost nothing; no customer is asked for Rp0 (and a fee) at a channel.
 */
export const QUOTE_REFUSALS = ['not-payable', 'too-far-ahead', 'nothing-due'] as const
export type QuoteRefusalCode = (typeof QUOTE_REFUSALS)[number]
export type QuoteRefusal = { readonly outcome: 'refused'; readonly code: QuoteRefusalCode }

/** `member`: whoever pays by NIK or KPJ: self-paid months only, less the member's credit. `bill`: any funding, full prices. */
export type Payer = 'member' | 'bill'

/** The next `count` payable months at `now`, priced by the terms in force in each and the rules known at `now`. */
export function quoteOf(
  allocation: Allocation,
  count: number,
  now: Instant,
  rules: Rules,
  payer: Payer,
): Quote | QuoteRefusal {
  if (allocation.terms.length === 0 || openClosure(allocation.closures, now)) return refused('not-payable')
  const known = rulesKnownAt(rules, now)
  const months: { month: Month; price: Price }[] = []
  const funding = payer === 'member' ? 'self' : fundingAt(allocation, now, known)
  for (const month of payableMonths(paidMonthsOf(allocation), now, known)) {
    if (months.length === count) break
    const terms = termsIn(allocation.terms, month)?.terms
    if (!terms || terms.funding !== funding || isAfterClosing(allocation, month, now)) return refused('not-payable')
    months.push({ month, price: priceOf(known.tariff, month, terms) })
  }
  const last = months.at(-1)?.month as Month
  const current = monthOf(now)
  if (last > addMonths(current, inForce('aheadMonths', known.aheadMonths, current))) return refused('too-far-ahead')
  const sum = months.reduce((total, { price }) => total + totalOf(price), 0)
  const creditDrawn = payer === 'member' ? rupiah(Math.min(sum, allocation.credit)) : ZERO
  if (sum === creditDrawn) return refused('nothing-due')
  const reaches = laterMonth(last, latest(allocation.paidMonths.values()) ?? last)
  return { outcome: 'quote', months, runs: runsOf(months), creditDrawn, amount: rupiah(sum - creditDrawn), reaches }
}

/**
 * The first payable month and what it costs whoever pays it: the member after credit, a sponsor in full. Null where nothing
 * can be paid (closed, never registered).
 */
export function payableAt(
  allocation: Allocation,
  now: Instant,
  rules: Rules,
): { readonly month: Month; readonly amount: Rupiah } | null {
  if (allocation.terms.length === 0 || openClosure(allocation.closures, now)) return null
  const month = firstPayableMonth(allocation, now, rules)
  const terms = termsIn(allocation.terms, month)?.terms
  if (!terms || isAfterClosing(allocation, month, now)) return null
  const credit = terms.funding === 'self' ? allocation.credit : 0
  const price = totalOf(priceOf(rulesKnownAt(rules, now).tariff, month, terms))
  return { month, amount: rupiah(Math.max(0, price - credit)) }
}

/** The first month that is payable and not yet paid: changed terms begin with it. */
export function firstPayableMonth(allocation: Allocation, now: Instant, rules: Rules): Month {
  return payableMonths(paidMonthsOf(allocation), now, rulesKnownAt(rules, now)).next().value
}

/** Consecutive months of one price as one run. */
export function runsOf(months: readonly { readonly month: Month; readonly price: Price }[]): readonly PricedRun[] {
  const runs: { first: Month; count: number; price: Price }[] = []
  for (const { month, price } of months) {
    const run = runs.at(-1)
    if (run && addMonths(run.first, run.count) === month && samePrice(run.price, price)) run.count++
    else runs.push({ first: month, count: 1, price })
  }
  return runs
}

/** A month that begins after a closing which is decided already: no cover is sold that cannot come. */
function isAfterClosing({ closures }: Allocation, month: Month, now: Instant): boolean {
  const closing = comingClosure(closures, now)
  return closing !== undefined && startOfMonth(month) >= closing.coverEndsAt
}

function fundingAt(allocation: Allocation, now: Instant, rules: Rules) {
  return termsIn(allocation.terms, firstPayableMonth(allocation, now, rules))?.terms.funding
}

/** What the sequence of payable months asks of an allocation. */
export function paidMonthsOf(allocation: Allocation): PaidMonths {
  const isPaid = (month: Month) => allocation.paidMonths.has(month)
  return { isPaid, isTaken: isPaid, paidThrough: latest(allocation.paidMonths.values()) }
}

function refused(code: QuoteRefusalCode): QuoteRefusal {
  return { outcome: 'refused', code }
}

function samePrice(a: Price, b: Price): boolean {
  return a.jkk === b.jkk && a.jkm === b.jkm && a.jht === b.jht
}
