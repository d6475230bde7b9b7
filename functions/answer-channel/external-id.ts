/**
 * External ids (SNAP's X-EXTERNAL-ID): an id names one call of a WIB day. The id itself is not signed, so what it is bound to
 * is the call that was signed: service, request, facts and signed time.
 *
 * ```
 * inquiry R under id 1 (signed 10:00:00)
 * the same bytes under id 2, by somebody who captured them: id 2 is bound to the inquiry R of 10:00:00
 * payment R under id 2 (signed 10:00:40): the id was bound by its own, earlier inquiry, which gives way to it
 * ```
 */
import type { ExternalId, Inquiry, Payment } from '../../shared/channel-port/channel.ts'
import { DAY_MILLIS, type Instant } from '../../shared/domain/instant.ts'
import type { ExternalIdItem } from '../../shared/store/payment-decisions/payment-decisions.ts'
import type { EndpointPorts } from './ports.ts'

/** How long an external id is kept: its WIB day, and the days around it in which a clock may be wrong. */
const EXTERNAL_ID_MILLIS = 3 * DAY_MILLIS
/** The service whose calls give way to the payment that they ask about. */
const INQUIRY_SERVICE = '24'

/** `new`: the id is this call's from now on. `same-call`: it was so before. `other-call`: it names another. */
export type Binding = 'new' | 'same-call' | 'other-call'

export async function bindInquiry(
  endpoint: EndpointPorts,
  { customerId, months, partnerAt }: Inquiry,
  externalId: ExternalId,
): Promise<Binding> {
  const { digests } = endpoint
  const item = itemOf(endpoint, externalId, digests.ofInquiry(customerId, months), partnerAt)
  const put = await endpoint.decisions.putExternalId(item, endpoint.now())
  if (put.outcome === 'put') return 'new'
  return isSameCall(put.existing, item) && digests.sameInquiry(put.existing.factsDigest, customerId, months)
    ? 'same-call'
    : 'other-call'
}

export async function bindPayment(endpoint: EndpointPorts, payment: Payment, externalId: ExternalId): Promise<Binding> {
  const { digests } = endpoint
  const item = itemOf(endpoint, externalId, digests.ofPayment(payment).facts, payment.partnerAt)
  const put = await endpoint.decisions.putExternalId(item, endpoint.now(), { givesWay: INQUIRY_SERVICE })
  if (put.outcome === 'put') return 'new'
  return isSameCall(put.existing, item) && digests.sameFacts(put.existing.factsDigest, payment)
    ? 'same-call'
    : 'other-call'
}

function itemOf(
  { channel, now }: EndpointPorts,
  { id, day, service, requestId }: ExternalId,
  factsDigest: Uint8Array,
  signedAt: Instant,
): ExternalIdItem {
  const expiresAt = (now() + EXTERNAL_ID_MILLIS) as Instant
  return { channel: channel.name, day, id, service, requestId, factsDigest, signedAt, expiresAt }
}

function isSameCall(bound: ExternalIdItem, item: ExternalIdItem): boolean {
  return bound.service === item.service && bound.requestId === item.requestId
}
