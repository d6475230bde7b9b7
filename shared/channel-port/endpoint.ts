/**
 * What comes to a channel endpoint and what leaves it: a request as bytes, a response as bytes, and what reading came to.
 *
 * Promises that a protocol never sees a table, a queue or a clock: the time is passed in, the answer is passed in.
 * Refuses to know any field of any protocol.
 */
import type { Instant } from '../domain/instant.ts'
import type { Answer } from './answer.ts'
import type { Message } from './message.ts'

/** A request as it came in, before anything in it is believed. */
export type EndpointRequest = {
  readonly method: string
  /** Below `/channels/<channel>`, as routed: `/v1.0/transfer-va/payment`. Chooses the operation; is never what was signed. */
  readonly operation: string
  readonly rawQuery: string
  /** Lower-case names; duplicates arrive joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  readonly sourceIp: string
}

export type EndpointResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why a request was turned away before any work; a metric dimension and a log field, never personal data. */
export const ENDPOINT_REFUSALS = [
  'too-large',
  'wrong-content-type',
  'unknown-operation',
  'malformed',
  'unknown-partner',
  'bad-token',
  'bad-signature',
  'bad-clock',
  'not-readable',
] as const
export type EndpointRefusal = (typeof ENDPOINT_REFUSALS)[number]

/**
 * What reading a request came to. `response`: the protocol answers by itself (a refusal, or an access token).
 * `message`: authentic and well formed; `write` renders the hub's answer for this very request (it echoes ids and times).
 * `authentic` with a refusal marks a signed request that could not be read: it is kept and alarmed.
 */
export type Reading =
  | {
      readonly kind: 'response'
      readonly response: EndpointResponse
      readonly refusal: EndpointRefusal | null
      readonly authentic: boolean
      /** The store at which somebody who signs rightly gave a wrong PIN. */
      readonly wrongPinAt?: string
    }
  | {
      readonly kind: 'message'
      readonly message: Message
      readonly write: (answer: Answer, now: Instant) => EndpointResponse
    }

/** A partner's keys prepared once: `read` never parses a key. */
export type PreparedEndpoint = { readonly read: (request: EndpointRequest, now: Instant) => Reading | Promise<Reading> }
