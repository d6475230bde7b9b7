/** The endpoint's side of SNAP: each row spoils one thing of a good call; two defects show the earlier one. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EndpointRequest, Reading } from '../../../../shared/channel-port/channel.ts'
import { type Instant, parseInstant } from '../../../../shared/domain/instant.ts'
import {
  CUSTOMER,
  callOf,
  endpoint,
  endpointOf,
  GOOD_FIELDS,
  later,
  NEXT,
  NOW,
  PATHS,
  type Spoilt,
  saidOf,
  TIMESTAMP,
  tokenFrom,
} from './good-call.ts'
import { REFUSED } from './refused-calls.ts'

const SERVICES = ['24', '25'] as const
const payment = GOOD_FIELDS['25']
const money = (value: unknown, currency: unknown = 'IDR') => ({ paidAmount: { value, currency } })
const messageOf = (request: EndpointRequest, now: Instant = NOW) => {
  const read = endpoint.read(request, now) as Reading
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
    ['with a lower-case bearer', { headers: { authorization: `bearer ${tokenFrom(endpoint)}` } }],
    [
      'with a token of the next generation',
      {
        headers: {
          authorization: `Bearer ${tokenFrom(endpointOf('bni', NEXT), NOW, { 'x-client-key': NEXT.clientKey })}`,
        },
      },
    ],
    ['with unknown fields', { fields: { subCompany: '00000', big: [{ n: 1 }], __proto__x: null } }],
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

  test('names its outlet only where the bank does: the kind of channel is shared by all of them', () => {
    const named = messageOf(callOf('24', { fields: { additionalInfo: { outletId: 'AGEN-77' } } }))
    expect(named).toMatchObject({ kind: 'inquiry', outlet: 'AGEN-77' })
    expect(messageOf(callOf('24'))).not.toHaveProperty('outlet')
    const paid = messageOf(callOf('25', { fields: { additionalInfo: { outletId: 'AGEN-77' } } }))
    expect(paid).not.toHaveProperty('namesOutlet')
    const unnamed = messageOf(callOf('25', { fields: { additionalInfo: {} } }))
    expect(unnamed).toMatchObject({ outlet: '00012', namesOutlet: false })
  })

  test('belongs to the WIB day of its signed time', () => {
    const timestamp = '2026-11-20T17:00:00Z'
    const at = parseInstant(timestamp) as Instant
    const token = tokenFrom(endpoint, at, { 'x-timestamp': timestamp })
    const request = callOf('25', { headers: { 'x-timestamp': timestamp, authorization: `Bearer ${token}` } })
    expect(messageOf(request, at)).toMatchObject({ externalId: { day: '2026-11-21' } })
  })

  test('is on time when exactly five minutes off, either way', () => {
    expect(messageOf(callOf('25'), later(300_000))).toMatchObject({ kind: 'payment' })
    expect(messageOf(callOf('25'), later(-300_000))).toMatchObject({ kind: 'payment' })
  })
})

describe.each(SERVICES)('service %s refuses', (service) => {
  test.each(REFUSED)('%s', (_, spoilt, status, code, message) => {
    const path = spoilt.signed?.path?.replace('payment', PATHS[service].split('/').at(-1) as string)
    const signed = path === undefined ? spoilt.signed : { ...spoilt.signed, path }
    const reply = saidOf(endpoint.read(callOf(service, { ...spoilt, ...(signed && { signed }) }), NOW))
    expect([reply.status, reply.code, reply.message]).toEqual([status, code.replace('xx', service), message])
    expect(reply.authentic).toBe(status === 400)
    const flag = reply.data?.[service === '24' ? 'inquiryStatus' : 'paymentFlagStatus']
    expect(flag).toBe(status === 400 ? '01' : undefined)
  })

  test('the earlier of any two defects', () => {
    const without = REFUSED.filter(([, { rawBody, request }]) => rawBody === undefined || request !== undefined)
    const rows = fc.integer({ min: 0, max: without.length - 1 })
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const [, first, , code] = without[Math.min(a, b)]!
        const [, second, , other] = without[Math.max(a, b)]!
        const both = saidOf(endpoint.read(callOf(service, merged(first, second)), NOW))
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

describe('an unknown operation', () => {
  test.each(['/v1.0/transfer-va/status', '/v1.0/transfer-va/payment/', '/V1.0/transfer-va/payment', '', '/__proto__'])(
    'is not found: %s',
    (operation) => {
      const reply = saidOf(endpoint.read(callOf('25', { request: { operation } }), NOW))
      expect([reply.status, reply.code, reply.refusal]).toEqual([404, '4042400', 'unknown-operation'])
    },
  )
})
