/** The wiring of queue `reconcile`: which tables, which queues, what is counted; with a real database and a queue that keeps what it is sent. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { keyOf } from '../../../shared/domain/fact.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { dynamoBills } from '../../../shared/store/bills/dynamodb.ts'
import { createDynamoClient } from '../../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import type { Tables } from '../../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../../support/dynoxide.ts'
import { at, KPJ, pay, terms } from '../../support/facts.ts'
import { type SqsListener, sqsListener } from '../../support/sqs-listener.ts'

type Handler = (event: object) => Promise<{ readonly batchItemFailures: readonly unknown[] }>

let database: TestDatabase
let tables: Tables
let queues: SqsListener
let handler: Handler
const lines: string[] = []
const environment = { ...process.env }
const write = process.stdout.write

beforeAll(async () => {
  useTestIdentity()
  database = await startDatabase()
  tables = await createTables(database.endpoint)
  queues = await sqsListener()
  Object.assign(process.env, {
    FACTS_TABLE: tables.facts,
    MEMBERSHIPS_TABLE: tables.memberships,
    BILLS_TABLE: tables.bills,
    SETTLEMENTS_TABLE: tables.settlements,
    COHORT_QUEUE_URL: `${queues.endpoint}/1/cohort`,
    DEAD_LETTER_QUEUE_URL: `${queues.endpoint}/1/reconcile-dead`,
    POWERTOOLS_SERVICE_NAME: 'reconcile-membership',
    POWERTOOLS_METRICS_NAMESPACE: 'hub',
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_SQS: queues.endpoint,
  })
  process.stdout.write = ((text: string) => lines.push(text) > 0) as typeof write
  handler = (await import('../../../functions/reconcile-membership/handler.ts')).handler as unknown as Handler
})

afterAll(async () => {
  process.stdout.write = write
  process.env = environment
  await queues?.close()
  await database?.stop()
})

const record = (body: string, messageId = 'm1') => ({
  messageId,
  receiptHandle: 'r',
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 's',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:ap-southeast-3:1:reconcile',
  awsRegion: 'ap-southeast-3',
})
const saidOf = (metric: string) => lines.filter((line) => line.includes(`"${metric}"`)).length

describe('a message about an account', () => {
  test('folds its facts into its view, says so, and counts one fold', async () => {
    const client = createDynamoClient({ endpoint: database.endpoint })
    const facts = dynamoFacts(client, tables)
    const paid = pay('T1', '2026-11-20T10:00', ['2026-11'])
    for (const fact of [terms('2026-01'), paid]) await facts.put(fact)
    const event = { Records: [record(JSON.stringify({ account: KPJ, fact: keyOf(paid) }))] }
    expect(await handler(event)).toEqual({ batchItemFailures: [] })
    expect(await dynamoMemberships(client, tables).get(KPJ)).toMatchObject({
      kpj: KPJ,
      paidThrough: '2026-11',
      version: 1,
    })
    expect(saidOf('FoldsWritten')).toBe(1)
    expect(lines.some((line) => line.includes('An account was looked at') && line.includes('"outcome"'))).toBe(true)
    expect(await handler(event)).toEqual({ batchItemFailures: [] })
    expect(saidOf('FoldsUnchanged')).toBe(1)
    expect(queues.taken).toEqual([])
    client.destroy()
  })

  test('that nobody can read is put aside on the dead-letter queue of this queue, and is no failure', async () => {
    queues.taken.splice(0)
    expect(await handler({ Records: [record('no message', 'm2')] })).toEqual({ batchItemFailures: [] })
    expect(queues.taken).toEqual([
      { queueUrl: `${queues.endpoint}/1/reconcile-dead`, body: 'no message', code: expect.any(String) },
    ])
  })

  test('of a paid bill: its members are sent to the queue of shares, and no view is written', async () => {
    queues.taken.splice(0)
    const client = createDynamoClient({ endpoint: database.endpoint })
    const billCode = billCodeOf(17)
    const months = [{ first: month('2026-11'), count: 1, price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }]
    const bill: Bill = {
      billCode,
      months: [month('2026-11')],
      amount: rupiah(8_400),
      memberCount: 1,
      kpj: KPJ,
      issuedAt: at('2026-11-19T10:00'),
      validUntil: '2026-12-01T00:00:00+07:00',
      validUntilInstant: at('2026-12-01T00:00'),
      paidBy: null,
    }
    await dynamoBills(client, tables).put(bill, [{ kpj: KPJ, months, amount: rupiah(8_400) }])
    const paid = { ...pay('T2', '2026-11-20T10:00', ['2026-11']), account: billCode }
    await dynamoFacts(client, tables).put(paid)
    const message = JSON.stringify({ account: billCode, fact: keyOf(paid) })
    expect(await handler({ Records: [record(message, 'm3')] })).toEqual({ batchItemFailures: [] })
    expect(queues.taken.map(({ queueUrl, code }) => [queueUrl, code])).toEqual([
      [`${queues.endpoint}/1/cohort`, undefined],
    ])
    expect(queues.taken[0]?.body).toContain(billCode)
    client.destroy()
  })
})
