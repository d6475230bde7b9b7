/**
 * Somebody who sees signed calls and sends them again as he likes, but cannot sign: an inquiry of the pipe protocol as a reversal,
 * because both sign the same fields; a bank's inquiry under the external id that the bank will use next, because that is not signed.
 */
import type { Inquiry, Message, Reversal } from '../../shared/channel-port/channel.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

export type Attacker = {
  /** An inquiry of the retailer was captured; `outlet` is signed with it. */
  readonly captureRetail: (inquiry: Inquiry, outlet: string) => void
  /** An inquiry of a bank was captured; `next` is the external id that comes after it. */
  readonly captureBank: (channel: string, inquiry: Inquiry, next: string) => void
}

const MINUTE = 60_000

export function openAttacker(
  send: (channel: string, message: Message) => unknown,
  timeline: Timeline,
  random: Random,
): Attacker {
  const later = (what: () => unknown) => timeline.after(random.pick([0, 1, 20, 500, 5_000, MINUTE, 4 * MINUTE]), what)
  return {
    captureRetail: (inquiry, outlet) => {
      if (!random.chance(0.4)) return
      for (let i = random.between(1, 2); i > 0; i--) later(() => send('alfamart', asReversal(inquiry, outlet)))
    },
    captureBank: (channel, inquiry, next) => {
      const { externalId } = inquiry
      if (externalId && random.chance(0.15)) send(channel, { ...inquiry, externalId: { ...externalId, id: next } })
    },
  }
}

function asReversal(inquiry: Inquiry, outlet: string): Reversal {
  const { requestId: paymentId, customerId, partnerAt, signature } = inquiry
  const signed = signature === undefined ? {} : { signature }
  return { kind: 'reversal', paymentId, customerId, partnerAt, ...signed, outlet, reason: '', mustFollowPayment: true }
}
