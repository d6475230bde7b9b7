/**
 * Reading one view in DynamoDB, apart from dynamodb.ts because each kilobyte of an endpoint is parsed at a cold start. An endpoint
 * writes none and takes nothing from it but the instant of its fold: what is payable, the facts say.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import { type Item, readerOf, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { FoldTimes } from './memberships.ts'

export function dynamoFoldTimes(client: DynamoClient, tables: Pick<Tables, 'memberships'>): FoldTimes {
  return viewReader(client, tables, (item) => ({ asOf: readerOf('memberships', item).counted('asOf', instant) }))
}

/** Consistent; `read` takes from the item what its caller needs. */
export function viewReader<T>(
  client: DynamoClient,
  tables: Pick<Tables, 'memberships'>,
  read: (item: Item) => T,
): { readonly get: (kpj: Kpj) => Promise<T | undefined> } {
  return {
    get: async (kpj) => {
      const command = { TableName: tables.memberships, Key: { kpj: text(kpj) }, ConsistentRead: true }
      const { Item: item } = await reading('a view', () => client.send(new GetItemCommand(command)))
      return item && read(item)
    },
  }
}
