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

import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type BusinessDate, businessDateOf, formatUtc, type Instant, instant } from '../../domain/instant.ts'
import type { Zone } from '../../domain/region.ts'
import type { Census, Target } from '../../domain/statistics.ts'
import { type Item, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { censusItem, readCensus } from './packed-census.ts'

export const SWEEP_PURPOSES = ['nightly', 'weekly', 'notices'] as const
export type SweepPurpose = (typeof SWEEP_PURPOSES)[number]

/** One walk over every view. */
export type SweepRun = {
  readonly purpose: SweepPurpose
  /** Whose members are told; null where everybody is meant. */
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
  /** `exists`: somebody noted that this run is complete. */
  readonly putResult: (result: SweepResult) => Promise<'put' | 'exists'>
  /** Complete runs that began on a day (WIB), in the order of purpose and start. */
  readonly resultsOf: (day: BusinessDate) => Promise<readonly SweepResult[]>
  /** Stands unless a later run's census of that day is there. */
  readonly putCensus: (census: DayCensus) => Promise<void>
  readonly census: (day: BusinessDate) => Promise<DayCensus | undefined>
  readonly putTarget: (year: number, target: Target) => Promise<void>
  readonly targets: (year: number) => Promise<readonly Target[]>
}

type StatisticsTable = { readonly client: DynamoClient; readonly name: string }

export function dynamoStatistics(client: DynamoClient, tables: Pick<Tables, 'statistics'>): StatisticsStore {
  const table = { client, name: tables.statistics }
  return {
    part: async (run, segment, part) => {
      const item = await itemOf(table, sweepSet(run), partEntry(run, segment, part))
      return item && readPart(item)
    },
    putPart: (run, part) => putPart(table, run, part),
    partsOf: async (run) => (await entriesOf(table, sweepSet(run), `${runName(run)}#`)).map(readPart),
    putResult: async (result) => {
      const written = await put(table, resultItem(result), { ConditionExpression: 'attribute_not_exists(entry)' })
      return written ? 'put' : 'exists'
    },
    resultsOf: async (day) => (await entriesOf(table, `sweep#${day}`, 'done#')).map(readResult),
    putCensus: async (census) => {
      const item = dayItem(census)
      await put(table, item, {
        ConditionExpression: 'attribute_not_exists(entry) OR countedAt <= :countedAt',
        ExpressionAttributeValues: { ':countedAt': whole(census.countedAt) },
      })
    },
    census: async (day) => {
      const item = await itemOf(table, `coverage#${day}`, 'day')
      return item && readDay(day, item)
    },
    putTarget: async (year, target) => {
      await put(table, targetItem(year, target), {})
    },
    targets: async (year) => (await entriesOf(table, `targets#${year}`, '')).map(readTarget),
  }
}

export function runName({ purpose, zone, startedAt }: SweepRun): string {
  return `${purpose}${zone === null ? '' : `-${zone}`}@${formatUtc(startedAt)}`
}

function sweepSet({ startedAt }: SweepRun): string {
  return `sweep#${businessDateOf(startedAt)}`
}

function partEntry(run: SweepRun, segment: number, part: number): string {
  return `${runName(run)}#${String(segment).padStart(4, '0')}#${String(part).padStart(6, '0')}`
}

async function itemOf(table: StatisticsTable, set: string, entry: string): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: { set: text(set), entry: text(entry) }, ConsistentRead: true }
  return (await reading('a statistic', () => table.client.send(new GetItemCommand(command)))).Item
}

async function entriesOf(table: StatisticsTable, set: string, prefix: string): Promise<readonly Item[]> {
  const found: Item[] = []
  let start: Item | undefined
  do {
    const page = await reading('statistics', () =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: '#set = :set AND entry BETWEEN :first AND :last',
          ExpressionAttributeNames: { '#set': 'set' },
          ExpressionAttributeValues: {
            ':set': text(set),
            ':first': text(prefix === '' ? ' ' : prefix),
            ':last': text(`${prefix}\u{10FFFF}`),
          },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      ),
    )
    found.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start)
  return found
}

type Condition = { readonly ConditionExpression?: string; readonly ExpressionAttributeValues?: Item }

async function put(table: StatisticsTable, item: Item, condition: Condition): Promise<boolean> {
  const command = { TableName: table.name, Item: { ...item }, ...condition } as ConstructorParameters<
    typeof PutItemCommand
  >[0]
  const written = await writing('a statistic', () => table.client.send(new PutItemCommand(command)))
  return written.outcome === 'written'
}

/** Two who scan the same stretch at different times may end at different places: only one of them may go on. */
async function putPart(table: StatisticsTable, run: SweepRun, part: SweepPart): Promise<SweepPart> {
  const item = partItem(run, part)
  if (await put(table, item, { ConditionExpression: 'attribute_not_exists(entry)' })) return part
  const first = await itemOf(table, sweepSet(run), partEntry(run, part.segment, part.part))
  return first ? readPart(first) : part
}

function partItem(run: SweepRun, part: SweepPart): Item {
  return {
    set: text(sweepSet(run)),
    entry: text(partEntry(run, part.segment, part.part)),
    segment: whole(part.segment),
    part: whole(part.part),
    ...orAbsent('next', part.next, text),
    ...countsItem(part),
    ...(part.census === null ? {} : censusItem(part.census)),
  }
}

function readPart(item: Item): SweepPart {
  const read = readerOf('statistics (part)', item)
  return {
    segment: read.whole('segment'),
    part: read.whole('part'),
    next: read.optional('next', read.text),
    ...readCounts(item),
    census: read.has('creditRupiah') ? readCensus(read) : null,
  }
}

function resultItem(result: SweepResult): Item {
  return {
    set: text(sweepSet(result)),
    entry: text(`done#${runName(result)}`),
    purpose: text(result.purpose),
    ...orAbsent('zone', result.zone, text),
    startedAt: whole(result.startedAt),
    segments: whole(result.segments),
    parts: whole(result.parts),
    finishedAt: whole(result.finishedAt),
    ...countsItem(result),
  }
}

function readResult(item: Item): SweepResult {
  const read = readerOf('statistics (result)', item)
  return {
    purpose: read.parsed('purpose', oneOf(SWEEP_PURPOSES)),
    zone: read.optional('zone', (name) => read.parsed(name, oneOf(['WIB', 'WITA', 'WIT']))),
    startedAt: read.counted('startedAt', instant),
    segments: read.whole('segments'),
    parts: read.whole('parts'),
    finishedAt: read.counted('finishedAt', instant),
    ...readCounts(item),
  }
}

function countsItem(counts: SweepCounts): Item {
  return {
    rows: whole(counts.rows),
    unreadable: whole(counts.unreadable),
    transitions: whole(counts.transitions),
    accounts: whole(counts.accounts),
    notices: whole(counts.notices),
  }
}

function readCounts(item: Item): SweepCounts {
  const read = readerOf('statistics (counts)', item)
  return {
    rows: read.whole('rows'),
    unreadable: read.whole('unreadable'),
    transitions: read.whole('transitions'),
    accounts: read.whole('accounts'),
    notices: read.whole('notices'),
  }
}

function dayItem({ day, countedAt, rows, ...census }: DayCensus): Item {
  return {
    set: text(`coverage#${day}`),
    entry: text('day'),
    countedAt: whole(countedAt),
    rows: whole(rows),
    ...censusItem(census),
  }
}

function readDay(day: BusinessDate, item: Item): DayCensus {
  const read = readerOf('statistics (day)', item)
  return { day, countedAt: read.counted('countedAt', instant), rows: read.whole('rows'), ...readCensus(read) }
}

function targetItem(year: number, target: Target): Item {
  return {
    set: text(`targets#${year}`),
    entry: text(target.region),
    workersFormal: whole(target.workersFormal),
    workersInformal: whole(target.workersInformal),
    targetBasisPoints: whole(target.targetBasisPoints),
  }
}

function readTarget(item: Item): Target {
  const read = readerOf('statistics (target)', item)
  return {
    region: read.text('entry'),
    workersFormal: read.whole('workersFormal'),
    workersInformal: read.whole('workersInformal'),
    targetBasisPoints: read.whole('targetBasisPoints'),
  }
}
