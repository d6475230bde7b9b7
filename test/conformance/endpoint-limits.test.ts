/** What the locks and counters of endpoints must do, in memory and on DynamoDB alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoEndpointLimits } from '../../shared/store/endpoint-limits/dynamodb.ts'
import type { EndpointLimitStore } from '../../shared/store/endpoint-limits/endpoint-limits.ts'
import { dynamoEndpointLocks, type EndpointLockStore, isLockPointer } from '../../shared/store/endpoint-limits/locks.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at } from '../support/facts.ts'
import { memoryEndpointLimits } from '../support/memory-endpoint-limits.ts'

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

const NOW = at('2026-11-20T10:00')
const LATER = at('2026-11-20T11:00')
const KEY = 'ab'.repeat(32)

describe.each([
  ['in memory', () => memoryEndpointLimits()],
  ['on DynamoDB', () => ({ ...dynamoEndpointLimits(client, tables), ...dynamoEndpointLocks(client, tables) })],
])('limits of endpoints %s', (_, open) => {
  let store: EndpointLimitStore & EndpointLockStore
  beforeAll(async () => {
    store = open()
    await store.lock({
      channel: 'pos',
      by: 'till',
      subject: 'T0001/01',
      limit: 'till-unknown-customers',
      at: NOW,
      until: LATER,
    })
    await store.hold('pos', { by: 'store', subject: 'T#2', at: NOW, reason: 'stolen' })
    await store.hold('pos', { by: 'key', subject: KEY, at: NOW, reason: 'lost' })
    await store.hold('bni', { by: 'store', subject: 'T0001', at: NOW, reason: 'stolen' })
  })

  test('counters add up, each of its own channel', async () => {
    expect(await store.add('pos', '7#till-unknown-customers#T0001/01', 5, LATER)).toBe(5)
    expect(await store.add('pos', '7#till-unknown-customers#T0001/01', 5, LATER)).toBe(10)
    expect(await store.add('bni', '7#till-unknown-customers#T0001/01', 5, LATER)).toBe(5)
  })

  test('an endpoint reads the locks of its channel with their ends, and no counter', async () => {
    expect(new Map(await store.locksOf('pos'))).toEqual(
      new Map([
        [`key#${KEY}`, Number.POSITIVE_INFINITY],
        ['store#T#2', Number.POSITIVE_INFINITY],
        ['till#T0001/01', LATER],
      ]),
    )
  })

  test('people read them page by page, what people did first', async () => {
    const first = await store.ofChannel('pos', 2, null)
    expect(first.locks).toEqual([
      { by: 'key', subject: KEY, at: NOW, until: null, limit: null, reason: 'lost', lockedWith: null },
      { by: 'store', subject: 'T#2', at: NOW, until: null, limit: null, reason: 'stolen', lockedWith: null },
    ])
    const second = await store.ofChannel('pos', 2, first.next)
    expect(second.locks).toEqual([
      {
        by: 'till',
        subject: 'T0001/01',
        at: NOW,
        until: LATER,
        limit: 'till-unknown-customers',
        reason: null,
        lockedWith: null,
      },
    ])
    expect(second.next).toBeNull()
  })

  test('of a lock by a person and one by a limit the later end counts, whichever was put first', async () => {
    const [early, late] = [{ subject: 'both', at: NOW, until: LATER } as const, { subject: 'both', at: NOW } as const]
    const limit = 'store-unknown-customers'
    await store.lock({ channel: 'brilink', by: 'store', limit, ...early })
    await store.hold('brilink', { by: 'store', reason: 'stolen', ...late })
    expect(await store.locksOf('brilink')).toEqual(new Map([['store#both', Number.POSITIVE_INFINITY]]))
    await store.unlock('brilink', 'store', 'both')
    await store.hold('brilink', { by: 'store', reason: 'for a minute', ...late, until: (NOW + 60_000) as typeof NOW })
    await store.lock({ channel: 'brilink', by: 'store', limit, ...early })
    expect(await store.locksOf('brilink')).toEqual(new Map([['store#both', LATER]]))
  })

  test('a customer’s lock by a person has an end, names the other number, and is found at every channel', async () => {
    const held = { by: 'customer', at: NOW, until: LATER, reason: 'asked after by a stranger' } as const
    await store.hold('alfamart', { ...held, subject: 'kpj', lockedWith: 'nik' })
    await store.hold('alfamart', { ...held, subject: 'nik', lockedWith: 'kpj' })
    await store.hold('indomaret', { ...held, subject: 'another' })
    await store.lock({
      channel: 'indomaret',
      by: 'customer',
      subject: 'kpj',
      limit: 'customer-inquiries',
      at: NOW,
      until: LATER,
    })
    expect(await store.ofCustomers(['alfamart', 'indomaret', 'bni'], ['kpj'])).toEqual([
      { channel: 'alfamart', ...held, subject: 'kpj', limit: null, lockedWith: 'nik' },
    ])
    expect(await store.locksOf('alfamart')).toEqual(
      new Map([
        ['customer#kpj', LATER],
        ['customer#nik', LATER],
      ]),
    )
  })

  test('a page that goes on after any lock shows locks and no counter', async () => {
    const { locks } = await store.ofChannel('pos', 100, null)
    expect(locks.length).toBeGreaterThan(1)
    for (const [i, { by, subject, limit }] of locks.entries()) {
      const pointer = `${limit === null ? 'held' : 'lock'}#${by}#${subject}`
      expect(isLockPointer(pointer)).toBe(true)
      expect((await store.ofChannel('pos', 100, pointer)).locks).toEqual(locks.slice(i + 1))
    }
    for (const text of ['', 'a', '7#till-unknown-customers#T0001/01', `held#till#${'x'.repeat(1_024)}`]) {
      expect(isLockPointer(text)).toBe(false)
    }
  })

  test('unlocking takes away what a person and what a limit put, and nothing else', async () => {
    await store.hold('pos', { by: 'till', subject: 'T0001/01', at: NOW, reason: 'seen on camera' })
    await store.unlock('pos', 'till', 'T0001/01')
    await store.unlock('pos', 'till', 'never locked')
    expect([...(await store.locksOf('pos')).keys()].sort()).toEqual([`key#${KEY}`, 'store#T#2'])
    expect([...(await store.locksOf('bni')).keys()]).toEqual(['store#T0001'])
  })
})
