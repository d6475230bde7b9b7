/**
 * What a member was told, and how they want to be told: `GET /api/notices?kpj` and `PUT …/contact-preferences`.
 * Promises that neither answers a number or an address, to no role: who needs one asks for the membership.
 */
import * as z from 'zod/mini'
import { formatUtc } from '../../shared/domain/instant.ts'
import { parseKpj } from '../../shared/domain/kpj.ts'
import {
  type ContactPreferences,
  LANGUAGES,
  NO_PREFERENCES,
  NOTICE_CHANNELS,
} from '../../shared/domain/notice-preferences.ts'
import { EMAIL, EMAIL_EXPECTED } from '../../shared/notices/email-form.ts'
import { NOTICE_KEPT_MILLIS } from '../../shared/store/notices/item.ts'
import { type Notice, stateAt } from '../../shared/store/notices/notices.ts'
import { openAccount } from './account.ts'
import { readJson, readQuery } from './input.ts'
import { unknownMembership } from './membership.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, type Reply } from './reply.ts'

const OF_MEMBER = z.strictObject({
  kpj: z.string('expected the KPJ of a membership, 11 digits').check(z.regex(/^\d{11}$/, 'expected 11 digits')),
})

/** What is not said stays as it was. */
const PREFERENCES = z.strictObject({
  language: z.optional(z.enum(LANGUAGES, `expected one of ${LANGUAGES.join(', ')}`)),
  preferredChannel: z.optional(
    z.nullable(z.enum(NOTICE_CHANNELS, `expected one of ${NOTICE_CHANNELS.join(', ')}, or null`)),
  ),
  optedOut: z.optional(z.boolean('expected true or false')),
  wrongNumber: z.optional(z.boolean('expected true or false')),
  email: z.optional(
    z.string(EMAIL_EXPECTED).check(z.refine((text) => text === '' || EMAIL.test(text), EMAIL_EXPECTED)),
  ),
})

/** Newest month first; two years back. */
export async function listNotices(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readQuery(OF_MEMBER, call.query)
  if (asked.outcome === 'refused') return asked.reply
  const account = await openAccount(parts, asked.value.kpj)
  if (!account) return unknownMembership()
  const notices = await parts.notices.ofMember(account.kpj)
  const kept = notices.filter(({ reservedAt }) => reservedAt + NOTICE_KEPT_MILLIS > call.now)
  return json(200, { items: kept.map((notice) => shownAt(notice, call)).reverse() })
}

export async function putContactPreferences(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readJson(PREFERENCES, call.body)
  if (asked.outcome === 'refused') return asked.reply
  const { email, ...said } = asked.value
  const kpj = parseKpj(call.path.kpj ?? '')
  const contact = kpj && (await parts.contacts.get(kpj))
  if (!contact) return unknownMembership()
  const preferences = merged(contact.preferences ?? NO_PREFERENCES, said)
  await parts.contacts.prefer(kpj, preferences, email ?? contact.email)
  parts.log.info('Contact preferences were set', { account: kpj, actor: call.actor })
  return json(200, { kpj, ...preferences, hasPhone: contact.phone !== '', hasEmail: (email ?? contact.email) !== '' })
}

type Said = { readonly [K in keyof ContactPreferences]?: ContactPreferences[K] | undefined }

function merged(known: ContactPreferences, said: Said): ContactPreferences {
  return {
    language: said.language ?? known.language,
    preferredChannel: said.preferredChannel === undefined ? known.preferredChannel : said.preferredChannel,
    optedOut: said.optedOut ?? known.optedOut,
    wrongNumber: said.wrongNumber ?? known.wrongNumber,
  }
}

function shownAt(notice: Notice, { now }: Pick<Call, 'now'>) {
  const { month, stage, channel, code, changedAt } = notice
  return { month, stage, state: stateAt(notice, now), channel, code, at: formatUtc(changedAt) }
}
