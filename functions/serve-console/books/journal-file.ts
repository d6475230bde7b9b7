/**
 * The journal of a month as rows for a general ledger: one per entry, under the number that the entry has for ever, so that a file
 * that is loaded twice books once. As CSV the same month gives the same bytes; a workbook's archive names the minute it was made.
 *
 * Promises that no field is taken for a formula by a program that opens the file.
 */
import { type GlAccounts, glAccountOf } from '../../../shared/domain/gl-accounts.ts'
import type { EntryKind } from '../../../shared/domain/journal.ts'
import type { PeriodLine } from '../../../shared/domain/periods.ts'

export const EXPORT_COLUMNS = [
  'number',
  'period',
  'date',
  'gl_account',
  'gl_name',
  'account',
  'channel',
  'program',
  'debit',
  'credit',
  'currency',
  'text',
  'reference',
] as const

type Cell = string | number

const TEXTS: Readonly<Record<EntryKind, string>> = {
  collected: 'Collected by the channel',
  allocated: 'Allocated',
  reversed: 'Reversed',
  settled: 'Fees of the settlement file',
  invoiced: 'Fees and taxes of an invoice',
  banked: 'Movement of the bank',
  decided: 'Resolution of differences',
}

/** An entry whose two sides are both in it becomes one row with both: debit and credit of one number. */
export function rowOf(line: PeriodLine, glAccounts: GlAccounts): readonly Cell[] {
  const { number, period, date, account, channel, program, debit, credit, kind, count, refersTo, isOpening } = line
  const gl = glAccountOf(glAccounts, account, date)
  const text = isOpening ? `Opening of the books: ${TEXTS[kind].toLowerCase()}` : TEXTS[kind]
  const about = `${text} (${count})`
  // The day that later truth is about, where its month was closed before.
  const reference = refersTo === null ? '' : `of ${refersTo}`
  const accounts = [gl.number, gl.name, account, channel ?? '', program ?? ''] as const
  return [number, period, date, ...accounts, debit, credit, 'IDR', about, reference]
}

/** RFC 4180. */
export function csvRow(cells: readonly Cell[]): string {
  return cells.map(csvField).join(',')
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it. Numbers are our own. */
export function csvField(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** The library is read when a workbook is asked for: no other call waits for it. */
export async function xlsxOf(sheet: string, rows: readonly (readonly Cell[])[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const header = EXPORT_COLUMNS.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  // A cell of type String is text whatever it begins with: XLSX has formulas in a field of their own.
  const cells = rows.map((row) => row.map((value) => cellOf(value)))
  return new Uint8Array(await (await writeXlsxFile([header, ...cells], { sheet })).toBuffer())
}

function cellOf(value: Cell) {
  return typeof value === 'number' ? { value, type: Number } : { value, type: String }
}
