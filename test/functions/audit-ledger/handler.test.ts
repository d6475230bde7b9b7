/** The wiring of queues `audit` and `decision`: which tables an audit reads, where it goes on, and what it tells people. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { channels } from '../../../shared/channels/registry.ts'
import { instant } from '../../../shared/domain/instant.ts'
import { bucketAnchors } from '../../../shared/store/audit/anchor-bucket.ts'
import { anchoredText } from '../../../shared/store/audit/anchors.ts'
import { chained } from '../../../shared/store/audit/chain.ts'
import { auditItem } from '../../../shared/store/audit/item.ts'
import { OTHER_SOURCES } from '../../../shared/store/facts/day-index.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../../shared/store/payment-decisions/dynamodb.ts'
import { entryTable } from '../../../shared/store/settlements/dynamodb.ts'
import { HEAD } from '../../../shared/store/settlements/item.ts'
import { dynamoLedgerAudits } from '../../../shared/store/statistics/ledger-audits.ts'
import { AUDIT_KEY, auditKey } from '../../support/audit-key.ts'
import { at, date, KPJ, terms } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  SESSION,
  type Surroundings,
} from '../../support/function-surroundings.ts'
import { DIGEST_SECRET } from '../../support/settlement-hub.ts'
import { DECIDED, decisionOf, paymentOf } from '../../support/stored.ts'

let around: Surroundings
let handler: QueueHandling
let facts: ReturnType<typeof dynamoFacts>

beforeAll(async () => {
  around = await functionSurroundings({
    service: 'audit-ledger',
    variables: { AUDIT_KEY, EVIDENCE_BUCKET: 'hub-files', DIGEST_SECRET: 'hub/digests' },
    secrets: { 'hub/digests': DIGEST_SECRET },
    answers: auditKey.answers,
  })
  facts = dynamoFacts(around.database, around.tables)
  vi.useFakeTimers({ toFake: ['Date'], now: at('2026-11-21T03:00') })
  handler = await around.load(() => import('../../../functions/audit-ledger/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => around.forget())

const asked = () => around.sent().map(({ queue, body }) => [queue, JSON.parse(body)])

test('a night asks for yesterday of every source, and says how many parts that is', async () => {
  expect(await handler(eventOf({ task: 'nightly' }))).toEqual({ batchItemFailures: [] })
  const sources = [...channels.map(({ profile }) => profile.name), ...OTHER_SOURCES]
  const yesterday = { day: '2026-11-20', run: at('2026-11-21T03:00') }
  expect(new Set(around.sent().map(({ body }) => body))).toEqual(
    new Set([
      ...sources.map((source) => JSON.stringify({ task: 'day', source, ...yesterday })),
      JSON.stringify({ task: 'recorded', ...yesterday }),
      JSON.stringify({ task: 'chain' }),
      JSON.stringify({ task: 'books' }),
    ]),
  )
  expect(new Set(around.sent().map(({ queue }) => queue))).toEqual(new Set(['AUDIT']))
  expect(around.said()).toMatchObject([{ message: 'An audit began', outcome: 'fanned-out', count: sources.length + 3 }])
})

test('a week asks for all facts and all decisions, in as many segments as the table needs', async () => {
  await handler(eventOf({ task: 'weekly' }))
  expect(asked().map(([queue, { task, segment, segments }]) => [queue, task, segment, segments])).toEqual([
    ['AUDIT', 'accounts', 0, 2],
    ['AUDIT', 'accounts', 1, 2],
    ['AUDIT', 'decisions', 0, 2],
    ['AUDIT', 'decisions', 1, 2],
  ])
})

test('an accepted decision without its fact is counted and told; once the fact is there, it is not', async () => {
  await facts.put(terms('2026-01'))
  await dynamoPaymentDecisions(around.database, around.tables).put(decisionOf('T1'))
  expect(await handler(eventOf({ task: 'decision', decision: 'bni#T1' }))).toEqual({ batchItemFailures: [] })
  expect(around.counted('DecisionsWithoutFact')).toBe(1)
  expect(around.said()).toMatchObject([
    { level: 'WARN', code: 'decision-without-fact', account: KPJ, task: 'decision', outcome: 'done' },
    { level: 'INFO', message: 'An audit is through', rows: 1, count: 1 },
  ])
  around.forget()
  await facts.put(paymentOf('T1'))
  await handler(eventOf({ task: 'decision', decision: 'bni#T1' }))
  expect([around.counted('AuditLooks'), around.counted('DecisionsWithoutFact')]).toEqual([1, undefined])
  expect(around.said()).toEqual([])
})

test('a day with a payment whose view was never folded, and one whose decision is gone, are told and kept', async () => {
  const orphan = paymentOf('T2', { decidedAt: instant(DECIDED + 1_000) })
  await facts.put(orphan)
  const event = eventOf({ task: 'day', source: 'bni', day: '2026-11-20', run: at('2026-11-21T03:00') })
  expect(await handler(event)).toEqual({ batchItemFailures: [] })
  const lines = await dynamoLedgerAudits(around.database, around.tables).ofDay(date('2026-11-20'))
  expect(lines.filter(({ subject }) => subject === 'bni')).toMatchObject([{ sums: { collected: orphan.amount * 2 } }])
  const codes = around.said().flatMap(({ code }) => code ?? [])
  expect(codes).toContain('fact-without-decision')
  expect(around.counted('AuditDifferences')).toBe(codes.length)
  expect(around.said().at(-1)).toMatchObject({ message: 'An audit is through', day: '2026-11-20', count: codes.length })
})

test('the chain is held against its kept head and its anchors, by the key whose name the template gives', async () => {
  const entry = chained(undefined, {
    at: at('2026-11-21T01:00'),
    actor: 'operator-1',
    action: 'proposed',
    subject: 'x',
    detail: {},
  })
  const { sequence, hash } = entry
  await around.database.send(new PutItemCommand({ TableName: around.tables.audit, Item: auditItem(entry) }))
  const heads = entryTable(around.database, around.tables.settlements)
  await heads.put(HEAD.part, HEAD.entry, { sequence, hash })
  const lineOf = async () => {
    expect(await handler(eventOf({ task: 'chain' }))).toEqual({ batchItemFailures: [] })
    const lines = await dynamoLedgerAudits(around.database, around.tables).ofDay(date('2026-11-21'))
    return lines.find(({ subject }) => subject === 'chain')
  }
  // An hour is enough for an anchor; this one is two hours old.
  expect(await lineOf()).toMatchObject({ differences: { 'chain-broken': 1 }, samples: [{ fact: '1#NOT_ANCHORED' }] })
  expect([around.counted('AuditChainBroken'), around.counted('AuditDifferences')]).toEqual([1, undefined])
  const signature = auditKey.sign(anchoredText(entry)).toString('base64url')
  await bucketAnchors(around.files, around.bucket).put({ sequence, hash, signature }, entry.at)
  expect(await lineOf()).toMatchObject({ differences: {}, looks: 1, anchored: { anchors: 1, entries: 1 } })
  expect(around.calls.map(({ operation, session }) => [operation, session])).toEqual([
    ['TrentService.GetPublicKey', SESSION],
    ['TrentService.GetPublicKey', SESSION],
  ])
  await heads.put(HEAD.part, HEAD.entry, { sequence: 2, hash })
  expect(await lineOf()).toMatchObject({ samples: [{ fact: '2#CUT_OFF' }] })
})

test('what nobody can read is put aside for queue audit', async () => {
  expect(await handler(eventOf('no message'))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body: 'no message', code: 'UNREADABLE' }])
  expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'audit' }])
})
