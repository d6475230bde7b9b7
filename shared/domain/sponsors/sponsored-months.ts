/**
 * What a bill asks for one person of a list: the program's months that nobody has paid yet, at the prices of the terms in force in
 * each. Pure. Unlike a member's quote it may begin later than the first payable month: a sponsor pays the months it undertook.
 */
import { type Allocation, termsIn } from '../allocation.ts'
import { comingClosure, openClosure } from '../closures.ts'
import { inForce } from '../effective-dated.ts'
import type { PricedRun } from '../fact.ts'
import type { Instant } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import { addMonths, type Month, monthOf, startOfMonth } from '../month.ts'
import { runsOf } from '../quote.ts'
import { type Rules, rulesKnownAt } from '../rules.ts'
import { type Price, priceOf, totalOf } from '../tariff.ts'

export type SponsoredMonths = { readonly runs: readonly PricedRun[]; readonly amount: Rupiah }

/** undefined: nothing is due for this person: closed, paid already, or paid for by somebody else in every month. */
export function sponsoredMonths(
  allocation: Allocation,
  months: readonly Month[],
  now: Instant,
  rules: Rules,
): SponsoredMonths | undefined {
  if (allocation.terms.length === 0 || openClosure(allocation.closures, now)) return undefined
  const known = rulesKnownAt(rules, now)
  const closing = comingClosure(allocation.closures, now)
  const due: { month: Month; price: Price }[] = []
  for (const month of months) {
    const terms = termsIn(allocation.terms, month)?.terms
    const isOver = closing !== undefined && startOfMonth(month) >= closing.coverEndsAt
    if (!terms || terms.funding === 'self' || isOver || month < monthOf(now) || allocation.paidMonths.has(month))
      continue
    due.push({ month, price: priceOf(known.tariff, month, terms) })
  }
  const amount = due.reduce((sum, { price }) => sum + totalOf(price), 0)
  return amount === 0 ? undefined : { runs: runsOf(due), amount: rupiah(amount) }
}

/** The latest month that may be billed now, by the rule that binds every quote. */
export function lastBillableMonth(now: Instant, rules: Rules): Month {
  const current = monthOf(now)
  return addMonths(current, inForce('aheadMonths', rulesKnownAt(rules, now).aheadMonths, current))
}
