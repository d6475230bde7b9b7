/** The rolling counts in DynamoDB. Promise: a batch and its mark are one transaction. The port is rolling-counts.ts, the layout item.ts. */
import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { DAY_MILLIS } from '../../domain/instant.ts'
import { INTAKE_FIGURES, NO_INTAKE } from '../../domain/rolling-counts.ts'
import { type Item, readerOf, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import {
  entryRange,
  intakeCounters,
  itemAdds,
  keys,
  NOW,
  readActivation,
  readIntake,
  readStanding,
  STANDING,
} from './item.ts'
import type { CountedBatch, RollingCountStore } from './rolling-counts.ts'

/** A stream keeps its records for a day: no batch comes again after two. */
const MARK_MILLIS = 2 * DAY_MILLIS

type Table = { readonly client: DynamoClient; readonly name: string }

export function dynamoRollingCounts(
  client: DynamoClient,
  { statistics }: Pick<Tables, 'statistics'>,
): RollingCountStore {
  const table = { client, name: statistics }
  return {
    lastOf: async (counted, first) => (await itemOf(table, keys.counted(counted), first))?.last?.S,
    add: async (batch, adds) => {
      const updates = itemAdds(adds).map(({ set, entry, adds: some }): TransactWriteItem => {
        const isStanding = set === STANDING
        return { Update: { ...adding(table, set, entry, some, isStanding ? { countedAt: batch.countedAt } : {}) } }
      })
      const command = new TransactWriteItemsCommand({ TransactItems: [{ Put: markOf(table, batch) }, ...updates] })
      const written = await writing('a batch of counts', () => client.send(command))
      return written.outcome === 'written' ? 'added' : 'counted'
    },
    standing: async () => {
      const item = await itemOf(table, STANDING, NOW)
      return item && readStanding(item)
    },
    intake: async (day, only) => readIntake(await entriesOf(table, keys.intake(day), entryRange(only))),
    activations: async (day) => (await entriesOf(table, keys.activation(day))).map(readActivation),
    noteRun: async (startedAt, changes) => {
      const item = {
        set: text(STANDING),
        entry: text(keys.run(startedAt)),
        changes: whole(changes),
        ...expiry(startedAt),
      }
      const command = { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(entry)' }
      await writing('the start of a run', () => client.send(new PutItemCommand(command)))
    },
    changesAt: async (startedAt) => {
      const item = await itemOf(table, STANDING, keys.run(startedAt))
      return item && readerOf('statistics (run)', item).whole('changes')
    },
    correctStanding: async (adds, changes, { checkedAt, difference }) => {
      const first = changes === undefined ? { changes: 0 } : {}
      const update = adding(table, STANDING, NOW, adds, { checkedAt, difference, countedAt: checkedAt, ...first })
      const read = changes === undefined ? {} : { ':read': whole(changes) }
      const command = new UpdateItemCommand({
        ...update,
        ConditionExpression: changes === undefined ? 'attribute_not_exists(changes)' : 'changes = :read',
        ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...read },
      })
      const written = await writing('the standing', () => client.send(command))
      return written.outcome === 'written' ? 'put' : 'conflict'
    },
    correctIntake: async ({ day, quarter, source }, counted, lacking) => {
      const update = adding(
        table,
        keys.intake(day),
        keys.quarter(quarter),
        new Map(intakeCounters(source, lacking)),
        {},
      )
      const names = Object.fromEntries(INTAKE_FIGURES.map((figure, i) => [`#r${i}`, `${source}.${figure}`]))
      const known = INTAKE_FIGURES.map((figure, i) => [`:r${i}`, whole((counted ?? NO_INTAKE)[figure])] as const)
      // An absent counter is 0.
      const asRead = INTAKE_FIGURES.map((figure, i) =>
        (counted ?? NO_INTAKE)[figure] === 0 ? `(attribute_not_exists(#r${i}) OR #r${i} = :r${i})` : `#r${i} = :r${i}`,
      )
      const command = new UpdateItemCommand({
        ...update,
        ConditionExpression: asRead.join(' AND '),
        ExpressionAttributeNames: { ...update.ExpressionAttributeNames, ...names },
        ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...Object.fromEntries(known) },
      })
      const written = await writing('a quarter of intake', () => client.send(command))
      return written.outcome === 'written' ? 'put' : 'conflict'
    },
    noteIntakeCheck: async (day, source, { checkedAt, difference }) => {
      const item = {
        set: text(keys.intake(day)),
        entry: text(keys.check(source)),
        checkedAt: whole(checkedAt),
        difference: whole(difference),
      }
      await writing('a check of the intake', () =>
        client.send(new PutItemCommand({ TableName: table.name, Item: item })),
      )
    },
  }
}

function markOf(table: Table, { table: counted, first, last, countedAt }: CountedBatch) {
  const item = { set: text(keys.counted(counted)), entry: text(first), last: text(last), ...expiry(countedAt) }
  return { TableName: table.name, Item: item, ConditionExpression: 'attribute_not_exists(entry)' }
}

function expiry(from: number): Item {
  return { expires: whole(Math.ceil((from + MARK_MILLIS) / 1_000)) }
}

/** An update that adds to counters and sets times. Names hold dots, so each goes by a placeholder. */
function adding(
  table: Table,
  set: string,
  entry: string,
  adds: ReadonlyMap<string, number>,
  sets: Readonly<Record<string, number>>,
) {
  const counters = [...adds]
  const times = Object.entries(sets)
  const add = counters.map((_, i) => `#a${i} :a${i}`)
  const put = times.map((_, i) => `#s${i} = :s${i}`)
  return {
    TableName: table.name,
    Key: { set: text(set), entry: text(entry) },
    UpdateExpression: [
      ...(put.length > 0 ? [`SET ${put.join(', ')}`] : []),
      ...(add.length > 0 ? [`ADD ${add.join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries([
      ...counters.map(([name], i) => [`#a${i}`, name]),
      ...times.map(([name], i) => [`#s${i}`, name]),
    ]) as Record<string, string>,
    ExpressionAttributeValues: Object.fromEntries([
      ...counters.map(([, value], i) => [`:a${i}`, whole(value)]),
      ...times.map(([, value], i) => [`:s${i}`, whole(value)]),
    ]) as Record<string, ReturnType<typeof whole>>,
  }
}

async function itemOf(table: Table, set: string, entry: string): Promise<Item | undefined> {
  const command = { TableName: table.name, Key: { set: text(set), entry: text(entry) }, ConsistentRead: true }
  return (await reading('a rolling count', () => table.client.send(new GetItemCommand(command)))).Item
}

async function entriesOf(table: Table, set: string, { first, last } = entryRange()): Promise<readonly Item[]> {
  const found: Item[] = []
  let start: Item | undefined
  do {
    const command: ConstructorParameters<typeof QueryCommand>[0] = {
      TableName: table.name,
      KeyConditionExpression: '#set = :set AND entry BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#set': 'set' },
      ExpressionAttributeValues: { ':set': text(set), ':first': text(first), ':last': text(last) },
      ExclusiveStartKey: start,
    }
    const page = await reading('rolling counts', () => table.client.send(new QueryCommand(command)))
    found.push(...(page.Items ?? []))
    start = page.LastEvaluatedKey
  } while (start)
  return found
}
