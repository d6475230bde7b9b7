/**
 * The fields of a SNAP message: walks them in the order of the contract and stops at the first that is missing or wrong.
 *
 * Promise: money enters only as text like `16800.00` in whole rupiah; nothing is trimmed, rounded or guessed. Fields that
 * the contract does not name are ignored. `null` and `""` count as absent. Knows nothing of signatures and answers.
 */

import { parseInstant } from '../../domain/instant.ts'
import { type Rupiah, rupiah, ZERO } from '../../domain/money.ts'
import { MONTH_COUNTS, type MonthCount } from '../../domain/month-count.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../strict-json.ts'
import { CURRENCY, GRANT_TYPE, HEADERS, type VirtualAccountService } from './response-codes.ts'

/** The first field that cannot stand, by its path (`paidAmount.value`) or its header name. */
export type FieldFault = { readonly case: 'missing' | 'badFormat'; readonly field: string }

/** What a reply repeats from its request. Undefined where the request had nothing well-formed to repeat. */
export type Echo = {
  readonly partnerServiceId: string | undefined
  readonly customerNo: string | undefined
  readonly virtualAccountNo: string | undefined
  readonly requestId: string | undefined
  readonly paidAmount: Rupiah | undefined
}

export type VirtualAccountFields = {
  readonly customerNo: string
  readonly requestId: string
  readonly externalId: string
  /** At payment; 0 at inquiry, which asks for the amount. */
  readonly amount: Rupiah
  readonly months: MonthCount | null
  readonly outlet: string
  /** False: `outlet` is the kind of channel, which all of a bank's outlets share. */
  readonly namesOutlet: boolean
}

export type FieldRules = {
  readonly service: VirtualAccountService
  readonly partnerServiceId: string
  /** Longest `inquiryRequestId` and `paymentRequestId`. */
  readonly requestIdLimit: number
}

type Headers = Readonly<Record<string, string | undefined>>
/** Filled once, by the first fault; every step after it is harmless. */
type Walk = { fault: FieldFault | null }

const REQUEST_ID_FIELDS = { '24': 'inquiryRequestId', '25': 'paymentRequestId' } as const
const EXTERNAL_ID = /^[A-Za-z0-9]{1,36}$/
const CHANNEL_ID = /^[A-Za-z0-9]{1,5}$/
const PARTNER_SERVICE_ID = /^(?=.{8}$) *\d+$/
const CUSTOMER_NO = /^\d{1,20}$/
const PRINTABLE = /^[\x21-\x7e]+$/
/** No leading zero: one amount has one text. */
const AMOUNT = /^(?:0|[1-9]\d{0,15})\.\d{2}$/
const OUTLET_LIMIT = 32

/** Reads headers and body of an inquiry or a payment. `body` is what the JSON was, object or not. */
export function readVirtualAccountFields(
  rules: FieldRules,
  headers: Headers,
  body: JsonValue,
): VirtualAccountFields | FieldFault {
  const walk: Walk = { fault: null }
  const externalId = headerOf(walk, headers, HEADERS.externalId, EXTERNAL_ID)
  const channelId = headerOf(walk, headers, HEADERS.channelId, CHANNEL_ID)
  const fields = isJsonObject(body) ? body : {}
  if (!isJsonObject(body)) note(walk, 'badFormat', 'body')

  const partnerServiceId = textOf(walk, fields, 'partnerServiceId', PARTNER_SERVICE_ID)
  if (partnerServiceId !== rules.partnerServiceId) note(walk, 'badFormat', 'partnerServiceId')
  const customerNo = textOf(walk, fields, 'customerNo', CUSTOMER_NO)
  const virtualAccountNo = textOf(walk, fields, 'virtualAccountNo', /^/)
  if (virtualAccountNo !== partnerServiceId + customerNo) note(walk, 'badFormat', 'virtualAccountNo')
  const requestId = textOf(walk, fields, REQUEST_ID_FIELDS[rules.service], PRINTABLE, rules.requestIdLimit)

  const amount = rules.service === '25' ? amountOf(walk, fields, 'paidAmount') : ZERO
  if (rules.service === '24') checkInquiryOptions(walk, fields)
  else checkPaymentOptions(walk, fields)
  const extra = additionalInfoOf(walk, fields)
  const months = monthsOf(walk, extra.months)
  const namesOutlet = isOutlet(extra.outletId)
  const outlet = namesOutlet ? String(extra.outletId) : channelId
  return walk.fault ?? { customerNo, requestId, externalId, amount, months, outlet, namesOutlet }
}

/** The body of a token request holds one field. Undefined when it is right. */
export function faultOfTokenBody(body: JsonValue): FieldFault | null {
  const walk: Walk = { fault: null }
  if (!isJsonObject(body)) note(walk, 'badFormat', 'body')
  else if (textOf(walk, body, 'grantType', /^/) !== GRANT_TYPE) note(walk, 'badFormat', 'grantType')
  return walk.fault
}

export function isFieldFault(read: VirtualAccountFields | FieldFault): read is FieldFault {
  return 'field' in read
}

/** What can be repeated of a request, also of one that is refused for its fields. */
export function echoOf(rules: FieldRules, body: JsonValue): Echo {
  const fields = isJsonObject(body) ? body : {}
  const silent: Walk = { fault: null }
  const optional = (name: string, pattern: RegExp, limit?: number): string | undefined =>
    textOf(silent, fields, name, pattern, limit) || undefined
  const amountWalk: Walk = { fault: null }
  const amount = rules.service === '25' ? amountOf(amountWalk, fields, 'paidAmount') : ZERO
  return {
    partnerServiceId: optional('partnerServiceId', PARTNER_SERVICE_ID),
    customerNo: optional('customerNo', CUSTOMER_NO),
    virtualAccountNo: optional('virtualAccountNo', /^ {0,7}\d{1,28}$/, 28),
    requestId: optional(REQUEST_ID_FIELDS[rules.service], PRINTABLE, rules.requestIdLimit),
    paidAmount: rules.service === '25' && amountWalk.fault === null ? amount : undefined,
  }
}

/** Optional fields are checked in form, because the standard names it, and then not used. */
function checkInquiryOptions(walk: Walk, fields: JsonObject): void {
  checkInstant(walk, fields, 'trxDateInit')
  const channelCode = fields.channelCode
  const isCode =
    typeof channelCode === 'number' ? channelCode >= 0 : isAbsent(channelCode) || isText(channelCode, /^\d+$/)
  if (!isCode) note(walk, 'badFormat', 'channelCode')
  checkText(walk, fields, 'language', /^[A-Za-z]{2}$/)
  if (!isAbsent(fields.amount)) amountOf(walk, fields, 'amount')
}

function checkPaymentOptions(walk: Walk, fields: JsonObject): void {
  checkInstant(walk, fields, 'trxDateTime')
  checkText(walk, fields, 'referenceNo', /^[\x20-\x7e]{1,64}$/)
  checkText(walk, fields, 'flagAdvise', /^[YN]$/)
}

function additionalInfoOf(walk: Walk, fields: JsonObject): JsonObject {
  const extra = fields.additionalInfo
  if (isJsonObject(extra)) return extra
  if (!isAbsent(extra)) note(walk, 'badFormat', 'additionalInfo')
  return {}
}

function monthsOf(walk: Walk, value: JsonValue | undefined): MonthCount | null {
  if (isAbsent(value)) return null
  const months = MONTH_COUNTS.find((count) => value === count || value === String(count))
  if (months === undefined) note(walk, 'badFormat', 'additionalInfo.months')
  return months ?? null
}

/** Whether the partner names an outlet in our extra field; else it is known by the kind of channel that it came through. */
function isOutlet(outletId: JsonValue | undefined): boolean {
  return isText(outletId, PRINTABLE) && outletId.length <= OUTLET_LIMIT
}

/** `{"value":"16800.00","currency":"IDR"}`: two decimals written, both zero, at most 2^53. */
function amountOf(walk: Walk, fields: JsonObject, name: string): Rupiah {
  const money = fields[name]
  if (!isJsonObject(money)) {
    note(walk, isAbsent(money) ? 'missing' : 'badFormat', name)
    return ZERO
  }
  const value = textOf(walk, money, 'value', AMOUNT, undefined, name)
  const whole = Number(value.slice(0, -3))
  if (!value.endsWith('.00') || !Number.isSafeInteger(whole)) note(walk, 'badFormat', `${name}.value`)
  if (textOf(walk, money, 'currency', /^/, undefined, name) !== CURRENCY) note(walk, 'badFormat', `${name}.currency`)
  return walk.fault === null ? rupiah(whole) : ZERO
}

function headerOf(walk: Walk, headers: Headers, name: string, pattern: RegExp): string {
  const value = headers[name.toLowerCase()]
  if (value === undefined || value === '') return note(walk, 'missing', name)
  return pattern.test(value) ? value : note(walk, 'badFormat', name)
}

/** A mandatory text; '' after noting why there is none. */
function textOf(walk: Walk, from: JsonObject, name: string, pattern: RegExp, limit?: number, within?: string): string {
  const value = from[name]
  const path = within === undefined ? name : `${within}.${name}`
  if (isAbsent(value)) return note(walk, 'missing', path)
  return isText(value, pattern) && value.length <= (limit ?? value.length) ? value : note(walk, 'badFormat', path)
}

function checkText(walk: Walk, from: JsonObject, name: string, pattern: RegExp): void {
  if (!isAbsent(from[name])) textOf(walk, from, name, pattern)
}

function checkInstant(walk: Walk, from: JsonObject, name: string): void {
  const value = from[name]
  if (isAbsent(value)) return
  if (typeof value !== 'string' || parseInstant(value) === undefined) note(walk, 'badFormat', name)
}

function isAbsent(value: JsonValue | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === ''
}

function isText(value: JsonValue | undefined, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

function note(walk: Walk, fault: FieldFault['case'], field: string): '' {
  walk.fault ??= { case: fault, field }
  return ''
}
