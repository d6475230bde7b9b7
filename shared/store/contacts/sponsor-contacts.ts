/**
 * Whom a sponsor is written to, in table `contacts` under `sponsor#<id>`: names and e-mail addresses of people, kept where all
 * personal data is and erasable like it. Table `sponsors` knows the sponsor by its id alone.
 */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { LANGUAGES } from '../../domain/notice-preferences.ts'
import type { SponsorContact, SponsorId } from '../../domain/sponsors/sponsor.ts'
import { type Item, oneOf, readerOf, text } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'

export type SponsorContactStore = {
  /** Empty where nobody is known. Consistent. */
  readonly of: (id: SponsorId) => Promise<readonly SponsorContact[]>
  /** In place of those before. */
  readonly put: (id: SponsorId, contacts: readonly SponsorContact[]) => Promise<void>
  /** Where none were ever put: `exists` also after an empty list, and after an earlier try of ours whose answer was lost. */
  readonly putFirst: (id: SponsorId, contacts: readonly SponsorContact[]) => Promise<'put' | 'exists'>
}

const keyOf = (id: SponsorId): Item => ({ kpj: text(`sponsor#${id}`) })

export function dynamoSponsorContacts(client: DynamoClient, tables: Pick<Tables, 'contacts'>): SponsorContactStore {
  return {
    of: async (id) => {
      const command = { TableName: tables.contacts, Key: keyOf(id), ConsistentRead: true }
      const { Item: item } = await reading('contacts of a sponsor', () => client.send(new GetItemCommand(command)))
      return item ? readContacts(item) : []
    },
    put: async (id, contacts) => {
      const command = { TableName: tables.contacts, Item: itemOf(id, contacts) }
      await writing('contacts of a sponsor', () => client.send(new PutItemCommand(command)))
    },
    putFirst: async (id, contacts) => {
      const Item = itemOf(id, contacts)
      const command = { TableName: tables.contacts, Item, ConditionExpression: 'attribute_not_exists(kpj)' }
      const written = await writing('contacts of a sponsor', () => client.send(new PutItemCommand(command)))
      return written.outcome === 'written' ? 'put' : 'exists'
    },
  }
}

function itemOf(id: SponsorId, contacts: readonly SponsorContact[]): Item {
  return { ...keyOf(id), people: { L: contacts.map(personOf) } }
}

function personOf({ name, email, language }: SponsorContact) {
  return { M: { name: text(name), email: text(email), language: text(language) } }
}

function readContacts(item: Item): readonly SponsorContact[] {
  const people = item.people?.L
  if (!people) throw readerOf('contacts (sponsor)', item).broken('people', 'a list (L)')
  return people.map((person) => {
    const read = readerOf('contacts (sponsor)', person.M ?? {})
    return {
      name: read.text('name'),
      email: read.text('email'),
      language: read.parsed('language', oneOf(LANGUAGES)),
    }
  })
}
