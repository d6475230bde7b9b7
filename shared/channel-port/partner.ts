/**
 * The partner's side of a channel: its's `sandbox.ts` acts as the partner. It signs, sends and checks the hub's answer.
 * Used by local/partner-simulator, tests, benchmarks and by a partner's engineer as an example; never part of a deployed bundle
 * (loaded by its path, `shared/channels/<channel>/sandbox.ts`, for each name in registry.ts).
 */
import type { Instant } from '../domain/instant.ts'

/** What `.hub/sandbox/<channel>.json` holds; the rest of the fields belong to the protocol. */
export type SandboxFile = { readonly channel: string; readonly protocol: string; readonly baseUrl: string } & Readonly<
  Record<string, unknown>
>

export type HttpCall = {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}
export type HttpReply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
export type Send = (call: HttpCall) => Promise<HttpReply>

/** The hub's answer in words that all protocols share; `code` and `body` are the protocol's own. */
export type PartnerAnswer = {
  readonly status: number
  /** `2002500`, `00`, … ; '' when the body is not the protocol's (treat as a timeout: repeat or reverse). */
  readonly code: string
  readonly accepted: boolean
  readonly amountRupiah: number | null
  readonly adminFeeRupiah: number | null
  readonly months: readonly string[]
  readonly hubReference: string | null
  readonly body: string
}

export type PartnerInquiry = { readonly id: string; readonly customerId: string; readonly months: number }
export type PartnerPayment = PartnerInquiry & {
  readonly amountRupiah: number
  readonly adminFeeRupiah: number
  readonly outlet: string
}
export type PartnerReversal = {
  readonly id: string
  readonly customerId: string
  readonly reason: string
  readonly outlet: string
}

export type Partner = {
  readonly inquire: (call: PartnerInquiry) => Promise<PartnerAnswer>
  /** The same id and facts again is advice: a repeat (SNAP: under a new external id). */
  readonly pay: (call: PartnerPayment) => Promise<PartnerAnswer>
  /** null where the protocol has none. */
  readonly reverse: ((call: PartnerReversal) => Promise<PartnerAnswer>) | null
  readonly status: ((call: { readonly id: string; readonly customerId: string }) => Promise<PartnerAnswer>) | null
  /** The signed call itself, for tests that spoil it before it is sent. */
  readonly sign: (kind: 'inquiry' | 'payment' | 'reversal' | 'status', call: PartnerPayment) => Promise<HttpCall>
}

/** A row as a partner's back office has it. Money in whole rupiah, `at` in milliseconds UTC. */
export type PartnerRow = {
  readonly id: string
  readonly customer: string
  readonly outlet: string
  readonly at: number
  readonly amount: number
  readonly adminFee: number
  readonly fee: number
  readonly status: 'S' | 'R'
}

/**
 * The partner's side of a settlement file. `date` is `2026-11-20`; the order of the rows is the order of the file. Shares no
 * code with the channel's reader, so that both being wrong in the same way takes two mistakes.
 */
export type SettlementWriter = {
  readonly fileName: (date: string) => string
  readonly write: (date: string, rows: readonly PartnerRow[]) => string
}

/** The part of a sandbox that all channels of a protocol share. */
export type ProtocolSandbox = {
  /** Makes fresh keys: `hub` is one generation of the channel's secret, `partner` the fields of the sandbox file. */
  readonly makeKeys: () => Promise<{
    readonly hub: Readonly<Record<string, unknown>>
    readonly partner: Readonly<Record<string, unknown>>
  }>
  readonly partner: (file: SandboxFile, send: Send, now: () => Instant) => Partner
}

/** What every channel's `sandbox.ts` exports as `sandbox`. */
export type Sandbox = ProtocolSandbox & { readonly settlement: SettlementWriter }
