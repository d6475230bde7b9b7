/**
 * The rolling counts, in table `statistics`: sums that the overview shows without reading what they are sums of.
 *
 * | set | entry | |
 * |---|---|---|
 * | `intake#<business date>` | `<start of a quarter of an hour>` | what each source took in then: `bni.count`, `bni.amountRupiah`, … |
 * | | `checked#<source>` | when it was compared with the day index, and what had to be added |
 * | `activation#<WIB date>` | `<start of an hour>` | how long payments waited for their view, by class of duration |
 * | `standing` | `now` | memberships by province, funding and status; credit; `changes`, which each batch raises |
 * | | `run@<start>` | how many changes had been counted when a night's run began |
 * | `counted#<table>` | `<sequence number>` | the batch that began there was counted, up to which record; two days |
 *
 * A batch of stream records is added in one transaction with its mark, so a batch that comes twice is counted once; who sees
 * that its mark stands goes on after the last record that it names. Records of a batch are of one shard and in order.
 * Producer: functions/count-activity. Checked, and put right, by functions/sweep-memberships. Reader: functions/serve-console.
 */
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import type { Durations, Intake, IntakeQuarter, Standing, StandingAdds } from '../../domain/rolling-counts.ts'

export type CountedTable = 'facts' | 'memberships'

/** What a batch adds. A transaction takes 100 writes: whoever makes one keeps to `MOST_ITEMS`. */
export type BatchAdds = {
  readonly intake: readonly {
    readonly day: BusinessDate
    readonly quarter: Instant
    readonly source: string
    readonly intake: Intake
  }[]
  readonly standing: StandingAdds
  /** Records that changed where a membership stands. */
  readonly changes: number
  readonly activations: readonly {
    readonly day: BusinessDate
    readonly hour: Instant
    readonly durations: Durations
  }[]
}

export const MOST_ITEMS = 90

export type CountedBatch = {
  readonly table: CountedTable
  /** Sequence numbers of the stream, which only grow within a shard. */
  readonly first: string
  readonly last: string
  readonly countedAt: Instant
}

export type CountCheck = {
  readonly checkedAt: Instant
  /** Memberships, or facts, that had to be added or taken away; 0 where all agreed. */
  readonly difference: number
}

export type KeptStanding = Standing & {
  readonly changes: number
  readonly countedAt: Instant
  /** null until a night's run compared it with its census. */
  readonly check: CountCheck | null
}

export type KeptIntake = {
  /** In the order of time. */
  readonly quarters: readonly IntakeQuarter[]
  readonly checks: ReadonlyMap<string, CountCheck>
}

export type IntakeRange = { readonly from: Instant } | { readonly before: Instant }

export type RollingCountStore = {
  /** The last record of the batch that began with this one and was counted. Consistent. */
  readonly lastOf: (table: CountedTable, first: string) => Promise<string | undefined>
  /** `counted`: a batch that began there was counted before, and nothing was added. */
  readonly add: (batch: CountedBatch, adds: BatchAdds) => Promise<'added' | 'counted'>
  readonly standing: () => Promise<KeptStanding | undefined>
  /** All of a day, or its quarters from an instant on (with its checks), or those before one. */
  readonly intake: (day: BusinessDate, only?: IntakeRange) => Promise<KeptIntake>
  /** By hour, in the order of time. */
  readonly activations: (
    day: BusinessDate,
  ) => Promise<readonly { readonly hour: Instant; readonly durations: Durations }[]>
  /** How many changes had been counted when a run began; the first that is noted stands. */
  readonly noteRun: (startedAt: Instant, changes: number) => Promise<void>
  readonly changesAt: (startedAt: Instant) => Promise<number | undefined>
  /** Adds the correction while `changes` is what it was; `conflict`: something was counted meanwhile, read again. */
  readonly correctStanding: (
    adds: StandingAdds,
    changes: number | undefined,
    check: CountCheck,
  ) => Promise<'put' | 'conflict'>
  /** Adds what a quarter lacks, while it holds what was read (`undefined`: nothing). */
  readonly correctIntake: (
    place: { readonly day: BusinessDate; readonly quarter: Instant; readonly source: string },
    counted: Intake | undefined,
    lacking: Intake,
  ) => Promise<'put' | 'conflict'>
  readonly noteIntakeCheck: (day: BusinessDate, source: string, check: CountCheck) => Promise<void>
}
