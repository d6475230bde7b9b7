/**
 * A short table that is shown whole; what is wider than its place scrolls inside its own frame. With a file name it can be taken
 * out: of each column the plain value, a column without one is no part of the file.
 */
import './books.css'
import type { ReactNode } from 'react'
import type { Cell } from '../../ui/download.ts'
import { ExportButtons } from '../../ui/export-buttons.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

export type PlainColumn<Row> = {
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  readonly value?: (row: Row) => Cell
  readonly align?: 'end'
  /** Names the row, for those who hear it. */
  readonly isName?: true
  readonly wrap?: true
}

export function PlainTable<Row>({
  label,
  rows,
  columns,
  keyOf,
  foot,
  isChosen,
  file,
}: {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly PlainColumn<Row>[]
  readonly keyOf: (row: Row) => string
  /** One cell per column. */
  readonly foot?: readonly ReactNode[]
  readonly isChosen?: (row: Row) => boolean
  /** The name of the file that its rows are saved as. */
  readonly file?: string
}) {
  const classOf = ({ align, wrap }: PlainColumn<Row>) =>
    [align && 'end number', wrap && 'wrap'].filter(Boolean).join(' ')
  const table = (
    <ScrollRegion className="plain-table framed" label={label}>
      <table aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.header} scope="col" className={classOf(column)}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-chosen={isChosen?.(row) || undefined}>
              {columns.map((column) =>
                column.isName ? (
                  <th key={column.header} scope="row" className={classOf(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.header} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot !== undefined && (
          <tfoot>
            <tr>
              {columns.map((column, index) => (
                <td key={column.header} className={classOf(column)}>
                  {foot[index]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollRegion>
  )
  if (file === undefined) return table
  const taken = columns.flatMap(({ header, value }) => (value === undefined ? [] : [{ header, value }]))
  return (
    <div className="data-table">
      <div className="table-tools">
        <ExportButtons
          table={file}
          header={taken.map(({ header }) => header)}
          rows={() => rows.map((row) => taken.map(({ value }) => value(row)))}
        />
      </div>
      {table}
    </div>
  )
}
