/** Rows for a general ledger: what they hold, and that no program takes a field of them for a formula. */
import { expect, test } from 'vitest'
import {
  csvField,
  csvRow,
  EXPORT_COLUMNS,
  rowOf,
  xlsxOf,
} from '../../../../functions/serve-console/books/journal-file.ts'
import { GL_ACCOUNTS } from '../../../../shared/domain/gl-accounts.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import type { PeriodLine } from '../../../../shared/domain/periods.ts'
import { date } from '../../../support/facts.ts'
import { archiveEntry } from '../../../support/workbook.ts'

const LINE: PeriodLine = {
  kind: 'reversed',
  account: 'receivable',
  channel: 'bni',
  program: null,
  debit: rupiah(0),
  credit: rupiah(8_400),
  count: 1,
  number: '20261210-0001',
  period: month('2026-12'),
  date: date('2026-12-10'),
  recordedOn: date('2026-12-10'),
  refersTo: date('2026-11-12'),
  isOpening: false,
}

test('a row says number, month, date, accounts, both sides, currency, text and the day that it refers to', () => {
  expect(Object.fromEntries(EXPORT_COLUMNS.map((column, i) => [column, rowOf(LINE, GL_ACCOUNTS)[i]]))).toEqual({
    number: '20261210-0001',
    period: '2026-12',
    date: '2026-12-10',
    gl_account: '1201',
    gl_name: 'Piutang kanal pembayaran',
    account: 'receivable',
    channel: 'bni',
    program: '',
    debit: 0,
    credit: 8_400,
    currency: 'IDR',
    text: 'Reversed (1)',
    reference: 'of 2026-11-12',
  })
})

test('a row without a channel, of the opening, says so', () => {
  const row = rowOf({ ...LINE, channel: null, program: 'JKK', refersTo: null, isOpening: true }, GL_ACCOUNTS)
  expect(row.slice(6)).toEqual(['', 'JKK', 0, 8_400, 'IDR', 'Opening of the books: reversed (1)', ''])
})

test.each([
  ['=1+1', "'=1+1"],
  ['+62', "'+62"],
  ['-8', "'-8"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  ['a,b', '"a,b"'],
  ['a\nb', '"a\nb"'],
  ['plain', 'plain'],
])('as CSV, %j is %j', (text, field) => {
  expect(csvField(text)).toBe(field)
})

test('amounts are numbers, negative ones too', () => {
  expect(csvRow([8_400, -8_400, 'x'])).toBe('8400,-8400,x')
})

test('a workbook holds the rows, and a text that looks like a formula as text', async () => {
  const sheet = archiveEntry(Buffer.from(await xlsxOf('2026-12', [['=1+1', 8_400]])), 'xl/worksheets/sheet1.xml')
  expect(sheet).toMatch(/<row r="2"[^>]*><c r="A2" t="s"[^>]*><v>\d+<\/v><\/c><c r="B2"[^>]*><v>8400<\/v>/)
  expect(sheet).not.toContain('<f>')
})
