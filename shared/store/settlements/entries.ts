/**
 * Table `settlements` as parts and entries with a JSON content: the few calls from which settlements.ts and resolutions.ts are
 * made. Every read is consistent and reads every page; every conditional put knows its own earlier try.
 */

import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { type Item, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { type Cancellation, cancellations, failedCondition, reading, writing } from '../dynamo/errors.ts'
import { content, keyItem, readContent } from './item.ts'

/** Nothing given: the whole part. */
export type Range = {
  readonly prefix?: string
  readonly from?: string
  readonly to?: string
  readonly newestFirst?: boolean
  readonly limit?: number
}

/** One write of a transaction, and the item that shows that an earlier try of ours has done it. */
export type Change = { readonly write: TransactWriteItem; readonly item: Item | null }

/** `C` is one write of a transaction, made by the methods at the end; the twin in test/support has another kind. */
export type EntryTable<C = Change> = {
  readonly get: <T>(part: string, entry: string) => Promise<T | undefined>
  readonly put: (part: string, entry: string, value: object) => Promise<void>
  /** `same`: exactly this is there. `other`: the entry is there with another content. */
  readonly putOnce: (part: string, entry: string, value: object) => Promise<'put' | 'same' | 'other'>
  readonly range: <T>(part: string, wanted: Range) => Promise<readonly T[]>
  /** Entries alone, after one of them. */
  readonly entries: (part: string, after?: string | null, limit?: number) => Promise<readonly string[]>
  readonly eachEntry: (part: string) => AsyncIterable<string>
  /** All or nothing. `conflict`: a condition did not hold, and not because an earlier try of ours has done it. */
  readonly transact: (changes: readonly C[]) => Promise<'put' | 'conflict'>
  readonly putting: (part: string, entry: string, value: object) => C
  readonly puttingOnce: (part: string, entry: string, value: object) => C
  /** Demands the version before this one, or that nothing is there. */
  readonly puttingVersion: (part: string, entry: string, version: number, value: object) => C
  /** Demands exactly the content that was read. */
  readonly replacing: (part: string, entry: string, before: object, after: object) => C
  readonly deleting: (part: string, entry: string) => C
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

  async function range<T>(part: string, wanted: Range): Promise<readonly T[]> {
    const found: T[] = []
    for await (const page of pages(part, wanted)) for (const item of page) found.push(readContent<T>(item))
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
  }
}
