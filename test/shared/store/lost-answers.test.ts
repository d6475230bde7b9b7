/**
 * A write that was committed and whose answer was lost. The adapter tries again, runs into its own first try, and must see that
 * it is its own:
 *
 *   try 1 ──> committed ──x  answer lost        try 2 ──> condition fails on what try 1 wrote ──> `put`
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type BillCode, billCodeOf } from '../../../shared/domain/bill-code.ts'
import { factKey } from '../../../shared/domain/fact.ts'
import { instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { paymentKey } from '../../../shared/domain/payment-key.ts'
import { UnknownOutcome } from '../../../shared/runtime/faults.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { dynamoBills } from '../../../shared/store/bills/dynamodb.ts'
import { type ClosableDynamoClient, createDynamoClient } from '../../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../../shared/store/payment-decisions/dynamodb.ts'
import type { Tables } from '../../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../../support/dynoxide.ts'
import { participantOf } from '../../support/ids.ts'
import { DECIDED, decisionOf, paymentOf, reversalOf, viewOf } from '../../support/stored.ts'

/** `lose`: committed, answer lost. `drop`: never arrived. `throttle`: turned away. A function: happens before the try. */
type Fate = 'lose' | 'drop' | 'throttle' | (() => Promise<unknown>)

let database: TestDatabase
let tables: Tables
/** Its tries meet `fates`, in order; then all goes well. */
let client: ClosableDynamoClient
/** Another process, whom nothing happens to. */
let other: ClosableDynamoClient
let fates: Fate[] = []

beforeAll(async () => {
  useTestIdentity()
  database = await startDatabase()
  tables = await createTables(database.endpoint)
  other = createDynamoClient({ endpoint: database.endpoint })
  client = withFates(createDynamoClient({ endpoint: database.endpoint }))
})

function withFates(real: ClosableDynamoClient): ClosableDynamoClient {
  return {
    destroy: real.destroy,
    send: async (command) => {
      const fate = fates.shift()
      if (typeof fate === 'function') await fate()
      if (fate === 'throttle') throw Object.assign(new Error(), { name: 'ThrottlingException', $fault: 'client' })
      if (fate === 'drop') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
      const answer = await real.send(command)
      if (fate === 'lose') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
      return answer
    },
  }
}

afterAll(async () => {
  client.destroy()
  other.destroy()
  await database.stop()
})

afterEach(() => {
  // A fate that no try met would make the next test meet it, and this one prove nothing.
  expect(fates).toEqual([])
})

const PERSON = participantOf('p1')

const members = [
  {
    kpj: kpjOf('12345678901'),
    amount: rupiah(8_400),
    months: [{ first: month('2026-11'), count: 1, price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }],
  },
]

function billOf(billCode: BillCode): Bill {
  return {
    billCode,
    months: [month('2026-11')],
    amount: rupiah(8_400),
    memberCount: 1,
    kpj: kpjOf('12345678901'),
    issuedAt: DECIDED,
    validUntil: '2026-12-01T00:00:00+07:00',
    validUntilInstant: instant(DECIDED + 86_400_000),
    paidBy: null,
  }
}

describe('a write whose answer was lost', () => {
  test('of a decision is ours', async () => {
    fates = ['lose']
    expect(await dynamoPaymentDecisions(client, tables).put(decisionOf('C1'))).toEqual({ outcome: 'put' })
  })

  test('of a decision, lost once and throttled then, is unknown and stands', async () => {
    fates = ['lose', 'throttle', 'throttle']
    const decision = decisionOf('C2')
    await expect(dynamoPaymentDecisions(client, tables).put(decision)).rejects.toThrow(UnknownOutcome)
    expect(await dynamoPaymentDecisions(other, tables).get('bni', 'C2')).toEqual(decision)
  })

  test('of a decision that never arrived is put by the next try', async () => {
    fates = ['drop', 'throttle']
    expect(await dynamoPaymentDecisions(client, tables).put(decisionOf('C3'))).toEqual({ outcome: 'put' })
  })

  test('of a decision that never arrived, while another decided, names the other', async () => {
    const theirs = decisionOf('C4', { hubReference: 'CHTHEIRS' })
    fates = ['drop', () => dynamoPaymentDecisions(other, tables).put(theirs)]
    expect(await dynamoPaymentDecisions(client, tables).put(decisionOf('C4'))).toEqual({
      outcome: 'exists',
      existing: theirs,
    })
  })

  test('of a decision that never arrived at all is unknown, and nothing is there', async () => {
    fates = ['drop', 'drop', 'drop']
    await expect(dynamoPaymentDecisions(client, tables).put(decisionOf('C5'))).rejects.toThrow(UnknownOutcome)
    expect(await dynamoPaymentDecisions(other, tables).get('bni', 'C5')).toBeUndefined()
  })

  test('of an external id is ours, though a repeat with the same content would not be', async () => {
    const item = {
      channel: 'bni',
      day: '2026-11-20',
      id: 'E1',
      service: '25',
      requestId: 'R1',
      factsDigest: new Uint8Array(33),
      signedAt: DECIDED,
      expiresAt: instant(DECIDED + 1_000),
    }
    fates = ['lose']
    const decisions = dynamoPaymentDecisions(client, tables)
    expect(await decisions.putExternalId(item, DECIDED)).toEqual({ outcome: 'put' })
    expect(await decisions.putExternalId(item, DECIDED)).toEqual({ outcome: 'exists', existing: item })
  })

  test('of a NIK taken or freed comes to the same', async () => {
    const decisions = dynamoPaymentDecisions(client, tables)
    fates = ['lose']
    expect(await decisions.takeSelfPaid(PERSON, kpjOf('11111111111'))).toEqual({ outcome: 'put' })
    fates = ['lose']
    await decisions.freeSelfPaid(PERSON, kpjOf('11111111111'))
    expect(await decisions.selfPaidMembership(PERSON)).toBeUndefined()
  })

  test('of a fact is there once', async () => {
    const fact = paymentOf('F1')
    fates = ['lose']
    expect(await dynamoFacts(client, tables).put(fact)).toBe('exists')
    expect(await dynamoFacts(other, tables).get(fact.account, factKey('payment', 'bni', ['F1']))).toEqual(fact)
  })

  test('of a view is ours', async () => {
    const view = viewOf(kpjOf('40000000001'))
    const memberships = dynamoMemberships(client, tables)
    fates = ['lose']
    expect(await memberships.put(view)).toBe('put')
    fates = ['lose']
    expect(await memberships.put({ ...view, version: 2 })).toBe('put')
  })

  test('of a view that never arrived, while another folded, is a conflict', async () => {
    const view = viewOf(kpjOf('40000000002'))
    fates = ['drop', () => dynamoMemberships(other, tables).put({ ...view, factCount: 9 })]
    expect(await dynamoMemberships(client, tables).put(view)).toBe('conflict')
  })

  test('of a bill is ours, in one transaction or part by part', async () => {
    const bill = billOf(billCodeOf(1))
    fates = ['lose']
    expect(await dynamoBills(client, tables).put(bill, members)).toBe('put')
    const many = Array.from({ length: 99_001 }, (_, i) => ({ ...members[0]!, kpj: kpjOf(String(50_000_000_000 + i)) }))
    fates = ['lose', 'drop', 'lose']
    expect(await dynamoBills(client, tables).put(billOf(billCodeOf(2)), many)).toBe('put')
  })

  test.each([1_000, 1_001, 2_500])('of a bill of %i members in one transaction is ours', async (count) => {
    const member = members[0] as (typeof members)[number]
    const people = Array.from({ length: count }, (_, i) => ({ ...member, kpj: kpjOf(String(40_000_000_000 + i)) }))
    fates = ['lose']
    const bill = { ...billOf(billCodeOf(10_000 + count)), memberCount: count }
    expect(await dynamoBills(client, tables).put(bill, people)).toBe('put')
    expect(await dynamoBills(other, tables).get(bill.billCode)).toEqual(bill)
    expect(await dynamoBills(other, tables).put({ ...bill, amount: rupiah(1) }, people)).toBe('exists')
  })

  test('of a bill’s payment is ours, and the bill is paid by it', async () => {
    const bill = billOf(billCodeOf(3))
    await dynamoBills(other, tables).put(bill, members)
    fates = ['lose']
    const paid = await dynamoPaymentDecisions(client, tables).putPayingBill(decisionOf('B1'), bill.billCode)
    expect(paid).toEqual({ outcome: 'put' })
    expect((await dynamoBills(other, tables).get(bill.billCode))?.paidBy).toBe('bni#B1')
  })

  test('of a bill’s reversal stands, and the bill is free', async () => {
    const bill = billOf(billCodeOf(4))
    await dynamoBills(other, tables).put(bill, members)
    await dynamoPaymentDecisions(other, tables).putPayingBill(decisionOf('B2'), bill.billCode)
    const reversal = reversalOf(paymentOf('B2', { account: bill.billCode }))
    fates = ['lose']
    expect(await dynamoFacts(client, tables).putReversingBill(reversal, bill.billCode, paymentKey('bni', 'B2'))).toBe(
      'exists',
    )
    expect(await dynamoFacts(other, tables).get(bill.billCode, factKey('reversal', 'bni', ['B2']))).toEqual(reversal)
    expect(await dynamoBills(other, tables).get(bill.billCode)).toEqual(bill)
  })
})
