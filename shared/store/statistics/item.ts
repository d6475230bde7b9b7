/** Keys and items of table `statistics`; a census is packed (packed-census.ts). Promise: what is read is what was written, or a Defect. */
import { type BusinessDate, businessDateOf, instant } from '../../domain/instant.ts'
import type { Target } from '../../domain/statistics.ts'
import { type Item, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import { censusItem, readCensus } from './packed-census.ts'
import {
  type DayCensus,
  runName,
  SWEEP_PURPOSES,
  type SweepCounts,
  type SweepPart,
  type SweepResult,
  type SweepRun,
} from './statistics.ts'

export function sweepSet({ startedAt }: SweepRun): string {
  return `sweep#${businessDateOf(startedAt)}`
}

export function partEntry(run: SweepRun, segment: number, part: number): string {
  return `${runName(run)}#${String(segment).padStart(4, '0')}#${String(part).padStart(6, '0')}`
}

export function partItem(run: SweepRun, part: SweepPart): Item {
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

export function readPart(item: Item): SweepPart {
  const read = readerOf('statistics (part)', item)
  return {
    segment: read.whole('segment'),
    part: read.whole('part'),
    next: read.optional('next', read.text),
    ...readCounts(item),
    census: read.has('creditRupiah') ? readCensus(read) : null,
  }
}

export function resultItem(result: SweepResult): Item {
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

export function readResult(item: Item): SweepResult {
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

export function dayItem({ day, countedAt, rows, ...census }: DayCensus): Item {
  return {
    set: text(`coverage#${day}`),
    entry: text('day'),
    countedAt: whole(countedAt),
    rows: whole(rows),
    ...censusItem(census),
  }
}

export function readDay(day: BusinessDate, item: Item): DayCensus {
  const read = readerOf('statistics (day)', item)
  return { day, countedAt: read.counted('countedAt', instant), rows: read.whole('rows'), ...readCensus(read) }
}

export function targetItem(year: number, target: Target): Item {
  return {
    set: text(`targets#${year}`),
    entry: text(target.region),
    workersFormal: whole(target.workersFormal),
    workersInformal: whole(target.workersInformal),
    targetBasisPoints: whole(target.targetBasisPoints),
  }
}

export function readTarget(item: Item): Target {
  const read = readerOf('statistics (target)', item)
  return {
    region: read.text('entry'),
    workersFormal: read.whole('workersFormal'),
    workersInformal: read.whole('workersInformal'),
    targetBasisPoints: read.whole('targetBasisPoints'),
  }
}
