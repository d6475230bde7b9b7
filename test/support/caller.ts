/** Who calls the console's use cases in tests that leave routing out. */
import type { Caller } from '../../functions/serve-console/http/caller.ts'
import type { Instant } from '../../shared/domain/instant.ts'

export function callerOf(actor: string | null, now: Instant): Caller {
  const nothingSaid = {
    actorName: null,
    issuer: null,
    reason: null,
    forwardedFor: null,
    ownSponsor: null,
    mayAdminister: false,
  }
  const person = { issuer: null, subject: actor ?? 'unnamed', name: null }
  const masks = { unmasked: false, asksMasked: false }
  return { actor, person, now, ...masks, sourceIp: '203.0.113.7', requestId: 'request-1', ...nothingSaid }
}
