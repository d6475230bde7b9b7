import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LINE_LIMIT, readLines } from '../../../../shared/protocols/settlement-file/text-lines.ts'
import { pieces } from '../../../support/settlement-reading.ts'

async function linesOf(content: string | Uint8Array, size = 65_536) {
  const lines: (string | undefined)[] = []
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const read = await readLines(pieces(bytes, size), (text, line, from, to) => {
    lines.push(text?.slice(from, to))
    expect(line).toBe(lines.length)
    return false
  })
  return { read, lines }
}

describe('lines', () => {
  test('are what stands between line feeds, whatever pieces the bytes come in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a-zé€😀 ]{0,12}$/u), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (texts, size) => {
          const whole = `${texts.join('\n')}\n`
          expect((await linesOf(whole, size)).lines).toEqual(texts)
        },
      ),
    )
  })

  test('may end without a line feed, and there are none in an empty file', async () => {
    expect((await linesOf('a\nb')).lines).toEqual(['a', 'b'])
    expect(await linesOf('')).toEqual({ read: { kind: 'read', lines: 0, bytes: 0 }, lines: [] })
    expect((await linesOf('\n\n')).lines).toEqual(['', ''])
  })

  test('up to the limit are read, longer ones are counted without being held', async () => {
    const longest = 'x'.repeat(LINE_LIMIT)
    const { lines } = await linesOf(`${longest}\n${longest}x\nshort\n`, 1_000)
    expect(lines).toEqual([longest, undefined, 'short'])
  })

  test('that never end do not fill the memory', async () => {
    const piece = Buffer.alloc(1024 * 1024, 'x')
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 64; i++) yield piece
    }
    const seen: (string | undefined)[] = []
    const read = await readLines(endless(), (text) => seen.push(text) < 0)
    expect(read).toEqual({ kind: 'read', lines: 1, bytes: 64 * 1024 * 1024 })
    expect(seen).toEqual([undefined])
  })

  test('are read no further than asked', async () => {
    let given = 0
    async function* bytes(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given++
        yield Buffer.from('one\ntwo\n')
      }
    }
    expect(await readLines(bytes(), (_, line) => line === 3)).toEqual({ kind: 'stopped' })
    expect(given).toBe(2)
  })
})

describe('another encoding is named with the line in which it shows', () => {
  test.each([
    ['byte-order-mark', 1, Buffer.from('\ufeffa\n')],
    ['byte-order-mark', 2, Buffer.from('a\n\ufeffb\n')],
    ['carriage-return', 1, Buffer.from('a\r\nb\r\n')],
    ['zero-byte', 1, Buffer.from('ab\0\n')],
    ['utf-16', 1, Buffer.from([0xff, 0xfe, 0x61, 0x00])],
    ['utf-16', 1, Buffer.from([0xfe, 0xff, 0x00, 0x61])],
    ['utf-16', 1, Buffer.from('a\n', 'utf16le')],
    ['not-utf8', 2, Buffer.from('a\nb\ufffd\n')],
    ['not-utf8', 1, Buffer.from([0x61, 0xc3, 0x28, 0x0a])],
    ['not-utf8', 1, Buffer.from([0x61, 0xc3])],
    ['not-utf8', 1, Buffer.from([0xc0, 0xaf])],
    ['not-utf8', 1, Buffer.from([0xed, 0xa0, 0x80])],
  ])('%s in line %i', async (detail, line, bytes) => {
    const size = line === 1 ? 65_536 : 2
    expect((await linesOf(bytes, size)).read).toEqual({ kind: 'wrong-encoding', line, detail })
  })

  test('also where a piece ends in the middle of its mark', async () => {
    expect((await linesOf(Buffer.from('\ufeffa\n'), 1)).read).toMatchObject({ detail: 'byte-order-mark' })
    expect((await linesOf(Buffer.from([0xff, 0xfe, 0x61, 0x00]), 1)).read).toMatchObject({ kind: 'wrong-encoding' })
  })
})
