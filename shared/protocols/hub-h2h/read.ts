/**
 * Reads a partner's call on the hub's own protocol: JSON over POST, signed by Standard Webhooks.
 *
 * Promises the order of refusals (size, operation, type, signature, clock, JSON, fields, total), never throws, and
 * parses nothing before the signature on the raw bytes is right. Refuses to know customers and prices.
 * Consumer: functions/answer-channel.
 */
import type { KeyObject } from 'node:crypto'
import type {
  ChannelProfile,
  EndpointRefusal,
  EndpointRequest,
  Message,
  PreparedEndpoint,
  Reading,
} from '../../channel-port/channel.ts'
import { type Instant, parseInstant } from '../../domain/instant.ts'
import { rupiah } from '../../domain/money.ts'
import { isJsonObject, type JsonObject, parseStrictJson } from '../strict-json.ts'
import { type BodyReading, type HubBody, type HubOperation, type Malformed, malformed, readBody } from './fields.ts'
import { prepareHubKeys } from './keys.ts'
import { HUB_PROBLEMS, type HubProblem } from './response-codes.ts'
import { hubSignerOf, signatureHeadersOf } from './signature.ts'
import { writeHubAnswer, writeInquiryAnswer, writeProblem } from './write.ts'

export const BODY_LIMIT_BYTES = 64 * 1024
const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i

const OPERATIONS: ReadonlyMap<string, HubOperation> = new Map([
  ['/v1/inquiry', 'inquiry'],
  ['/v1/payment', 'payment'],
  ['/v1/reversal', 'reversal'],
  ['/v1/status', 'status'],
])

/** Prepares a channel's endpoint from its secret. Throws a TypeError naming the field when the secret is of another shape. */
export function hubEndpoint(channel: { readonly profile: ChannelProfile }, secret: string): PreparedEndpoint {
  const keys = prepareHubKeys(channel.profile.name, secret)
  return { read: (request, now) => readHub(keys, request, now) }
}

function readHub(keys: readonly KeyObject[], request: EndpointRequest, now: Instant): Reading {
  if (request.body.byteLength > BODY_LIMIT_BYTES) return turnedAway('too-large', HUB_PROBLEMS.tooLarge)
  const operation = OPERATIONS.get(request.operation)
  if (operation === undefined) return turnedAway('unknown-operation', HUB_PROBLEMS.unknownOperation)
  if (request.method !== 'POST') return turnedAway('unknown-operation', HUB_PROBLEMS.wrongMethod)
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) {
    return turnedAway('wrong-content-type', HUB_PROBLEMS.wrongContentType)
  }

  const signature = signatureHeadersOf(request.headers)
  if (signature === undefined) return turnedAway('bad-signature', HUB_PROBLEMS.signatureMissing)
  const signer = hubSignerOf(keys, signature, request.body, now)
  if (signer === 'bad-signature') return turnedAway(signer, HUB_PROBLEMS.signatureWrong)
  if (signer === 'bad-clock') return turnedAway(signer, HUB_PROBLEMS.clockWrong)

  const json = parseStrictJson(request.body)
  if (json.outcome === 'not-json' || !isJsonObject(json.value)) {
    return { kind: 'response', response: writeProblem(HUB_PROBLEMS.notJson), refusal: 'not-readable', authentic: true }
  }
  return readMessage(operation, json.value)
}

function readMessage(operation: HubOperation, json: JsonObject): Reading {
  const message = messageOf(operation, json)
  if ('outcome' in message) {
    const { field, expected } = message
    const response = writeProblem(HUB_PROBLEMS.malformed, { field, detail: `expected ${expected}` })
    return { kind: 'response', response, refusal: 'malformed', authentic: true }
  }
  if (message.kind === 'inquiry') {
    return { kind: 'message', message, write: (answer) => writeInquiryAnswer(message, answer) }
  }
  return { kind: 'message', message, write: (answer) => writeHubAnswer(message.paymentId, answer) }
}

function turnedAway(refusal: EndpointRefusal, problem: HubProblem): Reading {
  return { kind: 'response', response: writeProblem(problem), refusal, authentic: false }
}

function messageOf(operation: HubOperation, json: JsonObject): Message | Malformed {
  switch (operation) {
    case 'inquiry':
      return mapped(readBody(operation, json), inquiryOf)
    case 'payment':
      return mapped(readBody(operation, json), paymentOf)
    case 'reversal':
      return mapped(readBody(operation, json), reversalOf)
    case 'status':
      return mapped(readBody(operation, json), (body) => ({
        kind: 'status',
        paymentId: body.transactionId,
        customerId: body.customerId,
      }))
  }
}

function mapped<Operation extends HubOperation>(
  reading: BodyReading<Operation>,
  toMessage: (body: HubBody<Operation>) => Message | Malformed,
): Message | Malformed {
  return reading.outcome === 'body' ? toMessage(reading.body) : reading
}

function inquiryOf(body: HubBody<'inquiry'>): Message {
  return {
    kind: 'inquiry',
    requestId: body.transactionId,
    customerId: body.customerId,
    months: body.months,
    partnerAt: momentOf(body.requestedAt),
    outlet: outletOf(body),
  }
}

function paymentOf(body: HubBody<'payment'>): Message | Malformed {
  if (body.total !== body.amount + body.adminFee) return malformed('total')
  return {
    kind: 'payment',
    paymentId: body.transactionId,
    customerId: body.customerId,
    product: '',
    months: body.months,
    amount: rupiah(body.amount),
    adminFee: rupiah(body.adminFee),
    outlet: outletOf(body),
    partnerAt: momentOf(body.transactedAt),
  }
}

function reversalOf(body: HubBody<'reversal'>): Message {
  return {
    kind: 'reversal',
    paymentId: body.transactionId,
    customerId: body.customerId,
    outlet: outletOf(body),
    reason: body.reason,
    partnerAt: momentOf(body.transactedAt),
    mustFollowPayment: false,
  }
}

function outletOf(body: HubBody<'inquiry' | 'payment' | 'reversal'>): string {
  return `${body.outlet.id}/${body.outlet.terminalId}`
}

function momentOf(text: string): Instant {
  const at = parseInstant(text)
  if (at === undefined) throw new TypeError('expected a moment to have passed its pattern before it is used')
  return at
}
