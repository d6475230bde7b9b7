/** What the read traces must do, in memory and on DynamoDB alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Defect } from '../../shared/runtime/faults.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoReadTraces } from '../../shared/store/read-traces/dynamodb.ts'
import { readTrace, traceItem } from '../../shared/store/read-traces/item.ts'
import type { ReadTrace, ReadTraceStore } from '../../shared/store/read-traces/read-traces.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at } from '../support/facts.ts'
import { memoryReadTraces } from '../support/memory-read-traces.ts'

let database: TestDatabase
let tables: Tables
let client: ReturnType<typeof createDynamoClient>
beforeAll(async () => {
  useTestIdentity()
  database = await startDatabase()
  tables = await createTables(database.endpoint)
  client = createDynamoClient({ endpoint: database.endpoint })
})
afterAll(async () => {
  client.destroy()
  await database.stop()
})

const KPJ = '12345678901'
const DAY = { from: at('2026-11-20T00:00'), to: at('2026-11-21T00:00') }
const traceAt = (time: string, changed: Partial<ReadTrace> = {}): ReadTrace => ({
  actor: 'person-1',
  actorName: 'Kenanga Contoh',
  issuer: 'https://sign-in.example',
  at: at(`2026-11-20T${time}`),
  request: 'HJ9-abc=',
  number: 0,
  call: 'GET /api/memberships/{kpj}',
  account: KPJ,
  shown: 'in-full',
  reason: 'a call of the member',
  sourceIp: '203.0.113.7',
  forwardedFor: '198.51.100.4',
  file: null,
  ...changed,
})
const FILE = traceAt('08:00', { account: null, shown: 'file', file: { name: 'lapses.csv', rows: 12 } })

test('an item holds all of a trace, and the table may drop it only after twelve months', () => {
  const bare = traceAt('07:00', { actorName: null, issuer: null, reason: null, forwardedFor: null })
  const uncounted = traceAt('09:00', { file: { name: 'a.pdf', rows: null } })
  for (const trace of [traceAt('07:00'), bare, FILE, uncounted]) expect(readTrace(traceItem(trace))).toEqual(trace)
  expect(Number(traceItem(FILE).expires?.N)).toBeGreaterThanOrEqual(at('2027-11-20T08:00') / 1_000)
})

describe.each([
  ['in memory', () => memoryReadTraces()],
  ['on DynamoDB', () => dynamoReadTraces(client, tables)],
])('the read traces %s', (_, open) => {
  let traces: ReadTraceStore
  beforeAll(async () => {
    traces = open()
    const times = ['07:00', '09:00', '09:30', '23:59'].map((time) => traceAt(time))
    await traces.put([...times, FILE, traceAt('09:00', { number: 1, account: '12345678902' })])
    await traces.put([traceAt('10:00', { actor: 'person-2' })])
  })

  test('are those of a person, newest first, files among them', async () => {
    const { traces: found, next } = await traces.ofActor('person-1', DAY, 10, null)
    expect(found).toEqual([
      traceAt('23:59'),
      traceAt('09:30'),
      traceAt('09:00', { number: 1, account: '12345678902' }),
      traceAt('09:00'),
      FILE,
      traceAt('07:00'),
    ])
    expect(next).toBeNull()
  })

  test('are those of an account, whoever saw it', async () => {
    const { traces: found } = await traces.ofAccount(KPJ, DAY, 10, null)
    expect(found.map(({ actor }) => actor)).toEqual(['person-1', 'person-2', 'person-1', 'person-1', 'person-1'])
    expect(found[1]).toEqual(traceAt('10:00', { actor: 'person-2' }))
  })

  test('come page by page, each once', async () => {
    const seen: ReadTrace[] = []
    let after: string | null = null
    do {
      const page = await traces.ofAccount(KPJ, DAY, 2, after)
      seen.push(...page.traces)
      after = page.next
    } while (after !== null)
    expect(seen).toHaveLength(5)
    expect(new Set(seen.map((each) => each.at)).size).toBe(5)
  })

  test('lie within the days asked for: from the first instant on, before the last', async () => {
    const narrow = { from: at('2026-11-20T09:00'), to: at('2026-11-20T09:30') }
    const { traces: found } = await traces.ofActor('person-1', narrow, 10, null)
    expect(found.map(({ number }) => number)).toEqual([1, 0])
  })

  test('of a page that asks again and again are one per ten minutes, the latest; with a reason, or in full, each is kept', async () => {
    const look = (time: string, changed: Partial<ReadTrace> = {}) =>
      traceAt(time, { actor: 'person-3', request: time, shown: 'masked', reason: null, ...changed })
    await traces.put([look('10:01'), look('10:02', { account: '12345678902' })])
    await traces.put([look('10:09'), look('10:10')])
    await traces.put([look('10:03', { reason: 'a complaint' }), look('10:04', { shown: 'in-full' })])
    const { traces: found } = await traces.ofActor('person-3', DAY, 10, null)
    const told = found.map(({ at: when, account, shown, reason }) => [when, account, shown, reason])
    expect(told).toEqual([
      [at('2026-11-20T10:10'), KPJ, 'masked', null],
      [at('2026-11-20T10:04'), KPJ, 'in-full', null],
      [at('2026-11-20T10:03'), KPJ, 'masked', 'a complaint'],
      [at('2026-11-20T10:02'), '12345678902', 'masked', null],
      [at('2026-11-20T10:09'), KPJ, 'masked', null],
    ])
  })

  test('of the same request again are the same', async () => {
    await traces.put([traceAt('07:00')])
    expect((await traces.ofActor('person-1', DAY, 10, null)).traces).toHaveLength(6)
  })

  test('are not put in the place of others: what stands there stays, and the answer is not given', async () => {
    const mine = traceAt('11:00', { actor: 'person-4' })
    await traces.put([mine])
    const others = [{ account: '12345678902' }, { reason: 'another reason' }, { forwardedFor: null }]
    for (const changed of others) await expect(traces.put([{ ...mine, ...changed }])).rejects.toThrow(Defect)
    const look = { ...mine, actor: 'person-5', shown: 'masked', reason: null } as const
    await traces.put([{ ...look, at: at('2026-11-20T11:09') }])
    await traces.put([{ ...look, at: at('2026-11-20T11:01') }])
    expect((await traces.ofActor('person-4', DAY, 10, null)).traces).toEqual([mine])
    expect((await traces.ofActor('person-5', DAY, 10, null)).traces.map((trace) => trace.at)).toEqual([
      at('2026-11-20T11:09'),
    ])
  })
})
