/** What the rolling counts must do, in memory and on DynamoDB alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Instant } from '../../shared/domain/instant.ts'
import { NO_INTAKE } from '../../shared/domain/rolling-counts.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoRollingCounts } from '../../shared/store/rolling-counts/dynamodb.ts'
import type { BatchAdds, RollingCountStore } from '../../shared/store/rolling-counts/rolling-counts.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at, date } from '../support/facts.ts'
import { memoryRollingCounts } from '../support/memory-rolling-counts.ts'

let database: TestDatabase
let client: ReturnType<typeof createDynamoClient>
beforeAll(async () => {
  useTestIdentity()
  database = await startDatabase()
  client = createDynamoClient({ endpoint: database.endpoint })
})
afterAll(async () => {
  client.destroy()
  await database.stop()
})

const DAY = date('2026-11-20')
const QUARTER = at('2026-11-20T10:00')
const NOW = at('2026-11-20T10:16')
const NOTHING: BatchAdds = { intake: [], standing: new Map(), changes: 0, activations: [] }

const batch = (first: string, last = first) => ({ table: 'facts', first, last, countedAt: NOW }) as const
const payments = (count: number, source = 'bni', quarter: Instant = QUARTER): BatchAdds => ({
  ...NOTHING,
  intake: [{ day: DAY, quarter, source, intake: { ...NO_INTAKE, count, amountRupiah: count * 8_400 } }],
})

describe.each([
  ['in memory', async (): Promise<RollingCountStore> => memoryRollingCounts()],
  ['on DynamoDB', async () => dynamoRollingCounts(client, await createTables(database.endpoint))],
])('rolling counts %s', (_, open) => {
  test('a batch is added once, and its mark says up to where', async () => {
    const counts = await open()
    expect(await counts.lastOf('facts', '5')).toBeUndefined()
    expect(await counts.add(batch('5', '9'), payments(2))).toBe('added')
    expect(await counts.add(batch('5', '12'), payments(4))).toBe('counted')
    expect(await counts.lastOf('facts', '5')).toBe('9')
    expect(await counts.lastOf('memberships', '5')).toBeUndefined()
    await counts.add(batch('10'), payments(1))
    await counts.add(batch('11'), payments(3, 'pos', at('2026-11-20T10:15')))
    const { quarters, checks } = await counts.intake(DAY)
    expect(quarters).toEqual([
      { at: QUARTER, channels: new Map([['bni', { ...NO_INTAKE, count: 3, amountRupiah: 25_200 }]]) },
      {
        at: at('2026-11-20T10:15'),
        channels: new Map([['pos', { ...NO_INTAKE, count: 3, amountRupiah: 25_200 }]]),
      },
    ])
    expect(checks.size).toBe(0)
    expect((await counts.intake(date('2026-11-21'))).quarters).toEqual([])
    const later = at('2026-11-20T10:15')
    await counts.noteIntakeCheck(DAY, 'bni', { checkedAt: NOW, difference: 0 })
    const from = await counts.intake(DAY, { from: later })
    expect([from.quarters.map((each) => each.at), from.checks.size]).toEqual([[later], 1])
    const before = await counts.intake(DAY, { before: later })
    expect([before.quarters.map((each) => each.at), before.checks.size]).toEqual([[QUARTER], 0])
  })

  test('standing and durations are sums, and nothing where nothing was counted', async () => {
    const counts = await open()
    expect(await counts.standing()).toBeUndefined()
    const add = (first: string, standing: readonly [string, number][]) =>
      counts.add(batch(first), {
        ...NOTHING,
        standing: new Map(standing),
        changes: 2,
        activations: [{ day: DAY, hour: QUARTER, durations: new Map([[64, 1]]) }],
      })
    await add('1', [
      ['province.35.unpaid', 1],
      ['funding.self.unpaid', 1],
      ['credit', 500],
    ])
    await add('2', [
      ['province.35.unpaid', -1],
      ['province.35.active', 1],
      ['paid.2026-11', 1],
    ])
    expect(await counts.standing()).toEqual({
      creditRupiah: 500,
      provinces: new Map([['35', [0, 1, 0, 0, 0]]]),
      fundings: new Map([['self', [1, 0, 0, 0, 0]]]),
      paidThrough: new Map([['2026-11', 1]]),
      changes: 4,
      countedAt: NOW,
      check: null,
    })
    expect(await counts.activations(DAY)).toEqual([{ hour: QUARTER, durations: new Map([[64, 2]]) }])
  })

  test('a correction holds while nothing was counted since it was read', async () => {
    const counts = await open()
    const check = { checkedAt: NOW, difference: 3 }
    const adds = new Map([['province.35.active', 3]])
    expect(await counts.correctStanding(adds, 1, check)).toBe('conflict')
    expect(await counts.correctStanding(adds, undefined, check)).toBe('put')
    expect(await counts.correctStanding(adds, undefined, check)).toBe('conflict')
    expect(await counts.standing()).toMatchObject({ provinces: new Map([['35', [0, 3, 0, 0, 0]]]), changes: 0, check })
    await counts.add(batch('1'), { ...NOTHING, standing: new Map([['province.35.active', 1]]), changes: 1 })
    expect(await counts.correctStanding(new Map([['province.35.active', -4]]), 0, check)).toBe('conflict')
    const agreed = { checkedAt: at('2026-11-21T00:10'), difference: 0 }
    expect(await counts.correctStanding(new Map(), 1, agreed)).toBe('put')
    expect(await counts.standing()).toMatchObject({ provinces: new Map([['35', [0, 4, 0, 0, 0]]]), check: agreed })
  })

  test('a quarter is corrected while it holds what was read, and a check is noted beside it', async () => {
    const counts = await open()
    const place = { day: DAY, quarter: QUARTER, source: 'bni' }
    const one = { ...NO_INTAKE, count: 1, amountRupiah: 8_400 }
    expect(await counts.correctIntake(place, undefined, one)).toBe('put')
    expect(await counts.correctIntake(place, undefined, one)).toBe('conflict')
    await counts.add(batch('1'), payments(5, 'pos'))
    expect(await counts.correctIntake(place, one, { ...one, count: -1, amountRupiah: -8_400 })).toBe('put')
    await counts.noteIntakeCheck(DAY, 'bni', { checkedAt: NOW, difference: 1 })
    const { quarters, checks } = await counts.intake(DAY)
    expect(quarters[0]?.channels.get('bni')).toEqual(NO_INTAKE)
    expect(quarters[0]?.channels.get('pos')).toMatchObject({ count: 5 })
    expect(checks).toEqual(new Map([['bni', { checkedAt: NOW, difference: 1 }]]))
  })

  test('a run knows how many changes there were when it began, whoever notes it again', async () => {
    const counts = await open()
    expect(await counts.changesAt(NOW)).toBeUndefined()
    await counts.noteRun(NOW, 7)
    await counts.noteRun(NOW, 9)
    expect(await counts.changesAt(NOW)).toBe(7)
    expect(await counts.standing()).toBeUndefined()
  })
})
