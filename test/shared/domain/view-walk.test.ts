/**
 * A view is folded when a fact comes and when the night finds that its day has come, and stands for the facts on all other days.
 * Held here against the facts on each day of a story and of the months after it: whatever is read of the view alone says the same.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldView } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import { type Allocation, allocate, termsIn } from '../../../shared/domain/allocation.ts'
import { standingAt } from '../../../shared/domain/coverage.ts'
import { mayCreditPay, monthsForCredit } from '../../../shared/domain/credit.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import { keepOf, lapseDayOf } from '../../../shared/domain/forecast.ts'
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  DAY_MILLIS,
  type Instant,
  instant,
  startOfDay,
} from '../../../shared/domain/instant.ts'
import { addMonths, firstDayOf, monthOf } from '../../../shared/domain/month.ts'
import { NOTICE_RULES, noticesDue } from '../../../shared/domain/notice.ts'
import { noticeDecision } from '../../../shared/domain/notice-decision.ts'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { quoteOf } from '../../../shared/domain/quote.ts'
import { type Rules, rulesKnownAt } from '../../../shared/domain/rules.ts'
import { isTransitionDue, statusOn } from '../../../shared/domain/statistics.ts'
import { haveTermsChanged, withTermsOn } from '../../../shared/domain/terms-by-month.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import { anyStory, STORY_BEGINS, type Story } from '../../support/any-story.ts'
import { KPJ } from '../../support/facts.ts'

const DAYS = 300
const HOUR = 3_600_000
const LATER = [30, 60, 90, 120, 150, 180, 270, 365]
const ASKS_FOR_MONEY = ['before-due', 'due', 'grace', 'last-week']

type Look = {
  readonly view: MembershipView
  readonly facts: readonly Fact[]
  readonly allocation: Allocation
  readonly now: Instant
  readonly rules: Rules
}

/** Each night before its run, and each noon: what is asked there of the view as it stands. */
function walk({ facts, rules }: Story, atNight: (look: Look) => void, atNoon: (look: Look) => void): void {
  const coming = facts.toSorted((a, b) => a.recordedAt - b.recordedAt)
  let known: readonly Fact[] = []
  let allocation = allocate(known, rules)
  let view: MembershipView | undefined
  const comeTo = (now: Instant) => {
    const news = coming.slice(known.length).filter(({ recordedAt }) => recordedAt <= now)
    for (const fact of news) {
      known = [...known, fact]
      view = foldView(KPJ, known, view, rules, fact.recordedAt)
    }
    if (news.length > 0) allocation = allocate(known, rules)
    return view && { view, facts: known, allocation, now, rules }
  }
  for (let day = 0; day < DAYS; day++) {
    const midnight = STORY_BEGINS - 9 * HOUR + day * DAY_MILLIS
    const night = comeTo(instant(midnight + HOUR / 6))
    if (night) atNight(night)
    const today = night && businessDateOf(night.now)
    if (night && today && (isTransitionDue(night.view, today) || haveTermsChanged(night.view, today)))
      view = foldView(KPJ, known, night.view, rules, night.now)
    const noon = comeTo(instant(midnight + 12 * HOUR))
    if (noon) atNoon(noon)
  }
}

/** Status, money and terms, also before the night has folded what its day brought. */
function saysWhereItStands({ view, allocation, now, rules }: Look): void {
  const today = businessDateOf(now)
  const { status, paidThrough, credit } = standingAt(allocation, now, rules)
  const inForce = termsIn(allocation.terms, monthOf(now))
  const folded = withTermsOn(view, today)
  expect(statusOn(view, today, rules)).toBe(status)
  expect([view.paidThrough, view.credit, folded.regionCode]).toEqual([paidThrough, credit, inForce?.regionCode])
  expect(folded.terms).toEqual(inForce?.terms)
}

function hasBeenFoldedOnItsDay({ view, allocation, now, rules }: Look): void {
  const { status, nextTransition } = standingAt(allocation, now, rules)
  expect([view.status, view.nextTransition]).toEqual([status, nextTransition])
}

function asksForTheCreditThatCanPay({ view, allocation, now, rules }: Look): void {
  const today = businessDateOf(now)
  if (monthsForCredit(allocation, now, rules).length === 0) return
  expect(mayCreditPay(view, statusOn(view, today, rules), today, rules)).toBe(true)
}

/** Whoever is said to lapse does on that day and not before, and nobody else does within the year. */
function saysWhenItLapses({ view, allocation, now, rules }: Look): void {
  const on = lapseDayOf(view, businessDateOf(now), rules)
  const statusOf = (day: BusinessDate) => standingAt(allocation, startOfDay(day), rules).status
  if (on) expect([statusOf(addDays(on, -1)) === 'lapsed', statusOf(on)]).toEqual([false, 'lapsed'])
  else if (view.status !== 'lapsed')
    expect(LATER.map((each) => statusOf(addDays(businessDateOf(now), each)))).not.toContain('lapsed')
}

/** At most one notice is due, the view names it (or news first), and nobody is asked for a month that is paid. */
function namesTheNotice({ view, facts, allocation, now, rules }: Look): number {
  const current = monthOf(now)
  const after = (view.paidThrough && addMonths(view.paidThrough, 1)) ?? current
  const months = [...new Set([addMonths(current, -1), current, addMonths(current, 1), after])]
  const due = NOTICE_STAGES.flatMap((stage) => months.map((month) => ({ stage, month }))).filter(
    (each) => noticeDecision(facts, each, now, rules, NOTICE_RULES).outcome !== 'obsolete',
  )
  if (due.length === 0) return 0
  const [hinted] = noticesDue(view, now, NOTICE_RULES)
  // News is as old as its fold, and its money may have been recorded days after its decision: another notice waits meanwhile.
  if (hinted && hinted.stage === view.noticeDue?.stage && hinted.stage === 'active-again') return 0
  expect([hinted]).toEqual(due)
  for (const { stage, month } of due)
    if (ASKS_FOR_MONEY.includes(stage)) expect(allocation.paidMonths.has(month)).toBe(false)
  return due.length
}

/** What a forecast asks for months is what an outlet asks; on a day that brings a decree, by what its end knows. */
function asksWhatAnOutletAsks({ view, allocation, now, rules }: Look): void {
  const today = businessDateOf(now)
  if (rulesKnownAt(rules, now) !== rulesKnownAt(rules, instant(now + 12 * HOUR))) return
  const { months, amount } = keepOf(view, today, firstDayOf(addMonths(monthOf(now), 2)), rules)
  if (months.length === 0 || lapseDayOf(view, today, rules) === null) return
  const quote = quoteOf(allocation, months.length, now, rules, 'member')
  if (quote.outcome === 'quote')
    expect({ months, amount }).toEqual({ months: quote.months.map(({ month }) => month), amount: quote.amount })
}

/** Runs in a second or two; the seeds are others each time. */
const RUNS = { numRuns: 15 }
const STRIDE = 6

test('where a membership stands, whose credit pays and what is asked for follow from the view as from the facts', () => {
  const atNight = (look: Look) => {
    saysWhereItStands(look)
    asksForTheCreditThatCanPay(look)
  }
  const atNoon = (look: Look) => {
    hasBeenFoldedOnItsDay(look)
    asksWhatAnOutletAsks(look)
    saysWhenItLapses(look)
  }
  fc.assert(
    fc.property(anyStory, (story) => walk(story, atNight, atNoon)),
    RUNS,
  )
})

test('each day’s notice is named by the view', () => {
  let named = 0
  fc.assert(
    fc.property(anyStory, fc.nat(STRIDE - 1), (story, first) => {
      let day = first
      walk(
        story,
        () => undefined,
        (look) => {
          if (day++ % STRIDE === 0) named += namesTheNotice(look)
        },
      )
    }),
    RUNS,
  )
  expect(named).toBeGreaterThan(0)
})
