/**
 * The lines of an MT940 file, cut into fields: SWIFT's envelope taken off, texts of several lines joined, times kept apart from tags.
 *
 * ```
 * {1:F01…}{2:O940…}{4:        blocks 1 to 3 stand before the text, which is block 4
 * :20: :25: :28C: :60F:       head
 * :61: :86: :61: :86: …       movements; here a line of a text may begin like a tag: `…T16` and on the next line `:26:37`
 * :62F: :64: :65: :86:        end; the last :86: is about the statement
 * -}                          end of block 4
 * ```
 * Promises one pass over the text. Refuses to know dates and amounts.
 */

export type Mt940Field = { readonly tag: string; readonly text: string }
export type Mt940Fields =
  | { readonly kind: 'fields'; readonly fields: readonly Mt940Field[] }
  | { readonly kind: 'broken'; readonly detail: string }

const TAG = /^:(\d{2}[A-Z]?):/
const KNOWN = new Set([
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
])
/** What may follow a movement or its text. */
const AFTER_MOVEMENT = new Set(['61', '86', '62F', '62M', '64', '65', '90C', '90D'])
const HOUR_AT_END = /(?:[01]\d|2[0-3])$/
const MINUTES_AT_START = /^:[0-5]\d(?::[0-5]\d)?(?!\d)/
const BLOCK = /^\{[1-5S]:/
const BLOCK_FOUR = '{4:'

/** One field per tag, its further lines joined by line feeds. */
export function fieldsOf(text: string): Mt940Fields {
  const fields: { tag: string; lines: string[] }[] = []
  let isInBlock = false
  let hasBlocks = false
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    let body = line
    if (BLOCK.test(line.slice(0, 3))) {
      const at = line.indexOf(BLOCK_FOUR)
      if (isInBlock) return broken('expected block 4 to end with -} before another begins')
      hasBlocks = true
      if (at < 0) continue
      isInBlock = true
      body = line.slice(at + BLOCK_FOUR.length)
    }
    if (body === '}' || body.startsWith('-}')) isInBlock = false
    if (body === '' || body === '-' || body === '}' || body.startsWith('-}')) continue
    const last = fields.at(-1)
    const tag = TAG.exec(body)?.[1]
    if (tag !== undefined && !(last && isTimeInText(last, tag, body))) {
      if (!KNOWN.has(tag)) return broken(`expected the tags of MT940, got :${tag}:`)
      fields.push({ tag, lines: [body.slice(tag.length + 2)] })
    } else if (last) last.lines.push(body)
    else return broken('expected lines that begin with a tag, as :61:')
  }
  if (hasBlocks && isInBlock) return broken('expected block 4 to end with -}')
  return { kind: 'fields', fields: fields.map(({ tag, lines }) => ({ tag, text: lines.join('\n') })) }
}

/** `:20:` opens a statement. What stands before the first is no statement's. */
export function statementsOf(fields: readonly Mt940Field[]): readonly (readonly Mt940Field[])[] {
  const parts: Mt940Field[][] = []
  for (const field of fields) {
    if (field.tag === '20' || parts.length === 0) parts.push([])
    parts.at(-1)?.push(field)
  }
  return parts
}

/** Within a text after an hour, `:26:37` is a time; a tag that belongs there is a tag all the same. */
function isTimeInText(
  last: { readonly tag: string; readonly lines: readonly string[] },
  tag: string,
  line: string,
): boolean {
  if (last.tag !== '86' || AFTER_MOVEMENT.has(tag)) return false
  return HOUR_AT_END.test((last.lines.at(-1) ?? '').slice(-2)) && MINUTES_AT_START.test(line.slice(0, 8))
}

function broken(detail: string): Mt940Fields {
  return { kind: 'broken', detail }
}
