/**
 * The versions of a channel-day's settlement file, and the bank statements: what was received, by whom, and what it came to.
 *
 * ```
 *   first good file -> accepted          another good file -> proposed --(resolution)--> accepted, the first one superseded
 *                                                          '------------> rejected
 *   accepted --(two people)--> withdrawn: the day has none; the next good file is accepted as if it were the first
 *   a file that cannot be used -> held, with its code; the next good file is accepted as if it were the first
 * ```
 * Promise: a version is written once and names the raw bytes by their SHA-256; the same bytes make a second version only where
 * they were held and can be read now, because the layout was mended, or where they were withdrawn or superseded and come back.
 * Producer: shared/intake/take-in-settlement-file.ts. Consumer: functions/reconcile-settlement, which alone changes a state.
 */
import type { BusinessDate, Instant } from '../instant.ts'
import type { Rupiah } from '../money.ts'
import type { FileRefusal, FileTotals, QuarantinedLine } from './line.ts'

export const FILE_STATES = ['accepted', 'held', 'proposed', 'superseded', 'rejected', 'withdrawn'] as const
export type FileState = (typeof FILE_STATES)[number]

/** How many quarantined lines a version names; `quarantinedLines` counts them all. */
export const QUARANTINE_SHOWN = 1_000
/** How many changed lines a corrected file shows; the counts and sums cover them all. */
export const CHANGES_SHOWN = 50

export type FileVersion = {
  readonly channel: string
  readonly date: BusinessDate
  /** From 1, without gaps. */
  readonly version: number
  readonly state: FileState
  /** The name under which it came; '' from the console, which names channel and date itself. */
  readonly name: string
  /** S3's version of the dropped object: the same one again is a message that came twice. Absent where there is none. */
  readonly dropped?: string
  /** Hex; the raw bytes lie under it for ever (shared/store/files/files.ts). */
  readonly sha256: string
  readonly bytes: number
  /** The encrypted file in which these bytes came, kept as well, and the key that signed them. Absent where it came plain. */
  readonly sealed?: { readonly sha256: string; readonly bytes: number; readonly signedBy: string }
  readonly receivedAt: Instant
  /** The operator's subject; null for a dropped file. */
  readonly receivedBy: string | null
  /** Why it is held; null otherwise. */
  readonly refusal: FileRefusal | null
  /** null while it is held: nothing of it may be used. */
  readonly totals: FileTotals | null
  readonly quarantinedLines: number
  readonly quarantined: readonly QuarantinedLine[]
  /** Of a proposed version: what it changes against the accepted one. */
  readonly change: FileChange | null
}

/** What a corrected file would change, line by line and in rupiah (new less old). */
export type FileChange = {
  /** The accepted version it was compared with. */
  readonly against: number
  readonly added: number
  readonly removed: number
  /** Same payment id, other content. */
  readonly changed: number
  readonly amountRupiah: Rupiah
  readonly feeRupiah: Rupiah
  readonly netRupiah: Rupiah
  /** The first of them, in order of payment id. */
  readonly lines: readonly LineChange[]
}

/** null: there is no such line on that side. A reversed line counts negative. */
export type LineChange = {
  readonly paymentId: string
  readonly wasRupiah: Rupiah | null
  readonly isRupiah: Rupiah | null
}

/**
 * A bank statement that was read; its credits lie under their booking dates once it is in the chain.
 *
 * - `chained`: everything in it counts; `repeated`: all of it counted before.
 * - `incomplete`: it does not follow the last statement, or a page is missing; `gap` says what. It waits and counts nothing.
 * - `withdrawn`: two people took it back; nothing of it counts, until somebody sends its bytes anew.
 */
export const BANK_FILE_STATES = ['chained', 'repeated', 'incomplete', 'withdrawn'] as const
export type BankFile = {
  readonly state: (typeof BANK_FILE_STATES)[number]
  readonly gap: string | null
  /** As of a file version: S3's version of the dropped object. */
  readonly dropped?: string
  readonly sha256: string
  readonly name: string
  readonly bytes: number
  readonly receivedAt: Instant
  readonly receivedBy: string | null
  readonly format: BankFormat
  /** Entries that the bank has not booked yet: left out, they come again when they are. */
  readonly pendingEntries: number
  /** How many movements it has, and their sum. */
  readonly credits: number
  readonly amountRupiah: Rupiah
}

export const BANK_FORMATS = ['camt.053', 'mt940'] as const
export type BankFormat = (typeof BANK_FORMATS)[number]

/** Why a bank statement is refused whole. */
export const BANK_REFUSALS = [
  'EMPTY',
  'TOO_LARGE',
  'WRONG_ENCODING',
  'XML_NOT_PLAIN',
  'LAYOUT_CHANGED',
  'UNKNOWN_FORMAT',
  'WRONG_ACCOUNT',
  'WRONG_CURRENCY',
  'BAD_ENTRY',
  'BALANCE_DOES_NOT_FOOT',
  'CREDIT_CHANGED',
  'DAY_OUT_OF_RANGE',
] as const
export type BankRefusalCode = (typeof BANK_REFUSALS)[number]

/** `entry` counts from 1 within the statement; null: the statement as a whole. */
export type BankRefusal = { readonly code: BankRefusalCode; readonly entry: number | null; readonly detail: string }
