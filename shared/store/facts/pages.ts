/**
 * Table `facts` read in pages that somebody goes on from later: a business day by its index, and all accounts by a scan. For the
 * sweep and the audit; apart from dynamodb.ts because an endpoint needs neither, and each kilobyte of it is parsed at a cold start.
 */
import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { BusinessDate } from '../../domain/instant.ts'
import { type Item, readEach, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import { BY_DAY, type Tables } from '../tables.ts'
import { dayPartitions } from './day-index.ts'
import type { AccountsPage, BrokenFact, DayPage, FactPages } from './facts.ts'
import { readDayEntry } from './item.ts'

export function dynamoFactPages(client: DynamoClient, tables: Pick<Tables, 'facts'>): FactPages {
  const table = { client, name: tables.facts }
  return {
    dayPage: (source, day, from) => pageOfDay(table, source, day, from),
    accountsPage: (segment, segments, from) => pageOfAccounts(table, segment, segments, from),
  }
}

type FactsTable = { readonly client: DynamoClient; readonly name: string }

/** Entries of a shard in a page that somebody goes on from later: 16 shards make 8,000, some seconds of work. */
const ENTRIES_PER_SHARD = 500

async function pageOfDay(table: FactsTable, source: string, day: BusinessDate, from: string | null): Promise<DayPage> {
  const open = from === null ? openShards(source, day) : (JSON.parse(from) as readonly OpenShard[])
  const { items, rest } = await pagesOf(table, open)
  const { read: entries, broken } = readEach(items, readDayEntry)
  const next = rest.length === 0 ? null : JSON.stringify(rest)
  return broken.length === 0 ? { entries, next } : { entries, next, broken: broken.map(keyOfBroken) }
}

function keyOfBroken({ account, fact }: Item): BrokenFact {
  return { account: account?.S ?? '', fact: fact?.S ?? '' }
}

/** A shard of a day that is not read to its end. */
type OpenShard = { readonly partition: string; readonly start?: Item | undefined }

function openShards(source: string, day: BusinessDate): readonly OpenShard[] {
  return dayPartitions(source, day).map((partition) => ({ partition }))
}

/** A page of each open shard, and what is still open after it. */
async function pagesOf(table: FactsTable, open: readonly OpenShard[]) {
  const pages = await Promise.all(open.map((shard) => pageOfShard(table, shard)))
  return {
    items: pages.flatMap(({ items }) => items),
    rest: pages.flatMap(({ partition, next }) => (next ? [{ partition, start: next }] : [])),
  }
}

async function pageOfShard(table: FactsTable, shard: OpenShard) {
  const { Items: items = [], LastEvaluatedKey: next } = await reading('a business day of facts', () =>
    table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: BY_DAY,
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': text(shard.partition) },
        ExclusiveStartKey: shard.start,
        Limit: ENTRIES_PER_SHARD,
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
