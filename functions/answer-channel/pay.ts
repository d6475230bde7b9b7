/**
 * A payment through a endpoint: read the decision, else decide and decision, then put the fact. The decision is the decision.
 *
 * ```
 * evidence kept -> decision put (decided) -> fact put -> answer
 *                  |<- a crash here is healed by the repeat, by status, by a reversal, or by settlement
 * ```
 * No lease, no lock, nothing "in progress". Who loses the decision's condition replays the winner and computes nothing.
 */

import type { Answer, Payment } from '../../shared/channel-port/channel.ts'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import type { PaymentTerms } from '../../shared/domain/fact.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { ZERO } from '../../shared/domain/money.ts'
import { MONTH_COUNTS } from '../../shared/domain/month-count.ts'
import type { RefusalCode } from '../../shared/domain/refusal.ts'
import { RENDERER } from '../../shared/domain/renderer.ts'
import type {
  DecisionOutcome,
  PaymentDecision,
  PutOnce,
} from '../../shared/store/payment-decisions/payment-decisions.ts'
import { type Answered, type EndpointPorts, isAccepted, type RequestContext } from './ports.ts'
import { acceptedAnswer, putFact, replayPayment } from './replay.ts'
import { adminFeeAt, type Due, dueFor, heldNameAt, type NotDue, type Payable, resolve } from './resolve.ts'
import { retried } from './retried.ts'

/** Decides a payment, or repeats what was decided. Faults are thrown; answer-channel.ts says what they mean to a partner. */
export async function pay(endpoint: EndpointPorts, payment: Payment, context: RequestContext): Promise<Answered> {
  const known = await endpoint.decisions.get(endpoint.channel.name, payment.paymentId)
  context.decisionAttempted = known !== undefined
  if (known) return replayed(endpoint, known, payment)

  const [evidenceDigest, payable] = await Promise.all([
    endpoint.evidence.keep(context.request),
    resolve(endpoint, payment.customerId, payment.expects),
  ])
  const due = dueOf(endpoint, payable, payment)
  const decision = decisionFor(endpoint, payment, due, payable, evidenceDigest)
  context.decisionAttempted = true
  const put = await putDecision(endpoint, decision)
  if (put.outcome === 'exists') return replayed(endpoint, put.existing, payment)
  return { answer: await settle(endpoint, put.decision, payable), repeat: false }
}

/** A conflict repeats nothing: it is another payment under a used id. */
async function replayed(endpoint: EndpointPorts, decision: PaymentDecision, payment: Payment): Promise<Answered> {
  const answer = await replayPayment(endpoint, decision, payment)
  return { answer, repeat: answer.outcome !== 'conflict' }
}

/** Our own decision stands: its fact, then its answer. */
async function settle(
  endpoint: EndpointPorts,
  decision: PaymentDecision,
  payable: Payable | undefined,
): Promise<Answer> {
  if (!isAccepted(decision)) {
    const code = (decision.outcome as Extract<DecisionOutcome, { kind: 'refused' }>).code
    return { outcome: 'refused', code, hubReference: decision.hubReference, decidedAt: decision.decidedAt }
  }
  await putFact(endpoint, decision)
  return acceptedAnswer(decision, payable?.contact)
}

/** What the payment must match: the quote at this moment, its fee included. */
function dueOf(endpoint: EndpointPorts, payable: Payable | undefined, payment: Payment): Due | NotDue {
  if (!payable) return { outcome: 'refused', code: 'unknown-customer' }
  const due =
    payment.months === null ? dueByAmount(endpoint, payable, payment) : dueFor(endpoint, payable, payment.months)
  if (due.outcome === 'refused') return due
  const fee = adminFeeAt(endpoint, payable.now)
  if (due.amount !== payment.amount || fee !== payment.adminFee) return { outcome: 'refused', code: 'wrong-amount' }
  return due
}

/** Where the partner names no months: the one number of months whose quote equals the amount. */
function dueByAmount(endpoint: EndpointPorts, payable: Payable, payment: Payment): Due | NotDue {
  const first = dueFor(endpoint, payable, 1)
  if (first.outcome === 'refused' || payable.kind === 'bill') return first
  for (const months of MONTH_COUNTS) {
    const due = dueFor(endpoint, payable, months)
    if (due.outcome === 'due' && due.amount === payment.amount) return due
  }
  return { outcome: 'refused', code: 'wrong-amount' }
}

function decisionFor(
  endpoint: EndpointPorts,
  payment: Payment,
  due: Due | NotDue,
  payable: Payable | undefined,
  evidenceDigest: Uint8Array,
): PaymentDecision {
  const decidedAt = payable?.now ?? endpoint.now()
  const nameFrom = heldNameAt(payable?.contact, decidedAt)?.from ?? null
  const digests = endpoint.digests.ofPayment(payment)
  const hubReference = endpoint.digests.reference(payment.paymentId)
  const decision: DecisionOutcome =
    due.outcome === 'refused'
      ? { kind: 'refused', code: due.code }
      : { kind: 'accepted', terms: termsOf(payment, due, decidedAt, hubReference), nameFrom }
  return {
    channel: endpoint.channel.name,
    paymentId: payment.paymentId,
    customerDigest: digests.customer,
    factsDigest: digests.facts,
    settledAmount: null,
    account: due.outcome === 'due' ? due.account : null,
    decidedAt,
    hubReference,
    evidenceDigest,
    outcome: decision,
  }
}

function termsOf(payment: Payment, due: Due, decidedAt: Instant, hubReference: string): PaymentTerms {
  const { amount, runs, creditDrawn, paidThrough, kpj } = due
  return {
    hubReference,
    partnerAt: payment.partnerAt,
    businessDate: businessDateOf(decidedAt),
    amount,
    adminFee: payment.adminFee ?? ZERO,
    months: runs,
    creditDrawn,
    outlet: payment.outlet,
    paidThrough,
    kpj,
    renderer: RENDERER,
  }
}

type Claimed =
  | { readonly outcome: 'put'; readonly decision: PaymentDecision }
  | Extract<PutOnce<PaymentDecision>, { outcome: 'exists' }>

/** Puts the decision; for a bill together with its paid-by. Who loses on paid-by decisions `already-paid`. */
async function putDecision(endpoint: EndpointPorts, decision: PaymentDecision): Promise<Claimed> {
  const billCode = isAccepted(decision) && isBillCode(decision.account) ? decision.account : null
  if (billCode === null) return decided(decision, await retried(() => endpoint.decisions.put(decision)))
  const paying = await retried(() => endpoint.decisions.putPayingBill(decision, billCode))
  if (paying.outcome !== 'already-paid') return decided(decision, paying)
  const late = refusedInstead(decision, 'already-paid')
  return decided(late, await retried(() => endpoint.decisions.put(late)))
}

function decided(decision: PaymentDecision, put: PutOnce<PaymentDecision>): Claimed {
  return put.outcome === 'put' ? { outcome: 'put', decision } : put
}

function refusedInstead(decision: PaymentDecision, code: RefusalCode): PaymentDecision {
  return { ...decision, account: null, outcome: { kind: 'refused', code } }
}
