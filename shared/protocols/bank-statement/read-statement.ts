/**
 * Reads a bank statement of either format: camt.053.001.08 when it begins as XML, MT940 when it begins with a tag or a
 * SWIFT block. Promises: read whole or refused whole with a named code, never throws for bytes.
 */
import type { BankFormat } from '../../domain/settlement/file-version.ts'
import { readCamt053 } from './camt053.ts'
import { readMt940 } from './mt940.ts'
import { checked, refusedBank, type StatementReading } from './statement.ts'

/** A statement is held whole while it is read; a day of one account is some kilobytes. */
export const STATEMENT_LIMIT_BYTES = 16 * 1024 * 1024

const BYTE_ORDER_MARK = '\ufeff'

/** `accounts`: the hub's own, in force on the day of reading. */
export function readBankStatement(bytes: Uint8Array, accounts: readonly string[]): StatementReading {
  if (bytes.length > STATEMENT_LIMIT_BYTES) {
    return refusedBank('TOO_LARGE', `expected at most ${STATEMENT_LIMIT_BYTES} bytes`)
  }
  const text = textOf(bytes)
  if (text === undefined) return refusedBank('WRONG_ENCODING', 'expected UTF-8')
  const format = formatOf(text)
  if (format === undefined) {
    const code = text.trim() === '' ? 'EMPTY' : 'UNKNOWN_FORMAT'
    return refusedBank(code, 'expected camt.053 or MT940')
  }
  const found = format === 'camt.053' ? readCamt053(text) : readMt940(text.trimStart())
  return found.kind === 'refused' ? found : checked(format, found.statements, accounts)
}

/** XML may carry a byte order mark, which is no part of it; anything that is not UTF-8 is refused. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
    const encoding = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/i.exec(plain)?.[1]
    const isUtf8 = encoding === undefined || /^(utf-8|us-ascii)$/i.test(encoding)
    return isUtf8 && !plain.includes('\0') ? plain : undefined
  } catch {
    return undefined
  }
}

function formatOf(text: string): BankFormat | undefined {
  const start = text.trimStart()
  if (start.startsWith('<')) return 'camt.053'
  return /^(:\d{2}[A-Z]?:|\{1:)/.test(start) ? 'mt940' : undefined
}
