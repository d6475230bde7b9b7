/**
 * Where a protocol signs the same fields for an inquiry and for a reversal (pipe H2H), a captured inquiry must not work as a
 * reversal. Signed times refuse every inquiry that came before its payment; this file refuses those that come after it.
 *
 * ```
 * inquiry 10:00 -> payment 10:01        the inquiry as a reversal: not later than its payment, refused
 * payment 10:01 -> inquiry 10:02        the id is decided: the inquiry's signature is kept, no reversal may carry it
 * ```
 * An inquiry under an id without a decision, which is every ordinary one, writes nothing.
 */
import type { Inquiry, Reversal } from '../../shared/channel-port/channel.ts'
import { DAY_MILLIS, type Instant } from '../../shared/domain/instant.ts'
import { retryUnknownOutcome } from '../../shared/runtime/retry.ts'
import type { EndpointPorts } from './ports.ts'

/** Far longer than the clock window of any protocol: an older message is refused by its time. */
const MARK_MILLIS = 3 * DAY_MILLIS

/** Keeps the signature of an inquiry whose id is decided. The inquiry may be answered once this returns. */
export async function markInquiry(endpoint: EndpointPorts, { requestId, signature }: Inquiry): Promise<void> {
  if (signature === undefined) return
  const { channel, decisions, digests, now } = endpoint
  if (!(await decisions.get(channel.name, requestId))) return
  const expiresAt = (now() + MARK_MILLIS) as Instant
  const mark = { channel: channel.name, paymentId: requestId, signature: digests.ofSignature(signature), expiresAt }
  await retryUnknownOutcome(() => decisions.putInquiryMark(mark))
}

/** Whether this reversal carries the signature of an inquiry that was answered. */
export async function isMarkedInquiry(endpoint: EndpointPorts, reversal: Reversal): Promise<boolean> {
  const { paymentId, signature } = reversal
  if (signature === undefined) return false
  const { channel, decisions, digests } = endpoint
  return decisions.hasInquiryMark(channel.name, paymentId, digests.ofSignature(signature))
}
