/**
 * What the hub's own protocol lets in, and the order in which it turns away: each row spoils one thing of a good call.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EndpointRefusal } from '../../../../shared/channel-port/channel.ts'
import type { HubOperation } from '../../../../shared/protocols/hub-h2h/fields.ts'
import {
  BODIES,
  type Call,
  endpoint,
  goodCall,
  type Json,
  later,
  NEXT_SECRET,
  NOW,
  read,
  requestOf,
  withBody,
} from './call.ts'

const OPERATIONS: readonly HubOperation[] = ['inquiry', 'payment', 'reversal', 'status']

type Defect = {
  readonly name: string
  readonly spoil: (call: Call) => Call
  readonly status: number
  readonly code: string
  readonly refusal: EndpointRefusal
  readonly authentic?: true
}

const change = (values: Json) => (call: Call) =>
  withBody(call, { ...JSON.parse(typeof call.body === 'string' ? call.body : '{}'), ...values })

/** In order of precedence: a payment with two of them is answered as the earlier one. */
const DEFECTS_IN_ORDER: readonly Defect[] = [
  {
    name: 'the body is over 64 KB',
    spoil: (call) => ({ ...call, body: `${call.body}${' '.repeat(65_536)}` }),
    status: 413,
    code: 'TOO_LARGE',
    refusal: 'too-large',
  },
  {
    name: 'the path is not known',
    spoil: (call) => ({ ...call, path: '/v2/payment' }),
    status: 404,
    code: 'UNKNOWN_OPERATION',
    refusal: 'unknown-operation',
  },
  {
    name: 'the method is not POST',
    spoil: (call) => ({ ...call, method: 'GET' }),
    status: 405,
    code: 'WRONG_METHOD',
    refusal: 'unknown-operation',
  },
  {
    name: 'the type is not JSON',
    spoil: (call) => ({ ...call, contentType: 'text/plain' }),
    status: 415,
    code: 'WRONG_CONTENT_TYPE',
    refusal: 'wrong-content-type',
  },
  {
    name: 'the webhook id has a full stop',
    spoil: (call) => ({ ...call, id: 'msg.1' }),
    status: 401,
    code: 'SIGNATURE_MISSING',
    refusal: 'bad-signature',
  },
  {
    name: 'the signature is of another key',
    spoil: (call) => ({ ...call, secret: `whsec_${Buffer.alloc(32, 9).toString('base64')}` }),
    status: 401,
    code: 'SIGNATURE_WRONG',
    refusal: 'bad-signature',
  },
  {
    name: 'the clock is 301 seconds late',
    spoil: (call) => ({ ...call, now: later(301_000) }),
    status: 401,
    code: 'CLOCK_WRONG',
    refusal: 'bad-clock',
  },
  {
    name: 'the body is cut off',
    spoil: (call) => ({ ...call, body: `${call.body}`.slice(0, -1) }),
    status: 400,
    code: 'NOT_JSON',
    refusal: 'not-readable',
    authentic: true,
  },
]

const OTHER_DEFECTS: readonly Defect[] = [
  {
    name: 'there is no type',
    spoil: (call) => ({ ...call, contentType: undefined }),
    status: 415,
    code: 'WRONG_CONTENT_TYPE',
    refusal: 'wrong-content-type',
  },
  {
    name: 'the charset is another',
    spoil: (call) => ({ ...call, contentType: 'application/json; charset=latin1' }),
    status: 415,
    code: 'WRONG_CONTENT_TYPE',
    refusal: 'wrong-content-type',
  },
  {
    name: 'the webhook id is empty',
    spoil: (call) => ({ ...call, id: '' }),
    status: 401,
    code: 'SIGNATURE_MISSING',
    refusal: 'bad-signature',
  },
  {
    name: 'the webhook id is 257 long',
    spoil: (call) => ({ ...call, id: 'm'.repeat(257) }),
    status: 401,
    code: 'SIGNATURE_MISSING',
    refusal: 'bad-signature',
  },
  {
    name: 'the timestamp has a fraction',
    spoil: (call) => ({ ...call, timestamp: `${call.timestamp}.5` }),
    status: 401,
    code: 'SIGNATURE_MISSING',
    refusal: 'bad-signature',
  },
  {
    name: 'there is no signature',
    spoil: (call) => ({ ...call, signatures: '' }),
    status: 401,
    code: 'SIGNATURE_MISSING',
    refusal: 'bad-signature',
  },
  {
    name: 'the clock is 301 seconds early',
    spoil: (call) => ({ ...call, now: later(-301_000) }),
    status: 401,
    code: 'CLOCK_WRONG',
    refusal: 'bad-clock',
  },
  {
    name: 'the body is empty',
    spoil: (call) => ({ ...call, body: '' }),
    status: 400,
    code: 'NOT_JSON',
    refusal: 'not-readable',
    authentic: true,
  },
  {
    name: 'the body is a list',
    spoil: (call) => ({ ...call, body: '[]' }),
    status: 400,
    code: 'NOT_JSON',
    refusal: 'not-readable',
    authentic: true,
  },
  {
    name: 'a key comes twice',
    spoil: (call) => ({ ...call, body: `${call.body}`.replace('{', '{"amount":1,') }),
    status: 400,
    code: 'NOT_JSON',
    refusal: 'not-readable',
    authentic: true,
  },
  {
    name: 'the body is no UTF-8',
    spoil: (call) => ({ ...call, body: Uint8Array.of(0x7b, 0xff, 0x7d) }),
    status: 400,
    code: 'NOT_JSON',
    refusal: 'not-readable',
    authentic: true,
  },
]

/** field, how it is spoiled, and in which operation. A raw body where JSON.stringify cannot write the defect. */
const BAD_FIELDS: readonly (readonly [HubOperation, string, Json])[] = [
  ['inquiry', 'transactionId', { transactionId: '' }],
  ['inquiry', 'transactionId', { transactionId: 'a'.repeat(65) }],
  ['inquiry', 'transactionId', { transactionId: 'a b' }],
  ['inquiry', 'transactionId', { transactionId: 17 }],
  ['inquiry', 'customerId', { customerId: 12345678901 }],
  ['inquiry', 'customerId', { customerId: '1'.repeat(21) }],
  ['inquiry', 'customerId', { customerId: '12x' }],
  ['inquiry', 'months', { months: 0 }],
  ['inquiry', 'months', { months: 13 }],
  ['inquiry', 'months', { months: 4 }],
  ['inquiry', 'months', { months: '1' }],
  ['inquiry', 'months', { months: null }],
  ['inquiry', 'outlet', { outlet: 'STORE 17' }],
  ['inquiry', 'outlet', { outlet: [] }],
  ['inquiry', 'outlet.id', { outlet: { terminalId: '02' } }],
  ['inquiry', 'outlet.id', { outlet: { id: '', terminalId: '02' } }],
  ['inquiry', 'outlet.id', { outlet: { id: 'Ä', terminalId: '02' } }],
  ['inquiry', 'outlet.terminalId', { outlet: { id: 'STORE 17' } }],
  ['inquiry', 'outlet.terminalId', { outlet: { id: 'STORE 17', terminalId: '0'.repeat(33) } }],
  ['inquiry', 'outlet.city', { outlet: { id: 'STORE 17', terminalId: '02', city: 'Jambi' } }],
  ['inquiry', 'requestedAt', { requestedAt: '2026-11-20T14:03:21' }],
  ['inquiry', 'requestedAt', { requestedAt: '2026-02-30T14:03:21+07:00' }],
  ['inquiry', 'requestedAt', { requestedAt: 1_795_000_000 }],
  ['inquiry', 'amount', { amount: 8400 }],
  ['payment', 'amount', { amount: -1, total: 2499 }],
  ['payment', 'amount', { amount: 8400.5, total: 10900.5 }],
  ['payment', 'amount', { amount: '8400' }],
  ['payment', 'amount', { amount: 10 ** 12 + 1 }],
  ['payment', 'adminFee', { adminFee: null }],
  ['payment', 'total', { total: 10901 }],
  ['payment', 'transactedAt', { transactedAt: 'yesterday' }],
  ['payment', 'requestedAt', { requestedAt: '2026-11-20T14:03:21+07:00' }],
  ['payment', 'reason', { reason: 'none' }],
  ['reversal', 'reason', { reason: '' }],
  ['reversal', 'reason', { reason: 'x'.repeat(141) }],
  ['reversal', 'reason', { reason: 'a\nb' }],
  ['reversal', 'months', { months: 1 }],
  ['status', 'outlet', { outlet: { id: 'STORE 17', terminalId: '02' } }],
  ['status', '(unknown)', { '3201011501900001': 1 }],
]

describe('a good call', () => {
  test('becomes an inquiry', async () => {
    const reading = await read(goodCall('inquiry'))
    const { transactionId: requestId, customerId } = BODIES.inquiry
    expect(reading.kind === 'message' && reading.message).toEqual({
      kind: 'inquiry',
      requestId,
      customerId,
      months: 1,
      partnerAt: later(-21_000),
      outlet: 'STORE 17/02',
    })
  })

  test('becomes a payment with every fact that it is later compared on', async () => {
    const reading = await read(goodCall('payment'))
    expect(reading.kind === 'message' && reading.message).toEqual({
      kind: 'payment',
      paymentId: 'TRX-2026.11_0001',
      customerId: '12345678901',
      product: '',
      months: 1,
      amount: 8400,
      adminFee: 2500,
      outlet: 'STORE 17/02',
      partnerAt: later(-21_000),
    })
  })

  test('becomes a reversal, which need not follow its payment: its fields are its own', async () => {
    const reading = await read(goodCall('reversal'))
    expect(reading.kind === 'message' && reading.message).toEqual({
      kind: 'reversal',
      paymentId: 'TRX-2026.11_0001',
      customerId: '12345678901',
      outlet: 'STORE 17/02',
      reason: 'customer walked away',
      partnerAt: later(-21_000),
      mustFollowPayment: false,
    })
  })

  test('becomes a status question', async () => {
    const reading = await read(goodCall('status'))
    const { transactionId: paymentId, customerId } = BODIES.status
    expect(reading.kind === 'message' && reading.message).toEqual({ kind: 'status', paymentId, customerId })
  })

  test.each([
    ['the type names its charset', (call: Call) => ({ ...call, contentType: 'Application/JSON; charset="UTF-8"' })],
    ['the clock is 300 seconds early', (call: Call) => ({ ...call, now: later(-300_000) })],
    ['the clock is 300 seconds late', (call: Call) => ({ ...call, now: later(300_000) })],
    ['the next generation of keys signs', (call: Call) => ({ ...call, secret: NEXT_SECRET })],
    ['the body has white space', (call: Call) => ({ ...call, body: ` ${`${call.body}`.replaceAll(',', ' ,\n')} ` })],
    ['the body is 64 KB', (call: Call) => ({ ...call, body: `${call.body}`.padEnd(65_536) })],
  ])('is let in though %s', async (_, change) => {
    for (const operation of OPERATIONS) expect((await read(change(goodCall(operation)))).kind).toBe('message')
  })

  test.each(['x', '😀'.repeat(140)])('a reversal may have the reason "%s"', async (reason) => {
    expect((await read(change({ reason })(goodCall('reversal')))).kind).toBe('message')
  })

  test.each([0, 10 ** 12])('an amount may be %i', async (amount) => {
    expect((await read(change({ amount, adminFee: 0, total: amount })(goodCall('payment')))).kind).toBe('message')
  })
})

describe('a spoiled payment', () => {
  test.each([...DEFECTS_IN_ORDER, ...OTHER_DEFECTS])('is answered $status $code when $name', async (defect) => {
    const reading = await read(defect.spoil(goodCall('payment')))
    expect(reading).toMatchObject({ kind: 'response', refusal: defect.refusal, authentic: defect.authentic ?? false })
    expect(problemOf(reading)).toMatchObject({ status: defect.status, code: defect.code })
  })

  const pairs = DEFECTS_IN_ORDER.flatMap((first, at) =>
    DEFECTS_IN_ORDER.slice(at + 1).map((second) => ({ first, second })),
  )
  test.each(pairs)('is refused because $first.name, although $second.name too', async ({ first, second }) => {
    const reading = await read(first.spoil(second.spoil(goodCall('payment'))))
    expect(problemOf(reading)).toMatchObject({ status: first.status, code: first.code })
  })
})

describe('a signed body that is malformed', () => {
  test.each(BAD_FIELDS)('in %s names the field %s: %o', async (operation, field, values) => {
    const reading = await read(change(values)(goodCall(operation)))
    expect(reading).toMatchObject({ kind: 'response', refusal: 'malformed', authentic: true })
    expect(problemOf(reading)).toMatchObject({ status: 400, code: 'MALFORMED', field })
    expect(problemOf(reading).detail).toMatch(/^expected |^no such/)
  })

  test.each(OPERATIONS.flatMap((operation) => Object.keys(BODIES[operation]).map((field) => ({ operation, field }))))(
    'a $operation without $field names it',
    async ({ operation, field }) => {
      const { [field]: _, ...rest } = BODIES[operation]
      expect(problemOf(await read(withBody(goodCall(operation), rest)))).toMatchObject({ code: 'MALFORMED', field })
    },
  )

  test.each([
    ['8400.0', 'written with a fraction'],
    ['84e2', 'written with an exponent'],
    ['9007199254740993', 'beyond what a number holds'],
    ['-0', 'minus nothing'],
  ])('an amount of %s is refused: it is %s', async (text) => {
    const call = goodCall('payment')
    const body = `${call.body}`.replace('"amount":8400', `"amount":${text}`)
    expect(problemOf(await read({ ...call, body }))).toMatchObject({ field: 'amount' })
  })

  test.each(['__proto__', 'constructor', 'toString'])(
    'an extra field called %s is a field like any other',
    async (name) => {
      const call = goodCall('status')
      const body = `${call.body}`.replace('{', `{"${name}":{},`)
      expect(problemOf(await read({ ...call, body }))).toMatchObject({ code: 'MALFORMED', field: name })
    },
  )

  test('the body of one operation fits no other, because the path is not signed', async () => {
    for (const operation of OPERATIONS) {
      for (const other of OPERATIONS) {
        const reading = await read({ ...goodCall(operation), path: `/v1/${other}` })
        expect(reading.kind).toBe(operation === other ? 'message' : 'response')
      }
    }
  })
})

describe('whatever comes', () => {
  test('any bytes under any headers are answered, never thrown at', async () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }))
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array(),
        text,
        text,
        text,
        fc.constantFrom(...OPERATIONS),
        async (body, id, timestamp, signature, operation) => {
          const headers = {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': timestamp,
            'webhook-signature': signature,
          }
          expect((await endpoint.read({ ...requestOf(goodCall(operation)), headers, body }, NOW)).kind).toBe('response')
        },
      ),
    )
  })

  test('any signed JSON is answered, never thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.constantFrom(...OPERATIONS), async (body, operation) => {
        expect(await read({ ...goodCall(operation), body })).toMatchObject({ kind: 'response', authentic: true })
      }),
    )
  })

  test('a body or signature with one bit changed on the way is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), fc.boolean(), async (where, bit, inBody) => {
        const request = requestOf(goodCall('payment'))
        const bytes = inBody
          ? Buffer.from(request.body)
          : Buffer.from(request.headers['webhook-signature'] ?? '', 'latin1')
        const at = where % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        const headers = { ...request.headers, 'webhook-signature': bytes.toString('latin1') }
        const spoiled = inBody ? { ...request, body: bytes } : { ...request, headers }
        const reading = await endpoint.read(spoiled, NOW)
        expect(reading).toMatchObject({ kind: 'response', refusal: 'bad-signature' })
      }),
    )
  })
})

function problemOf(reading: Awaited<ReturnType<typeof read>>): Record<string, unknown> {
  if (reading.kind === 'message') throw new Error('expected a problem, got a message')
  expect(reading.response.headers['Content-Type']).toBe('application/problem+json')
  const problem = JSON.parse(reading.response.body)
  expect(problem.status).toBe(reading.response.status)
  return problem
}
