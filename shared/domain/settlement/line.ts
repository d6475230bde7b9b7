/**
 * A line of a channel's settlement file in the hub's own words, and what a reader of such a file may say besides.
 *
 * Producers: shared/channels/<channel>/settlement.ts, one layout each. Consumers: columns.ts, shared/settlement (taking files in),
 * functions/reconcile-settlement. Promise: a code names what was wrong, never the value. Refuses to know any layout.
 */
import type { Instant } from '../instant.ts'
import type { Rupiah } from '../money.ts'

/** `reversed` takes back a settled line of the same payment id, in this file or an earlier one. */
export type LineStatus = 'settled' | 'reversed'

export type SettledLine = {
  /** 1-based line of the file, unique in it. */
  readonly line: number
  /** '' where the file has none. */
  readonly paymentId: string
  /** As the file has it: a NIK, a KPJ or a bill code. */
  readonly customerId: string
  /** '' where the layout has none. */
  readonly outlet: string
  /** The file's time, read as WIB. */
  readonly at: Instant
  /** The contribution; positive also on a reversed line. */
  readonly amount: Rupiah
  /** What the customer paid on top; null where the layout has none. */
  readonly adminFee: Rupiah | null
  /** The channel's own fee on this line; positive also on a reversed line. */
  readonly fee: Rupiah
  readonly status: LineStatus
}

/** Why one line cannot be taken while the rest of its file can. */
export type QuarantineCode =
  | 'WRONG_FIELD_COUNT'
  | 'WRONG_LENGTH'
  | 'LINE_TOO_LONG'
  | 'TOO_LONG'
  | 'MISSING_FIELD'
  | 'UNREADABLE_FIELD'
  | 'BAD_ID'
  | 'BAD_CUSTOMER'
  | 'BAD_OUTLET'
  | 'BAD_TIME'
  | 'WRONG_DAY'
  | 'BAD_AMOUNT'
  | 'BAD_FEE'
  | 'NEGATIVE_AMOUNT'
  | 'ZERO_AMOUNT'
  | 'AMOUNT_TOO_LARGE'
  | 'BAD_STATUS'

/** A line that was set aside. What could be read of it counts in the control totals; null where it could not. */
export type QuarantinedLine = {
  readonly line: number
  readonly code: QuarantineCode
  /** The layout's name of the field, '' where the whole line is wrong. */
  readonly field: string
  readonly amount: Rupiah | null
  readonly fee: Rupiah | null
  readonly status: LineStatus | null
  /** Where it can be read: the payment that misses this line is told by it, it is never matched by it. */
  readonly paymentId?: string
}

/** The control totals at the end of a file, all its lines counted; reversed lines subtract. `net` = amount - fee. */
export type FileTotals = {
  readonly lines: number
  readonly amount: Rupiah
  readonly fee: Rupiah
  readonly net: Rupiah
}

/** Why an encrypted and signed file was not opened, in order of precedence. */
export type EnvelopeRefusalCode =
  | 'NOT_ENCRYPTED'
  | 'BROKEN_ENVELOPE'
  | 'UNKNOWN_KEY'
  | 'NOT_SIGNED'
  | 'UNKNOWN_SIGNER'
  | 'WRONG_SIGNATURE'

/** Why a file is refused or held whole. */
export type FileRefusalCode =
  | 'WRONG_CHANNEL'
  | 'WRONG_DAY'
  | 'DAY_NOT_OVER'
  | 'DAY_OUT_OF_RANGE'
  | 'LAYOUT_CHANGED'
  | 'TRUNCATED'
  | 'DATA_AFTER_TRAILER'
  | 'WRONG_ENCODING'
  | 'TOTALS_DO_NOT_FOOT'
  | 'TOO_LARGE'
  | 'EMPTY'
  | 'UNKNOWN_NAME'
  | 'WRONG_SENDER'
  | EnvelopeRefusalCode

export type FileRefusal = {
  readonly code: FileRefusalCode
  readonly line: number | null
  /** What was expected and what came, in words for finance; no value of a line. */
  readonly detail: string
}
