/**
 * A reversal contends for the same decision as its payment. None yet: it decisions `reversed-first`, and the payment, should it
 * come, is told so. Accepted: the payment's fact if it is missing, then the reversal's. Repeats answer alike for ever.
 */
import type { Answer, Reversal, Status } from '../../shared/channel-port/channel.ts'
import { monthsOf } from '../../shared/domain/allocation.ts'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import type { LateReversalFact, ReversalFact } from '../../shared/domain/fact.ts'
import { addDays, type Instant, startOfDay } from '../../shared/domain/instant.ts'
import { paymentKey as paidByKey } from '../../shared/domain/payment-key.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { type AcceptedDecision, type Answered, type EndpointPorts, isAccepted, type RequestContext } from './ports.ts'
import { paymentKey, putFact, readFacts, replayDecision } from './replay.ts'
import { retried } from './retried.ts'

/** A reversal is taken until 00:15 WIB of the day after the payment's business date; after that it is a case for finance. */
const REVERSAL_GRACE_MILLIS = 15 * 60_000

export async function reverse(endpoint: EndpointPorts, reversal: Reversal, context: RequestContext): Promise<Answered> {
  const known = await endpoint.decisions.get(endpoint.channel.name, reversal.paymentId)
  context.decisionAttempted = known !== undefined
  if (known) return reverseDecided(endpoint, known, reversal, context)

  const first = await reversedFirst(endpoint, reversal, context)
  context.decisionAttempted = true
  const put = await retried(() => endpoint.decisions.put(first))
  return put.outcome === 'put'
    ? { answer: { outcome: 'unknown-original' }, repeat: false }
    : reverseDecided(endpoint, put.existing, reversal, context)
}

/** What became of a payment id; heals a missing fact. `unknown-original` is not final: only a reversal makes it so. */
export async function tellStatus(endpoint: EndpointPorts, status: Status, context: RequestContext): Promise<Answered> {
  const decision = await endpoint.decisions.get(endpoint.channel.name, status.paymentId)
  if (!decision) return { answer: { outcome: 'unknown-original' }, repeat: false }
  if (!endpoint.digests.sameCustomer(decision.customerDigest, status.customerId))
    return { answer: { outcome: 'conflict' }, repeat: false }
  context.decisionAttempted = true
  return { answer: await replayDecision(endpoint, decision), repeat: true }
}

async function reverseDecided(
  endpoint: EndpointPorts,
  decision: PaymentDecision,
  reversal: Reversal,
  context: RequestContext,
): Promise<Answered> {
  if (!endpoint.digests.sameCustomer(decision.customerDigest, reversal.customerId))
    return { answer: { outcome: 'conflict' }, repeat: false }
  if (!isAccepted(decision)) return { answer: { outcome: 'unknown-original' }, repeat: true }

  const facts = await readFacts(endpoint, decision)
  if (facts.reversal) return { answer: reversed(decision, facts.reversal.decidedAt), repeat: true }
  const { terms } = decision.outcome
  if (reversal.mustFollowPayment && reversal.partnerAt < terms.partnerAt)
    return { answer: { outcome: 'out-of-order' }, repeat: false }

  if (!facts.payment) {
    await putFact(endpoint, decision)
    endpoint.onHealed()
  }
  const decidedAt = Math.max(endpoint.now(), decision.decidedAt) as Instant
  const fact = reversalFact(decision, reversal, decidedAt)
  await endpoint.evidence.keep(context.request)
  if (decidedAt > lastReversalAt(decision)) {
    const late = await retried(() => endpoint.facts.put({ ...fact, kind: 'late-reversal' } satisfies LateReversalFact))
    return { answer: { outcome: 'too-late' }, repeat: late === 'exists' }
  }
  const put = await retried(() => putReversal(endpoint, decision, fact))
  if (put === 'put') return { answer: reversed(decision, decidedAt), repeat: false }
  const first = (await readFacts(endpoint, decision)).reversal
  return { answer: reversed(decision, first?.decidedAt ?? decidedAt), repeat: true }
}

function putReversal(
  endpoint: EndpointPorts,
  decision: AcceptedDecision,
  fact: ReversalFact,
): Promise<'put' | 'exists'> {
  const { account, channel, paymentId } = decision
  if (!isBillCode(account)) return endpoint.facts.put(fact)
  return endpoint.facts.putReversingBill(fact, account, paidByKey(channel, paymentId))
}

async function reversedFirst(
  endpoint: EndpointPorts,
  reversal: Reversal,
  context: RequestContext,
): Promise<PaymentDecision> {
  return {
    channel: endpoint.channel.name,
    paymentId: reversal.paymentId,
    customerDigest: endpoint.digests.ofCustomer(reversal.customerId),
    factsDigest: null,
    settledAmount: null,
    account: null,
    evidenceDigest: await endpoint.evidence.keep(context.request),
    decidedAt: endpoint.now(),
    hubReference: endpoint.digests.reference(reversal.paymentId),
    outcome: { kind: 'reversed-first' },
  }
}

function reversalFact(decision: AcceptedDecision, reversal: Reversal, decidedAt: Instant): ReversalFact {
  const { terms } = decision.outcome
  return {
    kind: 'reversal',
    account: decision.account,
    source: decision.channel,
    id: [decision.paymentId],
    decidedAt,
    recordedAt: decidedAt,
    reverses: paymentKey(decision),
    partnerAt: reversal.partnerAt,
    businessDate: terms.businessDate,
    amount: terms.amount,
    outlet: reversal.outlet,
  }
}

function lastReversalAt(decision: AcceptedDecision): number {
  return startOfDay(addDays(decision.outcome.terms.businessDate, 1)) + REVERSAL_GRACE_MILLIS
}

function reversed(decision: AcceptedDecision, decidedAt: Instant): Answer {
  const { terms } = decision.outcome
  const months = monthsOf(terms.months).map(({ month }) => month)
  return { outcome: 'reversed', hubReference: decision.hubReference, decidedAt, months, amount: terms.amount }
}
