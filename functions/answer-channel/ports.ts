/** What an endpoint needs to decide: passed in by handler.ts, by tests and by the simulation. */
import type { Answer, ChannelProfile } from '../../shared/channel-port/channel.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import type { EndpointDigests } from '../../shared/ledger/payment-digests.ts'
import type { BillReader } from '../../shared/store/bills/bills.ts'
import type { ContactStore } from '../../shared/store/contacts/contacts.ts'
import type { EvidenceStore, SignedRequest } from '../../shared/store/evidence/evidence.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { FoldTimes } from '../../shared/store/memberships/memberships.ts'
import type { PaymentDecisionStore } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { Limits } from './limits.ts'

export type EndpointPorts = {
  readonly channel: ChannelProfile
  readonly decisions: PaymentDecisionStore
  readonly facts: FactStore
  readonly memberships: FoldTimes
  readonly contacts: Pick<ContactStore, 'get'>
  readonly bills: BillReader
  readonly evidence: EvidenceStore
  readonly digests: EndpointDigests
  readonly limits: Limits
  readonly rules: Rules
  readonly now: () => Instant
  /** Called with every fault that an answer hides from the partner; never throws. */
  readonly onFault: (error: unknown) => void
  /** Called when a repeat, a status question or a reversal put the fact that a crash had left out. */
  readonly onHealed: () => void
}

/** One message on its way through the endpoint. Once its payment id has, or may have, a decision, no answer may say that nothing happened. */
export type RequestContext = { readonly request: SignedRequest; decisionAttempted: boolean }

/** An answer, and whether it repeats an earlier decision: the difference is a metric, never a word to the partner. */
export type Answered = { readonly answer: Answer; readonly repeat: boolean }
