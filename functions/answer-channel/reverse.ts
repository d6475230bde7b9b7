/**
 * A reversal contends for the same decision as its payment. None yet: it decides `reversed-first`, and the payment, should it
 * come, is answered so. Accepted: the payment's fact if it is missing, then the reversal's. Repeats answer alike for ever.
 *
 * Where the operation is not signed, a reversal counts by its signed time: it takes back a payment signed before it, and one
 * that came first keeps out only payments signed before it. What an inquiry was signed with is no reversal: captured-inquiry.ts.
 */
import type { Answer, Reversal, Status } from '../../shared/channel-port/channel.ts'
import { monthsOf } from '../../shared/domain/allocation.ts'
import type { LateReversalFact, ReversalFact } from '../../shared/domain/fact.ts'
import { addDays, type Instant, startOfDay } from '../../shared/domain/instant.ts'
import { type AcceptedDecision, billCodeOf, isAccepted, paymentFactKey } from '../../shared/ledger/accepted-decision.ts'
import { putDecision } from '../../shared/ledger/decide.ts'
import { notBefore, putReversalFact, readPaymentFacts } from '../../shared/ledger/payment-facts.ts'
import { retryUnknownOutcome } from '../../shared/runtime/retry.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { isMarkedInquiry } from './captured-inquiry.ts'
import { demandKnownLocks } from './limits.ts'
import type { Answered, EndpointPorts, RequestContext } from './ports.ts'
import { heal, replayDecision } from './replay.ts'

/** A reversal is taken until 00:15 WIB of the day after the payment's business date; after that it is a case for finance. */
const REVERSAL_GRACE_MILLIS = 15 * 60_000

const UNKNOWN_ORIGINAL = { outcome: 'unknown-original' } as const
const OUT_OF_ORDER: Answered = { answer: { outcome: 'out-of-order' }, repeat: false }
const TOO_MANY: Answered = { answer: { outcome: 'too-many' }, repeat: false }
const CONFLICT: Answered = { answer: { outcome: 'conflict' }, repeat: false }

export async function reverse(endpoint: EndpointPorts, reversal: Reversal, context: RequestContext): Promise<Answered> {
  demandKnownLocks(endpoint.limits)
  const known = await endpoint.decisions.get(endpoint.channel.name, reversal.paymentId)
  context.decisionAttempted = known !== undefined
  return known
    ? reverseDecided(endpoint, known, reversal, context)
    : decideReversedFirst(endpoint, reversal, context, null)
}

/** What became of a payment id; heals a missing fact. `unknown-original` is not final: only a reversal makes it so. */
export async function tellStatus(endpoint: EndpointPorts, status: Status, context: RequestContext): Promise<Answered> {
  const decision = await endpoint.decisions.get(endpoint.channel.name, status.paymentId)
  if (!decision) return { answer: UNKNOWN_ORIGINAL, repeat: false }
  if (!endpoint.digests.sameCustomer(decision.customerDigest, status.customerId)) return CONFLICT
  context.decisionAttempted = true
  return { answer: await replayDecision(endpoint, decision), repeat: true }
}

/**
 * `before`: the reversal that came first. This one, signed later, keeps out payments up to its own time; the instant of the
 * first decision stays, because the payment that was told of it is told the same again.
 */
async function decideReversedFirst(
  endpoint: EndpointPorts,
  reversal: Reversal,
  context: RequestContext,
  before: PaymentDecision | null,
): Promise<Answered> {
  if (!before && endpoint.limits.isLocked('channel', 'empty-reversals')) return TOO_MANY
  const [drafted] = await Promise.all([
    reversedFirst(endpoint, reversal, context),
    before ?? endpoint.limits.count('empty-reversals', ''),
  ])
  const first = before ? { ...drafted, decidedAt: before.decidedAt } : drafted
  context.decisionAttempted = true
  const { outcome, decision } = await putDecision(endpoint, first, (reversal.partnerAt - 1) as Instant)
  if (outcome === 'exists') return reverseDecided(endpoint, decision, reversal, context)
  return { answer: UNKNOWN_ORIGINAL, repeat: before !== null }
}

async function reverseDecided(
  endpoint: EndpointPorts,
  decision: PaymentDecision,
  reversal: Reversal,
  context: RequestContext,
): Promise<Answered> {
  const isInquiry = await isMarkedInquiry(endpoint, reversal)
  if (!isInquiry && isSignedAfter(reversal, decision)) return decideReversedFirst(endpoint, reversal, context, decision)
  if (!endpoint.digests.sameCustomer(decision.customerDigest, reversal.customerId)) return CONFLICT
  if (isAccepted(decision)) return reverseAccepted(endpoint, decision, reversal, isInquiry, context)
  return { answer: UNKNOWN_ORIGINAL, repeat: true }
}

/** A reversal that came first, and by signed times this one would keep out more payments than it does. */
function isSignedAfter(reversal: Reversal, { outcome }: PaymentDecision): boolean {
  return outcome.kind === 'reversed-first' && outcome.signedAt !== null && outcome.signedAt < reversal.partnerAt
}

async function reverseAccepted(
  endpoint: EndpointPorts,
  decision: AcceptedDecision,
  reversal: Reversal,
  isInquiry: boolean,
  context: RequestContext,
): Promise<Answered> {
  if (reversal.mustFollowPayment && reversal.partnerAt <= decision.outcome.terms.partnerAt) return OUT_OF_ORDER
  const facts = await readPaymentFacts(endpoint.facts, decision, ['payment', 'channelReversal', 'lateReversal'])
  const { channelReversal, lateReversal } = facts
  // A signature that a reversal was taken with stays a reversal's, whoever sends it again as an inquiry.
  if (isInquiry && !isSameReversal(channelReversal ?? lateReversal, reversal)) return OUT_OF_ORDER
  if (channelReversal) return { answer: reversed(decision, channelReversal.decidedAt), repeat: true }
  // Late for the process that said so first is late for every other, whatever its clock says.
  if (lateReversal) return { answer: { outcome: 'too-late' }, repeat: true }

  await heal(endpoint, decision, facts)
  const decidedAt = notBefore(endpoint.now(), decision.decidedAt)
  const fact = reversalFact(decision, reversal, decidedAt)
  await endpoint.evidence.keep(context.request)
  return decidedAt > lastReversalAt(decision) ? putLate(endpoint, fact) : putReversal(endpoint, decision, fact)
}

function isSameReversal(fact: ReversalFact | LateReversalFact | undefined, reversal: Reversal): boolean {
  return fact !== undefined && fact.partnerAt === reversal.partnerAt && fact.outlet === reversal.outlet
}

async function putLate(endpoint: EndpointPorts, fact: ReversalFact): Promise<Answered> {
  const late: LateReversalFact = { ...fact, kind: 'late-reversal' }
  const put = await retryUnknownOutcome(() => endpoint.facts.put(late))
  return { answer: { outcome: 'too-late' }, repeat: put === 'exists' }
}

async function putReversal(endpoint: EndpointPorts, decision: AcceptedDecision, fact: ReversalFact): Promise<Answered> {
  const { channel, paymentId } = decision
  const put = await putReversalFact(endpoint.facts, fact, { channel, paymentId, billCode: billCodeOf(decision) })
  if (put === 'put') return { answer: reversed(decision, fact.decidedAt), repeat: false }
  const first = (await readPaymentFacts(endpoint.facts, decision, ['channelReversal'])).channelReversal
  return { answer: reversed(decision, first?.decidedAt ?? fact.decidedAt), repeat: true }
}

async function reversedFirst(
  endpoint: EndpointPorts,
  reversal: Reversal,
  context: RequestContext,
): Promise<PaymentDecision> {
  const signedAt = reversal.mustFollowPayment ? reversal.partnerAt : null
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
    outcome: { kind: 'reversed-first', signedAt },
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
    reverses: paymentFactKey(decision),
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
