/**
 * Plain XML as banks write it: elements, attributes, text. What makes XML dangerous is refused before a parser sees it:
 * document types, entities of one's own, processing instructions; depth is limited.
 *
 * Promise: never throws; a reference is one of the five that XML has or a number, so text is never longer than the file.
 */
import { XMLParser } from 'fast-xml-parser'

export type XmlElement = {
  readonly attribute: (name: string) => string | undefined
  readonly text: string
  /** Children of this name, in order. Namespace prefixes are dropped. */
  readonly all: (name: string) => readonly XmlElement[]
  /** Without a look at the others: a lookup costs the same however many there are. */
  readonly first: (name: string) => XmlElement | undefined
  /** The text of the first element on this path, '' where there is none. */
  readonly at: (...path: readonly string[]) => string
}

export type PlainXml =
  /** `namespaces`: those that the outermost element declares; one that stands in a comment or in a text is none. */
  | { readonly kind: 'xml'; readonly root: XmlElement; readonly namespaces: readonly string[] }
  | { readonly kind: 'not-plain'; readonly detail: string }
  | { readonly kind: 'broken' }

const DEPTH_LIMIT = 24
const ATTRIBUTE = '@'
const TEXT = '#text'

export function readPlainXml(text: string): PlainXml {
  const danger = dangerIn(text)
  if (danger) return { kind: 'not-plain', detail: danger }
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: ATTRIBUTE,
    textNodeName: TEXT,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    parseAttributeValue: false,
    // Resolved below, after the parser: it then has nothing to expand.
    processEntities: false,
    maxNestedTags: DEPTH_LIMIT,
    isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
  })
  try {
    return { kind: 'xml', root: elementOf(parser.parse(text, true)), namespaces: namespacesOf(text) }
  } catch {
    return { kind: 'broken' }
  }
}

function dangerIn(text: string): string | undefined {
  if (/<!(?!--|\[CDATA\[)/.test(text)) return 'expected no document type and no declarations'
  if (/<\?(?!xml[ \t\r\n])/.test(text)) return 'expected no processing instructions'
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/.test(withoutCdata(text))) {
    return 'expected no entities but the five of XML'
  }
  return undefined
}

/** What stands between CDATA marks is text, whatever it looks like. By parts: a pattern would look for each end anew. */
function withoutCdata(text: string): string {
  return without(text, '<![CDATA[', ']]>')
}

/** What stands from `start` to the next `end` goes; without an end, all that follows. */
function without(text: string, start: string, end: string): string {
  const [before = '', ...sections] = text.split(start)
  const after = sections.map((section) => {
    const at = section.indexOf(end)
    return at < 0 ? '' : section.slice(at + end.length)
  })
  return [before, ...after].join('')
}

/** Sticky: asked at one place only, so that a quote without its end costs one look. */
const START_TAG = /<[A-Za-z_](?:[^<>"']|"[^"]*"|'[^']*')*>/y

function namespacesOf(text: string): readonly string[] {
  const plain = without(text, '<!--', '-->')
  START_TAG.lastIndex = Math.max(0, plain.search(/<[A-Za-z_]/))
  const [outermost = ''] = START_TAG.exec(plain) ?? []
  return [...outermost.matchAll(/\sxmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)["']/g)].map(([, name = '']) => name)
}

function elementOf(node: unknown): XmlElement {
  const fields = typeof node === 'object' && node !== null ? (node as Readonly<Record<string, unknown>>) : {}
  const own = typeof node === 'string' ? node : fields[TEXT]
  const childrenOf = (name: string): readonly unknown[] => {
    const children = Object.hasOwn(fields, name) ? fields[name] : []
    return Array.isArray(children) ? children : []
  }
  const first = (name: string): XmlElement | undefined => {
    const children = childrenOf(name)
    return children.length === 0 ? undefined : elementOf(children[0])
  }
  const element: XmlElement = {
    attribute: (name) => {
      const value = fields[`${ATTRIBUTE}${name}`]
      return typeof value === 'string' ? resolved(value) : undefined
    },
    text: typeof own === 'string' ? resolved(own).trim() : '',
    all: (name) => childrenOf(name).map(elementOf),
    first,
    at: (...path) => path.reduce<XmlElement | undefined>((at, name) => at?.first(name), element)?.text ?? '',
  }
  return element
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function resolved(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));/g, (whole, name, decimal, hex) => {
    if (name) return NAMED[name] ?? whole
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
