/** Service 73 at the endpoint: who gets an access token, and why somebody does not. */
import { describe, expect, test } from 'vitest'
import type { Reading } from '../../../../shared/channel-port/channel.ts'
import { callOf, endpoint, later, NEXT, NOW, saidOf, tokenRequest } from './good-call.ts'

describe('an access token', () => {
  test('is given to a bank that signs with its private key', () => {
    const read = endpoint.read(tokenRequest(), NOW) as Extract<Reading, { kind: 'response' }>
    expect(read.refusal).toBeNull()
    expect(read.response.status).toBe(200)
    expect(JSON.parse(read.response.body)).toEqual({
      responseCode: '2007300',
      responseMessage: 'Successful',
      accessToken: expect.stringMatching(/^bni\./),
      tokenType: 'Bearer',
      expiresIn: '900',
    })
  })

  test('is given to the next generation too', () => {
    expect(saidOf(endpoint.read(tokenRequest({ 'x-client-key': NEXT.clientKey }), NOW)).code).toBe('2007300')
  })

  test.each<[string, Record<string, string | undefined>, string | undefined, number, string, string]>([
    ['a body over 64 KB', {}, 'x'.repeat(65_537), 413, '4137300', 'too-large'],
    [
      'another content type',
      { 'content-type': 'application/x-www-form-urlencoded' },
      undefined,
      415,
      '4157300',
      'wrong-content-type',
    ],
    ['no timestamp', { 'x-timestamp': undefined, 'x-signature': 'AA==' }, undefined, 400, '4007302', 'malformed'],
    ['no client key', { 'x-client-key': undefined, 'x-signature': 'AA==' }, undefined, 400, '4007302', 'malformed'],
    ['no signature', { 'x-signature': undefined }, undefined, 400, '4007302', 'malformed'],
    ['a timestamp that is none', { 'x-timestamp': '20261120140321' }, undefined, 400, '4007301', 'malformed'],
    ['another client', { 'x-client-key': 'somebody' }, undefined, 401, '4017300', 'unknown-partner'],
    ['a clock too slow', { 'x-timestamp': '2026-11-20T13:58:20+07:00' }, undefined, 401, '4017300', 'bad-clock'],
    ['a signature that is none', { 'x-signature': 'AA==' }, undefined, 401, '4017300', 'bad-signature'],
    ['a signature that is no base64', { 'x-signature': '%%%' }, undefined, 401, '4017300', 'bad-signature'],
    ['no JSON', {}, 'grantType=client_credentials', 400, '4007300', 'not-readable'],
    ['a list', {}, '[]', 400, '4007301', 'malformed'],
    ['no grant type', {}, '{}', 400, '4007302', 'malformed'],
    ['another grant type', {}, '{"grantType":"password"}', 400, '4007301', 'malformed'],
  ])('is refused for %s', (_, headers, body, status, code, refusal) => {
    const reply = saidOf(endpoint.read(tokenRequest(headers, body), NOW))
    expect([reply.status, reply.code, reply.refusal, reply.authentic]).toEqual([status, code, refusal, false])
  })

  test('lives for 900 seconds, not a millisecond longer', () => {
    const at = (millis: number) => {
      const timestamp = new Date(NOW + millis).toISOString()
      return saidOf(endpoint.read(callOf('25', { headers: { 'x-timestamp': timestamp } }), later(millis))).code
    }
    expect([at(899_999), at(900_000)]).toEqual(['message', '4012501'])
  })
})
