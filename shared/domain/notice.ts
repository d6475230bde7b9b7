/**
 * When a member gets which notice: the stages as dated data, and what a view alone says is due.
 *
 * ```
 * paid through October     8 Nov          16 Nov        20 Nov       25 Jan        1 Feb
 *                          before-due     due           grace        last-week     lapsed
 * ```
 * Promise: the windows depend on the history of money and the day, so any number of looks on a day names the same notice.
 * A view is a hint; notice-decision.ts decides on the facts. Knows no text, no channel and no phone number.
 */
import { dueDateOf } from './calendar.ts'
import type { MembershipStatus, Transition } from './coverage.ts'
import { type Dated, entriesKnownAt, inForce } from './effective-dated.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from './instant.ts'
import { addMonths, firstDayOf, type Month, monthOf, monthOfDate, monthsBetween } from './month.ts'
import { NOTICE_STAGES, type NoticeDue, type NoticeStage } from './notice-stage.ts'
import type { Zone } from './region.ts'
import { RULES, type Rules } from './rules.ts'
import type { Funding } from './tariff.ts'
import { termsOfMonth, type ViewTerms } from './terms-by-month.ts'

/**
 * Sent from `fromDay` to `toDay`, both included, counted from the stage's anchor: what a sweep missed is caught up until then.
 * Anchors: the due date of the first unpaid month (`before-due`, `due`, `grace`), the first day of the first unpaid month
 * (`sponsor-stopping`), the first day of being lapsed (`last-week`, `lapsed`), the day of the money (`active-again`, `receipt`).
 */
export type StageRule = { readonly on: boolean; readonly fromDay: number; readonly toDay: number }

export type NoticeRules = Pick<Rules, 'graceMonths'> & {
  /** Read at the day of sending. */
  readonly stages: Readonly<Record<NoticeStage, Dated<StageRule>>>
  /** Hours of the member's own clock; sent from `fromHour`, no longer at `toHour`. */
  readonly daytime: Dated<{ readonly fromHour: number; readonly toHour: number }>
}

/**
 * What of a view decides; `MembershipView` is one. Its terms say who was to pay a month: without those of the first unpaid one a
 * notice to the right payer is missed.
 */
export type NoticeStanding = ViewTerms<{ readonly funding: Funding }> & {
  readonly status: MembershipStatus
  readonly paidThrough: Month | null
  readonly nextTransition: Transition | null
  readonly closesOn?: BusinessDate | undefined
  /** What followed the last change: see functions/reconcile-membership. */
  readonly noticeDue: NoticeDue | null
  readonly asOf: Instant
}

const OWN_CHOICE = 'our choice: no rule on reminders is public'

export const NOTICE_RULES: NoticeRules = {
  graceMonths: RULES.graceMonths,
  stages: {
    receipt: stage(false, 0, 1),
    'before-due': stage(true, -7, -1),
    due: stage(true, 0, 3),
    grace: stage(true, 4, 11),
    'sponsor-stopping': stage(true, -14, 7),
    'last-week': stage(true, -7, -1),
    lapsed: stage(true, 0, 7),
    'active-again': stage(true, 0, 3),
  },
  daytime: [{ from: '1970-01-01', value: { fromHour: 8, toHour: 20 }, source: OWN_CHOICE }],
}

/** Hours ahead of UTC. Indonesia has no summer time. */
const ZONE_HOURS: Readonly<Record<Zone, number>> = { WIB: 7, WITA: 8, WIT: 9 }

/**
 * What a view alone says is due at `now`, whatever the hour: none or one, because a member hears of one stage a day.
 * A hint: the facts are read again before anything is sent.
 */
export function noticesDue(standing: NoticeStanding, now: Instant, rules: NoticeRules): readonly NoticeDue[] {
  const today = businessDateOf(now)
  const candidates = stagesByTime(outlookOf(standing, now, rules), today, rules)
  const followed = standing.noticeDue
  if (followed && isStillNews(followed, standing, today, rules)) candidates.push(followed)
  return latestOf(candidates)
}

/** What decides the stages that time brings. */
export type PaymentOutlook = {
  readonly funding: Funding
  /** The oldest month that is owed, or the first that will be; null where no money is expected. */
  readonly firstUnpaid: Month | null
  /** From the first day of this month the membership is lapsed; null where that cannot come. */
  readonly lapsesIn: Month | null
}

/** The stages whose window holds `today`, in no order. Shared by the hint above and the decision on facts. */
export function stagesByTime(
  { funding, firstUnpaid, lapsesIn }: PaymentOutlook,
  today: BusinessDate,
  rules: NoticeRules,
): NoticeDue[] {
  const found: NoticeDue[] = []
  const look = (stage: NoticeStage, anchor: BusinessDate, month: Month) => {
    if (isWithin(stage, anchor, today, rules)) found.push({ stage, month })
  }
  const hasLapsed = lapsesIn !== null && today >= firstDayOf(lapsesIn)
  if (firstUnpaid !== null && !hasLapsed) {
    if (funding === 'self') {
      const due = dueDateOf(firstUnpaid)
      for (const stage of ['before-due', 'due', 'grace'] as const) look(stage, due, firstUnpaid)
      if (lapsesIn !== null) look('last-week', firstDayOf(lapsesIn), firstUnpaid)
    } else look('sponsor-stopping', firstDayOf(firstUnpaid), firstUnpaid)
  }
  if (hasLapsed) look('lapsed', firstDayOf(lapsesIn), lapsesIn)
  return found
}

/** The one that is sent where several are due. */
export function latestOf(candidates: readonly NoticeDue[]): readonly NoticeDue[] {
  const rank = ({ stage }: NoticeDue) => NOTICE_STAGES.indexOf(stage)
  return [...candidates].sort((a, b) => rank(b) - rank(a)).slice(0, 1)
}

/** Whether `today` lies in the window of a stage that is switched on. */
export function isWithin(stage: NoticeStage, anchor: BusinessDate, today: BusinessDate, rules: NoticeRules): boolean {
  const { on, fromDay, toDay } = inForce(`stage ${stage}`, rules.stages[stage], today)
  return on && addDays(anchor, fromDay) <= today && today <= addDays(anchor, toDay)
}

/** Whether a member in this zone may be written to at this hour. */
export function isDaytime(now: Instant, zone: Zone, rules: NoticeRules): boolean {
  const { fromHour, toHour } = inForce('daytime', rules.daytime, businessDateOf(now))
  const hour = new Date(now + ZONE_HOURS[zone] * 3_600_000).getUTCHours()
  return fromHour <= hour && hour < toHour
}

/** The first month in which a membership paid through `paidThrough` is lapsed, if nothing more is paid. */
export function lapseMonthAfter(paidThrough: Month, rules: Pick<Rules, 'graceMonths'>): Month {
  let month = addMonths(paidThrough, 1)
  while (monthsBetween(paidThrough, month) <= inForce('graceMonths', rules.graceMonths, month))
    month = addMonths(month, 1)
  return month
}

/** Where a view has come to by `now`: time goes on without a fold. */
function outlookOf(standing: NoticeStanding, now: Instant, rules: NoticeRules): PaymentOutlook {
  const { paidThrough, nextTransition } = standing
  const current = monthOf(now)
  const outlook = (firstUnpaid: Month | null, lapsesIn: Month | null = null): PaymentOutlook => ({
    funding: termsOfMonth(standing, firstUnpaid ?? current).funding,
    firstUnpaid,
    lapsesIn,
  })
  const isClosing = nextTransition?.to === 'closed'
  const closesOn = isClosing ? nextTransition.on : standing.closesOn
  const isClosed = standing.status === 'closed' || (closesOn !== undefined && businessDateOf(now) >= closesOn)
  if (isClosed || paidThrough === null) return outlook(null)
  if (paidThrough < current) {
    const lapsesIn = lapseMonthAfter(paidThrough, { graceMonths: entriesKnownAt(rules.graceMonths, now) })
    return outlook(addMonths(paidThrough, 1), lapsesIn)
  }
  const turned = nextTransition !== null && firstDayOf(current) >= nextTransition.on
  const status = turned ? nextTransition.to : standing.status
  // A hole: the current month is unpaid though a later one is paid. It is owed, and nothing can lapse meanwhile.
  if (status === 'grace') return outlook(current)
  const isNext = turned || nextTransition === null || isClosing
  return outlook(isNext ? addMonths(paidThrough, 1) : monthOfDate(nextTransition.on))
}

/** A view that was not folded since keeps what it once said; after its window it is no news any more. */
function isStillNews({ stage, month }: NoticeDue, { asOf }: NoticeStanding, today: BusinessDate, rules: NoticeRules) {
  const anchor = stage === 'lapsed' ? firstDayOf(month) : businessDateOf(asOf)
  return isWithin(stage, anchor, today, rules)
}

function stage(on: boolean, fromDay: number, toDay: number): Dated<StageRule> {
  return [{ from: '1970-01-01', value: { on, fromDay, toDay }, source: OWN_CHOICE }]
}
