/** Table `read-traces` in DynamoDB: puts and queries, nothing else. The port is read-traces.ts, the layout item.ts. */
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { BY_ACCOUNT, type Tables } from '../tables.ts'
import { readTrace, traceItem } from './item.ts'
import { instantKey, type ReadTraceStore, type Stretch, type TracePage, traceKeyOf } from './read-traces.ts'

export function dynamoReadTraces(client: DynamoClient, tables: Pick<Tables, 'read-traces'>): ReadTraceStore {
  const table = tables['read-traces']
  const query = async (
    by: 'actor' | 'account',
    wanted: string,
    stretch: Stretch,
    limit: number,
    after: string | null,
  ): Promise<TracePage> => {
    const command: ConstructorParameters<typeof QueryCommand>[0] = {
      TableName: table,
      ...(by === 'account' ? { IndexName: BY_ACCOUNT } : { ConsistentRead: true }),
      KeyConditionExpression: '#by = :wanted AND #read BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#by': by, '#read': 'read' },
      ExpressionAttributeValues: {
        ':wanted': text(wanted),
        ':from': text(instantKey(stretch.from)),
        // A trace at `to` itself has a longer key, so it is not within. The one that `after` names is, and is left out below.
        ':to': text(after ?? instantKey(stretch.to)),
      },
      ScanIndexForward: false,
      Limit: after === null ? limit : limit + 1,
    }
    const page = await reading('read traces', () => client.send(new QueryCommand(command)))
    const traces = (page.Items ?? []).map(readTrace).filter((trace) => traceKeyOf(trace) !== after)
    const last = traces.at(-1)
    return { traces, next: page.LastEvaluatedKey && last ? traceKeyOf(last) : null }
  }
  return {
    put: async (traces) => {
      const puts = traces.map((trace) =>
        writing('a read trace', () => client.send(new PutItemCommand({ TableName: table, Item: traceItem(trace) }))),
      )
      await Promise.all(puts)
    },
    ofActor: (actor, stretch, limit, after) => query('actor', actor, stretch, limit, after),
    ofAccount: (account, stretch, limit, after) => query('account', account, stretch, limit, after),
  }
}
