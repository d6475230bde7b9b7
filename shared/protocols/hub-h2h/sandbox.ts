/**
 * The partner's side of the hub's own protocol: signs, sends and reads the hub's answer. For local traffic, tests and
 * benchmarks; never part of a deployed bundle. Needs only the sandbox file: `secret` (`whsec_…`). Partners themselves use
 * any Standard Webhooks library; a test holds the two together.
 */
import { type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import type {
  HttpCall,
  HttpReply,
  Partner,
  PartnerAnswer,
  PartnerPayment,
  ProtocolSandbox,
  SandboxFile,
  Send,
} from '../../channel-port/partner.ts'
import { formatWib, type Instant } from '../../domain/instant.ts'
import type { HubOperation } from './fields.ts'
import { hubKeyOf } from './keys.ts'
import { signHub } from './signature.ts'

type Call = PartnerPayment & { readonly reason: string }

const SECRET_BYTES = 32
const NOT_PAYING = { months: 1, amountRupiah: 0, adminFeeRupiah: 0, outlet: '', reason: '' } as const

export const hubSandbox: ProtocolSandbox = {
  makeKeys: async () => {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
    return { hub: { secret }, partner: { secret } }
  },
  partner: hubPartner,
}

function hubPartner(file: SandboxFile, send: Send, now: () => Instant): Partner {
  if (typeof file.secret !== 'string') throw new TypeError('expected the sandbox file to have the text field "secret"')
  const key = hubKeyOf(file.secret)
  const signed = (operation: HubOperation, call: Call): HttpCall =>
    signedCall(file.baseUrl, key, operation, call, now())
  const ask = async (operation: HubOperation, call: Partial<Call> & Pick<Call, 'id' | 'customerId'>) =>
    readReply(await send(signed(operation, { ...NOT_PAYING, ...call })))
  return {
    inquire: (call) => ask('inquiry', call),
    pay: (call) => ask('payment', call),
    reverse: (call) => ask('reversal', call),
    status: (call) => ask('status', call),
    sign: async (kind, call) => signed(kind, { ...call, reason: 'cancelled at the till' }),
  }
}

function signedCall(baseUrl: string, key: KeyObject, operation: HubOperation, call: Call, at: Instant): HttpCall {
  const body = JSON.stringify(bodyOf(operation, call, at))
  const id = `msg_${randomUUID()}`
  const timestamp = String(Math.floor(at / 1000))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signHub(key, id, timestamp, Buffer.from(body)),
  }
  return { method: 'POST', url: `${baseUrl}/v1/${operation}`, headers, body }
}

function bodyOf(operation: HubOperation, call: Call, at: Instant): Readonly<Record<string, unknown>> {
  const ids = { transactionId: call.id, customerId: call.customerId }
  const outlet = outletOf(call.outlet)
  switch (operation) {
    case 'inquiry':
      return { ...ids, months: call.months, outlet, requestedAt: formatWib(at) }
    case 'payment': {
      const money = { amount: call.amountRupiah, adminFee: call.adminFeeRupiah }
      const total = call.amountRupiah + call.adminFeeRupiah
      return { ...ids, months: call.months, ...money, total, outlet, transactedAt: formatWib(at) }
    }
    case 'reversal':
      return { ...ids, reason: call.reason, outlet, transactedAt: formatWib(at) }
    case 'status':
      return ids
  }
}

/** `store/till`; a till of its own when none is given. */
function outletOf(outlet: string): { readonly id: string; readonly terminalId: string } {
  const [id, terminalId] = outlet.split('/', 2)
  return { id: id || 'sandbox', terminalId: terminalId || '01' }
}

function readReply(reply: HttpReply): PartnerAnswer {
  const body = reply.status === 200 ? objectIn(reply.body) : {}
  const code = typeof body.responseCode === 'string' ? body.responseCode : ''
  return {
    status: reply.status,
    code,
    accepted: code === '00',
    amountRupiah: typeof body.amount === 'number' ? body.amount : null,
    adminFeeRupiah: typeof body.adminFee === 'number' ? body.adminFee : null,
    months: Array.isArray(body.months) ? body.months.map(String) : [],
    hubReference: typeof body.hubReference === 'string' ? body.hubReference : null,
    body: reply.body,
  }
}

/** A body that is not the protocol's is no answer: the caller treats it as a timeout. */
function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
