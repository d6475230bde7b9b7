/**
 * Workbooks written by hand, element by element, as programs that are not Excel write them: places left out, prefixes, phonetic
 * readings, own formats of dates, merged cells. What a cell was must not depend on who wrote it.
 */
import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { LIST_LIMITS, type ListLimits } from '../../../../shared/domain/sponsors/member-list.ts'
import { columnOf, mergedBy, mergeOf } from '../../../../shared/protocols/member-list/sheet-places.ts'
import { workbookRows } from '../../../../shared/protocols/member-list/workbook-list.ts'
import { openArchive } from '../../../../shared/protocols/member-list/workbook-zip.ts'
import { elementsOf } from '../../../../shared/protocols/member-list/xml-elements.ts'
import { inPieces } from '../../../support/workbooks.ts'

/** An archive whose entries are not packed. */
function archiveOf(entries: Readonly<Record<string, string>>): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(entries)) {
    const [file, content] = [Buffer.from(name), Buffer.from(text)]
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(file.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, file, content])
    const entry = Buffer.alloc(46)
    entry.write('PK\u0001\u0002', 'latin1')
    entry.writeUInt16LE(20, 4)
    common.copy(entry, 6)
    entry.writeUInt32LE(offset, 42)
    locals.push(local)
    directory.push(Buffer.concat([entry, file]))
    offset += local.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(Buffer.concat(directory).length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

const sheet = (rows: string, more = '') => `<worksheet><sheetData>${rows}</sheetData>${more}</worksheet>`
const row = (cells: string, attributes = '') => `<row${attributes}>${cells}</row>`
const inline = (text: string, attributes = '') => `<c t="inlineStr"${attributes}><is><t>${text}</t></is></c>`

async function rowsOf(entries: Readonly<Record<string, string>>, limits: ListLimits = LIST_LIMITS) {
  const rows: { readonly line: number; readonly cells: readonly string[] }[] = []
  for await (const { line, cells } of workbookRows(archiveOf(entries), limits)) {
    rows.push({ line, cells: cells.map(({ text, kind }) => (kind === 'text' ? text : `${kind}:${text}`)) })
  }
  return rows
}
const rowsIn = (xml: string, more: Readonly<Record<string, string>> = {}, limits?: ListLimits) =>
  rowsOf({ 'xl/worksheets/sheet1.xml': xml, ...more }, limits)
const cellsIn = async (cells: string, more: Readonly<Record<string, string>> = {}) =>
  (await rowsIn(sheet(row(cells)), more))[0]?.cells
const faultOf = async (given: Promise<unknown>) =>
  given.then(
    () => 'read',
    ({ code }) => code,
  )

describe('rows and cells', () => {
  test('stand where they say, or follow those before', async () => {
    const xml = sheet(
      row(inline('a') + inline('d', ' r="D3"') + inline('e'), ' r="3"') + row(inline('b')) + row(inline('c'), ' r="9"'),
    )
    expect(await rowsIn(xml)).toEqual([
      { line: 3, cells: ['a', '', '', 'd', 'e', ''] },
      { line: 4, cells: ['b', '', '', '', '', ''] },
      { line: 9, cells: ['c', '', '', '', '', ''] },
    ])
  })

  test('without anything in them are no rows; more than six cells are kept', async () => {
    const seven = ['1', '2', '3', '4', '5', '6', '7'].map((text) => inline(text)).join('')
    expect(await rowsIn(sheet(row(inline(' ')) + row('') + row(seven)))).toEqual([
      { line: 3, cells: ['1', '2', '3', '4', '5', '6', '7'] },
    ])
  })

  test('are read with prefixes as without, and only what is a value counts', async () => {
    const xml =
      '<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c t="str"><x:f>A1</x:f><x:v>9</x:v></x:c>' +
      '<x:c t="str"><x:v>ab</x:v><x:note>no</x:note><x:v>c</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    expect((await rowsIn(xml))[0]?.cells.slice(0, 2)).toEqual(['formula:9', 'abc'])
    expect(await cellsIn('<c t="str"><v><![CDATA[x<y]]></v></c>')).toEqual(['x<y', '', '', '', '', ''])
  })

  test('too wide for any list are no workbook', async () => {
    expect(await faultOf(cellsIn(inline('x', ' r="GS1"')))).toBe('read')
    expect(await faultOf(cellsIn(inline('x', ' r="GT1"')))).toBe('BROKEN_WORKBOOK')
    expect(await faultOf(cellsIn(inline('x', ' r="1"')))).toBe('BROKEN_WORKBOOK')
  })

  test('are cut some way beyond the longest text that a cell may have', async () => {
    const limits = { ...LIST_LIMITS, cellLength: 3 }
    const parts = '<c t="str"><v>abc</v><v>d</v><v>e</v></c>'
    expect((await rowsIn(sheet(row(parts)), {}, limits))[0]?.cells[0]).toBe('abcd')
  })
})

describe('what a cell was', () => {
  const STYLES =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="0.00"/>' +
    '<numFmt numFmtId="166" formatCode="&quot;day&quot;0[h]\\s"/><numFmt numFmtId="167"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf/><xf numFmtId="22"/><xf numFmtId="13"/><xf numFmtId="58"/></cellXfs></styleSheet>'

  test.each([
    ['a number', '<c><v>7</v></c>', 'number:7'],
    ['a number by name', '<c t="n"><v>7</v></c>', 'number:7'],
    ['nothing', '<c t="n"/>', ''],
    ['an error', '<c t="e"><v>#N/A</v></c>', 'error:#N/A'],
    ['a date by type', '<c t="d"><v>2026-11-20</v></c>', 'date:2026-11-20'],
    ['a truth', '<c t="b"><v>1</v></c>', '1'],
    ['a formula with a text', '<c t="str"><f/><v>x</v></c>', 'formula:x'],
    ['a date by a built-in format', '<c s="1"><v>7</v></c>', 'date:7'],
    ['a date and time by one', '<c s="6"><v>7</v></c>', 'date:7'],
    ['the last built-in one', '<c s="8"><v>7</v></c>', 'date:7'],
    ['a date by a format of the workbook', '<c s="2"><v>7</v></c>', 'date:7'],
    ['no date by another format of it', '<c s="3"><v>7</v></c>', 'number:7'],
    ['no date where letters are words of the format', '<c s="4"><v>7</v></c>', 'number:7'],
    ['no date without a format', '<c s="5"><v>7</v></c>', 'number:7'],
    ['no date by the format before the dates', '<c s="7"><v>7</v></c>', 'number:7'],
    ['no date by the plain style', '<c s="0"><v>7</v></c>', 'number:7'],
    ['a text whatever its style', '<c t="str" s="1"><v>7</v></c>', '7'],
  ])('%s', async (_, cell, expected) => {
    expect((await cellsIn(cell + inline('x'), { 'xl/styles.xml': STYLES }))?.[0]).toBe(expected)
  })

  test('a shared text, its phonetic reading left out, in as many runs as it has', async () => {
    const strings =
      '<sst><si><t>one</t></si><si><r><t>two</t></r><r><t>-b</t></r><rPh><t>no</t></rPh><r><t>-c</t></r></si></sst>'
    const cells = '<c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c>'
    expect(await cellsIn(cells, { 'xl/sharedStrings.xml': strings })).toEqual(['two-b-c', 'one', '', '', '', ''])
    expect(await faultOf(cellsIn(cells, { 'XL/SHAREDSTRINGS.XML': strings }))).toBe('read')
  })

  test('shared texts are bounded, each and together', async () => {
    const texts = (count: number) => `<sst>${'<si><t>abc</t><t>d</t><t>e</t></si>'.repeat(count)}</sst>`
    const given = (count: number) =>
      rowsIn(
        sheet(row('<c t="s"><v>0</v></c>')),
        { 'xl/sharedStrings.xml': texts(count) },
        {
          ...LIST_LIMITS,
          rows: 2,
          cellLength: 3,
        },
      )
    expect((await given(12))[0]?.cells[0]).toBe('abcd')
    expect(await faultOf(given(13))).toBe('TOO_MANY_ROWS')
  })
})

describe('merged cells', () => {
  test('are merged all of them, also those that are left out, and a row of nothing else is one', async () => {
    const merges = '<mergeCells count="2"><mergeCell ref="B1:C2"/><x:mergeCell foo="1" ref="F3"/></mergeCells>'
    const xml = sheet(row(inline('a') + inline('b', ' r="B1"')) + row(inline('', ' r="B2"')) + row(inline('z')), merges)
    expect(await rowsIn(xml.replace('<worksheet>', '<worksheet xmlns:x="u">'))).toEqual([
      { line: 1, cells: ['a', 'merged:b', 'merged:', '', '', ''] },
      { line: 2, cells: ['', 'merged:', 'merged:', '', '', ''] },
      { line: 3, cells: ['z', '', '', '', '', 'merged:'] },
    ])
  })

  test.each([
    ['B2', 2, 1, true],
    ['B2', 1, 1, false],
    ['B2', 3, 1, false],
    ['B2', 2, 0, false],
    ['B2', 2, 2, false],
    ['B2:D3', 3, 3, true],
    ['B2:D3', 2, 1, true],
    ['B2:D3', 4, 3, false],
    ['B2:D3', 3, 4, false],
  ])('%s holds line %i, column %i: %s', (ref, line, column, holds) => {
    expect(mergedBy([mergeOf(ref)], line, column)).toBe(holds)
    expect(mergedBy([], line, column)).toBe(false)
  })

  test.each([
    ['A1', 0],
    ['Z9', 25],
    ['AA1', 26],
    ['ab12', 27],
    ['XFD1', 16_383],
    ['7', 18_277],
  ])('%s is column %i', (place, column) => {
    expect(columnOf(place)).toBe(column)
  })
})

describe('the workbook', () => {
  const SHEET = sheet(row(inline('x')))

  test('has exactly one sheet, wherever else pages lie', async () => {
    expect(await faultOf(rowsIn(SHEET, { 'xl/worksheets/_rels/sheet1.xml': SHEET, 'xl/other.xml': '' }))).toBe('read')
    expect(await faultOf(rowsIn(SHEET, { 'xl/worksheets/b.xml': SHEET }))).toBe('TWO_SHEETS')
    expect(await faultOf(rowsOf({ 'xl/worksheets/sheet1.xml.bak': SHEET }))).toBe('BROKEN_WORKBOOK')
  })

  test('is held to its entries and to what they say they unpack to, to the last of both', async () => {
    const bytes = archiveOf({ a: 'xxx', b: 'yy' })
    const open = (changed: Partial<ListLimits>) => faultOf(openArchive(bytes, { ...LIST_LIMITS, ...changed }))
    expect([await open({ entries: 2 }), await open({ entries: 1 })]).toEqual(['read', 'LIST_TOO_LARGE'])
    expect([await open({ unpackedBytes: 5 }), await open({ unpackedBytes: 4 })]).toEqual(['read', 'LIST_TOO_LARGE'])
    expect((await openArchive(bytes, LIST_LIMITS)).names).toEqual(['a', 'b'])
  })
})

describe('elements', () => {
  async function elements(xml: string, piece?: number): Promise<readonly string[]> {
    const found: string[] = []
    for await (const batch of elementsOf(inPieces(Buffer.from(xml), piece))) {
      for (const { kind, name, text } of batch) found.push(`${kind} ${name}${text && ` ${text}`}`)
    }
    return found
  }

  test('open, close and say their text, however the bytes are cut', async () => {
    const xml = '<?xml version="1.0"?><x:a><b k="1">é</b><c/></x:a>'
    const expected = ['open a', 'open b', 'text b é', 'close b', 'open c', 'close c', 'close a']
    expect(await elements(xml)).toEqual(expected)
    expect(await elements(xml, 1)).toEqual(expected)
  })

  test('nest 32 deep, and no deeper', async () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth)
    expect(await elements(nested(32))).toHaveLength(64)
    expect(await faultOf(elements(nested(33)))).toBe('BROKEN_WORKBOOK')
  })

  test.each(['<a>', '<a></b>', '<a>&own;</a>', 'text'])('of what is not well formed are refused: %s', async (xml) => {
    expect(await faultOf(elements(xml))).toBe('BROKEN_WORKBOOK')
  })

  test('of what is no UTF-8 are refused', async () => {
    const bytes = Buffer.from([0x3c, 0x61, 0x3e, 0xff])
    const given = (async () => {
      for await (const _ of elementsOf(inPieces(bytes)));
    })()
    expect(await faultOf(given)).toBe('BROKEN_WORKBOOK')
  })
})

test('every built-in format of days and times makes a number a date, and no other does', async () => {
  const ids = Array.from({ length: 100 }, (_, id) => id)
  const between = (id: number, from: number, to: number) => id >= from && id <= to
  // ECMA-376, 18.8.30, with those of East Asian workbooks.
  const isDate = (id: number) =>
    between(id, 14, 22) || between(id, 27, 36) || between(id, 45, 47) || between(id, 50, 58)
  const styles = `<styleSheet><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${ids.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`
  const cells = ids.map((id) => `<c s="${id}"><v>46000</v></c>`).join('')
  expect(await cellsIn(cells, { 'xl/styles.xml': styles })).toEqual(
    ids.map((id) => `${isDate(id) ? 'date' : 'number'}:46000`),
  )
})
