/**
 * SWIFT MT940, the older end-of-day statement: several statements in one file, marks C, D, RC and RD, text under `:86:`.
 *
 * Promises: a mark says what a movement did to the account (RC takes a credit back, RD gives a debit back); a line that is
 * none of the format's refuses the file; the year of an entry date is the one nearest to its value date.
 * Own code because the reader at hand loses the mark of a reversal, keeps a movement that it could not read as one of nothing,
 * gives every entry date the year of its value date, and joins the lines of `:86:` so that words grow together.
 */
import { addDays, type BusinessDate, parseBusinessDate } from '../../domain/instant.ts'
import { type Found, type Movement, refusedBank, type StatementFound } from './statement.ts'

type Field = { readonly tag: string; readonly text: string }

const TAG = /^:(\d{2}[A-Z]?):/
/** What a statement may hold; those without a word here say nothing about movements. */
const KNOWN = [
  '20',
  '21',
  '25',
  '28',
  '28C',
  '13D',
  '34F',
  '60F',
  '60M',
  '61',
  '86',
  '62F',
  '62M',
  '64',
  '65',
  '90C',
  '90D',
]
/** Value date, entry date, mark, funds code, amount, kind of movement; then the references of the first line. */
const MOVEMENT = /^(\d{6})(\d{4})?(RC|RD|C|D)([A-Z])?(\d{1,15}),(\d{0,2})([A-Z][A-Z0-9]{3})([^\n]*)/
const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d{1,15}),(\d{0,2})$/

export function readMt940(text: string): Found {
  const fields = fieldsOf(text)
  if (!fields) return refusedBank('LAYOUT_CHANGED', 'expected lines that begin with a tag, as :61:')
  const unknown = fields.find(({ tag }) => !KNOWN.includes(tag))
  if (unknown) return refusedBank('LAYOUT_CHANGED', `expected the tags of MT940, got :${unknown.tag}:`)
  const statements: StatementFound[] = []
  for (const part of parted(fields)) {
    const found = statementOf(part)
    if ('kind' in found) return found
    statements.push(found)
  }
  return { kind: 'found', statements }
}

/** One field per tag, its further lines joined by line feeds. Undefined when a line belongs to no tag. */
function fieldsOf(text: string): readonly Field[] | undefined {
  const fields: { tag: string; text: string }[] = []
  for (const line of text.split(/\r?\n/)) {
    const body = withoutBlocks(line)
    const tag = TAG.exec(body)?.[1]
    if (tag) fields.push({ tag, text: body.slice(tag.length + 2) })
    else if (body === '' || /^-(\}.*)?$/.test(body)) continue
    else {
      const last = fields.at(-1)
      if (!last) return undefined
      last.text += `\n${body}`
    }
  }
  return fields
}

/** SWIFT's blocks 1 to 3 stand before the text, which is block 4. */
function withoutBlocks(line: string): string {
  const text = line.startsWith('{') ? line.indexOf('{4:') : -1
  return text < 0 ? line : line.slice(text + 3)
}

/** `:20:` opens a statement. What stands before the first is no statement's. */
function parted(fields: readonly Field[]): readonly (readonly Field[])[] {
  const parts: Field[][] = []
  for (const field of fields) {
    if (field.tag === '20' || parts.length === 0) parts.push([])
    parts.at(-1)?.push(field)
  }
  return parts
}

function statementOf(fields: readonly Field[]): StatementFound | ReturnType<typeof refusedBank> {
  const textOf = (...tags: readonly string[]) => fields.find(({ tag }) => tags.includes(tag))?.text ?? ''
  if (fields[0]?.tag !== '20') return refusedBank('LAYOUT_CHANGED', 'expected a statement to begin with :20:')
  const movements: Movement[] = []
  for (const [i, field] of fields.entries()) {
    if (field.tag !== '61') continue
    const next = fields[i + 1]
    const movement = movementOf(field.text, next?.tag === '86' ? next.text : '')
    if (!movement)
      return refusedBank('BAD_ENTRY', 'expected :61: with date, mark and whole rupiah', movements.length + 1)
    movements.push(movement)
  }
  const opening = balanceOf(textOf('60F', '60M'))
  const closing = balanceOf(textOf('62F', '62M'))
  const number = textOf('28C', '28')
  const [, sequence, page] = /^(\d{1,5})(?:\/(\d{1,5}))?/.exec(number.trim()) ?? []
  return {
    id: number ? `${textOf('20')}/${number}` : textOf('20'),
    account: textOf('25'),
    number: sequence === undefined ? null : Number(sequence),
    page: page === undefined ? null : Number(page),
    isLastPage: null,
    isCarriedOver: textOf('62F') === '',
    currencies: [opening?.currency, closing?.currency].filter((currency) => currency !== undefined),
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
    movements,
    pending: 0,
  }
}

function movementOf(text: string, remittance: string): Movement | undefined {
  const match = MOVEMENT.exec(text)
  if (!match) return undefined
  const [, value = '', entry, mark, , whole = '', cents = '', code = '', references = ''] = match
  const valueOn = dateOf(value)
  const bookedOn = valueOn && entry ? nearestYear(entry, valueOn) : valueOn
  if (!valueOn || !bookedOn || Number(cents) !== 0) return undefined
  const sign = mark === 'C' || mark === 'RD' ? 1 : -1
  // The bank's own reference follows the double slash; the customer's before it may be anybody's.
  const [, own = ''] = /\/\/(.*)$/.exec(references) ?? []
  const reference = own.trim() === 'NONREF' ? '' : own.trim()
  return { reference, bookedOn, valueOn, amount: Number(whole) * sign, code, remittance: remittance.trim() }
}

function balanceOf(text: string): { readonly amount: number; readonly currency: string } | undefined {
  const [, mark, , currency, whole, cents] = BALANCE.exec(text.trim()) ?? []
  if (!currency || Number(cents) !== 0) return undefined
  return { amount: Number(whole) * (mark === 'D' ? -1 : 1), currency }
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
