/** A file is what its name says, or it is not taken. */
import { expect, test } from 'vitest'
import { attachmentKindOf } from '../../../../shared/domain/settlement/attachment.ts'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const text = (words: string) => Uint8Array.from(Buffer.from(words, 'utf8'))
const PNG = '89504e470d0a1a0a'

test.each([
  ['letter.pdf', text('%PDF-1.7'), 'pdf'],
  ['letter.PDF', text('%PDF-'), 'pdf'],
  ['letter.pdf', text('%PDF'), undefined],
  ['letter.pdf', text(' %PDF-1.7'), undefined],
  ['photo.png', bytes(`${PNG}00`), 'png'],
  ['photo.png', bytes(PNG.replace('0a1a', '0b1a')), undefined],
  ['photo.jpg', bytes('ffd8ffe0'), 'jpg'],
  ['photo.jpeg', bytes('ffd8ffe0'), 'jpg'],
  ['photo.jpeg', bytes('ffd8fee0'), undefined],
  ['sheet.xlsx', bytes('504b030414'), 'xlsx'],
  ['sheet.xlsx', bytes('504b0506'), undefined],
  ['list.csv', text('nama;jumlah\r\n\tSiti;1\n'), 'csv'],
  ['list.v2.txt', text('é'), 'txt'],
  ['list.txt', text(''), undefined],
  ['list.txt', text('a\0'), undefined],
  ['list.txt', text('a\u001b[0m'), undefined],
  ['list.txt', bytes('c3'), undefined],
  ['list.txt', bytes('61c328'), undefined],
  ['list.txt', text('a\u000b\u000c'), 'txt'],
  ['list.txt', text('\u0008'), undefined],
  ['list.txt', text('\u000e'), undefined],
  ['list.txt', text('\u001f'), undefined],
  ['letter.exe', text('%PDF-1.7'), undefined],
  ['letter', text('%PDF-1.7'), undefined],
  ['letter.pdf.', text('%PDF-1.7'), undefined],
] as const)('%s (%#)', (name, content, kind) => {
  expect(attachmentKindOf(name, content)).toBe(kind)
})
