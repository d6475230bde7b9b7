/**
 * One row of the membership file: from text to a registration, or the first thing that is wrong with it.
 * Promises that a refusal names the column and what was expected there, never what stood in it (personal data).
 * Knows nothing of other rows and of what is registered already (import-memberships.ts).
 */

import type { AgentCode } from '../../../shared/domain/agents/agent.ts'
import { type BusinessDate, parseBusinessDate } from '../../../shared/domain/instant.ts'
import { type Kpj, parseKpj } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { parseNik } from '../../../shared/domain/nik.ts'
import { parseRegionCode } from '../../../shared/domain/region.ts'
import { FUNDINGS, PROGRAMS, SECTORS, type Terms } from '../../../shared/domain/tariff.ts'

export const IMPORT_COLUMNS = [
  'kpj',
  'nik',
  'name',
  'region_code',
  'sector',
  'funding',
  'programs',
  'income',
  'phone',
  'registered_on',
] as const

/** Why a row was refused, in order of precedence: the first that applies is reported. */
export const ROW_REFUSALS = {
  WRONG_COLUMN_COUNT: `expected ${IMPORT_COLUMNS.length} columns`,
  BAD_KPJ: 'kpj: expected 11 digits',
  BAD_NIK: 'nik: expected 16 digits with a known province, a possible date of birth and a serial from 0001',
  BAD_NAME: 'name: expected 1 to 100 letters, spaces and the signs of a name, a letter first',
  BAD_REGION: 'region_code: expected a code such as 35.78.01.1001 in a known province',
  BAD_SECTOR: 'sector: expected transport, farming, fishery, trade, services or other',
  BAD_FUNDING: 'funding: expected self, apbn, apbd, village, csr or private',
  BAD_PROGRAMS: 'programs: expected JKK+JKM or JKK+JKM+JHT',
  BAD_INCOME: 'income: expected whole rupiah per month, digits only',
  BAD_PHONE: 'phone: expected nothing, or 8 to 15 digits starting 0, 62 or +',
  BAD_DATE: 'registered_on: expected a date such as 2026-11-20, from 1970 to today',
  DUPLICATE_IN_FILE: 'this KPJ stands in an earlier line of the file with other content; keep one of the two',
  KPJ_BELONGS_TO_ANOTHER: 'this KPJ is registered to another NIK',
  MEMBERSHIP_CLOSED: 'this membership is closed; reopen it before changing it',
  NIK_ALREADY_SELF_PAID: 'this NIK pays for another open membership itself; close that one or change its funding first',
} as const

export type RowRefusal = keyof typeof ROW_REFUSALS

/** What a row says, checked and normalised. */
export type Registration = {
  readonly kpj: Kpj
  readonly nik: string
  readonly name: string
  readonly regionCode: string
  readonly terms: Terms
  /** `+628…`, or '' when unknown. */
  readonly phone: string
  readonly registeredOn: BusinessDate
  /** Who brought the member: of the whole file, never of a row. */
  readonly agent?: AgentCode
}

export type RowReading =
  | { readonly outcome: 'registration'; readonly registration: Registration }
  | { readonly outcome: 'refused'; readonly code: RowRefusal }

/** `today` (WIB) bounds the registration date and decides the century of the NIK. */
export function readImportRow(fields: readonly string[], today: BusinessDate): RowReading {
  if (fields.length !== IMPORT_COLUMNS.length) return refused('WRONG_COLUMN_COUNT')
  const [kpjText, nikText, nameText, regionText, sector, funding, programs, incomeText, phoneText, dateText] =
    fields as unknown as readonly [string, string, string, string, string, string, string, string, string, string]
  const kpj = parseKpj(kpjText)
  if (kpj === undefined) return refused('BAD_KPJ')
  const nik = parseNik(nikText, today)
  if (nik.outcome !== 'nik') return refused('BAD_NIK')
  const name = readName(nameText)
  if (name === undefined) return refused('BAD_NAME')
  const region = parseRegionCode(regionText)
  if (region.outcome !== 'region') return refused('BAD_REGION')
  if (!isOneOf(SECTORS, sector)) return refused('BAD_SECTOR')
  if (!isOneOf(FUNDINGS, funding)) return refused('BAD_FUNDING')
  if (!isOneOf(PROGRAMS, programs)) return refused('BAD_PROGRAMS')
  if (!/^(0|[1-9]\d{0,11})$/.test(incomeText)) return refused('BAD_INCOME')
  const phone = readPhone(phoneText)
  if (phone === undefined) return refused('BAD_PHONE')
  const registeredOn = parseBusinessDate(dateText)
  if (registeredOn === undefined || registeredOn > today) return refused('BAD_DATE')
  const terms = { sector, funding, programs, income: rupiah(Number(incomeText)) }
  const regionCode = region.code
  return { outcome: 'registration', registration: { kpj, nik: nik.nik, name, regionCode, terms, phone, registeredOn } }
}

/** UTF-16 units before a name is composed: composing takes time that grows with the square of the marks. */
const LONGEST_NAME_TEXT = 400

/** White space collapsed, composed form. A letter first also keeps formulas out of spreadsheets that people export to. */
function readName(text: string): string | undefined {
  if (text.length > LONGEST_NAME_TEXT) return undefined
  const name = text.normalize('NFC').trim().replace(/ {2,}/g, ' ')
  return /^\p{L}[\p{L}\p{M}\p{N} .,'’`()/-]{0,99}$/u.test(name) ? name : undefined
}

/** International form: `08…` and `628…` are Indonesian numbers. A number without either start is a guess, so refused. */
function readPhone(text: string): string | undefined {
  const dialled = text.replace(/[ .()-]/g, '')
  if (dialled === '') return text.trim() === '' ? '' : undefined
  const international = dialled.replace(/^0(?=[1-9])/, '+62').replace(/^62/, '+62')
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : undefined
}

function isOneOf<K extends string>(known: readonly K[], text: string): text is K {
  return (known as readonly string[]).includes(text)
}

function refused(code: RowRefusal): RowReading {
  return { outcome: 'refused', code }
}
