/**
 * Table `statistics`: what the sweeps counted, day by day, and the targets that it is held against. Kept for ever, no person in it.
 *
 * | set | entry | |
 * |---|---|---|
 * | `sweep#<day>` | `<run>#<segment>#<part>` | one part of a run: written once, the first stands, so a repeat never counts twice |
 * | | `done#<run>` | the result of a run that is complete |
 * | `coverage#<day>` | `day` | the census of the day: of the latest complete nightly run that began on it |
 * | `targets#<year>` | region code | workers and target of a region |
 *
 * A run is named `<purpose>@<instant of its start>`. Producer: functions/sweep-memberships (targets: functions/serve-console).
 */
import { type BusinessDate, formatUtc, type Instant } from '../../domain/instant.ts'
import type { Zone } from '../../domain/region.ts'
import type { Census, Target } from '../../domain/statistics.ts'

export const SWEEP_PURPOSES = ['nightly', 'weekly', 'notices'] as const

export type SweepPurpose = (typeof SWEEP_PURPOSES)[number]

/** One walk over every view. */
export type SweepRun = {
  readonly purpose: SweepPurpose
  /** The time zone of the members that the run is for; null for all. */
  readonly zone: Zone | null
  readonly startedAt: Instant
  readonly segments: number
}

/** What a stretch of a segment came to. */
export type SweepCounts = {
  readonly rows: number
  readonly unreadable: number
  /** Views whose next transition was due. */
  readonly transitions: number
  /** Accounts sent to be folded again. */
  readonly accounts: number
  readonly notices: number
}

export type SweepPart = SweepCounts & {
  readonly segment: number
  readonly part: number
  /** KPJ after which the next part begins; null where this was the segment's last. */
  readonly next: string | null
  /** null where the run does not count memberships. */
  readonly census: Census | null
}

export type SweepResult = SweepRun & SweepCounts & { readonly parts: number; readonly finishedAt: Instant }

/** The memberships of a day, as the run that began at `countedAt` met them. */
export type DayCensus = { readonly day: BusinessDate; readonly countedAt: Instant; readonly rows: number } & Census

export type StatisticsStore = {
  readonly part: (run: SweepRun, segment: number, part: number) => Promise<SweepPart | undefined>
  /** The part that stands: this one, or the one that was there first. */
  readonly putPart: (run: SweepRun, part: SweepPart) => Promise<SweepPart>
  /** All parts of a run that are there, in the order of segment and part; consistent. */
  readonly partsOf: (run: SweepRun) => Promise<readonly SweepPart[]>
  /** `exists`: this run was noted as complete before. */
  readonly putResult: (result: SweepResult) => Promise<'put' | 'exists'>
  /** Complete runs that began on a day (WIB), in the order of purpose and start. */
  readonly resultsOf: (day: BusinessDate) => Promise<readonly SweepResult[]>
  /** Stands unless a later run's census of that day is there. */
  readonly putCensus: (census: DayCensus) => Promise<void>
  readonly census: (day: BusinessDate) => Promise<DayCensus | undefined>
  readonly putTarget: (year: number, target: Target) => Promise<void>
  readonly targets: (year: number) => Promise<readonly Target[]>
  /** Those of these regions that have one, in no order: what a picture of provinces needs of a year with 500 regencies. */
  readonly targetsOf: (year: number, regions: readonly string[]) => Promise<readonly Target[]>
}

export function runName({ purpose, zone, startedAt }: SweepRun): string {
  return `${purpose}${zone === null ? '' : `-${zone}`}@${formatUtc(startedAt)}`
}
