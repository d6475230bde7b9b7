/**
 * Table `facts`: append-only, kept 10 years, no name, no NIK.
 *
 * | | key | |
 * |---|---|---|
 * | table | PK `account` (KPJ, bill code, `suspense#…`), SK `fact` `<kind>#<source>#<id…>` | one item per fact, at most 600 bytes |
 * | index `byDay` | PK `day` `<source>#<businessDate>#<shard of 16>`, SK `at` | insert-only; projects kind, amount, fee, outlet, time |
 *
 * Only facts that a business day must find carry the index key: payment, posting, reversal, late-reversal, suspension.
 * Shares, terms, closings have none. Producers: functions/answer-channel, functions/apply-cohort, functions/serve-console.
 * Consumers: the stream -> pipe -> queue `reconcile` (infra/ledger-stack.ts), every fold, settlement, repair.
 */
import type { BusinessDate } from '../domain/instant.ts'
import type { Fact, FactKey } from '../domain/fact.ts'
import type { Rupiah } from '../domain/money.ts'

/** What the day index projects of a fact. */
export type DayEntry = {
  readonly account: string
  readonly fact: FactKey
  readonly kind: Fact['kind']
  readonly amount: Rupiah
  readonly adminFee: Rupiah
  readonly outlet: string
  readonly decidedAt: number
}

/** Reads of an account are consistent and read every page. Writes may throw `Throttled` or `UnknownOutcome`. */
export type FactStore = {
  /** Puts a fact if its key is free. `exists` is success: the same fact was put before (a heal, a repeat). */
  readonly put: (fact: Fact) => Promise<'put' | 'exists'>
  readonly get: (account: string, key: FactKey) => Promise<Fact | undefined>
  /** Several facts of one account by key, in one call where the store can; missing ones are left out. */
  readonly getMany: (account: string, keys: readonly FactKey[]) => Promise<readonly Fact[]>
  readonly ofAccount: (account: string) => Promise<readonly Fact[]>
  /** One transaction for a bill's reversal: the reversal fact if absent, paid-by cleared if it names `paidBy`. */
  readonly putReversingBill: (fact: Fact, billCode: string, paidBy: string) => Promise<'put' | 'exists'>
  /** Everything in the day index for a channel or source and WIB date; eventually consistent, in no order. */
  readonly byDay: (source: string, day: BusinessDate) => AsyncIterable<DayEntry>
}
