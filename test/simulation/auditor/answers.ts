/**
 * What partners are answered, checked as each answer leaves its endpoint: "our fault" never after a decision, no fault without a cause,
 * external ids bound once a day, and every other word as words.ts and the ledger bear it out. Types only.
 */
import type { Answer, Inquiry, Message, Payment } from '../../../shared/channel-port/channel.ts'
import { bindingKey } from './commits.ts'
import { type Binding, demand, type InvocationRecord, type Ledger } from './ledger.ts'
import {
  type AnswerContext,
  type CheckResult,
  callAsSent,
  decisionOf,
  isSameRequest,
  onDecision,
  onReversal,
  onStatus,
  stoodDuring,
} from './words.ts'

export function recordAnswer(ledger: Ledger, witness: InvocationRecord, message: Message, answer: Answer): void {
  const hearing = { ledger, witness, answer }
  const { outcome } = answer
  if (outcome === 'unknown-outcome' || outcome === 'fault' || outcome === 'too-many') {
    demand(ledger, 'no fault without a cause', witness.faults > 0, () => `${message.kind} was answered ${outcome}`)
    if (outcome !== 'unknown-outcome') notFailed(hearing, message)
    return
  }
  if (message.kind === 'inquiry') inquiryAnswered(hearing, message)
  const [holds, but] = verdictOn(hearing, message)
  const id = 'paymentId' in message ? message.paymentId : message.requestId
  const word = answer.outcome === 'refused' ? `refused ${answer.code}` : outcome
  demand(
    ledger,
    'an answer is true when it is given',
    holds,
    () => `${message.kind} ${id} was answered ${word}, but ${but}`,
  )
}

/** An inquiry under an id that was decided before it came: from now on its signature is no reversal's. */
function inquiryAnswered({ ledger, witness, ...hearing }: AnswerContext, { requestId, signature }: Inquiry): void {
  const decision = decisionOf({ ledger, witness, ...hearing }, requestId)
  if (signature === undefined || !decision || (decision.before ?? decision).at > witness.from) return
  if (!ledger.inquiries.answered.has(signature)) ledger.inquiries.answered.set(signature, ++ledger.position)
}

/** "Our fault" promises that nothing was taken: wrong once this message tried to decision, or any had decided before it came. */
function notFailed(hearing: AnswerContext, message: Message): void {
  if (message.kind === 'inquiry') return
  const { ledger, witness } = hearing
  const decision = decisionOf(hearing, message.paymentId)
  const before = decision !== undefined && decision.at <= witness.from
  const holds = !before && !witness.triedToDecide
  demand(ledger, 'never "failed" after a decision', holds, () => `${message.kind} ${message.paymentId}`)
}

function verdictOn(hearing: AnswerContext, message: Message): CheckResult {
  switch (message.kind) {
    case 'inquiry':
      return onInquiry(hearing, message)
    case 'payment':
      return onPayment(hearing, message)
    case 'reversal':
      return onReversal(hearing, message)
    case 'status':
      return onStatus(hearing, message)
  }
}

function onInquiry(hearing: AnswerContext, message: Inquiry): CheckResult {
  const { outcome } = hearing.answer
  if (outcome === 'external-id-conflict')
    return [isBoundElsewhere(hearing, message), 'no other call has the external id']
  return [outcome === 'quoted' || outcome === 'refused', 'an inquiry is quoted or refused']
}

function onPayment(hearing: AnswerContext, message: Payment): CheckResult {
  const { witness, answer } = hearing
  const bound = bindingOf(hearing, message)
  if (answer.outcome === 'external-id-conflict') {
    const holds = isBoundElsewhere(hearing, message) && !(bound && isOwnInquiry(bound, message))
    return [holds, 'no other call has the external id, or only the payment’s own inquiry']
  }
  const wasBound = bound !== undefined && bound.at <= witness.from
  if (wasBound && isBoundElsewhere(hearing, message)) return [false, 'another call has its external id']
  const decision = decisionOf(hearing, message.paymentId)
  if (!decision) return [false, 'no decision stands']
  const stood = stoodDuring(hearing, decision)
  if (answer.outcome === 'conflict')
    return [stood.some((one) => !isSameRequest(one, message)), 'it is the request that made the decision']
  if (!stood.some((one) => isSameRequest(one, message))) return [false, 'another request made the decision']
  if (answer.outcome === 'repeated') {
    if (!bound || bound.by === witness.id) return [false, 'the external id is new']
    return onDecision(hearing, message, decision, answer.first)
  }
  const wasDecided = decision.at <= witness.from && (answer.outcome === 'accepted' || answer.outcome === 'refused')
  if (wasBound && wasDecided) return [false, 'its external id had been used for it']
  return onDecision(hearing, message, decision, answer)
}

function bindingOf({ ledger, witness }: AnswerContext, { externalId }: Inquiry | Payment) {
  return externalId && ledger.bindings.get(bindingKey({ channel: witness.channel, ...externalId }))
}

/** A bank's inquiry, which somebody may have sent under the id that the bank used next: its own payment is not kept out by it. */
function isOwnInquiry({ origin }: Binding, payment: Payment): boolean {
  return origin?.kind === 'inquiry' && origin.requestId === payment.paymentId && origin.partnerAt < payment.partnerAt
}

/** Another call took the external id of the day: another service, another request, or the same one with other facts. */
function isBoundElsewhere(hearing: AnswerContext, message: Inquiry | Payment): boolean {
  const bound = bindingOf(hearing, message)
  return bound !== undefined && callAsSent(bound.origin) !== callAsSent(message)
}
