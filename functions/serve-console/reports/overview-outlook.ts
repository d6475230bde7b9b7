/** What follows from where memberships stand: who lapses soon, and how far the target is. Pure. */
import { addDays, type BusinessDate, startOfDay } from '../../../shared/domain/instant.ts'
import { firstDayOf, type Month } from '../../../shared/domain/month.ts'
import { lapseMonthAfter } from '../../../shared/domain/notice.ts'
import { type Rules, rulesKnownAt } from '../../../shared/domain/rules.ts'
import { coveredOf, type StatusCounts, type Target } from '../../../shared/domain/statistics.ts'

const WINDOWS = [7, 30] as const

/** Those that a closing ends before they lapse are among them: a count of months does not tell. */
export function lapsingFrom(paidThrough: ReadonlyMap<string, number>, today: BusinessDate, rules: Rules) {
  const known = rulesKnownAt(rules, startOfDay(addDays(today, 1)))
  const days = [...paidThrough].map(([month, count]) => ({
    on: firstDayOf(lapseMonthAfter(month as Month, known)),
    count,
  }))
  return WINDOWS.map((window) => {
    const until = addDays(today, window)
    const within = days.filter(({ on }) => on > today && on <= until)
    return {
      days: window,
      count: Math.max(
        0,
        within.reduce((sum, { count }) => sum + count, 0),
      ),
    }
  })
}

export function targetFrom(provinces: ReadonlyMap<string, StatusCounts>, known: readonly Target[]) {
  if (known.length === 0) return null
  const sum = (figureOf: (target: Target) => number) => known.reduce((total, each) => total + figureOf(each), 0)
  const covered = sum(({ region }) => coveredOf(provinces.get(region) ?? []))
  const workers = sum(({ workersInformal }) => workersInformal)
  return {
    provinces: known.length,
    covered,
    target: sum(({ workersInformal, targetBasisPoints }) => Math.ceil((workersInformal * targetBasisPoints) / 10_000)),
    ofInformalBasisPoints: workers === 0 ? null : Math.floor((covered * 10_000) / workers),
  }
}
