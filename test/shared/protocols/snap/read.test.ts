/** The door's side of SNAP: each row spoils one thing of a good call; two defects show the earlier one. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DoorRequest, Reading } from '../../../../shared/channels/channel.ts'
import { type Instant, parseInstant } from '../../../../shared/domain/instant.ts'
import {
  CURRENT,
  CUSTOMER,
  callOf,
  door,
  doorOf,
  GOOD_FIELDS,
  later,
  NEXT,
  NOW,
  PATHS,
  SERVICE_ID,
  type Spoilt,
  saidOf,
  TIMESTAMP,
  tokenFrom,
  tokenRequest,
} from './good-call.ts'

const SERVICES = ['24', '25'] as const
const inquiry = GOOD_FIELDS['24']
const payment = GOOD_FIELDS['25']
const money = (value: unknown, currency: unknown = 'IDR') => ({ paidAmount: { value, currency } })
const messageOf = (request: DoorRequest, now: Instant = NOW) => {
  const read = door.read(request, now) as Reading
  return read.kind === 'message' ? read.message : saidOf(read)
}

describe('a good call', () => {
  test('is an inquiry', () => {
    expect(messageOf(callOf('24'))).toEqual({
      kind: 'inquiry',
      requestId: '20261120-000001',
      customerId: CUSTOMER,
      months: 2,
      partnerAt: NOW,
      externalId: { id: '9000000001', day: '2026-11-20', service: '24', requestId: '20261120-000001' },
    })
  })

  test('is a payment', () => {
    expect(messageOf(callOf('25'))).toEqual({
      kind: 'payment',
      paymentId: '20261120-000001',
      customerId: CUSTOMER,
      product: '',
      months: 2,
      amount: 16_800,
      adminFee: null,
      outlet: 'AGEN-0042',
      partnerAt: NOW,
      externalId: { id: '9000000001', day: '2026-11-20', service: '25', requestId: '20261120-000001' },
    })
  })

  test.each<[string, Spoilt]>([
    ['with the key of the next generation', { signed: { secret: NEXT.clientSecret } }],
    ['with a character set', { headers: { 'content-type': 'application/json; charset=UTF-8' } }],
    [
      'with white space that was not signed',
      { rawBody: ` ${JSON.stringify(payment, null, '\t')}\r\n`, signed: { body: JSON.stringify(payment) } },
    ],
    ['with a timestamp in UTC and milliseconds', { headers: { 'x-timestamp': '2026-11-20T07:03:21.250Z' } }],
    ['with a lower-case bearer', { headers: { authorization: `bearer ${tokenFrom(door)}` } }],
    [
      'with a token of the next generation',
      {
        headers: { authorization: `Bearer ${tokenFrom(doorOf('bni', NEXT), NOW, { 'x-client-key': NEXT.clientKey })}` },
      },
    ],
    ['with fields that nobody knows', { fields: { subCompany: '00000', big: [{ n: 1 }], __proto__x: null } }],
    ['with a query, which nobody reads', { request: { rawQuery: 'months=12' } }],
  ])('is read %s', (_, spoilt) => {
    expect(messageOf(callOf('25', spoilt))).toMatchObject({ kind: 'payment', amount: 16_800 })
  })

  test.each<[string, object, object]>([
    ['months as digits', { additionalInfo: { months: '12' } }, { months: 12 }],
    ['no months', { additionalInfo: {} }, { months: null }],
    ['no additional information', { additionalInfo: undefined }, { months: null, outlet: '00012' }],
    ['an outlet that is too long to keep', { additionalInfo: { outletId: 'x'.repeat(33) } }, { outlet: '00012' }],
    ['an outlet that is no text', { additionalInfo: { outletId: { a: 1 } } }, { outlet: '00012' }],
    ['no optional fields', { trxDateTime: undefined, referenceNo: null, flagAdvise: '' }, { amount: 16_800 }],
    ['the largest amount', money('9007199254740991.00'), { amount: 9007199254740991 }],
    ['an id of 128', { paymentRequestId: '!'.repeat(128) }, { paymentId: '!'.repeat(128) }],
  ])('is read with %s', (_, fields, expected) => {
    expect(messageOf(callOf('25', { fields: fields as Record<string, unknown> }))).toMatchObject(expected)
  })

  test('is read with every optional field of an inquiry', () => {
    const amount = { value: '8400.00', currency: 'IDR' }
    const fields = { trxDateInit: TIMESTAMP, channelCode: 6011, language: 'id', amount, additionalInfo: { months: 1 } }
    expect(messageOf(callOf('24', { fields }))).toMatchObject({ kind: 'inquiry', months: 1 })
    expect(messageOf(callOf('24', { fields: { ...fields, channelCode: '6011' } }))).toMatchObject({ kind: 'inquiry' })
  })

  test('belongs to the WIB day of its signed time', () => {
    const timestamp = '2026-11-20T17:00:00Z'
    const at = parseInstant(timestamp) as Instant
    const token = tokenFrom(door, at, { 'x-timestamp': timestamp })
    const request = callOf('25', { headers: { 'x-timestamp': timestamp, authorization: `Bearer ${token}` } })
    expect(messageOf(request, at)).toMatchObject({ externalId: { day: '2026-11-21' } })
  })

  test('is on time when exactly five minutes off, either way', () => {
    expect(messageOf(callOf('25'), later(300_000))).toMatchObject({ kind: 'payment' })
    expect(messageOf(callOf('25'), later(-300_000))).toMatchObject({ kind: 'payment' })
  })
})

/** Codes with `xx` for the service. In the order of the contract. */
const REFUSED: readonly (readonly [string, Spoilt, number, string, string])[] = [
  ['a body over 64 KB', { rawBody: 'x'.repeat(65_537) }, 413, '413xx00', 'Request Entity Too Large'],
  ['no content type', { headers: { 'content-type': undefined } }, 415, '415xx00', 'Unsupported Media Type'],
  ['another content type', { headers: { 'content-type': 'text/json' } }, 415, '415xx00', 'Unsupported Media Type'],
  [
    'another character set',
    { headers: { 'content-type': 'application/json; charset=utf-16' } },
    415,
    '415xx00',
    'Unsupported Media Type',
  ],
  ['another method', { request: { method: 'PUT' } }, 405, '405xx00', 'Requested Function Is Not Supported'],
  ['another partner', { headers: { 'x-partner-id': '100200301' } }, 401, '401xx00', 'Unauthorized. [Unknown client]'],
  ['no partner', { headers: { 'x-partner-id': undefined } }, 401, '401xx00', 'Unauthorized. [Unknown client]'],
  ['no token', { headers: { authorization: undefined } }, 401, '401xx01', 'Invalid Token (B2B)'],
  ['a token that is none', { headers: { authorization: 'Bearer abc' } }, 401, '401xx01', 'Invalid Token (B2B)'],
  ['a token without Bearer', { headers: { authorization: tokenFrom(door) } }, 401, '401xx01', 'Invalid Token (B2B)'],
  [
    'an expired token',
    {
      headers: {
        authorization: `Bearer ${tokenFrom(door, later(-900_000), { 'x-timestamp': '2026-11-20T13:48:21+07:00' })}`,
      },
    },
    401,
    '401xx01',
    'Invalid Token (B2B)',
  ],
  [
    "another channel's token",
    { headers: { authorization: `Bearer ${tokenFrom(doorOf('brilink'))}` } },
    401,
    '401xx01',
    'Invalid Token (B2B)',
  ],
  ['no timestamp', { headers: { 'x-timestamp': undefined } }, 401, '401xx00', 'Unauthorized. [Signature]'],
  [
    'a timestamp without offset',
    { headers: { 'x-timestamp': '2026-11-20T14:03:21' } },
    401,
    '401xx00',
    'Unauthorized. [Signature]',
  ],
  [
    'a clock too slow',
    { headers: { 'x-timestamp': '2026-11-20T13:58:20+07:00' } },
    401,
    '401xx00',
    'Unauthorized. [Signature]',
  ],
  [
    'a clock too fast',
    { headers: { 'x-timestamp': '2026-11-20T14:08:22+07:00' } },
    401,
    '401xx00',
    'Unauthorized. [Signature]',
  ],
  ['no signature', { headers: { 'x-signature': undefined } }, 401, '401xx00', 'Unauthorized. [Signature]'],
  ['an empty signature', { headers: { 'x-signature': '' } }, 401, '401xx00', 'Unauthorized. [Signature]'],
  ['a stranger’s signature', { signed: { secret: 'not-the-secret' } }, 401, '401xx00', 'Unauthorized. [Signature]'],
  ['a signature for another body', { signed: { body: '{}' } }, 401, '401xx00', 'Unauthorized. [Signature]'],
  [
    "a signature for another channel's path",
    { signed: { path: '/channels/brilink/v1.0/transfer-va/payment' } },
    401,
    '401xx00',
    'Unauthorized. [Signature]',
  ],
  ['a signature for another method', { signed: { method: 'GET' } }, 401, '401xx00', 'Unauthorized. [Signature]'],
  ['no body', { rawBody: '' }, 400, '400xx00', 'Bad Request'],
  ['no JSON', { rawBody: '{"customerNo":' }, 400, '400xx00', 'Bad Request'],
  ['a key twice', { rawBody: '{"customerNo":"1","customerNo":"2"}' }, 400, '400xx00', 'Bad Request'],
  ['a byte order mark', { rawBody: '\ufeff{}' }, 400, '400xx00', 'Bad Request'],
  ['no UTF-8', { rawBody: Uint8Array.from([0x7b, 0xff, 0x7d]) }, 400, '400xx00', 'Bad Request'],
  [
    'no external id',
    { headers: { 'x-external-id': undefined } },
    400,
    '400xx02',
    'Invalid Mandatory Field [X-EXTERNAL-ID]',
  ],
  [
    'an external id with a dash',
    { headers: { 'x-external-id': 'a-1' } },
    400,
    '400xx01',
    'Invalid Field Format [X-EXTERNAL-ID]',
  ],
  [
    'an external id of 37',
    { headers: { 'x-external-id': '1'.repeat(37) } },
    400,
    '400xx01',
    'Invalid Field Format [X-EXTERNAL-ID]',
  ],
  ['two external ids', { headers: { 'x-external-id': '1,2' } }, 400, '400xx01', 'Invalid Field Format [X-EXTERNAL-ID]'],
  ['no channel id', { headers: { 'channel-id': undefined } }, 400, '400xx02', 'Invalid Mandatory Field [CHANNEL-ID]'],
  ['a channel id of 6', { headers: { 'channel-id': '123456' } }, 400, '400xx01', 'Invalid Field Format [CHANNEL-ID]'],
  ['a body that is a list', { rawBody: '[]' }, 400, '400xx01', 'Invalid Field Format [body]'],
  [
    'no service id',
    { fields: { partnerServiceId: undefined } },
    400,
    '400xx02',
    'Invalid Mandatory Field [partnerServiceId]',
  ],
  [
    'a service id without padding',
    { fields: { partnerServiceId: '98810' } },
    400,
    '400xx01',
    'Invalid Field Format [partnerServiceId]',
  ],
  [
    "somebody else's service id",
    { fields: { partnerServiceId: '   98811' } },
    400,
    '400xx01',
    'Invalid Field Format [partnerServiceId]',
  ],
  ['no customer', { fields: { customerNo: undefined } }, 400, '400xx02', 'Invalid Mandatory Field [customerNo]'],
  ['an empty customer', { fields: { customerNo: '' } }, 400, '400xx02', 'Invalid Mandatory Field [customerNo]'],
  ['a customer that is null', { fields: { customerNo: null } }, 400, '400xx02', 'Invalid Mandatory Field [customerNo]'],
  [
    'a customer as a number',
    { fields: { customerNo: 3201010101900001 } },
    400,
    '400xx01',
    'Invalid Field Format [customerNo]',
  ],
  [
    'a customer with letters',
    { fields: { customerNo: '32010101A' } },
    400,
    '400xx01',
    'Invalid Field Format [customerNo]',
  ],
  [
    'a customer of 21 digits',
    { fields: { customerNo: '1'.repeat(21) } },
    400,
    '400xx01',
    'Invalid Field Format [customerNo]',
  ],
  [
    'a customer with a line break',
    { fields: { customerNo: `${CUSTOMER}\n` } },
    400,
    '400xx01',
    'Invalid Field Format [customerNo]',
  ],
  [
    'no virtual account',
    { fields: { virtualAccountNo: undefined } },
    400,
    '400xx02',
    'Invalid Mandatory Field [virtualAccountNo]',
  ],
  [
    "somebody else's virtual account",
    { fields: { virtualAccountNo: `${SERVICE_ID}3201010101900002` } },
    400,
    '400xx01',
    'Invalid Field Format [virtualAccountNo]',
  ],
  [
    'additional information that is a text',
    { fields: { additionalInfo: 'months=2' } },
    400,
    '400xx01',
    'Invalid Field Format [additionalInfo]',
  ],
  [
    'four months',
    { fields: { additionalInfo: { months: 4 } } },
    400,
    '400xx01',
    'Invalid Field Format [additionalInfo.months]',
  ],
  [
    'no months at all, as a number',
    { fields: { additionalInfo: { months: 0 } } },
    400,
    '400xx01',
    'Invalid Field Format [additionalInfo.months]',
  ],
  [
    'months with a zero before',
    { fields: { additionalInfo: { months: '02' } } },
    400,
    '400xx01',
    'Invalid Field Format [additionalInfo.months]',
  ],
]

describe.each(SERVICES)('service %s refuses', (service) => {
  test.each(REFUSED)('%s', (_, spoilt, status, code, message) => {
    const path = spoilt.signed?.path?.replace('payment', PATHS[service].split('/').at(-1) as string)
    const signed = path === undefined ? spoilt.signed : { ...spoilt.signed, path }
    const said = saidOf(door.read(callOf(service, { ...spoilt, ...(signed && { signed }) }), NOW))
    expect([said.status, said.code, said.message]).toEqual([status, code.replace('xx', service), message])
    expect(said.authentic).toBe(status === 400)
    const flag = said.data?.[service === '24' ? 'inquiryStatus' : 'paymentFlagStatus']
    expect(flag).toBe(status === 400 ? '01' : undefined)
  })

  test('the earlier of any two defects', () => {
    const without = REFUSED.filter(([, { rawBody, request }]) => rawBody === undefined || request !== undefined)
    const rows = fc.integer({ min: 0, max: without.length - 1 })
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [, first, , code] = without[Math.min(a, b)]!
        const [, second, , other] = without[Math.max(a, b)]!
        const both = saidOf(door.read(callOf(service, merged(first, second)), NOW))
        const shared = sameSpot(first, second)
        expect(shared ? [code, other].map((c) => c.replace('xx', service)) : [code.replace('xx', service)]).toContain(
          both.code,
        )
      }),
      { numRuns: 400 },
    )
  })
})

/** Two spoilt calls in one; what both spoil is spoilt as the second says. */
function merged(a: Spoilt, b: Spoilt): Spoilt {
  return {
    ...a,
    ...b,
    headers: { ...a.headers, ...b.headers },
    fields: { ...a.fields, ...b.fields },
    signed: { ...a.signed, ...b.signed },
  }
}

function sameSpot(a: Spoilt, b: Spoilt): boolean {
  const spots = ({ headers = {}, fields = {}, signed = {}, request = {} }: Spoilt) =>
    [headers, fields, signed, request].flatMap(Object.keys)
  return spots(a).some((spot) => spots(b).includes(spot))
}

describe('an inquiry refuses', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['no request id', { inquiryRequestId: undefined }, '4002402', 'inquiryRequestId'],
    ['a request id of 129', { inquiryRequestId: 'x'.repeat(129) }, '4002401', 'inquiryRequestId'],
    ['a request id with a space', { inquiryRequestId: 'a b' }, '4002401', 'inquiryRequestId'],
    ['a date that is none', { trxDateInit: 'yesterday' }, '4002401', 'trxDateInit'],
    ['a channel code with letters', { channelCode: 'ATM' }, '4002401', 'channelCode'],
    ['a language that is a list', { language: ['id'] }, '4002401', 'language'],
    ['an amount that is a text', { amount: '16800.00' }, '4002401', 'amount'],
    ['an amount with a fraction', { amount: { value: '16800.50', currency: 'IDR' } }, '4002401', 'amount.value'],
  ])('%s', (_, fields, code, field) => {
    const said = saidOf(door.read(callOf('24', { fields }), NOW))
    expect([said.code, said.message.match(/\[(.*)\]/)?.[1], said.refusal]).toEqual([code, field, 'malformed'])
  })
})

describe('a payment refuses', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['no payment id', { paymentRequestId: undefined }, '4002502', 'paymentRequestId'],
    ['a payment id outside ASCII', { paymentRequestId: 'pembayaran-é' }, '4002501', 'paymentRequestId'],
    ['no amount', { paidAmount: undefined }, '4002502', 'paidAmount'],
    ['an amount that is a number', { paidAmount: 16800 }, '4002501', 'paidAmount'],
    ['an amount without value', money(undefined), '4002502', 'paidAmount.value'],
    ['a value that is a number', money(16800), '4002501', 'paidAmount.value'],
    ['a value without decimals', money('16800'), '4002501', 'paidAmount.value'],
    ['a value with a fraction', money('16800.01'), '4002501', 'paidAmount.value'],
    ['a value with three decimals', money('16800.000'), '4002501', 'paidAmount.value'],
    ['a negative value', money('-16800.00'), '4002501', 'paidAmount.value'],
    ['a value with an exponent', money('1e4.00'), '4002501', 'paidAmount.value'],
    ['a value with white space', money(' 16800.00'), '4002501', 'paidAmount.value'],
    ['a value past 2^53', money('9007199254740992.00'), '4002501', 'paidAmount.value'],
    ['a value with a fraction and no currency', money('16800.01', null), '4002501', 'paidAmount.value'],
    ['no currency', money('16800.00', null), '4002502', 'paidAmount.currency'],
    ['another currency', money('16800.00', 'USD'), '4002501', 'paidAmount.currency'],
    ['a date without offset', { trxDateTime: '2026-11-20T14:03:21' }, '4002501', 'trxDateTime'],
    ['an advice flag of its own', { flagAdvise: 'MAYBE' }, '4002501', 'flagAdvise'],
    ['a reference that is a number', { referenceNo: 12 }, '4002501', 'referenceNo'],
  ])('%s', (_, fields, code, field) => {
    const said = saidOf(door.read(callOf('25', { fields }), NOW))
    expect([said.code, said.message.match(/\[(.*)\]/)?.[1], said.refusal]).toEqual([code, field, 'malformed'])
  })

  test('the numbers that JSON would round', () => {
    const rawBody = JSON.stringify(payment).replace('"months":2', '"months":2.0')
    expect(saidOf(door.read(callOf('25', { rawBody }), NOW)).message).toBe(
      'Invalid Field Format [additionalInfo.months]',
    )
  })

  test('a field, repeating what could be read', () => {
    const said = saidOf(door.read(callOf('25', { fields: { customerNo: 'x', paidAmount: undefined } }), NOW))
    expect(said.data).toEqual({
      partnerServiceId: SERVICE_ID,
      virtualAccountNo: SERVICE_ID + CUSTOMER,
      paymentRequestId: '20261120-000001',
      paymentFlagStatus: '01',
      paymentFlagReason: { english: 'Invalid field format', indonesia: 'Format data tidak sesuai' },
    })
  })
})

describe('an operation that nobody knows', () => {
  test.each(['/v1.0/transfer-va/status', '/v1.0/transfer-va/payment/', '/V1.0/transfer-va/payment', '', '/__proto__'])(
    'is not found: %s',
    (operation) => {
      const said = saidOf(door.read(callOf('25', { request: { operation } }), NOW))
      expect([said.status, said.code, said.refusal]).toEqual([404, '4042400', 'unknown-operation'])
    },
  )
})

describe('an access token', () => {
  test('is given to a bank that signs with its private key', () => {
    const read = door.read(tokenRequest(), NOW) as Extract<Reading, { kind: 'response' }>
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
    expect(saidOf(door.read(tokenRequest({ 'x-client-key': NEXT.clientKey }), NOW)).code).toBe('2007300')
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
    const said = saidOf(door.read(tokenRequest(headers, body), NOW))
    expect([said.status, said.code, said.refusal, said.authentic]).toEqual([status, code, refusal, false])
  })

  test('lives for 900 seconds, not a millisecond longer', () => {
    const at = (millis: number) => {
      const timestamp = new Date(NOW + millis).toISOString()
      return saidOf(door.read(callOf('25', { headers: { 'x-timestamp': timestamp } }), later(millis))).code
    }
    expect([at(899_999), at(900_000)]).toEqual(['message', '4012501'])
  })
})

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
    fc.constantFrom('application/json', TIMESTAMP, CURRENT.partnerId, `Bearer ${tokenFrom(door)}`),
  )

  test('no headers and no bytes make the reader throw, and none of them is a message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(PATHS)),
        fc.dictionary(name, value),
        fc.uint8Array(),
        (operation, headers, body) => {
          const read = door.read(
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
      fc.property(fc.constantFrom(...SERVICES), fc.dictionary(field, odd), (service, fields) => {
        expect(saidOf(door.read(callOf(service, { fields }), NOW)).code).toMatch(/^(message|400..0[012])$/)
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
        expect(saidOf(door.read(callOf('25', { rawBody: spoilt, signed: { body } }), NOW)).code).toBe('4012500')
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
        expect(saidOf(door.read({ ...good, headers }, NOW)).code).toBe('4012500')
      }),
      { numRuns: 300 },
    )
  })

  test.each([' ', '\n', '=', 'A'])('a signature with %j behind it is refused', (tail) => {
    const good = callOf('25')
    const headers = { ...good.headers, 'x-signature': `${good.headers['x-signature']}${tail}` }
    expect(saidOf(door.read({ ...good, headers }, NOW)).code).toBe('4012500')
  })
})
