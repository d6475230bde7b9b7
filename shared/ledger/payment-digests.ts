/**
 * The keyed digests of a payment: which parts of a message are its facts, in which order. Times, outlet and flags are not.
 *
 * The endpoint and settlement make them alike, or a late advice would not be recognised as the payment that settlement posted.
 * And the authentication codes of what an endpoint wrote, which functions/audit-ledger checks (docs/adr/0072).
 */
import type { Payment } from '../channel-port/channel.ts'
import type { ReversalFact } from '../domain/fact.ts'
import type { ParticipantHash } from '../domain/participant.ts'
import {
  type DigestKeys,
  type DigestPart,
  digest,
  isDigest,
  lookupDigest,
  matches,
  prepareDigestKeys,
  reference,
} from '../runtime/digests.ts'
import { packRuns } from '../store/attributes/packed-months.ts'
import { participantHash } from '../store/participant-hash.ts'
import type { PaymentDigests } from '../store/payment-decisions/payment-decisions.ts'
import type { AcceptedDecision } from './accepted-decision.ts'

/** What settlement needs: it posts for every channel and sees no message. */
export type SettlementDigests = {
  readonly ofCustomer: (customerId: string) => Uint8Array
  /** The hub reference: the same for every message about one payment. */
  readonly reference: (channel: string, paymentId: string) => string
  /** What stands for a NIK in keys. */
  readonly participant: (nik: string) => ParticipantHash
}

/** What one channel's endpoint needs: digests of what the partner sent, and the reference derived from a payment id. */
export type EndpointDigests = Pick<SettlementDigests, 'ofCustomer' | 'participant'> & {
  readonly reference: (paymentId: string) => string
  readonly ofPayment: (payment: Payment) => PaymentDigests
  /** Of an inquiry's facts: what an external id is bound to. */
  readonly ofInquiry: (customerId: string, months: number | null) => Uint8Array
  /** Recomputed under the version that the stored digest names. */
  readonly sameCustomer: (stored: Uint8Array, customerId: string) => boolean
  readonly sameFacts: (stored: Uint8Array, payment: Payment) => boolean
  readonly sameInquiry: (stored: Uint8Array, customerId: string, months: number | null) => boolean
  /** What stands for a signature in keys. */
  readonly ofSignature: (signature: string) => string
  /** Authentication code of what this endpoint accepted: without the digest keys nobody can write a decision that has one. */
  readonly macOfDecision: (decision: AcceptedDecision) => Uint8Array
  readonly macOfReversal: (reversal: ReversalFact) => Uint8Array
}

/** What the auditor needs: whether an endpoint wrote it, with nothing in it changed since. */
export type LedgerMacs = {
  readonly isDecisionAuthentic: (decision: AcceptedDecision) => boolean
  readonly isReversalAuthentic: (reversal: ReversalFact) => boolean
}

/** From the text of the secret. */
export function settlementDigests(secret: string): SettlementDigests {
  return commonDigests(prepareDigestKeys(secret))
}

export function endpointDigests(keys: DigestKeys, channel: string): EndpointDigests {
  const common = commonDigests(keys)
  return {
    ...common,
    reference: (paymentId) => common.reference(channel, paymentId),
    ofPayment: (payment) => ({
      customer: common.ofCustomer(payment.customerId),
      facts: digest(keys, 'facts', ...factsOf(payment)),
    }),
    ofInquiry: (customerId, months) => digest(keys, 'external-id', customerId, months),
    sameCustomer: (stored, customerId) => matches(keys, stored, 'customer', customerId),
    sameFacts: (stored, payment) => matches(keys, stored, 'facts', ...factsOf(payment)),
    sameInquiry: (stored, customerId, months) => matches(keys, stored, 'external-id', customerId, months),
    ofSignature: (signature) => lookupDigest(keys, 'signature', channel, signature),
    macOfDecision: (decision) => digest(keys, 'decision', ...partsOfDecision(decision)),
    macOfReversal: (reversal) => digest(keys, 'reversal', ...partsOfReversal(reversal)),
  }
}

export function ledgerMacs(keys: DigestKeys): LedgerMacs {
  return {
    isDecisionAuthentic: (decision) =>
      isDigest(keys, decision.mac) && matches(keys, decision.mac, 'decision', ...partsOfDecision(decision)),
    isReversalAuthentic: (reversal) =>
      isDigest(keys, reversal.mac) && matches(keys, reversal.mac, 'reversal', ...partsOfReversal(reversal)),
  }
}

/** Of what a customer gave at a counter: a KPJ, a NIK or a bill code. */
export function customerDigest(keys: DigestKeys, customerId: string): Uint8Array {
  return digest(keys, 'customer', customerId)
}

function commonDigests(keys: DigestKeys): SettlementDigests {
  return {
    ofCustomer: (customerId) => customerDigest(keys, customerId),
    reference: (channel, paymentId) => reference(keys, channel, paymentId),
    participant: (nik) => participantHash(keys, nik),
  }
}

/** The payment id is the decision's key on every channel; it is a part here too, so that an external id is bound to it. */
function factsOf(payment: Payment): readonly (string | number | null)[] {
  const { customerId, product, months, amount, adminFee, paymentId } = payment
  return [customerId, product, months, amount, adminFee, paymentId]
}

/** All that money and cover follow from, and the request that it was decided on. */
function partsOfDecision(decision: AcceptedDecision): readonly DigestPart[] {
  const { channel, paymentId, account, decidedAt, evidenceDigest, outcome } = decision
  const { amount, adminFee, creditDrawn, businessDate, partnerAt, months } = outcome.terms
  const paid = [amount, adminFee, creditDrawn, businessDate, partnerAt, packRuns(months)]
  return [channel, paymentId, account, decidedAt, evidenceDigest, ...paid]
}

function partsOfReversal(reversal: ReversalFact): readonly DigestPart[] {
  const { account, source, id, decidedAt, reverses, amount, businessDate, partnerAt } = reversal
  return [account, source, ...id, decidedAt, reverses, amount, businessDate, partnerAt]
}
