/**
 * What a claim answers, the first time and on every repeat: one piece of code renders both, so they cannot differ.
 * Heals what a crash left between claim and fact. Computes no quote and resolves nobody.
 */
import type { Accepted, Answer, Payment, Refused } from '../../shared/channels/channel.ts'
import { factKey, keyOf, type PaymentFact, type ReversalFact } from '../../shared/domain/fact.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { assertNever } from '../../shared/domain/outcome.ts'
import type { Claim } from '../../shared/store/claims.ts'
import type { Contact } from '../../shared/store/contacts.ts'
import { type AcceptedClaim, type Door, isAccepted } from './ports.ts'
import { pricedMonths } from './resolve.ts'
import { retried } from './retried.ts'

/** The answer to a payment whose id is claimed: other facts conflict, else what was said first. */
export async function replayPayment(door: Door, claim: Claim, payment: Payment): Promise<Answer> {
  if (!isBoundTo(door, claim, payment)) return { outcome: 'conflict' }
  return replayDecision(door, claim)
}

/** The decision itself, for a payment's repeat and for `status`: refusal, reversal, or the first answer. */
export async function replayDecision(
  door: Door,
  claim: Claim,
): Promise<Accepted | Refused | Extract<Answer, { outcome: 'was-reversed' }>> {
  const { hubReference, decidedAt } = claim
  switch (claim.decision.kind) {
    case 'reversed-first':
      return { outcome: 'was-reversed', hubReference, decidedAt }
    case 'refused':
      return { outcome: 'refused', code: claim.decision.code, hubReference, decidedAt }
    case 'accepted': {
      const accepted = claim as AcceptedClaim
      const { payment, reversal } = await readFacts(door, accepted)
      if (reversal) return { outcome: 'was-reversed', hubReference, decidedAt: reversal.decidedAt }
      if (!payment) {
        await putFact(door, accepted)
        door.onHealed()
      }
      return acceptedAnswer(accepted, await contactOf(door, accepted))
    }
    default:
      return assertNever(claim.decision)
  }
}

/** The payment's fact and its channel's reversal, by key: a finance reversal changes no word to the partner. */
export async function readFacts(
  door: Door,
  claim: AcceptedClaim,
): Promise<{ readonly payment: PaymentFact | undefined; readonly reversal: ReversalFact | undefined }> {
  const keys = [paymentKey(claim), reversalKey(claim)]
  const facts = await door.facts.getMany(claim.account, keys)
  const payment = facts.find((fact) => keyOf(fact) === keys[0])
  const reversal = facts.find((fact) => keyOf(fact) === keys[1])
  return {
    payment: payment?.kind === 'payment' ? payment : undefined,
    reversal: reversal?.kind === 'reversal' ? reversal : undefined,
  }
}

/** Puts the fact that the claim decided. Right any number of times, from any caller. */
export async function putFact(door: Door, claim: AcceptedClaim): Promise<void> {
  const recordedAt = Math.max(door.now(), claim.decidedAt) as Instant
  const { account, channel, paymentId, decidedAt } = claim
  const stamp = { kind: 'payment', account, source: channel, id: [paymentId], decidedAt, recordedAt } as const
  await retried(() => door.facts.put({ ...stamp, ...claim.decision.terms }))
}

/** Rendered from the claim alone, but for the name: that is kept apart, where it can be erased. */
export function acceptedAnswer(claim: AcceptedClaim, contact: Contact | undefined): Accepted {
  const { terms } = claim.decision
  return {
    outcome: 'accepted',
    hubReference: claim.hubReference,
    customerName: printedName(contact, claim.decision.nameFrom),
    kpj: terms.kpj,
    months: pricedMonths(terms.months),
    creditDrawn: terms.creditDrawn,
    amount: terms.amount,
    adminFee: terms.adminFee,
    paidThrough: terms.paidThrough,
    billCode: claim.account === terms.kpj ? null : claim.account,
    outlet: terms.outlet,
    decidedAt: claim.decidedAt,
    renderer: terms.renderer,
  }
}

/** By the instant that the claim names, never by its decision: a rename on its way at that moment would change a repeat. */
function printedName(contact: Contact | undefined, nameFrom: Instant | null): string {
  return contact?.maskedNames.findLast(({ from }) => from === nameFrom)?.name ?? ''
}

async function contactOf(door: Door, claim: AcceptedClaim): Promise<Contact | undefined> {
  const { kpj } = claim.decision.terms
  return kpj === null ? undefined : door.contacts.get(kpj)
}

export function paymentKey(claim: Claim): string {
  return factKey('payment', claim.channel, [claim.paymentId])
}

export function reversalKey(claim: Claim): string {
  return factKey('reversal', claim.channel, [claim.paymentId])
}

/** A claim that no payment message made holds less and is compared on what it holds. */
function isBoundTo(door: Door, claim: Claim, payment: Payment): boolean {
  if (claim.factsDigest) return door.digests.sameFacts(claim.factsDigest, payment)
  if (!door.digests.sameCustomer(claim.customerDigest, payment.customerId)) return false
  return !isAccepted(claim) || claim.settledAmount === null || claim.settledAmount === payment.amount
}
