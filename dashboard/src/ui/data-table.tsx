/**
 * A table of any length: sorted, filtered and drawn by what is in sight only, and taken out as a file as it is filtered and sorted.
 * Screen readers are told the whole number of rows and where each stands. A column says its plain value; its cell may show more.
 */
import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type ReactNode, useMemo, useRef, useState } from 'react'
import { Button, Input, Label, SearchField } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import type { Cell } from './download.ts'
import { ExportButtons } from './export-buttons.tsx'
import { ScrollRegion } from './scroll-region.tsx'
import { Empty } from './state.tsx'
import { TableRow } from './table-row.tsx'

export type TableColumn<Row> = {
  readonly id: string
  readonly header: string
  readonly value: (row: Row) => Cell
  readonly cell?: (row: Row) => ReactNode
  readonly align?: 'end'
  /** In rem; what is left goes to all columns. */
  readonly width?: number
}

export type RowSelection<Row> = {
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
  readonly nameOf: (row: Row) => string
  readonly nameOfAll: string
}

export type DataTableProps<Row> = {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly TableColumn<Row>[]
  readonly keyOf: (row: Row, index: number) => string
  /** The name of the file that its rows are saved as. */
  readonly file: string
  readonly empty: string
  readonly more?: { readonly load: () => void; readonly isLoading: boolean } | undefined
  /** Rows that are chosen, by their keys: each row has a box in front of it. */
  readonly selection?: RowSelection<Row> | undefined
}

const ROW_HEIGHT = 44
/** More than a hurried finger scrolls within a frame: what comes into sight is there already. */
const OVERSCAN = 40
/** Of the boxes by which rows are chosen, in rem. */
const BOX_WIDTH = 3
/** With less, a filter is in the way. */
const FILTER_FROM = 8

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
})

export function DataTable<Row extends object>({
  label,
  rows,
  columns,
  keyOf,
  file,
  empty,
  more,
  selection,
}: DataTableProps<Row>) {
  const { t, f } = useLanguage()
  const [find, setFind] = useState('')
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, value }) => ({
        id,
        header,
        accessorFn: (row: Row) => value(row) ?? '',
        sortFn: (a: { original: Row }, b: { original: Row }) => compare(value(a.original), value(b.original)),
        sortDescFirst: false,
      })),
    [columns],
  )
  const table = useTable({
    features,
    data: rows as Row[],
    columns: definitions,
    getRowId: keyOf,
    state: { globalFilter: find },
    globalFilterFn: (row, column, wanted) => contains(row.getValue(column), String(wanted)),
    getColumnCanGlobalFilter: () => true,
  })
  const shown = table.getRowModel().rows
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  })
  const inSight = virtualizer.getVirtualItems()
  const above = inSight[0]?.start ?? 0
  const below = virtualizer.getTotalSize() - (inSight.at(-1)?.end ?? 0)
  if (rows.length === 0) return <Empty>{empty}</Empty>
  const least = columns.reduce((sum, { width = 8 }) => sum + width, 0) + (selection ? BOX_WIDTH : 0)
  const cells = columns.length + (selection ? 1 : 0)
  return (
    <div className="data-table">
      <div className="table-tools">
        {rows.length >= FILTER_FROM && (
          <SearchField className="table-filter" value={find} onChange={setFind}>
            <Label className="only-read">{t.table.filter}</Label>
            <Input placeholder={t.table.filter} />
          </SearchField>
        )}
        <span className="muted" role="status">
          {t.table.rows(f.number(shown.length), f.number(rows.length))}
        </span>
        <ExportButtons
          table={file}
          header={columns.map(({ header }) => header)}
          rows={() => shown.map(({ original }) => columns.map(({ value }) => value(original)))}
        />
      </div>
      <ScrollRegion className="table-scroll" ref={scroller} label={label}>
        <table
          aria-label={label}
          aria-rowcount={shown.length + 1}
          style={{ '--least': `${least}rem` } as CSSProperties}
        >
          <colgroup>
            {selection && <col style={{ width: `${BOX_WIDTH}rem` }} />}
            {columns.map(({ id, width = 8 }) => (
              <col key={id} style={{ width: `${(width / least) * 100}%` }} />
            ))}
          </colgroup>
          <thead>
            <tr aria-rowindex={1}>
              {selection && (
                <th scope="col" className="box">
                  <ChooseAll selection={selection} keys={shown.map(({ id }) => id)} />
                </th>
              )}
              {table.getFlatHeaders().map((header, index) => {
                const sorted = header.column.getIsSorted()
                const { align, header: name } = columns[index] as TableColumn<Row>
                return (
                  <th key={header.id} scope="col" className={align} aria-sort={ariaSort(sorted)}>
                    <button type="button" className="sort" onClick={header.column.getToggleSortingHandler()}>
                      {name}
                      <span aria-hidden="true" className={`sort-sign ${sorted === false ? '' : sorted}`} />
                    </button>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {above > 0 && (
              <tr>
                <td colSpan={cells} className="spacer" style={{ height: above }} />
              </tr>
            )}
            {inSight.map(({ index }) => {
              const row = shown[index]
              if (row === undefined) return null
              return (
                <TableRow
                  key={row.id}
                  id={row.id}
                  line={row.original}
                  place={index + 2}
                  columns={columns}
                  selection={selection}
                />
              )
            })}
            {below > 0 && (
              <tr>
                <td colSpan={cells} className="spacer" style={{ height: below }} />
              </tr>
            )}
          </tbody>
        </table>
        {shown.length === 0 && <Empty>{t.table.none}</Empty>}
      </ScrollRegion>
      {more !== undefined && (
        <Button className="button more" isDisabled={more.isLoading} onPress={more.load}>
          {t.table.more}
        </Button>
      )}
    </div>
  )
}

/** Of the rows that the filter leaves. */
function ChooseAll<Row>({
  selection,
  keys,
}: {
  readonly selection: RowSelection<Row>
  readonly keys: readonly string[]
}) {
  const { chosen, onChange, nameOfAll } = selection
  const isAll = keys.length > 0 && keys.every((key) => chosen.has(key))
  return (
    <input
      type="checkbox"
      aria-label={nameOfAll}
      checked={isAll}
      onChange={() => onChange(isAll ? new Set() : new Set([...chosen, ...keys]))}
    />
  )
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  return String(a).localeCompare(String(b))
}

function contains(value: unknown, wanted: string): boolean {
  return String(value).toLowerCase().includes(wanted.toLowerCase())
}

function ariaSort(sorted: false | 'asc' | 'desc'): 'none' | 'ascending' | 'descending' {
  if (sorted === false) return 'none'
  return sorted === 'asc' ? 'ascending' : 'descending'
}
