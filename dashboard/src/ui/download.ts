/** A file for the person, made in the page; and rows as CSV that a spreadsheet opens without running anything. */

export function download(name: string, text: string): void {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  const address = URL.createObjectURL(new Blob([`\uFEFF${text}`], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

export type CsvCell = string | number | null

export function csvOf(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map(cellOf).join(',')]
  for (const row of rows) lines.push(row.map(cellOf).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/** A text that begins as a formula does is marked as text: it came from partners. */
function cellOf(value: CsvCell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
