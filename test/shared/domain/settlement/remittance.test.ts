import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readRemittance } from '../../../../shared/domain/settlement/remittance.ts'

const CHANNELS = ['brilink', 'bni', 'alfamart', 'indomaret', 'pos']
const daysOf = (text: string) => readRemittance(text, CHANNELS).days.map(({ channel, date }) => `${channel} ${date}`)

describe('the remittance text of a credit', () => {
  test.each([
    ['one day', 'INDOMARET 20261120', ['indomaret 2026-11-20']],
    ['small letters and text around', 'trf dana settlement Indomaret 20261120 terima kasih', ['indomaret 2026-11-20']],
    [
      'several days of one channel',
      'POS 20261120 20261121, 20261122',
      ['pos 2026-11-20', 'pos 2026-11-21', 'pos 2026-11-22'],
    ],
    ['several channels', 'BNI 20261120; POS 20261119', ['bni 2026-11-20', 'pos 2026-11-19']],
    ['the same day twice', 'POS 20261120 POS 20261120', ['pos 2026-11-20']],
    [
      'a dash or a slash in between',
      'ALFAMART-20261120/BRILINK/20261121',
      ['alfamart 2026-11-20', 'brilink 2026-11-21'],
    ],
    ['no blank at all', 'INDOMARET20261120', ['indomaret 2026-11-20']],
    ['a line break for a blank', 'INDOMARET\n20261120', ['indomaret 2026-11-20']],
    ['a line break in the middle of a word', 'SETTLEMENT INDOMA\nRET 2026\n1120', ['indomaret 2026-11-20']],
    ['two days over a line break', 'POS 20261120\n20261121', ['pos 2026-11-20', 'pos 2026-11-21']],
    ['the bank’s own name first', 'BNI TRANSFER INDOMARET 20261120', ['indomaret 2026-11-20']],
  ])('with %s', (_, text, days) => {
    expect(daysOf(text)).toEqual(days)
  })

  test.each([
    ['nothing', ''],
    ['a date that is nobody’s', 'TRANSFER 20261120'],
    ['a date before its channel', '20261120 POS'],
    ['words between channel and date', 'INDOMARET TANGGAL 20261120'],
    ['a date that is none', 'POS 20261131'],
    ['a longer number', 'POS 202611201'],
    ['a channel’s name inside a word', 'DEPOSIT 20261120'],
    ['a channel that is none of ours', 'TOKOPEDIA 20261120'],
  ])('names no day when there is %s', (_, text) => {
    expect(daysOf(text)).toEqual([])
  })

  test('may name a channel without a day', () => {
    expect(readRemittance('PELIMPAHAN INDOMARET NOV', CHANNELS)).toEqual({ days: [], channels: ['indomaret'] })
  })

  test('names its days and its channels in order, however it has them', () => {
    expect(readRemittance('POS 20261122 20261120, BNI 20261121 ALFAMART', CHANNELS)).toEqual({
      days: [
        { channel: 'bni', date: '2026-11-21' },
        { channel: 'pos', date: '2026-11-20' },
        { channel: 'pos', date: '2026-11-22' },
      ],
      channels: ['alfamart', 'bni', 'pos'],
    })
  })

  test('of any content is read without a throw, and only into days that stand in it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const digits = text.replaceAll(/\D/g, '')
        for (const { date } of readRemittance(text, CHANNELS).days) expect(digits).toContain(date.replaceAll('-', ''))
      }),
    )
  })
})
