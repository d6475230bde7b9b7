/**
 * A door whose clock stands in the past: how the demo comes by payments that were made months ago.
 *
 * It is the deployed door's own code (functions/answer-channel) on the hub's own tables: the partner signs, the door checks,
 * decides, claims, keeps the evidence and puts the fact, all at the instant given. Two things differ from a deployed door:
 * the clock, and that it never sees the view, which is of today and would pull the clock forward.
 * Local only: nothing deployed can decide in the past. Says nothing on a log and counts nothing.
 */
import { answerRequest, type DoorParts } from '../../functions/answer-channel/answer-request.ts'
import { doorDigests } from '../../functions/answer-channel/payment-digests.ts'
import type { DoorRequest } from '../../shared/channels/channel.ts'
import type { HttpCall, Partner, Send } from '../../shared/channels/partner.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { RULES } from '../../shared/domain/rules.ts'
import type { DigestKeys } from '../../shared/runtime/digests.ts'
import { createLog } from '../../shared/runtime/log.ts'
import { createMetrics } from '../../shared/runtime/metrics.ts'
import { trackFrom } from '../../shared/runtime/track.ts'
import type { SandboxPartner } from './partners.ts'

export type PastStores = Pick<DoorParts, 'claims' | 'facts' | 'memberships' | 'contacts' | 'bills' | 'evidence'>

export type PastDoor = {
  /** The partner at its till at that instant, and the door that answers it at the same one. */
  readonly partnerAt: (at: Instant) => Partner
  readonly hasClaim: (paymentId: string) => Promise<boolean>
}

const SILENT = { write: () => {} } as const

/** `secret` is the channel's, as the deployed door reads it. */
export function pastDoor(
  { channel, file, sandbox }: SandboxPartner,
  secret: string,
  keys: DigestKeys,
  stores: PastStores,
): PastDoor {
  const { profile } = channel
  const prepared = channel.prepare(secret)
  const memberships = { ...stores.memberships, get: async () => undefined }
  const fixed = { ...stores, memberships, channel: profile, digests: doorDigests(keys, profile.name), rules: RULES }
  const log = createLog({ service: 'demo', ...SILENT })
  return {
    partnerAt: (at) => {
      const now = () => at
      const metrics = createMetrics({ namespace: 'demo', service: 'demo', clock: now, ...SILENT })
      const send: Send = (call) =>
        answerRequest(
          prepared,
          { ...fixed, now },
          { request: requestOf(call, file.baseUrl), metrics, track: trackFrom(log) },
        )
      return sandbox.partner(file, send, now)
    },
    hasClaim: async (paymentId) => (await stores.claims.get(profile.name, paymentId)) !== undefined,
  }
}

/** What the gateway would have handed over. */
function requestOf(call: HttpCall, baseUrl: string): DoorRequest {
  const url = new URL(call.url)
  const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    method: call.method,
    operation: url.pathname.slice(new URL(baseUrl).pathname.length),
    rawQuery: url.search.slice(1),
    headers,
    body: Buffer.from(call.body ?? ''),
    sourceIp: '127.0.0.1',
  }
}
