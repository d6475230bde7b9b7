/** Whatever an outsider sends, or changes on the way, to the endpoint of a SNAP channel. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reading } from '../../../../shared/channel-port/channel.ts'
import { CURRENT, callOf, endpoint, GOOD_FIELDS, NOW, PATHS, saidOf, TIMESTAMP, tokenFrom } from './good-call.ts'

const inquiry = GOOD_FIELDS['24']
const payment = GOOD_FIELDS['25']

describe('whatever comes', () => {
  const name = fc.constantFrom(
    'authorization',
    'x-timestamp',
    'x-signature',
    'x-partner-id',
    'x-external-id',
    'channel-id',
    'x-client-key',
    'content-type',
  )
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('application/json', TIMESTAMP, CURRENT.partnerId, `Bearer ${tokenFrom(endpoint)}`),
  )

  test('no headers and no bytes make the reader throw, and none of them is a message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(PATHS)),
        fc.dictionary(name, value),
        fc.uint8Array(),
        (operation, headers, body) => {
          const read = endpoint.read(
            { ...callOf('25'), operation, headers: { 'content-type': 'application/json', ...headers }, body },
            NOW,
          )
          expect((read as Reading).kind).toBe('response')
        },
      ),
      { numRuns: 400 },
    )
  })

  test('no signed body makes the reader throw', () => {
    const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.string({ unit: 'binary', maxLength: 20 }))
    const field = fc.constantFrom(
      ...Object.keys({ ...payment, ...inquiry }),
      'amount',
      'channelCode',
      'language',
      'trxDateInit',
    )
    fc.assert(
      fc.property(fc.constantFrom('24', '25'), fc.dictionary(field, odd), (service, fields) => {
        expect(saidOf(endpoint.read(callOf(service, { fields }), NOW)).code).toMatch(/^(message|400..0[012])$/)
      }),
      { numRuns: 400 },
    )
  })

  test('a byte changed anywhere in the body is refused', () => {
    const body = JSON.stringify(payment)
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const spoilt = Buffer.from(body)
        fc.pre(spoilt[at] !== byte)
        spoilt[at] = byte
        expect(saidOf(endpoint.read(callOf('25', { rawBody: spoilt, signed: { body } }), NOW)).code).toBe('4012500')
      }),
      { numRuns: 300 },
    )
  })

  test('a character changed anywhere in the signature is refused', () => {
    const good = callOf('25')
    const signature = good.headers['x-signature'] as string
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ \n'
    fc.assert(
      fc.property(fc.nat(signature.length - 1), fc.constantFrom(...alphabet), (at, character) => {
        fc.pre(signature[at] !== character)
        const spoilt = signature.slice(0, at) + character + signature.slice(at + 1)
        const headers = { ...good.headers, 'x-signature': spoilt }
        expect(saidOf(endpoint.read({ ...good, headers }, NOW)).code).toBe('4012500')
      }),
      { numRuns: 300 },
    )
  })

  test.each([' ', '\n', '=', 'A'])('a signature with %j behind it is refused', (tail) => {
    const good = callOf('25')
    const headers = { ...good.headers, 'x-signature': `${good.headers['x-signature']}${tail}` }
    expect(saidOf(endpoint.read({ ...good, headers }, NOW)).code).toBe('4012500')
  })
})
