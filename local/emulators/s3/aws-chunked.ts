/**
 * Takes the `aws-chunked` framing off an S3 request: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n … 0\r\n<trailers>\r\n\r\n`.
 * Bytes pass through as they come; a body that ends early, or is framed wrongly, throws. Signatures are not looked at.
 */
import type { IncomingHttpHeaders } from 'node:http'

export type Unframed = {
  readonly bytes: AsyncIterable<Uint8Array>
  /** Complete once `bytes` has ended. */
  readonly trailers: ReadonlyMap<string, string>
}

const LONGEST_LINE = 4_096

/** The body itself, framed or not. */
export function unframed(headers: IncomingHttpHeaders, body: AsyncIterable<Uint8Array>): Unframed {
  const trailers = new Map<string, string>()
  const isFramed = String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  return { bytes: isFramed ? chunks(body, trailers) : body, trailers }
}

async function* chunks(body: AsyncIterable<Uint8Array>, trailers: Map<string, string>): AsyncGenerator<Uint8Array> {
  const read = readerOf(body)
  for (;;) {
    const size = Number.parseInt((await read.line()).split(';')[0] as string, 16)
    if (!Number.isInteger(size)) throw new Error('expected the size of a chunk in hexadecimal, got something else')
    if (size === 0) break
    yield* read.bytes(size)
    if ((await read.line()) !== '') throw new Error('expected a chunk to end where its size says, it did not')
  }
  for (let line = await read.line(); line !== ''; line = await read.line()) {
    const [name = '', ...value] = line.split(':')
    trailers.set(name.trim().toLowerCase(), value.join(':').trim())
  }
}

function readerOf(body: AsyncIterable<Uint8Array>) {
  const source = body[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)

  async function more(): Promise<void> {
    const { value, done } = await source.next()
    if (done) throw new Error('expected more of the body, it ended')
    held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value])
  }

  return {
    line: async (): Promise<string> => {
      for (;;) {
        const end = held.indexOf('\r\n')
        if (end >= 0) {
          const line = held.toString('latin1', 0, end)
          held = held.subarray(end + 2)
          return line
        }
        if (held.length > LONGEST_LINE) throw new Error('expected a line of the framing, got a very long one')
        await more()
      }
    },
    bytes: async function* (size: number): AsyncGenerator<Uint8Array> {
      for (let left = size; left > 0; ) {
        if (held.length === 0) await more()
        const part = held.subarray(0, left)
        held = held.subarray(part.length)
        left -= part.length
        yield part
      }
    },
  }
}
