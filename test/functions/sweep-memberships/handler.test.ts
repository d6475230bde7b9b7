/** The wiring of queue `sweep`: which tables a sweep reads, and which of three queues it sends what it found to. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { channels } from '../../../shared/channels/registry.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import type { ProgramId, SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import { OTHER_SOURCES } from '../../../shared/store/facts/day-index.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import { dynamoSponsors } from '../../../shared/store/sponsors/dynamodb.ts'
import { at, date, KPJ, pay, terms } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  type Surroundings,
} from '../../support/function-surroundings.ts'
import { PLAN, sponsorNamed } from '../../support/sponsors.ts'
import { viewOf } from '../../support/stored.ts'

const NOW = at('2027-02-01T08:10')
const IN_CREDIT = kpjOf('22222222222')
const CALM = kpjOf('33333333333')

let around: Surroundings
let handler: QueueHandling

beforeAll(async () => {
  around = await functionSurroundings({ service: 'sweep-memberships' })
  const memberships = dynamoMemberships(around.database, around.tables)
  const facts = dynamoFacts(around.database, around.tables)
  for (const fact of [terms('2026-01'), pay('T1', '2027-02-01T01:00', ['2026-11'])]) await facts.put(fact)
  const due = { nextTransition: { on: date('2027-02-01'), to: 'lapsed' as const } }
  await memberships.put(viewOf(KPJ, { ...due, paidThrough: month('2026-10'), status: 'grace' }))
  await memberships.put(viewOf(IN_CREDIT, { ...due, paidThrough: month('2026-10'), credit: rupiah(100_000) }))
  const later = { on: date('2028-02-01'), to: 'grace' as const }
  await memberships.put(viewOf(CALM, { paidThrough: month('2028-01'), nextTransition: later }))
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  handler = await around.load(() => import('../../../functions/sweep-memberships/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => around.forget())

const sent = () => around.sent().map(({ queue, body }) => [queue, JSON.parse(body)])
const segment = (purpose: string, zone: string | null = null) => ({
  task: 'segment',
  purpose,
  zone,
  run: NOW,
  segment: 0,
  segments: 1,
  part: 0,
  from: null,
})

test('a night asks for the last three days of every source, then for the whole table', async () => {
  expect(await handler(eventOf({ task: 'nightly' }))).toEqual({ batchItemFailures: [] })
  const sources = [...channels.map(({ profile }) => profile.name), ...OTHER_SOURCES]
  const days = ['2027-02-01', '2027-01-31', '2027-01-30']
  const asked = [
    ...days.flatMap((day) => [...sources.map((source) => ({ task: 'day', source, day })), { task: 'recorded', day }]),
    // What is counted as it comes is held against the days that are over.
    ...['2027-01-31', '2027-01-30', '2027-01-29'].flatMap((day) =>
      sources.map((source) => ({ task: 'counts', source, day })),
    ),
    ...[0, 1].map((each) => ({ ...segment('nightly'), segment: each, segments: 2 })),
  ]
  expect(new Set(around.sent().map(({ body }) => body))).toEqual(new Set(asked.map((each) => JSON.stringify(each))))
  expect(new Set(around.sent().map(({ queue }) => queue))).toEqual(new Set(['SWEEP']))
  expect(around.said()).toMatchObject([{ message: 'A sweep began', task: 'nightly', count: asked.length }])
})

test('a segment of the night sends whose day has come to be folded, credit by its own cause', async () => {
  expect(await handler(eventOf(segment('nightly')))).toEqual({ batchItemFailures: [] })
  expect(sent()).toEqual([
    ['RECONCILE', { account: KPJ, cause: 'time' }],
    ['RECONCILE', { account: IN_CREDIT, cause: 'credit' }],
  ])
  expect(['SweepRows', 'TransitionsDue', 'AccountsRequeued', 'NoticesAsked'].map(around.counted)).toEqual([
    3,
    2,
    2,
    undefined,
  ])
  expect(around.counted('SweepRunsFinished')).toBe(1)
})

test('a segment of notices asks for those who have one to get, of its zone', async () => {
  await handler(eventOf(segment('notices', 'WIB')))
  expect(sent()).toEqual([
    ['NOTICE', { kpj: KPJ }],
    ['NOTICE', { kpj: IN_CREDIT }],
  ])
  around.forget()
  await handler(eventOf(segment('notices', 'WIT')))
  expect(sent()).toEqual([])
})

test('a day and a week read the facts: whose money came is folded again', async () => {
  await handler(eventOf({ task: 'day', source: 'bni', day: '2027-02-01' }))
  await handler(eventOf(segment('weekly')))
  expect(sent()).toEqual([
    ['RECONCILE', { account: KPJ, cause: 'repair' }],
    ['RECONCILE', { account: KPJ, cause: 'weekly' }],
  ])
  expect(around.counted('AccountsRequeued')).toBe(2)
})

test('programs by their last month: the night has them take their steps, the hours of Jakarta tell who pays for them', async () => {
  const sponsors = dynamoSponsors(around.database, around.tables)
  await sponsors.putSponsor(sponsorNamed('jambi' as SponsorId))
  const opened = { step: 'open', from: 'draft', to: 'enrolling', by: 'operator-1', at: NOW, note: '' } as const
  // Their last months: far too long ago, three months ago, this one, two months ahead, two years ahead, and after that.
  const ends = { a: '2026-10', b: '2026-11', c: '2027-02', d: '2027-04', e: '2029-02', f: '2029-03' }
  for (const [code, last] of Object.entries(ends)) {
    const id = `jambi.${code}` as ProgramId
    const months = { firstMonth: month(last), monthCount: 1 }
    const program = { ...PLAN, ...months, id, state: 'enrolling', version: 1, createdAt: NOW } as const
    expect(await sponsors.putProgram({ program, event: { ...opened, number: 1 } })).toBe('put')
  }
  await handler(eventOf({ task: 'nightly' }))
  expect(sent().filter(([queue]) => queue === 'ENROLMENT')).toEqual(
    ['b', 'c', 'd', 'e'].map((code) => ['ENROLMENT', { program: `jambi.${code}`, cause: 'nightly' }]),
  )
  around.forget()
  for (const zone of ['WIB', 'WITA', 'WIT']) await handler(eventOf({ task: 'notices', zone }))
  expect(sent().filter(([queue]) => queue !== 'SWEEP')).toEqual(
    ['c', 'd'].map((code) => ['NOTICE', { program: `jambi.${code}` }]),
  )
})

test('what nobody can read is put aside for queue sweep', async () => {
  expect(await handler(eventOf('no message'))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body: 'no message', code: 'UNREADABLE' }])
  expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'sweep' }])
})
