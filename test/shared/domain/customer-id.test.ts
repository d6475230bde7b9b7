/** What is typed at a counter is one kind, or unknown. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { classifyCustomerId } from '../../../shared/domain/customer-id.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'

const TODAY = '2026-11-20' as BusinessDate

test.each<[string, string, string]>([
  ['a NIK', '3273015203950001', 'nik'],
  ['a KPJ', '12345678901', 'kpj'],
  ['a KPJ that begins with 99', '99345678901', 'kpj'],
  ['a bill code', '9900000000000010', 'bill-code'],
  ['a bill code with a wrong last digit', '9900000000000013', 'unknown'],
  ['a NIK with an impossible date', '3273013203950001', 'unknown'],
  ['a NIK of no province', '2273015203950001', 'unknown'],
  ['ten digits', '1234567890', 'unknown'],
  ['nothing', '', 'unknown'],
  ['a NIK with a space', ' 3273015203950001', 'unknown'],
  ['letters', 'BUDI SANTOSO', 'unknown'],
])('%s is classified', (_, text, kind) => {
  expect(classifyCustomerId(text, TODAY).kind).toBe(kind)
})

test('what is known comes back exactly as it was typed', () => {
  expect(classifyCustomerId('3273015203950001', TODAY)).toEqual({ kind: 'nik', nik: '3273015203950001' })
  expect(classifyCustomerId('12345678901', TODAY)).toEqual({ kind: 'kpj', kpj: '12345678901' })
  expect(classifyCustomerId('9900000000000010', TODAY)).toEqual({ kind: 'bill-code', billCode: '9900000000000010' })
})

test('every bill code of ours is a bill code at the counter', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 9_999_999_999_999n }), (serial) => {
      expect(classifyCustomerId(billCodeOf(serial), TODAY).kind).toBe('bill-code')
    }),
  )
})

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{0,20}$/)), (text) => {
      expect(['nik', 'kpj', 'bill-code', 'unknown']).toContain(classifyCustomerId(text, TODAY).kind)
    }),
  )
})
