/**
 * Table `contacts`: PK `kpj`: name, phone, e-mail, NIK, and the masked names as printed, each with the instant from
 * which it held; and how the member wants to be written to. Members' names, NIKs and numbers are in no other table; erasable, and what was erased stays so
 * (`erasedAt`): readers find nobody, and an import brings nothing back. Facts, decisions and views
 * never hold any of it.
 */
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { ContactPreferences } from '../../domain/notice-preferences.ts'

export type Contact = {
  readonly kpj: Kpj
  readonly nik: string
  readonly name: string
  /** As imported, digits with a leading +; '' when unknown. */
  readonly phone: string
  readonly email: string
  /** `BU*** SA***` since when; ascending. A repeat prints the name that held at its first answer. */
  readonly maskedNames: readonly { readonly from: Instant; readonly name: string }[]
  /** Absent until the member says how to be written to. */
  readonly preferences?: ContactPreferences
}

export type ContactStore = {
  readonly get: (kpj: Kpj) => Promise<Contact | undefined>
  readonly getMany: (kpjs: readonly Kpj[]) => Promise<readonly Contact[]>
  /** `erased`: the person's data was erased, and nothing is put for that KPJ any more. */
  readonly put: (contact: Contact) => Promise<'put' | 'erased'>
  /** Sets preferences and e-mail address and nothing else of a contact that is there. */
  readonly prefer: (kpj: Kpj, preferences: ContactPreferences, email: string) => Promise<void>
  /** Puts a mark in the contact's place that holds the KPJ and the instant alone; there is no way back. Again changes nothing. */
  readonly erase: (kpj: Kpj, at: Instant) => Promise<void>
  readonly erasedAt: (kpj: Kpj) => Promise<Instant | undefined>
}

/** For whoever writes what an earlier message said (contact-changes.ts). */
export type ContactChanges = {
  /**
   * Puts the contact in the place of exactly `before`; undefined: where there is none. `conflict`: something else is there, and stays.
   * The same again is `put`, for whoever asked twice. `erased`: the person's data was erased, and nothing is put any more.
   */
  readonly putOver: (contact: Contact, before: Contact | undefined) => Promise<'put' | 'conflict' | 'erased'>
}
