/**
 * Where the fields of a line begin and end, without a text for each: a million lines are cut in place.
 *
 * Promises: a field is exactly what stands between two separators or in its columns; a quote opens and closes a whole field or
 * the line cannot be read. A cut is good until the next line is cut with it. Knows no channel's words.
 */

/** Fields of one line as ranges of `text`. `count` is how many there are, also where there are more than fit. */
export type Cut = { text: string; count: number; readonly starts: Int32Array; readonly ends: Int32Array }

/** Cuts the line that stands in `text` from `from` to before `to`. False: it cannot be read as fields. */
export type Cutter = (cut: Cut, text: string, from: number, to: number) => boolean

/** More than any layout has. */
const MOST_FIELDS = 32
const QUOTE = 0x22
const BLANK = 0x20

export function newCut(): Cut {
  return { text: '', count: 0, starts: new Int32Array(MOST_FIELDS), ends: new Int32Array(MOST_FIELDS) }
}

export function fieldOf({ text, starts, ends }: Cut, field: number): string {
  return text.slice(starts[field], ends[field])
}

/** All fields as texts: for the two lines of a file that are no data. Undefined when it cannot be read as fields. */
export function fieldsOf(cutter: Cutter, text: string): readonly string[] | undefined {
  const cut = newCut()
  if (!cutter(cut, text, 0, text.length) || cut.count > MOST_FIELDS) return undefined
  return Array.from({ length: cut.count }, (_, field) => fieldOf(cut, field))
}

/** Fields that hold no separator. */
export function plainFields(separator: string): Cutter {
  const code = separator.charCodeAt(0)
  return (cut, text, from, to) => {
    let count = 0
    let start = from
    for (let at = from; at < to; at++) {
      if (text.charCodeAt(at) !== code) continue
      place(cut, count++, start, at)
      start = at + 1
    }
    place(cut, count++, start, to)
    cut.text = text
    cut.count = count
    return true
  }
}

/** Fields that may stand between quotes, a quote inside them doubled (RFC 4180). */
export function quotedFields(separator: string): Cutter {
  const code = separator.charCodeAt(0)
  const withDoubledQuotes = doubledQuotes(separator)
  return (cut, text, from, to) => {
    let count = 0
    for (let at = from; at <= to; ) {
      const isQuoted = at < to && text.charCodeAt(at) === QUOTE
      const start = isQuoted ? at + 1 : at
      let end = start
      while (end < to && text.charCodeAt(end) !== (isQuoted ? QUOTE : code)) {
        if (text.charCodeAt(end) === QUOTE) return false
        end++
      }
      if (isQuoted && end + 1 < to && text.charCodeAt(end + 1) === QUOTE) return withDoubledQuotes(cut, text, from, to)
      const after = isQuoted ? end + 1 : end
      if ((isQuoted && end >= to) || (after < to && text.charCodeAt(after) !== code)) return false
      place(cut, count++, start, end)
      at = after + 1
    }
    cut.text = text
    cut.count = count
    return true
  }
}

/** Columns of fixed widths, counted in characters. A line of another length is no line of the layout. */
export function fixedWidths(widths: readonly number[], filledWithBlanks: readonly number[] = []): Cutter {
  const length = widths.reduce((sum, width) => sum + width, 0)
  return (cut, text, from, to) => {
    if (to - from !== length) return false
    let at = from
    for (let field = 0; field < widths.length; field++) {
      place(cut, field, at, at + (widths[field] as number))
      at = cut.ends[field] as number
    }
    for (const field of filledWithBlanks) {
      const start = cut.starts[field] as number
      let end = cut.ends[field] as number
      while (end > start && text.charCodeAt(end - 1) === BLANK) end--
      cut.ends[field] = end
    }
    cut.text = text
    cut.count = widths.length
    return true
  }
}

function place(cut: Cut, field: number, start: number, end: number): void {
  if (field >= MOST_FIELDS) return
  cut.starts[field] = start
  cut.ends[field] = end
}

/** Rare: here the fields are not what stands in the line, so they are put into a text of their own. */
function doubledQuotes(separator: string): Cutter {
  return (cut, text, from, to) => {
    const line = text.slice(from, to)
    let [own, count] = ['', 0]
    for (let at = 0; at <= line.length; ) {
      const field = fieldAt(line, at, separator)
      if (!field) return false
      place(cut, count++, own.length, own.length + field.value.length)
      own += field.value
      at = field.end + 1
    }
    cut.text = own
    cut.count = count
    return true
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
