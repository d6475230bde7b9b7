/**
 * The fields of one line, checked: ids, customer, WIB time, money, status.
 *
 * Promises: a line is either good in every field or put aside with a code and the field's name, never its value; what
 * can still be read of a bad line's money stands beside it, for the control totals. Nothing is rounded, trimmed or guessed.
 * Knows nothing of separators and widths: a channel's settlement.ts cuts the columns, these read them.
 */
import { type Instant, parseCompactWib, parseInstant } from '../../domain/instant.ts'
import { type Rupiah, rupiah } from '../../domain/money.ts'
import type { QuarantineCode, QuarantinedLine, SettledLine } from '../../domain/settlement/line.ts'

/** How a layout writes money: `16800`, `16800.00`, or digits filled with zeros from the left. */
export type MoneyForm = 'whole' | 'cents' | 'padded'

/** The columns of a line as they stand in the file; null where the layout has no such column. */
export type Columns = {
  readonly paymentId: string
  readonly customerId: string
  readonly outlet: string | null
  /** Undefined when it is no moment. */
  readonly at: Instant | undefined
  readonly amount: string
  readonly adminFee: string | null
  readonly fee: string
  readonly status: string
}

/** What the partner calls each column: a person who reads "column nominal" finds it. */
export type ColumnNames = { readonly [K in keyof Columns]: string }

export type LineReading =
  | { readonly kind: 'good'; readonly line: SettledLine }
  | { readonly kind: 'bad'; readonly line: QuarantinedLine; readonly at: Instant | undefined }

/** What fits an id of any protocol here; also the widest column. */
const LONGEST_ID = 128
const LONGEST_OUTLET = 32
const LONGEST_CUSTOMER = 20
/** Rp999,999,999,999: above any bill, far below what a sum of 10^6 lines could lose. */
const MOST_DIGITS = 12

const VISIBLE = /^[\x21-\x7e]*$/
const PRINTABLE = /^[\x20-\x7e]*$/
const DIGITS = /^\d*$/
const WHOLE = /^(?:0|[1-9]\d*)$/
const PADDED = /^\d+$/
const CENTS = /^(0|[1-9]\d*)\.00$/

export function readLine(columns: Columns, line: number, form: MoneyForm, names: ColumnNames): LineReading {
  const amount = moneyOf(columns.amount, form)
  const fee = feeOf(columns.fee, form)
  const adminFee = columns.adminFee === null ? null : feeOf(columns.adminFee, form)
  const status = columns.status === 'S' ? 'settled' : columns.status === 'R' ? 'reversed' : null
  const problem =
    problemOfIds(columns) ??
    (columns.at === undefined ? (['BAD_TIME', 'at'] as const) : null) ??
    (typeof amount === 'string' ? ([amount, 'amount'] as const) : null) ??
    (amount === 0 ? (['ZERO_AMOUNT', 'amount'] as const) : null) ??
    (typeof adminFee === 'string' ? ([adminFee, 'adminFee'] as const) : null) ??
    (typeof fee === 'string' ? ([fee, 'fee'] as const) : null) ??
    (status === null ? (['BAD_STATUS', 'status'] as const) : null)
  if (problem) {
    const readable = { amount: typeof amount === 'number' ? amount : null, fee: typeof fee === 'number' ? fee : null }
    return {
      kind: 'bad',
      at: columns.at,
      line: { line, code: problem[0], field: names[problem[1]], ...readable, status },
    }
  }
  const { paymentId, customerId, outlet, at } = columns
  return {
    kind: 'good',
    line: {
      line,
      paymentId,
      customerId,
      outlet: outlet ?? '',
      at: at as Instant,
      amount: amount as Rupiah,
      adminFee: adminFee as Rupiah | null,
      fee: fee as Rupiah,
      status: status as 'settled' | 'reversed',
    },
  }
}

/** A line of which nothing can be trusted, its money included. */
export function unreadable(line: number, code: QuarantineCode): LineReading {
  return { kind: 'bad', at: undefined, line: { line, code, field: '', amount: null, fee: null, status: null } }
}

/** `2026-11-20T14:03:21`, WIB without an offset. */
export function isoWib(text: string): Instant | undefined {
  return text.length === 19 ? parseInstant(`${text}+07:00`) : undefined
}

/** `20261120140321`, WIB. */
export const compactWib: (text: string) => Instant | undefined = parseCompactWib

/** A sum of a trailer: may be negative, on a day on which more was reversed than settled. */
export function sumOf(text: string, form: MoneyForm): Rupiah | undefined {
  const negative = text.startsWith('-')
  const digits = plainDigits(negative ? text.slice(1) : text, form)
  const value = digits === undefined ? Number.NaN : Number(digits)
  return Number.isSafeInteger(value) ? rupiah(negative ? -value : value) : undefined
}

/** A count of a trailer. */
export function countOf(text: string, form: 'whole' | 'padded'): number | undefined {
  const value = (form === 'whole' ? WHOLE : PADDED).test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}

function problemOfIds(columns: Columns): readonly [QuarantineCode, keyof Columns] | null {
  const { paymentId, customerId, outlet } = columns
  if (paymentId.length > LONGEST_ID) return ['TOO_LONG', 'paymentId']
  // As wide as the widest endpoint (SNAP): an id that no endpoint takes is no payment's.
  if (!VISIBLE.test(paymentId)) return ['BAD_ID', 'paymentId']
  if (customerId.length > LONGEST_CUSTOMER) return ['TOO_LONG', 'customerId']
  if (!DIGITS.test(customerId)) return ['BAD_CUSTOMER', 'customerId']
  // An id alone is enough to find the payment, a customer alone makes it a candidate; without both it can belong to no payment.
  if (paymentId === '' && customerId === '') return ['MISSING_FIELD', 'paymentId']
  if (outlet !== null && outlet.length > LONGEST_OUTLET) return ['TOO_LONG', 'outlet']
  if (outlet !== null && !PRINTABLE.test(outlet)) return ['BAD_OUTLET', 'outlet']
  return null
}

function feeOf(text: string, form: MoneyForm): Rupiah | QuarantineCode {
  const fee = moneyOf(text, form)
  return fee === 'BAD_AMOUNT' ? 'BAD_FEE' : fee
}

function moneyOf(text: string, form: MoneyForm): Rupiah | QuarantineCode {
  if (text.startsWith('-')) return 'NEGATIVE_AMOUNT'
  const digits = plainDigits(text, form)
  if (digits === undefined) return 'BAD_AMOUNT'
  const value = form === 'padded' ? digits.replace(/^0+(?=\d)/, '') : digits
  return value.length > MOST_DIGITS ? 'AMOUNT_TOO_LARGE' : (Number(value) as Rupiah)
}

function plainDigits(text: string, form: MoneyForm): string | undefined {
  if (form === 'cents') return CENTS.exec(text)?.[1]
  const pattern = form === 'whole' ? WHOLE : PADDED
  return pattern.test(text) ? text : undefined
}
