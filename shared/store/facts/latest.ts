/**
 * The last facts of a source's business day, newest first: a page from the end of each shard of the day index, so that it costs
 * the same on a day of any size. Eventually consistent. The port is `LatestFacts`; table and index are described in facts.ts.
 */
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import type { BusinessDate } from '../../domain/instant.ts'
import { text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import { BY_DAY, type Tables } from '../tables.ts'
import { type DayEntry, dayPartitions } from './day-index.ts'
import { readDayEntry } from './item.ts'

export type LatestFacts = {
  /** At most `limit` entries of the day, the one decided last first. */
  readonly ofDay: (source: string, day: BusinessDate, limit: number) => Promise<readonly DayEntry[]>
}

export function dynamoLatestFacts(client: DynamoClient, { facts }: Pick<Tables, 'facts'>): LatestFacts {
  return {
    ofDay: async (source, day, limit) => {
      const shards = await Promise.all(
        dayPartitions(source, day).map(async (partition) => {
          const command = new QueryCommand({
            TableName: facts,
            IndexName: BY_DAY,
            KeyConditionExpression: '#day = :day',
            ExpressionAttributeNames: { '#day': 'day' },
            ExpressionAttributeValues: { ':day': text(partition) },
            ScanIndexForward: false,
            Limit: limit,
          })
          const { Items: items = [] } = await reading('the last facts of a day', () => client.send(command))
          return items.map(readDayEntry)
        }),
      )
      return newestFirst(shards.flat(), limit)
    },
  }
}

export function newestFirst(entries: readonly DayEntry[], limit: number): readonly DayEntry[] {
  return entries.toSorted((a, b) => b.decidedAt - a.decidedAt || (a.fact < b.fact ? -1 : 1)).slice(0, limit)
}
