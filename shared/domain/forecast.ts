/**
 * Who will lapse if nothing more is paid, when, and which payment prevents it: from a view and the rules alone.
 *
 * A membership lapses on the first day of the first month that lies more than the months of grace after `paidThrough`.
 * Refuses to know what a view does not hold: months left out before `paidThrough` (the current one excepted, whose absence
 * is the status `grace`). Consumer: functions/serve-console.
 */
import { inForce } from './effective-dated.ts'
import { addDays, type BusinessDate, startOfDay } from './instant.ts'
import { type Rupiah, rupiah } from './money.ts'
import { addMonths, firstDayOf, type Month, monthOfDate } from './month.ts'
import { lapseMonthAfter } from './notice.ts'
import { type Rules, rulesKnownAt } from './rules.ts'
import { type StoredStanding, statusOn } from './statistics.ts'
import { priceOf, type Terms, totalOf } from './tariff.ts'
import { termsOfMonth, type ViewTerms } from './terms-by-month.ts'

export type ForecastMembership = StoredStanding & ViewTerms<Terms> & { readonly credit: Rupiah }

/** What must be paid, oldest month first, so that the membership does not lapse within the window. */
export type Keep = {
  readonly months: readonly Month[]
  /** The prices of those months, each by its own terms; less the credit, for those that the member pays: what an outlet would ask. */
  readonly amount: Rupiah
}

/** The day on which it lapses as things stand at `today` (WIB); null where it cannot: unpaid, lapsed already, closed before. */
export function lapseDayOf(view: StoredStanding, today: BusinessDate, rules: Rules): BusinessDate | null {
  const status = statusOn(view, today, rules)
  if (view.paidThrough === null || (status !== 'active' && status !== 'grace')) return null
  const lapses = firstDayOf(lapseMonthAfter(view.paidThrough, knownOn(today, rules)))
  const closes = view.nextTransition?.to === 'closed' ? view.nextTransition.on : view.closesOn
  return closes !== undefined && closes <= lapses ? null : lapses
}

/** What is known by the end of a day. */
function knownOn(today: BusinessDate, rules: Rules): Rules {
  return rulesKnownAt(rules, startOfDay(addDays(today, 1)))
}

/**
 * The fewest months that keep it from lapsing up to and including `until`. Where `paidThrough` lies beyond an unpaid
 * current month, that month is asked for first, as an outlet does.
 */
export function keepOf(view: ForecastMembership, today: BusinessDate, until: BusinessDate, rules: Rules): Keep {
  const { paidThrough } = view
  if (paidThrough === null) return { months: [], amount: rupiah(0) }
  const known = knownOn(today, rules)
  const current = monthOfDate(today)
  const months: Month[] = []
  const reach = reachNeeded(current, monthOfDate(until), known)
  if (reach > paidThrough && paidThrough > current && statusOn(view, today, rules) === 'grace') months.push(current)
  for (let month = addMonths(paidThrough, 1); month <= reach; month = addMonths(month, 1)) months.push(month)
  const prices = { self: 0, others: 0 }
  for (const month of months) {
    const terms = termsOfMonth(view, month)
    prices[terms.funding === 'self' ? 'self' : 'others'] += totalOf(priceOf(known.tariff, month, terms))
  }
  return { months, amount: rupiah(prices.others + Math.max(0, prices.self - view.credit)) }
}

/** The month that must be paid through so that no month up to `last` is one too many. */
function reachNeeded(current: Month, last: Month, rules: Rules): Month {
  let reach = addMonths(current, -graceIn(current, rules))
  for (let month = addMonths(current, 1); month <= last; month = addMonths(month, 1)) {
    const needed = addMonths(month, -graceIn(month, rules))
    if (needed > reach) reach = needed
  }
  return reach
}

function graceIn(month: Month, rules: Rules): number {
  return inForce('graceMonths', rules.graceMonths, month)
}
