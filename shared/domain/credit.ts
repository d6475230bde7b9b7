/**
 * Credit that pays a month without anybody coming to an outlet: nobody is uncovered with the price of a month on the account.
 *
 * ```
 * left over in November, 8,400     1 December 00:10: December is owed, 8,400    put: credit allocation, cover from then on
 * ```
 * Promise: months that are owed, oldest first, none after the current one, each in full. A view is a hint for the night's run;
 * `monthsForCredit` decides on the facts. Producer of the fact: functions/reconcile-membership/allocate-credit.ts.
 */
import { type Allocation, termsIn } from './allocation.ts'
import { openClosure } from './closures.ts'
import type { MembershipStatus } from './coverage.ts'
import type { PricedRun } from './fact.ts'
import { type BusinessDate, type Instant, startOfDay } from './instant.ts'
import type { Rupiah } from './money.ts'
import { type Month, monthOf } from './month.ts'
import { firstPayable, payableMonths } from './payable-months.ts'
import { paidMonthsOf, runsOf } from './quote.ts'
import { type Rules, rulesKnownAt } from './rules.ts'
import { isTransitionDue, type StoredStanding } from './statistics.ts'
import { type Price, priceOf, type Terms, totalOf } from './tariff.ts'
import { termsOfMonth, type ViewTerms } from './terms-by-month.ts'

/**
 * The months that credit pays at `now`. Empty where nothing is owed, where somebody else pays, and where there is no credit:
 * a month that costs nothing is not given to a member who has paid nothing.
 */
export function monthsForCredit(allocation: Allocation, now: Instant, rules: Rules): readonly PricedRun[] {
  if (allocation.credit <= 0 || openClosure(allocation.closures, now)) return []
  const known = rulesKnownAt(rules, now)
  const months: { month: Month; price: Price }[] = []
  let credit: number = allocation.credit
  for (const month of payableMonths(paidMonthsOf(allocation), now, known)) {
    const terms = termsIn(allocation.terms, month)?.terms
    if (month > monthOf(now) || terms?.funding !== 'self') break
    const price = priceOf(known.tariff, month, terms)
    if (totalOf(price) > credit) break
    credit -= totalOf(price)
    months.push({ month, price })
  }
  return runsOf(months)
}

/** What of a view decides whether its account is looked at for credit; `MembershipView` is one. */
export type CreditStanding = StoredStanding & ViewTerms<Terms> & { readonly credit: Rupiah }

/**
 * Whether a view's credit may pay a month that is owed. `status` is its status on `today`. Where time has brought a change since
 * the view was folded, its terms may have changed as well: then any credit is reason enough to look at the facts.
 */
export function mayCreditPay(
  view: CreditStanding,
  status: MembershipStatus,
  today: BusinessDate,
  rules: Rules,
): boolean {
  const { credit, paidThrough } = view
  if (credit <= 0 || status === 'active' || status === 'closed') return false
  if (isTransitionDue(view, today)) return true
  const now = startOfDay(today)
  const known = rulesKnownAt(rules, now)
  const month = firstPayable({ isPaid: () => false, isTaken: () => false, paidThrough }, now, known)
  const terms = termsOfMonth(view, month)
  return terms.funding === 'self' && totalOf(priceOf(known.tariff, month, terms)) <= credit
}
