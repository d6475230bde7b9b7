/**
 * Joins a hub day and a file by payment id: which lines stand for which payment, and what is left on either side.
 *
 * An open-addressing table over the hub's ids, one pass over the lines: linear in both. Promise: only equal bytes join, so
 * `TRX-1`, `trx-1`, `TRX%2D1` and `TRX-1 ` are four ids. Refuses to judge: classify.ts.
 */
import type { HubColumns, LineColumns } from './columns.ts'
import { hashOf, sameBytes, type TextColumn, textColumn } from './text-column.ts'

export type DayMatch = {
  readonly hub: HubColumns
  readonly lines: LineColumns
  /** Rows of lines that stand for a payment of the hub's day, in the order in which they were added. */
  readonly linesOf: (hubRow: number) => readonly number[]
  /** The one row, where there is exactly one; -1 for none, -2 for more. */
  readonly onlyLineOf: (hubRow: number) => number
  /**
   * Exactly one line, both stand, equal amounts, and the line names no other account: nearly all of a day. Seen while the
   * line is at hand, so that nobody has to fetch it again.
   */
  readonly isPlain: (hubRow: number) => boolean
  /** Of a plain row: its line has the fee that the file's first line has. */
  readonly hasFirstFee: (hubRow: number) => boolean
  /** Rows of lines whose id the hub's day does not have, and of those that have none. */
  readonly orphans: readonly number[]
  /** The hub's row of an id: the `size` first bytes of a row of any column. -1 for none. */
  readonly find: (column: TextColumn, row: number, size?: number) => number
  /** Rows of the hub whose id another row has already: a defect of the day's index, each left unmatched. */
  readonly repeated: ReadonlySet<number>
  /** Reversals of payments that the day does not have. */
  readonly strays: readonly string[]
}

const NONE = -1
const SEVERAL = -2
const PLAIN = 1
const FIRST_FEE = 2

export function joinDay(hub: HubColumns, lines: LineColumns): DayMatch {
  const table = tableOver(hub)
  const find = (column: TextColumn, row: number, size?: number) => {
    const { bytes, ends } = column.raw()
    const from = row === 0 ? 0 : (ends[row - 1] as number)
    return table.find(bytes, from, size === undefined ? (ends[row] as number) : from + size)
  }
  const strays = markReversals(hub, find)
  const first = new Int32Array(hub.count).fill(NONE)
  const flags = new Uint8Array(hub.count)
  // Chains only where a payment has several lines: rare, so they lie apart.
  const several = new Map<number, number[]>()
  const orphans: number[] = []
  const namesNoOther = customersBeside(hub, lines)
  const { bytes, ends } = lines.ids.raw()
  let from = 0
  for (let row = 0; row < lines.count; row++) {
    const to = ends[row] as number
    const found = from === to ? NONE : table.find(bytes, from, to)
    from = to
    if (found === NONE) orphans.push(row)
    else if (first[found] === NONE) {
      first[found] = row
      const stands = !hub.isReversed(found) && !lines.isReversed(row)
      if (stands && hub.amount(found) === lines.amount(row) && namesNoOther(found, row)) {
        flags[found] = lines.fee(row) === lines.fee(0) ? PLAIN | FIRST_FEE : PLAIN
      }
    } else {
      flags[found] = 0
      if (first[found] === SEVERAL) several.get(found)?.push(row)
      else several.set(found, [first[found] as number, row])
      first[found] = SEVERAL
    }
  }
  return {
    hub,
    lines,
    onlyLineOf: (row) => first[row] as number,
    linesOf: (row) => several.get(row) ?? (first[row] === NONE ? [] : [first[row] as number]),
    isPlain: (row) => flags[row] !== 0,
    hasFirstFee: (row) => flags[row] === (PLAIN | FIRST_FEE),
    orphans,
    find,
    repeated: table.repeated,
    strays,
  }
}

type Table = {
  readonly find: (bytes: Uint8Array, from: number, to: number) => number
  readonly repeated: ReadonlySet<number>
}

/** Twice as many places as ids, a power of two; who finds the place taken takes the next. */
function tableOver(hub: HubColumns): Table {
  const { bytes: ids, ends } = hub.ids.raw()
  let places = 16
  while (places < hub.count * 2) places *= 2
  const mask = places - 1
  const rows = new Int32Array(places).fill(NONE)
  const repeated = new Set<number>()
  const placeOf = (bytes: Uint8Array, from: number, to: number) => {
    const size = to - from
    for (let place = hashOf(bytes, from, to) & mask; ; place = (place + 1) & mask) {
      const there = rows[place] as number
      if (there === NONE) return place
      const start = there === 0 ? 0 : (ends[there - 1] as number)
      if ((ends[there] as number) - start === size && sameBytes(ids, start, bytes, from, size)) return place
    }
  }
  let from = 0
  for (let row = 0; row < hub.count; row++) {
    const to = ends[row] as number
    const place = placeOf(ids, from, to)
    from = to
    const there = rows[place] as number
    if (there === NONE) rows[place] = row
    else {
      // Which of the two stands for the id must not depend on the order in which they came.
      const [kept, other] = isBefore(hub, row, there) ? [row, there] : [there, row]
      rows[place] = kept
      repeated.add(other)
    }
  }
  return { find: (bytes, start, to) => rows[placeOf(bytes, start, to)] as number, repeated }
}

function isBefore(hub: HubColumns, a: number, b: number): boolean {
  const earlier = hub.decidedAt(a) - hub.decidedAt(b) || hub.amount(a) - hub.amount(b)
  if (earlier !== 0) return earlier < 0
  return hub.accounts.at(a) < hub.accounts.at(b)
}

const NINE = 0x39

/** A line's customer is the payment's account, or is none that names an account: a KPJ has 11 bytes, a bill code 16 from 99. */
function customersBeside(hub: HubColumns, lines: LineColumns): (hubRow: number, row: number) => boolean {
  const ours = hub.accounts.raw()
  const theirs = lines.customers.raw()
  return (hubRow, row) => {
    const from = row === 0 ? 0 : (theirs.ends[row - 1] as number)
    const size = (theirs.ends[row] as number) - from
    if (size !== 11 && size !== 16) return true
    if (size === 16 && (theirs.bytes[from] !== NINE || theirs.bytes[from + 1] !== NINE)) return true
    const start = hubRow === 0 ? 0 : (ours.ends[hubRow - 1] as number)
    return (ours.ends[hubRow] as number) - start === size && sameBytes(ours.bytes, start, theirs.bytes, from, size)
  }
}

function markReversals(hub: HubColumns, find: DayMatch['find']): readonly string[] {
  const asked = textColumn()
  const strays: string[] = []
  for (const paymentId of hub.reversals) {
    asked.push(paymentId)
    const row = find(asked, asked.count - 1)
    if (row === NONE) strays.push(paymentId)
    else hub.markReversed(row)
  }
  return strays.sort()
}
