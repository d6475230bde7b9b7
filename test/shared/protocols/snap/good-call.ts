/**
 * A bank, an endpoint, and one good call of each service, for tests that spoil one thing of it.
 * Signs with node:crypto alone, not with the code under test, so that the two cannot be wrong together.
 */
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto'
import type {
  EndpointRequest,
  EndpointResponse,
  PreparedEndpoint,
  Reading,
} from '../../../../shared/channel-port/channel.ts'
import { type Instant, parseInstant } from '../../../../shared/domain/instant.ts'
import { snapEndpoint } from '../../../../shared/protocols/snap/read.ts'

export const TIMESTAMP = '2026-11-20T14:03:21+07:00'
export const NOW = parseInstant(TIMESTAMP) as Instant
export const later = (millis: number): Instant => (NOW + millis) as Instant
export const CUSTOMER = '3201010101900001'
export const SERVICE_ID = '   98810'
export const PATHS = {
  '73': '/v1.0/access-token/b2b',
  '24': '/v1.0/transfer-va/inquiry',
  '25': '/v1.0/transfer-va/payment',
} as const

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = pair.publicKey.export({ type: 'spki', format: 'pem' })
export const CURRENT = {
  clientKey: 'client-current',
  clientSecret: 'secret-of-the-current-generation',
  publicKeyPem: pem,
  partnerId: '100200300',
  channelId: '00012',
  partnerServiceId: SERVICE_ID,
  tokenKey: Buffer.alloc(32, 1).toString('base64'),
}
export const NEXT = {
  ...CURRENT,
  clientKey: 'client-next',
  clientSecret: 'secret-of-the-next-generation!',
  tokenKey: Buffer.alloc(32, 2).toString('base64'),
}

export function endpointOf(name: string, current: object = CURRENT, next: object | null = NEXT): PreparedEndpoint {
  const options = { profile: { name }, basePath: `/channels/${name}`, requestIdLimit: 128 }
  return snapEndpoint(options, JSON.stringify({ current, next }))
}

export const endpoint = endpointOf('bni')

export function tokenRequest(
  spoilt: Readonly<Record<string, string | undefined>> = {},
  body?: string,
): EndpointRequest {
  const timestamp = spoilt['x-timestamp'] ?? TIMESTAMP
  const clientKey = spoilt['x-client-key'] ?? CURRENT.clientKey
  const signature = sign('sha256', Buffer.from(`${clientKey}|${timestamp}`), pair.privateKey).toString('base64')
  const own = { 'x-timestamp': TIMESTAMP, 'x-client-key': CURRENT.clientKey, 'x-signature': signature }
  return requestOf(PATHS['73'], { ...own, ...spoilt }, body ?? '{"grantType":"client_credentials"}')
}

/** A token as the endpoint gives it to a bank. */
export function tokenFrom(issuer: PreparedEndpoint, now: Instant = NOW, spoilt = {}): string {
  const { response } = issuer.read(tokenRequest(spoilt), now) as { response: EndpointResponse }
  return JSON.parse(response.body).accessToken
}

const TOKEN = tokenFrom(endpoint)

export type Spoilt = {
  /** Merged over the good ones; undefined takes one away. Names in lower case. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly fields?: Readonly<Record<string, unknown>>
  /** Instead of the fields. */
  readonly rawBody?: string | Uint8Array
  /** What is signed, where that differs from what is sent. */
  readonly signed?: {
    readonly secret?: string
    readonly path?: string
    readonly body?: string
    readonly method?: string
  }
  readonly request?: Partial<EndpointRequest>
}

const identity = { partnerServiceId: SERVICE_ID, customerNo: CUSTOMER, virtualAccountNo: SERVICE_ID + CUSTOMER }
export const GOOD_FIELDS = {
  '24': { ...identity, inquiryRequestId: '20261120-000001', additionalInfo: { months: 2 } },
  '25': {
    ...identity,
    paymentRequestId: '20261120-000001',
    paidAmount: { value: '16800.00', currency: 'IDR' },
    trxDateTime: TIMESTAMP,
    referenceNo: '000111222333',
    flagAdvise: 'N',
    additionalInfo: { months: 2, outletId: 'AGEN-0042' },
  },
} as const

/** A call that is good but for what is spoilt, and signed as it then is. */
export function callOf(
  service: '24' | '25',
  { headers = {}, fields = {}, rawBody, signed = {}, request = {} }: Spoilt = {},
): EndpointRequest {
  const body = rawBody ?? JSON.stringify({ ...GOOD_FIELDS[service], ...fields })
  const all: Record<string, string | undefined> = {
    authorization: `Bearer ${TOKEN}`,
    'x-timestamp': TIMESTAMP,
    'x-partner-id': CURRENT.partnerId,
    'x-external-id': '9000000001',
    'channel-id': CURRENT.channelId,
    ...headers,
  }
  const digest = createHash('sha256')
    .update(signed.body ?? body)
    .digest('hex')
  const token = all.authorization?.split(' ')[1] ?? ''
  const path = signed.path ?? `/channels/bni${PATHS[service]}`
  const text = `${signed.method ?? 'POST'}:${path}:${token}:${digest}:${all['x-timestamp']}`
  const signature = createHmac('sha512', signed.secret ?? CURRENT.clientSecret)
    .update(text)
    .digest('base64')
  return { ...requestOf(PATHS[service], { 'x-signature': signature, ...all }, body), ...request }
}

function requestOf(operation: string, headers: EndpointRequest['headers'], body: string | Uint8Array): EndpointRequest {
  return {
    method: 'POST',
    operation,
    rawQuery: '',
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(body as string),
    sourceIp: '127.0.0.1',
  }
}

/** What a refused reading says, without the parts that no test is about. */
export function saidOf(reading: Reading | Promise<Reading>): {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly data: Readonly<Record<string, unknown>> | undefined
  readonly refusal: string | null
  readonly authentic: boolean
} {
  const read = reading as Reading
  if (read.kind === 'message')
    return { status: 0, code: 'message', message: '', data: undefined, refusal: null, authentic: true }
  const body = JSON.parse(read.response.body)
  return {
    status: read.response.status,
    code: body.responseCode,
    message: body.responseMessage,
    data: body.virtualAccountData,
    refusal: read.refusal,
    authentic: read.authentic,
  }
}
