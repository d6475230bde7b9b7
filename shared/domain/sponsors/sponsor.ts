/**
 * Who pays for others: a province, a regency, a village, a company or a person. Ids are words that people can say, and every id
 * below a sponsor's begins with it, so whose a program or a cohort is can be read from its id alone:
 * `jambi`, its program `jambi.2027`, a cohort of that `jambi.2027.a1b2c3`.
 *
 * Promise: an id holds nothing that looks like the number of a person. Contacts are personal data and lie elsewhere
 * (shared/store/contacts/sponsor-contacts.ts).
 */
import type { Instant } from '../instant.ts'
import type { Language } from '../notice-preferences.ts'
import type { RegionCode } from '../region.ts'
import type { Funding } from '../tariff.ts'

declare const sponsorIdBrand: unique symbol
declare const programIdBrand: unique symbol
declare const cohortIdBrand: unique symbol
export type SponsorId = string & { readonly [sponsorIdBrand]: true }
export type ProgramId = string & { readonly [programIdBrand]: true }
export type CohortId = string & { readonly [cohortIdBrand]: true }

export const SPONSOR_KINDS = ['province', 'regency', 'village', 'company', 'person'] as const
export type SponsorKind = (typeof SPONSOR_KINDS)[number]

/** Any money but the member's own. */
export type SponsorFunding = Exclude<Funding, 'self'>
export const SPONSOR_FUNDINGS = [
  'apbn',
  'apbd',
  'village',
  'csr',
  'private',
] as const satisfies readonly SponsorFunding[]

/** A company has no public budget to spend, and a government no CSR. A province may pay what it grants its villages. */
export const FUNDINGS_OF: Readonly<Record<SponsorKind, readonly SponsorFunding[]>> = {
  province: ['apbn', 'apbd', 'village'],
  regency: ['apbn', 'apbd', 'village'],
  village: ['village', 'apbd'],
  company: ['csr', 'private'],
  person: ['private'],
}

export type Sponsor = {
  readonly id: SponsorId
  readonly kind: SponsorKind
  /** What it is called in lists. Of a person no name, which is with the contacts: how the sponsor wishes to be called, or ''. */
  readonly name: string
  /** Its members live there; null: anywhere. */
  readonly regionCode: RegionCode | null
  readonly createdBy: string
  readonly createdAt: Instant
}

/** Whom the hub writes to about the sponsor's programs. Personal data. */
export type SponsorContact = { readonly name: string; readonly email: string; readonly language: Language }

const SPONSOR = /^(?!.*\d{9})[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/
/** A cohort's code is the hub's own, made of its list's digest: its digits are nobody's number. */
const COHORT_CODE = /^[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/
const PART = /^(?!.*\d{9})[a-z0-9](?:[a-z0-9-]{0,22}[a-z0-9])?$/

/** 3 to 40 small letters, digits and hyphens; fewer than nine digits in a row. */
export function parseSponsorId(text: string): SponsorId | undefined {
  return SPONSOR.test(text) ? (text as SponsorId) : undefined
}

/** `<sponsor>.<code>`. */
export function parseProgramId(text: string): ProgramId | undefined {
  const [sponsor = '', code = '', ...more] = text.split('.')
  return more.length === 0 && parseSponsorId(sponsor) !== undefined && isCode(code) ? (text as ProgramId) : undefined
}

/** `<sponsor>.<program's code>.<code>`. */
export function parseCohortId(text: string): CohortId | undefined {
  const parent = parseProgramId(text.slice(0, Math.max(0, text.lastIndexOf('.'))))
  return parent && COHORT_CODE.test(codeOf(text as CohortId)) ? (text as CohortId) : undefined
}

/** Throws a RangeError for a code that is none: 1 to 24 small letters, digits and hyphens. */
export function programIdOf(sponsorId: SponsorId, code: string): ProgramId {
  return childOf(sponsorId, code, PART) as ProgramId
}

/** As `programIdOf`; any digits may stand in it. */
export function cohortIdOf(programId: ProgramId, code: string): CohortId {
  return childOf(programId, code, COHORT_CODE) as CohortId
}

export function isCode(text: string): boolean {
  return PART.test(text)
}

export function sponsorOf(id: ProgramId | CohortId): SponsorId {
  return id.slice(0, id.indexOf('.')) as SponsorId
}

export function programOf(id: CohortId): ProgramId {
  return id.slice(0, id.lastIndexOf('.')) as ProgramId
}

/** The last part of an id: what tells it from its siblings. */
export function codeOf(id: ProgramId | CohortId): string {
  return id.slice(id.lastIndexOf('.') + 1)
}

/** Whether somebody who lives there may be on a list of this sponsor. Whole parts of the code are compared. */
export function isInScope(sponsor: Pick<Sponsor, 'regionCode'>, regionCode: RegionCode): boolean {
  const scope = sponsor.regionCode
  return scope === null || regionCode === scope || regionCode.startsWith(`${scope}.`)
}

function childOf(parent: SponsorId | ProgramId, code: string, form: RegExp): string {
  if (!form.test(code)) throw new RangeError('expected a code of 1 to 24 small letters, digits and hyphens')
  return `${parent}.${code}`
}
