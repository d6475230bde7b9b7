/** Table `audit` in DynamoDB: reads of the chain. It is appended to with the change that it records (settlements/resolutions.ts). */

import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { type Item, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { AuditStore } from './audit.ts'
import { CHAIN, readAuditEntry } from './item.ts'

export function dynamoAudit(client: DynamoClient, tables: Pick<Tables, 'audit'>): AuditStore {
  return {
    last: async () => {
      const page = await reading('the end of the audit chain', () =>
        client.send(new QueryCommand({ ...chainOf(tables.audit), ScanIndexForward: false, Limit: 1 })),
      )
      const item = page.Items?.[0]
      return item && readAuditEntry(item)
    },
    from: async (sequence, limit) => {
      const page = await reading('entries of the audit chain', () =>
        client.send(
          new QueryCommand({
            ...chainOf(tables.audit),
            KeyConditionExpression: 'chain = :chain AND #sequence >= :sequence',
            ExpressionAttributeNames: { '#sequence': 'sequence' },
            ExpressionAttributeValues: { ':chain': text(CHAIN), ':sequence': whole(sequence) },
            Limit: limit,
          }),
        ),
      )
      return (page.Items ?? []).map(readAuditEntry)
    },
    items: () => allItems(client, tables.audit),
  }
}

function chainOf(table: string) {
  return {
    TableName: table,
    KeyConditionExpression: 'chain = :chain',
    ExpressionAttributeValues: { ':chain': text(CHAIN) },
    ConsistentRead: true,
  }
}

async function* allItems(client: DynamoClient, table: string): AsyncGenerator<Item> {
  let start: Item | undefined
  do {
    const page = await reading('the audit chain', () =>
      client.send(new QueryCommand({ ...chainOf(table), ExclusiveStartKey: start })),
    )
    yield* page.Items ?? []
    start = page.LastEvaluatedKey
  } while (start)
}
