/** What the statistics must do, in memory and on DynamoDB alike; and the pages of a scan that carry a run through the views. */
import { randomBytes } from 'node:crypto'
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { month } from '../../shared/domain/month.ts'
import type { Census } from '../../shared/domain/statistics.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoStatistics } from '../../shared/store/statistics/dynamodb.ts'
import { dynamoLedgerAudits } from '../../shared/store/statistics/ledger-audits.ts'
import type { StatisticsStore, SweepPart, SweepResult, SweepRun } from '../../shared/store/statistics/statistics.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at, date } from '../support/facts.ts'
import { grudging } from '../support/grudging-dynamo.ts'
import { participantOf } from '../support/ids.ts'
import { memoryLedgerAudits } from '../support/memory-ledger-audits.ts'
import { memoryStatistics } from '../support/memory-statistics.ts'
import { viewOf } from '../support/stored.ts'

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

/** A day that no other test uses: the tables are shared by the file. */
let days = 0
const freshDay = (): BusinessDate => addDays(date('2026-01-01'), days++)
const COUNTS = { rows: 7, unreadable: 1, transitions: 2, accounts: 3, notices: 4 }
const CENSUS: Census = {
  creditRupiah: 1_500,
  regency: new Map([['15.71', [1, 2, 3, 4, 5]]]),
  sector: new Map([['farming', [1, 2, 3, 4, 5]]]),
  funding: new Map([['self', [1, 2, 3, 4, 5]]]),
  paidThrough: new Map([[month('2026-11'), 5]]),
}
const runOn = (day: string, changed: Partial<SweepRun> = {}): SweepRun => ({
  purpose: 'nightly',
  zone: null,
  startedAt: at(`${day}T00:10`),
  segments: 2,
  ...changed,
})
const partOf = (segment: number, part: number, changed: Partial<SweepPart> = {}): SweepPart => ({
  segment,
  part,
  next: null,
  census: CENSUS,
  ...COUNTS,
  ...changed,
})
const resultOf = (run: SweepRun, changed: Partial<SweepResult> = {}): SweepResult => ({
  ...run,
  ...COUNTS,
  parts: 2,
  finishedAt: at('2026-12-01T00:20'),
  ...changed,
})

describe.each([
  ['in memory', () => memoryStatistics()],
  ['on DynamoDB', () => dynamoStatistics(client, tables)],
  ['on a DynamoDB that gives no more than it promised', () => dynamoStatistics(grudging(client), tables)],
])('the statistics %s', (_, open) => {
  let statistics: StatisticsStore
  beforeAll(() => {
    statistics = open()
  })

  test('a part is put once: a later put gets the one that stands', async () => {
    const run = runOn(freshDay())
    const first = partOf(0, 0, { next: '50000000001' })
    expect(await statistics.part(run, 0, 0)).toBeUndefined()
    expect(await statistics.putPart(run, first)).toEqual(first)
    expect(await statistics.putPart(run, partOf(0, 0, { next: '50000000009', census: null }))).toEqual(first)
    expect(await statistics.part(run, 0, 0)).toEqual(first)
  })

  test('the parts of a run come in order, past nine and past ninety-nine, and no other run’s', async () => {
    const run = runOn(freshDay())
    const other = { ...run, startedAt: at('2026-12-01T00:11') }
    await statistics.putPart({ ...run, zone: 'WIB', purpose: 'notices' }, partOf(0, 0))
    await statistics.putPart(other, partOf(0, 0))
    for (const [segment, part] of [
      [1, 0],
      [0, 100],
      [0, 2],
      [0, 10],
    ] as const)
      await statistics.putPart(run, partOf(segment, part, { census: null }))
    expect((await statistics.partsOf(run)).map(({ segment, part }) => [segment, part])).toEqual([
      [0, 2],
      [0, 10],
      [0, 100],
      [1, 0],
    ])
  })

  test('a result is noted once and found by the day on which its run began', async () => {
    const day = freshDay()
    const run = runOn(day)
    const notices = runOn(day, { purpose: 'notices', zone: 'WITA', startedAt: at(`${day}T23:59`) })
    expect(await statistics.putResult(resultOf(run))).toBe('put')
    expect(await statistics.putResult(resultOf(run, { rows: 0 }))).toBe('exists')
    expect(await statistics.putResult(resultOf(notices))).toBe('put')
    expect(await statistics.resultsOf(day)).toEqual([resultOf(run), resultOf(notices)])
    expect(await statistics.resultsOf(addDays(day, -400))).toEqual([])
  })

  test('a day has the census of its latest run, whichever came first', async () => {
    const day = freshDay()
    const early = { day, countedAt: at(`${day}T00:10`), rows: 1, ...CENSUS }
    const late = { ...early, countedAt: at(`${day}T06:00`), rows: 2 }
    expect(await statistics.census(day)).toBeUndefined()
    await statistics.putCensus(late)
    await statistics.putCensus(early)
    expect(await statistics.census(day)).toEqual(late)
    await statistics.putCensus({ ...late, rows: 3 })
    expect((await statistics.census(day))?.rows).toBe(3)
  })

  test('an empty census is one', async () => {
    const day = freshDay()
    const none = { creditRupiah: 0, regency: new Map(), sector: new Map(), funding: new Map(), paidThrough: new Map() }
    await statistics.putCensus({ day, countedAt: at(`${day}T00:10`), rows: 0, ...none })
    expect(await statistics.census(day)).toMatchObject(none)
  })

  test('targets are kept by year and region, the last one said stands', async () => {
    const year = 2_030 + days++
    const target = { region: '15.71', workersFormal: 10, workersInformal: 20, targetBasisPoints: 5_500 }
    await statistics.putTarget(year, { ...target, workersFormal: 1 })
    await statistics.putTarget(year, { ...target, region: '15' })
    await statistics.putTarget(year, target)
    await statistics.putTarget(year + 100, target)
    expect(await statistics.targets(year)).toEqual([{ ...target, region: '15' }, target])
    expect(await statistics.targetsOf(year, ['15', '99'])).toEqual([{ ...target, region: '15' }])
    expect(await statistics.targetsOf(year, [])).toEqual([])
  })
})

/** Makes views large, so that a segment takes more than one page of a megabyte. */
const LONG = 'p'.repeat(1_500)

describe('a scan page by page on DynamoDB', () => {
  test('meets every view once over all segments, also when each page is asked for by its own, and tells what is no view', async () => {
    const memberships = dynamoMemberships(client, tables)
    const serial = Number(`0x${randomBytes(3).toString('hex')}`)
    const kpjs = Array.from({ length: 1_300 }, (_, i) => String(60_000_000_000 + serial * 1_000 + i))
    const store = async (kpj: string) =>
      void (await memberships.put(viewOf(kpjOf(kpj), { participant: participantOf(LONG + kpj) })))
    for (let i = 0; i < kpjs.length; i += 100) await Promise.all(kpjs.slice(i, i + 100).map(store))
    const broken = { kpj: { S: '59999999999' }, status: { S: 'on holiday' } }
    await client.send(new PutItemCommand({ TableName: tables.memberships, Item: broken }))
    const met: string[] = []
    const unreadable: string[] = []
    let pages = 0
    for (let segment = 0; segment < 2; segment++) {
      for (let from: string | null = null; ; pages++) {
        const page = await memberships.scanPage(segment, 2, from)
        met.push(...page.views.map(({ kpj }) => kpj))
        unreadable.push(...page.unreadable)
        from = page.next
        if (from === null) break
      }
    }
    expect(met.sort()).toEqual(kpjs.sort())
    expect(unreadable).toEqual(['59999999999'])
    expect(pages).toBeGreaterThan(0)
  })
})

describe.each(['memory', 'DynamoDB', 'a grudging DynamoDB'])('lines of audits in %s', (where) => {
  const through = () => (where === 'DynamoDB' ? client : grudging(client))
  const audits = () => (where === 'memory' ? memory : dynamoLedgerAudits(through(), tables))
  const memory = memoryLedgerAudits()

  test('are those of the latest audit, by subject, and come back as they were', async () => {
    const day = freshDay()
    const sums = { collected: 8_400, allocated: 8_400, credit: 0, suspense: 0, reversed: 0, billed: 0 }
    const sample = { difference: 'view-differs', account: '12345678901', fact: '' } as const
    const line = {
      ...{
        day,
        subject: 'pos',
        startedAt: at(`${day}T03:30`),
        finishedAt: at(`${day}T03:31`),
        looks: 1,
        facts: 1,
        sums,
      },
      differences: { 'view-differs': 1 },
      samples: [sample],
    }
    await audits().put(line)
    await audits().put({ ...line, subject: 'bni' })
    const later = { ...line, startedAt: at(`${day}T09:00`), differences: {}, samples: [] }
    await audits().put(later)
    await audits().put(line)
    expect(await audits().ofDay(day)).toEqual([{ ...line, subject: 'bni' }, later])
    expect(await audits().ofDay(freshDay())).toEqual([])
  })
})
