/**
 * Table `facts`: append-only, kept 10 years, no name, no NIK.
 *
 * | | key | |
 * |---|---|---|
 * | table | PK `account` (KPJ, bill code, `suspense#…`), SK `fact` `<kind>#<source>#<id…>` | one item per fact, at most 600 bytes |
 * | index `byDay` | PK `day` `<source>#<businessDate>#<shard of 16>`, SK `at` | insert-only; the key gives kind and time, amount, fee and outlet are projected |
 *
 * All but shares and their reversals, which are found through their bill, carry the index key. fact-item.ts explains the attributes, day-index.ts the shards.
 * Producers: functions/answer-channel, functions/apply-bill-payment, functions/serve-console.
 * Consumers: the stream -> pipe -> queue `reconcile` (infra/ledger-stack.ts), every fold, settlement, repair.
 */
import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import type { Account } from '../../domain/account.ts'
import type { BillCode } from '../../domain/bill-code.ts'
import type { Fact, FactKey } from '../../domain/fact.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import type { PaymentKey } from '../../domain/payment-key.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import { manyItems } from '../dynamo/reads.ts'
import { BY_DAY, type Tables } from '../tables.ts'
import { type DayEntry, dayPartitions } from './day-index.ts'
import { factItem, readDayEntry, readFact } from './item.ts'

export type { DayEntry } from './day-index.ts'

/** Reads of an account are consistent and read every page. Writes may throw `Throttled` or `UnknownOutcome`. */
export type FactStore = {
  /** Puts a fact if its key is free. `exists` is success: the same fact was put before (a heal, a repeat). */
  readonly put: (fact: Fact) => Promise<'put' | 'exists'>
  readonly get: (account: Account, key: FactKey) => Promise<Fact | undefined>
  /** Several facts of one account by key, in one call where the store can; missing ones are left out. */
  readonly getMany: (account: Account, keys: readonly FactKey[]) => Promise<readonly Fact[]>
  readonly ofAccount: (account: Account) => Promise<readonly Fact[]>
  /** One transaction for a bill's reversal: the reversal fact if absent, paid-by cleared if it names `paidBy`. */
  readonly putReversingBill: (fact: Fact, billCode: BillCode, paidBy: PaymentKey) => Promise<'put' | 'exists'>
  /** Everything in the day index for a channel or source and WIB date; eventually consistent, in no order. */
  readonly byDay: (source: string, day: BusinessDate) => AsyncIterable<DayEntry>
  /** A part of such a day, some thousand entries at most, from where an earlier page of it ended; for whoever goes on later. */
  readonly dayPage: (source: string, day: BusinessDate, from: string | null) => Promise<DayPage>
  /**
   * The accounts that have facts, page by page; `segment` of `segments` for parallel scans. Eventually consistent. An account
   * comes once, or more often where the store keeps its facts apart.
   */
  readonly accountsPage: (segment: number, segments: number, from: string | null) => Promise<AccountsPage>
}

/** `next`: where the next page begins, a text that only the store reads; null after the last. */
export type DayPage = { readonly entries: readonly DayEntry[]; readonly next: string | null }
/** Accounts as they are written in the table: whoever handles one reads it. */
export type AccountsPage = { readonly accounts: readonly string[]; readonly next: string | null }

/** `bills` is only used, and then needed, by `putReversingBill`. */
export function dynamoFacts(
  client: DynamoClient,
  tables: Pick<Tables, 'facts'> & { readonly bills?: string | undefined },
): FactStore {
  const table = { client, name: tables.facts }
  return {
    put: (fact) => putFact(table, fact),
    get: async (account, key) => {
      const command = { TableName: table.name, Key: keyItem(account, key), ConsistentRead: true }
      const { Item: item } = await reading('a fact', () => client.send(new GetItemCommand(command)))
      return item && readFact(item)
    },
    getMany: async (account, keys) => {
      const wanted = [...new Set(keys)].map((key) => keyItem(account, key))
      return (await manyItems(client, table.name, 'facts', wanted)).map(readFact)
    },
    ofAccount: (account) => factsOfAccount(table, account),
    putReversingBill: (fact, billCode, paidBy) => putReversingBill(table, tables.bills, fact, billCode, paidBy),
    byDay: (source, day) => entriesOfDay(table, source, day),
    dayPage: (source, day, from) => pageOfDay(table, source, day, from),
    accountsPage: (segment, segments, from) => pageOfAccounts(table, segment, segments, from),
  }
}

type FactsTable = { readonly client: DynamoClient; readonly name: string }

function keyItem(account: Account, key: FactKey) {
  return { account: text(account), fact: text(key) }
}

/** Whoever put it first, the fact stands: our own earlier try, a heal and a repeat all mean the same event. */
async function putFact(table: FactsTable, fact: Fact): Promise<'put' | 'exists'> {
  const command = { TableName: table.name, Item: factItem(fact), ConditionExpression: 'attribute_not_exists(account)' }
  const written = await writing('a fact', () => table.client.send(new PutItemCommand(command)))
  return written.outcome === 'written' ? 'put' : 'exists'
}

async function factsOfAccount(table: FactsTable, account: Account): Promise<readonly Fact[]> {
  const facts: Fact[] = []
  let start: Item | undefined
  do {
    const page = await reading('the facts of an account', () =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: 'account = :account',
          ExpressionAttributeValues: { ':account': text(account) },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      ),
    )
    for (const item of page.Items ?? []) facts.push(readFact(item))
    start = page.LastEvaluatedKey
  } while (start)
  return facts
}

/**
 * Where paid-by names another payment, or none, there is nothing to clear and the fact goes alone: only the transaction that
 * puts this payment's decision can set it, and that decision is there already.
 */
async function putReversingBill(
  table: FactsTable,
  bills: string | undefined,
  fact: Fact,
  billCode: BillCode,
  paidBy: PaymentKey,
): Promise<'put' | 'exists'> {
  if (bills === undefined)
    throw new Defect('TABLE_UNKNOWN', 'expected the name of table bills to reverse a bill, got none')
  const written = await writing('the reversal of a bill', () =>
    table.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Put: { TableName: table.name, Item: factItem(fact), ConditionExpression: 'attribute_not_exists(account)' },
          },
          {
            Update: {
              TableName: bills,
              Key: { billCode: text(billCode), part: text('bill') },
              UpdateExpression: 'REMOVE paidBy',
              ConditionExpression: 'paidBy = :paidBy',
              ExpressionAttributeValues: { ':paidBy': text(paidBy) },
            },
          },
        ],
      }),
    ),
  )
  if (written.outcome === 'written') return 'put'
  if (failedCondition(cancellations(written.error) ?? [], 0)) return 'exists'
  return putFact(table, fact)
}

/** All shards at once, a page of each per round: a day of any size takes the memory of one page per shard. */
async function* entriesOfDay(table: FactsTable, source: string, day: BusinessDate): AsyncGenerator<DayEntry> {
  let open = openShards(source, day)
  while (open.length > 0) {
    const { items, rest } = await pagesOf(table, open, undefined)
    for (const item of items) yield readDayEntry(item)
    open = rest
  }
}

/** Entries of a shard in a page that somebody goes on from later: 16 shards make 8,000, some seconds of work. */
const ENTRIES_PER_SHARD = 500

async function pageOfDay(table: FactsTable, source: string, day: BusinessDate, from: string | null): Promise<DayPage> {
  const open = from === null ? openShards(source, day) : (JSON.parse(from) as readonly OpenShard[])
  const { items, rest } = await pagesOf(table, open, ENTRIES_PER_SHARD)
  return { entries: items.map(readDayEntry), next: rest.length === 0 ? null : JSON.stringify(rest) }
}

/** A shard of a day that is not read to its end. */
type OpenShard = { readonly partition: string; readonly start?: Item | undefined }

function openShards(source: string, day: BusinessDate): readonly OpenShard[] {
  return dayPartitions(source, day).map((partition) => ({ partition }))
}

/** A page of each open shard, and what is still open after it. */
async function pagesOf(table: FactsTable, open: readonly OpenShard[], limit: number | undefined) {
  const pages = await Promise.all(open.map((shard) => pageOfShard(table, shard, limit)))
  return {
    items: pages.flatMap(({ items }) => items),
    rest: pages.flatMap(({ partition, next }) => (next ? [{ partition, start: next }] : [])),
  }
}

async function pageOfShard(table: FactsTable, shard: OpenShard, limit: number | undefined) {
  const { Items: items = [], LastEvaluatedKey: next } = await reading('a business day of facts', () =>
    table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: BY_DAY,
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': text(shard.partition) },
        ExclusiveStartKey: shard.start,
        Limit: limit,
      }),
    ),
  )
  return { partition: shard.partition, items, next }
}

/** Keys only, though DynamoDB reads, and bills, whole facts: the facts of an account lie beside one another, so it is named once. */
async function pageOfAccounts(
  table: FactsTable,
  segment: number,
  segments: number,
  from: string | null,
): Promise<AccountsPage> {
  const start = from === null ? undefined : (JSON.parse(from) as Item)
  const { Items: items = [], LastEvaluatedKey: last } = await reading('the accounts of the facts', () =>
    table.client.send(
      new ScanCommand({
        TableName: table.name,
        Segment: segment,
        TotalSegments: segments,
        ProjectionExpression: 'account',
        ExclusiveStartKey: start,
      }),
    ),
  )
  const accounts = new Set(items.map((item) => item.account?.S ?? ''))
  // The page before named it already.
  accounts.delete(start?.account?.S ?? '')
  return { accounts: [...accounts], next: last ? JSON.stringify(last) : null }
}
