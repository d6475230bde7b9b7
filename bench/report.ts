/**
 * What every bench prints and how it sums up: one plain-text table, medians and percentiles, and a verdict that becomes the
 * exit code. Knows nothing of what is measured.
 */

export type Cell = string | number

/** Columns as wide as their widest cell; numbers to the right. The first row is the head. */
export function tableText(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [head, ...rows.map((row) => row.map(String))]
  const widths = head.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)))
  const rightAligned = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'))
  const lines = texts.map((row) =>
    row
      .map((text, column) =>
        rightAligned[column] ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n')
}

/** The value that a share of the sorted values does not exceed; 0.5 is the median. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** What the benchmark asserts: at most `limit`. */
export type Limit = { readonly what: string; readonly value: number; readonly limit: number }

/** Prints each limit with its result, and sets the exit code where one is broken. */
export function judge(limits: readonly Limit[]): void {
  for (const { what, value, limit } of limits) {
    const kept = value <= limit
    console.log(`${kept ? 'kept  ' : 'BROKEN'}  ${what}: ${value}, at most ${limit}`)
    if (!kept) process.exitCode = 1
  }
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
