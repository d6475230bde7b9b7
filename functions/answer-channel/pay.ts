/**
 * A payment through an endpoint: read the decision; where none stands, decide; then put the fact.
 *
 * ```
 * evidence kept -> decision put (decided) -> fact put -> answer
 *                  |<- a crash here is healed by the repeat, by status, by a reversal, or by settlement
 * ```
 * No lease, no lock, nothing "in progress". Whoever finds another decision standing replays that one and computes nothing.
 */
import type { Payment } from '../../shared/channel-port/channel.ts'
import { businessDateAt } from '../../shared/domain/business-day.ts'
import { ZERO } from '../../shared/domain/money.ts'
import { isAccepted } from '../../shared/ledger/accepted-decision.ts'
import { decide } from '../../shared/ledger/decide.ts'
import { draftAccepted, draftRefused } from '../../shared/ledger/draft-decision.ts'
import {
  type Due,
  dueFor,
  dueForAmount,
  type NotDue,
  type Payable,
  type ReadPayer,
  readerOfPayer,
} from '../../shared/ledger/payer.ts'
import { holdsFor } from '../../shared/store/payment-decisions/dynamodb.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { adminFeeAt, payableAt } from './inquire.ts'
import type { Answered, EndpointPorts, RequestContext } from './ports.ts'
import { acceptedAnswer, replayDecision, replayPayment } from './replay.ts'

/** What stands under the payment's id, and what its customer id names: a repeat needs the first alone. */
export type LookedUp = {
  readonly known: PaymentDecision | undefined
  readonly payer: PromiseSettledResult<ReadPayer>
}

/** Both at once: neither waits for the other, and each read in a row is time at the counter. */
export async function lookUp(endpoint: EndpointPorts, payment: Payment): Promise<LookedUp> {
  const [known, payer] = await Promise.allSettled([
    endpoint.decisions.get(endpoint.channel.name, payment.paymentId),
    readerOfPayer(endpoint, payment.customerId, payment.expects),
  ])
  return { known: fulfilled(known), payer }
}

/** Decides a payment, or repeats what was decided. Faults are thrown; answer-channel.ts says what they mean to a partner. */
export async function pay(
  endpoint: EndpointPorts,
  payment: Payment,
  { known, payer }: LookedUp,
  context: RequestContext,
): Promise<Answered> {
  context.decisionAttempted = known !== undefined
  if (known && holdsFor(known, payment.partnerAt)) return replayed(endpoint, known, payment)

  const readPayer = fulfilled(payer)
  const [evidenceDigest, payable] = await Promise.all([endpoint.evidence.keep(context.request), readPayer()])
  const draft = draftDecision(endpoint, payment, payable, evidenceDigest)
  context.decisionAttempted = true
  const { outcome, decision } = await decide(endpoint, draft, payment.partnerAt)
  if (outcome === 'exists') return replayed(endpoint, decision, payment)
  if (isAccepted(decision)) return { answer: acceptedAnswer(decision, payable?.contact), repeat: false }
  return { answer: await replayDecision(endpoint, decision), repeat: false }
}

function fulfilled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason
  return result.value
}

/** A conflict repeats nothing: it is another payment under a used id. */
async function replayed(endpoint: EndpointPorts, decision: PaymentDecision, payment: Payment): Promise<Answered> {
  const answer = await replayPayment(endpoint, decision, payment)
  return { answer, repeat: answer.outcome !== 'conflict' }
}

function draftDecision(
  endpoint: EndpointPorts,
  payment: Payment,
  payable: Payable | undefined,
  evidenceDigest: Uint8Array,
): PaymentDecision {
  const { paymentId, partnerAt, amount, outlet } = payment
  const decidedAt = payable?.now ?? endpoint.now()
  const digests = endpoint.digests.ofPayment(payment)
  const undecided = {
    channel: endpoint.channel.name,
    paymentId,
    customerDigest: digests.customer,
    factsDigest: digests.facts,
    settledAmount: null,
    decidedAt,
    hubReference: endpoint.digests.reference(paymentId),
    evidenceDigest,
  }
  const due = dueOf(endpoint, payableAt(endpoint.channel, payable), payment)
  if (due.outcome === 'refused') return draftRefused(undecided, due.code)
  const businessDate = businessDateAt(decidedAt, endpoint.channel.cutOffHour)
  const collected = { partnerAt, businessDate, amount, adminFee: payment.adminFee ?? ZERO, outlet }
  const accepted = draftAccepted(undecided, due, collected, payable?.contact)
  return { ...accepted, mac: endpoint.digests.macOfDecision(accepted) }
}

/** What the payment must match: the quote at this moment, its fee included. */
function dueOf(endpoint: EndpointPorts, payable: Payable | undefined, payment: Payment): Due | NotDue {
  if (!payable) return { outcome: 'refused', code: 'unknown-customer' }
  const { rules } = endpoint
  const due =
    payment.months === null ? dueForAmount(rules, payable, payment.amount) : dueFor(rules, payable, payment.months)
  if (due.outcome === 'refused') return due
  const fee = adminFeeAt(endpoint.channel, payable.now)
  if (due.amount !== payment.amount || fee !== payment.adminFee) return { outcome: 'refused', code: 'wrong-amount' }
  return due
}
