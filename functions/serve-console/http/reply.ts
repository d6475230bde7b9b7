/**
 * What use cases answer, as values: JSON, CSV, or a problem (RFC 9457) with a stable code. `rendered` makes HTTP of it.
 * Promises that no detail holds a NIK, a name or a phone number: details say what was expected, never what was sent.
 */
import { assertNever } from '../../../shared/domain/assert-never.ts'
import { type ProblemCode, statusOf, titleOf } from './problems.ts'

type Headers = Readonly<Record<string, string>>

export type JsonReply<S extends number = number, B = unknown> = {
  readonly kind: 'json'
  readonly status: S
  readonly body: B
}
export type CsvReply = {
  readonly kind: 'csv'
  readonly fileName: string
  readonly text: string
  /** Without the header. */
  readonly rows: number
  /** How its rows show people, where they hold names or NIKs. */
  readonly people?: 'in-full' | 'masked'
  readonly headers: Headers
}
/** Bytes to be saved by whoever asks, never shown or run by a browser: a workbook of ours, or what somebody handed over. */
export type DownloadReply = {
  readonly kind: 'download'
  readonly fileName: string
  readonly type: string
  readonly bytes: Uint8Array
  /** null: what somebody handed over, or a file that nobody counted. */
  readonly rows: number | null
}
export type Problem<C extends ProblemCode = ProblemCode> = {
  readonly kind: 'problem'
  readonly code: C
  readonly detail: string
  readonly headers: Headers
}
export type Reply = JsonReply | CsvReply | DownloadReply | Problem

export type HttpReply = {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** The body stands for bytes, in base64. */
  readonly isBase64?: boolean
}

const NO_STORE = { 'cache-control': 'no-store' } as const

export function json<const S extends number, const B>(status: S, body: B): JsonReply<S, B> {
  return { kind: 'json', status, body }
}

/** The caller sees to it that no field holds a comma or a quote. */
export function csv(
  fileName: string,
  lines: readonly string[],
  lineEnd: '\n' | '\r\n',
  headers: Headers = {},
): CsvReply {
  const text = lines.map((line) => `${line}${lineEnd}`).join('')
  return { kind: 'csv', fileName, text, rows: Math.max(0, lines.length - 1), headers }
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** `fileName` as its own name pattern allows: no quote, no control character. */
export function download(
  fileName: string,
  bytes: Uint8Array,
  type = DOWNLOAD_TYPE,
  rows: number | null = null,
): DownloadReply {
  return { kind: 'download', fileName, type, bytes, rows }
}

/** `detail` says what was expected and what to do. */
export function problem<const C extends ProblemCode>(code: C, detail: string, headers: Headers = {}): Problem<C> {
  return { kind: 'problem', code, detail, headers }
}

/** Of a problem, `type` is `about:blank`: its code names it already. */
export function rendered(reply: Reply): HttpReply {
  switch (reply.kind) {
    case 'json': {
      const type = reply.status < 400 ? 'application/json' : 'application/problem+json'
      return httpReply(reply.status, type, {}, JSON.stringify(reply.body))
    }
    case 'csv': {
      const download = { 'content-disposition': `attachment; filename="${reply.fileName}"` }
      return httpReply(200, 'text/csv; charset=utf-8', { ...download, ...reply.headers }, reply.text)
    }
    case 'download': {
      const body = Buffer.from(reply.bytes).toString('base64')
      return { ...httpReply(200, reply.type, downloadHeaders(reply.fileName), body), isBase64: true }
    }
    case 'problem': {
      const { code, detail, headers } = reply
      const body = { type: 'about:blank', title: titleOf(code), status: statusOf(code), detail, code }
      return httpReply(body.status, 'application/problem+json', headers, JSON.stringify(body))
    }
    default:
      return assertNever(reply)
  }
}

/** What Lambda hands to the gateway: 6 MiB of JSON, in which the answer's body is one text, less what stands around it. */
const ENVELOPE_LIMIT_BYTES = 6 * 1024 * 1024 - 8_192
/** A character of a body takes at most so many bytes in the envelope: three of UTF-8, or a control character's escape. */
const MOST_BYTES_PER_CHARACTER = 6

/** Instead of an answer that the gateway would turn into its own 500, after the work was done, a problem that says what to do. */
export function withinGateway(reply: HttpReply): HttpReply {
  const { body } = reply
  if (body.length * MOST_BYTES_PER_CHARACTER <= ENVELOPE_LIMIT_BYTES) return reply
  if (Buffer.byteLength(JSON.stringify(body)) <= ENVELOPE_LIMIT_BYTES) return reply
  return rendered(
    problem('ANSWER_TOO_LARGE', 'expected an answer of at most 6 MB; ask for fewer days, a page or one part of it'),
  )
}

/** For what was thrown: `transient` may succeed when it is asked again, `defect` only after somebody has repaired something. */
export function faultReply(kind: 'transient' | 'defect'): HttpReply {
  if (kind === 'defect') return rendered(problem('DEFECT', 'expected the hub to manage; operations has been alerted'))
  return rendered(
    problem('TRY_AGAIN', 'expected the stores to answer; every call may be repeated as it was', { 'retry-after': '5' }),
  )
}

/** One type for whatever it is: a browser that is told nothing else has nothing to show. */
export const DOWNLOAD_TYPE = 'application/octet-stream'

function downloadHeaders(fileName: string): Headers {
  return {
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  }
}

function httpReply(status: number, type: string, headers: Headers, body: string): HttpReply {
  return { status, headers: { 'content-type': type, ...NO_STORE, ...headers }, body }
}
