/**
 * A column of texts as bytes in one growing buffer: a million ids in the room of their letters, no object per row.
 *
 * Promises that two rows are equal only when all their bytes are; a hash finds, it never decides. Knows nothing of payments.
 */
const encoder = new TextEncoder()
/** A byte order mark within an id is a part of it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export type TextColumn = {
  readonly count: number
  /** Appends a row. */
  readonly push: (text: string) => void
  readonly at: (row: number) => string
  /** Bytes of the row. */
  readonly size: (row: number) => number
  /** Of the row's bytes; 0 for none. */
  readonly hash: (row: number) => number
  /** The bytes of all rows, and where each row ends. Good until the next push. */
  readonly raw: () => { readonly bytes: Uint8Array; readonly ends: Uint32Array }
}

/** `expected` rows and `size` bytes each are room made at once; more is fine. */
export function textColumn(expected = 1_024, expectedSize = 16): TextColumn {
  let bytes = new Uint8Array(expected * expectedSize)
  let ends = new Uint32Array(expected)
  let count = 0
  let used = 0

  const start = (row: number) => (row === 0 ? 0 : (ends[row - 1] as number))
  return {
    get count() {
      return count
    },
    push(text) {
      // Three bytes for each UTF-16 unit is the most that UTF-8 takes.
      if (used + text.length * 3 > bytes.length) bytes = grown(bytes, used + text.length * 3)
      if (count === ends.length) ends = grown(ends, count + 1)
      used = written(text, bytes, used)
      ends[count++] = used
    },
    at: (row) => decoder.decode(bytes.subarray(start(row), ends[row] as number)),
    size: (row) => (ends[row] as number) - start(row),
    hash: (row) => (start(row) === ends[row] ? 0 : hashOf(bytes, start(row), ends[row] as number) || 1),
    raw: () => ({ bytes, ends }),
  }
}

/** Whether two ranges of `size` bytes are the same. */
export function sameBytes(a: Uint8Array, fromA: number, b: Uint8Array, fromB: number, size: number): boolean {
  for (let i = 0; i < size; i++) if (a[fromA + i] !== b[fromB + i]) return false
  return true
}

/** FNV-1a, and then spread: the table takes its place from the low bits, which FNV leaves uneven. */
export function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** ASCII letter by letter, which is what nearly all ids are; everything else through the encoder. */
export function written(text: string, bytes: Uint8Array, from: number): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 0x7f) return from + i + encoder.encodeInto(text.slice(i), bytes.subarray(from + i)).written
    bytes[from + i] = unit
  }
  return from + text.length
}

/** The same values with room for at least `wanted`: the buffer moves, so that there are never two. */
export function grown<T extends Uint8Array | Uint32Array | Float64Array>(array: T, minimum: number): T {
  const length = Math.max(minimum, Math.ceil(array.length * 1.25), 1_024)
  const buffer = (array.buffer as ArrayBuffer).transfer(length * array.BYTES_PER_ELEMENT)
  return new (array.constructor as new (buffer: ArrayBuffer) => T)(buffer)
}
