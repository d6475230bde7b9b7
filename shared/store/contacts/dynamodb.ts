/** Table `contacts` in DynamoDB. The port is contacts.ts, the layout item.ts. */

import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import type { Kpj } from '../../domain/kpj.ts'
import { type Item, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { writing } from '../dynamo/errors.ts'
import { manyItems } from '../dynamo/reads.ts'
import type { Tables } from '../tables.ts'
import { dynamoContactReader } from './contact-reader.ts'
import type { ContactStore } from './contacts.ts'
import { contactItem, preferenceItem, readContact } from './item.ts'

/** Reads are consistent, as contact-reader.ts says why. */
export function dynamoContacts(client: DynamoClient, tables: Pick<Tables, 'contacts'>): ContactStore {
  const table = tables.contacts
  return {
    ...dynamoContactReader(client, tables),
    getMany: async (kpjs) => {
      const keys = [...new Set(kpjs)].map((kpj) => ({ kpj: text(kpj) }))
      return (await manyItems(client, table, 'contacts', keys)).map(readContact)
    },
    put: async (contact) => {
      const command = { TableName: table, Item: contactItem(contact) }
      await writing('a contact', () => client.send(new PutItemCommand(command)))
    },
    prefer: (kpj, preferences, email) =>
      prefer(client, table, kpj, { ...preferenceItem(preferences), email: text(email) }),
  }
}

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
        ConditionExpression: 'attribute_exists(kpj)',
        ExpressionAttributeNames: Object.fromEntries(PREFERENCE_NAMES.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    ),
  )
}
