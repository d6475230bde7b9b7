/**
 * The closed days of the journal, in table `settlements`.
 *
 * | item | PK `part` | SK `entry` | holds |
 * |---|---|---|---|
 * | a closed day | `journal` | the day | its entries, the balances after it, what channel-days owe more or less, when it was closed; put once, never changed |
 * | a part of a day | `journal-part#<day>` | `0001#of#0016` | entries of a sixteenth of the accounts, until the day is closed from them |
 *
 * Producer and consumer: functions/reconcile-settlement/journal.ts. Reader: functions/serve-console (journal).
 */
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import type { DatedEntry, DayReceivable, LedgerBalance } from '../../domain/journal.ts'
import type { Opening } from '../../domain/periods.ts'

export type ClosedDay = {
  readonly day: BusinessDate
  readonly entries: readonly DatedEntry[]
  readonly receivables: readonly DayReceivable[]
  /** Of the very first day alone: what the books began with. */
  readonly opening: Opening | null
  /** After the day; the sum is 0. */
  readonly balances: readonly LedgerBalance[]
  /** Accounts whose facts were folded for it. */
  readonly accounts: number
  readonly closedAt: Instant
}

export type JournalPart = Pick<ClosedDay, 'entries' | 'receivables' | 'accounts'>

export type JournalStore = {
  readonly get: (day: BusinessDate) => Promise<ClosedDay | undefined>
  /** The last closed day up to and including `day`, or of all. */
  readonly lastClosed: (day?: BusinessDate) => Promise<ClosedDay | undefined>
  /** The closed days from one to another, both included, ascending. */
  readonly range: (from: BusinessDate, to: BusinessDate) => Promise<readonly ClosedDay[]>
  /** Puts a day unless it is closed already: a closed day never changes. */
  readonly close: (closed: ClosedDay) => Promise<'put' | 'exists'>
  /** Puts one part; again replaces it, as it may be counted anew until the day is closed. */
  readonly putPart: (day: BusinessDate, part: number, parts: number, sums: JournalPart) => Promise<void>
  /** Every part that is there of a day that is cut into `parts`. */
  readonly parts: (day: BusinessDate, parts: number) => Promise<readonly JournalPart[]>
}
