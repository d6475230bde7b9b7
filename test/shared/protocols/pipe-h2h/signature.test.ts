/**
 * The pipe signature is weak: values can shift into each other without changing it. These tests say which shifts the
 * patterns, the registered stores, the clock and the totals stop, and which are left (shared/channels/alfamart/README.md).
 */
import { describe, expect, test } from 'vitest'
import type { Message } from '../../../../shared/channel-port/channel.ts'
import { type PipeOperation, type PipeValues, SIGNED_FIELDS } from '../../../../shared/protocols/pipe-h2h/fields.ts'
import { signPipe } from '../../../../shared/protocols/pipe-h2h/signature.ts'
import { type Call, goodCall, KEYS, read, withValues } from './call.ts'

test('the signature is the SHA-1 of the values in their order and the key, in lower-case hex', () => {
  const values = {
    AgentID: 'A',
    AgentPIN: '1',
    AgentTrxID: 'T',
    AgentStoreID: 'S',
    ProductID: 'BPUTK',
    CustomerID: '2',
  }
  const all = { ...values, DateTimeRequest: '20261120140321' }
  // printf %s A1TSBPUTK220261120140321key | sha1sum
  expect(signPipe('inquiry', all, 'key')).toBe('26134d45ea1cf6cb596e4ec19fc5ea84b9b6c7db')
  expect(signPipe('reversal', all, 'key')).toBe(signPipe('inquiry', all, 'key'))
})

/** Every call that signs alike when one border between neighbouring fields moves by up to four characters. */
function shiftsOf(call: Call): readonly Call[] {
  const fields = SIGNED_FIELDS[call.operation]
  return fields.slice(0, -1).flatMap((left, at) => {
    const right = fields[at + 1] as (typeof fields)[number]
    const both = `${call.values[left]}${call.values[right]}`
    const border = call.values[left]?.length ?? 0
    return [-4, -3, -2, -1, 1, 2, 3, 4]
      .map((move) => border + move)
      .filter((cut) => cut >= 0 && cut <= both.length)
      .map((cut) => withValues(call, { [left]: both.slice(0, cut), [right]: both.slice(cut) }))
  })
}

async function letIn(calls: readonly Call[]): Promise<readonly Message[]> {
  const readings = await Promise.all(calls.map(read))
  return readings.flatMap((reading) => (reading.kind === 'message' ? [reading.message] : []))
}

describe('a border between two fields that moves', () => {
  test.each(['inquiry', 'payment', 'reversal'] as const)('signs a %s alike', (operation) => {
    const call = goodCall(operation)
    const signatures = shiftsOf(call).map((shifted) => signPipe(operation, shifted.values, KEYS.secretKey))
    expect(new Set(signatures)).toEqual(new Set([signPipe(operation, call.values, KEYS.secretKey)]))
  })

  test('never turns a payment into another one', async () => {
    for (const months of ['01', '02', '03', '06', '12']) {
      const ProductID = months === '01' ? 'BPUTK' : `BPUTK${months}`
      const values = { ProductID, PaymentPeriod: months, CustomerID: '1206015708990001' }
      expect(await letIn(shiftsOf(withValues(goodCall('payment'), values)))).toEqual([])
    }
  })

  test.each(['inquiry', 'reversal'] as const)(
    'leaves of a %s only what moves a product’s months into the customer',
    async (operation) => {
      const shifted = await letIn(shiftsOf(goodCall(operation)))
      expect(shifted.map(customerOf)).toEqual(['0312345678901'])
    },
  )

  test('leaves a customer id that starts like a product’s months, shorter than any id of the hub', async () => {
    const call = withValues(goodCall('inquiry'), { ProductID: 'BPUTK', CustomerID: '12345678901' })
    expect((await letIn(shiftsOf(call))).map(customerOf)).toEqual(['345678901'])
  })
})

describe('money digits that move across several borders', () => {
  test('leave only amounts that add up, and none of them with the admin fee of the quote', async () => {
    const call = goodCall('payment')
    const digits = ['Amount', 'Charge', 'Total', 'AdminFee']
      .map((field) => call.values[field as keyof PipeValues])
      .join('')
    const messages = await letIn(cutsOf(digits).map((values) => withValues(call, values)))
    const payments = messages.flatMap((message) => (message.kind === 'payment' ? [message] : []))
    expect(payments.filter(({ amount, adminFee }) => amount === 33600 && adminFee === 2500)).toHaveLength(1)
    expect(payments.filter(({ amount, adminFee }) => amount !== 33600 && adminFee === 2500)).toEqual([])
  })
})

describe('the operation is not signed', () => {
  const asOther = (call: Call, operation: PipeOperation): Call => ({
    ...call,
    operation,
    path: `/${operation}`,
    signature: signPipe(call.operation, call.values, KEYS.secretKey),
  })

  test('a captured inquiry reads as a reversal: what is left is that the endpoint asks for it to follow its payment', async () => {
    const reading = await read(asOther(goodCall('inquiry'), 'reversal'))
    expect(reading).toMatchObject({ kind: 'message', message: { kind: 'reversal', mustFollowPayment: true } })
  })

  test.each(['inquiry', 'reversal'] as const)('a captured payment is no %s', async (operation) => {
    expect(await read(asOther(goodCall('payment'), operation))).toMatchObject({ refusal: 'bad-signature' })
  })
})

function customerOf(message: Message): string {
  return message.customerId
}

/** Every way to cut one text into the four money fields. */
function cutsOf(digits: string): readonly PipeValues[] {
  const cuts: PipeValues[] = []
  for (let a = 1; a < digits.length - 2; a++) {
    for (let b = a + 1; b < digits.length - 1; b++) {
      for (let c = b + 1; c < digits.length; c++) {
        const [Amount, Charge, Total, AdminFee] = [
          digits.slice(0, a),
          digits.slice(a, b),
          digits.slice(b, c),
          digits.slice(c),
        ]
        cuts.push({ Amount, Charge, Total, AdminFee })
      }
    }
  }
  return cuts
}
