/**
 * Table `claims`: what we told the partner. A claim is the decision on a payment id, put once and never changed.
 *
 * | item | PK `claim` | holds |
 * |---|---|---|
 * | decision | `<channel>#<paymentId>` | digests, account, decision, everything the payment's fact will hold |
 * | external id | `<channel>#<WIB date>#<X-EXTERNAL-ID>` | service, request id, facts digest; 3 days, readers filter on expiry |
 * | open self-paid membership | `nik#<keyed hash>` | the KPJ that this NIK pays for |
 *
 * Ids are percent-encoded. Producers: functions/answer-channel, functions/serve-console (nik items).
 * Consumers: the same, and settlement, which looks a claim up by the id in the file.
 */
import type { Instant } from '../domain/instant.ts'
import type { PaymentTerms } from '../domain/fact.ts'
import type { Rupiah } from '../domain/money.ts'
import type { RefusalCode } from '../channels/channel.ts'

/** Keyed digests, one version byte first: they outlive the key that made them. */
export type PaymentDigests = {
  /** Of the customer id as sent. */
  readonly customer: Uint8Array
  /** Of all facts as sent: customer, product, months, amount, admin fee, payment id. */
  readonly facts: Uint8Array
}

export type ClaimDecision =
  | { readonly kind: 'accepted'; readonly terms: PaymentTerms }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'reversed-first' }

export type Claim = {
  readonly channel: string
  readonly paymentId: string
  readonly customerDigest: Uint8Array
  /** null on a claim that no payment message made (`reversed-first`, posted from settlement): it is compared on what it holds. */
  readonly factsDigest: Uint8Array | null
  /** The amount that a claim posted from settlement is compared on; null elsewhere. */
  readonly settledAmount: Rupiah | null
  /** Resolved once, here: KPJ or bill code; null where the customer is unknown. A repeat never resolves again. */
  readonly account: string | null
  readonly decidedAt: Instant
  readonly hubReference: string
  /** Keyed digest of the signed request in the evidence store; null where none was kept (a reversal first). */
  readonly evidenceDigest: Uint8Array | null
  readonly decision: ClaimDecision
}

export type ExternalIdItem = {
  readonly channel: string
  readonly day: string
  readonly id: string
  readonly service: string
  readonly requestId: string
  readonly factsDigest: Uint8Array
  /** Readers treat an item past this instant as absent. */
  readonly expiresAt: Instant
}

/** `put`: it was absent and is ours. `exists`: somebody was first, here is what they said. */
export type PutOnce<T> = { readonly outcome: 'put' } | { readonly outcome: 'exists'; readonly existing: T }

/** Every read is consistent. Every write may throw `Throttled` (nothing written) or `UnknownOutcome` (read back). */
export type ClaimStore = {
  readonly get: (channel: string, paymentId: string) => Promise<Claim | undefined>
  /** Puts the claim if none is there; the loser gets the winner (from the failed condition itself, no second read). */
  readonly put: (claim: Claim) => Promise<PutOnce<Claim>>
  /**
   * One transaction for a bill: claim if absent, bill's paid-by if absent.
   * `exists` when the claim was there; `already-paid` when another payment holds paid-by (nothing is written then).
   */
  readonly putPayingBill: (claim: Claim, billCode: string) => Promise<PutOnce<Claim> | { readonly outcome: 'already-paid' }>
  readonly putExternalId: (item: ExternalIdItem, now: Instant) => Promise<PutOnce<ExternalIdItem>>
  /** The KPJ that is payable by this NIK, by its keyed hash; undefined when there is none. */
  readonly selfPaidMembership: (participant: string) => Promise<string | undefined>
  /** Takes the NIK for this KPJ; `exists` names the KPJ that has it (the same KPJ again counts as `put`). */
  readonly takeSelfPaid: (participant: string, kpj: string) => Promise<PutOnce<string>>
  /** Frees the NIK if this KPJ holds it; otherwise nothing happens. */
  readonly freeSelfPaid: (participant: string, kpj: string) => Promise<void>
}
