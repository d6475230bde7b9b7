/** Every kind of broken list, sent as a sponsor's office would: refused whole or row by row with a named reason, and nothing half enrolled. */
import { describe, expect, test } from 'vitest'
import { importList } from '../../../functions/import-file/import-list.ts'
import type { ListRefusalCode } from '../../../shared/domain/sponsors/member-list.ts'
import type { RowRefusalCode } from '../../../shared/domain/sponsors/row-refusals.ts'
import { type Cells, workbookOf } from '../../support/workbooks.ts'
import { HEADER, type Hub, listOf, openProgram, people, personRow, show, work } from './list-hub.ts'

const COLUMNS = HEADER.split(',')
const cellsOf = (row: string): readonly unknown[] => row.split(',')
const GOOD = cellsOf(personRow(1))
const NIK = '1571011203850002'
const OTHER = cellsOf(personRow(2))
const workbook = (...rows: Cells) => workbookOf([COLUMNS, ...rows])
const typed = (value: unknown, type: unknown, format?: string) => ({ value, type, ...(format && { format }) })

/** As it is taken in from the bucket, where no request bounds its size. */
async function sent(list: Uint8Array) {
  const hub = await openProgram()
  const name = 'jambi/2026/list.en.csv'
  hub.files.drop(`sponsor/${name}`, list)
  const ports = { files: hub.files, sponsors: hub.ports.sponsors, now: hub.ports.now }
  const taken = await importList(ports, { name: `sponsor/${name}`, version: null }, name)
  if (!('cohort' in taken)) throw new Error(`expected the list to be taken in, came ${taken.outcome}`)
  await work(hub, taken.cohort.id)
  return { hub, cohort: taken.cohort.id }
}

const refusedOf = async (hub: Hub, cohort: string, language: 'en' | 'id') =>
  (await hub.call('operator', 'GET', `/api/cohorts/${cohort}/refused?language=${language}`)).body
    .trim()
    .split('\r\n')
    .slice(1)

describe('a list that is refused whole', () => {
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, ListRefusalCode]>([
    ['in another encoding', () => Buffer.from(listOf(personRow(1, { name: 'JOSÉ' })), 'latin1'), 'WRONG_ENCODING'],
    ['in UTF-16', () => Buffer.from(`\uFEFF${listOf(personRow(1))}`, 'utf16le'), 'WRONG_ENCODING'],
    ['empty', () => Buffer.from(''), 'EMPTY_LIST'],
    ['with a header alone', () => Buffer.from(`${HEADER}\n`), 'EMPTY_LIST'],
    ['an empty workbook', () => workbook(), 'EMPTY_LIST'],
    ['on two sheets', () => workbookOf([COLUMNS, GOOD], [COLUMNS, OTHER]), 'TWO_SHEETS'],
    ['with an unknown column', () => Buffer.from('nik,nama,region_code\n1,2,3'), 'UNKNOWN_COLUMN'],
    ['without NIKs', () => Buffer.from('name,region_code\nBUDI,15.71.01.1001'), 'COLUMN_MISSING'],
    ['with a column twice', () => Buffer.from('nik,nik,name,region_code\n1,2,3,4'), 'COLUMN_TWICE'],
    ['an older Excel file', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'UNKNOWN_FORMAT'],
    ['half a workbook', async () => (await workbook(GOOD)).subarray(0, 700), 'BROKEN_WORKBOOK'],
    [
      'too large',
      () => Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), Buffer.alloc(33 * 1024 * 1024)]),
      'LIST_TOO_LARGE',
    ],
  ])('%s', async (_, list, code) => {
    const { hub, cohort } = await sent(await list())
    expect(await show(hub, cohort)).toMatchObject({ state: 'withdrawn', unusable: code, working: null, enrolled: 0 })
    expect(hub.store.everything().facts).toEqual([])
  })

  test('of a million rows, and nobody of the rows before the last that may be on it', async () => {
    const row = `\n${NIK},A,15.71.01.1001,,,`
    const { hub, cohort } = await sent(Buffer.from(HEADER + row.repeat(1_000_000)))
    expect(await show(hub, cohort)).toMatchObject({
      state: 'withdrawn',
      unusable: expect.stringMatching(/^(TOO_MANY_ROWS|LIST_TOO_LARGE)$/),
      enrolled: 0,
    })
    expect(hub.store.everything().facts).toEqual([])
  })

  test('that breaks off behind a thousand good rows: nobody of them is enrolled', async () => {
    const { hub, cohort } = await sent(Buffer.from(`${listOf(...people(1_500))}\n"open`))
    expect(await show(hub, cohort)).toMatchObject({ state: 'withdrawn', unusable: 'BROKEN_CSV', enrolled: 0 })
    expect(hub.store.everything().facts).toEqual([])
  })
})

describe('a list with a broken row', () => {
  const csvRow =
    (...cells: readonly string[]) =>
    () =>
      Buffer.from(listOf(personRow(1), cells.join(',')))
  test.each<[string, () => Promise<Uint8Array> | Uint8Array, RowRefusalCode, number]>([
    ['shifted by one column', csvRow('BUDI', NIK, '15.71.01.1001', '', '', ''), 'SHIFTED_COLUMNS', 1],
    ['with a cell too many', csvRow(NIK, 'BUDI', '15.71.01.1001', '', '', '', 'x'), 'SHIFTED_COLUMNS', 1],
    ['with a cell too few', csvRow(NIK, 'BUDI', '15.71.01.1001'), 'SHIFTED_COLUMNS', 1],
    [
      'with merged cells',
      () => workbook(GOOD, [typed(NIK, String), { ...typed('SITI', String), columnSpan: 2 }, null, '', '', '']),
      'MERGED_CELLS',
      1,
    ],
    [
      'with a formula in a workbook',
      () => workbook(GOOD, OTHER.with(1, typed('CONCATENATE("A","B")', 'Formula'))),
      'FORMULA',
      1,
    ],
    ['with a formula in a text', csvRow(NIK, '=1+1', '15.71.01.1001', '', '', ''), 'FORMULA', 1],
    [
      'with a date',
      () => workbook(GOOD, OTHER.with(4, typed(new Date('2026-11-20'), Date, 'dd/mm/yyyy'))),
      'DATE_CELL',
      1,
    ],
    ['with a date as a number', csvRow(NIK, '46346', '15.71.01.1001', '', '', ''), 'BAD_NAME', 1],
    [
      'with a date as a number in a workbook',
      () => workbook(GOOD, OTHER.with(1, typed(46_346, Number))),
      'BAD_NAME',
      1,
    ],
    [
      'with the NIK in scientific notation',
      csvRow('1.57101E+15', 'BUDI', '15.71.01.1001', '', '', ''),
      'NIK_AS_NUMBER',
      1,
    ],
    ['with the NIK as a number', () => workbook(GOOD, OTHER.with(0, typed(Number(NIK), Number))), 'NIK_AS_NUMBER', 1],
    ['with a date that is none', csvRow('1571013102850001', 'BUDI', '15.71.01.1001', '', '', ''), 'IMPOSSIBLE_DATE', 1],
    ['twice', csvRow(...personRow(1).split(',')), 'DUPLICATE_IN_LIST', 1],
  ])(
    '%s: that row is refused with its reason in both languages, the good one is enrolled',
    async (_, list, code, enrolled) => {
      const { hub, cohort } = await sent(await list())
      expect(await show(hub, cohort)).toMatchObject({ state: 'enrolled', refused: 1, enrolled })
      const [english] = await refusedOf(hub, cohort, 'en')
      const [indonesian] = await refusedOf(hub, cohort, 'id')
      expect([english, indonesian].map((line) => line.split(',')[0])).toEqual(['3', '3'])
      expect(english).toContain(code)
      expect(indonesian).toContain(code)
      expect(english).not.toBe(indonesian)
      expect(hub.store.everything().facts).toHaveLength(enrolled)
    },
  )
})
