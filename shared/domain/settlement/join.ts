/**
 * Joins a hub day and a file by payment id: which lines stand for which payment, and what is left on either side.
 *
 * An open-addressing table over the hub's ids, one pass over the lines: linear in both. Promise: only equal bytes join, so
 * `TRX-1`, `trx-1`, `TRX%2D1` and `TRX-1 ` are four ids. Refuses to judge: classify.ts.
 */
import type { HubColumns, LineColumns } from './columns.ts'
import { RECORD } from './hub-records.ts'
import { hashOf, sameBytes, textColumn } from './text-column.ts'

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
  /** Of a plain row: its line says something else than the payment of what `PairCheck` asks for (a hash finds it: look again). */
  readonly isNoted: (hubRow: number) => boolean
  /** Of a plain row: its line has the fee that the file's first line has. */
  readonly hasFirstFee: (hubRow: number) => boolean
  /** Rows of lines whose id the hub's day does not have, and of those that have none. */
  readonly orphans: readonly number[]
  /** The hub's row of the id that a line's row has; -1 for none. */
  readonly find: (lineRow: number) => number
  /** The hub's row whose id is the first `size` bytes of another's; -1 for none. */
  readonly findBeginning: (hubRow: number, size: number) => number
  /** Rows of the hub whose id another row has already: a defect of the day's index, each left unmatched, so it has no lines. */
  readonly repeated: ReadonlySet<number>
  /** Reversals of payments that the day does not have. */
  readonly strays: readonly string[]
}

const NONE = -1
const SEVERAL = -2
/** Lines looked up together. */
const BATCH = 64
const PLAIN = 1
const FIRST_FEE = 2
const NOTED = 4
/** Flags below, the row above: so that both are found at once. */
const FLAG_BITS = 3
const FLAGS = (1 << FLAG_BITS) - 1

/** What of a plain pair is compared beyond the money, while both are at hand. `adminFee` null: no file has it. */
export type PairCheck = { readonly timeMillis: number; readonly adminFee: number | null }

/** Without `check` no pair is noted. */
export function joinDay(hub: HubColumns, lines: LineColumns, check: PairCheck | null = null): DayMatch {
  const table = tableOver(hub)
  const strays = markReversals(hub, table)
  // One number per payment: its line's row and its flags.
  const links = new Int32Array(hub.count).fill(NONE)
  // Chains only where a payment has several lines: rare, so they lie apart.
  const several = new Map<number, number[]>()
  const orphans: number[] = []
  const agrees = agreementOf(hub, lines, check)
  const { bytes, ends } = lines.ids.raw()
  const { view } = hub.records.raw()
  const places = new Float64Array(BATCH)
  for (let row = 0; row < lines.count; row++) {
    if (row % BATCH === 0) table.findAll(bytes, ends, row, Math.min(row + BATCH, lines.count), places)
    const at = places[row % BATCH] as number
    if (at === NONE) {
      orphans.push(row)
      continue
    }
    const found = RECORD.row(view, at)
    const there = links[found] as number
    if (there === NONE) links[found] = (row << FLAG_BITS) | agrees(at, row)
    else if (there === SEVERAL) several.get(found)?.push(row)
    else {
      several.set(found, [there >> FLAG_BITS, row])
      links[found] = SEVERAL
    }
  }
  const { starts } = hub.records.raw()
  const rowAt = (at: number) => (at === NONE ? NONE : RECORD.row(view, at))
  const flagsOf = (row: number) => ((links[row] as number) < 0 ? 0 : (links[row] as number) & FLAGS)
  const onlyLineOf = (row: number) =>
    (links[row] as number) < 0 ? (links[row] as number) : (links[row] as number) >> FLAG_BITS
  return {
    hub,
    lines,
    onlyLineOf,
    linesOf: (row) => several.get(row) ?? (links[row] === NONE ? [] : [onlyLineOf(row)]),
    isPlain: (row) => flagsOf(row) !== 0,
    isNoted: (row) => (flagsOf(row) & NOTED) !== 0,
    hasFirstFee: (row) => (flagsOf(row) & FIRST_FEE) !== 0,
    orphans,
    find: (row) => rowAt(table.find(bytes, row === 0 ? 0 : (ends[row - 1] as number), ends[row] as number)),
    findBeginning: (row, size) => {
      const from = RECORD.idFrom(starts[row] as number)
      return rowAt(table.find(hub.records.raw().bytes, from, from + size))
    },
    repeated: table.repeated,
    strays,
  }
}

type Table = {
  /** Where the record of an id begins; -1 for none. */
  readonly find: (bytes: Uint8Array, from: number, to: number) => number
  /** The same for rows `first` to before `last`, into `found`; -1 also for an id of no bytes. */
  readonly findAll: (bytes: Uint8Array, ends: Uint32Array, first: number, last: number, found: Float64Array) => void
  readonly repeated: ReadonlySet<number>
}

/**
 * Twice as many places as ids, a power of two; who finds the place taken takes the next. A place holds hash and record side by
 * side: another hash is passed over unread, the same hash is compared byte by byte.
 */
function tableOver(hub: HubColumns): Table {
  const { bytes: records, view, starts } = hub.records.raw()
  let places = 16
  while (places < hub.count * 2) places *= 2
  const mask = places - 1
  const table = new Uint32Array(places * 2)
  const repeated = new Set<number>()
  const placeOf = (bytes: Uint8Array, from: number, to: number, hash: number) => {
    const size = to - from
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const there = table[place * 2 + 1] as number
      if (there === 0) return place
      if (table[place * 2] !== hash || RECORD.idSize(view, there - 1) !== size) continue
      if (sameBytes(records, RECORD.idFrom(there - 1), bytes, from, size)) return place
    }
  }
  const insert = (row: number, hash: number) => {
    const at = starts[row] as number
    const from = RECORD.idFrom(at)
    const place = placeOf(records, from, from + RECORD.idSize(view, at), hash)
    const there = table[place * 2 + 1] as number
    if (there === 0) {
      table[place * 2] = hash
      table[place * 2 + 1] = at + 1
      return
    }
    // Which of the two stands for the id must not depend on the order in which they came.
    const other = RECORD.row(view, there - 1)
    if (isBefore(hub, row, other)) table[place * 2 + 1] = at + 1
    repeated.add(isBefore(hub, row, other) ? other : row)
  }
  const hashes = new Uint32Array(BATCH)
  const heads = new Uint8Array(BATCH)
  for (let first = 0; first < hub.count; first += BATCH) {
    const last = Math.min(first + BATCH, hub.count)
    for (let row = first; row < last; row++) {
      const from = RECORD.idFrom(starts[row] as number)
      hashes[row - first] = hashOf(records, from, from + RECORD.idSize(view, starts[row] as number))
    }
    // Far-off reads come for the whole batch: the processor waits for many of them at once instead of one by one.
    for (let i = 0; i < last - first; i++) heads[i] = table[((hashes[i] as number) & mask) * 2] as number
    for (let row = first; row < last; row++) insert(row, hashes[row - first] as number)
  }
  const at = (bytes: Uint8Array, from: number, to: number, hash: number) =>
    (table[placeOf(bytes, from, to, hash) * 2 + 1] as number) - 1
  return {
    find: (bytes, from, to) => at(bytes, from, to, hashOf(bytes, from, to)),
    findAll(bytes, ends, first, last, found) {
      const start = first === 0 ? 0 : (ends[first - 1] as number)
      for (let i = 0, from = start; i < last - first; i++) {
        const to = ends[first + i] as number
        hashes[i] = hashOf(bytes, from, to)
        from = to
      }
      // As above: the places of the whole batch, then the records they point to.
      for (let i = 0; i < last - first; i++) found[i] = table[((hashes[i] as number) & mask) * 2 + 1] as number
      for (let i = 0; i < last - first; i++) heads[i] = records[found[i] as number] as number
      for (let i = 0, from = start; i < last - first; i++) {
        const to = ends[first + i] as number
        found[i] = from === to ? NONE : at(bytes, from, to, hashes[i] as number)
        from = to
      }
    },
    repeated,
  }
}

function isBefore(hub: HubColumns, a: number, b: number): boolean {
  const earlier = hub.decidedAt(a) - hub.decidedAt(b) || hub.amount(a) - hub.amount(b)
  if (earlier !== 0) return earlier < 0
  return hub.accounts.at(a) < hub.accounts.at(b)
}

const NINE = 0x39

/**
 * The flags of a record and its only line: both stand, equal amounts, and the line's customer is the payment's account or
 * names no account at all (a KPJ has 11 bytes, a bill code 16 from 99). 0: somebody must look.
 */
function agreementOf(
  hub: HubColumns,
  lines: LineColumns,
  check: PairCheck | null,
): (at: number, row: number) => number {
  const { bytes, view } = hub.records.raw()
  const { bytes: customers, ends } = lines.customers.raw()
  const firstFee = lines.count > 0 ? lines.fee(0) : 0
  const noted = (at: number, row: number): number => {
    if (check === null) return 0
    if (Math.abs(RECORD.decidedAt(view, at) - lines.at(row)) > check.timeMillis) return NOTED
    const adminFee = lines.adminFee(row)
    if (check.adminFee !== null && adminFee !== null && adminFee !== check.adminFee) return NOTED
    const outlet = RECORD.outletHash(view, at)
    const other = lines.outlets.hash(row)
    return outlet !== 0 && other !== 0 && outlet !== other ? NOTED : 0
  }
  return (at, row) => {
    if (RECORD.isReversed(bytes, at) || lines.isReversed(row) || RECORD.amount(view, at) !== lines.amount(row)) return 0
    const flags = (lines.fee(row) === firstFee ? PLAIN | FIRST_FEE : PLAIN) | noted(at, row)
    const from = row === 0 ? 0 : (ends[row - 1] as number)
    const size = (ends[row] as number) - from
    if (size !== 11 && size !== 16) return flags
    if (size === 16 && (customers[from] !== NINE || customers[from + 1] !== NINE)) return flags
    if (RECORD.accountSize(bytes, at) !== size) return 0
    return sameBytes(bytes, RECORD.idFrom(at) + RECORD.idSize(view, at), customers, from, size) ? flags : 0
  }
}

function markReversals(hub: HubColumns, { find }: Table): readonly string[] {
  const { view } = hub.records.raw()
  const strays: string[] = []
  for (const paymentId of hub.reversals) {
    const needle = textColumn(1, paymentId.length * 3)
    needle.push(paymentId)
    const at = find(needle.raw().bytes, 0, needle.size(0))
    if (at === NONE) strays.push(paymentId)
    else hub.markReversed(RECORD.row(view, at))
  }
  return strays.sort()
}
