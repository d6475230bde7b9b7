/**
 * Table `settlements` in DynamoDB. Every read is consistent and reads every page; every conditional put knows its own earlier
 * try. The port is settlements.ts, the calls that both are made of entries.ts.
 */

import { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { type Item, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { type Cancellation, cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { Change, EntryTable, Range } from './entries.ts'
import { content, keyItem, readContent } from './item.ts'
import { type SettlementStore, settlementsIn } from './settlements.ts'

export function dynamoSettlements(client: DynamoClient, tables: Pick<Tables, 'settlements'>): SettlementStore {
  return settlementsIn(entryTable(client, tables.settlements))
}

/** Sorts after every text that begins with the same characters; right also where a service compares without case. */
const LAST = '\u{10FFFF}'

export function entryTable(client: DynamoClient, name: string): EntryTable {
  const itemOf = (part: string, entry: string, value: object): Item => ({ ...keyItem(part, entry), ...content(value) })

  async function get<T>(part: string, entry: string): Promise<T | undefined> {
    const command = { TableName: name, Key: keyItem(part, entry), ConsistentRead: true }
    const { Item: item } = await reading('a settlement entry', () => client.send(new GetItemCommand(command)))
    return item && readContent<T>(item)
  }

  async function put(part: string, entry: string, value: object): Promise<void> {
    const command = { TableName: name, Item: itemOf(part, entry, value) }
    await writing('a settlement entry', () => client.send(new PutItemCommand(command)))
  }

  async function putOnce(part: string, entry: string, value: object): Promise<'put' | 'same' | 'other'> {
    const item = itemOf(part, entry, value)
    const written = await writing('a settlement entry', () => client.send(new PutItemCommand(once(item))))
    if (written.outcome === 'written') return 'put'
    return sameItem((written.error as { readonly Item?: Item }).Item, item) ? 'same' : 'other'
  }

  const once = (item: Item) => ({
    TableName: name,
    Item: item,
    ConditionExpression: 'attribute_not_exists(part)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  })

  async function* pages(part: string, range: Range, keysOnly = false): AsyncGenerator<readonly Item[]> {
    const from = range.from ?? range.prefix ?? ''
    const to = range.to ?? `${range.prefix ?? ''}${LAST}`
    let start: Item | undefined
    let left = range.limit ?? Number.POSITIVE_INFINITY
    do {
      const page = await reading('settlement entries', () =>
        client.send(
          new QueryCommand({
            TableName: name,
            // An empty text is no key value: a part from its beginning has no lower bound.
            KeyConditionExpression: `part = :part AND ${from === '' ? 'entry <= :to' : 'entry BETWEEN :from AND :to'}`,
            ExpressionAttributeValues: {
              ':part': text(part),
              ':to': text(to),
              ...(from === '' ? {} : { ':from': text(from) }),
            },
            ConsistentRead: true,
            ScanIndexForward: range.newestFirst !== true,
            ...(Number.isFinite(left) ? { Limit: left } : {}),
            ...(keysOnly ? { ProjectionExpression: 'entry' } : {}),
            ExclusiveStartKey: start,
          }),
        ),
      )
      const items = page.Items ?? []
      left -= items.length
      yield items
      start = page.LastEvaluatedKey
    } while (start && left > 0)
  }

  async function range<T>(part: string, limits: Range): Promise<readonly T[]> {
    const found: T[] = []
    for await (const page of pages(part, limits)) for (const item of page) found.push(readContent<T>(item))
    return found
  }

  async function* eachEntry(part: string): AsyncGenerator<string> {
    for await (const page of pages(part, {}, true)) for (const item of page) yield item.entry?.S ?? ''
  }

  async function entries(part: string, after: string | null = null, limit?: number): Promise<readonly string[]> {
    const found: string[] = []
    // A space sorts before everything that an entry goes on with: the next entry after this one.
    const from = after === null ? {} : { from: `${after} ` }
    for await (const page of pages(part, { ...from, ...(limit === undefined ? {} : { limit }) }, true)) {
      for (const item of page) found.push(item.entry?.S ?? '')
    }
    return found
  }

  async function transact(changes: readonly Change[]): Promise<'put' | 'conflict'> {
    const written = await writing('a change of settlements', () =>
      client.send(new TransactWriteItemsCommand({ TransactItems: changes.map(({ write }) => write) })),
    )
    if (written.outcome === 'written') return 'put'
    const reasons: readonly Cancellation[] = cancellations(written.error) ?? []
    // All or nothing holds for an earlier try too: ours only where every condition fails on what it would have put.
    const ours = changes.every(
      ({ item }, i) => item === null || (failedCondition(reasons, i) && sameItem(reasons[i]?.Item, item)),
    )
    return ours ? 'put' : 'conflict'
  }

  return {
    get,
    put,
    putOnce,
    range,
    entries,
    eachEntry,
    transact,
    putting: (part: string, entry: string, value: object): Change => ({
      write: { Put: { TableName: name, Item: itemOf(part, entry, value) } },
      item: null,
    }),
    puttingOnce: (part: string, entry: string, value: object): Change => {
      const item = itemOf(part, entry, value)
      return { write: { Put: once(item) }, item }
    },
    puttingVersion: (part: string, entry: string, version: number, value: object): Change => {
      const item = { ...itemOf(part, entry, value), version: whole(version) }
      const condition =
        version === 1
          ? { ConditionExpression: 'attribute_not_exists(part)' }
          : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': whole(version - 1) } }
      const put = { TableName: name, Item: item, ...condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }
      return { write: { Put: put }, item }
    },
    replacing: (part: string, entry: string, before: object, after: object): Change => {
      const item = itemOf(part, entry, after)
      const put = {
        TableName: name,
        Item: item,
        ConditionExpression: 'c = :before',
        ExpressionAttributeValues: { ':before': content(before).c ?? text('') },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
      }
      return { write: { Put: put }, item }
    },
    deleting: (part: string, entry: string): Change => ({
      write: { Delete: { TableName: name, Key: keyItem(part, entry) } },
      item: null,
    }),
    removing: (part: string, entry: string, before: object): Change => ({
      write: {
        Delete: {
          TableName: name,
          Key: keyItem(part, entry),
          ConditionExpression: 'attribute_not_exists(part) OR c = :before',
          ExpressionAttributeValues: { ':before': content(before).c ?? text('') },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
        },
      },
      item: keyItem(part, entry),
    }),
  }
}
