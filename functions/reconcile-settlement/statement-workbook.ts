/**
 * A statement as a workbook (XLSX) for finance: its figures, what is open, the bank's credits, and the differences.
 * Holds ids, amounts and verdicts and nothing of a person: the payer's number stays in the case. Its size is bounded: a day
 * of more differences names the first ones and says how many there are.
 */
import type { Cell, SheetData } from 'write-excel-file/node'
import { shownState } from '../../shared/domain/settlement/resolution.ts'
import type { DifferenceCase, Statement } from '../../shared/store/settlements/records.ts'

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Some 100 bytes each: far below what a mail may weigh. */
export const DIFFERENCES_AT_MOST = 5_000

export async function statementWorkbook(statement: Statement, cases: readonly DifferenceCase[]): Promise<Uint8Array> {
  // Loaded for the first mail: a run of a day does not wait for it.
  const { default: writeXlsxFile } = await import('write-excel-file/node')
  const sheets = [
    { sheet: 'Statement', data: figuresOf(statement) },
    { sheet: 'Open items', data: openItemsOf(statement) },
    { sheet: 'Bank credits', data: creditsOf(statement) },
    { sheet: 'Differences', data: differencesOf(statement, cases) },
  ]
  return writeXlsxFile(sheets).toBuffer()
}

function figuresOf(statement: Statement): SheetData {
  const { channel, date, version, verdict, bridge, file, unexplainedRupiah } = statement
  return [
    heading('Statement', ''),
    [text('channel'), text(channel)],
    [text('business day'), text(date)],
    [text('version'), number(version)],
    [text('verdict'), text(verdict)],
    [text('file'), text(file?.name ?? 'none')],
    [text('file digest (SHA-256)'), text(file?.sha256 ?? '')],
    [text('unexplained'), number(unexplainedRupiah)],
    [],
    heading('row', 'rupiah', 'count'),
    ...bridge.map(({ label, amountRupiah, count }) => [text(label), number(amountRupiah), number(count)]),
  ]
}

function openItemsOf({ openItems }: Statement): SheetData {
  return [
    heading('item', 'rupiah', 'count'),
    ...openItems.map(({ label, amountRupiah, count }) => [text(label), number(amountRupiah), number(count)]),
  ]
}

function creditsOf({ credits }: Statement): SheetData {
  return [
    heading('bank reference', 'booked on', 'rupiah'),
    ...credits.map(({ id, bookedOn, amountRupiah }) => [text(id), text(bookedOn), number(amountRupiah)]),
  ]
}

function differencesOf({ recordedAt }: Statement, cases: readonly DifferenceCase[]): SheetData {
  const shown = cases.slice(0, DIFFERENCES_AT_MOST)
  const left = cases.length - shown.length
  return [
    heading('id', 'class', 'state', 'payment id', 'hub rupiah', 'file rupiah', 'reason', 'resolution'),
    ...shown.map(({ id, state, firstSeenAt, finding, resolution }) => [
      text(id),
      text(finding.class),
      text(shownState(state, firstSeenAt, recordedAt)),
      text(finding.paymentId),
      number(finding.hubAmountRupiah),
      number(finding.fileAmountRupiah),
      text(finding.evidence.reason),
      text(resolution?.how ?? ''),
    ]),
    ...(left > 0 ? [[text(`and ${left} more: see the console`)]] : []),
  ]
}

function heading(...names: readonly string[]): Cell[] {
  return names.map((value) => ({ value, type: String, fontWeight: 'bold' }))
}

/** As text whatever it begins with: an id is never a formula. */
function text(value: string): Cell {
  return value === '' ? null : { value, type: String }
}

function number(value: number | null): Cell {
  return value === null ? null : { value, type: Number, format: '#,##0' }
}
