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
  type DifferenceReason,
  type Evidence,
  type Item,
  type MatchMethod,
} from './day.ts'
import { differenceId } from './identity.ts'

/** What a difference comes to. `effect` is what its items add to the bridge. */
export type FoundDifference = {
  readonly class: DifferenceClass
  readonly reason: DifferenceReason
  readonly hubAmount: Rupiah | null
  readonly fileAmount: Rupiah | null
  readonly effect: number
  /** As it is listed where a case has too many to name them. */
  readonly item: Item
}

/** The rest of a difference, worked out only where it becomes a case of its own. */
export type Detail = {
  /** Payment id or line identity: what the id is made of. */
  readonly about: string
  readonly paymentId: string
  readonly lines: readonly number[]
  /** Until when it was only pending. */
  readonly breakDate?: BusinessDate
  readonly evidence: Omit<Evidence, 'reason'>
}

export type Findings = {
  readonly item: (label: BridgeLabel, amount: number, details: Partial<Item>) => Item
  readonly differ: (found: FoundDifference, detail: () => Detail) => void
  /** A line whose channel fee is not the expected one; `about` as in `Detail`. */
  readonly fee: (row: number, paymentId: string, expected: Rupiah, about: (() => string) | null) => void
  /** A line that settles or reverses a payment that the hub has. */
  readonly match: (row: number, paymentId: string, how: MatchMethod) => void
  /** A line of a payment of another day. */
  readonly elsewhere: (row: number, hubDate: BusinessDate, paymentId: string) => void
  readonly unknown: (row: number) => void
}

/** A difference of so many lines that they are listed apart from it, in order of line. */
export type ListedDifference = { readonly id: string; readonly items: readonly Item[] }

export type CollectedFindings = {
  readonly items: readonly Item[]
  readonly differences: readonly Difference[]
  readonly listed: readonly ListedDifference[]
  readonly sums: ReadonlyMap<BridgeLabel, { readonly amount: Rupiah; readonly count: number }>
  readonly matches: readonly { readonly row: number; readonly paymentId: string; readonly how: MatchMethod }[]
  readonly elsewhere: readonly {
    readonly row: number
    readonly hubDate: BusinessDate
    readonly paymentId: string
  }[]
  readonly unknown: readonly number[]
}

/** Lines that a difference names at most. */
const LINES_NAMED = 1_000
const NOTHING: Omit<Item, 'label' | 'amount'> = { paymentId: '', line: null, otherDate: null, breakDate: null }

type FeeLine = { readonly row: number; readonly paymentId: string; readonly about: (() => string) | null }
type Named = FoundDifference & Detail

/** `decided`: ids of differences about which people have said something: each stays a case of its own. */
export function findingsOf(
  lines: LineColumns,
  setting: DaySetting,
  decided: ReadonlySet<string> = new Set(),
): Findings & { readonly gathered: () => CollectedFindings } {
  const items: Item[] = []
  const cases = casesOf(setting, decided)
  const fees = new Map<string, FeeLine[]>()
  const matches: CollectedFindings['matches'][number][] = []
  const elsewhere: CollectedFindings['elsewhere'][number][] = []
  const unknown: number[] = []
  const byLine = (a: number, b: number) => lines.lineNumber(a) - lines.lineNumber(b)
  return {
    item: (label, amount, details) => {
      const { paymentId, line, otherDate, breakDate } = { ...NOTHING, ...details }
      const item = { paymentId, line, otherDate, breakDate, label, amount: rupiah(amount) }
      items.push(item)
      return item
    },
    differ: cases.add,
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
    elsewhere: (row, hubDate, paymentId) => {
      elsewhere.push({ row, hubDate, paymentId })
    },
    unknown: (row) => {
      unknown.push(row)
    },
    gathered: () => {
      addFeeDifferences(lines, fees, setting, cases.add)
      return {
        items: inOrder(items),
        ...cases.gathered(),
        sums: sumsOf(items),
        matches: matches.sort((a, b) => byLine(a.row, b.row)),
        elsewhere: elsewhere.sort((a, b) => byLine(a.row, b.row)),
        unknown: unknown.sort(byLine),
      }
    },
  }
}

/** Differences of one class and reason; `details` are gone where there are too many of them. */
type Kind = { readonly found: FoundDifference[]; readonly details: (() => Detail)[] }

/**
 * Each difference is a case of its own, until there are more of one class and reason than a person decides one by one: then they
 * are one case, with their count, their sums and a list of their lines. Nothing is dropped, and memory is that of the list.
 */
function casesOf(setting: DaySetting, decided: ReadonlySet<string>) {
  const limit = inForce('cases of a kind', setting.rules.kindCases, setting.date)
  const kinds = new Map<string, Kind>()
  const kept: Named[] = []
  return {
    add(found: FoundDifference, detail: () => Detail): void {
      if (decided.size > 0) {
        const details = detail()
        if (decided.has(differenceId(setting, found.class, details.about))) {
          kept.push({ ...found, ...details })
          return
        }
      }
      const key = `${found.class} ${found.reason}`
      const kind = kinds.get(key) ?? { found: [], details: [] }
      kinds.set(key, kind)
      kind.found.push(found)
      if (kind.found.length <= limit) kind.details.push(detail)
      else kind.details.length = 0
    },
    gathered(): Pick<CollectedFindings, 'differences' | 'listed'> {
      const named: Named[] = [...kept]
      const listed: ListedDifference[] = []
      for (const kind of kinds.values()) {
        if (kind.found.length <= limit) {
          for (const [i, found] of kind.found.entries())
            named.push({ ...found, ...(kind.details[i] as () => Detail)() })
          continue
        }
        const items = inOrder(kind.found.map(({ item }) => item))
        const one = oneOf(kind.found, items)
        named.push(one)
        listed.push({ id: differenceId(setting, one.class, one.about), items })
      }
      return { differences: withIds(named, setting), listed: listed.sort((a, b) => compare(a.id, b.id)) }
    },
  }
}

/** All of a kind as one difference. */
function oneOf(found: readonly FoundDifference[], items: readonly Item[]): Named {
  const [first] = found as readonly [FoundDifference]
  const sum = (amount: (one: FoundDifference) => number | null) =>
    rupiah(found.reduce((total, one) => total + (amount(one) ?? 0), 0))
  const numbers = items.slice(0, LINES_NAMED).flatMap(({ line }) => (line === null ? [] : [line]))
  return {
    class: first.class,
    reason: first.reason,
    hubAmount: first.hubAmount === null ? null : sum(({ hubAmount }) => hubAmount),
    fileAmount: first.fileAmount === null ? null : sum(({ fileAmount }) => fileAmount),
    effect: sum(({ effect }) => effect),
    item: first.item,
    about: `all ${first.reason}`,
    paymentId: '',
    lines: numbers,
    evidence: { count: found.length },
  }
}

function addFeeDifferences(
  lines: LineColumns,
  fees: ReadonlyMap<string, readonly FeeLine[]>,
  setting: DaySetting,
  add: Findings['differ'],
): void {
  const limit = inForce('fee lines', setting.rules.feeLines, setting.date)
  const itemOf = (amount: number, details: Partial<Item>): Item => ({
    ...NOTHING,
    ...details,
    label: 'channel-fees',
    amount: rupiah(amount),
  })
  for (const [key, group] of fees) {
    const [expected, charged] = key.split('/').map((text) => rupiah(Number(text))) as [Rupiah, Rupiah]
    const evidence = { expectedFeeRupiah: rupiah(Math.abs(expected)), fileFeeRupiah: rupiah(Math.abs(charged)) }
    const common = { class: 'fee-difference', effect: 0 } as const
    if (group.length > limit) {
      const [hubAmount, fileAmount] = [rupiah(expected * group.length), rupiah(charged * group.length)]
      const item = itemOf(fileAmount - hubAmount, {})
      const numbers = group.map(({ row }) => lines.lineNumber(row)).sort((a, b) => a - b)
      add({ ...common, reason: 'fee-schedule-differs', hubAmount, fileAmount, item }, () => ({
        about: `schedule ${key}`,
        paymentId: '',
        lines: numbers,
        evidence,
      }))
      continue
    }
    for (const { row, paymentId, about } of group) {
      const line = lines.lineNumber(row)
      const item = itemOf(charged - expected, { paymentId, line })
      add({ ...common, reason: 'fee-differs', hubAmount: expected, fileAmount: charged, item }, () => ({
        about: about?.() ?? paymentId,
        paymentId,
        lines: [line],
        evidence,
      }))
    }
  }
}

function withIds(found: readonly Named[], setting: DaySetting): readonly Difference[] {
  const ordered = found.toSorted(
    (a, b) =>
      classOrder(a.class) - classOrder(b.class) ||
      compare(a.about, b.about) ||
      (a.lines[0] ?? 0) - (b.lines[0] ?? 0) ||
      (a.evidence.decidedAt ?? 0) - (b.evidence.decidedAt ?? 0),
  )
  const taken = new Map<string, number>()
  return ordered.map((one) => {
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
      lines: one.lines.length > LINES_NAMED ? one.lines.slice(0, LINES_NAMED) : one.lines,
      breakDate: one.breakDate ?? null,
      evidence: { reason: one.reason, ...one.evidence },
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

/** By row of the bridge, line, payment id and amount. */
function inOrder(items: readonly Item[]): readonly Item[] {
  const rows = Map.groupBy(items, ({ label }) => label)
  const byLine = (a: Item, b: Item) =>
    (a.line ?? 0) - (b.line ?? 0) || compare(a.paymentId, b.paymentId) || a.amount - b.amount
  return BRIDGE_LABELS.flatMap((label) => rows.get(label)?.sort(byLine) ?? [])
}

function classOrder(differenceClass: DifferenceClass): number {
  return DIFFERENCE_CLASSES.indexOf(differenceClass)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
