/** Sealed bytes: what went in comes out, in whatever pieces it travels, and nothing that was touched comes out at all. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Defect } from '../../../../shared/runtime/faults.ts'
import { openedBytes, openWhole, sealedBytes, sealWhole } from '../../../../shared/store/files/sealed-bytes.ts'
import { date } from '../../../support/facts.ts'

const CHUNK = 65_536
const SEALED_CHUNK = CHUNK + 16
const KEY = { purpose: 'kept', day: date('2026-11-20'), key: Buffer.alloc(32, 1) } as const
const keys = { of: async () => KEY.key }

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts)
}

const patterned = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255))
const headerOf = (sealed: Buffer) => sealed.indexOf(10) + 1
const LENGTHS = [0, 1, 15, 16, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 17, 300_000]

describe('sealed bytes', () => {
  test.each(LENGTHS)('of %i come back as they went in, sealed at once or in passing', async (length) => {
    const plain = patterned(length)
    const { length: promised, bytes } = sealedBytes(KEY, inPieces(plain, 10_007), length)
    const passed = await whole(bytes())
    expect(passed.length).toBe(promised)
    const once = sealWhole(KEY, plain)
    expect(once.length).toBe(promised)
    for (const sealed of [passed, once]) {
      expect((await openWhole(inPieces(sealed, 4_099), keys)).equals(plain)).toBe(true)
    }
    expect(once.equals(passed)).toBe(false)
  })

  test('come back however they travel', async () => {
    const anyLength = fc.oneof(fc.integer({ min: 0, max: 500 }), fc.integer({ min: CHUNK - 40, max: 2 * CHUNK + 40 }))
    await fc.assert(
      fc.asyncProperty(anyLength, fc.integer({ min: 1, max: 70_000 }), async (length, size) => {
        const plain = patterned(length)
        const sealed = sealWhole(KEY, plain)
        // Byte by byte is for the header alone: a chunk of it takes long.
        const step = Math.max(size, Math.ceil(sealed.length / 500))
        expect((await whole(openedBytes(inPieces(sealed, step), keys))).equals(plain)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('say in their header which key they need, and nothing of what they hold', async () => {
    const asked: unknown[] = []
    const sealed = sealWhole(KEY, Buffer.from('3578011203850001'))
    const of = async (name: object) => {
      asked.push(name)
      return KEY.key
    }
    await openWhole(inPieces(sealed, 1), { of })
    expect(asked).toEqual([{ purpose: 'kept', day: '2026-11-20' }])
    expect(sealed.includes('3578')).toBe(false)
  })

  test('are not begun longer or shorter than they were said to be', async () => {
    for (const said of [9, 11, CHUNK, 0]) {
      const { bytes } = sealedBytes(KEY, inPieces(patterned(10), 3), said)
      await expect(whole(bytes())).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    }
  })

  test('without a header are plain, also where they begin like one', async () => {
    const plains = ['', 'h', 'hub-seal', 'hub-sealer', 'KPJ;nominal\n'].map((text) => Buffer.from(text))
    for (const plain of [...plains, patterned(70_000)])
      expect((await openWhole(inPieces(plain, 3_001), keys)).equals(plain)).toBe(true)
  })

  test('let go of their source when nobody reads on', async () => {
    let closed = false
    async function* source() {
      try {
        yield* inPieces(sealWhole(KEY, patterned(5 * CHUNK)), 1_000)
      } finally {
        closed = true
      }
    }
    for await (const _ of openedBytes(source(), keys)) break
    expect(closed).toBe(true)
  })
})

describe('sealed bytes are refused', () => {
  const PLAIN = patterned(3 * CHUNK + 100)
  const SEALED = sealWhole(KEY, PLAIN)
  const START = headerOf(SEALED)
  const flip = (at: number) => {
    const changed = Buffer.from(SEALED)
    changed[at] = (changed[at] ?? 0) ^ 1
    return changed
  }
  const chunk = (number: number) => SEALED.subarray(START + number * SEALED_CHUNK, START + (number + 1) * SEALED_CHUNK)
  const head = SEALED.subarray(0, START)
  const other = sealWhole(KEY, PLAIN)
  const rows: readonly [string, Buffer][] = [
    ['with a byte of the first chunk changed', flip(START + 5)],
    ['with a byte of a tag changed', flip(START + SEALED_CHUNK - 1)],
    ['with a byte of the last chunk changed', flip(SEALED.length - 20)],
    ['with a byte of the salt changed', flip(START - 10)],
    ['cut off between two chunks', SEALED.subarray(0, START + 2 * SEALED_CHUNK)],
    ['cut off in a chunk', SEALED.subarray(0, START + SEALED_CHUNK + 100)],
    ['cut off in a tag', SEALED.subarray(0, SEALED.length - 3)],
    ['cut off after the header', head],
    ['cut off in the header', SEALED.subarray(0, 40)],
    ['with bytes after the end', Buffer.concat([SEALED, Buffer.from('x')])],
    ['with the end twice', Buffer.concat([SEALED, chunk(3)])],
    ['with two chunks in another order', Buffer.concat([head, chunk(1), chunk(0), chunk(2), chunk(3)])],
    ['with a chunk left out', Buffer.concat([head, chunk(0), chunk(2), chunk(3)])],
    [
      'with a chunk of other bytes',
      Buffer.concat([head, other.subarray(START, START + SEALED_CHUNK), SEALED.subarray(START + SEALED_CHUNK)]),
    ],
    ['under the header of other bytes', Buffer.concat([other.subarray(0, START), SEALED.subarray(START)])],
    ['said to be of another day', Buffer.from(SEALED.toString('latin1').replace('2026-11-20', '2026-11-21'), 'latin1')],
    ['said to be for another purpose', Buffer.from(SEALED.toString('latin1').replace('"kept"', '"lists"'), 'latin1')],
    ['of another version', Buffer.from(SEALED.toString('latin1').replace('"v":1', '"v":2'), 'latin1')],
    ['under a header that never ends', Buffer.concat([Buffer.from('hub-sealed '), Buffer.alloc(5_000, 120)])],
  ]
  test.each(rows)('%s', async (_, changed) => {
    const opening = openWhole(inPieces(changed, 30_011), keys)
    await expect(opening).rejects.toBeInstanceOf(Defect)
    await expect(opening).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  test('under another key', async () => {
    const wrong = { of: async () => Buffer.alloc(32, 2) }
    await expect(openWhole(inPieces(SEALED, 30_011), wrong)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  test('whatever was done to one byte of them, and no byte of that chunk came before', async () => {
    const small = sealWhole(KEY, Buffer.from('a line of a file\n'))
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Buffer.from(small)
        changed[at] = (changed[at] ?? 0) ^ mask
        const came: Uint8Array[] = []
        const read = (async () => {
          for await (const part of openedBytes(inPieces(changed, 64), keys)) came.push(part)
        })()
        // A header that is none any more: the bytes pass as they are, which are no file of anybody's.
        if (at < 11) return void (await read)
        await expect(read).rejects.toBeInstanceOf(Defect)
        expect(came).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
