/**
 * SWIFT MT940, the older end-of-day statement: several statements in one file, in SWIFT's blocks or bare, text under `:86:`.
 *
 * Promises: a mark says what a movement did to the account (RC takes a credit back, RD gives a debit back); a line that is none of
 * the format's refuses the file; the year of an entry date is the one nearest to its value date; no field is searched before its
 * length is known. Own code because the reader at hand loses the mark of a reversal, keeps a movement that it could not read as one
 * of nothing, gives every entry date the year of its value date, and joins the lines of `:86:` so that words grow together.
 */
import { addDays, type BusinessDate, parseBusinessDate } from '../../domain/instant.ts'
import { fieldsOf, type Mt940Field, statementsOf } from './mt940-fields.ts'
import { senOf } from './sen.ts'
import {
  type Balance,
  type Found,
  isForeign,
  LONGEST_NAME,
  type Movement,
  refusedBank,
  type StatementFound,
} from './statement.ts'

/** First line of `:61:` with its longest references, and the line below it. */
const LONGEST_MOVEMENT = 400
/** Value date, entry date or blanks, mark, funds code, amount, kind of movement; then the references. */
const MOVEMENT = /^(\d{6})(\d{4}| {4})?(RC|RD|C|D)([A-Z])? ?(\d{1,15},\d{0,2}) ?([A-Z][A-Z0-9 ]{3})/
const BALANCE = /^([CD])(\d{6})([A-Z]{3}) ?(\d{1,18},\d{0,5})$/
const NUMBER = /^(\d{1,10})(?:\/(\d{1,5}))?$/

export function readMt940(text: string): Found {
  const read = fieldsOf(text)
  if (read.kind === 'broken') return refusedBank('LAYOUT_CHANGED', read.detail)
  const statements: StatementFound[] = []
  for (const part of statementsOf(read.fields)) {
    const found = statementOf(part)
    if ('kind' in found) return found
    statements.push(found)
  }
  return { kind: 'found', statements }
}

function statementOf(fields: readonly Mt940Field[]): StatementFound | ReturnType<typeof refusedBank> {
  const textOf = (...tags: readonly string[]) => shortText(fields.find(({ tag }) => tags.includes(tag)))
  if (fields[0]?.tag !== '20') return refusedBank('LAYOUT_CHANGED', 'expected a statement to begin with :20:')
  const opening = balanceIn(fields, '60')
  const closing = balanceIn(fields, '62')
  const currencies = [opening?.currency, closing?.currency].filter((currency) => currency !== undefined)
  const movements = isForeign(currencies) ? [] : movementsOf(fields)
  if ('kind' in movements) return movements
  const number = textOf('28C', '28')
  const [, statementNumber, page] = NUMBER.exec(number) ?? []
  return {
    id: number ? `${textOf('20')}/${number}` : textOf('20'),
    account: textOf('25'),
    number: statementNumber === undefined ? null : Number(statementNumber),
    page: page === undefined ? null : Number(page),
    isLastPage: closing?.balance ? !closing.balance.isIntermediate : null,
    currencies,
    opening: opening?.balance ?? null,
    closing: closing?.balance ?? null,
    movements,
    pending: 0,
  }
}

function shortText(field: Mt940Field | undefined): string {
  return field === undefined || field.text.length > LONGEST_NAME ? '' : field.text.trim()
}

function movementsOf(fields: readonly Mt940Field[]): readonly Movement[] | ReturnType<typeof refusedBank> {
  const movements: Movement[] = []
  for (const [i, field] of fields.entries()) {
    if (field.tag !== '61') continue
    const movement = movementOf(field.text, textsAfter(fields, i))
    if (!movement) {
      return refusedBank('BAD_ENTRY', 'expected :61: with date, mark, amount and type', movements.length + 1)
    }
    movements.push(movement)
  }
  return movements
}

/** Some banks write each line of a text under its own `:86:`. */
function textsAfter(fields: readonly Mt940Field[], at: number): string {
  const texts: string[] = []
  for (let i = at + 1; fields[i]?.tag === '86'; i++) texts.push(fields[i]?.text ?? '')
  return texts.join('\n')
}

function movementOf(text: string, remittance: string): Movement | undefined {
  if (text.length > LONGEST_MOVEMENT) return undefined
  const match = MOVEMENT.exec(text)
  if (!match) return undefined
  const [whole, value = '', entry = '', mark, , amount = '', code = ''] = match
  const valueOn = dateOf(value)
  const bookedOn = valueOn && entry.trim() !== '' ? nearestYear(entry, valueOn) : valueOn
  const sen = senOf(amount)
  if (!valueOn || !bookedOn || sen === undefined) return undefined
  const [references = '', ...below] = text.slice(whole.length).split('\n')
  const amountSen = mark === 'C' || mark === 'RD' ? sen : -sen
  // What stands below the references is the only text where the bank sends no :86:.
  const words = remittance.trim() || below.join('\n').trim()
  return { reference: bankReference(references), bookedOn, valueOn, amountSen, code: code.trim(), remittance: words }
}

/** The bank's own reference follows the double slash; the one before it is the customer's own choice. */
function bankReference(references: string): string {
  const at = references.indexOf('//')
  const own = at < 0 ? '' : references.slice(at + 2).trim()
  return own === 'NONREF' ? '' : own
}

type NamedBalance = { readonly balance: Balance | null; readonly currency: string }

/** The last of several: a bank may print a page's balances and the statement's. Undefined where there is none that can be read. */
function balanceIn(fields: readonly Mt940Field[], tag: '60' | '62'): NamedBalance | undefined {
  const field = fields.findLast((each) => each.tag === `${tag}F` || each.tag === `${tag}M`)
  const [, mark, date = '', currency, amount = ''] = BALANCE.exec(shortText(field)) ?? []
  if (!field || currency === undefined) return undefined
  const sen = senOf(amount)
  const isIntermediate = field.tag.endsWith('M')
  const balance =
    sen === undefined ? null : { sen: mark === 'D' ? -sen : sen, on: dateOf(date) ?? null, isIntermediate }
  return { currency, balance }
}

/** `261120`. Statements older than 2000 are none of ours. */
function dateOf(text: string): BusinessDate | undefined {
  return parseBusinessDate(`20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`)
}

/** `1231` beside a value date in January is last year's. */
function nearestYear(monthDay: string, near: BusinessDate): BusinessDate | undefined {
  const year = Number(near.slice(0, 4))
  const days = `${monthDay.slice(0, 2)}-${monthDay.slice(2)}`
  const earliest = addDays(near, -183)
  const latest = addDays(near, 183)
  return [year, year - 1, year + 1]
    .map((each) => parseBusinessDate(`${each}-${days}`))
    .find((date) => date !== undefined && date >= earliest && date <= latest)
}
