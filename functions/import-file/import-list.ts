/**
 * A sponsor's list that was dropped: `drop/sponsor/<sponsor>/<program's code>/<name>`, with reasons for its refused rows in English
 * where the name ends in `.en.csv` or `.en.xlsx`, in Indonesian else. The way in for lists above what a request may hold: the bytes
 * pass through once to be named by their digest and are copied where they lie, so memory does not grow with the list.
 *
 * Promise: the same use case as a list that is handed over (shared/intake/take-in-member-list.ts); the folder says whose it is.
 */
import type { Language } from '../../shared/domain/notice-preferences.ts'
import { isCode, parseSponsorId, programIdOf } from '../../shared/domain/sponsors/sponsor.ts'
import {
  type MemberListOutcome,
  type MemberListPorts,
  senderOf,
  takeInMemberList,
} from '../../shared/intake/take-in-member-list.ts'
import type { DroppedFile } from '../../shared/store/files/files.ts'

export const SPONSOR = 'sponsor'

/** `unknown-place`: the folders name no sponsor and program. */
export type DroppedListOutcome = MemberListOutcome | { readonly outcome: 'unknown-place' }

/** `name`: what follows `drop/sponsor/`. */
export async function importList(ports: MemberListPorts, file: DroppedFile, name: string): Promise<DroppedListOutcome> {
  const [folder = '', code = '', ...rest] = name.split('/')
  const sponsor = parseSponsorId(folder)
  if (!sponsor || !isCode(code) || rest.length === 0) return { outcome: 'unknown-place' }
  const incoming = { from: { kind: 'dropped', file }, name: '', by: null, sender: senderOf(sponsor) } as const
  return takeInMemberList(ports, incoming, { program: programIdOf(sponsor, code), language: languageOf(name) })
}

function languageOf(name: string): Language {
  return /\.en\.[^./]+$/i.test(name) ? 'en' : 'id'
}
