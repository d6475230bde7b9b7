/**
 * When a channel's settlement file of a day must have come, and when it did.
 *
 * ```
 *   D            D+1 07:00 due          08:00 late
 *   |--- awaited ------|------ due --------|------- late: alarmed once -------> came-late
 * ```
 * The hour is the channel's own (profile.ts), the tolerance dated data here. A file that cannot be used has not come, and before
 * its first day a channel owes none. Pure: functions/reconcile-settlement/watch-arrivals.ts watches it by the hour, the console
 * shows it (functions/serve-console/settlement/file-arrivals.ts).
 */
import { type Dated, inForce } from '../effective-dated.ts'
import { type BusinessDate, type Instant, instant } from '../instant.ts'
import { isFileExpected } from './calendar.ts'
import type { SettlementRules } from './day.ts'
import type { FileVersion } from './file-version.ts'
import { fileDueAt } from './rules.ts'

export const FILE_TOLERANCE_MINUTES: Dated<number> = [
  { from: '2020-01-01', value: 60, source: 'our choice: an hour says more of a schedule than a minute' },
]
const MINUTE = 60_000

/** `none`: no file comes for such a day, or the channel had not begun. In the order in which they follow one another otherwise. */
export const ARRIVAL_STATES = ['none', 'awaited', 'due', 'late', 'in-time', 'came-late'] as const
export type ArrivalState = (typeof ARRIVAL_STATES)[number]

export type Arrival = {
  readonly state: ArrivalState
  readonly dueAt: Instant
  /** From when on it is late. */
  readonly lateAt: Instant
  /** Of the first file that could be used; null: none came. */
  readonly arrivedAt: Instant | null
}

/** `begunOn`: the channel's first day (shared/store/settlements/first-day.ts); undefined: it has none yet. */
export type DayOfChannel = {
  readonly channel: string
  readonly date: BusinessDate
  readonly begunOn: BusinessDate | undefined
}

export function arrivalOf(
  { channel, date, begunOn }: DayOfChannel,
  now: Instant,
  versions: readonly Pick<FileVersion, 'state' | 'receivedAt'>[],
  rules: SettlementRules,
): Arrival {
  const dueAt = fileDueAt(date, rules)
  const lateAt = instant(dueAt + inForce('file tolerance', FILE_TOLERANCE_MINUTES, date) * MINUTE)
  const arrivedAt = versions.find(({ state }) => state !== 'held')?.receivedAt ?? null
  const times = { dueAt, lateAt, arrivedAt }
  if (arrivedAt !== null) return { state: arrivedAt < lateAt ? 'in-time' : 'came-late', ...times }
  const isOwed = begunOn !== undefined && begunOn <= date && isFileExpected(channel, date)
  if (!isOwed) return { state: 'none', ...times }
  return { state: now < dueAt ? 'awaited' : now < lateAt ? 'due' : 'late', ...times }
}
