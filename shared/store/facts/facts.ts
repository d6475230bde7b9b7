/**
 * Table `facts`: append-only, kept 10 years, no name, no NIK.
 *
 * | | key | |
 * |---|---|---|
 * | table | PK `account` (KPJ, bill code, `suspense#…`), SK `fact` `<kind>#<source>#<id…>` | one item per fact, at most 600 bytes |
 * | index `byDay` | PK `day` `<source>#<businessDate>#<shard of 16>`, SK `at` | insert-only; the key gives kind and time, amount, fee and outlet are projected |
 *
 * All but shares, their reversals and refunds, which are found through their bill, carry the index key. item.ts explains the attributes, day-index.ts the shards.
 * Producers: functions/answer-channel, functions/apply-bill-payment, functions/serve-console.
 * Consumers: the stream -> pipe -> queue `reconcile` (infra/ledger-stack.ts), every fold, settlement, repair.
 */
import type { Account } from '../../domain/account.ts'
import type { BillCode } from '../../domain/bill-code.ts'
import type { Fact, FactKey } from '../../domain/fact.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import type { PaymentKey } from '../../domain/payment-key.ts'
import { Defect } from '../../runtime/faults.ts'
import type { DayEntry } from './day-index.ts'

export type { DayEntry } from './day-index.ts'

/** Reads of an account are consistent and read every page. Writes may throw `Throttled` or `UnknownOutcome`. */
export type FactStore = {
  /** Puts a fact if its key is free. `exists` is success: the same fact was put before (a heal, a repeat). */
  readonly put: (fact: Fact) => Promise<'put' | 'exists'>
  readonly get: (account: Account, key: FactKey) => Promise<Fact | undefined>
  /** Several facts of one account by key, in one call where the store can; missing ones are left out. */
  readonly getMany: (account: Account, keys: readonly FactKey[]) => Promise<readonly Fact[]>
  readonly ofAccount: (account: Account) => Promise<readonly Fact[]>
  /** One transaction for a bill's reversal: the reversal fact if absent, paid-by cleared if it names `paidBy`. */
  readonly putReversingBill: (fact: Fact, billCode: BillCode, paidBy: PaymentKey) => Promise<'put' | 'exists'>
  /**
   * One transaction: all of them, or none. For money that leaves one account for another, so that it is never in both, nor in none.
   * `exists`: they were put together before. `taken`: the first one's account has a fact of `without`.
   */
  readonly putTogether: (facts: readonly Fact[], without: readonly FactKey[]) => Promise<'put' | 'exists' | 'taken'>
  /** Everything in the day index for a channel or source and WIB date; eventually consistent, in no order. */
  readonly byDay: (source: string, day: BusinessDate) => AsyncIterable<DayEntry>
}

/** Facts that are put together only: some of them were there, and the others not. */
export function putApart(): Defect {
  return new Defect('FACTS_APART', 'expected all facts of one step to be there or none, some are; see who wrote them')
}

/** Reads that somebody goes on from later: of a business day, and of everything. The adapter is pages.ts. */
export type FactPages = {
  /** A part of such a day, some thousand entries at most, from where an earlier page of it ended; for whoever goes on later. */
  readonly dayPage: (source: string, day: BusinessDate, from: string | null) => Promise<DayPage>
  /**
   * The accounts that have facts, page by page; `segment` of `segments` for parallel scans. Eventually consistent. An account
   * comes once, or more often where the store keeps its facts apart.
   */
  readonly accountsPage: (segment: number, segments: number, from: string | null) => Promise<AccountsPage>
}

/** An item that nobody can read, by its key as it is written. */
export type BrokenFact = { readonly account: string; readonly fact: string }
/** `next`: where the next page begins, a text that only the store reads; null after the last. `broken`: where there are some. */
export type DayPage = {
  readonly entries: readonly DayEntry[]
  readonly next: string | null
  readonly broken?: readonly BrokenFact[]
}
/** Accounts as they are written in the table: whoever handles one reads it. */
export type AccountsPage = { readonly accounts: readonly string[]; readonly next: string | null }
