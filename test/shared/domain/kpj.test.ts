/** KPJ: eleven digits and nothing else. */
import { expect, test } from 'vitest'
import { parseKpj } from '../../../shared/domain/kpj.ts'

test.each(['00000000000', '12345678901', '99999999999'])('%s is a KPJ, whatever its digits mean', (text) => {
  expect(parseKpj(text)).toBe(text)
})

test.each([
  '',
  '1234567890',
  '123456789012',
  '1234567890a',
  ' 12345678901',
  '12345678901\n',
  '-1234567890',
  '١٢٣٤٥٦٧٨٩٠١',
])('%j is none', (text) => {
  expect(parseKpj(text)).toBeUndefined()
})
