/** A channel's secret: what is weak or wrong is refused by its field's name, and no message holds a value of it. */
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { prepareKeys } from '../../../../shared/protocols/snap/keys.ts'
import { CURRENT, NEXT } from './good-call.ts'

const prepare = (current: object, next: object | null = null) => prepareKeys('bni', JSON.stringify({ current, next }))
const publicPem = (key: { publicKey: { export: (how: { type: 'spki'; format: 'pem' }) => string | Buffer } }) =>
  key.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const rsa = (options: { modulusLength: number; publicExponent?: number }) =>
  generateKeyPairSync('rsa', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    ...options,
  })

/** Of 1024 bits: nobody may use it. */
const SHORT_RSA = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDpxC9UYjtNvixRL2Ze1aKsD+Qz
GoHg8WGRIVQ18HEfbhJ9RLCJnw/aGFUs3hw8r1thbxAXpXn6blyjU8xtOPf0PBQI
X95a2iGM9DIidEWDXGunVDuU8xBAB7a2cXPHeb8FdFMNmXgRRIKDqWL8HPjaNLAT
RBzSEoHFYVk3iNvtIQIDAQAB
-----END PUBLIC KEY-----`

describe('two generations', () => {
  test('are prepared, the current one first', () => {
    expect(prepare(CURRENT, NEXT).map((keys) => keys.clientKey)).toEqual(['client-current', 'client-next'])
  })

  test('may be one', () => {
    expect(prepare(CURRENT)).toHaveLength(1)
  })

  test('of different channels name the same token key differently', () => {
    const [here] = prepare(CURRENT)
    const [there] = prepareKeys('brilink', JSON.stringify({ current: CURRENT, next: null }))
    expect(here.tokenKeyId).not.toBe(there.tokenKeyId)
  })
})

describe('a secret is refused', () => {
  test.each<[string, object, string]>([
    ['without client key', { clientKey: undefined }, 'current.clientKey'],
    ['with a short client secret', { clientSecret: 'short' }, 'current.clientSecret'],
    ['without public key', { publicKeyPem: undefined }, 'current.publicKeyPem'],
    ['with a public key that is none', { publicKeyPem: 'none' }, 'current.publicKeyPem'],
    ['with a short public key', { publicKeyPem: SHORT_RSA }, 'current.publicKeyPem'],
    [
      'with a small exponent',
      { publicKeyPem: rsa({ modulusLength: 2048, publicExponent: 3 }).publicKey },
      'current.publicKeyPem',
    ],
    ['with a private key', { publicKeyPem: rsa({ modulusLength: 2048 }).privateKey }, 'current.publicKeyPem'],
    ['with a key of another kind', { publicKeyPem: publicPem(generateKeyPairSync('ed25519')) }, 'current.publicKeyPem'],
    ['with a long partner id', { partnerId: '1'.repeat(37) }, 'current.partnerId'],
    ['with a long channel id', { channelId: '123456' }, 'current.channelId'],
    ['with a service id that is not padded', { partnerServiceId: '98810' }, 'current.partnerServiceId'],
    ['with a short token key', { tokenKey: Buffer.alloc(31).toString('base64') }, 'current.tokenKey'],
    ['with a token key that is no base64', { tokenKey: `${'A'.repeat(42)}B=` }, 'current.tokenKey'],
  ])('%s', (_, spoilt, field) => {
    expect(() => prepare({ ...CURRENT, ...spoilt })).toThrow(TypeError)
    expect(() => prepare({ ...CURRENT, ...spoilt })).toThrow(field)
  })

  test('when the next generation is wrong', () => {
    expect(() => prepare(CURRENT, { ...NEXT, tokenKey: 'x' })).toThrow('next.tokenKey')
  })

  test.each(['', 'secret-text-that-is-not-json', '[]', 'null', '{}'])('when it is %j, without showing it', (text) => {
    expect(() => prepareKeys('bni', text)).toThrow(/^expected ((?!secret-text).)*$/s)
  })

  test('without showing any of its values', () => {
    const spoilt = { ...CURRENT, clientSecret: 'hush', partnerId: 'not printable\n' }
    expect(() => prepare(spoilt)).toThrow(/^((?!hush|not printable).)*$/s)
  })
})
