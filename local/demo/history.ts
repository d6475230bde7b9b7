/**
 * The past of a self-paid membership: when, where and how much its member paid, so that it has the planned status today.
 * Pure: the plan alone; past-payments.ts sends it through the endpoints. Promises instants before `now` and months that each payment's
 * own quote will name: every payment pays from its own month on, and the next one comes when that is used up.
 */

import { assertNever } from '../../shared/domain/assert-never.ts'
import type { MembershipStatus } from '../../shared/domain/coverage.ts'
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  type Instant,
  instant,
  startOfDay,
} from '../../shared/domain/instant.ts'
import { addMonths, endOfMonth, firstDayOf, type Month, monthOf, startOfMonth } from '../../shared/domain/month.ts'
import type { MonthCount } from '../../shared/domain/month-count.ts'
import type { Random } from './random.ts'

export type PastPayment = {
  readonly at: Instant
  readonly channel: string
  readonly months: MonthCount
  /** Taken back at the terminal a moment later. */
  readonly isReversed: boolean
}

export type History = { readonly registeredOn: BusinessDate; readonly payments: readonly PastPayment[] }

/** Where a member pays; `reversing`: those whose protocol knows a reversal. */
export type Terminals = { readonly all: readonly string[]; readonly reversing: readonly string[] }

/** Habits: months per payment, oldest first. */
const HABITS: readonly (readonly [number, readonly MonthCount[]])[] = [
  [38, [1]],
  [10, [1, 1]],
  [7, [1, 1, 1]],
  [13, [2]],
  [13, [3]],
  [4, [3, 3]],
  [7, [6]],
  [3, [1, 6]],
  [5, [12]],
]

const HOUR = 3_600_000

export function historyOf(status: MembershipStatus, random: Random, now: Instant, terminals: Terminals): History {
  const today = businessDateOf(now)
  if (status !== 'unpaid') return paidHistory(status, random, now, terminals)
  const registeredOn = addDays(today, -random.whole(31, 90))
  if (random.fraction() > 0.1) return { registeredOn, payments: [] }
  const at = momentIn(monthOf(now), random, now)
  return { registeredOn, payments: [{ at, channel: random.pick(terminals.reversing), months: 1, isReversed: true }] }
}

function paidHistory(
  status: Exclude<MembershipStatus, 'unpaid'>,
  random: Random,
  now: Instant,
  terminals: Terminals,
): History {
  const habit = random.weighted(HABITS)
  const end = addMonths(monthOf(now), monthsFromNow(status, random, habit.at(-1) as number))
  const favourite = random.pick(terminals.all)
  let month = addMonths(end, 1 - habit.reduce<number>((sum, months) => sum + months, 0))
  const registeredOn = addDays(firstDayOf(month), -random.whole(1, 25))
  const payments: PastPayment[] = []
  for (const months of habit) {
    const channel = random.fraction() < 0.75 ? favourite : random.pick(terminals.all)
    payments.push({ at: momentIn(month, random, now), channel, months, isReversed: false })
    month = addMonths(month, months)
  }
  return { registeredOn, payments }
}

/** The last month paid, counted from the current one; the last payment is never in the future. */
function monthsFromNow(status: Exclude<MembershipStatus, 'unpaid'>, random: Random, lastVisit: number): number {
  switch (status) {
    case 'active':
      return random.whole(0, lastVisit - 1)
    case 'closed':
      return random.whole(-2, 0)
    case 'grace':
      return -random.whole(1, 3)
    case 'lapsed':
      return -random.whole(4, 9)
    default:
      return assertNever(status)
  }
}

/** By day in WIB, where the month has gone far enough; never after `now`. */
function momentIn(month: Month, random: Random, now: Instant): Instant {
  const day = addDays(firstDayOf(month), random.whole(0, 27))
  const byDay = startOfDay(day) + random.whole(7 * HOUR, 20 * HOUR)
  if (byDay < now) return instant(byDay)
  const start = startOfMonth(month)
  const span = Math.min(now, endOfMonth(month)) - start
  return instant(start + Math.floor(random.fraction() * span))
}
