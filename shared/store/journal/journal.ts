/**
 * The closed days of the journal, in table `settlements`.
 *
 * | item | PK `part` | SK `entry` | holds |
 * |---|---|---|---|
 * | a closed day | `journal` | the day | its entries, the balances after it, when it was closed; put once, never changed |
 * | a part of a day | `journal-part#<day>` | `0001#of#0016` | entries of a sixteenth of the accounts, until the day is closed from them |
 *
 * Producer and consumer: functions/reconcile-settlement/journal.ts. Reader: functions/serve-console (journal).
 */

import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type BusinessDate, type Instant, instant, parseBusinessDate } from '../../domain/instant.ts'
import type { JournalEntry, LedgerBalance } from '../../domain/journal.ts'
import { type Item, readerOf, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'

export type ClosedDay = {
  readonly day: BusinessDate
  readonly entries: readonly JournalEntry[]
  /** After the day; the sum is 0. */
  readonly balances: readonly LedgerBalance[]
  /** Accounts whose facts were folded for it. */
  readonly accounts: number
  readonly closedAt: Instant
}

export type JournalPart = Pick<ClosedDay, 'entries' | 'accounts'>

export type JournalStore = {
  readonly get: (day: BusinessDate) => Promise<ClosedDay | undefined>
  /** The last closed day up to and including `day`, or of all. */
  readonly lastClosed: (day?: BusinessDate) => Promise<ClosedDay | undefined>
  /** Puts a day if nobody has closed it: what stands stays. */
  readonly close: (closed: ClosedDay) => Promise<'put' | 'exists'>
  /** Puts one part; again replaces it, as it may be counted anew until the day is closed. */
  readonly putPart: (day: BusinessDate, part: number, parts: number, sums: JournalPart) => Promise<void>
  /** Every part that is there of a day that is cut into `parts`. */
  readonly parts: (day: BusinessDate, parts: number) => Promise<readonly JournalPart[]>
}

export function dynamoJournal(client: DynamoClient, tables: Pick<Tables, 'settlements'>): JournalStore {
  const table = { client, name: tables.settlements }
  return {
    get: async (day) => {
      const command = { TableName: table.name, Key: { part: text('journal'), entry: text(day) }, ConsistentRead: true }
      const { Item: item } = await reading('a closed day', () => client.send(new GetItemCommand(command)))
      return item && readDay(item)
    },
    lastClosed: (day) => lastClosed(table, day),
    close: async (closed) => {
      const command = {
        TableName: table.name,
        Item: dayItem(closed),
        ConditionExpression: 'attribute_not_exists(part)',
      }
      const written = await writing('a closed day', () => client.send(new PutItemCommand(command)))
      return written.outcome === 'written' ? 'put' : 'exists'
    },
    putPart: async (day, part, parts, sums) => {
      const command = { TableName: table.name, Item: partItem(day, part, parts, sums) }
      await writing('a part of the journal', () => client.send(new PutItemCommand(command)))
    },
    parts: (day, parts) => partsOf(table, day, parts),
  }
}

type JournalTable = { readonly client: DynamoClient; readonly name: string }

async function lastClosed({ client, name }: JournalTable, day?: BusinessDate): Promise<ClosedDay | undefined> {
  const command = {
    TableName: name,
    KeyConditionExpression: 'part = :journal AND entry <= :day',
    ExpressionAttributeValues: { ':journal': text('journal'), ':day': text(day ?? '9999-12-31') },
    ScanIndexForward: false,
    Limit: 1,
    ConsistentRead: true,
  }
  const { Items: items } = await reading('closed days', () => client.send(new QueryCommand(command)))
  return items?.[0] && readDay(items[0])
}

/** A day has few parts, and all of them fit one page. */
async function partsOf(
  { client, name }: JournalTable,
  day: BusinessDate,
  parts: number,
): Promise<readonly JournalPart[]> {
  const command = {
    TableName: name,
    KeyConditionExpression: 'part = :day',
    ExpressionAttributeValues: { ':day': text(`journal-part#${day}`) },
    ConsistentRead: true,
  }
  const { Items: items = [] } = await reading('parts of the journal', () => client.send(new QueryCommand(command)))
  const ours = Array.from({ length: parts }, (_, part) => partEntry(part, parts))
  return items.filter((item) => ours.includes(item.entry?.S ?? '')).map(readPart)
}

function dayItem(closed: ClosedDay): Item {
  return {
    part: text('journal'),
    entry: text(closed.day),
    entries: text(JSON.stringify(closed.entries)),
    balances: text(JSON.stringify(closed.balances)),
    accounts: whole(closed.accounts),
    closedAt: whole(closed.closedAt),
  }
}

function readDay(item: Item): ClosedDay {
  const read = readerOf('settlements', item)
  return {
    day: read.parsed('entry', parseBusinessDate),
    entries: read.parsed('entries', listOf<JournalEntry>),
    balances: read.parsed('balances', listOf<LedgerBalance>),
    accounts: read.whole('accounts'),
    closedAt: read.counted('closedAt', instant),
  }
}

function partItem(day: BusinessDate, part: number, parts: number, { entries, accounts }: JournalPart): Item {
  const key = { part: text(`journal-part#${day}`), entry: text(partEntry(part, parts)) }
  return { ...key, entries: text(JSON.stringify(entries)), accounts: whole(accounts) }
}

function readPart(item: Item): JournalPart {
  const read = readerOf('settlements', item)
  return { entries: read.parsed('entries', listOf<JournalEntry>), accounts: read.whole('accounts') }
}

function partEntry(part: number, parts: number): string {
  return [part, parts].map((count) => String(count).padStart(4, '0')).join('#of#')
}

/** Only this file writes these lists. */
function listOf<T>(json: string): readonly T[] | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
