/**
 * A good call on the hub's own protocol, and how to spoil it. Signs after the spoiling unless the signature itself is
 * spoiled, so that each row is about its own defect only.
 */
import type {
  Accepted,
  Answer,
  ChannelProfile,
  EndpointRequest,
  EndpointResponse,
  Reading,
} from '../../../../shared/channel-port/channel.ts'
import { type Instant, instant, parseInstant } from '../../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import type { HubOperation } from '../../../../shared/protocols/hub-h2h/fields.ts'
import { hubKeyOf } from '../../../../shared/protocols/hub-h2h/keys.ts'
import { hubEndpoint } from '../../../../shared/protocols/hub-h2h/read.ts'
import { signHub } from '../../../../shared/protocols/hub-h2h/signature.ts'

export const NOW = parseInstant('2026-11-20T14:03:21+07:00') as Instant
export const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
export const NEXT_SECRET = `whsec_${Buffer.alloc(32, 2).toString('base64')}`

export const profile: ChannelProfile = {
  name: 'corner-shop',
  partner: 'Corner Shop',
  protocol: 'hub-h2h',
  adminFee: [{ from: '2020-01-01', value: rupiah(2500), source: 'test' }],
  channelFee: [{ from: '2020-01-01', value: rupiah(1500), source: 'test' }],
  cutOffHour: [{ from: '2020-01-01', value: 24, source: 'test' }],
  throttle: { ratePerSecond: 1, burst: 1 },
  reservedConcurrency: 1,
}

export const endpoint = hubEndpoint(
  { profile },
  JSON.stringify({ current: { secret: SECRET }, next: { secret: NEXT_SECRET } }),
)

export type Json = Readonly<Record<string, unknown>>

const IDS = { transactionId: 'TRX-2026.11_0001', customerId: '12345678901' }
const OUTLET = { id: 'STORE 17', terminalId: '02' }
const AT = '2026-11-20T14:03:00+07:00'

export const BODIES: Readonly<Record<HubOperation, Json>> = {
  inquiry: { ...IDS, months: 1, outlet: OUTLET, requestedAt: AT },
  payment: { ...IDS, months: 1, amount: 8400, adminFee: 2500, total: 10900, outlet: OUTLET, transactedAt: AT },
  reversal: { ...IDS, reason: 'customer walked away', outlet: OUTLET, transactedAt: AT },
  status: IDS,
}

export type Call = {
  readonly path: string
  readonly method: string
  readonly contentType: string | undefined
  readonly body: string | Uint8Array
  readonly id: string
  readonly timestamp: string
  readonly secret: string
  /** Replaces the right signature. */
  readonly signatures?: string
  readonly now: Instant
}

export function goodCall(operation: HubOperation): Call {
  return {
    path: `/v1/${operation}`,
    method: 'POST',
    contentType: 'application/json',
    body: JSON.stringify(BODIES[operation]),
    id: 'msg_1',
    timestamp: String(Math.floor(NOW / 1000)),
    secret: SECRET,
    now: NOW,
  }
}

export function withBody(call: Call, body: Json): Call {
  return { ...call, body: JSON.stringify(body) }
}

export function requestOf(call: Call): EndpointRequest {
  const body = typeof call.body === 'string' ? new TextEncoder().encode(call.body) : call.body
  return {
    method: call.method,
    operation: call.path,
    rawQuery: '',
    headers: {
      'content-type': call.contentType,
      'webhook-id': call.id,
      'webhook-timestamp': call.timestamp,
      'webhook-signature': call.signatures ?? signHub(hubKeyOf(call.secret), call.id, call.timestamp, body),
    },
    body,
    sourceIp: '192.0.2.1',
  }
}

export async function read(call: Call): Promise<Reading> {
  return endpoint.read(requestOf(call), call.now)
}

export async function answerTo(operation: HubOperation, answer: Answer, now: Instant = NOW): Promise<EndpointResponse> {
  const reading = await read(goodCall(operation))
  if (reading.kind !== 'message') throw new Error('expected a message, got a response')
  return reading.write(answer, now)
}

export const ACCEPTED: Accepted = {
  outcome: 'accepted',
  hubReference: 'HUB1',
  customerName: 'BU*** SA***',
  kpj: '12345678901',
  months: [{ month: month('2026-11'), price: { jkk: rupiah(5000), jkm: rupiah(3400), jht: ZERO } }],
  creditDrawn: ZERO,
  amount: rupiah(8400),
  adminFee: rupiah(2500),
  paidThrough: month('2026-11'),
  billCode: null,
  outlet: 'STORE 17/02',
  decidedAt: NOW,
  renderer: 1,
}

export function later(millis: number): Instant {
  return instant(NOW + millis)
}
