/**
 * Table `contacts`: PK `kpj`: name, phone, e-mail, NIK, and the masked names as printed, each with the instant from
 * which it held; and how the member wants to be written to. The only place of personal data; erasable. Facts, decisions and views
 * never hold any of it.
 */

import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { type Instant, instant } from '../../domain/instant.ts'
import { type Kpj, parseKpj } from '../../domain/kpj.ts'
import { type ContactPreferences, LANGUAGES, NOTICE_CHANNELS } from '../../domain/notice-preferences.ts'
import { type Item, type ItemReader, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { manyItems } from '../dynamo/reads.ts'
import type { Tables } from '../tables.ts'

export type Contact = {
  readonly kpj: Kpj
  readonly nik: string
  readonly name: string
  /** As imported, digits with a leading +; '' when unknown. */
  readonly phone: string
  readonly email: string
  /** `BU** SA*****` since when; ascending. A repeat prints the name that held at its first answer. */
  readonly maskedNames: readonly { readonly from: Instant; readonly name: string }[]
  /** Absent until the member says how to be written to. */
  readonly preferences?: ContactPreferences
}

export type ContactStore = {
  readonly get: (kpj: Kpj) => Promise<Contact | undefined>
  readonly getMany: (kpjs: readonly Kpj[]) => Promise<readonly Contact[]>
  readonly put: (contact: Contact) => Promise<void>
  /** Sets preferences and e-mail address and nothing else of a contact that is there. */
  readonly prefer: (kpj: Kpj, preferences: ContactPreferences, email: string) => Promise<void>
}

/** Reads are consistent: a payment right after an import must print the name that every repeat of it will print. */
export function dynamoContacts(client: DynamoClient, tables: Pick<Tables, 'contacts'>): ContactStore {
  const table = tables.contacts
  return {
    get: async (kpj) => {
      const command = { TableName: table, Key: { kpj: text(kpj) }, ConsistentRead: true }
      const { Item: item } = await reading('a contact', () => client.send(new GetItemCommand(command)))
      return item && readContact(item)
    },
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
async function prefer(client: DynamoClient, table: string, kpj: Kpj, wanted: Item): Promise<void> {
  const absent = PREFERENCE_NAMES.filter((name) => wanted[name] === undefined)
  const set = Object.keys(wanted).map((name) => `#${name} = :${name}`)
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
          Object.entries(wanted).map(([name, value]) => [`:${name}`, value]),
        ),
      }),
    ),
  )
}

export function contactItem(contact: Contact): Item {
  return {
    kpj: text(contact.kpj),
    nik: text(contact.nik),
    name: text(contact.name),
    phone: text(contact.phone),
    email: text(contact.email),
    maskedNames: {
      L: contact.maskedNames.map((masked) => ({ M: { from: whole(masked.from), name: text(masked.name) } })),
    },
    ...(contact.preferences ? preferenceItem(contact.preferences) : {}),
  }
}

export function readContact(item: Item): Contact {
  const read = readerOf('contacts', item)
  const maskedNames = item.maskedNames?.L
  if (!maskedNames) throw read.broken('maskedNames', 'a list (L)')
  return {
    kpj: read.parsed('kpj', parseKpj),
    nik: read.text('nik'),
    name: read.text('name'),
    phone: read.text('phone'),
    email: read.text('email'),
    maskedNames: maskedNames.map((entry) => {
      const masked = readerOf('contacts (masked names)', entry.M ?? {})
      return { from: masked.counted('from', instant), name: masked.text('name') }
    }),
    ...(read.has('language') ? { preferences: readPreferences(read) } : {}),
  }
}

function preferenceItem({ language, preferredChannel, optedOut, wrongNumber }: ContactPreferences): Item {
  return {
    language: text(language),
    ...orAbsent('preferredChannel', preferredChannel, text),
    ...(optedOut ? { optedOut: whole(1) } : {}),
    ...(wrongNumber ? { wrongNumber: whole(1) } : {}),
  }
}

function readPreferences(read: ItemReader): ContactPreferences {
  return {
    language: read.parsed('language', oneOf(LANGUAGES)),
    preferredChannel: read.optional('preferredChannel', (name) => read.parsed(name, oneOf(NOTICE_CHANNELS))),
    optedOut: read.has('optedOut'),
    wrongNumber: read.has('wrongNumber'),
  }
}
