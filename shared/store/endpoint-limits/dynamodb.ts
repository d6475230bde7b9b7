/** Table `endpoint-limits` as endpoints use it. The port is endpoint-limits.ts; what people do there is locks.ts. */
import { PutItemCommand, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { type EndpointLimitStore, latestOfEach, lockKey } from './endpoint-limits.ts'

export function dynamoEndpointLimits(
  client: DynamoClient,
  { 'endpoint-limits': TableName }: Pick<Tables, 'endpoint-limits'>,
): EndpointLimitStore {
  return {
    locksOf: async (channel) => {
      const command = {
        TableName,
        KeyConditionExpression: 'channel = :channel AND entry > :counters',
        ExpressionAttributeValues: { ':channel': text(channel), ':counters': text('held') },
      }
      const { Items = [] } = await reading('locks', () => client.send(new QueryCommand(command)))
      return latestOfEach(
        Items.map(({ entry, until }) => [entry?.S?.slice('held#'.length) ?? '', Number(until?.N ?? Infinity)]),
      )
    },
    add: async (channel, counter, count, expiresAt) => {
      const command = {
        TableName,
        Key: { channel: text(channel), entry: text(`count#${counter}`) },
        UpdateExpression: 'SET expires = :expires ADD n :count',
        ExpressionAttributeValues: { ':expires': seconds(expiresAt), ':count': whole(count) },
        ReturnValues: 'UPDATED_NEW',
      } as const
      const added = await writing('a counter', () => client.send(new UpdateItemCommand(command)))
      return added.outcome === 'written' ? Number(added.result.Attributes?.n?.N) : 0
    },
    lock: async ({ channel, by, subject, limit, at, until }) => {
      const Item = {
        channel: text(channel),
        entry: text(`lock#${lockKey(by, subject)}`),
        limit: text(limit),
        at: whole(at),
        until: whole(until),
        expires: seconds(until),
      }
      await writing('a lock', () => client.send(new PutItemCommand({ TableName, Item })))
    },
  }
}

function seconds(at: number) {
  return whole(Math.ceil(at / 1_000))
}
