/**
 * Reading one view in DynamoDB. For the endpoints, which write none; apart from dynamodb.ts because each kilobyte of an endpoint is
 * parsed at a cold start.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import { readView } from './item.ts'
import type { MembershipStore } from './memberships.ts'

export function dynamoMembershipReader(
  client: DynamoClient,
  tables: Pick<Tables, 'memberships'>,
): Pick<MembershipStore, 'get'> {
  return {
    get: async (kpj) => {
      const command = { TableName: tables.memberships, Key: { kpj: text(kpj) }, ConsistentRead: true }
      const { Item: item } = await reading('a view', () => client.send(new GetItemCommand(command)))
      return item && readView(item)
    },
  }
}
