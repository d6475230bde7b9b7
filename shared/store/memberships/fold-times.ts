/**
 * When a view was folded, in DynamoDB. For the endpoints, which need nothing else of it: a view that cannot be read whole stops no
 * payment, and what reads one whole is not parsed at a cold start.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import { type Item, readerOf, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { FoldTimes } from './memberships.ts'

/** Consistent, and all of the item: a read of some attributes would not share a call with the others of its moment. */
export async function getView(client: DynamoClient, TableName: string, kpj: Kpj): Promise<Item | undefined> {
  const command = { TableName, Key: { kpj: text(kpj) }, ConsistentRead: true }
  return (await reading('a view', () => client.send(new GetItemCommand(command)))).Item
}

export function dynamoFoldTimes(client: DynamoClient, tables: Pick<Tables, 'memberships'>): FoldTimes {
  return {
    get: async (kpj) => {
      const item = await getView(client, tables.memberships, kpj)
      return item && { asOf: readerOf('memberships', item).counted('asOf', instant) }
    },
  }
}
