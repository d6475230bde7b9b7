/** A contact as an item. Promise: what is read is what was written, or a Defect that names the attribute and never its value. */
import { type Instant, instant } from '../../domain/instant.ts'
import { type Kpj, parseKpj } from '../../domain/kpj.ts'
import { type ContactPreferences, LANGUAGES, NOTICE_CHANNELS } from '../../domain/notice-preferences.ts'
import { type Item, type ItemReader, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import type { Contact } from './contacts.ts'

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

/** What takes a contact's place. */
export function erasedItem(kpj: Kpj, at: Instant): Item {
  return { kpj: text(kpj), erasedAt: whole(at) }
}

export function isErased(item: Item): boolean {
  return item.erasedAt !== undefined
}

export function readErasedAt(item: Item): Instant {
  return readerOf('contacts', item).counted('erasedAt', instant)
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

export function preferenceItem({ language, preferredChannel, optedOut, wrongNumber }: ContactPreferences): Item {
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
