/**
 * What finance has signed off and closed, in table `settlements`: days (of a channel, or of the bank) and months.
 *
 * Promise: both are put once, with the approval and its audit entry in one transaction (resolutions.ts), and never changed. A day
 * that is signed off again gets a further record; the latest one stands. Keys: item.ts.
 */
import type { GlAccounts } from '../../domain/gl-accounts.ts'
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import type { LedgerBalance } from '../../domain/journal.ts'
import type { Rupiah } from '../../domain/money.ts'
import type { MonthCheck } from '../../domain/month-checks.ts'
import type { MonthClosing, OpenReceivable } from '../../domain/periods.ts'
import type { DifferenceClass } from '../../domain/settlement/day.ts'
import type { ApprovalEffect } from './approval-effect.ts'
import type { EntryTable } from './entries.ts'
import { MONTH_CLOSINGS, signOffEntry, signOffsPart } from './item.ts'

/** A row of open items when the day was signed off, which is carried. */
export type CarriedItem = { readonly label: string; readonly amountRupiah: Rupiah; readonly count: number }

/** A case that was open then. `amountRupiah`: what nobody had written off or charged of it; positive, the channel's debt. */
export type CarriedDifference = {
  readonly id: string
  readonly class: DifferenceClass
  readonly amountRupiah: Rupiah
}

/** A day as two people signed it. */
export type SignOff = {
  /** A channel's name, or `bank`. */
  readonly channel: string
  readonly date: BusinessDate
  /** From 1, with gaps: of the approval. */
  readonly sequence: number
  /** Of the statement that was signed; 0 for the bank's day. */
  readonly version: number
  /** Of the statement, or of the bank's movements and their places. */
  readonly digest: string
  readonly carried: readonly CarriedItem[]
  readonly openDifferences: number
  /** The largest of them, by name. */
  readonly differences: readonly CarriedDifference[]
  readonly proposedBy: string
  readonly signedBy: string
  readonly signedAt: Instant
}

/** A month as two people closed it. */
export type ClosedMonth = MonthClosing & {
  readonly closedAt: Instant
  readonly proposedBy: string
  readonly closedBy: string
  readonly reason: string
  /** Entries of the month, and the digest of all of them and of `glAccounts`. */
  readonly lines: number
  readonly digest: string
  /** The numbers of the general ledger that were in force in it. */
  readonly glAccounts: GlAccounts
  /** On the evening of its last day. */
  readonly balances: readonly LedgerBalance[]
  /** What channels owed for which of their days then: carried into the next month. */
  readonly receivables: readonly OpenReceivable[]
  /** What was open, and accepted by both people. */
  readonly checks: readonly MonthCheck[]
}

export type ClosingStore = {
  /** The latest of each day, ascending. */
  readonly signOffs: (channel: string, from: BusinessDate, to: BusinessDate) => Promise<readonly SignOff[]>
  /** Ascending, without gaps. */
  readonly closedMonths: () => Promise<readonly ClosedMonth[]>
}

export function closingsIn<C>(table: EntryTable<C>): ClosingStore {
  return {
    signOffs: async (channel, from, to) => {
      const found = await table.range<SignOff>(signOffsPart(channel), { from, to: `${to}#~` })
      return [...new Map(found.map((signOff) => [signOff.date, signOff])).values()]
    },
    closedMonths: () => table.range<ClosedMonth>(MONTH_CLOSINGS, {}),
  }
}

export function effectOfSignOff(signOff: SignOff): ApprovalEffect {
  const { channel, date, sequence } = signOff
  return { kind: 'entry', part: signOffsPart(channel), entry: signOffEntry(date, sequence), value: signOff }
}

export function effectOfClosing(closed: ClosedMonth): ApprovalEffect {
  return { kind: 'entry', part: MONTH_CLOSINGS, entry: closed.month, value: closed }
}
