/**
 * A file for the person, made in the page: rows as CSV that a spreadsheet opens without running anything, or as a workbook.
 * Every file is recorded by the API first, which names it and says no beyond the day's limit (`exportRows`).
 */
import { answerOf, api } from '../api/client.ts'

export type Cell = string | number | null
export type FileFormat = 'csv' | 'xlsx'
export const FILE_FORMATS: readonly FileFormat[] = ['csv', 'xlsx']
/** As the API has it (functions/serve-console/personal-data/schemas.ts). */
export const MOST_ROWS = 100_000

type Sheet = { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] }

/** Resolves with the name of the file once it is saved; an `ApiProblem` where the API says no. */
export async function exportRows(table: string, format: FileFormat, sheet: Sheet): Promise<string> {
  const made = format === 'csv' ? csvBlob(csvOf(sheet.header, sheet.rows)) : await workbookOf(sheet)
  const body = { table: nameOf(table), format, rows: sheet.rows.length }
  const { name } = await answerOf(api.POST('/api/exports', { body }))
  save(name, made)
  return name
}

/** As the API takes names; no long number goes into one. */
function nameOf(table: string): string {
  const plain = table
    .toLowerCase()
    .replace(/\d{12,}/g, '')
    .replace(/[^a-z0-9]+/g, '-')
  return plain.slice(0, 64)
}

/** A file that the API itself wrote, and recorded. */
export function download(name: string, text: string): void {
  save(name, csvBlob(text))
}

function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** The mark at the beginning tells spreadsheets that it is UTF-8. */
function csvBlob(text: string): Blob {
  return new Blob([`\uFEFF${text}`], { type: 'text/csv;charset=utf-8' })
}

/** The library is loaded when the first workbook is asked for. A cell of type String is text whatever it begins with. */
async function workbookOf({ header, rows }: Sheet): Promise<Blob> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser')
  const head = header.map((value) => ({ value, type: String, fontWeight: 'bold' as const }))
  const cells = rows.map((row) =>
    row.map((value) =>
      value === null ? null : typeof value === 'number' ? { value, type: Number } : { value, type: String },
    ),
  )
  return writeXlsxFile([head, ...cells], { stickyRowsCount: 1 }).toBlob()
}

export function csvOf(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  const lines = [header.map(cellOf).join(',')]
  for (const row of rows) lines.push(row.map(cellOf).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/** A text that begins as a formula does is marked as text: it came from partners. */
function cellOf(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
