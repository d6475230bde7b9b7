/** Bill codes: every serial has one, and a slip of the finger is no other bill. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { billCodeOf, parseBillCode } from '../../../shared/domain/bill-code.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { parseNik } from '../../../shared/domain/nik.ts'

const anySerial = fc.bigInt({ min: 0n, max: 9_999_999_999_999n })
const anyDigit = fc.integer({ min: 0, max: 9 }).map(String)

describe('bill codes', () => {
  test.each<[bigint | number, string]>([
    [0, '9900000000000002'],
    [1, '9900000000000010'],
    [1n, '9900000000000010'],
    [9_999_999_999_999n, '9999999999999995'],
  ])('serial %s has the code %s', (serial, code) => {
    expect(billCodeOf(serial)).toBe(code)
  })

  test('a known Luhn number is accepted, so the sum is the standard’s', () => {
    // 7992739871 with check digit 3 is the textbook example; its digits at the end, zeros weigh nothing, 99 adds 9 + 9.
    expect(parseBillCode('9900079927398715')).toBe('9900079927398715')
  })

  test('every serial’s code is read back, is no NIK, and keeps the serial’s order', () => {
    fc.assert(
      fc.property(anySerial, (serial) => {
        const code = billCodeOf(serial)
        expect(parseBillCode(code)).toBe(code)
        expect(BigInt(code.slice(2, 15))).toBe(serial)
        expect(parseNik(code, '2026-11-20' as BusinessDate).outcome).toBe('refused')
      }),
    )
  })

  test('one wrong digit anywhere is no bill code', () => {
    fc.assert(
      fc.property(anySerial, fc.integer({ min: 0, max: 15 }), anyDigit, (serial, place, digit) => {
        const code = billCodeOf(serial)
        fc.pre(code[place] !== digit)
        expect(parseBillCode(code.slice(0, place) + digit + code.slice(place + 1))).toBeUndefined()
      }),
    )
  })

  test('two neighbours swapped are no bill code, unless they are 0 and 9', () => {
    fc.assert(
      fc.property(anySerial, fc.integer({ min: 2, max: 14 }), (serial, place) => {
        const code = billCodeOf(serial)
        const pair = code.slice(place, place + 2)
        fc.pre(pair[0] !== pair[1] && pair !== '09' && pair !== '90')
        const swapped = code.slice(0, place) + pair[1] + pair[0] + code.slice(place + 2)
        expect(parseBillCode(swapped)).toBeUndefined()
      }),
    )
  })

  test.each([
    '',
    '99',
    '990000000000001',
    '99000000000000102',
    '9800000000000014',
    '99000000000000a2',
    ' 9900000000000010',
  ])('%j is no bill code', (text) => {
    expect(parseBillCode(text)).toBeUndefined()
  })

  test.each([-1, -1n, 1.5, Number.NaN, 10_000_000_000_000n, 10_000_000_000_000])('serial %s is refused', (serial) => {
    expect(() => billCodeOf(serial)).toThrow(RangeError)
  })
})
