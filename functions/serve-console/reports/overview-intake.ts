/** What came in: today by channel, against the same weekday a week ago, and hour by hour. From the rolling counts alone. */
import { addDays, type BusinessDate, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import {
  hourOf,
  type Intake,
  type IntakeQuarter,
  percentileOf,
  quarterOf,
  sumOfDurations,
  sumOfIntake,
} from '../../../shared/domain/rolling-counts.ts'
import type { CountCheck, IntakeRange, KeptIntake } from '../../../shared/store/rolling-counts/rolling-counts.ts'
import type { ConsolePorts } from '../ports.ts'

const HOUR = 3_600_000
const HOURS = 24
const WEEK_DAYS = 7
const WEEK_MILLIS = WEEK_DAYS * HOURS * HOUR
/** Business days that are looked at for the latest one that was checked. */
const CHECKED_WITHIN_DAYS = 3

type Ports = Pick<ConsolePorts, 'counts' | 'channels'>

export async function intakeNow(ports: Ports, now: Instant) {
  const today = businessDateOf(now)
  const weekBefore = addDays(today, -WEEK_DAYS)
  // A channel whose day ends before midnight books its evening on tomorrow.
  const [ago, yesterday, current, tomorrow] = (await Promise.all(
    [weekBefore, addDays(today, -1), today, addDays(today, 1)].map((day) =>
      ports.counts.intake(day, neededOf(day, now)),
    ),
  )) as [KeptIntake, KeptIntake, KeptIntake, KeptIntake]
  const around = [...yesterday.quarters, ...current.quarters, ...tomorrow.quarters]
  return {
    paymentsToday: {
      day: today,
      channels: ports.channels.map((channel) => ({ channel, ...sumOf(current.quarters, channel) })),
    },
    comparison: comparisonOf(ports.channels, now, weekBefore, current.quarters, ago.quarters),
    lastDay: hoursOf(ports.channels, around, now),
  }
}

/** Of yesterday what belongs to the last 24 hours, of a week ago what had come by now: half a day is not read for nothing. */
function neededOf(day: BusinessDate, now: Instant): IntakeRange | undefined {
  const today = businessDateOf(now)
  if (day === addDays(today, -1)) return { from: (hourOf(now) - HOURS * HOUR) as Instant }
  return day < today ? { before: (quarterOf(now) - WEEK_MILLIS) as Instant } : undefined
}

/** Both sides end with the last whole quarter, so that like is held against like. */
function comparisonOf(
  channels: readonly string[],
  now: Instant,
  weekBefore: BusinessDate,
  today: readonly IntakeQuarter[],
  ago: readonly IntakeQuarter[],
) {
  const until = quarterOf(now)
  const before = (quarters: readonly IntakeQuarter[], end: number) => quarters.filter(({ at }) => at < end)
  return {
    until: formatUtc(until),
    weekBefore,
    channels: channels.map((channel) => {
      const { count, amountRupiah } = sumOf(before(today, until), channel)
      const then = sumOf(before(ago, until - WEEK_MILLIS), channel)
      return { channel, count, amountRupiah, weekBeforeCount: then.count, weekBeforeRupiah: then.amountRupiah }
    }),
  }
}

function hoursOf(channels: readonly string[], quarters: readonly IntakeQuarter[], now: Instant) {
  const byHour = Map.groupBy(quarters, ({ at }) => hourOf(at))
  const last = hourOf(now)
  return Array.from({ length: HOURS + 1 }, (_, i) => (last - (HOURS - i) * HOUR) as Instant).map((from) => ({
    from: formatUtc(from),
    channels: channels.map((channel) => {
      const { count, amountRupiah } = sumOf(byHour.get(from) ?? [], channel)
      return { channel, count, amountRupiah }
    }),
  }))
}

function sumOf(quarters: readonly IntakeQuarter[], channel: string): Intake {
  return sumOfIntake(quarters.flatMap(({ channels }) => channels.get(channel) ?? []))
}

/** How long payments of the last 24 hours waited for their membership. */
export async function timeToActive({ counts }: Ports, now: Instant) {
  const today = businessDateOf(now)
  const hours = (await Promise.all([addDays(today, -1), today].map((day) => counts.activations(day)))).flat()
  const since = hourOf(now) - HOURS * HOUR
  const durations = sumOfDurations(hours.filter(({ hour }) => hour >= since).map((each) => each.durations))
  return {
    count: [...durations.values()].reduce((sum, count) => sum + count, 0),
    p50Millis: percentileOf(durations, 0.5),
    p99Millis: percentileOf(durations, 0.99),
  }
}

/** Of the latest business day on which every channel was looked at. */
export async function intakeCheck({ counts, channels }: Ports, now: Instant): Promise<CountCheck | null> {
  for (let back = 1; back <= CHECKED_WITHIN_DAYS; back++) {
    const { checks } = await counts.intake(addDays(businessDateOf(now), -back))
    const found = channels.flatMap((channel) => checks.get(channel) ?? [])
    if (found.length < channels.length || found.length === 0) continue
    return {
      checkedAt: Math.min(...found.map(({ checkedAt }) => checkedAt)) as Instant,
      difference: found.reduce((sum, { difference }) => sum + difference, 0),
    }
  }
  return null
}
