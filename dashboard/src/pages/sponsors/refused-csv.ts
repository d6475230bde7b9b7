/** The file of refused rows, read back for the page: line, code and reason. Cells of people are dropped here and shown nowhere. */
export type RefusedRow = { readonly line: number; readonly code: string; readonly reason: string }

export function refusedRowsOf(csv: string): readonly RefusedRow[] {
  return recordsOf(csv)
    .slice(1)
    .map((cells) => ({ line: Number(cells[0]), code: cells.at(-2) ?? '', reason: cells.at(-1) ?? '' }))
}

/** The most frequent first. */
export function countByReason(
  rows: readonly RefusedRow[],
): readonly { readonly reason: string; readonly count: number }[] {
  const counts = new Map<string, number>()
  for (const { reason } of rows) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
}

/** Records of a CSV whose cells may be quoted and hold commas, quotes and line ends. */
function recordsOf(csv: string): readonly (readonly string[])[] {
  const records: string[][] = []
  let cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < csv.length; i++) {
    const sign = csv[i]
    if (isQuoted) {
      if (sign !== '"') cell += sign
      else if (csv[i + 1] === '"') cell += csv[i++]
      else isQuoted = false
    } else if (sign === '"') isQuoted = true
    else if (sign === ',') {
      cells.push(cell)
      cell = ''
    } else if (sign === '\n') {
      records.push([...cells, cell])
      cells = []
      cell = ''
    } else if (sign !== '\r') cell += sign
  }
  return records
}
