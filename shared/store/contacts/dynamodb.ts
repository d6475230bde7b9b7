/** Table `contacts` in DynamoDB. The port is contacts.ts, the layout item.ts. */

import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { Kpj } from '../../domain/kpj.ts'
import { type Item, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { manyItems } from '../dynamo/reads.ts'
import type { Tables } from '../tables.ts'
import { dynamoContactReader } from './contact-reader.ts'
import type { ContactStore } from './contacts.ts'
import { contactItem, erasedItem, isErased, preferenceItem, readContact, readErasedAt } from './item.ts'

/** Reads are consistent, as contact-reader.ts says why. */
export function dynamoContacts(client: DynamoClient, tables: Pick<Tables, 'contacts'>): ContactStore {
  const table = tables.contacts
  return {
    ...dynamoContactReader(client, tables),
    getMany: async (kpjs) => {
      const keys = [...new Set(kpjs)].map((kpj) => ({ kpj: text(kpj) }))
      return (await manyItems(client, table, 'contacts', keys)).filter((item) => !isErased(item)).map(readContact)
    },
    put: async (contact) => {
      const command = { TableName: table, Item: contactItem(contact), ConditionExpression: NOT_ERASED }
      const written = await writing('a contact', () => client.send(new PutItemCommand(command)))
      return written.outcome === 'written' ? 'put' : 'erased'
    },
    prefer: (kpj, preferences, email) =>
      prefer(client, table, kpj, { ...preferenceItem(preferences), email: text(email) }),
    erase: async (kpj, at) => {
      const command = { TableName: table, Item: erasedItem(kpj, at), ConditionExpression: NOT_ERASED }
      await writing('an erasure', () => client.send(new PutItemCommand(command)))
    },
    erasedAt: async (kpj) => {
      const command = { TableName: table, Key: { kpj: text(kpj) }, ConsistentRead: true }
      const { Item: item } = await reading('an erasure', () => client.send(new GetItemCommand(command)))
      return item && isErased(item) ? readErasedAt(item) : undefined
    },
  }
}

const NOT_ERASED = 'attribute_not_exists(erasedAt)'
const PREFERENCE_NAMES = ['language', 'preferredChannel', 'optedOut', 'wrongNumber', 'email']

/** A failed condition is an end: the contact was erased meanwhile, and stays so. */
async function prefer(client: DynamoClient, table: string, kpj: Kpj, attributes: Item): Promise<void> {
  const absent = PREFERENCE_NAMES.filter((name) => attributes[name] === undefined)
  const set = Object.keys(attributes).map((name) => `#${name} = :${name}`)
  const remove = absent.length === 0 ? '' : ` REMOVE ${absent.map((name) => `#${name}`).join(', ')}`
  await writing('contact preferences', () =>
    client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { kpj: text(kpj) },
        UpdateExpression: `SET ${set.join(', ')}${remove}`,
        ConditionExpression: `attribute_exists(kpj) AND ${NOT_ERASED}`,
        ExpressionAttributeNames: Object.fromEntries(PREFERENCE_NAMES.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    ),
  )
}
