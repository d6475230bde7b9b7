/**
 * What a change of rules would do to one membership, on the facts that are there: folded once with the present rules and once
 * with the tried ones, compared. Pure; whoever calls it reads the facts and adds up. Consumer: functions/serve-console.
 */
import { allocate, termsIn } from './allocation.ts'
import { closesAfter, standingAt } from './coverage.ts'
import type { Fact } from './fact.ts'
import { DAY_MILLIS, type Instant } from './instant.ts'
import { type Rupiah, ZERO } from './money.ts'
import { type Month, monthOf } from './month.ts'
import { noticesDue } from './notice.ts'
import { payableAt } from './quote.ts'
import type { RuleSet } from './rule-overrides.ts'
import { termsByMonth } from './terms-by-month.ts'

/** Days ahead for which notices are compared. */
export const NOTICE_DAYS = 31

/** Where a membership stands under one set of rules. */
export type Tried = {
  readonly status: ReturnType<typeof standingAt>['status']
  readonly paidThrough: Month | null
  readonly creditRupiah: Rupiah
  /** Price of the first payable month, less credit; 0 where nothing can be paid. */
  readonly nextRupiah: Rupiah
  /** `stage month` of every notice that falls due in the days ahead, if nothing is paid meanwhile. */
  readonly notices: readonly string[]
}

/** Undefined where the facts hold no registration. */
export function standingUnder(facts: readonly Fact[], at: Instant, { rules, notices }: RuleSet): Tried | undefined {
  const allocation = allocate(facts, rules)
  const inForce = termsIn(allocation.terms, monthOf(at))
  if (!inForce) return undefined
  const standing = standingAt(allocation, at, rules)
  const byMonth = termsByMonth(allocation, at, rules)
  const closesOn = closesAfter(standing, allocation, at)
  const view = { ...standing, closesOn, terms: inForce.terms, termsByMonth: byMonth, noticeDue: null, asOf: at }
  const due = new Set<string>()
  for (let day = 0; day < NOTICE_DAYS; day++) {
    const on = (at + day * DAY_MILLIS) as Instant
    for (const { stage, month } of noticesDue(view, on, notices)) due.add(`${stage} ${month}`)
  }
  return {
    status: standing.status,
    paidThrough: standing.paidThrough,
    creditRupiah: standing.credit,
    nextRupiah: payableAt(allocation, at, rules)?.amount ?? ZERO,
    notices: [...due],
  }
}

export const TRIED_ASPECTS = ['status', 'paidThrough', 'credit', 'next', 'notices'] as const
export type TriedAspect = (typeof TRIED_ASPECTS)[number]

/** In which respects two standings differ. */
export function aspectsChanged(now: Tried, tried: Tried): readonly TriedAspect[] {
  const differs: Readonly<Record<TriedAspect, boolean>> = {
    status: now.status !== tried.status,
    paidThrough: now.paidThrough !== tried.paidThrough,
    credit: now.creditRupiah !== tried.creditRupiah,
    next: now.nextRupiah !== tried.nextRupiah,
    notices: now.notices.join() !== tried.notices.join(),
  }
  return TRIED_ASPECTS.filter((aspect) => differs[aspect])
}
