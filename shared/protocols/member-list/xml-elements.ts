/**
 * XML as it comes: opened and closed elements and the text in them, a piece of the file at a time. Entities of the document itself
 * are not known here, so none can unfold; a document that is not well formed throws a ListFault.
 */
import sax from 'sax'
import { ListFault } from './list-fault.ts'

export type Element = {
  readonly kind: 'open' | 'close' | 'text'
  /** Without its prefix; of a text, of the element around it. */
  readonly name: string
  readonly attributes: Readonly<Partial<Record<string, string>>>
  readonly text: string
}

const NO_ATTRIBUTES = {}
const DEEPEST = 32

/** In batches: one promise for each element would take longer than reading them. */
export async function* elementsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Element[]> {
  let batch: Element[] = []
  const open: string[] = []
  const reader = sax.parser(true)
  reader.onopentag = ({ name, attributes }) => {
    const local = localName(name)
    if (open.push(local) > DEEPEST) throw new ListFault('BROKEN_WORKBOOK')
    batch.push({ kind: 'open', name: local, attributes: attributes as Record<string, string>, text: '' })
  }
  reader.onclosetag = () => {
    batch.push({ kind: 'close', name: open.pop() ?? '', attributes: NO_ATTRIBUTES, text: '' })
  }
  reader.ontext = reader.oncdata = (text) => {
    const name = open.at(-1)
    if (name !== undefined) batch.push({ kind: 'text', name, attributes: NO_ATTRIBUTES, text })
  }
  reader.onerror = (cause) => {
    throw new ListFault('BROKEN_WORKBOOK', { cause })
  }
  for await (const text of utf8(bytes)) {
    reader.write(text)
    if (batch.length === 0) continue
    yield batch
    batch = []
  }
  reader.close()
  if (batch.length > 0) yield batch
}

export async function* utf8(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (cause) {
    throw cause instanceof TypeError ? new ListFault('BROKEN_WORKBOOK', { cause }) : cause
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
