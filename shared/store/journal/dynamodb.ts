/** The closed days of the journal in DynamoDB, in table `settlements`. The port is journal.ts, the layout item.ts. */

import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import type { BusinessDate } from '../../domain/instant.ts'
import { type Item, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { dayItem, partEntry, partItem, readDay, readPart } from './item.ts'
import type { ClosedDay, JournalPart, JournalStore } from './journal.ts'

export function dynamoJournal(client: DynamoClient, tables: Pick<Tables, 'settlements'>): JournalStore {
  const table = { client, name: tables.settlements }
  return {
    get: async (day) => {
      const command = { TableName: table.name, Key: { part: text('journal'), entry: text(day) }, ConsistentRead: true }
      const { Item: item } = await reading('a closed day', () => client.send(new GetItemCommand(command)))
      return item && readDay(item)
    },
    range: (from, to) => closedBetween(table, from, to),
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

/** A page holds 1 MB. */
async function closedBetween(
  { client, name }: JournalTable,
  from: BusinessDate,
  to: BusinessDate,
): Promise<readonly ClosedDay[]> {
  const days: ClosedDay[] = []
  if (from > to) return days
  let start: Item | undefined
  do {
    const command = {
      TableName: name,
      KeyConditionExpression: 'part = :journal AND entry BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':journal': text('journal'), ':from': text(from), ':to': text(to) },
      ConsistentRead: true,
      ...(start ? { ExclusiveStartKey: start } : {}),
    }
    const page = await reading('closed days', () => client.send(new QueryCommand(command)))
    days.push(...(page.Items ?? []).map(readDay))
    start = page.LastEvaluatedKey
  } while (start)
  return days
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
