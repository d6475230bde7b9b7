/**
 * Counting memberships: how many stand where, by regency, sector and funding, and what share of the workers that is.
 *
 * Promises: a census is a sum, so the censuses of parts add up to the census of the whole in any order; a region that no
 * list knows is counted under `00` and never lost. Knows nothing of tables and runs: functions/sweep-memberships takes the
 * census, shared/store/statistics/statistics.ts keeps it, functions/serve-console shows it.
 */
import { MEMBERSHIP_STATUSES, type MembershipStatus, type Transition } from './coverage.ts'
import { inForce } from './effective-dated.ts'
import { addDays, type BusinessDate, startOfDay } from './instant.ts'
import type { Rupiah } from './money.ts'
import { addMonths, type Month, monthOfDate } from './month.ts'
import { PROVINCES } from './region.ts'
import { type Rules, rulesKnownAt } from './rules.ts'
import type { Funding, Sector, Terms } from './tariff.ts'

/** What a view says about time. */
export type StoredStanding = {
  readonly status: MembershipStatus
  readonly paidThrough: Month | null
  readonly nextTransition: Transition | null
  /** The day of a decided closing, where another transition comes before it. */
  readonly closesOn?: BusinessDate | undefined
}

/** What is counted of a membership. */
export type CountedMembership = StoredStanding & {
  readonly credit: Rupiah
  readonly regionCode: string
  readonly terms: Pick<Terms, 'sector' | 'funding'>
}

/** How many memberships are in each status, in the order of `MEMBERSHIP_STATUSES`. */
export type StatusCounts = readonly number[]

export type Census = {
  readonly creditRupiah: number
  /** By `PP.KK`; by `PP` where no regency is known; `00` where the province is unknown. */
  readonly regency: ReadonlyMap<string, StatusCounts>
  readonly sector: ReadonlyMap<Sector, StatusCounts>
  readonly funding: ReadonlyMap<Funding, StatusCounts>
  /** Of those that are active or in grace: how many are paid through each month. */
  readonly paidThrough: ReadonlyMap<Month, number>
}

/** A census under way: the same, open to change by counting only. */
export type Tally = {
  creditRupiah: number
  readonly regency: Map<string, number[]>
  readonly sector: Map<Sector, number[]>
  readonly funding: Map<Funding, number[]>
  readonly paidThrough: Map<Month, number>
}

export const UNKNOWN_REGION = '00'
/** `PP.KK` */
const REGENCY_LENGTH = 5
const DIGITS_AT = [0, 1, 3, 4] as const
const DOT = '.'.charCodeAt(0)
const ZERO_CHARACTER = '0'.charCodeAt(0)

const PLACE_OF = new Map<MembershipStatus, number>(MEMBERSHIP_STATUSES.map((status, place) => [status, place]))

/** Whether time has passed the next transition that a view knows: it must be folded again. `today` is WIB. */
export function isTransitionDue({ nextTransition }: StoredStanding, today: BusinessDate): boolean {
  return nextTransition !== null && nextTransition.on <= today
}

/**
 * The status that time has brought since the view was folded. A view knows its next transition only; after that one the
 * months since `paidThrough` tell. Exact for views folded since their last transition, as every night does; a month that
 * was left out before `paidThrough`, two transitions away, is for the fold to find.
 */
export function statusOn(view: StoredStanding, today: BusinessDate, rules: Rules): MembershipStatus {
  return statusesOn(today, rules)(view)
}

/** The same for many views of one day. */
export function statusesOn(today: BusinessDate, rules: Rules): (view: StoredStanding) => MembershipStatus {
  const month = monthOfDate(today)
  const known = rulesKnownAt(rules, startOfDay(addDays(today, 1)))
  const firstInGrace = addMonths(month, -inForce('graceMonths', known.graceMonths, month))
  return ({ status, nextTransition, closesOn, paidThrough }) => {
    if (nextTransition === null || today < nextTransition.on) return status
    if (nextTransition.to === 'closed' || (closesOn !== undefined && closesOn <= today)) return 'closed'
    if (paidThrough === month) return 'active'
    if (paidThrough === null || paidThrough > month) return nextTransition.to
    return paidThrough >= firstInGrace ? 'grace' : 'lapsed'
  }
}

export function newTally(): Tally {
  return { creditRupiah: 0, regency: new Map(), sector: new Map(), funding: new Map(), paidThrough: new Map() }
}

export function countIn(tally: Tally, member: CountedMembership, status: MembershipStatus): void {
  counterOf(tally)(member, status)
}

/** The same for many: remembers where each regency is counted, so that no text is cut out of a code again. */
export function counterOf(tally: Tally): (member: CountedMembership, status: MembershipStatus) => void {
  const regencies: (number[] | undefined)[] = []
  return ({ credit, regionCode, terms, paidThrough }, status) => {
    const place = PLACE_OF.get(status) as number
    const number = regencyNumber(regionCode)
    const row = regencies[number] ?? rowOf(tally.regency, regencyOf(regionCode))
    if (number > 0) regencies[number] = row
    tally.creditRupiah += credit
    raise(row, place)
    raise(rowOf(tally.sector, terms.sector), place)
    raise(rowOf(tally.funding, terms.funding), place)
    if (paidThrough !== null && (status === 'active' || status === 'grace'))
      tally.paidThrough.set(paidThrough, (tally.paidThrough.get(paidThrough) ?? 0) + 1)
  }
}

/** The census of a whole from those of its parts. */
export function sumOf(parts: Iterable<Census>): Census {
  const sum = newTally()
  for (const part of parts) {
    sum.creditRupiah += part.creditRupiah
    addTo(sum.regency, part.regency)
    addTo(sum.sector, part.sector)
    addTo(sum.funding, part.funding)
    for (const [month, count] of part.paidThrough) sum.paidThrough.set(month, (sum.paidThrough.get(month) ?? 0) + count)
  }
  return sum
}

/** By province, from the regencies. */
export function provincesOf(census: Census): ReadonlyMap<string, StatusCounts> {
  const provinces = new Map<string, number[]>()
  for (const [regency, counts] of census.regency) addTo(provinces, [[regency.slice(0, 2), counts]])
  return provinces
}

/** Everybody in one row. */
export function everybodyIn(census: Census): StatusCounts {
  const all = new Map<string, number[]>([['all', noCounts()]])
  for (const counts of census.regency.values()) addTo(all, [['all', counts]])
  return all.get('all') as StatusCounts
}

export function totalOfCounts(counts: StatusCounts): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Covered now: who is `active`. */
export function coveredOf(counts: StatusCounts): number {
  return counts[PLACE_OF.get('active') as number] ?? 0
}

export function byStatus(counts: StatusCounts): Record<MembershipStatus, number> {
  return Object.fromEntries(MEMBERSHIP_STATUSES.map((status, place) => [status, counts[place] ?? 0])) as Record<
    MembershipStatus,
    number
  >
}

/** What a region's workers are and what is aimed at, for one year. 100 basis points are one percent. */
export type Target = {
  readonly region: string
  readonly workersFormal: number
  readonly workersInformal: number
  readonly targetBasisPoints: number
}

export type Share = {
  /** Covered memberships of the hub per informal worker; null where there is none. */
  readonly ofInformalBasisPoints: number | null
  /** The same against all workers: what the hub adds to the region's share; wage earners are covered elsewhere. */
  readonly ofWorkersBasisPoints: number | null
  /** Covered memberships that the target of the informal workers still needs. */
  readonly shortOfTarget: number
}

export function shareOf(
  covered: number,
  { workersFormal, workersInformal, targetBasisPoints }: Omit<Target, 'region'>,
): Share {
  return {
    ofInformalBasisPoints: basisPoints(covered, workersInformal),
    ofWorkersBasisPoints: basisPoints(covered, workersFormal + workersInformal),
    shortOfTarget: Math.max(0, Math.ceil((workersInformal * targetBasisPoints) / 10_000) - covered),
  }
}

/** Rounded down: a target that is nearly reached is not reached. */
function basisPoints(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 10_000) / whole)
}

/** `15.71…` as 1571; 0 for a code of another form. */
function regencyNumber(regionCode: string): number {
  if (regionCode.length < REGENCY_LENGTH || regionCode.charCodeAt(2) !== DOT) return 0
  let number = 0
  for (const at of DIGITS_AT) {
    const digit = regionCode.charCodeAt(at) - ZERO_CHARACTER
    if (digit < 0 || digit > 9) return 0
    number = number * 10 + digit
  }
  return number
}

function regencyOf(regionCode: string): string {
  return PROVINCES.has(regionCode.slice(0, 2)) ? regionCode.slice(0, REGENCY_LENGTH) : UNKNOWN_REGION
}

function rowOf<K extends string>(counts: Map<K, number[]>, key: K): number[] {
  const row = counts.get(key)
  if (row !== undefined) return row
  const fresh = noCounts()
  counts.set(key, fresh)
  return fresh
}

function raise(row: number[], place: number): void {
  row[place] = (row[place] as number) + 1
}

function addTo<K extends string>(sum: Map<K, number[]>, part: Iterable<readonly [K, StatusCounts]>): void {
  for (const [key, counts] of part) {
    const row = sum.get(key)
    if (row === undefined) sum.set(key, [...counts])
    else for (let place = 0; place < counts.length; place++) row[place] = (row[place] ?? 0) + (counts[place] ?? 0)
  }
}

function noCounts(): number[] {
  return MEMBERSHIP_STATUSES.map(() => 0)
}
