/**
 * Where a member can be written to: a mobile number in international form, or an e-mail address.
 *
 * Promise: what is no such number or address is none, and no error. Numbers without a country are Indonesian. Refuses to know
 * whether anybody answers there.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile'
import { assertNever } from '../domain/assert-never.ts'
import type { NoticeChannel } from '../domain/notice-preferences.ts'
import { EMAIL } from './email-form.ts'

/** Null where there is none, or one that cannot be. */
export function addressFor(
  channel: NoticeChannel,
  contact: { readonly phone: string; readonly email: string },
): string | null {
  switch (channel) {
    case 'sms':
    case 'whatsapp':
      return mobileNumber(contact.phone)
    case 'email':
      return EMAIL.test(contact.email) ? contact.email : null
    default:
      return assertNever(channel)
  }
}

function mobileNumber(phone: string): string | null {
  const parsed = parsePhoneNumberFromString(phone, 'ID')
  return parsed?.isValid() && parsed.ext === undefined ? parsed.number : null
}
