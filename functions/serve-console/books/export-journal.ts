/**
 * `GET /api/journal/export?month=…`: the journal of a closed month for the general ledger, as JSON, CSV or XLSX. An open month
 * may still grow, so it is not exported. Numbers of the general ledger are those that the month was closed with.
 */
import { firstDayOf } from '../../../shared/domain/month.ts'
import { csv, download, json, problem, XLSX_TYPE } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { demandUnchanged, linesOfMonth, loadBooks } from './books.ts'
import { csvRow, EXPORT_COLUMNS, rowOf, xlsxOf } from './journal-file.ts'
import type { JournalExportQuery } from './ledger-schemas.ts'

export async function exportJournal(ports: ConsolePorts, { query }: Call<{ query: JournalExportQuery }>) {
  const { month, format = 'json' } = query
  const closed = (await ports.settlements.closedMonths()).find((one) => one.month === month)
  const books = closed && (await loadBooks(ports, firstDayOf(month)))
  if (!closed || !books) {
    return problem('PERIOD_OPEN', 'expected a closed month: two people close it, and only then is it exported')
  }
  const lines = linesOfMonth(books, month)
  demandUnchanged(closed, lines)
  const rows = lines.map((line) => rowOf(line, closed.glAccounts))
  if (format === 'csv') return csv(`journal-${month}.csv`, [EXPORT_COLUMNS, ...rows].map(csvRow), '\r\n')
  if (format === 'xlsx') return download(`journal-${month}.xlsx`, await xlsxOf(month, rows), XLSX_TYPE, rows.length)
  const cells = rows.map((row) => Object.fromEntries(EXPORT_COLUMNS.map((column, i) => [column, row[i]])))
  return json(200, {
    month,
    digest: closed.digest,
    columns: [...EXPORT_COLUMNS],
    rows: cells as Record<string, string | number>[],
  })
}
