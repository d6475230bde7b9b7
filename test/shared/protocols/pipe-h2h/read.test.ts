/**
 * What the pipe protocol lets in, and the order in which it turns away: each row spoils one thing of a good call.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EndpointRefusal } from '../../../../shared/channel-port/channel.ts'
import type { PipeField, PipeOperation, PipeValues } from '../../../../shared/protocols/pipe-h2h/fields.ts'
import { pipeEndpoint } from '../../../../shared/protocols/pipe-h2h/read.ts'
import { signPipe } from '../../../../shared/protocols/pipe-h2h/signature.ts'
import {
  type Call,
  codeOf,
  endpoint,
  goodCall,
  KEYS,
  later,
  NEXT_KEYS,
  NOW,
  profile,
  read,
  refusedResponse,
  requestOf,
  without,
  withValues,
} from './call.ts'

const OPERATIONS: readonly PipeOperation[] = ['inquiry', 'payment', 'reversal']

type Defect = {
  readonly name: string
  readonly spoil: (call: Call) => Call
  readonly answer: string
  readonly refusal: EndpointRefusal
  readonly authentic?: true
}

const set = (values: PipeValues) => (call: Call) => withValues(call, values)

/** In order of precedence: a payment with two of them is answered as the earlier one. */
const DEFECTS_IN_ORDER: readonly Defect[] = [
  {
    name: 'the query is over 8 KB',
    spoil: (call) => ({ ...call, tail: `${call.tail}&x=${'y'.repeat(8192)}` }),
    answer: 'HTTP 413',
    refusal: 'too-large',
  },
  {
    name: 'the operation is not known',
    spoil: (call) => ({ ...call, path: '/refund' }),
    answer: 'HTTP 404',
    refusal: 'unknown-operation',
  },
  {
    name: 'the method is not GET',
    spoil: (call) => ({ ...call, method: 'POST' }),
    answer: 'HTTP 405',
    refusal: 'unknown-operation',
  },
  { name: 'a field fails its pattern', spoil: set({ AgentTrxID: 'TRX 1' }), answer: '12', refusal: 'malformed' },
  {
    name: 'the store is not registered',
    spoil: set({ AgentStoreID: 'T009' }),
    answer: '97',
    refusal: 'unknown-partner',
  },
  {
    name: 'the signature is another',
    spoil: (call) => ({ ...call, signature: '0'.repeat(40) }),
    answer: '97',
    refusal: 'bad-signature',
  },
  {
    name: 'the clock is 301 seconds late',
    spoil: (call) => ({ ...call, now: later(301_000) }),
    answer: '97',
    refusal: 'bad-clock',
  },
  {
    name: 'the product is not sold',
    spoil: set({ ProductID: 'BPUTK04' }),
    answer: '12',
    refusal: 'malformed',
    authentic: true,
  },
]

/** Alone, each spoils a payment in a way of its own. */
const OTHER_DEFECTS: readonly Defect[] = [
  {
    name: 'a name comes twice',
    spoil: (call) => ({ ...call, tail: '&Amount=33600' }),
    answer: '12',
    refusal: 'malformed',
  },
  {
    name: 'a foreign name comes twice',
    spoil: (call) => ({ ...call, tail: '&x=1&x=2' }),
    answer: '12',
    refusal: 'malformed',
  },
  {
    name: 'a name looks like one of ours',
    spoil: (call) => ({ ...call, tail: '&amount=1' }),
    answer: '12',
    refusal: 'malformed',
  },
  { name: 'an escape is broken', spoil: (call) => ({ ...call, tail: '&x=%zz' }), answer: '12', refusal: 'malformed' },
  { name: 'an escape is no UTF-8', spoil: (call) => ({ ...call, tail: '&x=%ff' }), answer: '12', refusal: 'malformed' },
  {
    name: 'the signature is in upper case',
    spoil: (call) => ({ ...call, signature: 'A'.repeat(40) }),
    answer: '12',
    refusal: 'malformed',
  },
  { name: 'the agent is another', spoil: set({ AgentID: 'AGENT2' }), answer: '97', refusal: 'unknown-partner' },
  {
    name: 'it comes from an address that is not registered',
    spoil: (call) => ({ ...call, sourceIp: '198.51.100.7' }),
    answer: '97',
    refusal: 'unknown-partner',
  },
  { name: 'the PIN is another', spoil: set({ AgentPIN: '000000' }), answer: '97', refusal: 'unknown-partner' },
  {
    name: 'the PIN is of one generation and the key of the other',
    spoil: set({ AgentPIN: NEXT_KEYS.agentPin }),
    answer: '97',
    refusal: 'bad-signature',
  },
  {
    name: 'the clock is 301 seconds early',
    spoil: (call) => ({ ...call, now: later(-301_000) }),
    answer: '97',
    refusal: 'bad-clock',
  },
  {
    name: 'the period is of no product',
    spoil: set({ ProductID: 'BPUBL', PaymentPeriod: '04' }),
    answer: '12',
    refusal: 'malformed',
    authentic: true,
  },
  {
    name: 'the period is not the product’s',
    spoil: set({ PaymentPeriod: '06' }),
    answer: '12',
    refusal: 'malformed',
    authentic: true,
  },
  {
    name: 'there is a charge',
    spoil: set({ Charge: '100', Total: '36200' }),
    answer: '12',
    refusal: 'malformed',
    authentic: true,
  },
  {
    name: 'the total does not add up',
    spoil: set({ Total: '36101' }),
    answer: '12',
    refusal: 'malformed',
    authentic: true,
  },
]

const BAD_VALUES: readonly (readonly [PipeField, readonly string[]])[] = [
  ['AgentID', ['', 'A'.repeat(21), 'A|B', 'Ä']],
  ['AgentPIN', ['', '1'.repeat(21), '12 34']],
  ['AgentTrxID', ['', 'a'.repeat(65), 'a+b', 'a/b', 'a\n']],
  ['AgentStoreID', ['', 'T'.repeat(13), 'T-1']],
  ['ProductID', ['', 'bputk', 'BPUTK000000']],
  ['CustomerID', ['', '1'.repeat(21), '12a', '１２']],
  ['DateTimeRequest', ['', '2026112014032', '20261320140321', '20260230140321', '20261120240000']],
  ['PaymentPeriod', ['', '3', '003', '0x']],
  ['Amount', ['', '033600', '33600.00', '-1', '1e3', '1'.repeat(13)]],
  ['Charge', ['', '00']],
  ['Total', ['', '+1']],
  ['AdminFee', ['', ' 2500']],
]

const signatureIn = ({ operation, values, secretKey }: Call) => signPipe(operation, values, secretKey)

describe('a good call', () => {
  test('an inquiry asks for the product’s months', async () => {
    expect(await read(goodCall('inquiry'))).toMatchObject({
      kind: 'message',
      message: {
        kind: 'inquiry',
        requestId: 'TRX-2026.11_0001',
        customerId: '12345678901',
        months: 3,
        partnerAt: NOW,
        expects: 'person',
      },
    })
  })

  test('a payment carries every fact that it is later compared on', async () => {
    const reading = await read(goodCall('payment'))
    expect(reading.kind === 'message' && reading.message).toEqual({
      kind: 'payment',
      paymentId: 'TRX-2026.11_0001',
      customerId: '12345678901',
      product: 'BPUTK03',
      months: 3,
      amount: 33600,
      adminFee: 2500,
      outlet: 'T002',
      partnerAt: NOW,
      expects: 'person',
    })
  })

  test('a reversal must follow its payment, because the operation is not signed', async () => {
    const reading = await read(goodCall('reversal'))
    expect(reading.kind === 'message' && reading.message).toEqual({
      kind: 'reversal',
      paymentId: 'TRX-2026.11_0001',
      customerId: '12345678901',
      outlet: 'T002',
      reason: '',
      partnerAt: NOW,
      mustFollowPayment: true,
      signature: signatureIn(goodCall('reversal')),
    })
  })

  test('an inquiry carries its signature, which a reversal of the same second would share', async () => {
    const reading = await read(goodCall('inquiry'))
    expect(reading.kind === 'message' && reading.message).toMatchObject({
      kind: 'inquiry',
      signature: signatureIn(goodCall('inquiry')),
    })
  })

  test.each([
    ['BPUTK', '01', 1, 'person'],
    ['BPUTK02', '02', 2, 'person'],
    ['BPUTK03', '03', 3, 'person'],
    ['BPUTK06', '06', 6, 'person'],
    ['BPUTK12', '12', 12, 'person'],
    ['BPUBL', '01', 1, 'bill'],
    ['BPUBL', '12', 12, 'bill'],
  ])('the product %s with period %s pays %i months of a %s', async (ProductID, PaymentPeriod, months, expects) => {
    const reading = await read(withValues(goodCall('payment'), { ProductID, PaymentPeriod }))
    expect(reading).toMatchObject({ kind: 'message', message: { months, expects, product: ProductID } })
  })

  test('an inquiry for a bill leaves the months to the bill', async () => {
    const reading = await read(withValues(goodCall('inquiry'), { ProductID: 'BPUBL' }))
    expect(reading).toMatchObject({ kind: 'message', message: { months: null, expects: 'bill' } })
  })

  test.each([
    ['the clock is 300 seconds early', (call: Call) => ({ ...call, now: later(-300_000) })],
    ['the clock is 300 seconds late', (call: Call) => ({ ...call, now: later(300_000) })],
    ['the partner adds a parameter of its own', (call: Call) => ({ ...call, tail: '&version=2' })],
    ['there are empty pieces between the fields', (call: Call) => ({ ...call, tail: '&&' })],
    [
      'the next generation of keys signs',
      (call: Call) => ({ ...withValues(call, { AgentPIN: NEXT_KEYS.agentPin }), secretKey: NEXT_KEYS.secretKey }),
    ],
  ])('is let in though %s', async (_, change) => {
    for (const operation of OPERATIONS) expect((await read(change(goodCall(operation)))).kind).toBe('message')
  })

  test('is the same call when its values are percent-encoded', async () => {
    const request = requestOf(goodCall('inquiry'))
    const encoded = { ...request, rawQuery: request.rawQuery.replace('AgentStoreID=T002', 'AgentStoreID=%54002') }
    expect((await endpoint.read(encoded, NOW)).kind).toBe('message')
  })

  test('ignores what comes as a body', async () => {
    const request = { ...requestOf(goodCall('inquiry')), body: new TextEncoder().encode('Amount=1') }
    expect((await endpoint.read(request, NOW)).kind).toBe('message')
  })
})

describe('a spoiled payment', () => {
  test.each([...DEFECTS_IN_ORDER, ...OTHER_DEFECTS])('is answered $answer when $name', async (defect) => {
    const reading = await read(defect.spoil(goodCall('payment')))
    expect(reading).toMatchObject({ kind: 'response', refusal: defect.refusal, authentic: defect.authentic ?? false })
    expect(reading.kind === 'response' && codeOf('payment', reading.response)).toBe(defect.answer)
  })

  const pairs = DEFECTS_IN_ORDER.flatMap((first, at) =>
    DEFECTS_IN_ORDER.slice(at + 1).map((second) => ({ first, second })),
  )
  test.each(pairs)('is refused because $first.name, although $second.name too', async ({ first, second }) => {
    const reading = await read(first.spoil(second.spoil(goodCall('payment'))))
    expect(reading).toMatchObject({ kind: 'response', refusal: first.refusal })
    expect(reading.kind === 'response' && codeOf('payment', reading.response)).toBe(first.answer)
  })

  test.each(BAD_VALUES.flatMap(([field, values]) => values.map((value) => ({ field, value }))))(
    'is malformed when $field is "$value", and echoes that field empty',
    async ({ field, value }) => {
      const response = await refusedResponse(withValues(goodCall('payment'), { [field]: value }))
      expect(codeOf('payment', response)).toBe('12')
      expect(response.body.split('|')).toHaveLength(17)
      if (value !== '') expect(response.body).not.toContain(`|${value}|`)
    },
  )

  test.each(OPERATIONS.flatMap((operation) => fieldsOf(operation).map((field) => ({ operation, field }))))(
    'a $operation without $field is malformed',
    async ({ operation, field }) => {
      expect(codeOf(operation, await refusedResponse(without(goodCall(operation), field)))).toBe('12')
    },
  )

  test('with a wrong PIN says at which store, to us alone, where the partner itself signed it', async () => {
    const signed = withValues(goodCall('inquiry'), { AgentPIN: '000000' })
    const reading = await read(signed)
    expect(reading).toMatchObject({
      refusal: 'unknown-partner',
      authentic: false,
      wrongPinAt: signed.values.AgentStoreID,
    })
    const others: readonly Call[] = [
      { ...signed, signature: '0'.repeat(40) },
      { ...signed, sourceIp: '198.51.100.7' },
      withValues(signed, { AgentID: 'AGENT2' }),
      withValues(signed, { AgentStoreID: 'T009' }),
      { ...goodCall('inquiry'), signature: '0'.repeat(40) },
    ]
    for (const call of others) expect(await read(call)).not.toHaveProperty('wrongPinAt')
  })

  test('of a retailer that has one store number for all its stores names none: nobody is counted for the others', async () => {
    const keys = { ...KEYS, storeIds: ['T002'] }
    const next = { ...keys, agentPin: '135791' }
    const retailer = pipeEndpoint({ profile }, JSON.stringify({ current: keys, next }))
    const readBy = (call: Call) => retailer.read(requestOf(call), call.now)
    const [inquiry, payment] = [await readBy(goodCall('inquiry')), await readBy(goodCall('payment'))]
    expect('message' in inquiry && inquiry.message).not.toHaveProperty('outlet')
    expect('message' in payment && payment.message).toMatchObject({ outlet: 'T002', namesOutlet: false })
    const wrongPin = await readBy(withValues(goodCall('inquiry'), { AgentPIN: '000000' }))
    expect(wrongPin).toMatchObject({ refusal: 'unknown-partner' })
    expect(wrongPin).not.toHaveProperty('wrongPinAt')
    expect('message' in (await read(goodCall('payment')))).toBe(true)
    expect(await read(goodCall('payment'))).not.toHaveProperty('message.namesOutlet')
  })

  test('without a signature is malformed', async () => {
    const request = requestOf(goodCall('inquiry'))
    const reading = await endpoint.read({ ...request, rawQuery: request.rawQuery.replace(/&Signature=.*/, '') }, NOW)
    expect(reading.kind === 'response' && codeOf('inquiry', reading.response)).toBe('12')
  })

  test('never echoes a PIN, right or wrong', async () => {
    const rows = [goodCall('payment'), withValues(goodCall('payment'), { AgentPIN: '999111' })]
    for (const call of rows) {
      const response = await refusedResponse({ ...call, signature: 'f'.repeat(40) })
      expect(response.body).toContain('|******|')
      expect(response.body).not.toMatch(/246810|999111/)
    }
  })

  test('with a name given twice echoes neither value', async () => {
    const response = await refusedResponse({ ...goodCall('payment'), tail: '&CustomerID=10987654321' })
    expect(response.body.split('|')[4]).toBe('')
  })
})

describe('whatever comes', () => {
  test('a query of any text is answered, never thrown at', async () => {
    const piece = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('AgentID=', 'Amount=1', '%', '&', '='),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece), fc.constantFrom(...OPERATIONS), async (pieces, operation) => {
        const request = { ...requestOf(goodCall(operation)), rawQuery: pieces.join('&') }
        expect((await endpoint.read(request, NOW)).kind).toBe('response')
      }),
    )
  })

  test('a signed value that was changed on the way is refused', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...OPERATIONS),
        fc.nat(),
        fc.integer({ min: 33, max: 126 }),
        async (operation, where, code) => {
          const request = requestOf(goodCall(operation))
          const at = where % request.rawQuery.length
          const character = String.fromCharCode(code)
          fc.pre(character !== request.rawQuery[at])
          const rawQuery = request.rawQuery.slice(0, at) + character + request.rawQuery.slice(at + 1)
          const reading = await endpoint.read({ ...request, rawQuery }, NOW)
          expect(reading.kind === 'response' && codeOf(operation, reading.response)).toMatch(/^(12|97)$/)
        },
      ),
    )
  })
})

function fieldsOf(operation: PipeOperation): readonly PipeField[] {
  return Object.keys(goodCall(operation).values).filter(
    (field) => operation === 'payment' || !/^(PaymentPeriod|Amount|Charge|Total|AdminFee)$/.test(field),
  ) as PipeField[]
}
