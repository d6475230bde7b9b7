/**
 * A list as an Excel workbook (ECMA-376): the one sheet of it, row by row. Cells say what they were, so that a formula, a date or a
 * NIK kept as a number is never taken for what somebody typed. Throws a ListFault for what is no such workbook.
 *
 * Promises limits before and while unpacking: entries, unpacked size by what the archive says and by what comes out (workbook-zip.ts),
 * rows and cell length. The archive is in memory, packed; texts that cells share are in memory, unpacked; rows are not.
 */
import type { CellKind, ListCell, ListLimits } from '../../domain/sponsors/member-list.ts'
import { ListFault } from './list-fault.ts'
import type { RawRow } from './raw-row.ts'
import { columnOf, type Merge, mergedBy, mergeOf } from './sheet-places.ts'
import { openArchive } from './workbook-zip.ts'
import { type Element, elementsOf, utf8 } from './xml-elements.ts'

const SHEETS = /^xl\/worksheets\/[^/]+\.xml$/i
const STRINGS = /^xl\/sharedstrings\.xml$/i
const STYLES = /^xl\/styles\.xml$/i

export async function* workbookRows(bytes: Uint8Array, limits: ListLimits): AsyncGenerator<RawRow> {
  const archive = await openArchive(bytes, limits)
  const sheets = archive.names.filter((name) => SHEETS.test(name))
  if (sheets.length > 1) throw new ListFault('TWO_SHEETS')
  const [sheet] = sheets
  if (sheet === undefined) throw new ListFault('BROKEN_WORKBOOK')
  const named = (pattern: RegExp) => archive.names.find((name) => pattern.test(name))
  const strings = named(STRINGS)
  const styles = named(STYLES)
  const shared = strings === undefined ? [] : await sharedTexts(archive.open(strings), limits)
  const dates = styles === undefined ? new Set<number>() : await dateStyles(archive.open(styles))
  const merges = await mergesOf(archive.open(sheet))
  yield* rowsOfSheet(archive.open(sheet), { shared, dates, merges }, limits)
}

type SheetContext = {
  readonly shared: readonly string[]
  readonly dates: ReadonlySet<number>
  readonly merges: readonly Merge[]
}

async function* rowsOfSheet(
  bytes: AsyncIterable<Uint8Array>,
  context: SheetContext,
  limits: ListLimits,
): AsyncGenerator<RawRow> {
  let line = 0
  let cells: ListCell[] = []
  let cell: OpenCell | undefined
  for await (const batch of elementsOf(bytes)) {
    for (const { kind, name, attributes, text } of batch) {
      if (kind === 'text') {
        if (cell && (name === 'v' || name === 't') && cell.text.length <= limits.cellLength) cell.text += text
      } else if (kind === 'open') {
        if (name === 'row') {
          line = Number(attributes.r ?? line + 1)
          cells = []
        } else if (name === 'c') cell = openCell(attributes, cells.length)
        else if (name === 'f' && cell) cell.isFormula = true
      } else if (name === 'c' && cell) {
        if (cell.column > WIDEST_SHEET) throw new ListFault('BROKEN_WORKBOOK')
        while (cells.length < cell.column) cells.push(nothingAt(context.merges, line, cells.length))
        cells.push(closedCell(cell, context, line))
        cell = undefined
      } else if (name === 'row' && cells.some((each) => each.text.trim() !== '' || each.kind === 'merged')) {
        // The last columns of a row are left out where they are empty.
        yield { line, cells: padded(cells, context.merges, line) }
      }
    }
  }
}

type OpenCell = {
  readonly column: number
  readonly type: string
  readonly style: number
  text: string
  isFormula: boolean
}

function openCell({ r, t = 'n', s = '0' }: Element['attributes'], next: number): OpenCell {
  return { column: r === undefined ? next : columnOf(r), type: t, style: Number(s), text: '', isFormula: false }
}

function closedCell({ column, type, style, text, isFormula }: OpenCell, context: SheetContext, line: number): ListCell {
  if (mergedBy(context.merges, line, column)) return { text, kind: 'merged' }
  if (isFormula) return { text, kind: 'formula' }
  if (type === 's') return { text: context.shared[Number(text)] ?? '', kind: 'text' }
  return { text, kind: kindOf(type, text, context.dates.has(style)) }
}

function kindOf(type: string, text: string, isDateStyle: boolean): CellKind {
  if (type === 'e') return 'error'
  if (type === 'd') return 'date'
  if (type === 'n' && text !== '') return isDateStyle ? 'date' : 'number'
  return 'text'
}

function nothingAt(merges: readonly Merge[], line: number, column: number): ListCell {
  return { text: '', kind: mergedBy(merges, line, column) ? 'merged' : 'text' }
}

const WIDEST = 6
/** Columns beyond these are no list's. */
const WIDEST_SHEET = 200

function padded(cells: readonly ListCell[], merges: readonly Merge[], line: number): readonly ListCell[] {
  const more = Array.from({ length: Math.max(0, WIDEST - cells.length) }, (_, i) =>
    nothingAt(merges, line, cells.length + i),
  )
  return [...cells, ...more]
}

const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"/g
/** The longest piece of such an element that two pieces of the file may share. */
const MERGE_LENGTH = 200
const MOST_MERGES = 10_000

/** Merged cells stand behind the rows, so they are looked for first: as text, which is quicker than reading the sheet twice. */
async function mergesOf(bytes: AsyncIterable<Uint8Array>): Promise<readonly Merge[]> {
  const found = new Set<string>()
  let before = ''
  for await (const text of utf8(bytes)) {
    for (const [, ref = ''] of (before + text).matchAll(MERGE)) found.add(ref)
    if (found.size > MOST_MERGES) throw new ListFault('BROKEN_WORKBOOK')
    before = text.slice(-MERGE_LENGTH)
  }
  return [...found].map(mergeOf)
}

/** Phonetic readings of Japanese names stand beside the text and are no part of it. */
async function sharedTexts(bytes: AsyncIterable<Uint8Array>, limits: ListLimits): Promise<readonly string[]> {
  const texts: string[] = []
  let current = ''
  let isPhonetic = false
  for await (const batch of elementsOf(bytes)) {
    for (const { kind, name, text } of batch) {
      if (name === 'rPh') isPhonetic = kind === 'open'
      else if (kind === 'open' && name === 'si') current = ''
      else if (kind === 'text' && name === 't' && !isPhonetic && current.length <= limits.cellLength) current += text
      else if (kind === 'close' && name === 'si') texts.push(current)
    }
    if (texts.length > limits.rows * WIDEST) throw new ListFault('TOO_MANY_ROWS')
  }
  return texts
}

/** The built-in formats of dates and times (ECMA-376, 18.8.30), and those of the workbook that write days, months or hours. */
const BUILT_IN = [
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56,
  57, 58,
]

async function dateStyles(bytes: AsyncIterable<Uint8Array>): Promise<ReadonlySet<number>> {
  const formats = new Set(BUILT_IN)
  const styles = new Set<number>()
  let count = 0
  let isInCells = false
  for await (const batch of elementsOf(bytes)) {
    for (const { kind, name, attributes } of batch) {
      if (name === 'cellXfs') isInCells = kind === 'open'
      else if (kind === 'open' && name === 'numFmt' && isDateFormat(attributes.formatCode ?? '')) {
        formats.add(Number(attributes.numFmtId))
      } else if (kind === 'open' && name === 'xf' && isInCells) {
        if (formats.has(Number(attributes.numFmtId ?? 0))) styles.add(count)
        count++
      }
    }
  }
  return styles
}

function isDateFormat(code: string): boolean {
  return /[ymdhs]/i.test(code.slice(0, 400).replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
}
