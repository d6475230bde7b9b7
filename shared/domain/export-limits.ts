/**
 * How much one person may take out as files in a day (Asia/Jakarta), as dated data: tables that the dashboard turns into files, and
 * files of people that the API writes or hands out. Pure: what was taken is known from the read traces.
 */
import { type Dated, inForce } from './effective-dated.ts'
import type { BusinessDate } from './instant.ts'

export type ExportLimits = { readonly rowsPerFile: number; readonly rowsPerDay: number; readonly filesPerDay: number }
/** `rows` of all `files` together. */
export type Taken = { readonly files: number; readonly rows: number }

export const EXPORT_LIMITS: Dated<ExportLimits> = [
  {
    from: '1970-01-01',
    value: { rowsPerFile: 100_000, rowsPerDay: 500_000, filesPerDay: 200 },
    source:
      'our choice, to be confirmed by the data protection officer: what five large tables hold, and a file in two minutes',
  },
]

/** The most rows that a file may ever have had, for a check that knows no day. */
export const MOST_ROWS_PER_FILE = Math.max(...EXPORT_LIMITS.map(({ value }) => value.rowsPerFile))

/** What is left of a day after one more file; undefined: it is too much. */
export function leftAfter(taken: Taken, rows: number, on: BusinessDate): Taken | undefined {
  const { rowsPerFile, rowsPerDay, filesPerDay } = inForce('export limits', EXPORT_LIMITS, on)
  const left = { files: filesPerDay - taken.files - 1, rows: rowsPerDay - taken.rows - rows }
  return rows > rowsPerFile || left.files < 0 || left.rows < 0 ? undefined : left
}

export function limitsInWords(on: BusinessDate): string {
  const { rowsPerFile, rowsPerDay, filesPerDay } = inForce('export limits', EXPORT_LIMITS, on)
  return `expected at most ${rowsPerFile} rows a file, ${rowsPerDay} rows and ${filesPerDay} files a day; go on tomorrow`
}
