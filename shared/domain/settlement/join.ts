/**
 * Joins a hub day and a file by payment id: which lines stand for which payment, and what is left on either side.
 *
 * An open-addressing table over the hub's ids, one pass over the lines: linear in both. Promise: only equal bytes join, so
 * `TRX-1`, `trx-1`, `TRX%2D1` and `TRX-1 ` are four ids. Refuses to judge: classify.ts.
 */
import type { HubColumns, LineColumns } from './columns.ts'
import { type TextColumn, textColumn } from './text-column.ts'

export type DayMatch = {
  readonly hub: HubColumns
  readonly lines: LineColumns
  /** Rows of lines that stand for a payment of the hub's day, in the order in which they were added. */
  readonly linesOf: (hubRow: number) => readonly number[]
  /** The one row, where there is exactly one; -1 for none, -2 for more. */
  readonly onlyLineOf: (hubRow: number) => number
  /** Rows of lines whose id the hub's day does not have, and of those that have none. */
  readonly orphans: readonly number[]
  /** The hub's row of an id: `size` first bytes of a row of any column. -1 for none. */
  readonly find: (column: TextColumn, row: number, size?: number) => number
  /** Rows of the hub whose id another row has already: a defect of the day's index, each left unmatched. */
  readonly repeated: ReadonlySet<number>
  /** Reversals of payments that the day does not have. */
  readonly strays: readonly string[]
}

const NONE = -1
const SEVERAL = -2

export function joinDay(hub: HubColumns, lines: LineColumns): DayMatch {
  const table = tableOver(hub)
  const strays = markReversals(hub, table.find)
  const first = new Int32Array(hub.count).fill(NONE)
  // Chains only where a payment has several lines: rare, so they lie apart.
  const several = new Map<number, number[]>()
  const orphans: number[] = []
  for (let row = 0; row < lines.count; row++) {
    const found = lines.ids.size(row) === 0 ? NONE : table.find(lines.ids, row)
    if (found === NONE) orphans.push(row)
    else if (first[found] === NONE) first[found] = row
    else if (first[found] === SEVERAL) several.get(found)?.push(row)
    else {
      several.set(found, [first[found] as number, row])
      first[found] = SEVERAL
    }
  }
  return {
    hub,
    lines,
    onlyLineOf: (row) => first[row] as number,
    linesOf: (row) => several.get(row) ?? (first[row] === NONE ? [] : [first[row] as number]),
    orphans,
    find: table.find,
    repeated: table.repeated,
    strays,
  }
}

/** Twice as many places as ids, a power of two; who finds the place taken takes the next. */
function tableOver(hub: HubColumns): Pick<DayMatch, 'find' | 'repeated'> {
  let places = 16
  while (places < hub.count * 2) places *= 2
  const mask = places - 1
  const rows = new Int32Array(places).fill(NONE)
  const repeated = new Set<number>()
  const placeOf = (column: TextColumn, row: number, size?: number) => {
    for (let place = column.hash(row, size) & mask; ; place = (place + 1) & mask) {
      const there = rows[place] as number
      if (there === NONE || hub.ids.equals(there, column, row, size)) return place
    }
  }
  for (let row = 0; row < hub.count; row++) {
    const place = placeOf(hub.ids, row)
    const there = rows[place] as number
    if (there === NONE) rows[place] = row
    else {
      // Which of the two stands for the id must not depend on the order in which they came.
      const [kept, other] = isBefore(hub, row, there) ? [row, there] : [there, row]
      rows[place] = kept
      repeated.add(other)
    }
  }
  return { find: (column, row, size) => rows[placeOf(column, row, size)] as number, repeated }
}

function isBefore(hub: HubColumns, a: number, b: number): boolean {
  const earlier = hub.decidedAt(a) - hub.decidedAt(b) || hub.amount(a) - hub.amount(b)
  if (earlier !== 0) return earlier < 0
  return hub.accounts.at(a) < hub.accounts.at(b)
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
