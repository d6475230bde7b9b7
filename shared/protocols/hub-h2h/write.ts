/**
 * Writes the replies of the hub's own protocol: 200 with a response code, problem+json for the rest.
 *
 * Promises the same bytes on every repeat of a payment and from `status`: keys in a fixed order, nothing of the clock,
 * of the repeat or of the operation in an accepted payment. Refuses to know keys and bodies.
 */
import type { Accepted, Answer, EndpointResponse, Inquiry, Quoted } from '../../channel-port/channel.ts'
import { addRupiah } from '../../domain/money.ts'
import { receiptOf } from './receipt.ts'
import { HUB_PROBLEMS, type HubProblem, type HubWord, hubWordOf } from './response-codes.ts'

const RETRY_AFTER_SECONDS = '1'

/** The hub's answer to a message that could be read. */
export function writeHubAnswer(transactionId: string, answer: Answer): EndpointResponse {
  if (answer.outcome === 'too-many') return writeProblem(HUB_PROBLEMS.tooMany)
  if (answer.outcome === 'unknown-outcome') return writeProblem(HUB_PROBLEMS.outcomeUnknown)
  const head = headOf(hubWordOf(answer), transactionId)
  if (answer.outcome === 'quoted') return writeJson({ ...head, ...paidOf(answer), receipt: [] })
  if (answer.outcome === 'accepted') return writeJson({ ...head, ...paidOf(answer), receipt: receiptOf(answer) })
  if (answer.outcome === 'repeated') return writeHubAnswer(transactionId, answer.first)
  if (answer.outcome === 'reversed') {
    return writeJson({ ...head, hubReference: answer.hubReference, months: answer.months, amount: answer.amount })
  }
  return writeJson('hubReference' in answer ? { ...head, hubReference: answer.hubReference } : head)
}

/**
 * An inquiry's refusal decides nothing: it has no reference. Whoever asks by NIK is told no KPJ: one number of a person leads to no
 * other before money was taken.
 */
export function writeInquiryAnswer({ requestId, customerId }: Inquiry, answer: Answer): EndpointResponse {
  if (answer.outcome === 'refused') return writeJson(headOf(hubWordOf(answer), requestId))
  if (answer.outcome !== 'quoted' || answer.billCode !== null || answer.kpj === customerId)
    return writeHubAnswer(requestId, answer)
  return writeHubAnswer(requestId, { ...answer, kpj: null })
}

/** RFC 9457. `detail` and `field` say what to mend, and hold nothing of what was sent. */
export function writeProblem(
  problem: HubProblem,
  mend?: { readonly field: string; readonly detail: string },
): EndpointResponse {
  const { status, code, title } = problem
  const retry = status === 429 || status === 503 ? { 'Retry-After': RETRY_AFTER_SECONDS } : {}
  const allow = status === 405 ? { Allow: 'POST' } : {}
  const body = JSON.stringify({ type: 'about:blank', title, status, code, ...mend })
  return { status, headers: { 'Content-Type': 'application/problem+json', ...retry, ...allow }, body }
}

function writeJson(reply: Readonly<Record<string, unknown>>): EndpointResponse {
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(reply) }
}

function headOf(word: HubWord, transactionId: string): Readonly<Record<string, unknown>> {
  return { responseCode: word.code, responseMessage: word.message, transactionId }
}

/** What a quote and a paid quote have in common, in the published order. */
function paidOf(answer: Quoted | Accepted): Readonly<Record<string, unknown>> {
  return {
    hubReference: answer.hubReference,
    customerName: answer.customerName,
    kpj: answer.kpj,
    months: answer.months.map(({ month }) => month),
    amount: answer.amount,
    adminFee: answer.adminFee,
    total: addRupiah(answer.amount, answer.adminFee),
    paidThrough: answer.paidThrough,
  }
}
