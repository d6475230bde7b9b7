/**
 * Whether a notice is due, decided on the facts: read after its decision and right before the call to a provider.
 *
 * Promise: what was paid meanwhile is not asked for, and what is said rests on facts alone. Also says which notice follows
 * from a change (the fold keeps it with the view). Knows no contact: whether and how a member can be reached is a port's.
 */
import { type Allocation, allocate, latest, termsIn } from './allocation.ts'
import { dueDateOf } from './calendar.ts'
import { comingClosure, openClosure } from './closures.ts'
import { entriesKnownAt } from './effective-dated.ts'
import type { Fact } from './fact.ts'
import { type BusinessDate, businessDateOf, type Instant } from './instant.ts'
import type { Rupiah } from './money.ts'
import { addMonths, firstDayOf, type Month, monthOf, monthsBetween, startOfMonth } from './month.ts'
import {
  isDaytime,
  isWithin,
  lapseMonthAfter,
  latestOf,
  type NoticeRules,
  type PaymentOutlook,
  stagesByTime,
} from './notice.ts'
import type { NoticeDue, NoticeStage } from './notice-stage.ts'
import { payableAt, quoteOf } from './quote.ts'
import { zoneOf } from './region.ts'
import type { Rules } from './rules.ts'
import type { Funding } from './tariff.ts'

/** Everything that a text may say. */
export type NoticeContent = {
  readonly stage: NoticeStage
  readonly month: Month
  readonly funding: Funding
  readonly paidThrough: Month | null
  /** What the member is asked to pay; null where a sponsor pays or nothing is owed. */
  readonly owed: { readonly first: Month; readonly last: Month; readonly amount: Rupiah } | null
  /** The due date of `month`. */
  readonly dueOn: BusinessDate
  /** The first day of being lapsed, where that is coming or has come. */
  readonly lapsesOn: BusinessDate | null
}

/** In order of precedence. `obsolete`: paid, closed, reversed or too late: another look names another notice or none. */
export type NoticeDecision =
  | { readonly outcome: 'obsolete' }
  | { readonly outcome: 'not-daytime' }
  | { readonly outcome: 'send'; readonly content: NoticeContent }

const ASKS_FOR_MONEY: ReadonlySet<NoticeStage> = new Set(['before-due', 'due', 'grace', 'last-week'])

/** Decides one notice at `now`. Never throws for facts that the store can hold. */
export function noticeDecision(
  facts: readonly Fact[],
  { stage, month }: NoticeDue,
  now: Instant,
  rules: Rules,
  notices: NoticeRules,
): NoticeDecision {
  const allocation = allocate(facts, rules)
  const terms = termsIn(allocation.terms, monthOf(now))
  const due = noticesOn(facts, allocation, now, notices, rules)
  if (!terms || !due.some((each) => each.stage === stage && each.month === month)) return { outcome: 'obsolete' }
  if (!isDaytime(now, zoneOf(terms.regionCode), notices)) return { outcome: 'not-daytime' }
  const content = contentOf({ stage, month }, allocation, now, rules, notices)
  // There is nothing that the member can pay: a text that asks for money would be wrong.
  if (content.owed === null && ASKS_FOR_MONEY.has(stage) && content.funding === 'self') return { outcome: 'obsolete' }
  return { outcome: 'send', content }
}

/** The notice that follows from what happened, not from a day that came: kept with the view, so that its stream announces it. */
export function noticeFollowing(
  facts: readonly Fact[],
  allocation: Allocation,
  now: Instant,
  rules: Rules,
  notices: NoticeRules,
): NoticeDue | null {
  const lapsed = stagesByTime(outlookOn(allocation, now, notices), businessDateOf(now), notices).filter(
    (due) => due.stage === 'lapsed',
  )
  return latestOf([...newsOf(facts, allocation, now, rules, notices), ...lapsed])[0] ?? null
}

function noticesOn(
  facts: readonly Fact[],
  allocation: Allocation,
  now: Instant,
  notices: NoticeRules,
  rules: Rules,
): readonly NoticeDue[] {
  const byTime = stagesByTime(outlookOn(allocation, now, notices), businessDateOf(now), notices)
  return latestOf([...byTime, ...newsOf(facts, allocation, now, rules, notices)])
}

/** As a view's outlook (notice.ts), exact: holes and the funding of the month itself are known here. */
function outlookOn(allocation: Allocation, now: Instant, rules: Pick<Rules, 'graceMonths'>): PaymentOutlook {
  const current = monthOf(now)
  const paidThrough = latest(allocation.paidMonths.values())
  const isOver = paidThrough === null || openClosure(allocation.closures, now) !== undefined
  const owed = isOver ? null : firstUnpaidAfter(allocation, paidThrough, current)
  // No member is asked for a month that a decided closing leaves without cover.
  const closing = comingClosure(allocation.closures, now)
  const firstUnpaid = owed !== null && closing && startOfMonth(owed) >= closing.coverEndsAt ? null : owed
  const funding = termsIn(allocation.terms, firstUnpaid ?? current)?.terms.funding ?? 'self'
  const graceMonths = entriesKnownAt(rules.graceMonths, now)
  const lapsesIn = isOver || paidThrough >= current ? null : lapseMonthAfter(paidThrough, { graceMonths })
  return { funding, firstUnpaid, lapsesIn }
}

function firstUnpaidAfter({ paidMonths: held }: Allocation, paidThrough: Month, current: Month): Month {
  if (paidThrough < current) return addMonths(paidThrough, 1)
  let month = current
  while (held.has(month)) month = addMonths(month, 1)
  return month
}

/**
 * Cover that came back, and receipts where they are switched on. Back: the month of the payment was paid by it, after its due
 * date, or the month before was not paid when this one began. A first payment is no return, and neither is one after
 * everything before it was reversed: there never was cover.
 */
function newsOf(
  facts: readonly Fact[],
  allocation: Allocation,
  now: Instant,
  rules: Rules,
  notices: NoticeRules,
): readonly NoticeDue[] {
  if (openClosure(allocation.closures, now)) return []
  const today = businessDateOf(now)
  const found: NoticeDue[] = []
  for (const { month, decidedAt } of allocation.paidMonths.values()) {
    if (monthOf(decidedAt) !== month || decidedAt > now) continue
    const on = businessDateOf(decidedAt)
    if (isWithin('receipt', on, today, notices)) found.push({ stage: 'receipt', month })
    if (!isWithin('active-again', on, today, notices)) continue
    if (wasOut(facts, month, on, rules)) found.push({ stage: 'active-again', month })
  }
  return found
}

function wasOut(facts: readonly Fact[], month: Month, paidOn: BusinessDate, rules: Rules): boolean {
  const before = allocate(
    facts.filter((fact) => fact.decidedAt < startOfMonth(month)),
    rules,
  )
  if (before.paidMonths.size === 0) return false
  return !before.paidMonths.has(addMonths(month, -1)) || paidOn > dueDateOf(month)
}

function contentOf(
  { stage, month }: NoticeDue,
  allocation: Allocation,
  now: Instant,
  rules: Rules,
  notices: NoticeRules,
): NoticeContent {
  const { funding, lapsesIn } = outlookOn(allocation, now, notices)
  return {
    stage,
    month,
    funding,
    paidThrough: latest(allocation.paidMonths.values()),
    owed: owedBy(stage, allocation, now, rules),
    dueOn: dueDateOf(month),
    lapsesOn: lapsesIn === null ? null : firstDayOf(lapsesIn),
  }
}

/** What brings the member up to date: every month owed up to the current one, or the first payable one. */
function owedBy(stage: NoticeStage, allocation: Allocation, now: Instant, rules: Rules): NoticeContent['owed'] {
  if (stage === 'active-again' || stage === 'receipt' || stage === 'sponsor-stopping') return null
  const first = payableAt(allocation, now, rules)?.month
  if (first === undefined) return null
  const count = Math.max(1, monthsBetween(first, monthOf(now)) + 1)
  const whole = quoteOf(allocation, count, now, rules, 'member')
  const quote = whole.outcome === 'quote' ? whole : quoteOf(allocation, 1, now, rules, 'member')
  if (quote.outcome === 'refused') return null
  return { first, last: quote.months.at(-1)?.month ?? first, amount: quote.amount }
}
