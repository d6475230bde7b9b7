/** The endpoint's keyed digests, for decisions that settlement posts: what a late advice is compared with must be made alike. */
import { digest, prepareDigestKeys, reference } from '../../shared/runtime/digests.ts'
import { participantHash } from '../../shared/store/participant-hash.ts'
import type { SettlementDigests } from './ports.ts'

/** From the text of the secret. Same purposes and parts as functions/answer-channel/payment-digests.ts; a test compares them. */
export function settlementDigests(secret: string): SettlementDigests {
  const keys = prepareDigestKeys(secret)
  return {
    ofCustomer: (customerId) => digest(keys, 'customer', customerId),
    reference: (channel, paymentId) => reference(keys, channel, paymentId),
    participant: (nik) => participantHash(keys, nik),
  }
}
