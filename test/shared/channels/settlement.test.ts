/** What is one layout's own: its header, its columns, its quotes. What every layout must do: test/conformance/channel. */
import { describe, expect, test } from 'vitest'
import { settlementChannelNamed } from '../../../shared/channels/settlement-registry.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { type PartnerRow, settlementFiles } from '../../support/settlement-files.ts'
import { readThrough } from '../../support/settlement-reading.ts'

const DATE = '2026-11-20'
/** 14:03:21 in Jakarta on that day. */
const NOON = Date.UTC(2026, 10, 20, 7, 3, 21)

function partnerRow(changed: Partial<PartnerRow> = {}): PartnerRow {
  return {
    id: 'TRX-0001',
    customer: '12345678901',
    outlet: 'T001',
    at: NOON,
    amount: 16_800,
    adminFee: 2_500,
    fee: 1_500,
    status: 'S',
    ...changed,
  }
}

const three = [
  partnerRow(),
  partnerRow({ id: 'TRX-0002', at: NOON + 1_000, amount: 100_800 }),
  partnerRow({ id: 'TRX-0001', at: NOON + 2_000, status: 'R' }),
]

function written(name: string, rows: readonly PartnerRow[], date = DATE): string {
  return (settlementFiles[name] as (typeof settlementFiles)[string])(date, rows)
}

const read = (name: string, content: string | Uint8Array, date = DATE) =>
  readThrough(settlementChannelNamed(name), date, content)

/** The code of a refused file, or how many lines came out of it. */
async function fate(name: string, content: string | Uint8Array, date = DATE): Promise<string | number> {
  const { reading, lines } = await read(name, content, date)
  return reading.kind === 'refused' ? reading.refusal.code : lines.length
}

describe('a header that changed', () => {
  test.each([
    ['indomaret', 'a column is renamed', 'channel_fee', 'fee'],
    ['indomaret', 'two columns change places', 'customer_id,outlet_id', 'outlet_id,customer_id'],
    ['indomaret', 'a column is added', ',status', ',status,note'],
    ['indomaret', 'it is in capitals', 'transaction_id', 'TRANSACTION_ID'],
    ['pos', 'the separator is a comma', /;/g, ','],
    ['pos', 'a blank stands before a name', ';waktu', '; waktu'],
    ['bni', 'two columns change places', 'AMOUNT,FEE', 'FEE,AMOUNT'],
    ['alfamart', 'the date has dashes', 'H|ALFAMART|20261120', 'H|ALFAMART|2026-11-20'],
    ['alfamart', 'there is a fourth field', 'H|ALFAMART|20261120', 'H|ALFAMART|20261120|2'],
    ['brilink', 'the date is short', 'HBRIVA20261120', 'HBRIVA261120'],
  ] as const)('of %s refuses the file when %s', async (name, _, from, to) => {
    expect(await fate(name, written(name, three).replace(from, to))).toBe('LAYOUT_CHANGED')
  })

  test('that names another retailer is the wrong channel, one that names another day the wrong day', async () => {
    expect(await fate('alfamart', written('alfamart', three).replace('ALFAMART', 'ALFAMIDI'))).toBe('WRONG_CHANNEL')
    expect(await fate('alfamart', written('alfamart', three, '2026-11-19'))).toBe('WRONG_DAY')
    expect(await fate('brilink', written('brilink', three, '2026-11-19'))).toBe('WRONG_DAY')
  })

  test('may stand between quotes where the layout has quotes', async () => {
    const header = 'TRX_DATE,TRX_TIME,PAYMENT_REQUEST_ID,CUSTOMER_NO,AMOUNT,FEE,STATUS'
    const quoted = header
      .split(',')
      .map((name) => `"${name}"`)
      .join(',')
    expect(await fate('bni', written('bni', three).replace(header, quoted))).toBe(3)
  })
})

describe('one bad line among good ones is put aside by line, code and column', () => {
  /** The second line of the retail layout, with one field replaced; the trailer stays as the partner wrote it. */
  const broken = (column: number, value: string) =>
    written('indomaret', three)
      .split('\n')
      .map((line, i) => (i === 2 ? line.split(',').with(column, value).join(',') : line))
      .join('\n')

  test.each([
    ['TOO_LONG', 'transaction_id', 0, 'X'.repeat(129)],
    ['BAD_ID', 'transaction_id', 0, 'TRX 0002'],
    ['BAD_ID', 'transaction_id', 0, 'TRX-０００２'],
    ['BAD_CUSTOMER', 'customer_id', 1, 'BUDI'],
    ['TOO_LONG', 'customer_id', 1, '1'.repeat(21)],
    ['TOO_LONG', 'outlet_id', 2, 'X'.repeat(33)],
    ['BAD_OUTLET', 'outlet_id', 2, 'T\t1'],
    ['BAD_TIME', 'transacted_at', 3, '2026-11-20 14:03:22'],
    ['BAD_TIME', 'transacted_at', 3, '2026-11-20T14:03:22Z'],
    ['BAD_TIME', 'transacted_at', 3, '2026-11-31T14:03:22'],
    ['BAD_FEE', 'admin_fee', 5, ''],
    ['BAD_STATUS', 'status', 7, 's'],
    ['BAD_STATUS', 'status', 7, 'X'],
  ])('%s in column %s', async (code, field, column, value) => {
    const { reading, lines, quarantined } = await read('indomaret', broken(column, value))
    expect(reading).toMatchObject({ kind: 'read', quarantined: 1, totals: { lines: 3, amount: 100_800 } })
    expect(lines).toHaveLength(2)
    expect(quarantined).toMatchObject([{ line: 3, code, field, amount: 100_800, fee: 1_500 }])
    expect(JSON.stringify(quarantined)).not.toContain(value === '' ? 'no value at all' : JSON.stringify(value))
  })

  /** A bad value for each column of each layout, by what the README calls it; in the fixed columns as wide as they are. */
  const COLUMNS = {
    pos: [
      ';',
      'id_transaksi',
      'id_pelanggan',
      'kantor_pos',
      'waktu',
      'nominal',
      'biaya_admin',
      'biaya_kanal',
      'status',
    ],
    indomaret: [
      ',',
      ...['transaction_id', 'customer_id', 'outlet_id', 'transacted_at'],
      ...['amount', 'admin_fee', 'channel_fee', 'status'],
    ],
    alfamart: [
      '|',
      ...['', 'AgentTrxID', 'AgentStoreID', 'CustomerID', 'DateTime', ''],
      ...['Amount', 'AdminFee', 'ChannelFee', 'Status'],
    ],
    bni: [',', 'TRX_TIME', 'TRX_TIME', 'PAYMENT_REQUEST_ID', 'CUSTOMER_NO', 'AMOUNT', 'FEE', 'STATUS'],
  } as const
  const columns = Object.entries(COLUMNS).flatMap(([name, [separator, ...fields]]) =>
    fields.flatMap((field, place) => (field === '' ? [] : [{ name, separator, field, place }])),
  )

  test.each(columns)('$name, column $field', async ({ name, separator, field, place }) => {
    const lines = written(name, three).split('\n')
    const bad = lines.map((line, i) => (i === 2 ? line.split(separator).with(place, '\u0007').join(separator) : line))
    const { quarantined } = await read(name, bad.join('\n'))
    expect(quarantined).toMatchObject([{ line: 3, field }])
  })

  test.each([
    ['paymentRequestId', 1],
    ['customerNo', 65],
    ['trxDateTime', 85],
    ['amount', 99],
    ['fee', 114],
    ['status', 124],
  ])('brilink, column %s from place %i', async (field, place) => {
    const lines = written('brilink', three).split('\n')
    const bad = lines.map((line, i) => (i === 2 ? `${line.slice(0, place)}\u0007${line.slice(place + 1)}` : line))
    const { quarantined } = await read('brilink', bad.join('\n'))
    expect(quarantined).toMatchObject([{ line: 3, field }])
  })

  test.each([
    ['NEGATIVE_AMOUNT', 4, '-100800'],
    ['BAD_AMOUNT', 4, '100800.00'],
    ['BAD_AMOUNT', 4, '100,800'.replace(',', '.')],
    ['BAD_AMOUNT', 4, '0100800'],
    ['BAD_AMOUNT', 4, '1e5'],
    ['BAD_AMOUNT', 4, ''],
    ['AMOUNT_TOO_LARGE', 4, '1'.repeat(13)],
    ['NEGATIVE_AMOUNT', 6, '-1500'],
    ['BAD_FEE', 6, '1500,5'.replace(',', '.')],
  ])('%s: money that cannot be read is left to the control totals', async (code, column, value) => {
    const { reading, quarantined } = await read('indomaret', broken(column, value))
    expect(reading).toMatchObject({ kind: 'read', quarantined: 1, totals: { lines: 3, amount: 100_800, fee: 1_500 } })
    expect(quarantined).toMatchObject([{ line: 3, code, [column === 4 ? 'amount' : 'fee']: null }])
  })

  test('an amount of nothing can be read, so the totals must foot without it', async () => {
    expect(await fate('indomaret', broken(4, '0'))).toBe('TOTALS_DO_NOT_FOOT')
  })

  test('a good sum elsewhere must foot all the same', async () => {
    const text = broken(4, 'abc').replace(/^(#TRAILER,3,\d+),1500,99300/m, '$1,1600,99200')
    expect(await fate('indomaret', text)).toBe('TOTALS_DO_NOT_FOOT')
  })

  test('a line with too few columns, a line of any length, an open quote', async () => {
    const withLine = (name: string, line: string) =>
      written(name, three)
        .split('\n')
        .map((each, i) => (i === 2 ? line : each))
        .join('\n')
    const asideOf = async (name: string, line: string) => (await read(name, withLine(name, line))).quarantined
    const nothing = { line: 3, field: '', amount: null, fee: null, status: null }
    expect(await asideOf('indomaret', 'TRX-0002,12345678901')).toEqual([{ ...nothing, code: 'WRONG_FIELD_COUNT' }])
    expect(await asideOf('indomaret', '')).toEqual([{ ...nothing, code: 'WRONG_FIELD_COUNT' }])
    expect(await asideOf('pos', 'x'.repeat(100_000))).toEqual([{ ...nothing, code: 'LINE_TOO_LONG' }])
    expect(await asideOf('brilink', `D${' '.repeat(20)}`)).toEqual([{ ...nothing, code: 'WRONG_LENGTH' }])
    expect(await asideOf('bni', '"2026-11-20,"14:03:22",X,1,1.00,1.00,S')).toEqual([
      { ...nothing, code: 'UNREADABLE_FIELD' },
    ])
    expect(await asideOf('alfamart', withLine('alfamart', '').split('\n')[1]?.replace('D|', 'X|') ?? '')).toEqual([
      { ...nothing, code: 'WRONG_FIELD_COUNT' },
    ])
  })

  test('cents that are no whole rupiah', async () => {
    const text = written('bni', three).replace('"100800.00"', '"100800.50"')
    expect((await read('bni', text)).quarantined).toMatchObject([{ line: 3, code: 'BAD_AMOUNT', field: 'AMOUNT' }])
  })
})

test('every layout, whole and with each place of a line damaged in turn, against a written reference', async () => {
  const told: string[] = []
  for (const name of ['pos', 'indomaret', 'alfamart', 'bni', 'brilink']) {
    const lines = written(name, three).split('\n')
    const separator = { pos: ';', alfamart: '|' }[name] ?? ','
    const places = name === 'brilink' ? [0, 1, 65, 85, 93, 99, 114, 124] : (lines[2] ?? '').split(separator).keys()
    const damaged = [...places].flatMap((place) =>
      ['', '-1', 'x'].map((value) => {
        const bad = (line: string) =>
          name === 'brilink'
            ? `${line.slice(0, place)}${value.padEnd(2)}${line.slice(place + 2)}`
            : line.split(separator).with(place, value).join(separator)
        return [
          `place ${place} is "${value}"`,
          lines.map((line, i) => (i === 2 ? bad(line) : line)).join('\n'),
        ] as const
      }),
    )
    for (const [what, text] of [['as it should be', lines.join('\n')] as const, ...damaged]) {
      const { reading, lines: good, quarantined } = await read(name, text)
      told.push(
        `# ${name}: ${what}`,
        JSON.stringify(reading),
        ...[...good, ...quarantined].map((each) => JSON.stringify(each)),
      )
    }
  }
  await expect(`${told.join('\n')}\n`).toMatchFileSnapshot('whole-readings.txt')
})

test('a million equal lines are read in the memory of a few', async () => {
  const [header = '', line = '', trailer = ''] = written('brilink', [partnerRow()]).split('\n')
  const count = 1_000_000
  const chunk = Buffer.from(`${line}\n`.repeat(1_000))
  const total = (value: number) => String(value).padStart(18, '0')
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${header}\n`)
    for (let i = 0; i < count / 1_000; i++) yield chunk
    yield Buffer.from(`T${String(count).padStart(10, '0')}${total(16_800e6)}${total(1_500e6)}${total(15_300e6)}\n`)
  }
  let lines = 0
  let peak = 0
  const before = process.memoryUsage().heapUsed
  const { settlement } = settlementChannelNamed('brilink')
  const reading = await settlement.read(bytes(), DATE as BusinessDate, {
    add: () => {
      if (++lines % 50_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before)
    },
    quarantine: () => expect.unreachable('every line is good'),
  })
  expect(trailer).toHaveLength(65)
  expect(reading).toMatchObject({ kind: 'read', totals: { lines: count, amount: 16_800e6, fee: 1_500e6 } })
  expect(lines).toBe(count)
  // The file has 128 MB; a generous bound for what the collector has not yet looked at.
  expect(peak).toBeLessThan(96 * 1024 * 1024)
}, 30_000)
