/**
 * `GET /api/coverage/trend`: how many were covered at the end of each of the last months, by the same groups as the figures. A month's
 * point is its last day that was counted, of its last few; a month without one has none, and nothing is drawn between.
 */
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { addMonths, firstDayOf, monthOf } from '../../../shared/domain/month.ts'
import { coveredOf, everybodyIn } from '../../../shared/domain/statistics.ts'
import type { DayCensus } from '../../../shared/store/statistics/statistics.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { groupsOf, nameOf } from './coverage-groups.ts'
import type { CoverageTrendQuery } from './schemas.ts'

const MONTHS = 12
/** Nights at the end of a month of which one must have been counted. */
const NIGHTS = 3

export async function showCoverageTrend(ports: ConsolePorts, { query, now }: Call<{ query: CoverageTrendQuery }>) {
  const { by = 'province' } = query
  const censuses = await Promise.all(monthEnds(now).map((day) => lastCounted(ports, day)))
  const counted = censuses.filter((census) => census !== undefined)
  const groups = counted.map((census) => groupsOf(census, by))
  const keys = [...new Set(groups.flatMap((group) => [...group.keys()]))].sort()
  return json(200, {
    by,
    days: counted.map(({ day }) => day),
    covered: counted.map((census) => coveredOf(everybodyIn(census))),
    groups: keys.map((key) => ({
      key,
      name: nameOf(key, by),
      covered: groups.map((group) => coveredOf(group.get(key) ?? [])),
    })),
  })
}

/** The last days of the months before this one, and today; the oldest first. */
function monthEnds(now: Instant): readonly BusinessDate[] {
  const current = monthOf(now)
  const ends = Array.from({ length: MONTHS }, (_, i) => addDays(firstDayOf(addMonths(current, i + 1 - MONTHS)), -1))
  return [...ends, businessDateOf(now)]
}

async function lastCounted({ statistics }: ConsolePorts, end: BusinessDate): Promise<DayCensus | undefined> {
  for (let back = 0; back < NIGHTS; back++) {
    const census = await statistics.census(addDays(end, -back))
    if (census) return census
  }
  return undefined
}
