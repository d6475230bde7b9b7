/** What each answer of the service, or none, comes to: as it comes over the wire, through the client that handlers use. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { billCodeOf } from '../../../../shared/domain/bill-code.ts'
import { kpjOf } from '../../../../shared/domain/kpj.ts'
import { paymentKey } from '../../../../shared/domain/payment-key.ts'
import { Defect, Throttled, Transient, UnknownOutcome } from '../../../../shared/runtime/faults.ts'
import { dynamoBills } from '../../../../shared/store/bills/dynamodb.ts'
import { dynamoContacts } from '../../../../shared/store/contacts/dynamodb.ts'
import { createDynamoClient } from '../../../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../../../shared/store/facts/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../../../shared/store/payment-decisions/dynamodb.ts'
import { useTestIdentity } from '../../../support/dynoxide.ts'
import { decisionOf, paymentOf } from '../../../support/stored.ts'

const ONE = kpjOf('11111111111')
const TWO = kpjOf('22222222222')
const BILL = billCodeOf(1)

type Answer = { readonly status: number; readonly body: string } | 'hang up'

const refusal = (name: string, more: object = {}): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'secret words', ...more }),
})
/** As DynamoDB words it; only the times differ. */
const EXPIRED = refusal('InvalidSignatureException', {
  message: 'Signature expired: 20261120T070000Z is now earlier than 20261120T070500Z (20261120T071000Z - 5 min.)',
})
const cancelled = (...codes: readonly string[]): Answer =>
  refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) })
const broken = (status: number, body = ''): Answer => ({ status, body })
const failure = (name: string): Answer => broken(500, JSON.stringify({ __type: name, message: 'secret words' }))

let server: Server
let answers: Answer[] = []
let calls = 0
let client: ReturnType<typeof createDynamoClient>

beforeAll(async () => {
  useTestIdentity()
  server = createServer((request, response) => {
    calls++
    // The last answer is given for ever.
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? 'hang up'
    request.resume().on('end', () => {
      if (answer === 'hang up') response.destroy()
      else response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  client = createDynamoClient({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})

afterAll(async () => {
  client.destroy()
  await new Promise((resolve) => server.close(resolve))
})

beforeEach(() => {
  calls = 0
})

const tables = { 'payment-decisions': 'payment-decisions', facts: 'facts', bills: 'bills', contacts: 'contacts' }
const write = () => dynamoPaymentDecisions(client, tables).put(decisionOf('T1'))
const writeTwo = () => dynamoPaymentDecisions(client, tables).putPayingBill(decisionOf('T1'), BILL)
const read = () => dynamoPaymentDecisions(client, tables).get('bni', 'T1')

async function thrownBy(call: () => Promise<unknown>): Promise<Error> {
  try {
    await call()
  } catch (error) {
    return error as Error
  }
  throw new Error('expected the call to throw, it did not')
}

describe('a write', () => {
  const rows: readonly [string, readonly Answer[], new (...args: never[]) => Error, number][] = [
    ['throttled every time', [refusal('ProvisionedThroughputExceededException')], Throttled, 3],
    ['throttled by the account', [refusal('ThrottlingException')], Throttled, 3],
    ['in conflict with a transaction', [refusal('TransactionConflictException')], Throttled, 3],
    ['signed too long ago, every time', [EXPIRED], Throttled, 3],
    ['signed too long ago, as others name it', [refusal('RequestExpired')], Throttled, 3],
    ['signed wrongly', [refusal('InvalidSignatureException')], Defect, 1],
    ['cut off, then signed wrongly', ['hang up', refusal('InvalidSignatureException')], UnknownOutcome, 2],
    ['failed inside the service', [failure('InternalServerError')], UnknownOutcome, 3],
    ['turned away by something in between', [broken(503, '<html>')], UnknownOutcome, 3],
    ['answered with nothing that can be read', [broken(200, '{"Attr')], UnknownOutcome, 3],
    ['cut off', ['hang up'], UnknownOutcome, 3],
    ['cut off, then throttled', ['hang up', refusal('ThrottlingException')], UnknownOutcome, 3],
    ['throttled, then cut off', [refusal('ThrottlingException'), 'hang up'], UnknownOutcome, 3],
    ['cut off, then not allowed', ['hang up', refusal('AccessDeniedException')], UnknownOutcome, 2],
    ['not allowed', [refusal('AccessDeniedException')], Defect, 1],
    ['not valid', [refusal('ValidationException')], Defect, 1],
    ['to a table that is not there', [refusal('ResourceNotFoundException')], Defect, 1],
  ]
  test.each(rows)('%s', async (_, given, kind, tries) => {
    answers = [...given]
    const error = await thrownBy(write)
    expect(error.constructor).toBe(kind)
    expect(error.message).not.toContain('secret words')
    expect(calls).toBe(tries)
  })

  test('throttled once succeeds with the next try', async () => {
    answers = [refusal('ThrottlingException'), broken(200, '{}')]
    expect(await write()).toEqual({ outcome: 'put' })
    expect(calls).toBe(2)
  })
})

describe('a transaction', () => {
  const rows: readonly [string, readonly Answer[], new (...args: never[]) => Error, number][] = [
    ['in conflict every time', [cancelled('TransactionConflict', 'None')], Throttled, 3],
    ['throttled in one part', [cancelled('None', 'ThrottlingError')], Throttled, 3],
    [
      'in conflict and over its throughput',
      [cancelled('TransactionConflict', 'ProvisionedThroughputExceeded')],
      Throttled,
      3,
    ],
    ['whose first try is still running', [refusal('TransactionInProgressException')], UnknownOutcome, 3],
    ['cut off, then in conflict', ['hang up', cancelled('TransactionConflict', 'None')], UnknownOutcome, 3],
    ['not valid in one part', [cancelled('ValidationError', 'None')], Defect, 1],
    ['cancelled for no reason given', [cancelled()], Defect, 1],
  ]
  test.each(rows)('%s', async (_, given, kind, tries) => {
    answers = [...given]
    expect((await thrownBy(writeTwo)).constructor).toBe(kind)
    expect(calls).toBe(tries)
  })

  test('in conflict once succeeds with the next try', async () => {
    answers = [cancelled('TransactionConflict', 'TransactionConflict'), broken(200, '{}')]
    expect(await writeTwo()).toEqual({ outcome: 'put' })
  })

  test('that lost on a bill paid by another says so, whatever the decision beside it ran into', async () => {
    const paid = { Item: { billCode: { S: '99' }, paidBy: { S: 'bni#T2' } } }
    const reasons = [{ Code: 'TransactionConflict' }, { Code: 'ConditionalCheckFailed', ...paid }]
    answers = [refusal('TransactionCanceledException', { CancellationReasons: reasons })]
    expect(await writeTwo()).toEqual({ outcome: 'already-paid' })
  })
})

describe('a read', () => {
  const rows: readonly [string, readonly Answer[], new (...args: never[]) => Error, number][] = [
    ['throttled every time', [refusal('ProvisionedThroughputExceededException')], Throttled, 3],
    ['failed inside the service', [failure('InternalServerError')], Transient, 3],
    ['cut off', ['hang up'], Transient, 3],
    ['not allowed', [refusal('AccessDeniedException')], Defect, 1],
    ['of a table that is not there', [refusal('ResourceNotFoundException')], Defect, 1],
  ]
  test.each(rows)('%s', async (_, given, kind, tries) => {
    answers = [...given]
    expect((await thrownBy(read)).constructor).toBe(kind)
    expect(calls).toBe(tries)
  })

  test('cut off once succeeds with the next try', async () => {
    answers = ['hang up', broken(200, '{}')]
    expect(await read()).toBeUndefined()
  })

  test('of many keys asks again for what was left out', async () => {
    const item = {
      kpj: { S: ONE },
      nik: { S: '' },
      name: { S: '' },
      phone: { S: '' },
      email: { S: '' },
      maskedNames: { L: [] },
    }
    const left = { contacts: { Keys: [{ kpj: { S: TWO } }], ConsistentRead: true } }
    answers = [
      broken(200, JSON.stringify({ Responses: { contacts: [item] }, UnprocessedKeys: left })),
      broken(200, JSON.stringify({ Responses: { contacts: [{ ...item, kpj: { S: TWO } }] }, UnprocessedKeys: {} })),
    ]
    const contacts = await dynamoContacts(client, tables).getMany([ONE, TWO])
    expect(contacts.map((contact) => contact.kpj)).toEqual([ONE, TWO])
  })

  test('of many keys that keep being left out is throttled', async () => {
    const left = { contacts: { Keys: [{ kpj: { S: TWO } }], ConsistentRead: true } }
    answers = [broken(200, JSON.stringify({ Responses: {}, UnprocessedKeys: left }))]
    expect(await thrownBy(() => dynamoContacts(client, tables).getMany([TWO]))).toBeInstanceOf(Throttled)
  })
})

test('nobody listening is no answer: a write is unknown, a read may be tried again', async () => {
  const nobody = createDynamoClient({ endpoint: 'http://127.0.0.1:1' })
  expect(await thrownBy(() => dynamoFacts(nobody, tables).put(paymentOf('T1')))).toBeInstanceOf(UnknownOutcome)
  const error = await thrownBy(() => dynamoBills(nobody, tables).get(BILL))
  expect(error).toMatchObject({ code: 'STORE_UNREACHABLE' })
  nobody.destroy()
})

test('a bill cannot be paid or reversed without the name of table bills', async () => {
  const decisions = dynamoPaymentDecisions(client, { 'payment-decisions': 'payment-decisions' })
  const facts = dynamoFacts(client, { facts: 'facts' })
  expect(await thrownBy(() => decisions.putPayingBill(decisionOf('T1'), BILL))).toMatchObject({ code: 'TABLE_UNKNOWN' })
  const reversing = () => facts.putReversingBill(paymentOf('T1'), BILL, paymentKey('bni', 'T1'))
  expect(await thrownBy(reversing)).toMatchObject({ code: 'TABLE_UNKNOWN' })
})
