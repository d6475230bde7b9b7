/**
 * Lines whose fields stand between separators: the shape of three retail layouts and, with quotes, of one bank's.
 *
 * Promises: the header is exact, a line has exactly as many fields as it, and a quote opens and closes a whole field or the
 * line is put aside. A separator inside a field is only possible between quotes. Knows no channel's words.
 */
import type { BusinessDate } from '../../domain/instant.ts'
import { rupiah } from '../../domain/money.ts'
import type { FileTotals } from '../../domain/settlement/line.ts'
import {
  type ColumnNames,
  type Columns,
  countOf,
  type LineReading,
  type MoneyForm,
  readLine,
  sumOf,
  unreadable,
} from './fields.ts'
import type { FileFormat } from './read-file.ts'

export type Split = (text: string) => readonly string[] | undefined

export type DelimitedFormat = {
  readonly split: Split
  readonly header: { readonly text: string } | { readonly check: FileFormat['header'] }
  /** What a data line begins with, where the layout marks them. */
  readonly fields: number
  readonly money: MoneyForm
  readonly names: ColumnNames
  /** Undefined: not a data line of this layout. */
  readonly columns: (fields: readonly string[]) => Columns | undefined
  /** The first field of the trailer, and the places of lines, sum of amounts, sum of fees and net in it. */
  readonly trailer: {
    readonly tag: string
    readonly fields: number
    readonly at: readonly [lines: number, amount: number, fee: number, net: number]
  }
}

export function delimitedFormat(format: DelimitedFormat): FileFormat {
  const { split, header, fields, money, names, columns, trailer } = format
  // Asked of every line, so cheap first.
  const opensLike = new RegExp(`^"?${trailer.tag}`)
  return {
    header: 'check' in header ? header.check : (text) => exactHeader(split, text, header.text),
    isTrailer: (text) => opensLike.test(text) && split(text)?.[0] === trailer.tag,
    timeField: names.at,
    trailer: (text) => {
      const parts = split(text) ?? []
      return parts.length === trailer.fields
        ? totalsOf(
            trailer.at.map((place) => parts[place] ?? ''),
            money,
          )
        : undefined
    },
    data: (text, line): LineReading => {
      const parts = split(text)
      if (!parts) return unreadable(line, 'UNREADABLE_FIELD')
      const found = parts.length === fields ? columns(parts) : undefined
      return found ? readLine(found, line, money, names) : unreadable(line, 'WRONG_FIELD_COUNT')
    },
  }
}

/** Lines, sum of amounts, sum of fees, net; undefined when one of them is no number of the layout. */
export function totalsOf(texts: readonly string[], money: MoneyForm): FileTotals | undefined {
  const [first = '', ...rest] = texts
  const lines = countOf(first, money === 'padded' ? 'padded' : 'whole')
  const [amount, fee, net] = rest.map((text) => sumOf(text, money))
  if (lines === undefined || amount === undefined || fee === undefined || net === undefined) return undefined
  return { lines, amount: rupiah(amount), fee: rupiah(fee), net: rupiah(net) }
}

/** Fields that hold no separator. */
export function plainFields(separator: string): Split {
  return (text) => text.split(separator)
}

/** Fields that may stand between quotes, a quote inside them doubled (RFC 4180). Undefined when the quotes do not close. */
export function quotedFields(separator: string): Split {
  return (text) => {
    if (!text.includes('"')) return text.split(separator)
    const fields: string[] = []
    for (let at = 0; at <= text.length; ) {
      const field = fieldAt(text, at, separator)
      if (!field) return undefined
      fields.push(field.value)
      at = field.end + 1
    }
    return fields
  }
}

function fieldAt(text: string, at: number, separator: string): { value: string; end: number } | undefined {
  if (text[at] !== '"') {
    const next = text.indexOf(separator, at)
    const end = next < 0 ? text.length : next
    const value = text.slice(at, end)
    return value.includes('"') ? undefined : { value, end }
  }
  let close = text.indexOf('"', at + 1)
  while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
  const end = close + 1
  if (close < 0 || (end < text.length && text[end] !== separator)) return undefined
  return { value: text.slice(at + 1, close).replaceAll('""', '"'), end }
}

function exactHeader(split: Split, text: string, expected: string): ReturnType<FileFormat['header']> {
  const found = split(text)
  const names = split(expected) ?? []
  if (found && found.length === names.length && names.every((name, i) => name === found[i])) return undefined
  return { code: 'LAYOUT_CHANGED', detail: `expected the header ${expected}` }
}

/** For layouts whose header names their date. Undefined: it is the day. */
export function dayOfHeader(text: string, date: BusinessDate): ReturnType<FileFormat['header']> {
  if (text === date.replaceAll('-', '')) return undefined
  return { code: 'WRONG_DAY', detail: `expected the header to name ${date}` }
}
