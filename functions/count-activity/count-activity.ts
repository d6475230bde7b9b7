/**
 * A batch of stream records -> what it adds to the rolling counts, once.
 *
 * ```
 * records 1..10 -> mark of 1? none -> one transaction: mark 1 = "up to 10", additions
 * 1..10 again   -> mark of 1: up to 10 -> nothing is left
 * 1..14 again   -> mark of 1: up to 10 -> mark of 11? none -> 11..14 are added under mark 11
 * ```
 * Whoever delivers begins again only where a delivery began before, so every record is counted once, whatever the batches are cut
 * like. What a record holds that cannot be read is left out and counted as a defect: the night's check finds and mends it.
 */
import { type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import {
  type CountedView,
  durationClassOf,
  hourOf,
  type IntakeEntry,
  intakeOf,
  quarterOf,
  type StandingAdds,
  standingChange,
  sumOfAdds,
} from '../../shared/domain/rolling-counts.ts'
import {
  type BatchAdds,
  type CountedTable,
  MOST_ITEMS,
  type RollingCountStore,
} from '../../shared/store/rolling-counts/rolling-counts.ts'

/** What a record of a stream says; `unreadable` where it is none of ours. */
export type ActivityRecord = { readonly sequence: string } & (
  | {
      readonly kind: 'fact'
      readonly source: string
      readonly day: BusinessDate
      readonly decidedAt: Instant
      readonly entry: IntakeEntry
    }
  | {
      readonly kind: 'view'
      readonly before: CountedView | undefined
      readonly after: CountedView
      readonly writtenAt: Instant
      readonly activatedAfterMillis: number | null
    }
  | { readonly kind: 'nothing' | 'unreadable' }
)

export type CountPorts = {
  readonly counts: Pick<RollingCountStore, 'lastOf' | 'add'>
  readonly now: () => Instant
}

export type CountOutcome = { readonly counted: number; readonly repeated: number; readonly unreadable: number }

/** Of one shard, in its order. Throws where the table cannot be written: the batch comes again. */
export async function countActivity(
  ports: CountPorts,
  table: CountedTable,
  records: readonly ActivityRecord[],
): Promise<CountOutcome> {
  let rest = records
  let [counted, repeated, unreadable] = [0, 0, 0]
  while (rest[0] !== undefined) {
    const { sequence: first } = rest[0]
    const known = await ports.counts.lastOf(table, first)
    if (known !== undefined) {
      const after = rest.filter(({ sequence }) => isAfter(sequence, known))
      repeated += rest.length - after.length
      rest = after
      continue
    }
    const batch = fitting(rest)
    const last = (batch.at(-1) as ActivityRecord).sequence
    // Who lost the race reads the mark of who won it.
    const added = await ports.counts.add({ table, first, last, countedAt: ports.now() }, addsOf(batch))
    if (added === 'counted') continue
    counted += batch.length
    unreadable += batch.filter(({ kind }) => kind === 'unreadable').length
    rest = rest.slice(batch.length)
  }
  return { counted, repeated, unreadable }
}

/** The longest beginning that one transaction takes: after a standstill a batch may reach over many hours. */
function fitting(records: readonly ActivityRecord[]): readonly ActivityRecord[] {
  let batch = records
  while (batch.length > 1 && itemsOf(batch) > MOST_ITEMS) batch = batch.slice(0, Math.ceil(batch.length / 2))
  return batch
}

function itemsOf(records: readonly ActivityRecord[]): number {
  const { intake, activations } = addsOf(records)
  return new Set(intake.map(({ day, quarter }) => `${day} ${quarter}`)).size + activations.length + 1
}

export function addsOf(records: readonly ActivityRecord[]): BatchAdds {
  const intake: BatchAdds['intake'][number][] = []
  const changes: StandingAdds[] = []
  const hours = new Map<Instant, Map<number, number>>()
  for (const record of records) {
    if (record.kind === 'fact') {
      const sums = intakeOf(record.entry)
      const { source, day, decidedAt } = record
      if (sums) intake.push({ day, quarter: quarterOf(decidedAt), source, intake: sums })
    }
    if (record.kind === 'view') {
      const change = standingChange(record.before, record.after)
      if (change.size > 0) changes.push(change)
      if (record.activatedAfterMillis !== null) raiseDuration(hours, record.writtenAt, record.activatedAfterMillis)
    }
  }
  const activations = [...hours].map(([hour, durations]) => ({ day: businessDateOf(hour), hour, durations }))
  return { intake, standing: sumOfAdds(changes), changes: changes.length, activations }
}

function raiseDuration(hours: Map<Instant, Map<number, number>>, at: Instant, millis: number): void {
  const hour = hourOf(at)
  const durations = hours.get(hour) ?? new Map<number, number>()
  hours.set(hour, durations)
  const durationClass = durationClassOf(millis)
  durations.set(durationClass, (durations.get(durationClass) ?? 0) + 1)
}

/** Sequence numbers have up to 40 digits, and not all the same number of them. */
function isAfter(sequence: string, other: string): boolean {
  return BigInt(sequence) > BigInt(other)
}
