/**
 * A channel as its endpoint needs it: a profile, and an endpoint that is prepared from a secret.
 *
 * A protocol (shared/protocols/<protocol>) turns a signed request into a `Message` and an `Answer` into the partner's own words;
 * a channel (shared/channels/<channel>) is a profile, keys and a settlement layout on top of one. The endpoint is
 * functions/answer-channel. The parts of the port are beside this file; whoever uses the port imports them from here.
 */
import type { PreparedEndpoint } from './endpoint.ts'
import type { ChannelProfile } from './profile.ts'

export type { Accepted, Answer, PricedMonth, Quoted, Refused } from './answer.ts'
export type { EndpointRefusal, EndpointRequest, EndpointResponse, PreparedEndpoint, Reading } from './endpoint.ts'
export type { Expected, ExternalId, Inquiry, Message, Payment, Reversal, Status } from './message.ts'
export type { ChannelProfile, ProtocolName } from './profile.ts'
export type { FileReading, LineSink, SettlementChannel, SettlementLayout } from './settlement-layout.ts'

/** A channel as its endpoint needs it; listed in registry.ts. */
export type Channel = {
  readonly profile: ChannelProfile
  /**
   * Prepares the endpoint from the channel's secret (JSON text, shape of the protocol's `keys.ts`, two generations valid).
   * Throws a TypeError that names the field when the secret is not of that shape; never echoes a value.
   */
  readonly prepare: (secret: string) => PreparedEndpoint
}
