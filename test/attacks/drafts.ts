/**
 * Calls that are right in everything, as drafts on the wire: what an attack starts from and spoils. Signed by the terminals of
 * test/support, which know the published contract only.
 */
import { createHmac, randomBytes } from 'node:crypto'
import {
  bankOf,
  type InquiryCall,
  type PipeCall,
  type Retailer,
  retailerOf,
  type Signing,
  shopOf,
  wib,
} from '../support/terminals.ts'
import type { Arena } from './attack.ts'
import { type Draft, headerOf, withBody, withHeader } from './wire.ts'

/** What a month costs the members that are attacked, and what a terminal charges on top. */
export const PRICE = 8_400
export const FEE = 2_500

export const newId = () => `ATK-${randomBytes(9).toString('hex')}`

type Fields = Readonly<Record<string, unknown>>
type Keys = Readonly<Record<string, string>>

// ---- the hub's own protocol ----

export type ShopName = 'indomaret' | 'pos'
export const SHOPS: readonly ShopName[] = ['indomaret', 'pos']
const OUTLET = { id: 'T0001', terminalId: '01' }

export const hubBody = {
  inquiry: (arena: Arena, { id, customer, months = 1 }: InquiryCall): Fields => ({
    transactionId: id,
    customerId: customer,
    months,
    outlet: OUTLET,
    requestedAt: wib(arena.now()),
  }),
  payment: (arena: Arena, { id, customer, months = 1 }: InquiryCall, amount = PRICE): Fields => ({
    transactionId: id,
    customerId: customer,
    months,
    amount,
    adminFee: FEE,
    total: amount + FEE,
    outlet: OUTLET,
    transactedAt: wib(arena.now()),
  }),
  reversal: (arena: Arena, { id, customer }: InquiryCall): Fields => ({
    transactionId: id,
    customerId: customer,
    reason: 'customer changed her mind',
    outlet: OUTLET,
    transactedAt: wib(arena.now()),
  }),
  status: (_: Arena, { id, customer }: InquiryCall): Fields => ({ transactionId: id, customerId: customer }),
}

export type PipeDrafts = {
  /** Signed by the published library; a text is sent as it is. */
  readonly draft: (operation: string, body: Fields | string) => Draft
  /** Signed over bytes that are no text, which the library would tidy. */
  readonly signedBytes: (operation: string, body: Uint8Array) => Draft
}

export function pipeDrafts(arena: Arena, channel: ShopName, keys: Keys = arena.hub.sandbox(channel)): PipeDrafts {
  const shop = shopOf(arena.hub, channel, keys)
  const draft: PipeDrafts['draft'] = (operation, body) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return {
      method: 'POST',
      target: `/channels/${channel}/v1/${operation}`,
      headers: Object.entries(shop.signed(text)),
      body: Buffer.from(text),
    }
  }
  const signedBytes: PipeDrafts['signedBytes'] = (operation, body) => {
    const unsigned = withBody(draft(operation, ''), body)
    const key = Buffer.from((keys.secret ?? '').slice('whsec_'.length), 'base64')
    const signed = `${headerOf(unsigned, 'webhook-id')}.${headerOf(unsigned, 'webhook-timestamp')}.`
    const mac = createHmac('sha256', key).update(signed).update(body).digest('base64')
    return withHeader(unsigned, 'webhook-signature', `v1,${mac}`)
  }
  return { draft, signedBytes }
}

// ---- SNAP ----

export type BankName = 'brilink' | 'bni'
export const BANKS: readonly BankName[] = ['brilink', 'bni']

export type SnapDrafts = {
  readonly token: () => Promise<string>
  readonly inquiryBody: (request: InquiryCall) => Fields
  readonly paymentBody: (request: InquiryCall, amount?: number) => Fields
  /** A text or bytes are minified for the signature and sent as they are. */
  readonly draft: (operation: string, body: Fields | string | Uint8Array, how?: Signing) => Promise<Draft>
}

export function snapDrafts(arena: Arena, channel: BankName, keys: Keys = arena.hub.sandbox(channel)): SnapDrafts {
  const bank = bankOf(arena.hub, channel, keys)
  const common = ({ customer, months = 1 }: InquiryCall) => ({ ...bank.identity(customer), additionalInfo: { months } })
  return {
    token: async () => String((await bank.token()).body?.accessToken ?? ''),
    inquiryBody: (request) => ({ ...common(request), inquiryRequestId: request.id }),
    paymentBody: (request, amount = PRICE) => ({
      ...common(request),
      paymentRequestId: request.id,
      paidAmount: { value: `${amount}.00`, currency: 'IDR' },
    }),
    draft: async (operation, body, how) => {
      const isRaw = typeof body === 'string' || body instanceof Uint8Array
      const bytes = Buffer.from(isRaw ? body : JSON.stringify(body))
      return {
        method: 'POST',
        target: `/channels/${channel}/v1.0/transfer-va/${operation}`,
        headers: [
          ['Content-Type', 'application/json'],
          ...Object.entries(await bank.signed(operation, minified(bytes), how)),
        ],
        body: bytes,
      }
    },
  }
}

/** White space outside texts left out, whatever the bytes are; a text ends at its quote or with the body. */
function minified(bytes: Buffer): Uint8Array {
  const kept = bytes.toString('latin1').replace(/("(?:[^"\\]|\\[\s\S])*(?:"|\\?$))|[ \t\r\n]+/g, '$1')
  return Buffer.from(kept, 'latin1')
}

// ---- pipe H2H ----

export type PipeFields = Readonly<Record<string, string>>
export const MONEY: PipeFields = { Amount: String(PRICE), AdminFee: String(FEE), Total: String(PRICE + FEE) }

export type HubDrafts = {
  readonly retailer: Retailer
  /** Signed over these fields, money of one month included. */
  readonly draft: (operation: PipeCall, fields: PipeFields) => Draft
  /** A query as it is. */
  readonly bare: (operation: string, query: string) => Draft
}

export function hubDrafts(arena: Arena, keys?: Keys): HubDrafts {
  const retailer = retailerOf(arena.hub, keys)
  const bare: HubDrafts['bare'] = (operation, query) => ({
    method: 'GET',
    target: `/channels/alfamart/${operation}?${query}`,
    headers: [],
    body: Buffer.alloc(0),
  })
  return {
    retailer,
    bare,
    draft: (operation, fields) => bare(operation, String(retailer.query(operation, { ...MONEY, ...fields }))),
  }
}

/** `20261120100000`. */
export function compactWib(millis: number): string {
  return wib(millis).slice(0, 19).replace(/[-T:]/g, '')
}
