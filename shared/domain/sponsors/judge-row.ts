/**
 * What a row of a sponsor's list is worth by itself: a person who may be enrolled, or the first thing that is wrong, as a stable code.
 * Pure and without memory: what needs other rows is duplicates.ts, what needs the hub's memberships is judge-person.ts.
 * A reason never holds what stood in the row.
 */
import { inForce } from '../effective-dated.ts'
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'
import { type Nik, parseNik } from '../nik.ts'
import { parseRegionCode, type RegionCode } from '../region.ts'
import { SECTORS, type Sector } from '../tariff.ts'
import { ageOn, MEMBER_AGES } from './member-age.ts'
import { LIST_COLUMNS, LIST_LIMITS, type ListCell, type ListRow } from './member-list.ts'
import type { RowRefusalCode } from './row-refusals.ts'
import { isInScope, type Sponsor } from './sponsor.ts'

/** A row that says what it should, normalised. null: the list says nothing, so the program does. */
export type ListedPerson = {
  readonly nik: Nik
  readonly name: string
  readonly regionCode: RegionCode
  readonly sector: Sector | null
  readonly income: Rupiah | null
  /** `+628…`, or '' when unknown. */
  readonly phone: string
}

export type RowJudgement =
  | { readonly outcome: 'person'; readonly person: ListedPerson }
  | { readonly outcome: 'refused'; readonly code: RowRefusalCode }

/** Words for somebody who earns a wage: another branch of the insurance, paid by the employer. */
const WAGE_EARNERS = ['wage_earner', 'wage earner', 'employee', 'pu', 'penerima upah', 'karyawan', 'pekerja formal']
const SCIENTIFIC = /^\d(?:[.,]\d+)?e\+?\d+$/i
const NIK_DIGITS = /^\d{16}$/

export function judgeRow(row: ListRow, sponsor: Pick<Sponsor, 'regionCode'>, today: BusinessDate): RowJudgement {
  const form = formRefusal(row)
  if (form) return refused(form)
  const [nikText, nameText, regionText, sectorText, incomeText, phoneText] = row.cells.map(({ text }) =>
    text.trim(),
  ) as [string, string, string, string, string, string]
  const nik = parseNik(nikText, today)
  if (nik.outcome === 'refused') {
    if (row.cells.some(({ text }, i) => i > 0 && NIK_DIGITS.test(text.trim()))) return refused('SHIFTED_COLUMNS')
    return refused(nik.reason === 'impossible-date' ? 'IMPOSSIBLE_DATE' : 'BAD_NIK')
  }
  const age = ageOn(nik.birthDate, today)
  const ages = inForce('memberAges', MEMBER_AGES, today)
  if (age < ages.from || age >= ages.below) return refused('AGE_OUTSIDE')
  const name = readName(nameText)
  if (name === undefined) return refused('BAD_NAME')
  const region = parseRegionCode(regionText)
  if (region.outcome !== 'region') return refused('BAD_REGION')
  if (!isInScope(sponsor, region.code)) return refused('REGION_OUTSIDE')
  const word = sectorText.toLowerCase()
  if (WAGE_EARNERS.includes(word)) return refused('WAGE_EARNER')
  const sector = word === '' ? null : SECTORS.find((each) => each === word)
  if (sector === undefined) return refused('BAD_SECTOR')
  if (!/^(?:|0|[1-9]\d{0,11})$/.test(incomeText)) return refused('BAD_INCOME')
  const phone = readPhone(phoneText)
  if (phone === undefined) return refused('BAD_PHONE')
  const income = incomeText === '' ? null : rupiah(Number(incomeText))
  return { outcome: 'person', person: { nik: nik.nik, name, regionCode: region.code, sector, income, phone } }
}

/** Cells that are not what somebody typed: before anything in them is read. */
function formRefusal({ cells, isWhole }: ListRow): RowRefusalCode | undefined {
  const [nik] = cells as readonly [ListCell]
  if (cells.some(({ kind }) => kind === 'merged')) return 'MERGED_CELLS'
  if (cells.some(({ kind, text }) => kind === 'formula' || kind === 'error' || /^[=@]/.test(text.trim())))
    return 'FORMULA'
  if (cells.some(({ kind }) => kind === 'date')) return 'DATE_CELL'
  if (nik.kind === 'number' || SCIENTIFIC.test(nik.text.trim())) return 'NIK_AS_NUMBER'
  if (cells.some(({ text }) => text.length > LIST_LIMITS.cellLength)) return 'CELL_TOO_LONG'
  return isWhole && cells.length === LIST_COLUMNS.length ? undefined : 'SHIFTED_COLUMNS'
}

/** White space collapsed, composed form. A letter first also keeps formulas out of spreadsheets that people export to. */
function readName(text: string): string | undefined {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  return /^\p{L}[\p{L}\p{M}\p{N} .,'’`()/-]{0,99}$/u.test(name) ? name : undefined
}

/** `08…` and `628…` are Indonesian numbers. A number without either start is a guess, so refused. */
function readPhone(text: string): string | undefined {
  const dialled = text.replace(/[ .()-]/g, '')
  if (dialled === '') return text === '' ? '' : undefined
  const international = dialled.replace(/^0(?=[1-9])/, '+62').replace(/^62/, '+62')
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : undefined
}

function refused(code: RowRefusalCode): RowJudgement {
  return { outcome: 'refused', code }
}
