/**
 * Table `payment-decisions`: what the partner was answered. A decision on a payment id is put once; the one that may be replaced is a
 * reversal that came before its payment, by a message signed after it.
 *
 * | item | PK `decision` | holds |
 * |---|---|---|
 * | decision | `<channel>#<paymentId>` | digests, account, decision, everything the payment's fact will hold |
 * | external id | `<channel>#<WIB date>#<X-EXTERNAL-ID>` | service, request id, facts digest; 3 days, readers filter on expiry |
 * | inquiry mark | `<channel>#<paymentId>#inquiry#<signature hash>` | nothing: that an inquiry under a decided id was signed so; 3 days |
 * | open self-paid membership | `nik#<keyed hash>` | the KPJ that this NIK pays for |
 *
 * Ids are percent-encoded. Producers: functions/answer-channel, functions/serve-console (nik items).
 * Consumers: the same, and settlement, which looks a decision up by the id in the file.
 */
import type { Account } from '../../domain/account.ts'
import type { BillCode } from '../../domain/bill-code.ts'
import type { PaymentTerms } from '../../domain/fact.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { ParticipantHash } from '../../domain/participant.ts'
import type { RefusalCode } from '../../domain/refusal.ts'

/** Keyed digests, one version byte first: they outlive the key that made them. */
export type PaymentDigests = {
  /** Of the customer id as sent. */
  readonly customer: Uint8Array
  /** Of all facts as sent: customer, product, months, amount, admin fee, payment id. */
  readonly facts: Uint8Array
}

export type DecisionOutcome =
  | {
      readonly kind: 'accepted'
      readonly terms: PaymentTerms
      /** Since when the name that was printed had held; null where none was printed. A repeat prints that very name. */
      readonly nameFrom: Instant | null
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | {
      readonly kind: 'reversed-first'
      /** Holds for payments signed before this instant. null: for every payment, because the partner signs the operation too. */
      readonly signedAt: Instant | null
    }

export type PaymentDecision = {
  readonly channel: string
  readonly paymentId: string
  readonly customerDigest: Uint8Array
  /** null on a decision that no payment message made (`reversed-first`, posted from settlement): it is compared on what it holds. */
  readonly factsDigest: Uint8Array | null
  /** The amount that a decision posted from settlement is compared on; null elsewhere. */
  readonly settledAmount: Rupiah | null
  /** Resolved once, here: KPJ or bill code; null where the customer is unknown. A repeat never resolves again. */
  readonly account: Account | null
  readonly decidedAt: Instant
  readonly hubReference: string
  /** Keyed digest of the signed request in the evidence store; null where none was kept (a reversal first). */
  readonly evidenceDigest: Uint8Array | null
  readonly outcome: DecisionOutcome
  /** Authentication code of an endpoint's accepted decision, payment-digests.ts; absent where the audit chain vouches for it. */
  readonly mac?: Uint8Array
}

export type ExternalIdItem = {
  readonly channel: string
  readonly day: string
  readonly id: string
  readonly service: string
  readonly requestId: string
  readonly factsDigest: Uint8Array
  /** When the partner signed the call that the id is bound to. */
  readonly signedAt: Instant
  /** Readers treat an item past this instant as absent. */
  readonly expiresAt: Instant
}

/** Keeps the signature of an inquiry under a decided id: no reversal may carry it. */
export type InquiryMark = {
  readonly channel: string
  readonly paymentId: string
  /** The keyed hash of the signature. */
  readonly signature: string
  /** The table may drop the mark after this instant. */
  readonly expiresAt: Instant
}

/** `put`: it was absent and is ours. `exists`: another was put before; it is returned. */
export type PutOnce<T> = { readonly outcome: 'put' } | { readonly outcome: 'exists'; readonly existing: T }

/** The bill is paid by another payment, or another bill took its place. */
export type BillTaken = { readonly outcome: 'already-paid' } | { readonly outcome: 'replaced' }

/** `next`: where the next page begins; null after the last. A page may be empty and not the last. */
export type DecisionsPage = {
  readonly decisions: readonly PaymentDecision[]
  readonly next: string | null
  /** Keys of those that nobody can read, where there are some. */
  readonly broken?: readonly string[]
}

/** The adapter is pages.ts. */
export type DecisionPages = {
  /** The accepted decisions, page by page; `segment` of `segments` for parallel scans. Eventually consistent. */
  readonly acceptedPage: (segment: number, segments: number, from: string | null) => Promise<DecisionsPage>
}

/** Every read is consistent. Every write may throw `Throttled` (nothing written) or `UnknownOutcome` (read back). */
export type PaymentDecisionStore = {
  readonly get: (channel: string, paymentId: string) => Promise<PaymentDecision | undefined>
  /** Those that are there, in no order; an id asked for twice is one. */
  readonly getMany: (channel: string, paymentIds: readonly string[]) => Promise<readonly PaymentDecision[]>
  /**
   * Puts the decision if none is there; who comes second gets the one that stands (from the failed condition itself, no second read).
   * With `signedAt`, it also replaces a `reversed-first` that was signed at or before that instant.
   */
  readonly put: (decision: PaymentDecision, signedAt?: Instant) => Promise<PutOnce<PaymentDecision>>
  /**
   * One transaction for a bill: decision as `put` does, bill's paid-by if absent.
   * `exists` when the decision was there; `already-paid` when another payment holds paid-by, `replaced` when another bill took
   * this one's place (nothing is written then).
   */
  readonly putPayingBill: (
    decision: PaymentDecision,
    billCode: BillCode,
    signedAt?: Instant,
  ) => Promise<PutOnce<PaymentDecision> | BillTaken>
  /** With `givesWay`, an id that a call of that service has for the same request, signed before this call, becomes this call's. */
  readonly putExternalId: (
    item: ExternalIdItem,
    now: Instant,
    options?: { readonly givesWay: string },
  ) => Promise<PutOnce<ExternalIdItem>>
  readonly putInquiryMark: (mark: InquiryMark) => Promise<void>
  readonly hasInquiryMark: (channel: string, paymentId: string, signature: string) => Promise<boolean>
  /** The KPJ that is payable by this NIK, by its keyed hash; undefined when there is none. */
  readonly selfPaidMembership: (participant: ParticipantHash) => Promise<Kpj | undefined>
  readonly selfPaidMemberships: (participants: readonly ParticipantHash[]) => Promise<ReadonlyMap<ParticipantHash, Kpj>>
  /** Takes the NIK for this KPJ; `exists` names the KPJ that has it (the same KPJ again counts as `put`). */
  readonly takeSelfPaid: (participant: ParticipantHash, kpj: Kpj) => Promise<PutOnce<Kpj>>
  /** Frees the NIK if this KPJ holds it; otherwise nothing happens. */
  readonly freeSelfPaid: (participant: ParticipantHash, kpj: Kpj) => Promise<void>
}
