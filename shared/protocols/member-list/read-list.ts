/**
 * A sponsor's list, CSV or workbook: refused whole with one reason, or read row by row in the order of `LIST_COLUMNS`.
 * Never throws for bytes. Nothing of a refused list may be used, whatever went to the sink before.
 */
import {
  LIST_COLUMNS,
  LIST_LIMITS,
  LIST_REFUSALS,
  type ListCell,
  type ListColumn,
  type ListLimits,
  type ListRefusalCode,
  type ListRow,
  OPTIONAL_COLUMNS,
} from '../../domain/sponsors/member-list.ts'
import { csvRows } from './csv-list.ts'
import { ListFault } from './list-fault.ts'
import type { RawRow } from './raw-row.ts'
import { workbookRows } from './workbook-list.ts'

export type ListReading =
  | { readonly kind: 'read'; readonly rows: number }
  | { readonly kind: 'refused'; readonly code: ListRefusalCode; readonly detail: string }

/** Where each column of `LIST_COLUMNS` stands in the file; -1 where the list has none. */
type Layout = { readonly places: readonly number[]; readonly width: number }

const NOTHING: ListCell = { text: '', kind: 'text' }
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1')
/** Of older Excel files and encrypted ones. */
const COMPOUND = Buffer.from('d0cf11e0', 'hex')

export async function readList(
  bytes: AsyncIterable<Uint8Array>,
  add: (row: ListRow) => Promise<void> | void,
  limits: ListLimits = LIST_LIMITS,
): Promise<ListReading> {
  try {
    return { kind: 'read', rows: await readRows(rowsOf(bytes, limits), add, limits) }
  } catch (error) {
    if (!(error instanceof ListFault)) throw error
    return { kind: 'refused', code: error.code, detail: LIST_REFUSALS[error.code] }
  }
}

async function readRows(
  rows: AsyncIterable<RawRow>,
  add: (row: ListRow) => Promise<void> | void,
  limits: ListLimits,
): Promise<number> {
  let layout: Layout | undefined
  let count = 0
  for await (const { line, cells } of rows) {
    if (!layout) layout = layoutOf(cells)
    else {
      if (++count > limits.rows) throw new ListFault('TOO_MANY_ROWS')
      await add(rowOf(layout, line, cells))
    }
  }
  if (count === 0) throw new ListFault('EMPTY_LIST')
  return count
}

function layoutOf(header: readonly ListCell[]): Layout {
  const names = header.map(({ text }) => text.trim().toLowerCase())
  while (names.at(-1) === '') names.pop()
  if (names.length === 0) throw new ListFault('EMPTY_LIST')
  if (names.some((name) => !(LIST_COLUMNS as readonly string[]).includes(name))) throw new ListFault('UNKNOWN_COLUMN')
  if (new Set(names).size < names.length) throw new ListFault('COLUMN_TWICE')
  const isMissing = (column: ListColumn) => !OPTIONAL_COLUMNS.includes(column) && !names.includes(column)
  if (LIST_COLUMNS.some(isMissing)) throw new ListFault('COLUMN_MISSING')
  return { places: LIST_COLUMNS.map((column) => names.indexOf(column)), width: names.length }
}

function rowOf({ places, width }: Layout, line: number, cells: readonly ListCell[]): ListRow {
  const beyond = cells.slice(width).some(({ text }) => text.trim() !== '')
  const isWhole = !beyond && cells.length >= width
  return { line, cells: places.map((place) => cells[place] ?? NOTHING), isWhole }
}

/** By what the file begins with, whatever it is called. */
async function* rowsOf(bytes: AsyncIterable<Uint8Array>, limits: ListLimits): AsyncGenerator<RawRow> {
  const bounded = upTo(bytes, limits.bytes)
  const first = await bounded.next()
  if (first.done) return
  const rest = joined(first.value, bounded)
  if (begins(first.value, COMPOUND)) throw new ListFault('UNKNOWN_FORMAT')
  yield* begins(first.value, ZIP) ? workbookRows(await whole(rest), limits) : csvRows(rest, limits)
}

function begins(bytes: Uint8Array, sign: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(0, sign.length), sign) === 0
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The first piece is long enough to tell what the file is. */
async function* upTo(bytes: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0
  let head: Uint8Array | undefined = new Uint8Array()
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > limit) throw new ListFault('LIST_TOO_LARGE')
    if (head === undefined) yield chunk
    else {
      head = Buffer.concat([head, chunk])
      if (head.length < ZIP.length) continue
      yield head
      head = undefined
    }
  }
  if (head !== undefined && head.length > 0) yield head
}
