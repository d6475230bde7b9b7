/**
 * Reads a bank statement of either format: camt.053 when it begins as XML, MT940 when it begins with a tag or a
 * SWIFT block. Promises: read whole or refused whole with a named code, never throws for bytes.
 */
import type { BankFormat } from '../../domain/settlement/file-version.ts'
import { decodeUtf8, ENCODING_FAULTS } from '../text-encoding.ts'
import { readCamt053 } from './camt053.ts'
import { readMt940 } from './mt940.ts'
import { checked, refusedBank, type StatementReading } from './statement.ts'

/** A statement is in memory whole while it is read; a day of one account is some kilobytes. */
export const STATEMENT_LIMIT_BYTES = 16 * 1024 * 1024

const BYTE_ORDER_MARK = '\ufeff'
const DECLARATION_LENGTH = 1_000

/** `accounts`: the hub's own, in force on the day of reading. */
export function readBankStatement(bytes: Uint8Array, accounts: readonly string[]): StatementReading {
  if (bytes.length > STATEMENT_LIMIT_BYTES) {
    return refusedBank('TOO_LARGE', `expected at most ${STATEMENT_LIMIT_BYTES} bytes`)
  }
  const decoded = decodeUtf8(bytes)
  if (decoded.kind === 'wrong-encoding') return refusedBank('WRONG_ENCODING', ENCODING_FAULTS[decoded.fault])
  const text = withoutMark(decoded.text)
  if (!declaresUtf8(text)) return refusedBank('WRONG_ENCODING', 'expected UTF-8, the file declares another encoding')
  const format = formatOf(text)
  if (format === undefined) {
    const code = text.trim() === '' ? 'EMPTY' : 'UNKNOWN_FORMAT'
    return refusedBank(code, 'expected camt.053 or MT940')
  }
  const found = format === 'camt.053' ? readCamt053(text) : readMt940(text.trimStart())
  return found.kind === 'refused' ? found : checked(format, found.statements, accounts)
}

/** A file may carry a byte order mark, which is no part of it. */
function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

/** Only the first lines are looked at: an XML declaration stands there or nowhere. */
function declaresUtf8(text: string): boolean {
  const encoding = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/i.exec(text.slice(0, DECLARATION_LENGTH))?.[1]
  return encoding === undefined || /^(utf-8|us-ascii)$/i.test(encoding)
}

function formatOf(text: string): BankFormat | undefined {
  const start = text.trimStart()
  if (start.startsWith('<')) return 'camt.053'
  return /^(:\d{2}[A-Z]?:|\{[1-4]:)/.test(start.slice(0, 8)) ? 'mt940' : undefined
}
