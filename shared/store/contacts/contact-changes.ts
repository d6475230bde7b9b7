/**
 * Changes of table `contacts` that demand what was read, in DynamoDB. The port is in contacts.ts. Apart from dynamodb.ts, which every
 * channel endpoint carries and which never changes a contact like this.
 */
import { PutItemCommand } from '@aws-sdk/client-dynamodb'
import { type Item, sameItem } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'
import type { ContactChanges } from './contacts.ts'
import { contactItem, isErased } from './item.ts'

/** All that an item may hold beside its key. */
const ATTRIBUTES = [
  ...['nik', 'name', 'phone', 'email', 'maskedNames'],
  ...['language', 'preferredChannel', 'optedOut', 'wrongNumber'],
]

export function dynamoContactChanges(client: DynamoClient, tables: Pick<Tables, 'contacts'>): ContactChanges {
  return {
    putOver: async (contact, before) => {
      const item = contactItem(contact)
      const command = new PutItemCommand({
        TableName: tables.contacts,
        Item: item,
        ...(before === undefined
          ? { ConditionExpression: 'attribute_not_exists(kpj)' }
          : unchangedSince(contactItem(before))),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      })
      const written = await writing('a contact', () => client.send(command))
      if (written.outcome === 'written') return 'put'
      const { Item: standing } = written.error as { readonly Item?: Item }
      // Also without `before`: readers find nobody where the mark of an erasure is, and no repeat changes that.
      if (standing && isErased(standing)) return 'erased'
      return sameItem(standing, item) ? 'put' : 'conflict'
    },
  }
}

/** Each attribute is as it was, or as absent as it was. */
function unchangedSince(before: Item) {
  const clauses = ATTRIBUTES.map((name) =>
    before[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}`,
  )
  const values = ATTRIBUTES.flatMap((name) => (before[name] === undefined ? [] : [[`:${name}`, before[name]] as const]))
  return {
    ConditionExpression: clauses.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(ATTRIBUTES.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(values),
  }
}
