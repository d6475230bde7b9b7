/** A row of a table, drawn once: while others come into sight it stays as it is. */
import { memo } from 'react'
import type { TableColumn } from './data-table.tsx'

function Row<Line extends object>({
  line,
  place,
  columns,
}: {
  readonly line: Line
  readonly place: number
  readonly columns: readonly TableColumn<Line>[]
}) {
  return (
    <tr aria-rowindex={place}>
      {columns.map(({ id, value, cell, align }) => (
        <td key={id} className={align}>
          {cell === undefined ? value(line) : cell(line)}
        </td>
      ))}
    </tr>
  )
}

export const TableRow = memo(Row) as typeof Row
