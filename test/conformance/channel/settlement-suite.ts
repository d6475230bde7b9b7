/**
 * What every channel's settlement layout must do: names and dates, the golden file, control totals, cuts, encodings, days,
 * changed headers. Knows no layout: files are written by the channel's own sandbox, and spoiled line by line.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SettlementLayout } from '../../../shared/channel-port/channel.ts'
import type { PartnerRow } from '../../../shared/channel-port/partner.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { readThrough } from '../../support/settlement-reading.ts'
import type { LoadedChannel } from './load-channel.ts'

const DATE = '2026-11-20'
/** 14:03:21 in Jakarta on that day. */
const NOON = Date.UTC(2026, 10, 20, 7, 3, 21)
const HOUR = 3_600_000

export function partnerRow(changed: Partial<PartnerRow> = {}): PartnerRow {
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

/** The rows of every golden file: one paid, one paid a second later, the first reversed. */
export const GOLDEN_ROWS: readonly PartnerRow[] = [
  partnerRow(),
  partnerRow({ id: 'TRX-0002', at: NOON + 1_000, amount: 100_800 }),
  partnerRow({ id: 'TRX-0001', at: NOON + 2_000, status: 'R' }),
]

/** `others`: the channels whose files and names must not be taken for this one's. */
export function describeSettlement(
  { name, settlement, sandbox, channel, fixture }: LoadedChannel,
  others: readonly LoadedChannel[],
): void {
  const good = fixture.text
  const written = (rows: readonly PartnerRow[], date = DATE) => sandbox.settlement.write(date, rows)
  const read = (content: string | Uint8Array, date = DATE, chunk?: number) =>
    readThrough({ profile: channel.profile, settlement }, date, content, chunk)

  /** The code of a refused file, or how many lines came out of it. */
  async function fate(content: string | Uint8Array, date = DATE): Promise<string | number> {
    const { reading, lines } = await read(content, date)
    return reading.kind === 'refused' ? reading.refusal.code : lines.length
  }

  describe('its settlement file', () => {
    test('is known by its exact name, which holds its day', () => {
      const fileName = sandbox.settlement.fileName(DATE)
      expect(settlement.fileName(DATE as BusinessDate)).toBe(fileName)
      expect(settlement.dateOf(fileName)).toBe(DATE)
      const wrong = [fileName.toLowerCase(), `${fileName}.gz`, ` ${fileName}`, fileName.replace('20261120', '20261131')]
      for (const each of wrong) expect(settlement.dateOf(each)).toBeUndefined()
      expect(takers((layout) => layout.dateOf(fileName) !== undefined)).toEqual([name])
    })

    test('opens with a line that no other channel takes for its own', () => {
      const [first = ''] = good.split('\n')
      expect(takers((layout) => layout.opensWith(first))).toEqual([name])
    })

    test('is, as the partner writes it, the golden file byte for byte', () => {
      expect(written(GOLDEN_ROWS)).toBe(good)
    })

    test('gives every line in our words, and the totals with reversed lines taken off', async () => {
      const { reading, lines, quarantined } = await read(good)
      const totals = { lines: 3, amount: 100_800, fee: 1_500, net: 99_300 }
      expect(reading).toEqual({ kind: 'read', totals, quarantined: 0 })
      expect(quarantined).toEqual([])
      expect(lines).toEqual(fixture.lines)
      expect(lines.map(({ paymentId, status, amount, at }) => [paymentId, status, amount, at])).toEqual([
        ['TRX-0001', 'settled', 16_800, NOON],
        ['TRX-0002', 'settled', 100_800, NOON + 1_000],
        ['TRX-0001', 'reversed', 16_800, NOON + 2_000],
      ])
    })

    test('of a day without payments is a good file', async () => {
      const { reading } = await read(written([]))
      expect(reading).toEqual({ kind: 'read', totals: { lines: 0, amount: 0, fee: 0, net: 0 }, quarantined: 0 })
    })

    test('may have sums below nothing, when more was reversed than settled', async () => {
      const { reading } = await read(written([partnerRow({ status: 'R' })]))
      expect(reading).toMatchObject({ kind: 'read', totals: { lines: 1, amount: -16_800, fee: -1_500, net: -15_300 } })
    })

    test('reads alike in pieces of any size, and without the last line feed', async () => {
      const whole = await read(good)
      for (const size of [1, 2, 7, 64]) expect(await read(good, DATE, size)).toEqual(whole)
      expect(await read(good.trimEnd())).toEqual(whole)
    })

    test('cut off after any byte is refused, or says the same sums in full', async () => {
      const whole = await read(good)
      for (let length = 0; length < good.length; length++) {
        const cut = await read(good.slice(0, length))
        if (cut.reading.kind === 'read') expect([length, cut.reading]).toEqual([length, whole.reading])
      }
      expect(await fate(good.slice(0, -2))).not.toBe(3)
    })

    test.each([
      ['in UTF-16', Buffer.from(good, 'utf16le')],
      ['in UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])],
      ['in big-endian UTF-16', Buffer.from(good, 'utf16le').swap16()],
      ['with a byte order mark', Buffer.from(`\ufeff${good}`)],
      ['with carriage returns', Buffer.from(good.replaceAll('\n', '\r\n'))],
      ['in Latin-1', Buffer.from(good.replace('TRX-0002', 'TRX-000é'), 'latin1')],
    ])('saved anew %s is refused as such', async (_, bytes) => {
      expect(await fate(bytes)).toBe('WRONG_ENCODING')
    })

    test('of another day is refused, whatever its name says', async () => {
      for (const days of [1, 2]) {
        const rows = GOLDEN_ROWS.map((row) => ({ ...row, at: row.at - days * 24 * HOUR }))
        expect(await fate(written(rows, `2026-11-${20 - days}`))).toBe('WRONG_DAY')
      }
    })

    test('of which most lines are another day’s is refused, though some are its own', async () => {
      const [own, next] = [partnerRow({ id: 'OWN' }), partnerRow({ id: 'NEXT', at: NOON + 12 * HOUR })]
      const wrong = async (...rows: readonly PartnerRow[]) => (await read(written(rows))).reading
      expect(await wrong(own, next, { ...next, id: 'NEXT-2' })).toMatchObject({
        refusal: { code: 'WRONG_DAY', detail: `expected most lines to be of ${DATE}, got 1 of 3` },
      })
      expect(await wrong(own, next)).toMatchObject({ kind: 'read' })
    })

    test('may hold late lines of seven days and some from after midnight; an older one is put aside', async () => {
      const rows = [
        partnerRow(),
        partnerRow({ id: 'EARLY', at: NOON - 15 * HOUR }),
        partnerRow({ id: 'AFTER', at: NOON + 11 * HOUR }),
        partnerRow({ id: 'LATE', at: NOON - 7 * 24 * HOUR }),
        partnerRow({ id: 'OTHER', at: NOON - 8 * 24 * HOUR }),
        ...['A', 'B', 'C', 'D'].map((id) => partnerRow({ id })),
      ]
      const { reading, lines, quarantined } = await read(written(rows))
      expect(reading).toMatchObject({ kind: 'read', quarantined: 1, totals: { lines: 9, amount: 151_200 } })
      expect(lines.map(({ paymentId }) => paymentId)).toEqual([
        'TRX-0001',
        'EARLY',
        'AFTER',
        'LATE',
        'A',
        'B',
        'C',
        'D',
      ])
      const field = fixture.timeField
      expect(quarantined).toEqual([
        { line: 6, code: 'WRONG_DAY', field, amount: 16_800, fee: 1_500, status: 'settled', paymentId: 'OTHER' },
      ])
    })

    test('may take back a payment of days ago, with that payment’s time, and hold nothing else', async () => {
      const old = partnerRow({ id: 'OLD', at: NOON - 9 * 24 * HOUR, status: 'R' })
      for (const rows of [[old], [partnerRow(), old]]) {
        const { reading, lines } = await read(written(rows))
        expect(reading).toMatchObject({ kind: 'read', quarantined: 0 })
        expect(lines.at(-1)).toMatchObject({ paymentId: 'OLD', status: 'reversed', at: old.at })
      }
      const ahead = partnerRow({ at: NOON + 9 * 24 * HOUR, status: 'R' })
      expect((await read(written([partnerRow(), ahead]))).quarantined).toMatchObject([{ code: 'WRONG_DAY' }])
    })

    test('of any other channel is refused', async () => {
      for (const other of others) {
        expect(['LAYOUT_CHANGED', 'WRONG_CHANNEL']).toContain(await fate(other.fixture.text))
      }
    })

    const lines = good.split('\n')
    const [header = ''] = lines
    /** Other data lines under the golden totals. */
    const underTotals = (rows: readonly PartnerRow[]) =>
      [...written(rows).split('\n').slice(0, -2), ...lines.slice(-2)].join('\n')
    const withRow = (at: number, changed: Partial<PartnerRow>) =>
      underTotals(GOLDEN_ROWS.map((row, i) => (i === at ? { ...row, ...changed } : row)))
    test.each([
      ['EMPTY', 'there is nothing in it', ''],
      ['LAYOUT_CHANGED', 'there is only a line feed', '\n'],
      ['TRUNCATED', 'there is only a header', `${header}\n`],
      ['TRUNCATED', 'the totals are missing', lines.slice(0, -2).join('\n')],
      ['TRUNCATED', 'a line is missing and the totals too', lines.slice(0, -3).join('\n')],
      ['TOTALS_DO_NOT_FOOT', 'a line is missing', lines.toSpliced(2, 1).join('\n')],
      ['TOTALS_DO_NOT_FOOT', 'a line stands twice', lines.toSpliced(2, 0, lines[2] ?? '').join('\n')],
      ['TOTALS_DO_NOT_FOOT', 'an amount was changed', withRow(1, { amount: 100_801 })],
      ['TOTALS_DO_NOT_FOOT', 'a fee was changed', withRow(1, { fee: 1_501 })],
      ['TOTALS_DO_NOT_FOOT', 'a reversal became a settlement', withRow(2, { status: 'S' })],
      ['DATA_AFTER_TRAILER', 'something follows the totals', `${good}\n`],
      ['DATA_AFTER_TRAILER', 'a second file follows', `${good}${good}`],
      ['LAYOUT_CHANGED', 'the header is missing', lines.slice(1).join('\n')],
      ['LAYOUT_CHANGED', 'the header is longer than any line', `${'x'.repeat(10_000)}\n${good}`],
    ])('is refused as %s when %s', async (code, _, content) => {
      expect(content).not.toBe(good)
      expect(await fate(content)).toBe(code)
    })

    test.each([
      ['ends in more', `${header}X`],
      ['ends in another column', `${header},more`],
      ['ends earlier', header.slice(0, -1)],
      ['begins with a blank', ` ${header}`],
      ['ends with a blank', `${header} `],
      ['is in other letters', swapCase(header)],
      ['comes twice', `${header}\n${header}`],
    ])('is refused when its header %s', async (_, changed) => {
      const code = await fate([changed, ...lines.slice(1)].join('\n'))
      const expected = changed.includes('\n')
        ? ['TOTALS_DO_NOT_FOOT']
        : ['LAYOUT_CHANGED', 'WRONG_CHANNEL', 'WRONG_DAY']
      expect(expected).toContain(code)
    })

    test('puts a line aside that is none of the layout, and says which', async () => {
      for (const broken of ['', 'x', 'x'.repeat(100_000)]) {
        const { quarantined } = await read(lines.with(2, broken).join('\n'))
        expect(quarantined).toMatchObject([{ line: 3, amount: null, fee: null, status: null }])
      }
    })

    test('may hold a line without an id, or without a customer; one without both is put aside', async () => {
      const rows = [partnerRow({ id: '' }), partnerRow({ customer: '' }), partnerRow({ id: '', customer: '' })]
      const found = await read(written(rows))
      expect(found.lines.map(({ paymentId, customerId }) => [paymentId, customerId])).toEqual([
        ['', '12345678901'],
        ['TRX-0001', ''],
      ])
      expect(found.quarantined).toMatchObject([{ line: 4, code: 'MISSING_FIELD' }])
    })

    test('never makes the reader throw or invent money, whatever its bytes', async () => {
      const anything = fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ maxLength: 200 }).map((text) => Buffer.from(`${header}\n${text}`)),
        fc.tuple(fc.nat(good.length), fc.string({ maxLength: 20 })).map(([at, text]) => {
          return Buffer.from(good.slice(0, at) + text + good.slice(at + text.length))
        }),
      )
      await fc.assert(
        fc.asyncProperty(anything, async (bytes) => {
          const { reading, lines: found, quarantined } = await read(bytes)
          if (reading.kind === 'refused') return
          const sum = (field: 'amount' | 'fee') =>
            found.reduce((total, line) => total + (line.status === 'reversed' ? -line[field] : line[field]), 0)
          expect(reading.totals.lines).toBe(found.length + quarantined.length)
          expect(reading.totals.net).toBe(reading.totals.amount - reading.totals.fee)
          if (quarantined.length > 0) return
          expect([sum('amount'), sum('fee')]).toEqual([reading.totals.amount, reading.totals.fee])
        }),
        { numRuns: 120 },
      )
    })

    test('reads back whatever a partner writes, with totals that foot', async () => {
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
          const { reading, lines: found } = await read(written(rows))
          expect(reading.kind).toBe('read')
          const back = found.map((line) => ({
            id: line.paymentId,
            customer: line.customerId,
            at: line.at as number,
            amount: line.amount as number,
            fee: line.fee as number,
            status: line.status === 'settled' ? 'S' : 'R',
          }))
          expect(back).toEqual(rows.map(({ outlet: _outlet, adminFee: _adminFee, ...each }) => each))
        }),
        { numRuns: 60 },
      )
    })
  })

  function takers(takes: (layout: SettlementLayout) => boolean): readonly string[] {
    const all = [...others.map((other) => [other.name, other.settlement] as const), [name, settlement] as const]
    return all.filter(([, layout]) => takes(layout)).map(([each]) => each)
  }
}

function swapCase(text: string): string {
  return [...text]
    .map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
    .join('')
}
