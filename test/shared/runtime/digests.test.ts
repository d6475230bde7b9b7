/** Keyed digests: recognised after years and rotations, never confused, never a way to read what they stand for. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DigestPart,
  digest,
  longDigest,
  lookupDigest,
  matches,
  prepareDigestKeys,
  reference,
} from '../../../shared/runtime/digests.ts'
import { Defect } from '../../../shared/runtime/faults.ts'

const KEY_1 = Buffer.alloc(32, 1).toString('base64')
const KEY_2 = Buffer.alloc(32, 2).toString('base64')
const text = (current: unknown, keys: unknown) => JSON.stringify({ current, keys })
const before = prepareDigestKeys(text(1, { '1': KEY_1 }))
const after = prepareDigestKeys(text(2, { '1': KEY_1, '2': KEY_2 }))
const NIK = '3174010101900001'

const part: fc.Arbitrary<DigestPart> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '1', 's1:', '\ud800', '\udfff', '\ufffd', '0', 'null'),
  fc.maxSafeInteger(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 20 }),
)
const parts = fc.array(part, { maxLength: 5 })

/** Equal as lists of parts: same types, same values. */
function same(left: readonly DigestPart[], right: readonly DigestPart[]): boolean {
  const plain = (list: readonly DigestPart[]) =>
    JSON.stringify(list.map((p) => (p instanceof Uint8Array ? ['bytes', ...p] : [typeof p, p])))
  return plain(left) === plain(right)
}

describe('what is recognised', () => {
  test('the same parts match, whatever they are', () => {
    fc.assert(
      fc.property(parts, (list) => {
        expect(matches(before, digest(before, 'facts', ...list), 'facts', ...list)).toBe(true)
        expect(matches(before, longDigest(before, 'evidence', ...list), 'evidence', ...list)).toBe(true)
      }),
    )
  })

  test('no two different lists of parts have the same digest', () => {
    fc.assert(
      fc.property(parts, parts, (left, right) => {
        expect(matches(before, digest(before, 'facts', ...left), 'facts', ...right)).toBe(same(left, right))
      }),
    )
  })

  test('moving the border between two parts is another list, however the text is cut', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (whole, a, b) => {
        const cut = (at: number) =>
          [whole.slice(0, at % (whole.length + 1)), whole.slice(at % (whole.length + 1))] as const
        const [left, right] = [cut(a), cut(b)]
        expect(matches(before, digest(before, 'facts', ...left), 'facts', ...right)).toBe(same(left, right))
      }),
    )
  })

  test.each<[string, readonly DigestPart[], readonly DigestPart[]]>([
    ['left out and empty', [null], ['']],
    ['left out and nothing at all', [null], []],
    ['a number and its digits', [1], ['1']],
    ['text and its bytes', ['A'], [new Uint8Array([65])]],
    ['one part and two', ['ab'], ['a', 'b']],
    ['a forged frame', ['a', 'b'], ['as1:b']],
    ['two different halves of a surrogate pair', ['\ud800'], ['\ud801']],
    ['the order', ['a', 'b'], ['b', 'a']],
  ])('%s are not the same', (_, left, right) => {
    expect(matches(before, digest(before, 'facts', ...left), 'facts', ...right)).toBe(false)
  })

  test('the same parts for another purpose do not match', () => {
    expect(matches(before, digest(before, 'customer', NIK), 'facts', NIK)).toBe(false)
  })

  test('one changed bit of a stored digest does not match', () => {
    for (let at = 1; at < 17; at++) {
      const stored = digest(before, 'facts', 'a')
      stored[at] = (stored[at] as number) ^ 1
      expect(matches(before, stored, 'facts', 'a')).toBe(false)
    }
  })

  test('a number that cannot be told apart from its neighbours is refused', () => {
    expect(() => digest(before, 'facts', 2 ** 53)).toThrow(TypeError)
    expect(() => digest(before, 'facts', 0.5)).toThrow(TypeError)
  })
})

describe('what a rotation changes', () => {
  test('digests made before it still match, new ones carry the new version', () => {
    const old = digest(before, 'facts', 'a')
    expect(old).toHaveLength(17)
    expect(old[0]).toBe(1)
    expect(digest(after, 'facts', 'a')[0]).toBe(2)
    expect(matches(after, old, 'facts', 'a')).toBe(true)
    expect(matches(after, old, 'facts', 'b')).toBe(false)
  })

  test('the reference of a payment and the hash of a person stay as they were', () => {
    expect(reference(after, 'bni', 'P-1')).toBe(reference(before, 'bni', 'P-1'))
    expect(lookupDigest(after, 'participant', NIK)).toBe(lookupDigest(before, 'participant', NIK))
  })

  test('a digest whose key was thrown away is a defect, not a mismatch', () => {
    const orphan = prepareDigestKeys(text(2, { '2': KEY_2 }))
    expect(() => matches(orphan, digest(before, 'facts', 'a'), 'facts', 'a')).toThrow(Defect)
  })

  test.each([0, 1, 16, 18, 32, 34])('a stored digest of %i bytes is a defect', (length) => {
    expect(() => matches(before, new Uint8Array(length).fill(1), 'facts', 'a')).toThrow(Defect)
  })
})

describe('what people see', () => {
  test('a reference is CH and sixteen characters that can be read aloud', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (channel, id) => {
        expect(reference(before, channel, id)).toMatch(/^CH[0-9A-HJKMNP-TV-Z]{16}$/)
      }),
    )
  })

  test('ten thousand payments have ten thousand references, and every character is used in every place', () => {
    const all = Array.from({ length: 10_000 }, (_, i) => reference(before, 'pos', `T-${i}`))
    expect(new Set(all).size).toBe(10_000)
    for (let place = 2; place < 18; place++) expect(new Set(all.map((one) => one[place])).size).toBe(32)
  })

  test('a known payment keeps its reference for ever', () => {
    expect(reference(before, 'bni', 'P-1')).toBe('CHKRG7BRCD1XWQZVN7')
    expect(lookupDigest(before, 'participant', NIK)).toBe('AduG6TNvmX6WuWwZqzhYnHk')
  })

  test('neither shows what it stands for', () => {
    expect(lookupDigest(before, 'participant', NIK)).toMatch(/^[\w-]{23}$/)
    expect(lookupDigest(before, 'participant', NIK)).not.toContain(NIK)
  })
})

describe('keys that cannot be used', () => {
  test.each<[string, string, RegExp]>([
    ['not JSON', 'whsec_topsecret', /JSON/],
    ['null', 'null', /object/],
    ['no current version', text(undefined, { '1': KEY_1 }), /"current"/],
    ['a current version without key', text(2, { '1': KEY_1 }), /current version 2/],
    ['version 0', text(0, { '0': KEY_1 }), /"current"/],
    ['version 256', text(1, { '1': KEY_1, '256': KEY_1 }), /from 1 to 255/],
    ['a version written otherwise', text(1, { '1': KEY_1, '02': KEY_2 }), /from 1 to 255/],
    ['no keys', text(1, null), /"keys"/],
    ['a short key', text(1, { '1': 'dG9wc2VjcmV0' }), /32 bytes, got 9/],
    ['a key that is no text', text(1, { '1': 7 }), /32 bytes, got 0/],
  ])('%s is refused by name, without a value', (_, secret, why) => {
    const attempt = () => prepareDigestKeys(secret)
    expect(attempt).toThrow(TypeError)
    expect(attempt).toThrow(why)
    expect(attempt).not.toThrow(/topsecret|dG9wc2VjcmV0/)
  })
})
