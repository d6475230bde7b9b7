/** Access tokens: good for their channel and their time, and for nothing that somebody else could make. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { prepareKeys } from '../../../../shared/protocols/snap/keys.ts'
import { issueToken, isValidToken } from '../../../../shared/protocols/snap/token.ts'
import { CURRENT, later, NEXT, NOW } from './good-call.ts'

const keysOf = (channel: string, current: object, next: object | null = null) =>
  prepareKeys(channel, JSON.stringify({ current, next }))
const bni = keysOf('bni', CURRENT)
const token = issueToken('bni', bni, NOW)

describe('a token', () => {
  test('is good for 900 seconds', () => {
    const good = (millis: number) => isValidToken('bni', bni, token, later(millis))
    expect([good(0), good(899_999), good(900_000)]).toEqual([true, true, false])
  })

  test('survives both steps of a rotation, and ends with its generation', () => {
    expect(isValidToken('bni', keysOf('bni', CURRENT, NEXT), token, NOW)).toBe(true)
    expect(isValidToken('bni', keysOf('bni', NEXT, CURRENT), token, NOW)).toBe(true)
    expect(isValidToken('bni', keysOf('bni', NEXT), token, NOW)).toBe(false)
  })

  test('is not good for another channel, not even one with the same key', () => {
    expect(isValidToken('brilink', keysOf('brilink', CURRENT), token, NOW)).toBe(false)
    expect(isValidToken('brilink', bni, token, NOW)).toBe(false)
  })

  test('cannot choose its algorithm: a web token without one, or signed with a public value, is no token', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const decisions = part({ sub: 'bni', exp: 4_000_000_000 })
    const signed = `${part({ alg: 'HS256' })}.${decisions}`
    const mac = createHmac('sha256', CURRENT.publicKeyPem).update(signed).digest('base64url')
    for (const forged of [`${part({ alg: 'none' })}.${decisions}.`, `${signed}.${mac}`]) {
      expect(isValidToken('bni', bni, forged, NOW)).toBe(false)
    }
  })

  test('is spoilt by any changed character', () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019.-_= '), (at, character) => {
        fc.pre(token[at] !== character)
        expect(isValidToken('bni', bni, token.slice(0, at) + character + token.slice(at + 1), NOW)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('is never made of any text', () => {
    const shaped = fc.stringMatching(/^bni\.\d{13}\.[0-9a-f]{8}\.[A-Za-z0-9_-]{43}$/)
    fc.assert(
      fc.property(fc.oneof(fc.string(), shaped), (text) => {
        expect(isValidToken('bni', bni, text, NOW)).toBe(false)
      }),
    )
  })
})
