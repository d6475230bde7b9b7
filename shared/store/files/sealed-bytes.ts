/**
 * Bytes of any length, sealed under a day's key in chunks, so that they are written and read as a stream.
 *
 * ```
 * hub-sealed {"v":1,"purpose":"kept","day":"2026-11-22","salt":"<32 bytes, base64>"}\n      the header
 * <64 KiB> <tag> <64 KiB> <tag> … <the rest, maybe nothing> <tag>                            the chunks
 * ```
 * AES-256-GCM under a key of these bytes' own (HKDF-SHA-256 of the day's key with the salt), so a nonce is only a chunk's number and
 * whether it is the last. The header is bound to each chunk. Promise: what was changed, left out, cut off, added or put in another
 * order is refused with the Defect `FILE_UNREADABLE`, at the latest at the end, and no byte of a chunk comes before its tag was right.
 * Bytes without a header pass as they are: they were kept before days had keys (docs/adr/0065-a-key-per-day.md).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { DATA_KEY_PURPOSES } from '../../domain/data-keys.ts'
import { parseBusinessDate } from '../../domain/instant.ts'
import { Defect } from '../../runtime/faults.ts'
import type { DataKey, DataKeyName } from '../data-keys/data-keys.ts'
import type { SealingKeys } from '../data-keys/sealing-keys.ts'

const MARK = Buffer.from('hub-sealed ')
const VERSION = 1
const CHUNK = 65_536
const TAG = 16
const SALT = 32
/** A header is some 120 bytes. */
const LONGEST_HEADER = 512
const LINE_END = 10

type Piece = { readonly bytes: Buffer; readonly isLast: boolean }
type Sealer = { readonly header: Buffer; readonly seal: (piece: Piece, number: number) => Buffer }

export type SealedBytes = { readonly length: number; readonly bytes: () => AsyncGenerator<Uint8Array> }

/** `plain` has exactly so many bytes, or reading ends with a Defect. */
export function sealedBytes(key: DataKey, plain: AsyncIterable<Uint8Array>, plainLength: number): SealedBytes {
  const { header, seal } = sealerOf(key)
  const chunks = Math.max(1, Math.ceil(plainLength / CHUNK))
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield header
    let number = 0
    let left = plainLength
    for await (const piece of piecesOf(plain, CHUNK)) {
      left -= piece.bytes.length
      // Before the last chunk leaves: what was promised to be longer or shorter is never whole anywhere.
      if (left < 0 || (piece.isLast && left !== 0)) throw unreadable('as long as it was said to be')
      yield seal(piece, number++)
    }
  }
  return { length: header.length + plainLength + chunks * TAG, bytes }
}

/** What fits in memory, at once. */
export function sealWhole(key: DataKey, plain: Uint8Array): Buffer {
  const { header, seal } = sealerOf(key)
  const parts = [header]
  for (let at = 0, number = 0; number === 0 || at < plain.length; at += CHUNK, number++) {
    const bytes = Buffer.from(plain.buffer, plain.byteOffset + at, Math.min(CHUNK, plain.length - at))
    parts.push(seal({ bytes, isLast: at + CHUNK >= plain.length }, number))
  }
  return Buffer.concat(parts)
}

export async function* openedBytes(
  sealed: AsyncIterable<Uint8Array>,
  keys: Pick<SealingKeys, 'of'>,
): AsyncGenerator<Uint8Array> {
  const source = sealed[Symbol.asyncIterator]()
  try {
    const { header, rest } = await headerOf(source)
    if (header === null) {
      if (rest.length > 0) yield rest
      yield* restOf(source)
      return
    }
    const { name, salt } = readHeader(header)
    const key = keyOf(await keys.of(name), salt)
    let number = 0
    for await (const piece of piecesOf(restOf(source, rest), CHUNK + TAG)) {
      const plain = openChunk(key, header, piece, number++)
      if (plain.length > 0) yield plain
    }
  } finally {
    await source.return?.()
  }
}

export async function openWhole(sealed: AsyncIterable<Uint8Array>, keys: Pick<SealingKeys, 'of'>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of openedBytes(sealed, keys)) parts.push(part)
  return Buffer.concat(parts)
}

function sealerOf({ purpose, day, key }: DataKey): Sealer {
  const salt = randomBytes(SALT)
  const said = JSON.stringify({ v: VERSION, purpose, day, salt: salt.toString('base64') })
  const header = Buffer.concat([MARK, Buffer.from(`${said}\n`)])
  const own = keyOf(key, salt)
  const seal = (piece: Piece, number: number) => {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(number, piece.isLast))
    cipher.setAAD(header)
    return Buffer.concat([cipher.update(piece.bytes), cipher.final(), cipher.getAuthTag()])
  }
  return { header, seal }
}

function openChunk(key: Buffer, header: Buffer, { bytes, isLast }: Piece, number: number): Buffer {
  try {
    const end = bytes.length - TAG
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: TAG })
    decipher.setAAD(header)
    decipher.setAuthTag(bytes.subarray(end))
    const plain = decipher.update(bytes.subarray(0, end))
    decipher.final()
    return plain
  } catch {
    throw unreadable('as it was sealed')
  }
}

function keyOf(key: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, MARK, 32))
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function readHeader(header: Buffer): { readonly name: DataKeyName; readonly salt: Buffer } {
  try {
    const said = JSON.parse(header.toString('utf8', MARK.length)) as Readonly<Record<string, unknown>>
    const purpose = DATA_KEY_PURPOSES.find((each) => each === said.purpose)
    const day = parseBusinessDate(String(said.day))
    const salt = Buffer.from(String(said.salt), 'base64')
    if (said.v === VERSION && purpose && day && salt.length === SALT) return { name: { purpose, day }, salt }
  } catch {
    // Said below, without a word of what was there.
  }
  throw unreadable(`under a header of version ${VERSION}`)
}

/** The header with its end, and what came with it; null where the bytes are plain. */
async function headerOf(source: AsyncIterator<Uint8Array>): Promise<{ header: Buffer | null; rest: Buffer }> {
  let held: Buffer = Buffer.alloc(0)
  for (;;) {
    if (!held.subarray(0, MARK.length).equals(MARK.subarray(0, held.length))) return { header: null, rest: held }
    const end = held.indexOf(LINE_END)
    if (end >= MARK.length) return { header: held.subarray(0, end + 1), rest: held.subarray(end + 1) }
    if (held.length > LONGEST_HEADER) throw unreadable('under a header of one line')
    const { value, done } = await source.next()
    if (done) {
      if (held.length < MARK.length) return { header: null, rest: held }
      throw unreadable('under a header of one line')
    }
    held = Buffer.concat([held, value])
  }
}

async function* restOf(source: AsyncIterator<Uint8Array>, first?: Uint8Array): AsyncGenerator<Uint8Array> {
  if (first !== undefined && first.length > 0) yield first
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}

/** All of them of this size but the last, which may be empty only where there is no other. Each is memory of its own. */
async function* piecesOf(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let piece = Buffer.allocUnsafe(size)
  let filled = 0
  for await (const bytes of source) {
    for (let at = 0; at < bytes.length; ) {
      if (filled === size) {
        yield { bytes: piece, isLast: false }
        piece = Buffer.allocUnsafe(size)
        filled = 0
      }
      const count = Math.min(size - filled, bytes.length - at)
      piece.set(bytes.subarray(at, at + count), filled)
      filled += count
      at += count
    }
  }
  yield { bytes: piece.subarray(0, filled), isLast: true }
}

function unreadable(expected: string): Defect {
  return new Defect('FILE_UNREADABLE', `expected sealed bytes ${expected}, they are broken or were changed`)
}
