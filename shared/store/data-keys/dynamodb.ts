/** One table of data keys in DynamoDB. The port is data-keys.ts. Reads are consistent: a key that was just made is found. */
import { GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { parseBusinessDate } from '../../domain/instant.ts'
import { bytes, type Item, readerOf, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { DataKeyArchive, DataKeyName } from './data-keys.ts'

export function dynamoDataKeys(client: DynamoClient, TableName: string): DataKeyArchive {
  const keyOf = ({ purpose, day }: DataKeyName): Item => ({ purpose: text(purpose), day: text(day) })

  async function query(condition: string, values: Item, more: { ScanIndexForward?: boolean; Limit?: number }) {
    const found: Item[] = []
    let start: Item | undefined
    do {
      const command = {
        TableName,
        KeyConditionExpression: `purpose = :purpose AND ${condition}`,
        // A word of the service's own.
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ...values },
        ConsistentRead: true,
        ExclusiveStartKey: start,
        ...more,
      }
      const page = await reading('data keys', () => client.send(new QueryCommand(command)))
      found.push(...(page.Items ?? []))
      start = page.LastEvaluatedKey
    } while (start && more.Limit === undefined)
    return found
  }

  return {
    find: async (name) => {
      const command = { TableName, Key: { ...keyOf(name) }, ConsistentRead: true }
      const { Item: item } = await reading('a data key', () => client.send(new GetItemCommand(command)))
      if (item === undefined) return undefined
      return item.key === undefined ? 'destroyed' : readerOf('data-keys', item).bytes('key')
    },
    latest: async (purpose, day) => {
      const values = { ':purpose': text(purpose), ':day': text(day) }
      const [before] = await query('#day <= :day', values, { ScanIndexForward: false, Limit: 1 })
      const [found] = before?.key === undefined ? await query('#day > :day', values, { Limit: 1 }) : [before]
      if (found?.key === undefined) return undefined
      const read = readerOf('data-keys', found)
      return { purpose, day: read.parsed('day', parseBusinessDate), key: read.bytes('key') }
    },
    make: async (key, at) => {
      const item = { ...keyOf(key), key: bytes(key.key), through: text(key.day), madeAt: whole(at) }
      const command = { TableName, Item: item, ConditionExpression: 'attribute_not_exists(purpose)' }
      const written = await writing('a data key', () => client.send(new PutItemCommand(command)))
      return written.outcome === 'written' ? 'made' : 'there'
    },
    extend: async (name, through) => {
      const command = {
        TableName,
        Key: { ...keyOf(name) },
        UpdateExpression: 'SET through = :through',
        ConditionExpression: 'through < :through',
        ExpressionAttributeValues: { ':through': text(through) },
      }
      await writing('the last day of a data key', () => client.send(new UpdateItemCommand(command)))
    },
    living: async (purpose, upTo) => {
      const items = await query('#day <= :day', { ':purpose': text(purpose), ':day': text(upTo) }, {})
      return items.flatMap((item) => {
        const read = readerOf('data-keys', item)
        if (!read.has('key')) return []
        return { day: read.parsed('day', parseBusinessDate), through: read.parsed('through', parseBusinessDate) }
      })
    },
    destroy: async (name, at) => {
      const command = {
        TableName,
        Key: { ...keyOf(name) },
        UpdateExpression: 'SET destroyedAt = if_not_exists(destroyedAt, :at) REMOVE #key',
        ConditionExpression: 'attribute_exists(purpose)',
        ExpressionAttributeNames: { '#key': 'key' },
        ExpressionAttributeValues: { ':at': whole(at) },
      }
      await writing('the end of a data key', () => client.send(new UpdateItemCommand(command)))
    },
  }
}
