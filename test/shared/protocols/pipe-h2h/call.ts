/**
 * A good call on the pipe protocol, and how to spoil it: tests change one thing and see which answer names it. Signs
 * after the spoiling unless the signature itself is spoiled, so that each row is about its own defect only.
 */
import type {
  ChannelProfile,
  EndpointRequest,
  EndpointResponse,
  Reading,
} from '../../../../shared/channel-port/channel.ts'
import { type Instant, instant, parseInstant } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import {
  type PipeField,
  type PipeOperation,
  type PipeValues,
  SIGNED_FIELDS,
} from '../../../../shared/protocols/pipe-h2h/fields.ts'
import { pipeEndpoint } from '../../../../shared/protocols/pipe-h2h/read.ts'
import { signPipe } from '../../../../shared/protocols/pipe-h2h/signature.ts'

export const NOW = parseInstant('2026-11-20T14:03:21+07:00') as Instant

export const KEYS = {
  agentId: 'AGENT1',
  agentPin: '246810',
  secretKey: 'current-secret-key-of-the-terminal',
  storeIds: ['T001', 'T002'],
  sourceAddresses: ['192.0.2.0/24'],
} as const
export const NEXT_KEYS = { ...KEYS, agentPin: '135791', secretKey: 'next-secret-key-of-the-terminal' } as const

export const profile: ChannelProfile = {
  name: 'corner-shop',
  partner: 'Corner Shop',
  protocol: 'pipe-h2h',
  adminFee: [{ from: '2020-01-01', value: rupiah(2500), source: 'test' }],
  channelFee: [{ from: '2020-01-01', value: rupiah(1500), source: 'test' }],
  cutOffHour: [{ from: '2020-01-01', value: 24, source: 'test' }],
  throttle: { ratePerSecond: 1, burst: 1 },
  reservedConcurrency: 1,
}

export const endpoint = pipeEndpoint({ profile }, JSON.stringify({ current: KEYS, next: NEXT_KEYS }))

export type Call = {
  /** Where the call comes from; left out: a registered address. */
  readonly sourceIp?: string
  readonly operation: PipeOperation
  readonly path: string
  readonly method: string
  readonly values: PipeValues
  readonly secretKey: string
  /** Replaces the right signature. */
  readonly signature?: string
  /** Text put behind the query, unsigned. */
  readonly tail: string
  readonly now: Instant
}

const VALUES: PipeValues = {
  AgentID: KEYS.agentId,
  AgentPIN: KEYS.agentPin,
  AgentTrxID: 'TRX-2026.11_0001',
  AgentStoreID: 'T002',
  ProductID: 'BPUTK03',
  CustomerID: '12345678901',
  DateTimeRequest: '20261120140321',
  PaymentPeriod: '03',
  Amount: '33600',
  Charge: '0',
  Total: '36100',
  AdminFee: '2500',
}

export function goodCall(operation: PipeOperation): Call {
  return {
    operation,
    path: `/${operation}`,
    method: 'GET',
    values: VALUES,
    secretKey: KEYS.secretKey,
    tail: '',
    now: NOW,
  }
}

export function withValues(call: Call, values: PipeValues): Call {
  return { ...call, values: { ...call.values, ...values } }
}

export function without(call: Call, field: PipeField): Call {
  const values: Partial<Record<PipeField, string>> = { ...call.values }
  delete values[field]
  return { ...call, values }
}

export function requestOf(call: Call): EndpointRequest {
  const signature = call.signature ?? signPipe(call.operation, call.values, call.secretKey)
  const pairs = SIGNED_FIELDS[call.operation]
    .filter((field) => call.values[field] !== undefined)
    .map((field) => `${field}=${encodeURIComponent(call.values[field] ?? '')}`)
  return {
    method: call.method,
    operation: call.path,
    rawQuery: `${[...pairs, `Signature=${signature}`].join('&')}${call.tail}`,
    headers: {},
    body: new Uint8Array(),
    sourceIp: call.sourceIp ?? '192.0.2.1',
  }
}

export async function read(call: Call): Promise<Reading> {
  return endpoint.read(requestOf(call), call.now)
}

/** The response to a call that must not become a message. */
export async function refusedResponse(call: Call): Promise<EndpointResponse> {
  const reading = await read(call)
  if (reading.kind === 'message') throw new Error('expected a refusal, got a message')
  return reading.response
}

const CODE_AT: Readonly<Record<PipeOperation, number>> = { inquiry: 6, payment: 11, reversal: 6 }

/** `12`, or `HTTP 413` where the protocol has no code. */
export function codeOf(operation: PipeOperation, response: EndpointResponse): string {
  return response.status === 200 ? (response.body.split('|')[CODE_AT[operation]] ?? '') : `HTTP ${response.status}`
}

export function later(millis: number): Instant {
  return instant(NOW + millis)
}
