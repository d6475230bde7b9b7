/**
 * An e-mail with one attachment as the text that goes over the wire (MIME), for the one call that takes no other form.
 * Promises lines that every server takes, and a header that no subject or file name can add to. Knows no provider.
 */
import { createHash } from 'node:crypto'

export type Attachment = { readonly name: string; readonly type: string; readonly bytes: Uint8Array }
export type EmailMessage = {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly attachment: Attachment
}

const LINE_END = '\r\n'
const LINE_CHARACTERS = 76
/** Bytes of UTF-8 in one encoded word: with its frame it stays within the 75 characters that one may have. */
const WORD_BYTES = 42

/** The same message is the same bytes. Throws a RangeError where an address or a file name could break its line. */
export function mimeMessage({ from, to, subject, text, attachment }: EmailMessage): Uint8Array {
  const unsafe = [from, ...to, attachment.name, attachment.type].find((part) => !/^[\x21-\x7e]+$/.test(part))
  if (unsafe !== undefined || attachment.name.includes('"')) {
    throw new RangeError('expected addresses and a file name of plain characters without blanks')
  }
  const boundary = `part-${createHash('sha256').update(attachment.bytes).update(text).digest('hex').slice(0, 32)}`
  const lines = [
    `From: ${from}`,
    `To: ${to.join(`,${LINE_END} `)}`,
    `Subject: ${encodedWords(subject)}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...base64Lines(Buffer.from(text, 'utf8')),
    `--${boundary}`,
    `Content-Type: ${attachment.type}`,
    `Content-Disposition: attachment; filename="${attachment.name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...base64Lines(attachment.bytes),
    `--${boundary}--`,
    '',
  ]
  return Buffer.from(lines.join(LINE_END), 'ascii')
}

function base64Lines(bytes: Uint8Array): readonly string[] {
  const text = Buffer.from(bytes).toString('base64')
  return text.match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g')) ?? ['']
}

/** RFC 2047, each word whole characters: a subject of plain text is left as it is. */
function encodedWords(subject: string): string {
  if (/^[\x20-\x7e]{0,60}$/.test(subject)) return subject
  const words: string[] = []
  let word = ''
  for (const character of subject) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join(`${LINE_END} `)
}
