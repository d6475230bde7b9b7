/**
 * An endpoint whose clock stands in the past: how the demo gets payments that were made months ago.
 *
 * It is the deployed endpoint's own code (functions/answer-channel) on the hub's own tables: the partner signs, the endpoint checks,
 * decides, keeps the evidence, puts decision and fact, all at the instant given; `withoutPresent` is what it need not look up.
 * Local only: nothing deployed can decide in the past. Logs and counts nothing.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { answerChannel, type EndpointPorts, NO_LIMITS } from '../../functions/answer-channel/answer-channel.ts'
import type { EndpointRequest } from '../../shared/channel-port/channel.ts'
import type { HttpCall, Partner, Send } from '../../shared/channel-port/partner.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { RULES } from '../../shared/domain/rules.ts'
import { endpointDigests } from '../../shared/ledger/payment-digests.ts'
import type { DigestKeys } from '../../shared/runtime/digests.ts'
import type { SandboxPartner } from './partners.ts'

export type PastStores = Pick<EndpointPorts, 'decisions' | 'facts' | 'memberships' | 'contacts' | 'bills' | 'evidence'>

export type PastEndpoint = {
  /** Whatever is sent there is answered at that instant. */
  readonly sendAt: (at: Instant) => Send
  /** The partner's clock and the endpoint's are at that instant while `calls` runs. Several may run side by side. */
  readonly callAt: <T>(at: Instant, calls: (partner: Partner) => Promise<T>) => Promise<T>
}

/** `secret` is the channel's, as the deployed endpoint reads it. */
export function pastEndpoint(
  { channel, file, sandbox }: SandboxPartner,
  secret: string,
  keys: DigestKeys,
  stores: PastStores,
): PastEndpoint {
  const { profile } = channel
  const prepared = channel.prepare(secret)
  const fixed = {
    ...stores,
    channel: profile,
    digests: endpointDigests(keys, profile.name),
    rules: RULES,
    limits: NO_LIMITS,
    // What a fault does to an answer is enough: whoever visits looks at the answer.
    onFault: () => {},
    onHealed: () => {},
  }
  const sendAt = (at: Instant): Send => {
    const endpoint: EndpointPorts = { ...fixed, now: () => at }
    return async (call) => {
      const request = requestOf(call, file.baseUrl)
      const reading = await prepared.read(request, at)
      if (reading.kind === 'response') return reading.response
      const signed = { ...request, channel: profile.name, receivedAt: at }
      const { answer } = await answerChannel(endpoint, reading.message, signed)
      return reading.write(answer, at)
    }
  }
  // One partner for all visits keeps its access token from one to the next; each visit carries its own instant.
  const moment = new AsyncLocalStorage<Instant>()
  const there = () => moment.getStore() as Instant
  const partner = sandbox.partner(file, (call) => sendAt(there())(call), there)
  return {
    sendAt,
    callAt: (at, calls) => moment.run(at, () => calls(partner)),
  }
}

/**
 * The stores as the past sees them. The view is of today and would pull the clock forward. A decision that is there is found by the put as well. External ids of
 * days gone by count as absent. The name is for a receipt that nobody prints.
 */
export function withoutPresent(stores: PastStores): PastStores {
  return {
    ...stores,
    memberships: { ...stores.memberships, get: async () => undefined },
    decisions: { ...stores.decisions, get: async () => undefined, putExternalId: async () => ({ outcome: 'put' }) },
    contacts: { ...stores.contacts, get: async () => undefined },
  }
}

/** What the gateway would have handed over. */
function requestOf(call: HttpCall, baseUrl: string): EndpointRequest {
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
