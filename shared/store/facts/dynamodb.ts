/**
 * Table `facts` in DynamoDB. Promises that a fact put twice is one fact, and that a day of any size is read with
 * the memory of one page per shard. The port is facts.ts, the layout item.ts.
 */

import { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
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
import { type FactStore, putApart } from './facts.ts'
import { factItem, readDayEntry, readFact } from './item.ts'

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
      const itemKeys = [...new Set(keys)].map((key) => keyItem(account, key))
      return (await manyItems(client, table.name, 'facts', itemKeys)).map(readFact)
    },
    ofAccount: (account) => factsOfAccount(table, account),
    putReversingBill: (fact, billCode, paidBy) => putReversingBill(table, tables.bills, fact, billCode, paidBy),
    putTogether: (facts, without) => putTogether(table, facts, without),
    byDay: (source, day) => entriesOfDay(table, source, day),
  }
}

type FactsTable = { readonly client: DynamoClient; readonly name: string }

function keyItem(account: Account, key: FactKey) {
  return { account: text(account), fact: text(key) }
}

/** The first put stands: our own earlier try, a heal and a repeat all mean the same event. */
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

/** One of them alone was put by nobody: then something past the hub has written, and this stops. */
async function putTogether(
  table: FactsTable,
  facts: readonly Fact[],
  without: readonly FactKey[],
): Promise<'put' | 'exists' | 'taken'> {
  const free = 'attribute_not_exists(account)'
  const of = facts[0]?.account
  const checks = of === undefined ? [] : without.map((key) => ({ TableName: table.name, Key: keyItem(of, key) }))
  const written = await writing('facts that belong together', () =>
    table.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          ...facts.map((fact) => ({
            Put: { TableName: table.name, Item: factItem(fact), ConditionExpression: free },
          })),
          ...checks.map((check) => ({ ConditionCheck: { ...check, ConditionExpression: free } })),
        ],
      }),
    ),
  )
  if (written.outcome === 'written') return 'put'
  const reasons = cancellations(written.error) ?? []
  const there = facts.filter((_, i) => failedCondition(reasons, i)).length
  if (there === facts.length) return 'exists'
  if (there === 0) return 'taken'
  throw putApart()
}

/** All shards at once, a page of each per round: a day of any size takes the memory of one page per shard. */
async function* entriesOfDay(table: FactsTable, source: string, day: BusinessDate): AsyncGenerator<DayEntry> {
  let open: readonly DayPage[] = dayPartitions(source, day).map((partition) => ({ partition, start: undefined }))
  while (open.length > 0) {
    const pages = await Promise.all(open.map((page) => pageOfDay(table, page)))
    for (const page of pages) for (const item of page.items) yield readDayEntry(item)
    open = pages.flatMap(({ partition, next }) => (next ? [{ partition, start: next }] : []))
  }
}

type DayPage = { readonly partition: string; readonly start: Item | undefined }

async function pageOfDay(table: FactsTable, page: DayPage) {
  const { Items: items = [], LastEvaluatedKey: next } = await reading('a business day of facts', () =>
    table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: BY_DAY,
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': text(page.partition) },
        ExclusiveStartKey: page.start,
      }),
    ),
  )
  return { partition: page.partition, items, next }
}
