/**
 * The bank's side of SNAP, for tests, traffic and a partner's engineer to read: fetches a token, signs, sends, checks.
 *
 * Promise: what it sends is what the standard asks of a bank, signed by the bank's own keys only; an answer that does not
 * fit its question has the code '' (a timeout to the caller: repeat). Never bundled; the endpoint's side is read.ts.
 */
import { createPrivateKey, createSecretKey, generateKeyPair, randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
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
import { CURRENCY, GRANT_TYPE, HEADERS, OPERATION_PATHS, type VirtualAccountService } from './response-codes.ts'
import { signCall, signTokenRequest } from './signature.ts'

/** What the channel decides: how its virtual account numbers begin, and which channel of the bank calls. */
export type SandboxOptions = { readonly partnerServiceId: string; readonly channelId: string }

type Bank = {
  readonly file: SandboxFile
  readonly send: Send
  readonly now: () => Instant
}
type Token = { readonly text: string; readonly freshUntil: number }
type Call = PartnerPayment & { readonly service: VirtualAccountService }

/** A token is fetched anew this long before it expires. */
const TOKEN_MARGIN_MILLIS = 60_000
const NOT_THE_PROTOCOLS = { code: '', accepted: false, amountRupiah: null, adminFeeRupiah: null, months: [] } as const

export function snapSandbox(options: SandboxOptions): ProtocolSandbox {
  return { makeKeys: () => makeKeys(options), partner: (file, send, now) => partnerOf({ file, send, now }) }
}

async function makeKeys(options: SandboxOptions): ReturnType<ProtocolSandbox['makeKeys']> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  const shared = {
    clientKey: randomUUID(),
    clientSecret: randomBytes(32).toString('hex'),
    partnerId: `${randomBytes(6).readUIntBE(0, 6)}`,
    ...options,
  }
  return {
    hub: {
      ...shared,
      publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }),
      tokenKey: randomBytes(32).toString('base64'),
    },
    partner: { ...shared, privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) },
  }
}

function partnerOf(bank: Bank): Partner {
  const privateKey = createPrivateKey(field(bank.file, 'privateKeyPem'))
  let cached: Promise<Token> | undefined
  const token = async (): Promise<string> => {
    const held = await cached
    if (held !== undefined && bank.now() < held.freshUntil) return held.text
    cached = fetchToken(bank, privateKey)
    cached.catch(() => {
      cached = undefined
    })
    return (await cached).text
  }
  const sign = async (call: Call): Promise<HttpCall> => signed(bank, call, await token())
  const ask = async (call: Call): Promise<PartnerAnswer> => {
    const reply = await bank.send(await sign(call))
    if (reply.status === 401) cached = undefined
    return answerOf(reply, call)
  }
  return {
    inquire: (call) => ask({ ...call, amountRupiah: 0, adminFeeRupiah: 0, outlet: '', service: '24' }),
    pay: (call) => ask({ ...call, service: '25' }),
    reverse: null,
    status: null,
    sign: async (kind, call) => sign({ ...call, service: serviceOf(kind) }),
  }
}

function serviceOf(kind: Parameters<Partner['sign']>[0]): VirtualAccountService {
  if (kind === 'inquiry') return '24'
  if (kind === 'payment') return '25'
  throw new RangeError(`expected inquiry or payment, got ${kind}; SNAP has no other call from the bank`)
}

async function fetchToken({ file, send, now }: Bank, privateKey: ReturnType<typeof createPrivateKey>): Promise<Token> {
  const askedAt = now()
  const timestamp = formatWib(askedAt)
  const clientKey = field(file, 'clientKey')
  const headers = {
    'Content-Type': 'application/json',
    [HEADERS.timestamp]: timestamp,
    [HEADERS.clientKey]: clientKey,
    [HEADERS.signature]: signTokenRequest(privateKey, clientKey, timestamp),
  }
  const url = file.baseUrl + OPERATION_PATHS['73']
  const reply = await send({ method: 'POST', url, headers, body: JSON.stringify({ grantType: GRANT_TYPE }) })
  const body = objectOf(reply.body)
  if (body.responseCode !== '2007300' || typeof body.accessToken !== 'string') {
    throw new Error(`expected an access token (2007300), got HTTP ${reply.status} ${String(body.responseCode)}`)
  }
  return { text: body.accessToken, freshUntil: askedAt + Number(body.expiresIn) * 1000 - TOKEN_MARGIN_MILLIS }
}

/** Everything of one call. A new X-EXTERNAL-ID each time: the same payment again is then advice. */
function signed({ file, now }: Bank, call: Call, accessToken: string): HttpCall {
  const timestamp = formatWib(now())
  const url = file.baseUrl + OPERATION_PATHS[call.service]
  const body = JSON.stringify(bodyOf(file, call, timestamp))
  const secret = createSecretKey(field(file, 'clientSecret'), 'utf8')
  const path = new URL(url).pathname
  const signature = signCall(secret, { path, accessToken, body: Buffer.from(body), timestamp })
  const headers = {
    'Content-Type': 'application/json',
    [HEADERS.authorization]: `Bearer ${accessToken}`,
    [HEADERS.timestamp]: timestamp,
    [HEADERS.signature]: signature,
    [HEADERS.partnerId]: field(file, 'partnerId'),
    [HEADERS.externalId]: BigInt(`0x${randomBytes(14).toString('hex')}`).toString(),
    [HEADERS.channelId]: field(file, 'channelId'),
  }
  return { method: 'POST', url, headers, body }
}

function bodyOf(file: SandboxFile, call: Call, timestamp: string): Readonly<Record<string, unknown>> {
  const partnerServiceId = field(file, 'partnerServiceId')
  const identity = {
    partnerServiceId,
    customerNo: call.customerId,
    virtualAccountNo: partnerServiceId + call.customerId,
  }
  if (call.service === '24') {
    return {
      ...identity,
      inquiryRequestId: call.id,
      trxDateInit: timestamp,
      additionalInfo: { months: call.months },
    }
  }
  return {
    ...identity,
    paymentRequestId: call.id,
    paidAmount: { value: `${call.amountRupiah}.00`, currency: CURRENCY },
    trxDateTime: timestamp,
    additionalInfo: { months: call.months, outletId: call.outlet },
  }
}

function answerOf({ status, body }: HttpReply, call: Call): PartnerAnswer {
  const fields = objectOf(body)
  const code = fields.responseCode
  const data = objectIn(fields, 'virtualAccountData')
  if (typeof code !== 'string' || !code.startsWith(`${status}${call.service}`) || !isAbout(data, call)) {
    return { ...NOT_THE_PROTOCOLS, status, hubReference: null, body }
  }
  const extra = objectIn(fields, 'additionalInfo')
  const value = objectIn(data, call.service === '24' ? 'totalAmount' : 'paidAmount').value
  const { months, hubReference } = extra
  return {
    status,
    code,
    accepted: data[call.service === '24' ? 'inquiryStatus' : 'paymentFlagStatus'] === '00',
    amountRupiah: typeof value === 'string' ? Number(value) : null,
    adminFeeRupiah: null,
    months: Array.isArray(months) ? months.map(String) : [],
    hubReference: typeof hubReference === 'string' ? hubReference : null,
    body,
  }
}

/** What the answer repeats of the question must be the question's. */
function isAbout(data: Readonly<Record<string, unknown>>, call: Call): boolean {
  const {
    customerNo = call.customerId,
    [call.service === '24' ? 'inquiryRequestId' : 'paymentRequestId']: id = call.id,
  } = data
  return customerNo === call.customerId && id === call.id
}

function objectIn(from: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = from[name]
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectIn({ read: JSON.parse(text) }, 'read')
  } catch {
    return {}
  }
}

function field(file: SandboxFile, name: string): string {
  const value = file[name]
  if (typeof value === 'string') return value
  throw new TypeError(`expected ${name} in the sandbox file of ${file.channel}, got ${typeof value}`)
}
