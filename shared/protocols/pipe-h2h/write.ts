/**
 * Writes the pipe protocol's replies: fields joined by `|`, always 19 (inquiry), 17 (payment) or 12 (reversal) of them,
 * HTTP 200 for every code of response-codes.ts, plain text with another status for what has no code.
 *
 * Promises that a repeat reads as the first answer did: what was decided carries its own time and reference; only the
 * caller's own fields are echoed from the repeat. The PIN is never echoed. Refuses to know keys and clocks.
 */
import type { Answer, EndpointResponse, Quoted } from '../../channel-port/channel.ts'
import { formatCompactWib, type Instant } from '../../domain/instant.ts'
import { addRupiah } from '../../domain/money.ts'
import type { Month } from '../../domain/month.ts'
import type { PipeOperation, PipeValues } from './fields.ts'
import { type PipeWord, pipeWordOf } from './response-codes.ts'

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' } as const
const RETRY_AFTER_SECONDS = '1'
/** The last field of an inquiry's reply: how many bills it holds. The hub always answers one. */
const BILL_COUNT = '1'

/** Everything of a reply that is the hub's; the rest is echo. */
type PipeAnswer = {
  readonly word: PipeWord
  readonly at: Instant
  readonly hubReference: string
  readonly months: readonly Month[]
  readonly quoted: Quoted | null
}

/** The hub's answer to a message that could be read. */
export function writeAnswer(
  operation: PipeOperation,
  echo: PipeValues,
  answer: Answer,
  now: Instant,
): EndpointResponse {
  if (answer.outcome === 'too-many') return writePlain(429, 'too many requests, try again later')
  if (answer.outcome === 'unknown-outcome') return writePlain(503, 'outcome unknown, repeat or reverse')
  return write(operation, echo, {
    word: pipeWordOf(answer),
    at: decidedAtOf(answer) ?? now,
    hubReference: hubReferenceOf(answer),
    months: monthsOf(answer),
    quoted: answer.outcome === 'quoted' ? answer : null,
  })
}

/** A request that was turned away before it became a message. */
export function writeRefusal(
  operation: PipeOperation,
  echo: PipeValues,
  word: PipeWord,
  now: Instant,
): EndpointResponse {
  return write(operation, echo, { word, at: now, hubReference: '', months: [], quoted: null })
}

/** What the table of codes does not cover: HTTP 404, 405, 413, 429, 503. */
export function writePlain(status: number, text: string): EndpointResponse {
  const retry = status === 429 || status === 503 ? { 'Retry-After': RETRY_AFTER_SECONDS } : {}
  const allow = status === 405 ? { Allow: 'GET' } : {}
  return { status, headers: { ...TEXT, ...retry, ...allow }, body: text }
}

function write(operation: PipeOperation, echo: PipeValues, answer: PipeAnswer): EndpointResponse {
  return { status: 200, headers: TEXT, body: fieldsOf(operation, echo, answer).join('|') }
}

function fieldsOf(operation: PipeOperation, echo: PipeValues, answer: PipeAnswer): readonly string[] {
  switch (operation) {
    case 'inquiry':
      return [...callerOf(echo), ...resultOf(answer), ...quoteOf(answer.quoted), echo.ProductID ?? '', BILL_COUNT]
    case 'payment':
      return [...callerOf(echo), ...moneyOf(echo), ...resultOf(answer), ...recordOf(answer), echo.ProductID ?? '']
    case 'reversal':
      return [...callerOf(echo), ...resultOf(answer), ...recordOf(answer), echo.ProductID ?? '']
  }
}

function callerOf(echo: PipeValues): readonly string[] {
  const pin = echo.AgentPIN === undefined ? '' : '******'
  const { AgentID = '', AgentTrxID = '', AgentStoreID = '', CustomerID = '', DateTimeRequest = '' } = echo
  return [AgentID, pin, AgentTrxID, AgentStoreID, CustomerID, DateTimeRequest]
}

function moneyOf(echo: PipeValues): readonly string[] {
  const { PaymentPeriod = '', Amount = '', Charge = '', Total = '', AdminFee = '' } = echo
  return [PaymentPeriod, Amount, Charge, Total, AdminFee]
}

function resultOf(answer: PipeAnswer): readonly string[] {
  return [answer.word.code, answer.word.description, formatCompactWib(answer.at)]
}

/** ReffCodeProvider and AdditionalData. */
function recordOf(answer: PipeAnswer): readonly string[] {
  return [answer.hubReference, compactMonths(answer.months)]
}

/** PaymentPeriod, CustomerName, CustomerInformation, DueDate, Amount, Charge, Total, AdminFee; all empty without a quote. */
function quoteOf(quoted: Quoted | null): readonly string[] {
  if (quoted === null) return ['', '', '', '', '', '', '', '']
  return [
    String(quoted.months.length).padStart(2, '0'),
    withoutSeparators(quoted.customerName),
    compactMonths(quoted.months.map(({ month }) => month)),
    quoted.dueDate.replaceAll('-', ''),
    String(quoted.amount),
    '0',
    String(addRupiah(quoted.amount, quoted.adminFee)),
    String(quoted.adminFee),
  ]
}

/** `202611,202612`. */
function compactMonths(months: readonly Month[]): string {
  return months.map((month) => month.replace('-', '')).join(',')
}

/** A name was typed in by a person: it must not add a field or a line. */
function withoutSeparators(text: string): string {
  return text.replace(/[|\p{Cc}]/gu, ' ')
}

/** When it was first decided; undefined for answers that are made anew each time. */
function decidedAtOf(answer: Answer): Instant | undefined {
  if (answer.outcome === 'repeated') return answer.first.decidedAt
  return 'decidedAt' in answer ? answer.decidedAt : undefined
}

/** An inquiry's reply has no field for it; its quote's reference is not used. */
function hubReferenceOf(answer: Answer): string {
  if (answer.outcome === 'repeated') return answer.first.hubReference
  return 'hubReference' in answer ? answer.hubReference : ''
}

function monthsOf(answer: Answer): readonly Month[] {
  if (answer.outcome === 'repeated') return monthsOf(answer.first)
  if (answer.outcome === 'accepted') return answer.months.map(({ month }) => month)
  return answer.outcome === 'reversed' ? answer.months : []
}
