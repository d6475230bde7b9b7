/**
 * What the stores ask of DynamoDB, command by command: what no answer shows is held here. A page of a night's run must be
 * small enough to finish, a scan reads keys only, and every write states its condition.
 */
import { describe, expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { Throttled } from '../../../shared/runtime/faults.ts'
import { dynamoAudit } from '../../../shared/store/audit/dynamodb.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { dynamoBills } from '../../../shared/store/bills/dynamodb.ts'
import { billItem } from '../../../shared/store/bills/item.ts'
import { dynamoContacts } from '../../../shared/store/contacts/dynamodb.ts'
import type { DynamoClient } from '../../../shared/store/dynamo/client.ts'
import { manyItems } from '../../../shared/store/dynamo/reads.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoFactPages } from '../../../shared/store/facts/pages.ts'
import { dynamoJournal } from '../../../shared/store/journal/dynamodb.ts'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import { dynamoNotices } from '../../../shared/store/notices/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../../shared/store/payment-decisions/dynamodb.ts'
import { dynamoDecisionPages } from '../../../shared/store/payment-decisions/pages.ts'
import { entryTable } from '../../../shared/store/settlements/dynamodb.ts'
import { isDifferencePointer, isUnidentifiedPointer } from '../../../shared/store/settlements/item.ts'
import { dynamoStatistics } from '../../../shared/store/statistics/dynamodb.ts'
import { dynamoLedgerAudits } from '../../../shared/store/statistics/ledger-audits.ts'
import { at, date, KPJ, pay } from '../../support/facts.ts'
import { DECIDED, decisionOf, viewOf } from '../../support/stored.ts'

// biome-ignore lint/suspicious/noExplicitAny: a command's input is whatever the adapter made it
type Sent = { readonly name: string; readonly input: any }

/** Keeps every command; answers as it is told, one answer for each, then with nothing. A thrown answer is an error. */
function recording(answers: readonly unknown[] = []): {
  readonly client: DynamoClient
  readonly sent: readonly Sent[]
} {
  const sent: Sent[] = []
  const left = [...answers]
  const send = async (command: { readonly constructor: { readonly name: string }; readonly input: object }) => {
    sent.push({ name: command.constructor.name, input: command.input })
    const answer = left.shift()
    if (answer instanceof Error) throw answer
    return answer ?? {}
  }
  return { client: { send } as unknown as DynamoClient, sent }
}

const TABLES = {
  facts: 'facts',
  bills: 'bills',
  memberships: 'views',
  'payment-decisions': 'decisions',
  settlements: 's',
  contacts: 'contacts',
  notices: 'notices',
  statistics: 'statistics',
  audit: 'audit',
}
const RUN = { purpose: 'nightly', zone: null, startedAt: DECIDED, segments: 2 } as const

describe('pages that somebody goes on from', () => {
  test('of views: 500 at a time, of one segment, from where the last ended', async () => {
    const { client, sent } = recording([{ Items: [], LastEvaluatedKey: { kpj: { S: KPJ } } }])
    expect(await dynamoMemberships(client, TABLES).scanPage(1, 4, null)).toMatchObject({ next: KPJ })
    await dynamoMemberships(client, TABLES).scanPage(1, 4, KPJ)
    const scan = { TableName: 'views', Segment: 1, TotalSegments: 4, Limit: 500 }
    expect(sent).toEqual([
      { name: 'ScanCommand', input: scan },
      { name: 'ScanCommand', input: { ...scan, ExclusiveStartKey: { kpj: { S: KPJ } } } },
    ])
  })

  test('of a day’s facts: at most 500 of each of 16 shards, and only the shards that are not at their end', async () => {
    const start = { day: { S: 'd' } }
    const { client, sent } = recording([{ Items: [], LastEvaluatedKey: start }])
    const pages = dynamoFactPages(client, TABLES)
    const first = await pages.dayPage('bni', date('2026-11-20'), null)
    expect(sent).toHaveLength(16)
    expect(new Set(sent.map(({ input }) => input.Limit))).toEqual(new Set([500]))
    expect(new Set(sent.map(({ input }) => input.ExpressionAttributeValues[':day'].S)).size).toBe(16)
    expect((await pages.dayPage('bni', date('2026-11-20'), first.next)).next).toBeNull()
    expect(sent).toHaveLength(17)
    expect(sent[16]?.input.ExclusiveStartKey).toEqual(start)
  })

  test('of facts or decisions that somebody put by hand: the others are read, and those are named', async () => {
    const key = { account: { S: KPJ }, fact: { S: 'payment#bni#BY-HAND' } }
    const good = { ...key, fact: { S: 'payment#bni#T1' }, a: { N: '8400' }, at: { N: '1795107600000' } }
    const ofDay = dynamoFactPages(recording([{ Items: [key, good] }]).client, TABLES)
    const { entries, broken } = await ofDay.dayPage('bni', date('2026-11-20'), null)
    expect(entries.map(({ fact }) => fact)).toEqual(['payment#bni#T1'])
    expect(broken).toEqual([{ account: KPJ, fact: 'payment#bni#BY-HAND' }])
    const ofAll = dynamoDecisionPages(recording([{ Items: [{ decision: { S: 'bni#BY-HAND' } }] }]).client, TABLES)
    expect(await ofAll.acceptedPage(0, 1, null)).toEqual({ decisions: [], next: null, broken: ['bni#BY-HAND'] })
  })

  test('of accounts: keys only, each account once also where two pages share it', async () => {
    const last = { account: { S: 'b' }, fact: { S: 'x' } }
    const items = (...accounts: readonly string[]) => accounts.map((S) => ({ account: { S } }))
    const { client, sent } = recording([
      { Items: items('a', 'a', 'b'), LastEvaluatedKey: last },
      { Items: items('b', 'c') },
    ])
    const pages = dynamoFactPages(client, TABLES)
    const first = await pages.accountsPage(0, 1, null)
    const second = await pages.accountsPage(0, 1, first.next)
    expect([first.accounts, second.accounts, second.next]).toEqual([['a', 'b'], ['c'], null])
    expect(sent.map(({ input }) => [input.ProjectionExpression, input.ExclusiveStartKey])).toEqual([
      ['account', undefined],
      ['account', last],
    ])
  })

  test('of decisions: accepted ones only', async () => {
    const { client, sent } = recording([{ Items: [], LastEvaluatedKey: { decision: { S: 'bni#T1' } } }])
    const pages = dynamoDecisionPages(client, TABLES)
    expect(await pages.acceptedPage(2, 3, null)).toEqual({ decisions: [], next: 'bni#T1' })
    await pages.acceptedPage(2, 3, 'bni#T1')
    expect(sent[1]?.input).toEqual({
      TableName: 'decisions',
      Segment: 2,
      TotalSegments: 3,
      FilterExpression: 'd = :accepted',
      ExpressionAttributeValues: { ':accepted': { S: 'accepted' } },
      ExclusiveStartKey: { decision: { S: 'bni#T1' } },
    })
  })
})

describe('every read of one item is consistent', () => {
  test.each<[string, (client: DynamoClient) => Promise<unknown>]>([
    ['a fact', (client) => dynamoFacts(client, TABLES).get(KPJ, 'payment#bni#T1' as never)],
    ['the facts of an account', (client) => dynamoFacts(client, TABLES).ofAccount(KPJ)],
    ['a view', (client) => dynamoMemberships(client, TABLES).get(KPJ)],
    ['a bill', (client) => dynamoBills(client, TABLES).get(billCodeOf(17))],
    ['the members of a bill', (client) => dynamoBills(client, TABLES).members(billCodeOf(17), 1)],
    ['a decision', (client) => dynamoPaymentDecisions(client, TABLES).get('bni', 'T1')],
    ['a closed day', (client) => dynamoJournal(client, TABLES).get(date('2026-11-20'))],
    ['the last closed day', (client) => dynamoJournal(client, TABLES).lastClosed()],
    ['parts of a day', (client) => dynamoJournal(client, TABLES).parts(date('2026-11-20'), 4)],
    ['a contact', (client) => dynamoContacts(client, TABLES).get(KPJ)],
    ['the notices of a member', (client) => dynamoNotices(client, TABLES).ofMember(KPJ)],
    ['a part of a sweep', (client) => dynamoStatistics(client, TABLES).part(RUN, 0, 0)],
    ['the parts of a sweep', (client) => dynamoStatistics(client, TABLES).partsOf(RUN)],
    ['the results of a day', (client) => dynamoStatistics(client, TABLES).resultsOf(date('2026-11-20'))],
    ['a census', (client) => dynamoStatistics(client, TABLES).census(date('2026-11-20'))],
    ['the targets of a year', (client) => dynamoStatistics(client, TABLES).targets(2026)],
    ['the lines of an audit', (client) => dynamoLedgerAudits(client, TABLES).ofDay(date('2026-11-20'))],
    ['the end of the audit chain', (client) => dynamoAudit(client, TABLES).last()],
    ['entries of the audit chain', (client) => dynamoAudit(client, TABLES).from(1, 9)],
    ['a settlement entry', (client) => entryTable(client, 's').get('p', 'e')],
    ['settlement entries', (client) => entryTable(client, 's').range('p', {})],
    ['names of settlement entries', (client) => entryTable(client, 's').entries('p')],
    ['closed days', (client) => dynamoJournal(client, TABLES).range(date('2026-11-01'), date('2026-11-20'))],
  ])('%s', async (_, read) => {
    const { client, sent } = recording()
    await read(client)
    expect(sent.map(({ input }) => input.ConsistentRead)).toEqual([true])
  })
})

async function all<T>(found: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const each of found) list.push(each)
  return list
}

describe('what is longer than a page is read to its end, each page from where the one before ended', () => {
  const start = { some: { S: 'key' } }
  test.each<[string, (client: DynamoClient) => Promise<unknown>]>([
    ['the facts of an account', (client) => dynamoFacts(client, TABLES).ofAccount(KPJ)],
    ['the notices of a member', (client) => dynamoNotices(client, TABLES).ofMember(KPJ)],
    ['the parts of a sweep', (client) => dynamoStatistics(client, TABLES).partsOf(RUN)],
    ['the lines of an audit', (client) => dynamoLedgerAudits(client, TABLES).ofDay(date('2026-11-20'))],
    ['settlement entries', (client) => entryTable(client, 's').range('p', {})],
    ['names of settlement entries', (client) => entryTable(client, 's').entries('p')],
    ['names of settlement entries, one by one', (client) => all(entryTable(client, 's').eachEntry('p'))],
    ['closed days', (client) => dynamoJournal(client, TABLES).range(date('2026-11-01'), date('2026-11-20'))],
    ['the audit chain', (client) => all(dynamoAudit(client, TABLES).items())],
  ])('%s', async (_, read) => {
    // An empty page is not the end: only a page without a key is.
    const { client, sent } = recording([{ Items: [], LastEvaluatedKey: start }, { LastEvaluatedKey: start }, {}])
    await read(client)
    expect(sent.map(({ input }) => input.ExclusiveStartKey)).toEqual([undefined, start, start])
  })

  test('but no further than was asked for', async () => {
    const entry = (name: string) => ({ entry: { S: name } })
    const page = (...names: readonly string[]) => ({ Items: names.map(entry), LastEvaluatedKey: start })
    const { client, sent } = recording([page('a', 'b'), page('c'), page('d')])
    expect(await entryTable(client, 's').entries('p', '0', 3)).toEqual(['a', 'b', 'c'])
    expect(sent.map(({ input }) => input.Limit)).toEqual([3, 1])
    expect(sent[0]?.input.ExpressionAttributeValues[':from']).toEqual({ S: '0 ' })
  })
})

describe('many items by their keys', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, i) => ({ kpj: { S: String(i) } }))
  const asked = (input: { readonly RequestItems: Readonly<Record<string, { readonly Keys: readonly object[] }>> }) =>
    input.RequestItems.views?.Keys.length

  test('are asked for by the hundred, consistently, and what was left out is asked for again', async () => {
    const left = keys(2)
    const { client, sent } = recording([
      { Responses: { views: keys(98) }, UnprocessedKeys: { views: { Keys: left } } },
      { Responses: { views: left } },
      { Responses: { views: keys(1) } },
    ])
    expect(await manyItems(client, 'views', 'views', keys(101))).toHaveLength(101)
    expect(sent.map(({ input }) => [asked(input), input.RequestItems.views.ConsistentRead])).toEqual([
      [100, true],
      [2, true],
      [1, true],
    ])
    const none = recording()
    expect(await manyItems(none.client, 'views', 'views', [])).toEqual([])
    expect(none.sent).toEqual([])
  })

  test('that are left out six times are somebody else’s to try: nothing is said to be absent', async () => {
    const stuck = { Responses: {}, UnprocessedKeys: { views: { Keys: keys(1) } } }
    const { client, sent } = recording(Array.from({ length: 9 }, () => stuck))
    await expect(manyItems(client, 'views', 'views', keys(1))).rejects.toBeInstanceOf(Throttled)
    expect(sent).toHaveLength(6)
  })
})

describe('writes', () => {
  test('state their conditions: nothing is written over, a view only over the version that was read', async () => {
    const { client, sent } = recording()
    await dynamoFacts(client, TABLES).put(pay('T1', '2026-11-20T10:00', ['2026-11']))
    await dynamoPaymentDecisions(client, TABLES).put(decisionOf('T1'))
    await dynamoMemberships(client, TABLES).put(viewOf(KPJ, { version: 1 }))
    await dynamoMemberships(client, TABLES).put(viewOf(KPJ, { version: 2 }))
    expect(sent.map(({ input }) => input.ConditionExpression)).toEqual([
      'attribute_not_exists(account)',
      expect.stringContaining('attribute_not_exists('),
      expect.stringContaining('attribute_not_exists('),
      expect.stringContaining('version'),
    ])
  })

  test('of a bill whose transaction fails on the bill alone, which is ours: put, for its other parts say nothing', async () => {
    const bill: Bill = {
      billCode: billCodeOf(17),
      months: [month('2026-11')],
      amount: rupiah(8_400),
      memberCount: 1,
      kpj: kpjOf('12345678901'),
      issuedAt: DECIDED,
      validUntil: '2026-12-01T00:00:00+07:00',
      validUntilInstant: at('2026-12-01T00:00'),
      paidBy: null,
    }
    const member = { kpj: kpjOf('12345678901'), months: [], amount: rupiah(8_400) }
    const failing = (item: object) =>
      Object.assign(new Error('cancelled'), {
        name: 'TransactionCanceledException',
        $fault: 'client',
        CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: item }],
      })
    const ours = recording([failing(billItem(bill)), { Item: billItem(bill) }])
    expect(await dynamoBills(ours.client, TABLES).put(bill, [member])).toBe('put')
    const other = billItem({ ...bill, amount: rupiah(1) })
    const another = recording([failing(other), { Item: other }])
    expect(await dynamoBills(another.client, TABLES).put(bill, [member])).toBe('exists')
  })
})

test.each([
  ['2026-11-20#pos-1', true, true],
  ['2026-11-20#M%2F1', false, true],
  ['2026-11-20#M%2f1', false, false],
  ['2026-11-20#', false, false],
  ['2026-11-20#a b', false, false],
  ['x2026-11-20#a', false, false],
  ['12026-11-20#a', false, false],
  ['2026-11-20#a#b', false, false],
])('%s points to a difference: %s, to an unidentified movement: %s', (text, difference, unidentified) => {
  expect([isDifferencePointer(text), isUnidentifiedPointer(text)]).toEqual([difference, unidentified])
})
