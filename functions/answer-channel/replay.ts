/**
 * What a decision answers, the first time and on every repeat: one piece of code renders both, so they cannot differ.
 * Heals what a crash left between decision and fact. Computes no quote and resolves nobody.
 */
import type { Accepted, Answer, Payment, Refused } from '../../shared/channel-port/channel.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import { type FactKey, factKey, keyOf, type PaymentFact, type ReversalFact } from '../../shared/domain/fact.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { type AcceptedDecision, type EndpointPorts, isAccepted } from './ports.ts'
import { pricedMonths } from './resolve.ts'
import { retried } from './retried.ts'

/** The answer to a payment whose id is decided: other facts conflict, else what was said first. */
export async function replayPayment(
  endpoint: EndpointPorts,
  decision: PaymentDecision,
  payment: Payment,
): Promise<Answer> {
  if (!isBoundTo(endpoint, decision, payment)) return { outcome: 'conflict' }
  return replayDecision(endpoint, decision)
}

/** The decision itself, for a payment's repeat and for `status`: refusal, reversal, or the first answer. */
export async function replayDecision(
  endpoint: EndpointPorts,
  decision: PaymentDecision,
): Promise<Accepted | Refused | Extract<Answer, { outcome: 'was-reversed' }>> {
  const { hubReference, decidedAt } = decision
  switch (decision.outcome.kind) {
    case 'reversed-first':
      return { outcome: 'was-reversed', hubReference, decidedAt }
    case 'refused':
      return { outcome: 'refused', code: decision.outcome.code, hubReference, decidedAt }
    case 'accepted': {
      const accepted = decision as AcceptedDecision
      const { payment, reversal } = await readFacts(endpoint, accepted)
      if (reversal) return { outcome: 'was-reversed', hubReference, decidedAt: reversal.decidedAt }
      if (!payment) {
        await putFact(endpoint, accepted)
        endpoint.onHealed()
      }
      return acceptedAnswer(accepted, await contactOf(endpoint, accepted))
    }
    default:
      return assertNever(decision.outcome)
  }
}

/** The payment's fact and its channel's reversal, by key: a finance reversal changes no word to the partner. */
export async function readFacts(
  endpoint: EndpointPorts,
  decision: AcceptedDecision,
): Promise<{ readonly payment: PaymentFact | undefined; readonly reversal: ReversalFact | undefined }> {
  const keys = [paymentKey(decision), reversalKey(decision)]
  const facts = await endpoint.facts.getMany(decision.account, keys)
  const payment = facts.find((fact) => keyOf(fact) === keys[0])
  const reversal = facts.find((fact) => keyOf(fact) === keys[1])
  return {
    payment: payment?.kind === 'payment' ? payment : undefined,
    reversal: reversal?.kind === 'reversal' ? reversal : undefined,
  }
}

/** Puts the fact that the decision decided. Right any number of times, from any caller. */
export async function putFact(endpoint: EndpointPorts, decision: AcceptedDecision): Promise<void> {
  const recordedAt = Math.max(endpoint.now(), decision.decidedAt) as Instant
  const { account, channel, paymentId, decidedAt } = decision
  const stamp = { kind: 'payment', account, source: channel, id: [paymentId], decidedAt, recordedAt } as const
  await retried(() => endpoint.facts.put({ ...stamp, ...decision.outcome.terms }))
}

/** Rendered from the decision alone, but for the name: that is kept apart, where it can be erased. */
export function acceptedAnswer(decision: AcceptedDecision, contact: Contact | undefined): Accepted {
  const { terms } = decision.outcome
  return {
    outcome: 'accepted',
    hubReference: decision.hubReference,
    customerName: printedName(contact, decision.outcome.nameFrom),
    kpj: terms.kpj,
    months: pricedMonths(terms.months),
    creditDrawn: terms.creditDrawn,
    amount: terms.amount,
    adminFee: terms.adminFee,
    paidThrough: terms.paidThrough,
    billCode: decision.account === terms.kpj ? null : decision.account,
    outlet: terms.outlet,
    decidedAt: decision.decidedAt,
    renderer: terms.renderer,
  }
}

/** By the instant that the decision names, never by its decision: a rename on its way at that moment would change a repeat. */
function printedName(contact: Contact | undefined, nameFrom: Instant | null): string {
  return contact?.maskedNames.findLast(({ from }) => from === nameFrom)?.name ?? ''
}

async function contactOf(endpoint: EndpointPorts, decision: AcceptedDecision): Promise<Contact | undefined> {
  const { kpj } = decision.outcome.terms
  return kpj === null ? undefined : endpoint.contacts.get(kpj)
}

export function paymentKey(decision: PaymentDecision): FactKey {
  return factKey('payment', decision.channel, [decision.paymentId])
}

export function reversalKey(decision: PaymentDecision): FactKey {
  return factKey('reversal', decision.channel, [decision.paymentId])
}

/** A decision that no payment message made holds less and is compared on what it holds. */
function isBoundTo(endpoint: EndpointPorts, decision: PaymentDecision, payment: Payment): boolean {
  if (decision.factsDigest) return endpoint.digests.sameFacts(decision.factsDigest, payment)
  if (!endpoint.digests.sameCustomer(decision.customerDigest, payment.customerId)) return false
  return !isAccepted(decision) || decision.settledAmount === null || decision.settledAmount === payment.amount
}
