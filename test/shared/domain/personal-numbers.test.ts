/** Which texts hold the number of a person or a phone, in whatever writing; and which only look like it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdsPersonalNumber } from '../../../shared/domain/personal-numbers.ts'

const NIK = '3578011203850001'
const FULL_WIDTH = [...NIK].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')

describe('a text with the number of a person', () => {
  test.each([
    ['a NIK', NIK],
    ['a NIK within words', `of ${NIK}, at the counter`],
    ['a NIK in groups of four', '3578 0112 0385 0001'],
    ['a NIK in its parts', '357801 120385 0001'],
    ['a NIK with dots', '3578.0112.0385.0001'],
    ['a NIK with dots by three', '3.578.011.203.850.001'],
    ['a NIK with commas', '3578,0112,0385,0001'],
    ['a NIK with dashes', '3578-0112-0385-0001'],
    ['a NIK with long dashes', '3578–0112–0385–0001'],
    ['a NIK digit by digit', [...NIK].join(' ')],
    ['a NIK in full-width digits', FULL_WIDTH],
    ['a NIK in full-width digits and groups', FULL_WIDTH.replaceAll(/(.{4})/gu, '$1 ')],
    ['a NIK that begins like a year', '1906 0112 0385 0001'],
    ['a KPJ', '12345678901'],
    ['a KPJ in groups', '123 4567 8901'],
    ['a phone', '081234567890'],
    ['a phone in groups', '0812 3456 7890'],
    ['a phone with dots by three', '081.234.567.890'],
    ['a phone of another country’s writing', '+62 (812) 3456-7890'],
    ['a phone with slashes', '0812/3456/7890'],
    ['a fixed line', 'telp. 021 555 1234'],
    ['a phone in Arabic digits', '٠٨١٢٣٤٥٦٧٨٩٠'],
    ['a number with what looks like an amount in it', '033333 - 3.333'],
    ['a number in groups that look like amounts', '345.678 901.234'],
    ['a phone in circles', '①②③④⑤⑥⑦⑧⑨'],
  ])('is known: %s', (_, text) => {
    expect(holdsPersonalNumber(text)).toBe(true)
  })

  test('is known with any sign between the digits', () => {
    const sign = fc.constantFrom('', ' ', '.', '-', '/', '_', ' - ', '·', '\u00a0')
    const digits = fc.array(fc.tuple(fc.constantFrom(...'3456789'), sign), { minLength: 9, maxLength: 16 })
    fc.assert(
      // A leading zero: no amount begins so.
      fc.property(digits, (parts) => holdsPersonalNumber(`no. 0${parts.flat().join('')}`)),
    )
  })
})

describe('a text without one', () => {
  test.each([
    ['slip 4411 of 2026-11-20, row 12'],
    ['Rp 1.250.000.000 came twice'],
    ['12.500.000 on 2026-11-20 14:03:21'],
    ['20/11/2026 and 21/11/2026'],
    ['from 2026-11-20 2026-11-21'],
    ['lines 12, 13, 14, 15, 16, 17'],
    ['12.300 + 13.400 = 25.700'],
    ['file INDO_20261120 row 17'],
    ['between 10:30 and 11:45 of November 2026'],
    ['100.000.000 less 99.000.000'],
    ['12.300 in row 17, 45.000 in row 18'],
    ['SK 12/2026, article 17'],
    [''],
  ])('is let through: %s', (text) => {
    expect(holdsPersonalNumber(text)).toBe(false)
  })

  test('amounts of rupiah, however large, are let through', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (rupiah) => {
        return !holdsPersonalNumber(`Rp${rupiah.toLocaleString('id-ID')} was returned`)
      }),
    )
  })
})
