/**
 * The facts of an account: what happened, once, never changed. Everything else the hub says is derived from them.
 *
 * Promise: a fact holds no name, no NIK and no phone number, and all that is needed to render its answer again.
 * Producers: functions/answer-channel, functions/apply-bill-payment, functions/serve-console (import, closure),
 * functions/reconcile-membership (credit that covers a month).
 * Consumers: coverage.ts (the fold), shared/store/facts/facts.ts (how they lie in the table).
 */
import type { Account } from './account.ts'
import type { AgentCode } from './agents/agent.ts'
import type { BillCode } from './bill-code.ts'
import type { BusinessDate, Instant } from './instant.ts'
import { joinKey, splitKey } from './key-text.ts'
import type { Kpj } from './kpj.ts'
import { type Rupiah, rupiah } from './money.ts'
import type { Month } from './month.ts'
import type { ParticipantHash } from './participant.ts'
import type { CohortId } from './sponsors/sponsor.ts'
import type { Price, Terms } from './tariff.ts'

/** A run of consecutive months with one price each: twelve months across two tariff changes are three runs. */
export type PricedRun = { readonly first: Month; readonly count: number; readonly price: Price }

declare const factKeyBrand: unique symbol

/** `<kind>#<source>#<id…>`, each part percent-encoded: the sort key, unique within its account. */
export type FactKey = string & { readonly [factKeyBrand]: true }

export type FactStamp = {
  readonly account: Account
  /** The channel's name, or `import`, `console`, `finance`, `settlement`, `hub`. */
  readonly source: string
  /** Unique within account, kind and source. Parts that may hold `#` are encoded by `factKey`. */
  readonly id: readonly string[]
  /** When the hub decided. The order of facts, and what money's rules are read at. */
  readonly decidedAt: Instant
  /** When the fact was put: what `knownAt` asks. Never earlier than `decidedAt`, later after a heal. */
  readonly recordedAt: Instant
}

/** Everything that a payment's fact will hold, decided with its decision; the fact adds only `recordedAt`. */
export type PaymentTerms = {
  readonly hubReference: string
  /** Signed by the partner: when it says that the customer paid. */
  readonly partnerAt: Instant
  /** WIB calendar date of `decidedAt` (cut-off 24:00), the day that settlement will name. */
  readonly businessDate: BusinessDate
  /** The contribution, without the customer's admin fee. */
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  /** The months quoted, at the prices of that quote. A bill's payment names the bill's months. */
  readonly months: readonly PricedRun[]
  /** Credit that the quote drew: sum of prices = amount + creditDrawn. */
  readonly creditDrawn: Rupiah
  readonly outlet: string
  /** What this payment reached when it was accepted; null for a bill of more than one member. */
  readonly paidThrough: Month | null
  /** The one membership paid for; null for a bill of more than one member. */
  readonly kpj: Kpj | null
  /** Which renderer wrote the first answer; old ones stay, golden tests pin them. */
  readonly renderer: number
}

export type PaymentFact = FactStamp & PaymentTerms & { readonly kind: 'payment' }

/** Money that a person with authority placed here: a payment found in settlement without decision, a correction. */
export type PostingFact = FactStamp & {
  readonly kind: 'posting'
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
  readonly months: readonly PricedRun[]
  readonly creditDrawn: Rupiah
}

/** A member's part of a paid bill. `id` = bill code, channel, payment id; `decidedAt` is the bill payment's. */
export type ShareFact = FactStamp & {
  readonly kind: 'share'
  readonly billCode: BillCode
  readonly paymentId: string
  readonly amount: Rupiah
  readonly months: readonly PricedRun[]
}

/** Takes back the payment, share or posting whose key `reverses` names. A second one changes nothing. */
export type ReversalFact = FactStamp & {
  readonly kind: 'reversal'
  readonly reverses: FactKey
  readonly partnerAt: Instant
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
  readonly outlet: string
  /** Authentication code of a channel's reversal, shared/ledger/payment-digests.ts; absent where it follows from something else. */
  readonly mac?: Uint8Array
}

/** A channel asked to reverse after the endpoint for it had closed (`95`): no effect on money, a case for finance. */
export type LateReversalFact = Omit<ReversalFact, 'kind'> & { readonly kind: 'late-reversal' }

/** Money that finance took out of the months and into suspense: `moves` names the payment, share or posting. */
export type SuspensionFact = FactStamp & {
  readonly kind: 'suspension'
  readonly moves: FactKey
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
}

/**
 * A part of a bill's money that went back to its channel because a member did not need it: once on the member's account, where
 * `refunds` names the share, and once on the bill's, where it names the payment. Both are put together.
 */
export type RefundFact = FactStamp & {
  readonly kind: 'refund'
  readonly refunds: FactKey
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
}

/** Registration, and each change of sector, income, programs or funding, from the month `from` on. */
export type TermsFact = FactStamp & {
  readonly kind: 'terms'
  readonly from: Month
  readonly terms: Terms
  /** Kemendagri code of the village or regency; decides the member's own clock. */
  readonly regionCode: string
  readonly registeredOn: BusinessDate
  /** Keyed hash of the NIK: memberships of one person meet here, the number itself does not. */
  readonly participant: ParticipantHash
  /** The sponsor's list that these terms came from; absent for all others. */
  readonly cohort?: CohortId
  /** Who registered the member; only in first terms, absent where nobody did. */
  readonly agent?: AgentCode
  /** The row of that list, as it was sent: the header is line 1. */
  readonly listLine?: number
}

/**
 * The member's credit pays these months from `decidedAt` on, at these prices: put by the night's run where credit covers a month
 * that is owed. Brings no money. `id` = the first month and the WIB date of the decision, so that a night puts it once.
 */
export type CreditAllocationFact = FactStamp & {
  readonly kind: 'credit-allocation'
  readonly months: readonly PricedRun[]
}

/** Cover ends with the day `on`, payments when that day begins: closures.ts. */
export type ClosingFact = FactStamp & { readonly kind: 'closing'; readonly on: BusinessDate; readonly reason: string }
export type ReopeningFact = FactStamp & { readonly kind: 'reopening'; readonly reason: string }

/** The closed list; the fold ends its switch in `assertNever`. */
export type Fact =
  | PaymentFact
  | PostingFact
  | ShareFact
  | ReversalFact
  | LateReversalFact
  | SuspensionFact
  | RefundFact
  | CreditAllocationFact
  | TermsFact
  | ClosingFact
  | ReopeningFact

export type FactKind = Fact['kind']

const FACT_KINDS = [
  'payment',
  'posting',
  'share',
  'reversal',
  'late-reversal',
  'suspension',
  'refund',
  'credit-allocation',
  'terms',
  'closing',
  'reopening',
] as const satisfies readonly FactKind[]

/** Kinds that bring money to an account. */
export type MoneyFact = PaymentFact | PostingFact | ShareFact

export function isMoney(fact: Fact): fact is MoneyFact {
  return fact.kind === 'payment' || fact.kind === 'posting' || fact.kind === 'share'
}

/** Kinds that pay months: with money of their own, or with credit. */
export type MonthFact = MoneyFact | CreditAllocationFact

/** The sort key. Ids come from partners: percent-encoding keeps `#` and everything outside ASCII out of it. */
export function factKey(kind: FactKind, source: string, id: readonly string[]): FactKey {
  return joinKey([kind, source, ...id]) as FactKey
}

/** With what the key of every fact of a kind begins: what a stream's filter asks for. */
export function factKeyPrefix(kind: FactKind): string {
  return `${kind}#`
}

export function factKindOf(key: FactKey): FactKind {
  return key.slice(0, key.indexOf('#')) as FactKind
}

export type FactKeyParts = {
  readonly key: FactKey
  readonly kind: FactKind
  readonly source: string
  readonly id: readonly string[]
}

/** The key with what it says; undefined for a text that `factKey` does not write. */
export function parseFactKey(text: string): FactKeyParts | undefined {
  const [kindText, source, ...id] = splitKey(text) ?? []
  const kind = FACT_KINDS.find((each) => each === kindText)
  return kind === undefined || source === undefined ? undefined : { key: text as FactKey, kind, source, id }
}

/** As `parseFactKey`, for a key that is one. */
export function factKeyParts(key: FactKey): FactKeyParts {
  const [, source = '', ...id] = splitKey(key) ?? []
  return { key, kind: factKindOf(key), source, id }
}

export function keyOf(fact: Fact): FactKey {
  return factKey(fact.kind, fact.source, fact.id)
}

/** What went back in parts, by the key of the share or payment that it is a part of. */
export function refundsIn(facts: readonly Fact[]): ReadonlyMap<FactKey, Rupiah> {
  const sums = new Map<FactKey, Rupiah>()
  for (const fact of facts) {
    if (fact.kind === 'refund') sums.set(fact.refunds, rupiah((sums.get(fact.refunds) ?? 0) + fact.amount))
  }
  return sums
}

/** The order of the fold: by decision, ties by key, so that every reader folds alike. */
export function byDecision(a: Fact, b: Fact): number {
  if (a.decidedAt !== b.decidedAt) return a.decidedAt - b.decidedAt
  const left = keyOf(a)
  const right = keyOf(b)
  return left < right ? -1 : left > right ? 1 : 0
}
