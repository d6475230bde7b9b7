/**
 * The port between an endpoint and a partner's way of talking: what a channel reads, what the hub may answer.
 *
 * A protocol (shared/protocols/<protocol>) turns a signed request into a `Message` and an `Answer` into the
 * partner's own words; a channel (shared/channels/<channel>) is a profile, keys and layouts on top of one.
 * Neither knows tables, queues or clocks. The endpoint is functions/answer-channel.
 */
import type { Dated } from '../domain/effective-dated.ts'
import type { BusinessDate, Instant } from '../domain/instant.ts'
import type { Rupiah } from '../domain/money.ts'
import type { Month } from '../domain/month.ts'
import type { FileRefusal, FileTotals, QuarantinedLine, SettledLine } from '../domain/settlement/line.ts'
import type { Price } from '../domain/tariff.ts'

/** A request as it came in, before anything in it is believed. */
export type EndpointRequest = {
  readonly method: string
  /** Below `/channels/<channel>`, as routed: `/v1.0/transfer-va/payment`. Chooses the operation; is never what was signed. */
  readonly operation: string
  readonly rawQuery: string
  /** Lower-case names; duplicates arrive joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  readonly sourceIp: string
}

export type EndpointResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** 1, 2, 3, 6 or 12. Any other number is malformed. */
export const MONTH_COUNTS = [1, 2, 3, 6, 12] as const
export type MonthCount = (typeof MONTH_COUNTS)[number]

/**
 * The renderer that writes first answers today; an accepted payment keeps the number of its own. A protocol that changes
 * a word of an answer raises it and keeps the old renderer, so that a repeat years later reads as it first did.
 */
export const RENDERER = 1

/** What a partner's product code says the customer id must be; another kind of id is an unknown customer. */
export type Expected = 'person' | 'bill'

/** Names that a day's call binds once (SNAP's X-EXTERNAL-ID): same name and same call goes on, another call is a conflict. */
export type ExternalId = {
  readonly id: string
  /** WIB date of the partner's signed time. */
  readonly day: BusinessDate
  /** The service code, `24` or `25`. */
  readonly service: string
  readonly requestId: string
}

export type Inquiry = {
  readonly kind: 'inquiry'
  readonly requestId: string
  readonly customerId: string
  /** null: the protocol allows it to be left out. An inquiry then asks for 1. */
  readonly months: MonthCount | null
  readonly partnerAt: Instant
  readonly externalId?: ExternalId
  /** Absent where the protocol has no products. */
  readonly expects?: Expected
  /** Where a reversal signs the same fields: the signature, which then may not be a reversal's. Absent elsewhere. */
  readonly signature?: string
}

export type Payment = {
  readonly kind: 'payment'
  readonly paymentId: string
  readonly customerId: string
  /** The partner's product code, '' where the protocol has none. A fact of the payment. */
  readonly product: string
  /** null: the one number of months whose quote equals the amount. */
  readonly months: MonthCount | null
  readonly amount: Rupiah
  /** null where the protocol has no admin fee. */
  readonly adminFee: Rupiah | null
  readonly outlet: string
  readonly partnerAt: Instant
  readonly externalId?: ExternalId
  /** Absent where the protocol has no products. */
  readonly expects?: Expected
}

export type Reversal = {
  readonly kind: 'reversal'
  readonly paymentId: string
  readonly customerId: string
  readonly outlet: string
  readonly reason: string
  readonly partnerAt: Instant
  /** Refused as forged unless it is signed later than the payment it reverses: the pipe protocol does not sign the operation. */
  readonly mustFollowPayment: boolean
  /** Where an inquiry signs the same fields: the signature, which may not be that of an inquiry. Absent elsewhere. */
  readonly signature?: string
}

export type Status = { readonly kind: 'status'; readonly paymentId: string; readonly customerId: string }

export type Message = Inquiry | Payment | Reversal | Status

/** One month and its price: what quotes and receipts list. */
export type PricedMonth = { readonly month: Month; readonly price: Price }

/** What is due, as inquiry shows it and as payment must match it. */
export type Quoted = {
  readonly outcome: 'quoted'
  readonly hubReference: string
  /** `BU** SA*****`; '' where the name is erased or there is more than one member. */
  readonly customerName: string
  readonly kpj: string | null
  readonly months: readonly PricedMonth[]
  readonly creditDrawn: Rupiah
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  readonly paidThrough: Month | null
  readonly dueDate: BusinessDate
  readonly billCode: string | null
  readonly quotedAt: Instant
}

/** An accepted payment, the first time and on every repeat: nothing in it depends on when it is asked. */
export type Accepted = {
  readonly outcome: 'accepted'
  readonly hubReference: string
  readonly customerName: string
  readonly kpj: string | null
  readonly months: readonly PricedMonth[]
  readonly creditDrawn: Rupiah
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  readonly paidThrough: Month | null
  readonly billCode: string | null
  readonly outlet: string
  readonly decidedAt: Instant
  readonly renderer: number
}

/** A payment that was decided against. `decidedAt` and `hubReference` are the first decision's. */
export type Refused = {
  readonly outcome: 'refused'
  readonly code: RefusalCode
  readonly hubReference: string
  readonly decidedAt: Instant
}

/** In order of precedence: the first that applies is the answer. */
export const REFUSAL_CODES = ['unknown-customer', 'expired', 'already-paid', 'wrong-amount'] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]

/**
 * Everything an endpoint may answer to a message that could be read, in order of precedence where several apply.
 * - `external-id-conflict`: the day's external id names another call.
 * - `conflict`: this payment id is bound to other facts, or another customer's.
 * - `was-reversed`: the payment's channel reversed it, before or after.
 * - `repeated`: same external id, same payment: SNAP has a code of its own that carries the first result.
 * - `reversed`: the reversal stands. `unknown-original`, `too-late`, `out-of-order`: why it does not.
 * - `too-many`, `fault`: nothing was decided, try again. `unknown-outcome`: something may have been: repeat or reverse.
 */
export type Answer =
  | { readonly outcome: 'external-id-conflict' }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'was-reversed'; readonly hubReference: string; readonly decidedAt: Instant }
  | { readonly outcome: 'repeated'; readonly first: Accepted | Refused }
  | Refused
  | Quoted
  | Accepted
  | {
      readonly outcome: 'reversed'
      readonly hubReference: string
      readonly decidedAt: Instant
      readonly months: readonly Month[]
      readonly amount: Rupiah
    }
  | { readonly outcome: 'unknown-original' }
  | { readonly outcome: 'too-late' }
  | { readonly outcome: 'out-of-order' }
  | { readonly outcome: 'too-many' }
  | { readonly outcome: 'fault' }
  | { readonly outcome: 'unknown-outcome' }

/** Why a request was turned away before any work; a metric dimension and a log field, never personal data. */
export type EndpointRefusal =
  | 'too-large'
  | 'wrong-content-type'
  | 'unknown-operation'
  | 'malformed'
  | 'unknown-partner'
  | 'bad-token'
  | 'bad-signature'
  | 'bad-clock'
  | 'not-readable'

/**
 * What reading a request came to. `response`: the protocol answers by itself (a refusal, or an access token).
 * `message`: authentic and well formed; `write` renders the hub's answer for this very request (it echoes ids and times).
 * `authentic` with a refusal marks a signed request that could not be read: it is kept and alarmed.
 */
export type Reading =
  | {
      readonly kind: 'response'
      readonly response: EndpointResponse
      readonly refusal: EndpointRefusal | null
      readonly authentic: boolean
    }
  | {
      readonly kind: 'message'
      readonly message: Message
      readonly write: (answer: Answer, now: Instant) => EndpointResponse
    }

/** A partner's keys prepared once: `read` never parses a key. */
export type PreparedEndpoint = { readonly read: (request: EndpointRequest, now: Instant) => Reading | Promise<Reading> }

export type ProtocolName = 'snap' | 'pipe-h2h' | 'hub-h2h'

/** What is known of a partner without a secret: dated, replaceable data. */
export type ChannelProfile = {
  readonly name: string
  readonly partner: string
  readonly protocol: ProtocolName
  /** What the customer pays the outlet on top; null where the protocol carries none. */
  readonly adminFee: Dated<Rupiah> | null
  /** What the channel keeps per payment; used by settlement. */
  readonly channelFee: Dated<Rupiah>
  /** WIB hour at which the business day ends; 24 = midnight. */
  readonly cutOffHour: Dated<number>
  /** Requests per second that the gateway lets through to this endpoint, and the burst above it. */
  readonly throttle: { readonly ratePerSecond: number; readonly burst: number }
  /** Lambda concurrency set aside for this endpoint, so that one channel's storm leaves the others alone. */
  readonly reservedConcurrency: number
  /** Subject of the client certificate that the partner's mutual TLS presents. */
  readonly clientCertificateSubject: string
}

/** What reading a settlement file came to. Nothing of a refused file may be used, whatever went to the sink before. */
export type FileReading =
  | { readonly kind: 'read'; readonly totals: FileTotals; readonly quarantined: number }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }

/** Where the lines of a file go, in the order of the file. */
export type LineSink = {
  readonly add: (line: SettledLine) => void
  readonly quarantine: (line: QuarantinedLine) => void
}

/** How a channel's settlement files are named and read. One file per business day, in the channel's own words. */
export type SettlementLayout = {
  readonly fileName: (date: BusinessDate) => string
  /** The date, when this is exactly a name of this channel's files. */
  readonly dateOf: (fileName: string) => BusinessDate | undefined
  /** Whether a file that begins with this line is in this layout: tells another channel's file from a changed layout. */
  readonly opensWith: (firstLine: string) => boolean
  /** Streams; memory does not grow with the file except through the sink. Never throws for bytes. */
  readonly read: (bytes: AsyncIterable<Uint8Array>, date: BusinessDate, sink: LineSink) => Promise<FileReading>
}

/** A channel as its endpoint needs it; listed in registry.ts. */
export type Channel = {
  readonly profile: ChannelProfile
  /**
   * Prepares the endpoint from the channel's secret (JSON text, shape of the protocol's `keys.ts`, two generations valid).
   * Throws a TypeError that names the field when the secret is not of that shape; never echoes a value.
   */
  readonly prepare: (secret: string) => PreparedEndpoint
}

/** A channel as settlement needs it; listed in settlement-registry.ts. */
export type SettlementChannel = { readonly profile: ChannelProfile; readonly settlement: SettlementLayout }
