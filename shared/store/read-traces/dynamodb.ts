/** Table `read-traces` in DynamoDB: puts and queries, nothing else. The port is read-traces.ts, the layout item.ts. */
import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { type Item, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { BY_ACCOUNT, type Tables } from '../tables.ts'
import { readTrace, traceItem } from './item.ts'
import {
  instantKey,
  isLook,
  type ReadTrace,
  type ReadTraceStore,
  type Stretch,
  type TracePage,
  traceKeyOf,
  traceTaken,
} from './read-traces.ts'

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
      await Promise.all(traces.map((trace) => put(client, table, trace)))
    },
    ofActor: (actor, stretch, limit, after) => query('actor', actor, stretch, limit, after),
    ofAccount: (account, stretch, limit, after) => query('account', account, stretch, limit, after),
  }
}

/** Where there is none. Of a look only the later one is kept, so a failed condition is an end; else it is our own earlier try, or a defect. */
async function put(client: DynamoClient, table: string, trace: ReadTrace): Promise<void> {
  const item = traceItem(trace)
  const isNew = 'attribute_not_exists(#read)'
  const command = new PutItemCommand({
    TableName: table,
    Item: item,
    ExpressionAttributeNames: { '#read': 'read', ...(isLook(trace) && { '#at': 'at' }) },
    ...(isLook(trace)
      ? { ConditionExpression: `${isNew} OR #at < :at`, ExpressionAttributeValues: { ':at': whole(trace.at) } }
      : { ConditionExpression: isNew }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  })
  const written = await writing('a read trace', () => client.send(command))
  if (written.outcome === 'written' || isLook(trace)) return
  if (!sameItem((written.error as { readonly Item?: Item }).Item, item)) throw traceTaken()
}
