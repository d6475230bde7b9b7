/** What the dates of partners' keys must do, in memory and on DynamoDB alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { PartnerKey, PartnerKeyKind } from '../../shared/domain/partner-keys.ts'
import { type ClosableDynamoClient, createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoPartnerKeys, type PartnerKeyStore } from '../../shared/store/settlements/partner-keys.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at } from '../support/facts.ts'
import { grudging } from '../support/grudging-dynamo.ts'
import { memoryPartnerKeys } from '../support/memory-settlements.ts'

const SINCE = '2026-01-05' as BusinessDate
const ENDS = '2027-01-04' as BusinessDate

const keyOf = (channel: string, kind: PartnerKeyKind, changed: Partial<PartnerKey> = {}): PartnerKey => ({
  channel,
  kind,
  version: 1,
  inForce: { since: SINCE, endsOn: ENDS },
  rotation: null,
  ...changed,
})

let database: TestDatabase
let client: ClosableDynamoClient
beforeAll(async () => {
  useTestIdentity()
  database = await startDatabase()
  client = createDynamoClient({ endpoint: database.endpoint })
})
afterAll(async () => {
  client.destroy()
  await database.stop()
})

const onDynamo = async (through: ClosableDynamoClient) => {
  const tables: Tables = await createTables(database.endpoint)
  return dynamoPartnerKeys(through, tables)
}

describe.each([
  ['in memory', async () => memoryPartnerKeys()],
  ['on DynamoDB', () => onDynamo(client)],
  ['on a DynamoDB that gives no more than it promised', () => onDynamo(grudging(client))],
] as const)('dates of keys %s', (_, open) => {
  let store: PartnerKeyStore
  beforeAll(async () => {
    store = await open()
  })

  test('are none before somebody records them', async () => {
    expect(await store.all()).toEqual([])
    expect(await store.get('bni', 'message-keys')).toBeUndefined()
  })

  test('are read back whole, by channel and kind, and listed for all channels', async () => {
    const rotation = {
      next: { since: '2026-12-01' as BusinessDate, endsOn: null },
      beganAt: at('2026-11-20T10:00'),
      switchedAt: at('2026-11-20T11:00'),
    }
    const keys = [
      keyOf('alfamart', 'client-certificate', { inForce: null, rotation }),
      keyOf('bni', 'client-certificate'),
      keyOf('bni', 'message-keys', {
        inForce: { since: SINCE, endsOn: null },
        rotation: { ...rotation, switchedAt: null },
      }),
    ]
    for (const key of keys) expect(await store.put(key)).toBe('put')
    expect(await store.get('bni', 'message-keys')).toEqual(keys[2])
    expect(await store.get('bni', 'client-certificate')).toEqual(keys[1])
    expect(await store.get('alfamart', 'message-keys')).toBeUndefined()
    expect(await store.all()).toEqual(keys)
  })

  test('change by one version at a time: who read an older one, or none, is told so and changes nothing', async () => {
    const first = keyOf('pos', 'message-keys')
    const second = keyOf('pos', 'message-keys', { version: 2, inForce: { since: SINCE, endsOn: null } })
    const third = keyOf('pos', 'message-keys', { version: 3, inForce: null })
    expect(await store.put(second)).toBe('conflict')
    expect(await store.put(first)).toBe('put')
    expect(await store.put({ ...first, inForce: null })).toBe('conflict')
    expect(await store.put(third)).toBe('conflict')
    expect(await store.put(second)).toBe('put')
    // Somebody else read version 1 as well.
    expect(await store.put({ ...second, inForce: null })).toBe('conflict')
    expect(await store.get('pos', 'message-keys')).toEqual(second)
    expect(await store.put(third)).toBe('put')
    expect(await store.get('pos', 'message-keys')).toEqual(third)
  })

  test('that are written again after a lost answer are ours', async () => {
    const key = keyOf('indomaret', 'message-keys')
    expect([await store.put(key), await store.put(key)]).toEqual(['put', 'put'])
  })

  test('are changed by one of two who write at once', async () => {
    const [one, other] = [ENDS, null].map((endsOn) =>
      keyOf('brilink', 'message-keys', { inForce: { since: SINCE, endsOn } }),
    ) as [PartnerKey, PartnerKey]
    const outcomes = await Promise.all([store.put(one), store.put(other)])
    expect([...outcomes].sort()).toEqual(['conflict', 'put'])
    expect(await store.get('brilink', 'message-keys')).toEqual(outcomes[0] === 'put' ? one : other)
  })
})
