/** The keyed digests of a endpoint: which parts of a message are its facts, in which order. Times, outlet and flags are not. */
import type { Payment } from '../../shared/channel-port/channel.ts'
import { type DigestKeys, digest, matches, reference } from '../../shared/runtime/digests.ts'
import { participantHash } from '../../shared/store/participant-hash.ts'
import type { EndpointDigests } from './ports.ts'

export function endpointDigests(keys: DigestKeys, channel: string): EndpointDigests {
  return {
    ofPayment: (payment) => ({
      customer: digest(keys, 'customer', payment.customerId),
      facts: digest(keys, 'facts', ...factsOf(payment)),
    }),
    ofCustomer: (customerId) => digest(keys, 'customer', customerId),
    ofInquiry: (customerId, months) => digest(keys, 'external-id', customerId, months),
    sameCustomer: (stored, customerId) => matches(keys, stored, 'customer', customerId),
    sameFacts: (stored, payment) => matches(keys, stored, 'facts', ...factsOf(payment)),
    sameInquiry: (stored, customerId, months) => matches(keys, stored, 'external-id', customerId, months),
    reference: (paymentId) => reference(keys, channel, paymentId),
    participant: (nik) => participantHash(keys, nik),
  }
}

/** The payment id is the decision's key on every channel; it is a part here too, so that an external id is bound to it. */
function factsOf(payment: Payment): readonly (string | number | null)[] {
  const { customerId, product, months, amount, adminFee, paymentId } = payment
  return [customerId, product, months, amount, adminFee, paymentId]
}
