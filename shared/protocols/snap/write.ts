/**
 * Writes the hub's answers in SNAP: one body per answer, the same fields in the same order every time.
 *
 * Promise: an accepted payment reads the same on every repeat (customer and amount are the repeat's, by then proven equal);
 * only X-TIMESTAMP is the answer's own time. 401 and 5xx carry no status. What SNAP cannot be asked it does not answer.
 * Bodies are pinned by golden tests; a changed wording is a new renderer beside this one, which stays (`Accepted.renderer`).
 */
import type { Accepted, Answer, EndpointResponse, PricedMonth, Quoted, Refused } from '../../channel-port/channel.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { formatWib, type Instant } from '../../domain/instant.ts'
import { addRupiah, type Rupiah, rupiah, subtractRupiah } from '../../domain/money.ts'
import type { RefusalCode } from '../../domain/refusal.ts'
import type { Echo } from './fields.ts'
import { monthTexts } from './month-texts.ts'
import {
  CASES,
  type Case,
  type CaseName,
  CLOSED_AMOUNT,
  CURRENCY,
  HEADERS,
  responseCode,
  responseMessage,
  type Service,
  TOKEN_SECONDS,
  type VirtualAccountService,
} from './response-codes.ts'

type Body = Readonly<Record<string, unknown>>

const PROGRAMS = [
  { billCode: '01', billName: 'JKK', part: 'jkk' },
  { billCode: '02', billName: 'JKM', part: 'jkm' },
  { billCode: '03', billName: 'JHT', part: 'jht' },
] as const
const COHORT_LINE = { billCode: '01', billName: 'IURAN' }

const REFUSALS: Readonly<Record<RefusalCode, CaseName>> = {
  'unknown-customer': 'unknownCustomer',
  expired: 'expired',
  'already-paid': 'alreadyPaid',
  'wrong-amount': 'wrongAmount',
}

/** The answer to a message that could be read. Throws a RangeError for an answer that SNAP has no question for. */
export function writeAnswer(
  service: VirtualAccountService,
  echo: Echo,
  answer: Answer,
  now: Instant,
): EndpointResponse {
  switch (answer.outcome) {
    case 'external-id-conflict':
    case 'conflict':
      return writeRefusal(service, echo, 'conflict', now)
    case 'was-reversed':
      mustBe('25', service, answer.outcome)
      return writeDecision(service, echo, 'wasReversed', { hubReference: answer.hubReference }, now)
    case 'refused':
      if (answer.code === 'wrong-amount') mustBe('25', service, answer.code)
      return writeDecision(service, echo, REFUSALS[answer.code], { hubReference: answer.hubReference }, now)
    case 'repeated':
      mustBe('25', service, answer.outcome)
      return writeRepeated(echo, answer.first, now)
    case 'quoted':
      mustBe('24', service, answer.outcome)
      return reply(
        service,
        'ok',
        { virtualAccountData: quotedData(echo, answer), additionalInfo: reached(answer) },
        now,
      )
    case 'accepted':
      mustBe('25', service, answer.outcome)
      return writeAccepted(echo, 'ok', answer, now)
    case 'too-many':
      return writeRefusal(service, echo, 'tooMany', now)
    case 'fault':
      return writeRefusal(service, echo, 'fault', now)
    case 'unknown-outcome':
      return writeRefusal(service, echo, 'unknownOutcome', now)
    case 'reversed':
    case 'unknown-original':
    case 'too-late':
    case 'out-of-order':
      throw new RangeError(`expected an answer to an inquiry or a payment, got ${answer.outcome}; SNAP has no reversal`)
    default:
      return assertNever(answer)
  }
}

function mustBe(expected: VirtualAccountService, service: VirtualAccountService, answer: string): void {
  if (service !== expected)
    throw new RangeError(`expected "${answer}" as an answer of service ${expected}, got it for ${service}`)
}

/** A refusal that binds nothing. `field` names the field or header that it is about. */
export function writeRefusal(
  service: Service,
  echo: Echo,
  name: CaseName,
  now: Instant,
  field?: string,
): EndpointResponse {
  const data = service === '73' ? undefined : dataOf(service, echo, CASES[name])
  return reply(service, name, { virtualAccountData: data }, now, field)
}

/** The access token of service 73. */
export function writeToken(accessToken: string, now: Instant): EndpointResponse {
  return reply('73', 'ok', { accessToken, tokenType: 'Bearer', expiresIn: String(TOKEN_SECONDS) }, now)
}

/** A decision against a payment, as it was first made: it keeps its hub reference. */
function writeDecision(
  service: VirtualAccountService,
  echo: Echo,
  name: CaseName,
  additionalInfo: Body,
  now: Instant,
): EndpointResponse {
  return reply(service, name, { virtualAccountData: dataOf(service, echo, CASES[name]), additionalInfo }, now)
}

/** 404 with the first result inside: its flag, its reason and, of an accepted payment, its months. */
function writeRepeated(echo: Echo, first: Accepted | Refused, now: Instant): EndpointResponse {
  if (first.outcome === 'accepted') return writeAccepted(echo, 'repeated', first, now)
  const virtualAccountData = dataOf('25', echo, CASES[REFUSALS[first.code]])
  return reply('25', 'repeated', { virtualAccountData, additionalInfo: { hubReference: first.hubReference } }, now)
}

function writeAccepted(echo: Echo, name: 'ok' | 'repeated', accepted: Accepted, now: Instant): EndpointResponse {
  const freeTexts = monthTexts(accepted.months.map((priced) => priced.month))
  const virtualAccountData = { ...dataOf('25', echo, CASES[name]), freeTexts }
  return reply('25', name, { virtualAccountData, additionalInfo: reached(accepted) }, now)
}

function quotedData(echo: Echo, quoted: Quoted): Body {
  return {
    inquiryStatus: CASES.ok.flag,
    inquiryReason: CASES.ok.reason,
    ...identityOf(echo),
    virtualAccountName: quoted.customerName,
    inquiryRequestId: echo.requestId,
    totalAmount: money(quoted.amount),
    billDetails: billDetails(quoted),
    freeTexts: monthTexts(quoted.months.map((priced) => priced.month)),
    virtualAccountTrxType: CLOSED_AMOUNT,
  }
}

/** Undefined where the case has no status: then the reply holds no virtual account data at all. */
function dataOf(service: VirtualAccountService, echo: Echo, { flag, reason }: Case): Body | undefined {
  if (reason === null) return undefined
  if (service === '24') {
    return { inquiryStatus: flag, inquiryReason: reason, ...identityOf(echo), inquiryRequestId: echo.requestId }
  }
  return {
    ...identityOf(echo),
    paymentRequestId: echo.requestId,
    paidAmount: echo.paidAmount === undefined ? undefined : money(echo.paidAmount),
    paymentFlagStatus: flag,
    paymentFlagReason: reason,
  }
}

function identityOf({ partnerServiceId, customerNo, virtualAccountNo }: Echo): Body {
  return { partnerServiceId, customerNo, virtualAccountNo }
}

/** Ours: the standard leaves `additionalInfo` to the two parties. */
function reached({ hubReference, months, paidThrough }: Quoted | Accepted): Body {
  return { hubReference, months: months.map((priced) => priced.month), paidThrough }
}

/**
 * One line per program, or one for a cohort. Credit pays the first programs first, so the lines always sum to the total.
 * A program that credit pays in full stays, at 0.00.
 */
function billDetails(quoted: Quoted): readonly Body[] {
  if (quoted.kpj === null) return [{ ...COHORT_LINE, billAmount: money(quoted.amount) }]
  let credit = quoted.creditDrawn
  return PROGRAMS.flatMap(({ billCode, billName, part }) => {
    const price = sumOf(quoted.months, part)
    if (price === 0) return []
    const drawn = rupiah(Math.min(price, credit))
    credit = subtractRupiah(credit, drawn)
    return [{ billCode, billName, billAmount: money(subtractRupiah(price, drawn)) }]
  })
}

function sumOf(months: readonly PricedMonth[], part: 'jkk' | 'jkm' | 'jht'): Rupiah {
  return addRupiah(...months.map((priced) => priced.price[part]))
}

/** `{"value":"33600.00","currency":"IDR"}`. */
function money(amount: Rupiah): Body {
  return { value: `${amount}.00`, currency: CURRENCY }
}

function reply(service: Service, name: CaseName, body: Body, now: Instant, field?: string): EndpointResponse {
  const headers = { 'Content-Type': 'application/json', [HEADERS.timestamp]: formatWib(now) }
  return {
    status: CASES[name].httpStatus,
    headers: name === 'tooMany' ? { ...headers, 'Retry-After': '1' } : headers,
    body: JSON.stringify({
      responseCode: responseCode(service, name),
      responseMessage: responseMessage(name, field),
      ...body,
    }),
  }
}
