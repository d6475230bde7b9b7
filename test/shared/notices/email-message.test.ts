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
  test('is these lines, as a server reads them', () => {
    const lines = written({ to: ['keuangan@example.id', 'audit@example.id'] }).split('\r\n')
    const [, boundary = ''] = /boundary="(part-[0-9a-f]{32})"/.exec(lines.join()) ?? []
    expect(lines).toEqual([
      'From: iuran@hub.example',
      'To: keuangan@example.id,',
      ' audit@example.id',
      'Subject: indomaret 2026-11-20: reconciled',
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      'UnAxLjUwMAo=',
      `--${boundary}`,
      'Content-Type: application/x-test',
      'Content-Disposition: attachment; filename="statement.xlsx"',
      'Content-Transfer-Encoding: base64',
      '',
      'AQID',
      `--${boundary}--`,
      '',
    ])
    expect(written({ text: 'Rp1.501\n' })).not.toContain(boundary)
    expect(written({ attachment: { ...message().attachment, bytes: Buffer.from([1, 2, 4]) } })).not.toContain(boundary)
  })
  test('is the same bytes again, lines of base64 as long as they may be', () => {
    const bytes = new Uint8Array(100)
    expect(written({ attachment: { ...message().attachment, bytes } })).toContain(
      `\r\n${'A'.repeat(76)}\r\n${'A'.repeat(58)}`,
    )
    expect(written()).toBe(written())
  })
  test('has a subject in plain words as long as it is short, and each word of a longer one fits into its line', () => {
    const subjectOf = (subject: string) => /^Subject: (.*(?:\r\n .*)*)/m.exec(written({ subject }))?.[1]
    expect(subjectOf('a'.repeat(60))).toBe('a'.repeat(60))
    expect(subjectOf('a'.repeat(61))).toBe(
      ['a'.repeat(42), 'a'.repeat(19)]
        .map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`)
        .join('\r\n '),
    )
    expect(subjectOf('Laporan é')).toMatch(/^=\?utf-8\?B\?/)
    expect(subjectOf('é'.repeat(21))?.split('\r\n')).toHaveLength(1)
    expect(subjectOf('é'.repeat(22))?.split('\r\n')).toHaveLength(2)
  })
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
    { attachment: { ...message().attachment, name: '' } },
    { attachment: { ...message().attachment, type: 'a/b\r\nBcc: c@d.id' } },
    { to: ['a@b.id', '\r\nBcc: c@d.id'] },
  ])('is refused where an address or a name could break its line: %j', (changed) => {
    expect(() => mimeMessage(message(changed))).toThrow(RangeError)
  })
})
