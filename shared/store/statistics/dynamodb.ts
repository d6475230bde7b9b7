/** Table `statistics` in DynamoDB: each entry is put under a condition, so that a repeat counts nothing twice. The port is statistics.ts. */

import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type Item, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { manyItems } from '../dynamo/reads.ts'
import type { Tables } from '../tables.ts'
import {
  dayItem,
  partEntry,
  partItem,
  readDay,
  readPart,
  readResult,
  readTarget,
  resultItem,
  sweepSet,
  targetItem,
} from './item.ts'
import { runName, type StatisticsStore, type SweepPart, type SweepRun } from './statistics.ts'

type StatisticsTable = { readonly client: DynamoClient; readonly name: string }

export function dynamoStatistics(client: DynamoClient, tables: Pick<Tables, 'statistics'>): StatisticsStore {
  const table = { client, name: tables.statistics }
  return {
    part: async (run, segment, part) => {
      const item = await itemOf(table, sweepSet(run), partEntry(run, segment, part))
      return item && readPart(item)
    },
    putPart: (run, part) => putPart(table, run, part),
    partsOf: async (run) => (await entriesOf(table, sweepSet(run), `${runName(run)}#`)).map(readPart),
    putResult: async (result) => {
      const written = await put(table, resultItem(result), { ConditionExpression: 'attribute_not_exists(entry)' })
      return written ? 'put' : 'exists'
    },
    resultsOf: async (day) => (await entriesOf(table, `sweep#${day}`, 'done#')).map(readResult),
    putCensus: async (census) => {
      const item = dayItem(census)
      await put(table, item, {
        ConditionExpression: 'attribute_not_exists(entry) OR countedAt <= :countedAt',
        ExpressionAttributeValues: { ':countedAt': whole(census.countedAt) },
      })
    },
    census: async (day) => {
      const item = await itemOf(table, `coverage#${day}`, 'day')
      return item && readDay(day, item)
    },
    putTarget: async (year, target) => {
      await put(table, targetItem(year, target), {})
    },
    targetsOf: async (year, regions) => {
      const keys = regions.map((region) => ({ set: text(`targets#${year}`), entry: text(region) }))
      return (await manyItems(client, table.name, 'targets', keys)).map(readTarget)
    },
    targets: async (year) => (await entriesOf(table, `targets#${year}`, '')).map(readTarget),
  }
}

async function itemOf(table: StatisticsTable, set: string, entry: string): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: { set: text(set), entry: text(entry) }, ConsistentRead: true }
  return (await reading('a statistic', () => table.client.send(new GetItemCommand(command)))).Item
}

async function entriesOf(table: StatisticsTable, set: string, prefix: string): Promise<readonly Item[]> {
  const found: Item[] = []
  let start: Item | undefined
  do {
    const page = await reading('statistics', () =>
      table.client.send(
        new QueryCommand({
          TableName: table.name,
          KeyConditionExpression: '#set = :set AND entry BETWEEN :first AND :last',
          ExpressionAttributeNames: { '#set': 'set' },
          ExpressionAttributeValues: {
            ':set': text(set),
            ':first': text(prefix === '' ? ' ' : prefix),
            ':last': text(`${prefix}\u{10FFFF}`),
          },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      ),
    )
    found.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start)
  return found
}

type Condition = { readonly ConditionExpression?: string; readonly ExpressionAttributeValues?: Item }

async function put(table: StatisticsTable, item: Item, condition: Condition): Promise<boolean> {
  const command = { TableName: table.name, Item: { ...item }, ...condition } as ConstructorParameters<
    typeof PutItemCommand
  >[0]
  const written = await writing('a statistic', () => table.client.send(new PutItemCommand(command)))
  return written.outcome === 'written'
}

/** Two who scan the same stretch at different times may end at different places: only one of them may go on. */
async function putPart(table: StatisticsTable, run: SweepRun, part: SweepPart): Promise<SweepPart> {
  const item = partItem(run, part)
  if (await put(table, item, { ConditionExpression: 'attribute_not_exists(entry)' })) return part
  const first = await itemOf(table, sweepSet(run), partEntry(run, part.segment, part.part))
  return first ? readPart(first) : part
}
