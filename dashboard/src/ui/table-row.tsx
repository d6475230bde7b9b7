/** A row of a table, drawn once: while others come into sight it stays as it is. */
import { memo } from 'react'
import type { RowSelection, TableColumn } from './data-table.tsx'
import type { Cell } from './download.ts'

function Row<Line extends object>({
  id,
  line,
  place,
  columns,
  selection,
}: {
  readonly id: string
  readonly line: Line
  readonly place: number
  readonly columns: readonly TableColumn<Line>[]
  readonly selection: RowSelection<Line> | undefined
}) {
  return (
    <tr aria-rowindex={place}>
      {selection && (
        <td className="box">
          <input
            type="checkbox"
            aria-label={selection.nameOf(line)}
            checked={selection.chosen.has(id)}
            onChange={() => selection.onChange(toggled(selection.chosen, id))}
          />
        </td>
      )}
      {columns.map(({ id: column, value, cell, align }) => (
        <td key={column} className={align} title={cell === undefined ? textOf(value(line)) : undefined}>
          {cell === undefined ? value(line) : cell(line)}
        </td>
      ))}
    </tr>
  )
}

/** What a column is too narrow for is read by pointing at it. */
function textOf(value: Cell): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export const TableRow = memo(Row) as typeof Row

function toggled(chosen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(key)) next.add(key)
  return next
}
