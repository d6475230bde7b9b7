/**
 * A sponsor's list as it was read: its columns, its rows, and why a list is refused whole. How it came (CSV, workbook) is the
 * readers' matter (shared/protocols/member-list); what a row is worth is judge-row.ts.
 */

/** The columns of a list. Those of `OPTIONAL_COLUMNS` may be left out: the program says what holds then. Any order. */
export const LIST_COLUMNS = ['nik', 'name', 'region_code', 'sector', 'income', 'phone'] as const
export type ListColumn = (typeof LIST_COLUMNS)[number]
export const OPTIONAL_COLUMNS: readonly ListColumn[] = ['sector', 'income', 'phone']

/** What a cell was in its file: CSV knows text only. A merged cell is one that a wider cell covers. */
export const CELL_KINDS = ['text', 'number', 'date', 'formula', 'error', 'merged'] as const
export type CellKind = (typeof CELL_KINDS)[number]
export type ListCell = { readonly text: string; readonly kind: CellKind }

/** One person. `line` is the row of the sheet, or the line of the text, from 1; the header is the first. */
export type ListRow = {
  readonly line: number
  /** In the order of `LIST_COLUMNS`; '' where the list has no such column. */
  readonly cells: readonly ListCell[]
  /** False: the row has cells that no column names, or lacks some. */
  readonly isWhole: boolean
}

/** Why nothing of a list can be used, in order of precedence. */
export const LIST_REFUSALS = {
  LIST_TOO_LARGE: 'expected a smaller file',
  UNKNOWN_FORMAT: 'expected CSV in UTF-8, or an Excel workbook (.xlsx)',
  WRONG_ENCODING: 'expected the text in UTF-8',
  BROKEN_CSV: 'expected CSV with commas; quotes do not fit',
  BROKEN_WORKBOOK: 'expected a workbook that can be opened; it is damaged, encrypted or packed in another way',
  TWO_SHEETS: 'expected one sheet; put the list on a sheet of its own and take the others out',
  EMPTY_LIST: 'expected a header and at least one person',
  UNKNOWN_COLUMN: 'expected the header nik,name,region_code,sector,income,phone; another column came',
  COLUMN_TWICE: 'expected each column once',
  COLUMN_MISSING: 'expected the columns nik, name and region_code',
  TOO_MANY_ROWS: 'expected fewer people on one list; cut it into several',
} as const
export type ListRefusalCode = keyof typeof LIST_REFUSALS

/** Limits before anything is parsed, and while it is. */
export type ListLimits = {
  readonly bytes: number
  /** Of a workbook: files in it, and bytes after unpacking. */
  readonly entries: number
  readonly unpackedBytes: number
  readonly rows: number
  readonly cellLength: number
}

/** A list of 100,000 people has some 8 MB as text, 5 MB as a workbook and 60 MB unpacked. */
export const LIST_LIMITS: ListLimits = {
  bytes: 32 * 1024 * 1024,
  entries: 200,
  unpackedBytes: 256 * 1024 * 1024,
  rows: 200_000,
  cellLength: 400,
}
