/**
 * SNAP's words: operations, service codes, header names, and one table of every case with its code and texts.
 *
 * Promise: a response code is always HTTP status, service and case, seven digits; nothing else in this folder spells one.
 * Which case applies is decided in read.ts (before the hub is asked) and write.ts (after); their order is theirs.
 * Codes and English texts are those of the national standard's list; the reasons shown to a payer are ours.
 */

/** 73 access token, 24 virtual account inquiry, 25 virtual account payment. */
export type Service = '73' | '24' | '25'
export type VirtualAccountService = Exclude<Service, '73'>

/** Below the channel's base path. The signed path is base path plus one of these, never what the request says. */
export const OPERATION_PATHS: Readonly<Record<Service, string>> = {
  '73': '/v1.0/access-token/b2b',
  '24': '/v1.0/transfer-va/inquiry',
  '25': '/v1.0/transfer-va/payment',
}

export const HEADERS = {
  timestamp: 'X-TIMESTAMP',
  signature: 'X-SIGNATURE',
  clientKey: 'X-CLIENT-KEY',
  partnerId: 'X-PARTNER-ID',
  externalId: 'X-EXTERNAL-ID',
  channelId: 'CHANNEL-ID',
  authorization: 'Authorization',
} as const

export const CURRENCY = 'IDR'
export const GRANT_TYPE = 'client_credentials'
/** The inquiry's amount is the one that must be paid. */
export const CLOSED_AMOUNT = 'C'
/** Seconds that an access token lives. */
export const TOKEN_SECONDS = 900
/** Milliseconds that X-TIMESTAMP may differ from the hub's clock, either way. */
export const CLOCK_WINDOW_MILLIS = 300_000
export const BODY_LIMIT_BYTES = 65_536

/** English and Indonesian, at most 64 characters each: what an agent reads to the payer. */
export type Wording = { readonly english: string; readonly indonesia: string }

/** `reason` null: the reply carries no status and no virtual account data (the partner cannot conclude anything from it). */
export type Case = {
  readonly httpStatus: number
  readonly code: string
  readonly message: string
  readonly flag: '00' | '01'
  readonly reason: Wording | null
}

export const CASES = {
  ok: ok('Success', 'Sukses'),
  tooLarge: silent(413, '00', 'Request Entity Too Large'),
  wrongContentType: silent(415, '00', 'Unsupported Media Type'),
  unknownOperation: silent(404, '00', 'Not Found'),
  wrongMethod: silent(405, '00', 'Requested Function Is Not Supported'),
  unknownClient: silent(401, '00', 'Unauthorized. [Unknown client]'),
  badToken: silent(401, '01', 'Invalid Token (B2B)'),
  badSignature: silent(401, '00', 'Unauthorized. [Signature]'),
  notJson: refused(400, '00', 'Bad Request', 'Message cannot be read', 'Pesan tidak dapat dibaca'),
  badFormat: refused(400, '01', 'Invalid Field Format', 'Invalid field format', 'Format data tidak sesuai'),
  missing: refused(400, '02', 'Invalid Mandatory Field', 'Mandatory field missing', 'Data wajib tidak lengkap'),
  conflict: refused(
    409,
    '00',
    'Conflict',
    'Number already used by another request',
    'Nomor sudah dipakai permintaan lain',
  ),
  repeated: ok('Success', 'Sukses', 404, '18', 'Inconsistent Request'),
  unknownCustomer: refused(
    404,
    '12',
    'Invalid Bill/Virtual Account [Not Found]',
    'Number is not registered or not payable here',
    'Nomor tidak terdaftar atau tidak dapat dibayar di sini',
  ),
  wasReversed: refused(
    404,
    '12',
    'Invalid Bill/Virtual Account [Reversed]',
    'This payment was reversed',
    'Pembayaran ini telah dibatalkan',
  ),
  wrongAmount: refused(404, '13', 'Invalid Amount', 'Amount is not what is due', 'Jumlah tidak sesuai tagihan'),
  alreadyPaid: refused(
    404,
    '14',
    'Paid Bill',
    'Already paid or too far ahead',
    'Sudah dibayar atau terlalu jauh di muka',
  ),
  expired: refused(
    404,
    '19',
    'Invalid Bill/Virtual Account [Expired]',
    'The bill has expired or changed',
    'Tagihan kedaluwarsa atau berubah',
  ),
  tooMany: refused(
    429,
    '00',
    'Too Many Requests',
    'Too many requests, try again',
    'Terlalu banyak permintaan, coba lagi',
  ),
  fault: silent(500, '00', 'General Error'),
  unknownOutcome: silent(504, '00', 'Timeout'),
} as const satisfies Readonly<Record<string, Case>>

export type CaseName = keyof typeof CASES

/** `2002500`. */
export function responseCode(service: Service, name: CaseName): string {
  return `${CASES[name].httpStatus}${service}${CASES[name].code}`
}

/** The standard's text, with the field's or header's name where the case is about one. */
export function responseMessage(name: CaseName, field?: string): string {
  return field === undefined ? CASES[name].message : `${CASES[name].message} [${field}]`
}

function ok(english: string, indonesia: string, httpStatus = 200, code = '00', message = 'Successful'): Case {
  return { httpStatus, code, message, flag: '00', reason: { english, indonesia } }
}

function refused(httpStatus: number, code: string, message: string, english: string, indonesia: string): Case {
  return { httpStatus, code, message, flag: '01', reason: { english, indonesia } }
}

function silent(httpStatus: number, code: string, message: string): Case {
  return { httpStatus, code, message, flag: '01', reason: null }
}
