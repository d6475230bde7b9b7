/**
 * `GET /api/overview`: where memberships stand, what came in, what is open, and whether the hub keeps up. A picture for people,
 * never a basis for a decision. Nothing here is counted while somebody waits: the figures are rolling counts, which are seconds
 * old and held against what they count every night (`checks`). Only a hub that has counted nothing yet counts its views.
 */
import { type BusinessDate, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { PROVINCES } from '../../../shared/domain/region.ts'
import { AGE_LABELS } from '../../../shared/domain/settlement/ageing.ts'
import { byStatus, provincesOf, type StatusCounts, totalOfCounts } from '../../../shared/domain/statistics.ts'
import type { CountCheck, RollingCountStore } from '../../../shared/store/rolling-counts/rolling-counts.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { agedReceivables } from '../settlement/owed-by-channels.ts'
import { latestCensus, membershipsNow } from './memberships-now.ts'
import { intakeCheck, intakeNow, timeToActive } from './overview-intake.ts'
import { lapsingFrom, targetFrom } from './overview-outlook.ts'

/** Of each channel; more than these are not counted one by one. */
const DIFFERENCES_COUNTED = 100

export async function showOverview(given: ConsolePorts, { now }: Call) {
  const ports = { ...given, counts: { ...given.counts, intake: onceEach(given.counts.intake) } }
  const [stand, intake, activation, intakeChecked, unreconciled, openDifferences, queues, targets] = await Promise.all([
    standingNow(ports, now),
    intakeNow(ports, now),
    timeToActive(ports, now),
    intakeCheck(ports, now),
    unreconciledNow(ports, now),
    differencesNow(ports),
    queuesNow(ports),
    ports.statistics.targetsOf(Number(businessDateOf(now).slice(0, 4)), [...PROVINCES.keys()]),
  ])
  return json(200, {
    asOf: formatUtc(now),
    memberships: membershipsOf(stand),
    ...intake,
    timeToActive: activation,
    unreconciled,
    openDifferences,
    queues,
    lapsing: lapsingFrom(stand.paidThrough, businessDateOf(now), ports.rules),
    target: targetFrom(stand.provinces, targets),
    checks: { memberships: checkOf(stand.check), intake: checkOf(intakeChecked) },
  })
}

type Stand = {
  readonly countedAt: Instant
  readonly complete: boolean
  readonly creditRupiah: number
  readonly provinces: ReadonlyMap<string, StatusCounts>
  readonly fundings: ReadonlyMap<string, StatusCounts>
  readonly paidThrough: ReadonlyMap<string, number>
  readonly check: CountCheck | null
}

/** The counters, once a night has held them against its census, or where no night has been yet; else what the census says. */
async function standingNow(ports: ConsolePorts, now: Instant): Promise<Stand> {
  const counted = await ports.counts.standing()
  const isKnown = counted !== undefined && (counted.check !== null || !(await latestCensus(ports, businessDateOf(now))))
  if (isKnown) return { ...counted, complete: true }
  const census = await membershipsNow(ports, now)
  return { ...census, provinces: provincesOf(census), fundings: census.funding, check: null }
}

function membershipsOf({ countedAt, complete, creditRupiah, provinces, fundings }: Stand) {
  const everybody = [...provinces.values()].reduce<StatusCounts>(
    (sum, counts) => counts.map((count, place) => count + (sum[place] ?? 0)),
    [],
  )
  return {
    countedAt: formatUtc(countedAt),
    complete,
    total: totalOfCounts(everybody),
    creditRupiah,
    byStatus: byStatus(everybody),
    byFunding: Object.fromEntries([...fundings].map(([funding, counts]) => [funding, totalOfCounts(counts)])),
    byProvince: [...provinces]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([code, counts]) => ({
        code,
        name: PROVINCES.get(code)?.name ?? 'Unknown',
        total: totalOfCounts(counts),
        byStatus: byStatus(counts),
      })),
  }
}

async function unreconciledNow(ports: ConsolePorts, now: Instant) {
  const channels = await agedReceivables(ports, now)
  const ages = AGE_LABELS.map((label) => {
    const own = channels.flatMap((channel) => channel.ages.filter((age) => age.label === label))
    const sum = (figureOf: (age: (typeof own)[number]) => number) =>
      own.reduce((total, age) => total + figureOf(age), 0)
    return { label, amountRupiah: sum(({ amountRupiah }) => amountRupiah), count: sum(({ count }) => count) }
  })
  return {
    amountRupiah: ages.reduce((sum, age) => sum + age.amountRupiah, 0),
    oldestDays: channels.reduce((oldest, { oldestDays }) => Math.max(oldest, oldestDays), 0),
    ages,
  }
}

async function differencesNow({ settlements, channels }: ConsolePorts) {
  const open = await Promise.all(
    channels.map((channel) => settlements.pointers('open', channel, null, DIFFERENCES_COUNTED)),
  )
  return {
    count: open.reduce((sum, { length }) => sum + length, 0),
    complete: open.every(({ length }) => length < DIFFERENCES_COUNTED),
  }
}

async function queuesNow({ queues }: ConsolePorts) {
  const depths = await Promise.all(queues.map(async ({ name, depth }) => ({ name, ...(await depth()) })))
  const sum = (figureOf: (depth: (typeof depths)[number]) => number) =>
    depths.reduce((total, depth) => total + figureOf(depth), 0)
  return {
    waiting: sum(({ visible, inFlight }) => visible + inFlight),
    deadLetters: sum(({ deadLetters }) => deadLetters),
    affected: depths.filter(({ deadLetters }) => deadLetters > 0).map(({ name }) => name),
  }
}

/** Each day is read once per call; what is read of yesterday holds its checks. */
function onceEach(read: RollingCountStore['intake']): RollingCountStore['intake'] {
  const asked = new Map<BusinessDate, ReturnType<typeof read>>()
  return (day, only) => {
    const known = asked.get(day) ?? read(day, only)
    asked.set(day, known)
    return known
  }
}

function checkOf(check: CountCheck | null) {
  return check && { checkedAt: formatUtc(check.checkedAt), difference: check.difference }
}
