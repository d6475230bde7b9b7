/** An e-mail with an attachment, as it goes over the wire. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EmailMessage, mimeMessage } from '../../../shared/notices/email-message.ts'

const message = (changed: Partial<EmailMessage> = {}): EmailMessage => ({
  from: 'iuran@hub.example',
  to: ['keuangan@example.id'],
  subject: 'indomaret 2026-11-20: reconciled',
  text: 'Rp1.500\n',
  attachment: { name: 'statement.xlsx', type: 'application/x-test', bytes: Buffer.from([1, 2, 3]) },
  ...changed,
})
const written = (changed: Partial<EmailMessage> = {}) => Buffer.from(mimeMessage(message(changed))).toString('ascii')

/** As a mail program reads it. */
function read(text: string) {
  const boundary = /boundary="([^"]+)"/.exec(text)?.[1] ?? ''
  const parts = text.split(`--${boundary}`)
  const body = (part = '') => Buffer.from(part.slice(part.indexOf('\r\n\r\n')), 'base64')
  const subject = (/^Subject: (.*(?:\r\n .*)*)/m.exec(parts[0] ?? '')?.[1] ?? '')
    .replaceAll('\r\n ', '')
    .replaceAll(/=\?utf-8\?B\?([^?]*)\?=/g, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'))
  return { subject, text: body(parts[1]).toString('utf8'), attachment: body(parts[2]), parts: parts.length }
}

describe('a message', () => {
  test('reads back for any subject, text and attachment', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => text.isWellFormed()),
        fc.string({ unit: 'grapheme', maxLength: 2_000 }).filter((text) => text.isWellFormed()),
        fc.uint8Array({ maxLength: 2_000 }),
        (subject, text, bytes) => {
          const attachment = { ...message().attachment, bytes }
          const back = read(written({ subject, text, attachment }))
          expect([back.subject, back.text, back.parts]).toEqual([subject, text, 4])
          expect(back.attachment.equals(Buffer.from(bytes))).toBe(true)
        },
      ),
    )
  })
  test('has lines that every server takes', () => {
    const bytes = new Uint8Array(10_000)
    const text = written({ subject: 'Ringkasan – é'.repeat(20), attachment: { ...message().attachment, bytes } })
    for (const line of text.split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(110)
      expect(line).not.toMatch(/[\r\n]/)
    }
  })
  test('takes no second header by its subject', () => {
    expect(written({ subject: 'a\r\nBcc: thief@example.id' })).not.toMatch(/^Bcc/m)
  })
  test.each([
    { to: ['a@b.id\r\nBcc: c@d.id'] },
    { from: 'x y@b.id' },
    { attachment: { ...message().attachment, name: 'a".xlsx' } },
    { attachment: { ...message().attachment, name: 'a\r\n.xlsx' } },
  ])('is refused where an address or a name could break its line: %j', (changed) => {
    expect(() => mimeMessage(message(changed))).toThrow(RangeError)
  })
})
