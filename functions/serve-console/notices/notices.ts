/**
 * The notices to a member, and how they want to be written to: `GET /api/notices?kpj` and `PUT …/contact-preferences`.
 * Promises that neither answers a number or an address, to no role: who needs one asks for the membership.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { type ContactPreferences, NO_PREFERENCES } from '../../../shared/domain/notice-preferences.ts'
import { NOTICE_KEPT_MILLIS } from '../../../shared/store/notices/item.ts'
import { type Notice, stateAt } from '../../../shared/store/notices/notices.ts'
import { recordAct } from '../http/acting.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import type { ContactPreferencesRequest, NoticeItem, NoticesQuery } from './schemas.ts'

/** Newest month first; two years back. */
export async function listNotices(ports: ConsolePorts, call: Call<{ query: NoticesQuery }>) {
  const { kpj } = call.query
  if (!(await openAccount(ports, kpj))) return unknownMembership()
  const notices = await ports.notices.ofMember(kpj)
  const kept = notices.filter(({ reservedAt }) => reservedAt + NOTICE_KEPT_MILLIS > call.now)
  return json(200, { items: kept.map((notice) => shownAt(notice, call)).reverse() })
}

export async function putContactPreferences(
  ports: ConsolePorts,
  call: Call<{ path: { kpj: Kpj }; body: ContactPreferencesRequest }>,
) {
  const { path, body, actor } = call
  const { kpj } = path
  const { email, ...changes } = body
  const contact = await ports.contacts.get(kpj)
  if (!contact) return unknownMembership()
  const preferences = merged(contact.preferences ?? NO_PREFERENCES, changes)
  // Which fields, never what they say: the chain outlives the person's contacts.
  await recordAct(ports, call, { action: 'set-contact', subject: kpj, detail: { fields: Object.keys(body).sort() } })
  await ports.contacts.prefer(kpj, preferences, email ?? contact.email)
  ports.log.info('Contact preferences were set', { account: kpj, actor })
  return json(200, { kpj, ...preferences, hasPhone: contact.phone !== '', hasEmail: (email ?? contact.email) !== '' })
}

function merged(known: ContactPreferences, changes: Omit<ContactPreferencesRequest, 'email'>): ContactPreferences {
  return {
    language: changes.language ?? known.language,
    preferredChannel: changes.preferredChannel === undefined ? known.preferredChannel : changes.preferredChannel,
    optedOut: changes.optedOut ?? known.optedOut,
    wrongNumber: changes.wrongNumber ?? known.wrongNumber,
  }
}

function shownAt(notice: Notice, { now }: Call): NoticeItem {
  const { month, stage, channel, code, changedAt } = notice
  return { month, stage, state: stateAt(notice, now), channel, code, at: formatUtc(changedAt) }
}
