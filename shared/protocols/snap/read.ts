/**
 * Reads a SNAP request at a biller's endpoint: who calls, whether it is signed, what it asks. Answers token requests itself.
 *
 * Promise: refusals in the contract's order, first hit wins: size, content type, operation, partner, token, clock,
 * signature, JSON, headers and fields. Nothing of the body is parsed before its signature holds; nothing throws.
 * What is signed is the channel's own path, never the request's. Asked by functions/answer-channel.
 */
import type {
  EndpointRefusal,
  EndpointRequest,
  Message,
  PreparedEndpoint,
  Reading,
} from '../../channel-port/channel.ts'
import { businessDateOf, type Instant, parseInstant } from '../../domain/instant.ts'
import { type JsonValue, parseStrictJson } from '../strict-json.ts'
import {
  type Echo,
  echoOf,
  type FieldRules,
  faultOfTokenBody,
  isFieldFault,
  readVirtualAccountFields,
  type VirtualAccountFields,
} from './fields.ts'
import { type KeyRotation, type PreparedKeys, prepareKeys } from './keys.ts'
import {
  BODY_LIMIT_BYTES,
  type CaseName,
  CLOCK_WINDOW_MILLIS,
  HEADERS,
  OPERATION_PATHS,
  type Service,
  type VirtualAccountService,
} from './response-codes.ts'
import { isTokenRequestSignature, signerOf } from './signature.ts'
import { issueToken, isValidToken } from './token.ts'
import { writeAnswer, writeRefusal, writeToken } from './write.ts'

export type SnapOptions = {
  readonly profile: { readonly name: string }
  /** `/channels/bni`: the signed path is this and the operation's. */
  readonly basePath: string
  /** Longest `inquiryRequestId` and `paymentRequestId`; the standard says 128. */
  readonly requestIdLimit: number
}

type Endpoint = SnapOptions & { readonly generations: KeyRotation }
type Caller = { readonly keys: PreparedKeys; readonly partnerAt: Instant }
type Refused = { readonly refused: CaseName; readonly why: EndpointRefusal }

const JSON_TYPE = /^application\/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i
const BEARER = /^Bearer ([\x21-\x7e]{1,512})$/i
const NO_ECHO: Echo = {
  partnerServiceId: undefined,
  customerNo: undefined,
  virtualAccountNo: undefined,
  requestId: undefined,
  paidAmount: undefined,
}

/** Prepares a channel's endpoint once. Throws a TypeError that names the field when the secret is not of its shape. */
export function snapEndpoint(options: SnapOptions, secretText: string): PreparedEndpoint {
  const endpoint: Endpoint = { ...options, generations: prepareKeys(options.profile.name, secretText) }
  return { read: (request, now) => read(endpoint, request, now) }
}

function read(endpoint: Endpoint, request: EndpointRequest, now: Instant): Reading {
  const service = serviceOf(request.operation)
  const refuse = (refused: CaseName, why: EndpointRefusal): Reading => refusal(service ?? '24', { refused, why }, now)
  if (request.body.length > BODY_LIMIT_BYTES) return refuse('tooLarge', 'too-large')
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) return refuse('wrongContentType', 'wrong-content-type')
  if (service === undefined) return refuse('unknownOperation', 'unknown-operation')
  if (request.method !== 'POST') return refuse('wrongMethod', 'unknown-operation')
  return service === '73' ? readTokenRequest(endpoint, request, now) : readTransaction(endpoint, service, request, now)
}

/** Service 73. Its body is not signed, so an unreadable one proves nothing about who sent it: never `authentic`. */
function readTokenRequest(endpoint: Endpoint, request: EndpointRequest, now: Instant): Reading {
  const refuse = (refused: CaseName, why: EndpointRefusal, field?: string): Reading =>
    refusal('73', { refused, why }, now, field)
  const timestamp = headerOf(request, HEADERS.timestamp)
  const clientKey = headerOf(request, HEADERS.clientKey)
  const signature = headerOf(request, HEADERS.signature)
  if (timestamp === '') return refuse('missing', 'malformed', HEADERS.timestamp)
  if (clientKey === '') return refuse('missing', 'malformed', HEADERS.clientKey)
  if (signature === '') return refuse('missing', 'malformed', HEADERS.signature)
  const requestedAt = parseInstant(timestamp)
  if (requestedAt === undefined) return refuse('badFormat', 'malformed', HEADERS.timestamp)

  const known = endpoint.generations.filter((keys) => keys.clientKey === clientKey)
  if (known.length === 0) return refuse('unknownClient', 'unknown-partner')
  if (!isInClock(requestedAt, now)) return refuse('badSignature', 'bad-clock')
  if (!known.some((keys) => isTokenRequestSignature(keys.publicKey, clientKey, timestamp, signature))) {
    return refuse('badSignature', 'bad-signature')
  }
  const json = parseStrictJson(request.body)
  if (json.outcome === 'not-json') return refuse('notJson', 'not-readable')
  const fault = faultOfTokenBody(json.value)
  if (fault !== null) return refuse(fault.case, 'malformed', fault.field)
  const response = writeToken(issueToken(endpoint.profile.name, endpoint.generations, now), now)
  return { kind: 'response', response, refusal: null, authentic: true }
}

function readTransaction(
  endpoint: Endpoint,
  service: VirtualAccountService,
  request: EndpointRequest,
  now: Instant,
): Reading {
  const caller = authenticate(endpoint, service, request, now)
  if ('refused' in caller) return refusal(service, caller, now)
  const json = parseStrictJson(request.body)
  if (json.outcome === 'not-json')
    return refuseAuthentic(service, NO_ECHO, { refused: 'notJson', why: 'not-readable' }, now)
  return readFields(endpoint, service, request, caller, json.value, now)
}

/** Partner, token, clock, signature. The keys that made the signature decide what the rest is compared with. */
function authenticate(endpoint: Endpoint, service: Service, request: EndpointRequest, now: Instant): Caller | Refused {
  const partnerId = headerOf(request, HEADERS.partnerId)
  const known = endpoint.generations.filter((keys) => keys.partnerId === partnerId)
  if (known.length === 0) return { refused: 'unknownClient', why: 'unknown-partner' }
  const accessToken = BEARER.exec(headerOf(request, HEADERS.authorization))?.[1]
  if (accessToken === undefined || !isValidToken(endpoint.profile.name, endpoint.generations, accessToken, now)) {
    return { refused: 'badToken', why: 'bad-token' }
  }
  const timestamp = headerOf(request, HEADERS.timestamp)
  const partnerAt = parseInstant(timestamp)
  if (partnerAt === undefined || !isInClock(partnerAt, now)) return { refused: 'badSignature', why: 'bad-clock' }
  const signed = { path: endpoint.basePath + OPERATION_PATHS[service], accessToken, body: request.body, timestamp }
  const keys = signerOf(known, signed, headerOf(request, HEADERS.signature))
  return keys === undefined ? { refused: 'badSignature', why: 'bad-signature' } : { keys, partnerAt }
}

function readFields(
  endpoint: Endpoint,
  service: VirtualAccountService,
  request: EndpointRequest,
  caller: Caller,
  body: JsonValue,
  now: Instant,
): Reading {
  const { partnerServiceId } = caller.keys
  const rules: FieldRules = { service, partnerServiceId, requestIdLimit: endpoint.requestIdLimit }
  const echo = echoOf(rules, body)
  const fields = readVirtualAccountFields(rules, request.headers, body)
  if (isFieldFault(fields)) {
    return refuseAuthentic(service, echo, { refused: fields.case, why: 'malformed' }, now, fields.field)
  }
  const message = messageOf(service, fields, caller.partnerAt)
  return { kind: 'message', message, write: (answer, at) => writeAnswer(service, echo, answer, at) }
}

function messageOf(service: VirtualAccountService, fields: VirtualAccountFields, partnerAt: Instant): Message {
  const { requestId, customerNo: customerId, months, amount, outlet, namesOutlet } = fields
  const externalId = { id: fields.externalId, day: businessDateOf(partnerAt), service, requestId }
  if (service === '24') {
    return { kind: 'inquiry', requestId, customerId, months, partnerAt, externalId, ...(namesOutlet ? { outlet } : {}) }
  }
  const money = { amount, adminFee: null }
  return {
    kind: 'payment',
    paymentId: requestId,
    customerId,
    product: '',
    months,
    ...money,
    outlet,
    ...(namesOutlet ? {} : { namesOutlet }),
    partnerAt,
    externalId,
  }
}

function refusal(service: Service, { refused, why }: Refused, now: Instant, field?: string): Reading {
  const response = writeRefusal(service, NO_ECHO, refused, now, field)
  return { kind: 'response', response, refusal: why, authentic: false }
}

function refuseAuthentic(
  service: VirtualAccountService,
  echo: Echo,
  { refused, why }: Refused,
  now: Instant,
  field?: string,
): Reading {
  return { kind: 'response', response: writeRefusal(service, echo, refused, now, field), refusal: why, authentic: true }
}

function serviceOf(operation: string): Service | undefined {
  return (['25', '24', '73'] as const).find((service) => OPERATION_PATHS[service] === operation)
}

/** Exactly five minutes off is still on time. */
function isInClock(at: Instant, now: Instant): boolean {
  return Math.abs(at - now) <= CLOCK_WINDOW_MILLIS
}

function headerOf(request: EndpointRequest, name: string): string {
  return request.headers[name.toLowerCase()] ?? ''
}
