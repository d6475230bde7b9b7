/**
 * An imported file as text: CSV with one fixed header, read into rows that know their line.
 * A file that is not exactly this layout is refused whole, because a shifted column is worse than no import.
 * Knows nothing of what the columns mean: memberships/import-row.ts, reports/target-row.ts.
 */
import { CsvError, parse } from 'csv-parse/sync'

/** A row as text. `line` is the physical line on which it starts; the header is line 1. */
export type CsvRow = { readonly line: number; readonly fields: readonly string[] }

export type CsvLayout =
  | { readonly outcome: 'read'; readonly rows: readonly CsvRow[] }
  | { readonly outcome: 'layout-changed'; readonly detail: string }

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } }

/**
 * Reads UTF-8 with or without byte order mark, lines ended by LF or CRLF. Empty lines are passed over, and counted. Of a file with more
 * rows than `most` it reads one more and no further: a caller that takes so many refuses it, whatever its size.
 */
export function readCsvLayout(bytes: Uint8Array, columns: readonly string[], most?: number): CsvLayout {
  const text = decode(bytes)
  if (text === undefined) return changed('expected the file in UTF-8')
  let parsed: readonly Parsed[]
  try {
    parsed = parse(text, {
      info: true,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
      // The header and one row too many.
      ...(most !== undefined && { to: most + 2 }),
    }) as unknown as readonly Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return changed(`expected CSV; the quotes around line ${Number(error.lines) || 1} do not fit`)
  }
  const [header, ...rows] = parsed
  if (!header || !isHeader(header, columns)) {
    return changed(`expected the first line to be exactly ${columns.join(',')}`)
  }
  return { outcome: 'read', rows: rows.map((row) => ({ line: startOf(row), fields: row.record })) }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function isHeader(row: Parsed, columns: readonly string[]): boolean {
  const { record, info } = row
  return info.lines === 1 && record.length === columns.length && columns.every((name, i) => record[i] === name)
}

/** The parser counts lines at a record's end; quoted fields may hold line breaks. */
function startOf(row: Parsed): number {
  return row.info.lines - row.record.reduce((count, field) => count + field.split('\n').length - 1, 0)
}

function changed(detail: string): CsvLayout {
  return { outcome: 'layout-changed', detail }
}
