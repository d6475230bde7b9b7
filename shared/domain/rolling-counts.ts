/**
 * What is counted of a change, as it happens: a payment into the quarter of an hour in which it was decided, a view into where
 * its membership stands, a fold into how long it took. Pure: what came in is a record, what goes out are additions to counters.
 *
 * Promises: additions are sums, so that those of parts add up to those of the whole in any order; a view that goes from one
 * standing to another takes from one counter what it gives to the other. Knows nothing of tables and streams: functions/count-activity
 * reads them, shared/store/rolling-counts keeps the counters, functions/sweep-memberships checks them.
 */
import { MEMBERSHIP_STATUSES, type MembershipStatus } from './coverage.ts'
import type { FactKind } from './fact.ts'
import { type Instant, instant } from './instant.ts'
import type { Month } from './month.ts'
import { PROVINCES } from './region.ts'
import { type Census, provincesOf, type StatusCounts, UNKNOWN_REGION } from './statistics.ts'
import { FUNDINGS, type Funding } from './tariff.ts'

const MINUTE = 60_000
export const QUARTER_MILLIS = 15 * MINUTE
const HOUR_MILLIS = 60 * MINUTE

/** Sums of what a channel took in. */
export type Intake = {
  readonly count: number
  readonly amountRupiah: number
  readonly adminFeeRupiah: number
  readonly reversedCount: number
  readonly reversedRupiah: number
}
export const INTAKE_FIGURES = [
  'count',
  'amountRupiah',
  'adminFeeRupiah',
  'reversedCount',
  'reversedRupiah',
] as const satisfies readonly (keyof Intake)[]
export const NO_INTAKE: Intake = { count: 0, amountRupiah: 0, adminFeeRupiah: 0, reversedCount: 0, reversedRupiah: 0 }

/** What the day index says of a fact that brings or takes back money. */
export type IntakeEntry = {
  readonly kind: FactKind
  readonly id: readonly string[]
  readonly amount: number
  readonly adminFee: number
}

/** null for what is neither a payment nor its reversal. A bill's reversal counts once: its members' shares are reversed under longer ids. */
export function intakeOf({ kind, id, amount, adminFee }: IntakeEntry): Intake | null {
  if (kind === 'payment') return { ...NO_INTAKE, count: 1, amountRupiah: amount, adminFeeRupiah: adminFee }
  if (kind === 'reversal' && id.length === 1) return { ...NO_INTAKE, reversedCount: 1, reversedRupiah: amount }
  return null
}

export function sumOfIntake(parts: Iterable<Intake>): Intake {
  const sum = { ...NO_INTAKE }
  for (const part of parts) for (const figure of INTAKE_FIGURES) sum[figure] += part[figure]
  return sum
}

/** What is missing in `counted` of what there is. */
export function intakeDifference(there: Intake, counted: Intake): Intake {
  const difference = { ...NO_INTAKE }
  for (const figure of INTAKE_FIGURES) difference[figure] = there[figure] - counted[figure]
  return difference
}

/** The quarter of an hour in which an instant lies. Zones of whole hours share their quarters. */
export function quarterOf(at: Instant): Instant {
  return instant(Math.floor(at / QUARTER_MILLIS) * QUARTER_MILLIS)
}

export function hourOf(at: Instant): Instant {
  return instant(Math.floor(at / HOUR_MILLIS) * HOUR_MILLIS)
}

/** The sums of one quarter of an hour of one business day, by channel. */
export type IntakeQuarter = { readonly at: Instant; readonly channels: ReadonlyMap<string, Intake> }

/** Where all memberships stand, as their views were written last. */
export type Standing = {
  readonly creditRupiah: number
  readonly provinces: ReadonlyMap<string, StatusCounts>
  readonly fundings: ReadonlyMap<Funding, StatusCounts>
  /** Of those that are active or in grace: how many are paid through each month. Who lapses when follows from it. */
  readonly paidThrough: ReadonlyMap<Month, number>
}

/** What is counted of a view. */
export type CountedView = {
  readonly status: MembershipStatus
  readonly funding: Funding
  readonly regionCode: string
  readonly credit: number
  readonly paidThrough: Month | null
}

/** A counter of the standing by its name: `province.31.active`, `funding.self.lapsed`, `paid.2026-11`, `credit`. */
export type StandingAdds = ReadonlyMap<string, number>

/** What a view's change does to the counters; absent before: it is new. */
export function standingChange(before: CountedView | undefined, after: CountedView): StandingAdds {
  const adds = new Map<string, number>()
  if (before !== undefined) for (const [name, value] of countersOf(before)) raise(adds, name, -value)
  for (const [name, value] of countersOf(after)) raise(adds, name, value)
  return withoutZeros(adds)
}

export function sumOfAdds(parts: Iterable<StandingAdds>): StandingAdds {
  const sum = new Map<string, number>()
  for (const part of parts) for (const [name, value] of part) raise(sum, name, value)
  return withoutZeros(sum)
}

function countersOf({ status, funding, regionCode, credit, paidThrough }: CountedView): readonly [string, number][] {
  const province = PROVINCES.has(regionCode.slice(0, 2)) ? regionCode.slice(0, 2) : UNKNOWN_REGION
  return [
    [`province.${province}.${status}`, 1],
    [`funding.${funding}.${status}`, 1],
    ['credit', credit],
    ...(mayLapse(status) && paidThrough !== null ? [[`paid.${paidThrough}`, 1] as [string, number]] : []),
  ]
}

function mayLapse(status: MembershipStatus): boolean {
  return status === 'active' || status === 'grace'
}

/** Reads counters by their names; what no name of theirs is, is left out. */
export function standingFrom(counters: Iterable<readonly [string, number]>): Standing {
  let creditRupiah = 0
  const provinces = new Map<string, number[]>()
  const fundings = new Map<Funding, number[]>()
  const paidThrough = new Map<Month, number>()
  for (const [name, value] of counters) {
    const [dimension, key = '', status = ''] = name.split('.')
    const place = MEMBERSHIP_STATUSES.indexOf(status as MembershipStatus)
    if (dimension === 'credit') creditRupiah = value
    if (dimension === 'paid' && value !== 0) paidThrough.set(key as Month, value)
    if (dimension === 'province' && place >= 0) rowOf(provinces, key)[place] = value
    if (dimension === 'funding' && place >= 0 && FUNDINGS.includes(key as Funding))
      rowOf(fundings, key as Funding)[place] = value
  }
  return { creditRupiah, provinces, fundings, paidThrough }
}

/** What must be added to the counters so that they say what a census of all views says. */
export function standingCorrection(census: Census, counted: Standing): StandingAdds {
  const adds = new Map<string, number>([['credit', census.creditRupiah - counted.creditRupiah]])
  addRows(adds, 'province', provincesOf(census), 1)
  addRows(adds, 'province', counted.provinces, -1)
  addRows(adds, 'funding', census.funding, 1)
  addRows(adds, 'funding', counted.fundings, -1)
  for (const [month, count] of census.paidThrough) raise(adds, `paid.${month}`, count)
  for (const [month, count] of counted.paidThrough) raise(adds, `paid.${month}`, -count)
  return withoutZeros(adds)
}

/** How many memberships a correction moves: the largest sum of what it takes or gives within one dimension. */
export function membershipsMoved(adds: StandingAdds): number {
  const moved = new Map<string, number>()
  for (const [name, value] of adds) {
    const [dimension = ''] = name.split('.')
    if (dimension !== 'credit') raise(moved, `${dimension} ${value > 0 ? 'given' : 'taken'}`, Math.abs(value))
  }
  return Math.max(0, ...moved.values())
}

function addRows(
  adds: Map<string, number>,
  dimension: string,
  rows: ReadonlyMap<string, StatusCounts>,
  sign: 1 | -1,
): void {
  for (const [key, counts] of rows) {
    for (const [place, status] of MEMBERSHIP_STATUSES.entries())
      raise(adds, `${dimension}.${key}.${status}`, sign * (counts[place] ?? 0))
  }
}

function rowOf<K extends string>(rows: Map<K, number[]>, key: K): number[] {
  const row = rows.get(key) ?? MEMBERSHIP_STATUSES.map(() => 0)
  rows.set(key, row)
  return row
}

function raise(adds: Map<string, number>, name: string, by: number): void {
  adds.set(name, (adds.get(name) ?? 0) + by)
}

function withoutZeros(adds: ReadonlyMap<string, number>): StandingAdds {
  return new Map([...adds].filter(([, value]) => value !== 0))
}

/** Eight classes for each doubling: a class is 9% wide. Class 0 is up to one millisecond. */
const CLASSES_PER_DOUBLING = 8

export function durationClassOf(millis: number): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(1, millis)) * CLASSES_PER_DOUBLING))
}

/** The longest duration of a class, in whole milliseconds. */
export function longestOf(durationClass: number): number {
  return Math.round(2 ** (durationClass / CLASSES_PER_DOUBLING))
}

/** How many folds took how long: by class. */
export type Durations = ReadonlyMap<number, number>

/** The duration that `share` of all do not exceed, too long by 9% at most; null where there is none. */
export function percentileOf(durations: Durations, share: number): number | null {
  const total = [...durations.values()].reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let seen = 0
  for (const [durationClass, count] of [...durations].sort(([a], [b]) => a - b)) {
    seen += count
    if (seen >= total * share) return longestOf(durationClass)
  }
  return null
}

export function sumOfDurations(parts: Iterable<Durations>): Durations {
  const sum = new Map<number, number>()
  for (const part of parts) for (const [each, count] of part) sum.set(each, (sum.get(each) ?? 0) + count)
  return sum
}
