/**
 * Lines whose fields stand between separators: the shape of three retail layouts and, with quotes, of one bank's.
 *
 * Promises: the header is exact, a line has exactly as many fields as it, and anything else is put aside. What a layout says of
 * itself is data: which field is which column, how money and times are written. Knows no channel's words.
 */
import type { BusinessDate } from '../../domain/instant.ts'
import { rupiah } from '../../domain/money.ts'
import type { FileTotals } from '../../domain/settlement/line.ts'
import { type Cutter, fieldOf, fieldsOf, newCut } from './cut-line.ts'
import { countOf, type LineFormat, type LineReading, type MoneyForm, readLine, sumOf, unreadable } from './fields.ts'
import type { FileFormat } from './read-file.ts'

export type DelimitedFormat = LineFormat & {
  readonly cut: Cutter
  readonly header: { readonly text: string } | { readonly check: FileFormat['header'] }
  /** How many fields a data line has. */
  readonly fields: number
  /** What the first field of every data line says, where the layout marks them. */
  readonly mark?: string
  /** The first field of the trailer, and the places of lines, sum of amounts, sum of fees and net in it. */
  readonly trailer: {
    readonly tag: string
    readonly fields: number
    readonly at: readonly [lines: number, amount: number, fee: number, net: number]
  }
}

export function delimitedFormat(format: DelimitedFormat): FileFormat {
  const { cut, header, money, names, fields, mark, trailer } = format
  const line = newCut()
  const quotedTag = `"${trailer.tag}`
  return {
    header: 'check' in header ? header.check : (text) => exactHeader(cut, text, header.text),
    isTrailer: (text, from, to) => {
      // Asked of every line, so cheap first.
      if (!text.startsWith(trailer.tag, from) && !text.startsWith(quotedTag, from)) return false
      return cut(line, text, from, to) && fieldOf(line, 0) === trailer.tag
    },
    timeField: names.at,
    trailer: (text) => {
      const parts = fieldsOf(cut, text) ?? []
      return parts.length === trailer.fields
        ? totalsOf(
            trailer.at.map((place) => parts[place] ?? ''),
            money,
          )
        : undefined
    },
    data: (text, from, to, number): LineReading => {
      if (!cut(line, text, from, to)) return unreadable(number, 'UNREADABLE_FIELD')
      const isOfLayout = line.count === fields && (mark === undefined || fieldOf(line, 0) === mark)
      return isOfLayout ? readLine(line, number, format) : unreadable(number, 'WRONG_FIELD_COUNT')
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

function exactHeader(cut: Cutter, text: string, expected: string): ReturnType<FileFormat['header']> {
  const found = fieldsOf(cut, text)
  const names = fieldsOf(cut, expected) ?? []
  if (found && found.length === names.length && names.every((name, i) => name === found[i])) return undefined
  return { code: 'LAYOUT_CHANGED', detail: `expected the header ${expected}` }
}

/** For layouts whose header names their date. Undefined: it is the day. */
export function dayOfHeader(text: string, date: BusinessDate): ReturnType<FileFormat['header']> {
  if (text === date.replaceAll('-', '')) return undefined
  return { code: 'WRONG_DAY', detail: `expected the header to name ${date}` }
}
