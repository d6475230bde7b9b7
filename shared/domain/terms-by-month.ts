/**
 * The terms of a membership month by month, as far as whoever has only its view needs them: from the oldest month that can still be
 * paid on. A month that is owed may have had another payer or another income than today, and changed terms may begin in a month
 * that was paid ahead, in which nothing else happens.
 * Producer: functions/reconcile-membership. Consumers: notice.ts, forecast.ts, credit.ts, functions/sweep-memberships.
 */
import { type Allocation, termsIn } from './allocation.ts'
import type { TermsFact } from './fact.ts'
import type { BusinessDate, Instant } from './instant.ts'
import { type Month, monthOf, monthOfDate } from './month.ts'
import { firstPayableMonth } from './quote.ts'
import type { Rules } from './rules.ts'
import type { Terms } from './tariff.ts'

/** What holds from a month on, until the next begins. */
export type DatedTerms = { readonly from: Month; readonly terms: Terms; readonly regionCode: string }

/** Ascending, from the first payable month or the current one. Undefined where one entry holds for all: almost everybody. */
export function termsByMonth(allocation: Allocation, now: Instant, rules: Rules): readonly DatedTerms[] | undefined {
  const current = monthOf(now)
  const payable = firstPayableMonth(allocation, now, rules)
  const first = payable < current ? payable : current
  const later = allocation.terms.map(({ from }) => from).filter((from) => from > first)
  const list: DatedTerms[] = []
  let before: TermsFact | undefined
  for (const from of [first, ...new Set(later.sort())]) {
    const fact = termsIn(allocation.terms, from)
    if (fact && !(before && isAlike(fact, before))) list.push({ from, terms: fact.terms, regionCode: fact.regionCode })
    before = fact
  }
  return list.length > 1 ? list : undefined
}

/** A list that was corrected may say the same again. */
function isAlike(a: TermsFact, b: TermsFact): boolean {
  const { sector, funding, programs, income } = a.terms
  return (
    sector === b.terms.sector &&
    funding === b.terms.funding &&
    programs === b.terms.programs &&
    income === b.terms.income &&
    a.regionCode === b.regionCode &&
    a.registeredOn === b.registeredOn
  )
}

/** What of a view says which terms hold in a month; `T` is what of the terms the caller reads. */
export type ViewTerms<T> = {
  /** In force in the month of the fold. */
  readonly terms: T
  readonly termsByMonth?: readonly { readonly from: Month; readonly terms: T }[] | undefined
}

/** The terms of one month, from a view. */
export function termsOfMonth<T>({ terms, termsByMonth: list }: ViewTerms<T>, month: Month): T {
  return list?.findLast(({ from }) => from <= month)?.terms ?? terms
}

type FoldedView = {
  readonly terms: Terms
  readonly regionCode: string
  readonly termsByMonth?: readonly DatedTerms[] | undefined
  readonly asOf: Instant
}

/** Whether other terms have begun since a view was folded: it must be folded again. `today` is WIB. */
export function haveTermsChanged({ termsByMonth: list, asOf }: FoldedView, today: BusinessDate): boolean {
  return list?.some(({ from }) => from > monthOf(asOf) && from <= monthOfDate(today)) ?? false
}

/** A view with the terms and the region of `today`, which it may have been folded before. */
export function withTermsOn<V extends FoldedView>(view: V, today: BusinessDate): V {
  if (!haveTermsChanged(view, today)) return view
  const now = view.termsByMonth?.findLast(({ from }) => from <= monthOfDate(today))
  return now ? { ...view, terms: now.terms, regionCode: now.regionCode } : view
}
