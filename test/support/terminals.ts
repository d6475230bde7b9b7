/**
 * The five partners' terminals, written from the published contract alone: nothing of shared/protocols is used to sign or to
 * read, so that a mistake made on both sides of an endpoint cannot hide. Each call can be spoilt before it is sent.
 */
import { createHash, createHmac, createSign, randomInt } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { type ApiReply, replyOf, type TestHub } from './hub.ts'

export const CHANNELS = ['brilink', 'bni', 'alfamart', 'indomaret', 'pos'] as const
export type ChannelName = (typeof CHANNELS)[number]
type Fields = Readonly<Record<string, unknown>>

export type InquiryCall = { readonly id: string; readonly customer: string; readonly months?: number }
export type PaymentCall = InquiryCall & { readonly amount: number }
export type TerminalReply = ApiReply & { readonly code: string }

/** What the three ways of talking have in common; `code` is the protocol's own. */
export type Terminal = {
  readonly channel: ChannelName
  /** What the customer pays the outlet on top. */
  readonly fee: number
  /** The codes of the protocol for one meaning. */
  readonly codes: Codes
  readonly inquire: (inquiry: InquiryCall) => Promise<TerminalReply & { readonly amount: number | null }>
  readonly pay: (paid: PaymentCall) => Promise<TerminalReply>
  readonly reverse: ((inquiry: InquiryCall) => Promise<TerminalReply>) | null
  readonly status: ((inquiry: InquiryCall) => Promise<TerminalReply>) | null
}

export type Codes = {
  readonly ok: string
  readonly quoted: string
  readonly unknown: string
  readonly expired: string
  readonly alreadyPaid: string
  readonly wrongAmount: string
  readonly conflict: string
}

const NUMBERS: Codes = {
  ok: '00',
  quoted: '00',
  unknown: '14',
  expired: '54',
  alreadyPaid: '88',
  wrongAmount: '13',
  conflict: '94',
}
const SNAP_CODES: Codes = {
  ok: '2002500',
  quoted: '2002400',
  unknown: '4042512',
  expired: '4042519',
  alreadyPaid: '4042514',
  wrongAmount: '4042513',
  conflict: '4092500',
}

export function terminalOf(hub: TestHub, channel: ChannelName): Terminal {
  switch (channel) {
    case 'bni':
    case 'brilink':
      return snapTerminal(hub, channel)
    case 'alfamart':
      return pipeTerminal(hub)
    case 'indomaret':
    case 'pos':
      return hubTerminal(hub, channel)
  }
}

// ---- SNAP ----

export type SnapChange = {
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: Fields
  /** Sent instead of the body that was signed. */
  readonly forged?: string
  /** Signed and sent as it is. */
  readonly raw?: string
  readonly at?: string
  readonly contentType?: string
}

/** Where a signature differs from what the contract says; left out, it is as it should be. */
export type Signing = {
  readonly at?: string
  readonly bearing?: string
  readonly method?: string
  readonly path?: string
}

export type Bank = {
  readonly token: (change?: { readonly headers?: SnapChange['headers']; readonly body?: string }) => Promise<ApiReply>
  readonly inquiry: (body: Fields, change?: SnapChange) => Promise<TerminalReply>
  readonly payment: (body: Fields, change?: SnapChange) => Promise<TerminalReply>
  /** The headers of a transaction whose minified body is `minified`. */
  readonly signed: (operation: string, minified: string | Uint8Array, how?: Signing) => Promise<Record<string, string>>
  /** The three fields that name a customer at this bank. */
  readonly identity: (customerNo: string) => Fields
  readonly externalId: () => string
}

export function bankOf(hub: TestHub, channel: 'bni' | 'brilink', keys = hub.sandbox(channel)): Bank {
  const { baseUrl = '', clientKey = '', clientSecret = '', privateKeyPem = '', partnerServiceId = '' } = keys
  let held: { readonly text: string; readonly until: number } | undefined

  const token: Bank['token'] = async (change = {}) => {
    const timestamp = wib(hub.now())
    const signature = createSign('RSA-SHA256').update(`${clientKey}|${timestamp}`).sign(privateKeyPem, 'base64')
    const own = { 'X-TIMESTAMP': timestamp, 'X-CLIENT-KEY': clientKey, 'X-SIGNATURE': signature }
    return send(`${baseUrl}/v1.0/access-token/b2b`, 'POST', {
      headers: { 'Content-Type': 'application/json', ...own, ...change.headers },
      body: change.body ?? '{"grantType":"client_credentials"}',
    })
  }

  async function bearer(): Promise<string> {
    if (held !== undefined && hub.now() < held.until) return held.text
    const { body } = await token()
    held = { text: body.accessToken, until: hub.now() + 600_000 }
    return held.text
  }

  const signed: Bank['signed'] = async (operation, minified, how = {}) => {
    const path = how.path ?? `${new URL(baseUrl).pathname}/v1.0/transfer-va/${operation}`
    const timestamp = how.at ?? wib(hub.now())
    const bearing = how.bearing ?? `Bearer ${await bearer()}`
    const digest = createHash('sha256').update(minified).digest('hex')
    const text = `${how.method ?? 'POST'}:${path}:${bearing.slice('Bearer '.length)}:${digest}:${timestamp}`
    return {
      Authorization: bearing,
      'X-TIMESTAMP': timestamp,
      'X-SIGNATURE': createHmac('sha512', clientSecret).update(text).digest('base64'),
      'X-PARTNER-ID': keys.partnerId ?? '',
      'X-EXTERNAL-ID': externalId(),
      'CHANNEL-ID': keys.channelId ?? '',
    }
  }

  async function call(operation: string, body: Fields, change: SnapChange = {}): Promise<TerminalReply> {
    const text = change.raw ?? JSON.stringify({ ...body, ...change.body })
    const bearing = change.headers?.Authorization
    const headers = await signed(operation, text, {
      ...(change.at === undefined ? {} : { at: change.at }),
      ...(bearing === undefined ? {} : { bearing }),
    })
    const reply = await send(`${baseUrl}/v1.0/transfer-va/${operation}`, 'POST', {
      headers: { 'Content-Type': change.contentType ?? 'application/json', ...headers, ...change.headers },
      body: change.forged ?? text,
    })
    return { ...reply, code: String(reply.body?.responseCode ?? '') }
  }

  return {
    token,
    inquiry: (body, change) => call('inquiry', body, change),
    payment: (body, change) => call('payment', body, change),
    signed,
    identity: (customerNo) => ({ partnerServiceId, customerNo, virtualAccountNo: partnerServiceId + customerNo }),
    externalId,
  }
}

function externalId(): string {
  return `${Date.now()}${randomInt(1_000_000_000, 9_999_999_999)}`
}

function snapTerminal(hub: TestHub, channel: 'bni' | 'brilink'): Terminal {
  const bank = bankOf(hub, channel)
  const bodyOf = ({ customer, months = 1 }: InquiryCall) => ({ ...bank.identity(customer), additionalInfo: { months } })
  return {
    channel,
    fee: 0,
    codes: SNAP_CODES,
    inquire: async (ask) => {
      const answered = await bank.inquiry({ ...bodyOf(ask), inquiryRequestId: ask.id })
      const value = answered.body?.virtualAccountData?.totalAmount?.value
      return { ...answered, amount: value === undefined ? null : Number(value) }
    },
    pay: (paid) =>
      bank.payment({
        ...bodyOf(paid),
        paymentRequestId: paid.id,
        paidAmount: { value: `${paid.amount}.00`, currency: 'IDR' },
      }),
    reverse: null,
    status: null,
  }
}

// ---- pipe H2H ----

const CALLER = ['AgentID', 'AgentPIN', 'AgentTrxID', 'AgentStoreID', 'ProductID', 'CustomerID', 'DateTimeRequest']
const MONEY = ['PaymentPeriod', 'Amount', 'Charge', 'Total', 'AdminFee']
const CODE_AT = { inquiry: 6, payment: 11, reversal: 6 } as const
export type PipeCall = keyof typeof CODE_AT

export type Retailer = {
  readonly query: (operation: PipeCall, fields: Readonly<Record<string, string>>) => URLSearchParams
  readonly send: (
    operation: PipeCall,
    query: URLSearchParams | string,
  ) => Promise<TerminalReply & { readonly fields: string[] }>
  readonly call: (
    operation: PipeCall,
    fields: Readonly<Record<string, string>>,
  ) => Promise<TerminalReply & { readonly fields: string[] }>
}

export function retailerOf(hub: TestHub, keys = hub.sandbox('alfamart')): Retailer {
  const { baseUrl = '', agentId = '', agentPin = '', agentStoreId = '', secretKey = '' } = keys
  const query: Retailer['query'] = (operation, given) => {
    const fields: Record<string, string> = {
      AgentID: agentId,
      AgentPIN: agentPin,
      AgentStoreID: agentStoreId,
      ProductID: 'BPUTK',
      DateTimeRequest: wib(hub.now()).slice(0, 19).replace(/[-T:]/g, ''),
      PaymentPeriod: '01',
      Charge: '0',
      ...given,
    }
    const names = operation === 'payment' ? [...CALLER, ...MONEY] : CALLER
    const values = names.map((name) => [name, fields[name] ?? ''] as const)
    const joined = values.map(([, value]) => value).join('') + secretKey
    const signature = createHash('sha1').update(joined).digest('hex')
    return new URLSearchParams(Object.fromEntries([...values, ['Signature', signature]]))
  }
  const dispatch: Retailer['send'] = async (operation, sent) => {
    const reply = await send(`${baseUrl}/${operation}?${sent}`, 'GET', {})
    const fields = reply.text.split('|')
    return { ...reply, fields, code: fields[CODE_AT[operation]] ?? '' }
  }
  return { query, send: dispatch, call: (operation, fields) => dispatch(operation, query(operation, fields)) }
}

/** When each id was last paid and last reversed, in milliseconds, by all terminals of this process. */
const paidAt = new Map<string, number>()
const reversedAt = new Map<string, number>()
const compact = (millis: number): string => wib(millis).slice(0, 19).replace(/[-T:]/g, '')

/**
 * A reversal is signed a second after the last try of its payment at least, for that one may be the one that was taken; a payment that its reversal overtook was signed before it: before the
 * last try of it, which may be minutes after the first, because a payment that is signed later is a new one.
 */
function pipeTerminal(hub: TestHub): Terminal {
  const retailer = retailerOf(hub)
  const paymentTime = (id: string) => {
    const overtaken = reversedAt.get(id) ?? 0
    const onItsWay = Math.abs(hub.now() - overtaken) < 240_000
    const at = onItsWay ? overtaken - 1_000 : hub.now()
    paidAt.set(id, Math.max(at, paidAt.get(id) ?? 0))
    return compact(at)
  }
  const reversalTime = (id: string) => {
    const at = Math.max(hub.now(), (paidAt.get(id) ?? 0) + 1_000)
    reversedAt.set(id, at)
    return compact(at)
  }
  const fee = 2_500
  const fieldsOf = ({ id, customer, months = 1 }: InquiryCall) => ({
    AgentTrxID: id,
    CustomerID: customer,
    ProductID: customer.startsWith('99') ? 'BPUBL' : months === 1 ? 'BPUTK' : `BPUTK${String(months).padStart(2, '0')}`,
    PaymentPeriod: String(months).padStart(2, '0'),
  })
  return {
    channel: 'alfamart',
    fee,
    codes: NUMBERS,
    inquire: async (ask) => {
      const answered = await retailer.call('inquiry', fieldsOf(ask))
      return { ...answered, amount: answered.code === '00' ? Number(answered.fields[13]) : null }
    },
    pay: (paid) =>
      retailer.call('payment', {
        ...fieldsOf(paid),
        DateTimeRequest: paymentTime(paid.id),
        Amount: String(paid.amount),
        AdminFee: String(fee),
        Total: String(paid.amount + fee),
      }),
    reverse: (ask) => retailer.call('reversal', { ...fieldsOf(ask), DateTimeRequest: reversalTime(ask.id) }),
    status: null,
  }
}

// ---- hub H2H ----

export type Shop = {
  /** Signed as the published library signs. */
  readonly call: (
    operation: string,
    body: Fields | string,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<TerminalReply>
  readonly signed: (text: string) => Readonly<Record<string, string>>
}

export function shopOf(hub: TestHub, channel: 'indomaret' | 'pos', keys = hub.sandbox(channel)): Shop {
  const webhook = new Webhook(keys.secret ?? '')
  const signed = (text: string) => {
    const id = `msg_${randomInt(1_000_000_000)}`
    const at = new Date(hub.now())
    return {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, at, text),
    }
  }
  return {
    signed,
    call: async (operation, body, headers = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const reply = await send(`${keys.baseUrl}/v1/${operation}`, 'POST', {
        headers: { ...signed(text), ...headers },
        body: text,
      })
      return { ...reply, code: String(reply.body?.responseCode ?? '') }
    },
  }
}

function hubTerminal(hub: TestHub, channel: 'indomaret' | 'pos'): Terminal {
  const shop = shopOf(hub, channel)
  const fee = 2_500
  const outlet = { id: 'T0001', terminalId: '01' }
  const askedOf = ({ id, customer, months = 1 }: InquiryCall) => ({
    transactionId: id,
    customerId: customer,
    months,
    outlet,
  })
  return {
    channel,
    fee,
    codes: NUMBERS,
    inquire: async (ask) => {
      const answered = await shop.call('inquiry', { ...askedOf(ask), requestedAt: wib(hub.now()) })
      return { ...answered, amount: answered.body?.amount ?? null }
    },
    pay: (paid) =>
      shop.call('payment', {
        ...askedOf(paid),
        amount: paid.amount,
        adminFee: fee,
        total: paid.amount + fee,
        transactedAt: wib(hub.now()),
      }),
    reverse: ({ id, customer }) =>
      shop.call('reversal', {
        transactionId: id,
        customerId: customer,
        reason: 'customer changed her mind',
        outlet,
        transactedAt: wib(hub.now()),
      }),
    status: ({ id, customer }) => shop.call('status', { transactionId: id, customerId: customer }),
  }
}

// ---- common ----

/** `2026-11-20T10:00:00+07:00`. */
export function wib(millis: number): string {
  return `${new Date(millis + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`
}

type Sent = { readonly headers?: Readonly<Record<string, string | undefined>>; readonly body?: string }

/** A header set to undefined is left out. */
async function send(url: string, method: string, { headers = {}, body }: Sent): Promise<ApiReply> {
  const kept = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return replyOf(await fetch(url, { method, headers: kept, ...(body === undefined ? {} : { body }) }))
}
