/** Table `payment-decisions` read in pages, for the audit of everything; apart from dynamodb.ts because no endpoint needs it. */
import { ScanCommand } from '@aws-sdk/client-dynamodb'
import { readEach, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { readDecision } from './item.ts'
import type { DecisionPages, DecisionsPage } from './payment-decisions.ts'

export function dynamoDecisionPages(client: DynamoClient, tables: Pick<Tables, 'payment-decisions'>): DecisionPages {
  const table = { client, name: tables['payment-decisions'] }
  return { acceptedPage: (segment, segments, from) => pageOfAccepted(table, segment, segments, from) }
}

type DecisionsTable = { readonly client: DynamoClient; readonly name: string }

async function pageOfAccepted(
  table: DecisionsTable,
  segment: number,
  segments: number,
  from: string | null,
): Promise<DecisionsPage> {
  const { Items: items = [], LastEvaluatedKey: last } = await reading('the decisions', () =>
    table.client.send(
      new ScanCommand({
        TableName: table.name,
        Segment: segment,
        TotalSegments: segments,
        FilterExpression: 'd = :accepted',
        ExpressionAttributeValues: { ':accepted': text('accepted') },
        ...(from === null ? {} : { ExclusiveStartKey: { decision: text(from) } }),
      }),
    ),
  )
  const { read: decisions, broken } = readEach(items, readDecision)
  const next = last?.decision?.S ?? null
  return broken.length === 0
    ? { decisions, next }
    : { decisions, next, broken: broken.map(({ decision }) => decision?.S ?? '') }
}
