/**
 * Table `contacts`: PK `kpj`: name, phone, e-mail, NIK, and the masked names as printed, each with the instant from
 * which it held. The only place of personal data; erasable. Facts, claims and views never hold any of it.
 */
import type { Instant } from '../domain/instant.ts'

export type Contact = {
  readonly kpj: string
  readonly nik: string
  readonly name: string
  /** As imported, digits with a leading +; '' when unknown. */
  readonly phone: string
  readonly email: string
  /** `BU** SA*****` since when; ascending. A repeat prints the name that held at its first answer. */
  readonly maskedNames: readonly { readonly from: Instant; readonly name: string }[]
}

export type ContactStore = {
  readonly get: (kpj: string) => Promise<Contact | undefined>
  readonly getMany: (kpjs: readonly string[]) => Promise<readonly Contact[]>
  readonly put: (contact: Contact) => Promise<void>
}
