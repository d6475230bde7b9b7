/**
 * The sponsor's report: who of its people is covered and until when, what of the budget is spent, and how villages and regencies
 * compare. Pure: people are counted one after the other, so that a list of 10^5 is never held whole.
 *
 * Promise: the sums of the villages are the program's; regions with the same share have the same rank. A region is measured against
 * its informal workers where a target says how many there are, a village against the people on its lists.
 */
import type { Rupiah } from '../money.ts'
import { rupiah } from '../money.ts'
import type { Month } from '../month.ts'
import type { Target } from '../statistics.ts'
import type { Budget } from './program.ts'

/** Somebody on a list who was not refused. `paidThrough`: the last month paid; null where none is. */
export type ListedPerson = {
  readonly village: string
  readonly isEnrolled: boolean
  readonly isCovered: boolean
  readonly paidThrough: Month | null
}

export type RegionCover = {
  readonly region: string
  readonly listed: number
  readonly enrolled: number
  readonly covered: number
  /** What `covered` is measured against: informal workers where they are known, else the people listed. */
  readonly workers: number
  readonly isListOnly: boolean
  /** Hundredths of a percent, rounded down; 0 where there is nobody. */
  readonly shareBasisPoints: number
  /** 1 for the highest share; equal shares have equal ranks. */
  readonly rank: number
}

export type ProgramReport = {
  readonly listed: number
  readonly enrolled: number
  readonly covered: number
  /** By last month paid, ascending; null first: nothing is paid. */
  readonly coveredUntil: readonly { readonly month: Month | null; readonly persons: number }[]
  /** By rank, then by code. */
  readonly villages: readonly RegionCover[]
  readonly regencies: readonly RegionCover[]
  readonly budget: Rupiah
  readonly paid: Rupiah
  /** Negative where more was paid than the budget says. */
  readonly unspent: Rupiah
}

type Counts = { listed: number; enrolled: number; covered: number }
const REGENCY_LENGTH = 'PP.KK'.length

export type ReportCount = {
  readonly add: (person: ListedPerson) => void
  /** `targets`: of the regions whose workers are known. */
  readonly report: (budget: Budget, paid: Rupiah, targets: readonly Target[]) => ProgramReport
}

export function countReport(): ReportCount {
  const villages = new Map<string, Counts>()
  const until = new Map<Month | null, number>()
  return {
    add: ({ village, isEnrolled, isCovered, paidThrough }) => {
      const counts = villages.get(village) ?? { listed: 0, enrolled: 0, covered: 0 }
      counts.listed++
      if (isEnrolled) counts.enrolled++
      if (isCovered) counts.covered++
      villages.set(village, counts)
      until.set(paidThrough, (until.get(paidThrough) ?? 0) + 1)
    },
    report: (budget, paid, targets) => {
      const workersIn = new Map(targets.map(({ region, workersInformal }) => [region, workersInformal]))
      const money = budget.per === 'total' ? budget.amount : budget.amount * villages.size
      return {
        ...sumOf(villages.values()),
        coveredUntil: [...until]
          .map(([month, persons]) => ({ month, persons }))
          .sort((a, b) => ((a.month ?? '') < (b.month ?? '') ? -1 : 1)),
        villages: ranked(villages, new Map()),
        regencies: ranked(byRegency(villages), workersIn),
        budget: rupiah(money),
        paid,
        unspent: rupiah(money - paid),
      }
    },
  }
}

function byRegency(villages: ReadonlyMap<string, Counts>): ReadonlyMap<string, Counts> {
  const grouped = Map.groupBy(villages, ([village]) => village.slice(0, REGENCY_LENGTH))
  return new Map([...grouped].map(([regency, of]) => [regency, sumOf(of.map(([, counts]) => counts))]))
}

function sumOf(all: Iterable<Counts>): Counts {
  const sum = { listed: 0, enrolled: 0, covered: 0 }
  for (const { listed, enrolled, covered } of all) {
    sum.listed += listed
    sum.enrolled += enrolled
    sum.covered += covered
  }
  return sum
}

function ranked(regions: ReadonlyMap<string, Counts>, workersIn: ReadonlyMap<string, number>): readonly RegionCover[] {
  const measured = [...regions].map(([region, counts]) => {
    const known = workersIn.get(region)
    const workers = known ?? counts.listed
    const shareBasisPoints = workers === 0 ? 0 : Math.floor((counts.covered * 10_000) / workers)
    return { region, ...counts, workers, isListOnly: known === undefined, shareBasisPoints }
  })
  measured.sort((a, b) => b.shareBasisPoints - a.shareBasisPoints || (a.region < b.region ? -1 : 1))
  let rank = 0
  return measured.map((region, i) => {
    if (region.shareBasisPoints !== measured[i - 1]?.shareBasisPoints) rank = i + 1
    return { ...region, rank }
  })
}
