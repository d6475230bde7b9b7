/**
 * What a decision answers, the first time and on every repeat: one piece of code renders both, so they cannot differ.
 * Heals what a crash left between decision and fact. Computes no quote and resolves nobody.
 */
import type { Accepted, Answer, Payment, Refused } from '../../shared/channel-port/channel.ts'
import { monthsOf } from '../../shared/domain/allocation.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { type AcceptedDecision, billCodeOf, isAccepted } from '../../shared/ledger/accepted-decision.ts'
import { healPaymentFact, type PaymentFacts, readPaymentFacts } from '../../shared/ledger/payment-facts.ts'
import { retryUnknownOutcome } from '../../shared/runtime/retry.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { EndpointPorts } from './ports.ts'

/** The answer to a payment whose id is decided: other facts conflict, else the first answer again. */
export async function replayPayment(
  endpoint: EndpointPorts,
  decision: PaymentDecision,
  payment: Payment,
): Promise<Answer> {
  if (!isBoundTo(endpoint, decision, payment)) return { outcome: 'conflict' }
  const { outcome } = decision
  return outcome.kind === 'reversed-first' && outcome.signedAt !== null
    ? keepReversed(endpoint, decision, outcome.signedAt, payment)
    : replayDecision(endpoint, decision)
}

/**
 * Before a payment is told that its reversal came first, the reversal is made to hold for whatever is signed later, too: a payment
 * that was given back once is not taken when its terminal asks again. Whatever took the reversal's place meanwhile is answered instead.
 */
async function keepReversed(
  endpoint: EndpointPorts,
  decision: PaymentDecision,
  signedAt: Instant,
  payment: Payment,
): Promise<Answer> {
  const final: PaymentDecision = { ...decision, outcome: { kind: 'reversed-first', signedAt: null } }
  const put = await retryUnknownOutcome(() => endpoint.decisions.put(final, signedAt))
  return put.outcome === 'put' ? replayDecision(endpoint, final) : replayPayment(endpoint, put.existing, payment)
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
      // A finance reversal changes no word to the partner, so it is not asked for.
      const facts = await readPaymentFacts(endpoint.facts, accepted, ['payment', 'channelReversal'])
      const { channelReversal } = facts
      if (channelReversal) return { outcome: 'was-reversed', hubReference, decidedAt: channelReversal.decidedAt }
      await heal(endpoint, accepted, facts)
      return acceptedAnswer(accepted, await contactOf(endpoint, accepted))
    }
    default:
      return assertNever(decision.outcome)
  }
}

/** The payment's fact stands when this returns. */
export async function heal(endpoint: EndpointPorts, decision: AcceptedDecision, found: PaymentFacts): Promise<void> {
  if ((await healPaymentFact(endpoint, decision, found)) === 'healed') endpoint.onHealed()
}

/** Rendered from the decision alone, but for the name: that is kept apart, where it can be erased. */
export function acceptedAnswer(decision: AcceptedDecision, contact: Contact | undefined): Accepted {
  const { terms, nameFrom } = decision.outcome
  return {
    outcome: 'accepted',
    hubReference: decision.hubReference,
    customerName: printedName(contact, nameFrom),
    kpj: terms.kpj,
    months: monthsOf(terms.months),
    creditDrawn: terms.creditDrawn,
    amount: terms.amount,
    adminFee: terms.adminFee,
    paidThrough: terms.paidThrough,
    billCode: billCodeOf(decision),
    outlet: terms.outlet,
    decidedAt: decision.decidedAt,
    renderer: terms.renderer,
  }
}

/** By the instant that the decision names, not by when it was decided: a rename on its way at that moment would change a repeat. */
function printedName(contact: Contact | undefined, nameFrom: Instant | null): string {
  return contact?.maskedNames.findLast(({ from }) => from === nameFrom)?.name ?? ''
}

async function contactOf(endpoint: EndpointPorts, decision: AcceptedDecision): Promise<Contact | undefined> {
  const { kpj } = decision.outcome.terms
  return kpj === null ? undefined : endpoint.contacts.get(kpj)
}

/** A decision that no payment message made holds less and is compared on what it holds. */
function isBoundTo(endpoint: EndpointPorts, decision: PaymentDecision, payment: Payment): boolean {
  if (decision.factsDigest) return endpoint.digests.sameFacts(decision.factsDigest, payment)
  if (!endpoint.digests.sameCustomer(decision.customerDigest, payment.customerId)) return false
  return !isAccepted(decision) || decision.settledAmount === null || decision.settledAmount === payment.amount
}
