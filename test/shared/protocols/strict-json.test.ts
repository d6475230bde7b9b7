/** JSON from partners: everything JSON.parse reads is read alike, except what could mean two things. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEPTH_LIMIT, isJsonObject, parseStrictJson } from '../../../shared/protocols/strict-json.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)

describe('what cannot be read is named by its reason', () => {
  test.each([
    ['an empty body', '', 'syntax'],
    ['white space only', ' \n', 'syntax'],
    ['a word that JSON does not know', 'NaN', 'syntax'],
    ['a word cut short', 'tru', 'syntax'],
    ['two values', '1 2', 'syntax'],
    ['a comma before the end of an object', '{"a":1,}', 'syntax'],
    ['a comma before the end of an array', '[1,]', 'syntax'],
    ['a missing comma', '[1 2]', 'syntax'],
    ['a missing colon', '{"a" 1}', 'syntax'],
    ['a key without quotes', '{a:1}', 'syntax'],
    ['single quotes', "{'a':1}", 'syntax'],
    ['a comment', '{/**/"a":1}', 'syntax'],
    ['an object left open', '{"a":1', 'syntax'],
    ['an array left open', '[1', 'syntax'],
    ['a string left open', '{"a":"1', 'syntax'],
    ['a string that ends in a backslash', '"a\\', 'syntax'],
    ['an escape that JSON does not know', '"\\x41"', 'syntax'],
    ['a short unicode escape', '"\\u12"', 'syntax'],
    ['a raw line break in a string', '"a\nb"', 'syntax'],
    ['an escaped raw line break', '"a\\\nb"', 'syntax'],
    ['a number with a leading zero', '{"a":01}', 'syntax'],
    ['a number with a plus', '+1', 'syntax'],
    ['a number without a digit after the point', '1.', 'syntax'],
    ['a number without a digit before the point', '.5', 'syntax'],
    ['a bare minus', '-', 'syntax'],
    ['a non-breaking space', '\u00a01', 'syntax'],
    ['a byte order mark', '\ufeff{}', 'byte-order-mark'],
    ['a byte order mark inside', '{}\ufeff', 'syntax'],
    ['the same key twice', '{"a":1,"a":2}', 'duplicate-key'],
    ['the same key twice with the same value', '{"a":1,"a":1}', 'duplicate-key'],
    ['the same key, once escaped', '{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['the same key twice, deep inside', '[{"x":{"a":1,"b":2,"a":3}}]', 'duplicate-key'],
    ['__proto__ twice', '{"__proto__":1,"__proto__":2}', 'duplicate-key'],
    ['half a character, escaped', '{"a":"\\ud83d"}', 'lone-surrogate'],
    ['half a character in a key', '{"\\ude00":1}', 'lone-surrogate'],
    ['seventeen levels', nested(DEPTH_LIMIT + 1), 'too-deep'],
    ['a hundred thousand levels', '['.repeat(100_000), 'too-deep'],
  ])('%s', (_, text, reason) => {
    expect(parseStrictJson(bytes(text))).toEqual({ outcome: 'not-json', reason })
  })

  test.each([
    ['a byte that no UTF-8 has', [0x22, 0xff, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a character as bytes', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character cut off', [0x22, 0xe2, 0x82]],
  ])('%s', (_, codes) => {
    expect(parseStrictJson(Uint8Array.from(codes))).toEqual({ outcome: 'not-json', reason: 'not-utf8' })
  })
})

describe('what can be read', () => {
  test.each([
    ['a space', ' '],
    ['a tab', '\t'],
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['several at once', ' \r\n\t '],
  ])('%s between any two tokens', (_, gap) => {
    const tokens = [
      '{',
      '"a"',
      ':',
      '[',
      '1',
      ',',
      'true',
      ',',
      '{',
      '}',
      ',',
      '[',
      ']',
      ']',
      ',',
      '"b"',
      ':',
      'null',
      '}',
    ]
    const plain = parseStrictJson(bytes(tokens.join('')))
    expect(plain.outcome).toBe('json')
    expect(parseStrictJson(bytes(gap + tokens.join(gap) + gap))).toEqual(plain)
    for (let i = 0; i <= tokens.length; i++) {
      const text = tokens.slice(0, i).join('') + gap + tokens.slice(i).join('')
      expect([i, parseStrictJson(bytes(text))]).toEqual([i, plain])
    }
  })

  test('sixteen levels are read', () => {
    expect(parseStrictJson(bytes(nested(DEPTH_LIMIT))).outcome).toBe('json')
  })

  test('a key called __proto__ is a key like any other and gives nothing a prototype', () => {
    const read = parseStrictJson(bytes('{"__proto__":{"polluted":true},"constructor":1}'))
    expect(read.outcome).toBe('json')
    const value = read.outcome === 'json' ? (read.value as object) : {}
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect('polluted' in value).toBe(false)
  })

  test.each([
    ['0', 0],
    ['-1', -1],
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
  ])('the number %s is a number', (text, value) => {
    expect(parseStrictJson(bytes(text))).toEqual({ outcome: 'json', value })
  })

  test.each(['9007199254740992', '9007199254740993', '1.0', '1.5', '1e2', '12E0', '-0', '1e999', '0.1'])(
    'the number %s is neither a number, nor a string, nor an object',
    (text) => {
      const read = parseStrictJson(bytes(text))
      const value = read.outcome === 'json' ? read.value : undefined
      expect(read.outcome).toBe('json')
      expect(typeof value).toBe('object')
      expect(isJsonObject(value)).toBe(false)
      expect(Array.isArray(value)).toBe(false)
    },
  )

  test('only an object is an object', () => {
    const objects = ['{}', '[]', 'null', '1', '"{}"', 'true'].map((text) => {
      const read = parseStrictJson(bytes(text))
      return read.outcome === 'json' && isJsonObject(read.value)
    })
    expect(objects).toEqual([true, false, false, false, false, false])
  })
})

describe('against the JSON of the language', () => {
  const whole = fc
    .jsonValue({ depthSize: 'small', noUnicodeString: false })
    .map((value) =>
      JSON.parse(JSON.stringify(value), (_, part) =>
        typeof part === 'number' ? Math.trunc(part % 2 ** 50) || 0 : part,
      ),
    )

  test('every value that was written once is read as it was', () => {
    fc.assert(
      fc.property(whole, fc.constantFrom(undefined, 1, '\t', '\r\n '), (value, space) => {
        const text = JSON.stringify(value, null, space)
        const read = parseStrictJson(bytes(text))
        expect(read.outcome === 'json' ? JSON.stringify(read.value) : read).toBe(JSON.stringify(value))
      }),
      { numRuns: 300 },
    )
  })

  test('no bytes make it throw, and what the language refuses is refused', () => {
    const almost = fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0019e.+-truefalsn '), maxLength: 24 }).map(bytes)
    fc.assert(
      fc.property(fc.oneof(almost, fc.uint8Array({ maxLength: 40 })), (raw) => {
        const read = parseStrictJson(raw)
        if (read.outcome === 'json') expect(() => JSON.parse(new TextDecoder().decode(raw))).not.toThrow()
      }),
      { numRuns: 3000 },
    )
  })
})
