/**
 * `GET /api/coverage`: how many memberships stood where on a day, by province, regency, sector or funding, against the
 * workers there are and the target, and against a week and a month before. A day is as its nightly run counted it
 * (functions/sweep-memberships) and stays so; a day without a complete run has no figures. Without a date: as of now.
 */
import { addDays, type BusinessDate, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import {
  byStatus,
  coveredOf,
  everybodyIn,
  type StatusCounts,
  shareOf,
  type Target,
  totalOfCounts,
} from '../../../shared/domain/statistics.ts'
import type { DayCensus } from '../../../shared/store/statistics/statistics.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { groupsOf, nameOf } from './coverage-groups.ts'
import { membershipsNow } from './memberships-now.ts'
import type { CoverageFiguresQuery } from './schemas.ts'

const WEEK = 7
const MONTH = 30

export async function showCoverageFigures(ports: ConsolePorts, { query, now }: Call<{ query: CoverageFiguresQuery }>) {
  const { date, by = 'province' } = query
  const census = await censusFor(ports, date, now)
  if (!census) return problem('NO_STATISTICS', 'expected a day on which the nightly run came to its end')
  const [weekBefore, monthBefore, targets] = await Promise.all([
    ports.statistics.census(addDays(census.day, -WEEK)),
    ports.statistics.census(addDays(census.day, -MONTH)),
    ports.statistics.targets(Number(census.day.slice(0, 4))),
  ])
  const targetOf = new Map(by === 'sector' || by === 'funding' ? [] : targets.map((each) => [each.region, each]))
  const before = { week: weekBefore && groupsOf(weekBefore, by), month: monthBefore && groupsOf(monthBefore, by) }
  const rows = [...groupsOf(census, by)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, counts]) => ({
      key,
      name: nameOf(key, by),
      ...figuresOf(counts),
      coveredWeekBefore: before.week ? coveredOf(before.week.get(key) ?? []) : null,
      coveredMonthBefore: before.month ? coveredOf(before.month.get(key) ?? []) : null,
      ...againstTarget(coveredOf(counts), targetOf.get(key)),
    }))
  const everybody = everybodyIn(census)
  const total = {
    key: 'all',
    name: 'All',
    ...figuresOf(everybody),
    coveredWeekBefore: weekBefore ? coveredOf(everybodyIn(weekBefore)) : null,
    coveredMonthBefore: monthBefore ? coveredOf(everybodyIn(monthBefore)) : null,
    ...againstTarget(coveredOf(everybody), targetOfAll(rows.map(({ key }) => targetOf.get(key)))),
  }
  return json(200, { date: census.day, countedAt: formatUtc(census.countedAt), by, total, rows })
}

/** With a date: as its night counted it. Without: now, or, where that is too much to count, the latest night. */
async function censusFor(
  ports: ConsolePorts,
  date: BusinessDate | undefined,
  now: Instant,
): Promise<DayCensus | undefined> {
  if (date !== undefined) return ports.statistics.census(date)
  const census = await membershipsNow(ports, now)
  return census.complete ? census : undefined
}

function figuresOf(counts: StatusCounts) {
  return { total: totalOfCounts(counts), covered: coveredOf(counts), byStatus: byStatus(counts) }
}

function againstTarget(covered: number, target: Omit<Target, 'region'> | undefined) {
  const { workersFormal = null, workersInformal = null, targetBasisPoints = null } = target ?? {}
  const none = { ofInformalBasisPoints: null, ofWorkersBasisPoints: null, shortOfTarget: null }
  const share = target ? shareOf(covered, target) : none
  return { workersFormal, workersInformal, targetBasisPoints, ...share }
}

/** Only where every region has one: a share of some regions' workers would look like all of them. Weighted by informal workers. */
function targetOfAll(targets: readonly (Target | undefined)[]): Omit<Target, 'region'> | undefined {
  const known = targets.filter((target) => target !== undefined)
  if (known.length === 0 || known.length < targets.length) return undefined
  const sum = (figureOf: (target: Target) => number) => known.reduce((total, target) => total + figureOf(target), 0)
  const workersInformal = sum((target) => target.workersInformal)
  const weighted = sum((target) => target.targetBasisPoints * target.workersInformal)
  return {
    workersFormal: sum((target) => target.workersFormal),
    workersInformal,
    targetBasisPoints: workersInformal === 0 ? 0 : Math.round(weighted / workersInformal),
  }
}
