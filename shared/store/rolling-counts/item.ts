/** Keys and attributes of the rolling counts. Promise: a counter is a number attribute under the name of what it counts. */
import { type BusinessDate, formatUtc, type Instant, instant, parseInstant } from '../../domain/instant.ts'
import {
  type Durations,
  INTAKE_FIGURES,
  type Intake,
  type IntakeQuarter,
  NO_INTAKE,
  standingFrom,
} from '../../domain/rolling-counts.ts'
import { type Item, readerOf } from '../attributes/item.ts'
import type { BatchAdds, CountCheck, CountedTable, IntakeRange, KeptIntake, KeptStanding } from './rolling-counts.ts'

export const STANDING = 'standing'
export const NOW = 'now'
export const CHECKED = 'checked#'

export const keys = {
  intake: (day: BusinessDate) => `intake#${day}`,
  quarter: (at: Instant) => formatUtc(at),
  check: (source: string) => `${CHECKED}${source}`,
  activation: (day: BusinessDate) => `activation#${day}`,
  run: (startedAt: Instant) => `run@${formatUtc(startedAt)}`,
  counted: (table: CountedTable) => `counted#${table}`,
}

/** Quarters sort by time, checks after all of them. */
export function entryRange(only?: IntakeRange): { readonly first: string; readonly last: string } {
  const first = only && 'from' in only ? keys.quarter(only.from) : ' '
  const last = only && 'before' in only ? keys.quarter(instant(only.before - 1)) : '\u{10FFFF}'
  return { first, last }
}

/** One item's part of a batch. */
export type ItemAdds = { readonly set: string; readonly entry: string; readonly adds: ReadonlyMap<string, number> }

/** One update for each item that a batch touches. */
export function itemAdds({ intake, standing, changes, activations }: BatchAdds): readonly ItemAdds[] {
  const found = new Map<string, { set: string; entry: string; adds: Map<string, number> }>()
  const addTo = (set: string, entry: string, adds: Iterable<readonly [string, number]>) => {
    const place = found.get(`${set} ${entry}`) ?? { set, entry, adds: new Map() }
    found.set(`${set} ${entry}`, place)
    for (const [name, value] of adds) place.adds.set(name, (place.adds.get(name) ?? 0) + value)
  }
  for (const { day, quarter, source, intake: sums } of intake)
    addTo(keys.intake(day), keys.quarter(quarter), intakeCounters(source, sums))
  for (const { day, hour, durations } of activations)
    addTo(
      keys.activation(day),
      formatUtc(hour),
      [...durations].map(([each, count]) => [`d${each}`, count] as const),
    )
  if (changes > 0) addTo(STANDING, NOW, [...standing, ['changes', changes]])
  return [...found.values()].map((each) => ({
    ...each,
    adds: new Map([...each.adds].filter(([, value]) => value !== 0)),
  }))
}

export function intakeCounters(source: string, sums: Intake): readonly (readonly [string, number])[] {
  return INTAKE_FIGURES.filter((figure) => sums[figure] !== 0).map((figure) => [`${source}.${figure}`, sums[figure]])
}

export function readStanding(item: Item): KeptStanding {
  const read = readerOf('statistics (standing)', item)
  return {
    ...standingFrom(countersOf(item)),
    changes: read.optional('changes', read.whole) ?? 0,
    countedAt: read.counted('countedAt', instant),
    check: readCheck(item),
  }
}

export function readCheck(item: Item): CountCheck | null {
  const read = readerOf('statistics (check)', item)
  if (!read.has('checkedAt')) return null
  return { checkedAt: read.counted('checkedAt', instant), difference: read.whole('difference') }
}

export function readIntake(items: readonly Item[]): KeptIntake {
  const quarters: IntakeQuarter[] = []
  const checks = new Map<string, CountCheck>()
  for (const item of items) {
    const entry = readerOf('statistics (intake)', item).text('entry')
    const check = entry.startsWith(CHECKED) ? readCheck(item) : null
    if (check !== null) checks.set(entry.slice(CHECKED.length), check)
    else quarters.push({ at: entryInstant(item), channels: intakeByChannel(item) })
  }
  return { quarters, checks }
}

export function readActivation(item: Item): { readonly hour: Instant; readonly durations: Durations } {
  const counts = countersOf(item).flatMap(([name, count]) => {
    const durationClass = /^d(\d+)$/.exec(name)?.[1]
    return durationClass === undefined ? [] : [[Number(durationClass), count] as const]
  })
  return { hour: entryInstant(item), durations: new Map(counts) }
}

function intakeByChannel(item: Item): ReadonlyMap<string, Intake> {
  const channels = new Map<string, { -readonly [Figure in keyof Intake]: number }>()
  for (const [name, value] of countersOf(item)) {
    const [channel = '', figure] = name.split('.')
    const known = INTAKE_FIGURES.find((each) => each === figure)
    if (known === undefined) continue
    const sums = channels.get(channel) ?? { ...NO_INTAKE }
    sums[known] = value
    channels.set(channel, sums)
  }
  return channels
}

function entryInstant(item: Item): Instant {
  return readerOf('statistics (counter)', item).parsed('entry', parseInstant)
}

function countersOf(item: Item): readonly (readonly [string, number])[] {
  return Object.entries(item).flatMap(([name, { N }]) => (N === undefined ? [] : [[name, Number(N)] as const]))
}
