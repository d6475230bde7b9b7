/**
 * Evidence: the signed requests themselves, encrypted, kept 10 years apart from the tables (in AWS a delivery stream to a
 * locked bucket; locally the hub writes `.hub/evidence/`). Its keyed digest stands in the claim.
 */
import type { Instant } from '../domain/instant.ts'

export type SignedRequest = {
  readonly channel: string
  readonly operation: string
  readonly rawQuery: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  readonly receivedAt: Instant
}

export type EvidenceStore = {
  /** Resolves once the request is durable. Returns its keyed digest. Throws `Transient`. */
  readonly keep: (request: SignedRequest) => Promise<Uint8Array>
}
