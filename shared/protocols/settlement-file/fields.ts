/**
 * The fields of one line, checked: ids, customer, WIB time, money, status. Read where they stand, letter by letter.
 *
 * Promises: a line is either good in every field or put aside with a code and the field's name, never its value; what
 * can still be read of a bad line's money stands beside it, for the control totals, and its payment id where that one is good.
 * Nothing is rounded, trimmed or guessed. Knows nothing of separators and widths: cut-line.ts cuts the fields, these read them.
 */
import { type Instant, wibMoment } from '../../domain/instant.ts'
import { type Rupiah, rupiah } from '../../domain/money.ts'
import type { QuarantineCode, QuarantinedLine, SettledLine } from '../../domain/settlement/line.ts'
import { type Cut, fieldOf } from './cut-line.ts'

/** How a layout writes money: `16800`, `16800.00`, or digits filled with zeros from the left. */
export type MoneyForm = 'whole' | 'cents' | 'padded'

type ColumnName = 'paymentId' | 'customerId' | 'outlet' | 'at' | 'amount' | 'adminFee' | 'fee' | 'status'

/** What the partner calls each column: a person who reads "column nominal" finds it. */
export type ColumnNames = { readonly [K in ColumnName]: string }

/** Which field of a line is which column, from 0; null where the layout has no such column. */
export type ColumnPlaces = {
  readonly paymentId: number
  readonly customerId: number
  readonly outlet: number | null
  readonly at: TimePlace
  readonly amount: number
  readonly adminFee: number | null
  readonly fee: number
  readonly status: number
}

/** WIB: `2026-11-20T14:03:21`, `20261120140321`, or `2026-11-20` and `14:03:21` in fields of their own. */
export type TimePlace =
  | { readonly iso: number }
  | { readonly compact: number }
  | { readonly date: number; readonly time: number }

export type LineFormat = {
  readonly money: MoneyForm
  readonly names: ColumnNames
  readonly places: ColumnPlaces
}

export type LineReading =
  | { readonly kind: 'good'; readonly line: SettledLine }
  | { readonly kind: 'bad'; readonly line: QuarantinedLine; readonly at: Instant | undefined }

/** What fits an id of any protocol here; also the widest column. */
const LONGEST_ID = 128
const LONGEST_OUTLET = 32
const LONGEST_CUSTOMER = 20
/** Rp999,999,999,999: above any bill, far below what a sum of 10^6 lines could lose. */
const MOST_DIGITS = 12

const BLANK = 0x20
const MINUS = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const TILDE = 0x7e

const WHOLE = /^(?:0|[1-9]\d*)$/
const PADDED = /^\d+$/
const CENTS = /^(0|[1-9]\d*)\.00$/

export function readLine(cut: Cut, line: number, { money, names, places }: LineFormat): LineReading {
  const amount = moneyOf(cut, places.amount, money)
  const fee = feeOf(cut, places.fee, money)
  const adminFee = places.adminFee === null ? null : feeOf(cut, places.adminFee, money)
  const status = statusOf(cut, places.status)
  const at = timeOf(cut, places.at)
  const ofIds = problemOfIds(cut, places)
  const problem =
    ofIds ??
    (at === undefined ? (['BAD_TIME', 'at'] as const) : null) ??
    (typeof amount === 'string' ? ([amount, 'amount'] as const) : null) ??
    (amount === 0 ? (['ZERO_AMOUNT', 'amount'] as const) : null) ??
    (typeof adminFee === 'string' ? ([adminFee, 'adminFee'] as const) : null) ??
    (typeof fee === 'string' ? ([fee, 'fee'] as const) : null) ??
    (status === null ? (['BAD_STATUS', 'status'] as const) : null)
  if (problem) {
    const readable = { amount: typeof amount === 'number' ? amount : null, fee: typeof fee === 'number' ? fee : null }
    const common = { line, code: problem[0], field: names[problem[1]], ...readable, status }
    const paymentId = ofIds?.[1] === 'paymentId' ? '' : fieldOf(cut, places.paymentId)
    return { kind: 'bad', at, line: paymentId === '' ? common : { ...common, paymentId } }
  }
  return {
    kind: 'good',
    line: {
      line,
      paymentId: fieldOf(cut, places.paymentId),
      customerId: fieldOf(cut, places.customerId),
      outlet: places.outlet === null ? '' : fieldOf(cut, places.outlet),
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

function plainDigits(text: string, form: MoneyForm): string | undefined {
  if (form === 'cents') return CENTS.exec(text)?.[1]
  const pattern = form === 'whole' ? WHOLE : PADDED
  return pattern.test(text) ? text : undefined
}

function problemOfIds(cut: Cut, places: ColumnPlaces): readonly [QuarantineCode, ColumnName] | null {
  const { paymentId, customerId, outlet } = places
  if (sizeOf(cut, paymentId) > LONGEST_ID) return ['TOO_LONG', 'paymentId']
  // As wide as the widest endpoint (SNAP): an id that no endpoint takes is no payment's.
  if (!isWithin(cut, paymentId, BLANK + 1, TILDE)) return ['BAD_ID', 'paymentId']
  if (sizeOf(cut, customerId) > LONGEST_CUSTOMER) return ['TOO_LONG', 'customerId']
  if (!isWithin(cut, customerId, ZERO, NINE)) return ['BAD_CUSTOMER', 'customerId']
  // An id alone is enough to find the payment, a customer alone makes it a candidate; without both it can belong to no payment.
  if (sizeOf(cut, paymentId) === 0 && sizeOf(cut, customerId) === 0) return ['MISSING_FIELD', 'paymentId']
  if (outlet === null) return null
  if (sizeOf(cut, outlet) > LONGEST_OUTLET) return ['TOO_LONG', 'outlet']
  return isWithin(cut, outlet, BLANK, TILDE) ? null : ['BAD_OUTLET', 'outlet']
}

function sizeOf({ starts, ends }: Cut, field: number): number {
  return (ends[field] as number) - (starts[field] as number)
}

/** Every letter from `first` to `last`. */
function isWithin({ text, starts, ends }: Cut, field: number, first: number, last: number): boolean {
  const end = ends[field] as number
  for (let at = starts[field] as number; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code < first || code > last) return false
  }
  return true
}

function statusOf(cut: Cut, field: number): 'settled' | 'reversed' | null {
  if (sizeOf(cut, field) !== 1) return null
  const code = cut.text.charCodeAt(cut.starts[field] as number)
  return code === 0x53 ? 'settled' : code === 0x52 ? 'reversed' : null
}

function feeOf(cut: Cut, field: number, form: MoneyForm): Rupiah | QuarantineCode {
  const fee = moneyOf(cut, field, form)
  return fee === 'BAD_AMOUNT' ? 'BAD_FEE' : fee
}

function moneyOf({ text, starts, ends }: Cut, field: number, form: MoneyForm): Rupiah | QuarantineCode {
  let at = starts[field] as number
  let end = ends[field] as number
  if (at === end) return 'BAD_AMOUNT'
  const first = text.charCodeAt(at)
  if (first === MINUS) return 'NEGATIVE_AMOUNT'
  if (form === 'cents') {
    end -= 3
    if (end <= at || text.charCodeAt(end) !== DOT) return 'BAD_AMOUNT'
    if (text.charCodeAt(end + 1) !== ZERO || text.charCodeAt(end + 2) !== ZERO) return 'BAD_AMOUNT'
  }
  if (form === 'padded') while (at < end - 1 && text.charCodeAt(at) === ZERO) at++
  else if (first === ZERO && end - at > 1) return 'BAD_AMOUNT'
  let value = 0
  const digits = end - at
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) return 'BAD_AMOUNT'
    value = value * 10 + digit
  }
  return digits > MOST_DIGITS ? 'AMOUNT_TOO_LARGE' : (value as Rupiah)
}

/** Undefined when it is no moment. */
function timeOf(cut: Cut, place: TimePlace): Instant | undefined {
  const { text, starts } = cut
  if ('iso' in place) {
    const at = starts[place.iso] as number
    if (sizeOf(cut, place.iso) !== 19 || text.charCodeAt(at + 10) !== 0x54) return undefined
    return momentOf(dateIn(text, at), clockIn(text, at + 11))
  }
  if ('compact' in place) {
    const at = starts[place.compact] as number
    if (sizeOf(cut, place.compact) !== 14) return undefined
    const date = numberIn(text, at, 4) * 10_000 + numberIn(text, at + 4, 2) * 100 + numberIn(text, at + 6, 2)
    return momentOf(date, secondsOf(text, at + 8, 2))
  }
  if (sizeOf(cut, place.date) !== 10 || sizeOf(cut, place.time) !== 8) return undefined
  return momentOf(dateIn(text, starts[place.date] as number), clockIn(text, starts[place.time] as number))
}

/** `2026-11-20` as 20261120; NaN when it is none. */
function dateIn(text: string, at: number): number {
  if (text.charCodeAt(at + 4) !== MINUS || text.charCodeAt(at + 7) !== MINUS) return Number.NaN
  return numberIn(text, at, 4) * 10_000 + numberIn(text, at + 5, 2) * 100 + numberIn(text, at + 8, 2)
}

/** `14:03:21` as seconds of the day; NaN when it is none. */
function clockIn(text: string, at: number): number {
  if (text.charCodeAt(at + 2) !== 0x3a || text.charCodeAt(at + 5) !== 0x3a) return Number.NaN
  return secondsOf(text, at, 3)
}

/** Hours, minutes and seconds of two digits each, one every `step` letters. */
function secondsOf(text: string, at: number, step: number): number {
  const [hour, minute, second] = [numberIn(text, at, 2), numberIn(text, at + step, 2), numberIn(text, at + 2 * step, 2)]
  return hour < 24 && minute < 60 && second < 60 ? hour * 3_600 + minute * 60 + second : Number.NaN
}

/** NaN where a letter is no digit. */
function numberIn(text: string, at: number, digits: number): number {
  let value = 0
  for (let i = at; i < at + digits; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** Nearly all lines of a file are of one day, whose noon is worked out once. */
const known = { date: 0, noon: 0 }
const NOON_SECONDS = 43_200

/** `date` as 20261120. Noon, because the first hours of 1970 in WIB lie before every instant. */
function momentOf(date: number, seconds: number): Instant | undefined {
  if (Number.isNaN(date) || Number.isNaN(seconds)) return undefined
  if (date !== known.date) {
    const noon = wibMoment(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100, 12, 0, 0)
    if (noon === undefined) return undefined
    known.date = date
    known.noon = noon
  }
  const at = known.noon + (seconds - NOON_SECONDS) * 1_000
  return at >= 0 ? (at as Instant) : undefined
}
