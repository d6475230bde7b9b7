import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settlementChannelNamed, settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { type PartnerRow, settlementFileNames, settlementFiles } from '../../support/settlement-files.ts'
import { readThrough } from '../../support/settlement-reading.ts'

const DATE = '2026-11-20'
/** 14:03:21 in Jakarta on that day. */
const NOON = Date.UTC(2026, 10, 20, 7, 3, 21)
const HOUR = 3_600_000
const names = settlementChannels.map(({ profile }) => profile.name)
const withOutlet = new Set(['indomaret', 'pos', 'alfamart'])

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

const read = (name: string, content: string | Uint8Array, date = DATE, chunk?: number) =>
  readThrough(settlementChannelNamed(name), date, content, chunk)

/** The code of a refused file, or how many lines came out of it. */
async function fate(name: string, content: string | Uint8Array, date = DATE): Promise<string | number> {
  const { reading, lines } = await read(name, content, date)
  return reading.kind === 'refused' ? reading.refusal.code : lines.length
}

describe.each(names)('the settlement file of %s', (name) => {
  const { settlement } = settlementChannelNamed(name)
  const good = written(name, three)

  test('is known by its exact name, which holds its day', () => {
    const fileName = settlementFileNames[name]?.(DATE) as string
    expect(settlement.fileName(DATE as BusinessDate)).toBe(fileName)
    expect(settlement.dateOf(fileName)).toBe(DATE)
    const others = [fileName.toLowerCase(), `${fileName}.gz`, ` ${fileName}`, fileName.replace('20261120', '20261131')]
    for (const other of others) expect(settlement.dateOf(other)).toBeUndefined()
    const takers = settlementChannels.filter((channel) => channel.settlement.dateOf(fileName) !== undefined)
    expect(takers.map(({ profile }) => profile.name)).toEqual([name])
  })

  test('opens with a line that no other channel takes for its own', () => {
    const first = good.split('\n')[0] as string
    const takers = settlementChannels.filter((channel) => channel.settlement.opensWith(first))
    expect(takers.map(({ profile }) => profile.name)).toEqual([name])
  })

  test('gives every line in our words, and the totals with reversed lines taken off', async () => {
    const { reading, lines, quarantined } = await read(name, good)
    expect(reading).toEqual({
      kind: 'read',
      totals: { lines: 3, amount: 100_800, fee: 1_500, net: 99_300 },
      quarantined: 0,
    })
    expect(quarantined).toEqual([])
    expect(lines.map(({ paymentId, status, amount }) => [paymentId, status, amount])).toEqual([
      ['TRX-0001', 'settled', 16_800],
      ['TRX-0002', 'settled', 100_800],
      ['TRX-0001', 'reversed', 16_800],
    ])
    expect(lines[0]).toEqual({
      line: 2,
      paymentId: 'TRX-0001',
      customerId: '12345678901',
      outlet: withOutlet.has(name) ? 'T001' : '',
      at: NOON,
      amount: 16_800,
      adminFee: withOutlet.has(name) ? 2_500 : null,
      fee: 1_500,
      status: 'settled',
    })
  })

  test('of a day without payments is a good file', async () => {
    const { reading } = await read(name, written(name, []))
    expect(reading).toEqual({ kind: 'read', totals: { lines: 0, amount: 0, fee: 0, net: 0 }, quarantined: 0 })
  })

  test('may have sums below nothing, when more was reversed than settled', async () => {
    const { reading } = await read(name, written(name, [partnerRow({ status: 'R' })]))
    expect(reading).toMatchObject({ kind: 'read', totals: { lines: 1, amount: -16_800, fee: -1_500, net: -15_300 } })
  })

  test('reads alike in pieces of any size, and without the last line feed', async () => {
    const whole = await read(name, good)
    for (const size of [1, 2, 7, 64]) expect(await read(name, good, DATE, size)).toEqual(whole)
    expect(await read(name, good.trimEnd())).toEqual(whole)
  })

  test('cut off after any byte is refused, or says the same sums in full', async () => {
    const whole = await read(name, good)
    for (let length = 0; length < good.length; length++) {
      const cut = await read(name, good.slice(0, length))
      if (cut.reading.kind === 'read') expect([length, cut.reading]).toEqual([length, whole.reading])
    }
    const isWhole = (text: string) => fate(name, text).then((found) => found === 3)
    expect(await isWhole(good.slice(0, -2))).toBe(false)
  })

  test.each([
    ['in UTF-16', Buffer.from(good, 'utf16le')],
    ['in UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])],
    ['with a byte order mark', Buffer.from(`\ufeff${good}`)],
    ['with carriage returns', Buffer.from(good.replaceAll('\n', '\r\n'))],
    ['in Latin-1', Buffer.from(good.replace('TRX-0002', 'TRX-000é'), 'latin1')],
  ])('saved anew %s is refused as such', async (_, bytes) => {
    expect(await fate(name, bytes)).toBe('WRONG_ENCODING')
  })

  test('of another day is refused, whatever its name says', async () => {
    const other = three.map((row) => ({ ...row, at: row.at - 48 * HOUR }))
    expect(await fate(name, written(name, other, '2026-11-18'))).toBe('WRONG_DAY')
    const yesterday = three.map((row) => ({ ...row, at: row.at - 24 * HOUR }))
    expect(await fate(name, written(name, yesterday, '2026-11-19'))).toBe('WRONG_DAY')
  })

  test('may hold lines from around midnight; one of another week is put aside', async () => {
    const rows = [
      partnerRow(),
      partnerRow({ id: 'EARLY', at: NOON - 15 * HOUR }),
      partnerRow({ id: 'LATE', at: NOON + 11 * HOUR }),
      partnerRow({ id: 'OTHER', at: NOON - 7 * 24 * HOUR }),
    ]
    const { reading, lines, quarantined } = await read(name, written(name, rows))
    expect(reading).toMatchObject({ kind: 'read', quarantined: 1, totals: { lines: 4, amount: 67_200 } })
    expect(lines.map(({ paymentId }) => paymentId)).toEqual(['TRX-0001', 'EARLY', 'LATE'])
    expect(quarantined).toEqual([
      {
        line: 5,
        code: 'WRONG_DAY',
        field: expect.stringMatching(/time|waktu|_at$/i),
        amount: 16_800,
        fee: 1_500,
        status: 'settled',
      },
    ])
  })

  test('may take back a payment of days ago, with that payment’s time, and hold nothing else', async () => {
    const old = partnerRow({ id: 'OLD', at: NOON - 9 * 24 * HOUR, status: 'R' })
    for (const rows of [[old], [partnerRow(), old]]) {
      const { reading, lines } = await read(name, written(name, rows))
      expect(reading).toMatchObject({ kind: 'read', quarantined: 0 })
      expect(lines.at(-1)).toMatchObject({ paymentId: 'OLD', status: 'reversed', at: old.at })
    }
    const ahead = partnerRow({ at: NOON + 9 * 24 * HOUR, status: 'R' })
    expect((await read(name, written(name, [partnerRow(), ahead]))).quarantined).toMatchObject([{ code: 'WRONG_DAY' }])
  })

  test('of any other channel is refused', async () => {
    for (const other of names.filter((each) => each !== name)) {
      expect(['LAYOUT_CHANGED', 'WRONG_CHANNEL']).toContain(await fate(name, written(other, three)))
    }
  })

  const changed = (from: string | RegExp, to: string) => good.replace(from, to)
  test.each([
    ['EMPTY', 'there is nothing in it', ''],
    ['LAYOUT_CHANGED', 'there is only a line feed', '\n'],
    ['TRUNCATED', 'there is only a header', `${good.split('\n')[0]}\n`],
    ['TRUNCATED', 'the totals are missing', good.split('\n').slice(0, -2).join('\n')],
    ['TRUNCATED', 'a line is missing and the totals too', good.split('\n').slice(0, -3).join('\n')],
    ['TOTALS_DO_NOT_FOOT', 'a line is missing', good.split('\n').toSpliced(2, 1).join('\n')],
    [
      'TOTALS_DO_NOT_FOOT',
      'a line stands twice',
      good
        .split('\n')
        .toSpliced(2, 0, good.split('\n')[2] ?? '')
        .join('\n'),
    ],
    ['TOTALS_DO_NOT_FOOT', 'an amount was changed', changed(/100800/, '100801')],
    ['TOTALS_DO_NOT_FOOT', 'a reversal became a settlement', changed(/R("?)\n/, 'S$1\n')],
    ['DATA_AFTER_TRAILER', 'something follows the totals', `${good}\n`],
    ['DATA_AFTER_TRAILER', 'a second file follows', `${good}${good}`],
    ['LAYOUT_CHANGED', 'the header is missing', good.split('\n').slice(1).join('\n')],
    ['LAYOUT_CHANGED', 'the header is longer than any line', `${'x'.repeat(10_000)}\n${good}`],
  ])('is refused as %s when %s', async (code, _, content) => {
    expect(await fate(name, content)).toBe(code)
  })

  test('no bytes make the reader throw or invent money', async () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ maxLength: 200 }).map((text) => Buffer.from(`${good.split('\n')[0]}\n${text}`)),
      fc.tuple(fc.nat(good.length), fc.string({ maxLength: 20 })).map(([at, text]) => {
        return Buffer.from(good.slice(0, at) + text + good.slice(at + text.length))
      }),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        const { reading, lines, quarantined } = await read(name, bytes)
        if (reading.kind === 'refused') return
        const sum = (of: 'amount' | 'fee') =>
          lines.reduce((total, line) => total + (line.status === 'reversed' ? -line[of] : line[of]), 0)
        expect(reading.totals.lines).toBe(lines.length + quarantined.length)
        expect(reading.totals.net).toBe(reading.totals.amount - reading.totals.fee)
        if (quarantined.length > 0) return
        expect([sum('amount'), sum('fee')]).toEqual([reading.totals.amount, reading.totals.fee])
      }),
      { numRuns: 120 },
    )
  })

  test('reads back whatever a partner writes', async () => {
    const row = fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9_.-]{1,64}$/),
      customer: fc.stringMatching(/^\d{11,16}$/),
      outlet: fc.stringMatching(/^[A-Z0-9]{1,12}$/),
      at: fc.integer({ min: 0, max: 23 * 3_600 }).map((seconds) => Date.UTC(2026, 10, 19, 17) + seconds * 1_000),
      amount: fc.integer({ min: 1, max: 99_999_999 }),
      adminFee: fc.integer({ min: 0, max: 9_999 }),
      fee: fc.integer({ min: 0, max: 9_999 }),
      status: fc.constantFrom('S' as const, 'R' as const),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
        const { reading, lines } = await read(name, written(name, rows))
        expect(reading.kind).toBe('read')
        const back = lines.map((line) => ({
          id: line.paymentId,
          customer: line.customerId,
          at: line.at as number,
          amount: line.amount as number,
          fee: line.fee as number,
          status: line.status === 'settled' ? 'S' : 'R',
        }))
        expect(back).toEqual(rows.map(({ outlet: _outlet, adminFee: _adminFee, ...row }) => row))
      }),
      { numRuns: 60 },
    )
  })
})

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

test('a line without an id, or without a customer, is a good line; one without both is nobody’s', async () => {
  const rows = [partnerRow({ id: '' }), partnerRow({ customer: '' }), partnerRow({ id: '', customer: '' })]
  for (const name of names) {
    const { lines, quarantined } = await read(name, written(name, rows))
    expect(lines.map(({ paymentId, customerId }) => [paymentId, customerId])).toEqual([
      ['', '12345678901'],
      ['TRX-0001', ''],
    ])
    expect(quarantined).toMatchObject([{ line: 4, code: 'MISSING_FIELD' }])
  }
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
