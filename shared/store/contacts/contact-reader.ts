/**
 * Reading one contact in DynamoDB. For the endpoints, which write none; apart from dynamodb.ts because each kilobyte of an endpoint is
 * parsed at a cold start.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { ContactStore } from './contacts.ts'
import { isErased, readContact } from './item.ts'

/** Consistent: a payment right after an import must print the name that every repeat of it will print. */
export function dynamoContactReader(client: DynamoClient, tables: Pick<Tables, 'contacts'>): Pick<ContactStore, 'get'> {
  return {
    get: async (kpj) => {
      const command = { TableName: tables.contacts, Key: { kpj: text(kpj) }, ConsistentRead: true }
      const { Item: item } = await reading('a contact', () => client.send(new GetItemCommand(command)))
      return item && !isErased(item) ? readContact(item) : undefined
    },
  }
}
