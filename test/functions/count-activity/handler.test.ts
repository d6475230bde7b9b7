/** The wiring of the streams of `facts` and `memberships`: which table is counted as what, into which counters, and what is said of it. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Item } from '../../../shared/store/attributes/item.ts'
import { factItem } from '../../../shared/store/facts/item.ts'
import { viewItem } from '../../../shared/store/memberships/item.ts'
import { dynamoRollingCounts } from '../../../shared/store/rolling-counts/dynamodb.ts'
import { at, date, KPJ, pay } from '../../support/facts.ts'
import { functionSurroundings, type Surroundings } from '../../support/function-surroundings.ts'
import { viewOf } from '../../support/stored.ts'

type Handler = (event: object) => Promise<void>

const NOW = at('2026-11-20T10:05')

let around: Surroundings
let handler: Handler

beforeAll(async () => {
  around = await functionSurroundings({ service: 'count-activity' })
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  handler = await around.load<Handler>(() => import('../../../functions/count-activity/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => around.forget())

const counts = () => dynamoRollingCounts(around.database, around.tables)

/** `sequence` of each record follows from the first. */
function batchOf(table: string, first: number, ...images: readonly (Item | undefined)[]): object {
  return {
    Records: images.map((NewImage, i) => ({
      eventSourceARN: `arn:aws:dynamodb:ap-southeast-3:1:table/${table}/stream/2026-11-01T00:00:00.000`,
      dynamodb: { SequenceNumber: String(first + i), NewImage },
    })),
  }
}

const paid = (id: string) => factItem(pay(id, '2026-11-20T10:00', ['2026-11']))

test('payments of the stream of facts are counted into the quarter of an hour in which they were decided', async () => {
  await handler(batchOf(around.tables.facts, 100, paid('T1'), paid('T2')))
  const { quarters } = await counts().intake(date('2026-11-20'))
  expect(quarters.map(({ channels }) => channels.get('bni')?.count)).toEqual([2])
  expect(await counts().lastOf('facts', '100')).toBe('101')
  expect(around.said()).toMatchObject([
    { message: 'A batch was counted', level: 'INFO', service: 'count-activity', kind: 'facts', count: 2 },
  ])
  expect([around.counted('CountsRepeated'), around.counted('Defects')]).toEqual([undefined, undefined])
})

test('a batch that comes again adds nothing and is counted as repeated', async () => {
  await handler(batchOf(around.tables.facts, 100, paid('T1'), paid('T2')))
  const { quarters } = await counts().intake(date('2026-11-20'))
  expect(quarters.map(({ channels }) => channels.get('bni')?.count)).toEqual([2])
  expect([around.counted('CountsRepeated'), around.counted('Defects')]).toEqual([2, undefined])
  expect(around.said()).toMatchObject([{ kind: 'facts', count: 0 }])
})

test('a view of the other stream moves the standing, at the clock of the function', async () => {
  await handler(batchOf(around.tables.memberships, 200, viewItem(viewOf(KPJ))))
  expect(await counts().standing()).toMatchObject({ changes: 1, countedAt: NOW })
  expect(await counts().lastOf('memberships', '200')).toBe('200')
  expect(around.said()).toMatchObject([{ kind: 'memberships', count: 1 }])
})

test('what cannot be read is a defect, and the records beside it count', async () => {
  const broken = { ...paid('T3'), day: { S: 'no partition' } }
  await handler(batchOf(around.tables.facts, 300, broken, paid('T4')))
  expect(around.counted('Defects')).toBe(1)
  expect(around.said()).toMatchObject([{ kind: 'facts', count: 2 }])
  const { quarters } = await counts().intake(date('2026-11-20'))
  expect(quarters.map(({ channels }) => channels.get('bni')?.count)).toEqual([3])
})

test('a batch of nothing does nothing', async () => {
  await handler({ Records: [] })
  expect([around.said(), around.counted('Defects')]).toEqual([[], undefined])
})
