/**
 * Where a day's findings are gathered while it is classified: items by row, differences, what other days must hear.
 *
 * Promises sums that follow from the items alone, ids that no two differences share, and an order that does not depend on
 * who was judged first. Refuses to judge.
 */
import { inForce } from '../effective-dated.ts'
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import type { LineColumns } from './columns.ts'
import {
  BRIDGE_LABELS,
  type BridgeLabel,
  type DaySetting,
  DIFFERENCE_CLASSES,
  type Difference,
  type DifferenceClass,
  type Evidence,
  type Item,
  type MatchMethod,
} from './day.ts'
import { differenceId } from './identity.ts'

/** What a difference is about, before it has an id. `effect` is what its items add to the bridge. */
export type FoundDifference = {
  readonly class: DifferenceClass
  /** Payment id or line identity: what the id is made of. */
  readonly about: string
  readonly paymentId: string
  readonly hubAmount: Rupiah | null
  readonly fileAmount: Rupiah | null
  readonly effect: number
  readonly lines: readonly number[]
  /** Until when it was only pending. */
  readonly breakDate?: BusinessDate
  readonly evidence: Evidence
}

export type Findings = {
  readonly item: (label: BridgeLabel, amount: number, of: Partial<Item>) => void
  readonly differ: (found: FoundDifference) => void
  /** A line whose channel fee is not the expected one; `about` as in `Found`. */
  readonly fee: (row: number, paymentId: string, expected: Rupiah, about: string | null) => void
  /** A line that settles or reverses a payment that the hub has. */
  readonly match: (row: number, paymentId: string, how: MatchMethod) => void
  readonly elsewhere: (row: number, hubDate: BusinessDate) => void
  readonly unknown: (row: number) => void
}

export type CollectedFindings = {
  readonly items: readonly Item[]
  readonly differences: readonly Difference[]
  readonly sums: ReadonlyMap<BridgeLabel, { readonly amount: Rupiah; readonly count: number }>
  readonly matches: readonly { readonly row: number; readonly paymentId: string; readonly how: MatchMethod }[]
  readonly elsewhere: readonly { readonly row: number; readonly hubDate: BusinessDate }[]
  readonly unknown: readonly number[]
}

/** Lines that an aggregate difference names at most. */
const LINES_NAMED = 1_000
const NOTHING: Omit<Item, 'label' | 'amount'> = { paymentId: '', line: null, otherDate: null, breakDate: null }

export function findingsOf(
  lines: LineColumns,
  setting: DaySetting,
): Findings & { readonly gathered: () => CollectedFindings } {
  const items: Item[] = []
  const found: FoundDifference[] = []
  const fees = new Map<string, { readonly row: number; readonly paymentId: string; readonly about: string | null }[]>()
  const matches: CollectedFindings['matches'][number][] = []
  const elsewhere: CollectedFindings['elsewhere'][number][] = []
  const unknown: number[] = []
  const byLine = (a: number, b: number) => lines.lineNumber(a) - lines.lineNumber(b)
  return {
    item: (label, amount, of) => {
      items.push({ ...NOTHING, ...of, label, amount: rupiah(amount) })
    },
    differ: (difference) => {
      found.push(difference)
    },
    fee: (row, paymentId, expected, about) => {
      // A reversed line gives its fee back: what it gives back too little is lost as surely as what was taken too much.
      const sign = lines.isReversed(row) ? -1 : 1
      const key = `${sign * expected}/${sign * lines.fee(row)}`
      const same = fees.get(key)
      if (same) same.push({ row, paymentId, about })
      else fees.set(key, [{ row, paymentId, about }])
    },
    match: (row, paymentId, how) => {
      matches.push({ row, paymentId, how })
    },
    elsewhere: (row, hubDate) => {
      elsewhere.push({ row, hubDate })
    },
    unknown: (row) => {
      unknown.push(row)
    },
    gathered: () => ({
      items: items.sort(inOrder),
      differences: named([...found, ...feeDifferences(lines, fees, setting)], setting),
      sums: sumsOf(items),
      matches: matches.sort((a, b) => byLine(a.row, b.row)),
      elsewhere: elsewhere.sort((a, b) => byLine(a.row, b.row)),
      unknown: unknown.sort(byLine),
    }),
  }
}

function feeDifferences(
  lines: LineColumns,
  fees: ReadonlyMap<
    string,
    readonly { readonly row: number; readonly paymentId: string; readonly about: string | null }[]
  >,
  setting: DaySetting,
): readonly FoundDifference[] {
  const limit = inForce('fee lines', setting.rules.feeLines, setting.date)
  return [...fees].flatMap(([key, group]): readonly FoundDifference[] => {
    const [expected, charged] = key.split('/').map((text) => rupiah(Number(text))) as [Rupiah, Rupiah]
    const evidence = { expectedFeeRupiah: rupiah(Math.abs(expected)), fileFeeRupiah: rupiah(Math.abs(charged)) }
    const numbers = group.map(({ row }) => lines.lineNumber(row)).sort((a, b) => a - b)
    if (group.length > limit) {
      return [
        {
          class: 'fee-difference',
          about: `schedule ${key}`,
          paymentId: '',
          hubAmount: rupiah(expected * group.length),
          fileAmount: rupiah(charged * group.length),
          effect: 0,
          lines: numbers.slice(0, LINES_NAMED),
          evidence: { reason: 'fee-schedule-differs', ...evidence },
        },
      ]
    }
    return group.map(({ row, paymentId, about }) => ({
      class: 'fee-difference',
      about: about ?? paymentId,
      paymentId,
      hubAmount: expected,
      fileAmount: charged,
      effect: 0,
      lines: [lines.lineNumber(row)],
      evidence: { reason: 'fee-differs', ...evidence },
    }))
  })
}

function named(found: readonly FoundDifference[], setting: DaySetting): readonly Difference[] {
  const inOrder = found.toSorted(
    (a, b) =>
      classOrder(a.class) - classOrder(b.class) || compare(a.about, b.about) || (a.lines[0] ?? 0) - (b.lines[0] ?? 0),
  )
  const taken = new Map<string, number>()
  return inOrder.map((one) => {
    const about = `${one.class}\n${one.about}`
    const number = (taken.get(about) ?? 0) + 1
    taken.set(about, number)
    return {
      id: differenceId(setting, one.class, number === 1 ? one.about : `${one.about}\n${number}`),
      class: one.class,
      paymentId: one.paymentId,
      hubAmountRupiah: one.hubAmount,
      fileAmountRupiah: one.fileAmount,
      effectRupiah: rupiah(one.effect),
      lines: one.lines,
      breakDate: one.breakDate ?? null,
      evidence: one.evidence,
    }
  })
}

function sumsOf(items: readonly Item[]): CollectedFindings['sums'] {
  const sums = new Map<BridgeLabel, { amount: Rupiah; count: number }>()
  for (const { label, amount } of items) {
    const sum = sums.get(label) ?? { amount: rupiah(0), count: 0 }
    sums.set(label, { amount: rupiah(sum.amount + amount), count: sum.count + 1 })
  }
  return sums
}

const LABEL_ORDER = new Map(BRIDGE_LABELS.map((label, i) => [label, i]))

function inOrder(a: Item, b: Item): number {
  const rows = (LABEL_ORDER.get(a.label) as number) - (LABEL_ORDER.get(b.label) as number)
  return rows || (a.line ?? 0) - (b.line ?? 0) || compare(a.paymentId, b.paymentId) || a.amount - b.amount
}

function classOrder(of: DifferenceClass): number {
  return DIFFERENCE_CLASSES.indexOf(of)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
