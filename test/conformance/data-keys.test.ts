/** What the archive of data keys must do, in memory and on DynamoDB alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataKeyArchive } from '../../shared/store/data-keys/data-keys.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at, date } from '../support/facts.ts'
import { memoryDataKeys } from '../support/memory-data-keys.ts'

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

const NOW = at('2026-11-20T00:01')
const keyOf = (fill: number) => new Uint8Array(32).fill(fill)
const name = (day: string) => ({ purpose: 'kept', day: date(day) }) as const

describe.each([
  ['in memory', () => memoryDataKeys()],
  ['on DynamoDB', () => dynamoDataKeys(client, tables['file-data-keys'])],
])('the archive of data keys %s', (_, open) => {
  let archive: DataKeyArchive
  beforeAll(async () => {
    archive = open()
    for (const [i, day] of ['2026-11-18', '2026-11-19', '2026-11-21'].entries()) {
      expect(await archive.make({ ...name(day), key: keyOf(i) }, NOW)).toBe('made')
    }
  })

  test('gives the key of a day and purpose, and none of another', async () => {
    expect(await archive.find(name('2026-11-19'))).toEqual(keyOf(1))
    expect(await archive.find(name('2026-11-20'))).toBeUndefined()
    expect(await archive.find({ purpose: 'lists', day: date('2026-11-19') })).toBeUndefined()
  })

  test('never puts a key in place of another', async () => {
    expect(await archive.make({ ...name('2026-11-19'), key: keyOf(9) }, NOW)).toBe('there')
    expect(await archive.find(name('2026-11-19'))).toEqual(keyOf(1))
  })

  test.each([
    ['2026-11-19', '2026-11-19'],
    ['2026-11-20', '2026-11-19'],
    ['2027-11-20', '2026-11-21'],
    // A clock that was set back: better the first one after than none.
    ['2020-01-01', '2026-11-18'],
  ])('seals on %s under the key of %s', async (today, day) => {
    expect(await archive.latest('kept', date(today))).toMatchObject({ day, purpose: 'kept' })
  })

  test('has nothing to seal with for a purpose without keys', async () => {
    expect(await archive.latest('attachments', date('2026-11-19'))).toBeUndefined()
  })

  test('says through which day a key sealed, and never takes a day back', async () => {
    await archive.extend(name('2026-11-18'), date('2026-12-01'))
    await archive.extend(name('2026-11-18'), date('2026-11-25'))
    await archive.extend(name('2026-11-20'), date('2026-12-01'))
    expect(await archive.living('kept', date('2026-11-20'))).toEqual([
      { day: '2026-11-18', through: '2026-12-01' },
      { day: '2026-11-19', through: '2026-11-19' },
    ])
  })

  test('destroys a key for ever: it is gone, its day gets no other, and the days beside it are as before', async () => {
    await archive.destroy(name('2026-11-19'), NOW)
    await archive.destroy(name('2026-11-19'), NOW)
    expect(await archive.find(name('2026-11-19'))).toBe('destroyed')
    expect(await archive.make({ ...name('2026-11-19'), key: keyOf(7) }, NOW)).toBe('there')
    expect(await archive.find(name('2026-11-19'))).toBe('destroyed')
    expect(await archive.find(name('2026-11-18'))).toEqual(keyOf(0))
    expect((await archive.living('kept', date('2026-11-30'))).map(({ day }) => day)).toEqual([
      '2026-11-18',
      '2026-11-21',
    ])
  })

  test('destroys nothing that never was', async () => {
    await archive.destroy(name('2026-11-20'), NOW)
    expect(await archive.find(name('2026-11-20'))).toBeUndefined()
  })
})
