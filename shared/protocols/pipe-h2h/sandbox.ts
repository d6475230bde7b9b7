/**
 * The partner's side of the pipe protocol: signs, sends and reads the hub's answer. For local traffic, tests and
 * benchmarks; never part of a deployed bundle. Needs only the sandbox file: `agentId, agentPin, agentStoreId, secretKey`.
 */
import { randomBytes, randomInt } from 'node:crypto'
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
import { formatCompactWib, type Instant } from '../../domain/instant.ts'
import { type PipeOperation, type PipeValues, SIGNED_FIELDS } from './fields.ts'
import { productCodeFor, twoDigits } from './products.ts'
import { signPipe } from './signature.ts'

/** Where each operation's reply has what a terminal needs; -1: it has no such field. */
const LAYOUT: Readonly<Record<PipeOperation, { readonly [field: string]: number } & { readonly count: number }>> = {
  inquiry: { count: 19, code: 6, months: 11, amount: 13, adminFee: 16, hubReference: -1 },
  payment: { count: 17, code: 11, months: 15, amount: 7, adminFee: 10, hubReference: 14 },
  reversal: { count: 12, code: 6, months: 10, amount: -1, adminFee: -1, hubReference: 9 },
}

export const pipeSandbox: ProtocolSandbox = {
  makeKeys: async () => {
    const agentId = `AGENT${randomInt(10_000, 99_999)}`
    const agentPin = String(randomInt(100_000, 999_999))
    const secretKey = randomBytes(24).toString('hex')
    const first = randomInt(1_000, 9_000)
    const storeIds = [0, 1, 2].map((offset) => `T${first + offset}`)
    return {
      hub: { agentId, agentPin, secretKey, storeIds, sourceAddresses: ['127.0.0.1'] },
      partner: { agentId, agentPin, agentStoreId: storeIds[0], agentStoreIds: storeIds, secretKey },
    }
  },
  partner: pipePartner,
}

function pipePartner(file: SandboxFile, send: Send, now: () => Instant): Partner {
  const signedTime = terminalClock(now)
  const ask = async (operation: PipeOperation, call: PartnerPayment): Promise<PartnerAnswer> =>
    readReply(operation, await send(signedCall(file, operation, call, signedTime(operation, call.id))))
  return {
    inquire: (call) => ask('inquiry', { ...call, amountRupiah: 0, adminFeeRupiah: 0, outlet: '' }),
    pay: (call) => ask('payment', call),
    reverse: (call) => ask('reversal', { ...call, months: 1, amountRupiah: 0, adminFeeRupiah: 0 }),
    status: null,
    sign: async (kind, call) => {
      if (kind === 'status')
        throw new TypeError('expected inquiry, payment or reversal; this protocol has no status call')
      return signedCall(file, kind, call, signedTime(kind, call.id))
    },
  }
}

const SECOND = 1_000
/** Below the clock window of the endpoint: what is older is signed anew. */
const ON_ITS_WAY_MILLIS = 4 * 60_000
const REMEMBERED = 1_000

/**
 * The times that a terminal signs. Signed times are whole seconds, and a reversal counts against payments signed before it: it is
 * signed a second after its payment at least, and a payment that it overtook keeps a time before it.
 */
function terminalClock(now: () => Instant): (operation: PipeOperation, id: string) => Instant {
  const paid = new Map<string, number>()
  const reversed = new Map<string, number>()
  return (operation, id) => {
    const at = now()
    if (operation === 'inquiry') return at
    if (operation === 'reversal') {
      const later = Math.max(at, (paid.get(id) ?? 0) + SECOND)
      remember(reversed, id, later)
      return later as Instant
    }
    const overtakenAt = reversed.get(id)
    const isOnItsWay = overtakenAt !== undefined && at - overtakenAt < ON_ITS_WAY_MILLIS
    const signed = isOnItsWay ? overtakenAt - SECOND : at
    remember(paid, id, signed)
    return signed as Instant
  }
}

function remember(times: Map<string, number>, id: string, at: number): void {
  if (times.has(id)) return
  times.set(id, at)
  const [oldest] = times.keys()
  if (times.size > REMEMBERED && oldest !== undefined) times.delete(oldest)
}

function signedCall(file: SandboxFile, operation: PipeOperation, call: PartnerPayment, at: Instant): HttpCall {
  const values: PipeValues = {
    AgentID: textOf(file, 'agentId'),
    AgentPIN: textOf(file, 'agentPin'),
    AgentTrxID: call.id,
    AgentStoreID: storeOf(file, call.outlet),
    ProductID: productCodeFor(call.customerId, call.months),
    CustomerID: call.customerId,
    DateTimeRequest: formatCompactWib(at),
    PaymentPeriod: twoDigits(call.months),
    Amount: String(call.amountRupiah),
    Charge: '0',
    Total: String(call.amountRupiah + call.adminFeeRupiah),
    AdminFee: String(call.adminFeeRupiah),
  }
  const query = SIGNED_FIELDS[operation].map((field) => `${field}=${encodeURIComponent(values[field] ?? '')}`)
  const signature = signPipe(operation, values, textOf(file, 'secretKey'))
  const url = `${file.baseUrl}/${operation}?${query.join('&')}&Signature=${signature}`
  return { method: 'GET', url, headers: {}, body: null }
}

/** The caller's outlet when it is a registered store, else the file's own: any other would be refused. */
function storeOf(file: SandboxFile, outlet: string): string {
  const registered = Array.isArray(file.agentStoreIds) && file.agentStoreIds.includes(outlet)
  return registered ? outlet : textOf(file, 'agentStoreId')
}

function readReply(operation: PipeOperation, reply: HttpReply): PartnerAnswer {
  const layout = LAYOUT[operation]
  const fields = reply.body.split('|')
  const isProtocol = reply.status === 200 && fields.length === layout.count
  const accepted = isProtocol && fields[layout.code ?? -1] === '00'
  const field = (name: string): string => (isProtocol ? (fields[layout[name] ?? -1] ?? '') : '')
  return {
    status: reply.status,
    code: field('code'),
    accepted,
    amountRupiah: accepted && field('amount') !== '' ? Number(field('amount')) : null,
    adminFeeRupiah: accepted && field('adminFee') !== '' ? Number(field('adminFee')) : null,
    months: field('months')
      .split(',')
      .filter(Boolean)
      .map((month) => `${month.slice(0, 4)}-${month.slice(4)}`),
    hubReference: field('hubReference') || null,
    body: reply.body,
  }
}

function textOf(file: SandboxFile, name: string): string {
  const value = file[name]
  if (typeof value !== 'string') throw new TypeError(`expected the sandbox file to have the text field "${name}"`)
  return value
}
