/** The keys of sealed files, as the secret has them: what is no such text names no value, and both sides must be there. */
import { describe, expect, test } from 'vitest'
import { keysOf, prepareFileKeys } from '../../../functions/import-file/file-keys.ts'

const KEY = '-----BEGIN PGP PRIVATE KEY BLOCK-----\n1'
const OTHER = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n2'

describe('the secret', () => {
  test('is two keys of ours and two of each channel at most', () => {
    const keys = { own: [KEY, KEY], signers: { pos: [OTHER, OTHER], bni: [] } }
    expect(prepareFileKeys(JSON.stringify(keys))).toEqual(keys)
    expect(prepareFileKeys('{"own":[],"signers":{}}')).toEqual({ own: [], signers: {} })
  })

  test.each([
    ['is no JSON', 'nothing'],
    ['is null', 'null'],
    ['has three keys of ours', JSON.stringify({ own: [KEY, KEY, KEY], signers: {} })],
    ['has three of a channel', JSON.stringify({ own: [KEY], signers: { pos: [OTHER, OTHER, OTHER] } })],
    ['has something else than an armored key', JSON.stringify({ own: [`x${KEY}`], signers: {} })],
    ['has no keys of channels', JSON.stringify({ own: [KEY] })],
    ['has more than it should', JSON.stringify({ own: [KEY], signers: {}, more: 1 })],
  ])('that %s is refused, and quoted by nobody', (_, text) => {
    const refused = () => prepareFileKeys(text)
    expect(refused).toThrow(TypeError)
    expect(refused).toThrow(/^expected the file keys to be \{"own":\[…\],"signers":/)
  })
})

describe('the keys of a channel', () => {
  const keys = { own: [KEY], signers: { pos: [OTHER], bni: [] } }

  test('are ours and its own', () => {
    expect(keysOf(keys, 'pos')).toEqual({ own: [KEY], signers: [OTHER] })
  })

  test.each([
    ['of a channel without any', keys, 'bni'],
    ['of a channel that nobody named', keys, 'indomaret'],
    ['where there is none of ours', { ...keys, own: [] }, 'pos'],
  ])('%s are a defect', (_, given, channel) => {
    expect(() => keysOf(given, channel)).toThrow(expect.objectContaining({ code: 'FILE_KEYS_MISSING' }))
  })
})
