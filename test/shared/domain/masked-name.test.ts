/** Masked names: what stays readable, what may never reach a terminal. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskName } from '../../../shared/domain/masked-name.ts'

describe('masking a name', () => {
  test.each<[string, string, string]>([
    ['two letters of each word stay', 'BUDI SANTOSO', 'BU*** SA***'],
    ['it is upper-cased', 'siti nurhaliza', 'SI*** NU***'],
    ['short words show no length either', 'I MADE AL', 'I*** MA*** AL***'],
    ['nor does a single short name', 'Si', 'SI***'],
    ['white space is collapsed', '  BUDI \t\n  SANTOSO ', 'BU*** SA***'],
    ['a non-breaking space is white space', 'BUDI\u00a0SANTOSO', 'BU*** SA***'],
    ['a pipe would be another field', 'BUDI|SANTOSO', 'BU*** SA***'],
    ['control characters go', 'BU\u0000DI\u001b[2J', 'BU***'],
    ['marks that turn the text around go', '\u202eBUDI', 'BU***'],
    ['half a surrogate pair goes', 'B\ud800UDI', 'BU***'],
    ['a letter keeps its mark', 'Ne\u0301lson', 'NÉ***'],
    ['a letter outside the basic plane is one letter', '\u{10428}\u{10429}\u{1042a}', '\u{10400}\u{10401}***'],
    ['punctuation hides nothing', 'NU’AIM, S.PD', 'NU*** S.***'],
    ['no name stays no name', '', ''],
    ['stars alone are no name', '***', ''],
    ['nothing but white space is no name', ' | ', ''],
  ])('%s', (_, name, masked) => {
    expect(maskName(name)).toBe(masked)
  })

  test('a name without end is cut, and stays as it is when it is masked again', () => {
    for (const endless of ['A', 'ab ', 'ß', '\ufb03', '\u0390', '\u0301', 'A\u0301\u0323', '\u{10428}']) {
      const masked = maskName(endless.repeat(100_000))
      expect(masked.length).toBeLessThan(1_100)
      expect(maskName(masked)).toBe(masked)
    }
    const registered = `${'I '.repeat(49)}I`
    expect(maskName(registered)).toBe('I*** '.repeat(50).trim())
  })

  const anyName = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string())

  test('it is one line of printable text, whatever came in', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(maskName(name)).toMatch(/^(?:[^\p{C}\s|]+(?: [^\p{C}\s|]+)*)?$/u)
      }),
    )
  })

  test('masking twice is masking once', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        expect(maskName(maskName(name))).toBe(maskName(name))
      }),
    )
  })

  test('no word shows more than two of its letters', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Z]{3,12}$/), { minLength: 1, maxLength: 5 }), (words) => {
        const expected = words.map((word) => `${word.slice(0, 2)}***`)
        expect(maskName(words.join(' '))).toBe(expected.join(' '))
      }),
    )
  })
})
