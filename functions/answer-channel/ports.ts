/** What a endpoint needs to decide: passed in by handler.ts, by tests and by the simulation. */
import type { Answer, ChannelProfile, Payment } from '../../shared/channel-port/channel.ts'
import type { Account } from '../../shared/domain/account.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { ParticipantHash } from '../../shared/domain/participant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { BillStore } from '../../shared/store/bills/bills.ts'
import type { ContactStore } from '../../shared/store/contacts/contacts.ts'
import type { EvidenceStore, SignedRequest } from '../../shared/store/evidence/evidence.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { MembershipStore } from '../../shared/store/memberships/memberships.ts'
import type {
  PaymentDecision,
  PaymentDecisionStore,
  PaymentDigests,
} from '../../shared/store/payment-decisions/payment-decisions.ts'

/** Keyed digests of what a partner sent, and the reference derived from a payment id. */
export type EndpointDigests = {
  readonly ofPayment: (payment: Payment) => PaymentDigests
  readonly ofCustomer: (customerId: string) => Uint8Array
  /** Of an inquiry's facts: what an external id is bound to. */
  readonly ofInquiry: (customerId: string, months: number | null) => Uint8Array
  /** Recomputed under the version that the stored digest names. */
  readonly sameCustomer: (stored: Uint8Array, customerId: string) => boolean
  readonly sameFacts: (stored: Uint8Array, payment: Payment) => boolean
  readonly sameInquiry: (stored: Uint8Array, customerId: string, months: number | null) => boolean
  /** The hub reference: the same for every message about one payment. */
  readonly reference: (paymentId: string) => string
  readonly participant: (nik: string) => ParticipantHash
}

export type EndpointPorts = {
  readonly channel: ChannelProfile
  readonly decisions: PaymentDecisionStore
  readonly facts: FactStore
  readonly memberships: MembershipStore
  readonly contacts: ContactStore
  readonly bills: BillStore
  readonly evidence: EvidenceStore
  readonly digests: EndpointDigests
  readonly rules: Rules
  readonly now: () => Instant
  /** Told of every fault that an answer hides from the partner; never throws. */
  readonly onFault: (error: unknown) => void
  /** Told when a repeat, a status or a reversal put the fact that a crash had left out. */
  readonly onHealed: () => void
}

/** One message on its way through the endpoint. Once its payment id has, or may have, a decision, no answer may say that nothing happened. */
export type RequestContext = { readonly request: SignedRequest; decisionAttempted: boolean }

/** An answer, and whether it repeats an earlier decision: the difference is a metric, never a word to the partner. */
export type Answered = { readonly answer: Answer; readonly repeat: boolean }

export type AcceptedDecision = PaymentDecision & {
  readonly account: Account
  readonly outcome: Extract<PaymentDecision['outcome'], { kind: 'accepted' }>
}

export function isAccepted(decision: PaymentDecision): decision is AcceptedDecision {
  return decision.outcome.kind === 'accepted' && decision.account !== null
}
