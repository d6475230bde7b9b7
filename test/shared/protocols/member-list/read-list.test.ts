/** A sponsor's list, as CSV and as a workbook: read row by row, or refused whole with a named reason. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  LIST_LIMITS,
  LIST_REFUSALS,
  type ListLimits,
  type ListRow,
} from '../../../../shared/domain/sponsors/member-list.ts'
import { readList } from '../../../../shared/protocols/member-list/read-list.ts'
import { type Cells, inPieces, workbookOf } from '../../../support/workbooks.ts'

const HEADER = ['nik', 'name', 'region_code', 'sector', 'income', 'phone']
const BUDI = ['3578011203850001', 'BUDI SANTOSO', '35.78.01.1001', 'farming', '1000000', '081234567890']
const SITI = ['3578015203850002', 'SITI AMINAH', '35.78.01.1001', '', '', '']

async function read(bytes: Uint8Array, limits?: ListLimits, piece?: number) {
  const rows: ListRow[] = []
  const reading = await readList(inPieces(bytes, piece), (row) => void rows.push(row), limits)
  return { reading, rows, texts: rows.map(({ line, cells }) => [line, ...cells.map(({ text }) => text)]) }
}

const csv = (...rows: readonly (readonly string[])[]) => Buffer.from(rows.map((row) => row.join(',')).join('\n'))
const codeOf = async (bytes: Uint8Array, limits?: ListLimits) => {
  const { reading } = await read(bytes, limits)
  return reading.kind === 'refused' ? reading.code : 'read'
}

describe('a list as CSV', () => {
  test('is read in the order of the columns that we know, whatever theirs is', async () => {
    const { reading, texts } = await read(csv(['name', 'nik', 'region_code'], ['BUDI', BUDI[0] as string, '35.78']))
    expect(reading).toEqual({ kind: 'read', rows: 1 })
    expect(texts).toEqual([[2, BUDI[0], 'BUDI', '35.78', '', '', '']])
  })
  test('names the line on which a row starts, empty lines and breaks in cells included', async () => {
    const text = [HEADER.join(','), '', BUDI.join(',').replace('BUDI SANTOSO', '"BUDI\nSANTOSO"'), SITI.join(',')].join(
      '\r\n',
    )
    expect((await read(Buffer.from(text))).texts.map(([line]) => line)).toEqual([3, 5])
  })
  test('is the same in any pieces, with a byte order mark or without', async () => {
    const bytes = Buffer.from(`\uFEFF${csv(HEADER, BUDI.with(1, 'ÉMILIE Ñ'), SITI)}`)
    const whole = await read(bytes)
    expect(whole.texts).toHaveLength(2)
    for (const piece of [1, 2, 3, 7]) expect(await read(bytes, undefined, piece)).toEqual(whole)
  })
  test('says which rows have too few or too many cells', async () => {
    const { rows } = await read(csv(HEADER, BUDI, BUDI.slice(1), [...BUDI, 'x'], [...BUDI, '']))
    expect(rows.map(({ isWhole }) => isWhole)).toEqual([true, false, false, true])
  })
  test.each<[string, Uint8Array, string]>([
    ['nothing at all', Buffer.from(''), 'EMPTY_LIST'],
    ['a header alone', csv(HEADER), 'EMPTY_LIST'],
    ['blanks', Buffer.from('\n\n\n'), 'EMPTY_LIST'],
    ['another encoding', Buffer.concat([csv(HEADER), Buffer.from('\n3578,JOS\xc9', 'latin1')]), 'WRONG_ENCODING'],
    ['UTF-16', Buffer.from(csv(HEADER, BUDI).toString(), 'utf16le'), 'UNKNOWN_COLUMN'],
    ['an unknown column', csv([...HEADER, 'village'], [...BUDI, 'x']), 'UNKNOWN_COLUMN'],
    ['semicolons', Buffer.from(`${HEADER.join(';')}\n${BUDI.join(';')}`), 'UNKNOWN_COLUMN'],
    ['no header', csv(BUDI, SITI), 'UNKNOWN_COLUMN'],
    ['a column twice', csv([...HEADER, 'nik'], [...BUDI, 'x']), 'COLUMN_TWICE'],
    ['no NIK', csv(HEADER.slice(1), BUDI.slice(1)), 'COLUMN_MISSING'],
    ['an open quote', Buffer.concat([csv(HEADER), Buffer.from('\n"3578')]), 'BROKEN_CSV'],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'UNKNOWN_FORMAT'],
  ])('is refused whole for %s', async (_, bytes, code) => {
    expect(await codeOf(bytes)).toBe(code)
  })
  test('is refused whole beyond its limits: bytes, rows, and one cell without an end', async () => {
    const many = csv(HEADER, ...Array.from({ length: 11 }, () => BUDI))
    expect(await codeOf(many, { ...LIST_LIMITS, rows: 10 })).toBe('TOO_MANY_ROWS')
    expect(await codeOf(many, { ...LIST_LIMITS, rows: 11 })).toBe('read')
    expect(await codeOf(many, { ...LIST_LIMITS, bytes: many.length - 1 })).toBe('LIST_TOO_LARGE')
    const endless = Buffer.from(`${HEADER.join(',')}\n"${'x'.repeat(200_000)}`)
    expect(await codeOf(endless)).toBe('BROKEN_CSV')
  })
  test('of a million rows is refused after the last that may be on it', async () => {
    async function* endless() {
      yield csv(HEADER)
      for (let i = 0; i < 1_000; i++) yield Buffer.from(`\n${BUDI.join(',')}`.repeat(1_000))
    }
    let rows = 0
    const reading = await readList(endless(), () => void rows++)
    expect([reading.kind === 'refused' && reading.code, rows]).toEqual(['TOO_MANY_ROWS', LIST_LIMITS.rows])
  })
})

describe('a list as a workbook', () => {
  const list = (...rows: Cells) => workbookOf([HEADER, ...rows])

  test('is read as the same list in CSV is', async () => {
    const fromText = await read(csv(HEADER, BUDI, SITI))
    const { reading, texts } = await read(await list(BUDI, SITI))
    expect(reading).toEqual({ kind: 'read', rows: 2 })
    expect(texts).toEqual(fromText.texts)
  })
  test('says of each cell what it was: text, number, date, formula, merged', async () => {
    const { rows } = await read(
      await list(
        [{ value: 3578011203850001, type: Number }, ...BUDI.slice(1)],
        BUDI.with(1, { value: new Date('2026-11-20'), type: Date, format: 'dd/mm/yyyy' } as never),
        BUDI.with(4, { value: 'SUM(A1:A2)', type: 'Formula' } as never),
        [{ value: BUDI[0], type: String, rowSpan: 2 }, ...BUDI.slice(1)],
        [null, ...SITI.slice(1)],
      ),
    )
    const kinds = rows.map(({ cells }) => cells.map(({ kind }) => kind).filter((kind) => kind !== 'text'))
    expect(kinds).toEqual([['number'], ['date'], ['formula'], ['merged'], ['merged']])
  })
  test('is refused whole for two sheets', async () => {
    expect(await codeOf(await workbookOf([HEADER, BUDI], [HEADER, SITI]))).toBe('TWO_SHEETS')
  })
  test('is refused whole for what is no workbook, or half of one', async () => {
    const bytes = await list(BUDI)
    expect(await codeOf(bytes.subarray(0, bytes.length - 30))).toBe('BROKEN_WORKBOOK')
    expect(await codeOf(Buffer.from('PK\u0003\u0004 and no more'))).toBe('BROKEN_WORKBOOK')
    expect(
      await codeOf(
        await workbookOf([
          ['nama', 'nik'],
          ['BUDI', BUDI[0]],
        ]),
      ),
    ).toBe('UNKNOWN_COLUMN')
    expect(await codeOf(await list())).toBe('EMPTY_LIST')
  })
  test('is refused before it is unpacked where it says that it is too large, and while it is where it lies', async () => {
    const bytes = Buffer.from(await list(...Array.from({ length: 2_000 }, () => BUDI)))
    expect(await codeOf(bytes, { ...LIST_LIMITS, unpackedBytes: 10_000 })).toBe('LIST_TOO_LARGE')
    expect(await codeOf(bytes, { ...LIST_LIMITS, entries: 2 })).toBe('LIST_TOO_LARGE')
    expect(await codeOf(lying(bytes), { ...LIST_LIMITS, unpackedBytes: 10_000 })).toBe('BROKEN_WORKBOOK')
  })
})

/** Every entry says in the directory that it has 10 bytes unpacked. */
function lying(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  const entry = Buffer.from('PK\u0001\u0002', 'latin1')
  for (let at = changed.indexOf(entry); at >= 0; at = changed.indexOf(entry, at + 4)) changed.writeUInt32LE(10, at + 24)
  return changed
}

test('no bytes make the reader throw', async () => {
  const whole = Buffer.from(await workbookOf([HEADER, BUDI, SITI]))
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, value]) => {
          const changed = Buffer.from(whole)
          changed[at] = value
          return changed as Uint8Array
        }),
      ),
      async (bytes) => {
        const { reading } = await read(bytes)
        if (reading.kind === 'refused') expect(Object.keys(LIST_REFUSALS)).toContain(reading.code)
      },
    ),
    { numRuns: 200 },
  )
}, 60_000)
