/**
 * The journal by derivation: what a business day did to the books, computed from facts and statements, never posted by hand.
 *
 * An entry of day D is the difference between what was known at the end of D and what was known at the end of D-1, over the
 * accounts that D touched. So late facts fall into the day on which they were recorded, and a closed day never changes.
 * Promises entries that balance to the rupiah for any facts, and a credit account that equals the sum of members' credits.
 * Knows neither tables nor channels by name; functions/reconcile-settlement/journal.ts gathers what it is given.
 *
 * | kind | debit | credit |
 * |---|---|---|
 * | collected | receivable of the channel (a share: bill clearing) | unallocated |
 * | allocated | unallocated | contribution by program, credit, suspense, bill clearing |
 * | reversed | unallocated | receivable of the channel (a share: bill clearing) |
 * | settled | channel fees | receivable of the channel |
 * | invoiced | channel fees beyond what was kept, VAT | fees payable, withholding payable |
 * | banked | bank (a debit: the other way) | receivable, bank charges, interest, unidentified receipts, returned, charges to the channel, fees payable: by the movement's place |
 * | decided | written off, charges to the channel | receivable of the channel, or the expensed fee with its VAT and withholding; negative the other way |
 */
import type { Account } from './account.ts'
import type { Fact } from './fact.ts'
import { addDays, type BusinessDate, type Instant, startOfDay } from './instant.ts'
import { LEDGER_ACCOUNTS, type LedgerAccount, type LedgerProgram, positionsOf } from './journal-positions.ts'
import {
  ENTRY_KINDS,
  type EntryKind,
  isDayKey,
  isEntryKey,
  type JournalSums,
  lineOf,
  move,
  moveDay,
  post,
  type Side,
} from './journal-sums.ts'
import { type Rupiah, rupiah } from './money.ts'
import { type Rules, rulesKnownAt } from './rules.ts'
import type { FeeAmounts } from './settlement/fee-month.ts'
import type { FeePosition } from './settlement/fee-position.ts'
import type { MovedByResolutions } from './settlement/open-items.ts'
import { ledgerSideOf, type Place } from './settlement/placement.ts'

export { ENTRY_KINDS, type EntryKind, type JournalSums }

/** One line of a day: `count` movements of one kind on one account. */
export type JournalEntry = {
  readonly kind: EntryKind
  readonly account: LedgerAccount
  readonly channel: string | null
  readonly program: LedgerProgram | null
  readonly debit: Rupiah
  readonly credit: Rupiah
  readonly count: number
}

/**
 * An entry with the day that it is of: the business day of a payment, the day of a statement, the booking day of a movement;
 * null where nothing said it. Later truth about an old day keeps naming that day (periods.ts).
 */
export type DatedEntry = JournalEntry & { readonly of: BusinessDate | null }

/** What the receivable of one channel-day moved by, through what is of day `of`. They add up to the entries on `receivable`. */
export type DayReceivable = {
  readonly channel: string
  readonly day: BusinessDate
  readonly of: BusinessDate
  readonly amount: Rupiah
}

/**
 * What a channel-day's statement says of the books, as of one version. Each amount is signed: what was written off or charged
 * is positive where it was the channel's debt, negative where it was ours (settlement/open-items.ts).
 */
export type SettledPosition = MovedByResolutions & {
  /** As the file has them. */
  readonly fees: Rupiah
}

export const NOTHING_SETTLED: SettledPosition = {
  fees: rupiah(0),
  writtenOff: rupiah(0),
  charged: rupiah(0),
  feesWrittenOff: rupiah(0),
  feesCharged: rupiah(0),
}

/** From `from` up to, not including, `to`: what was recorded then is what is booked. */
export type Span = { readonly from: Instant; readonly to: Instant }

export function spanOf(day: BusinessDate): Span {
  return { from: startOfDay(day), to: startOfDay(addDays(day, 1)) }
}

/** Everything before a day: what the books open with. */
export function spanBefore(day: BusinessDate): Span {
  return { from: Number.NEGATIVE_INFINITY as Instant, to: startOfDay(day) }
}

/** Adds what a span did to one account (a KPJ, a bill code, or `suspense#…`), from all facts of the account. */
export function addAccount(
  sums: JournalSums,
  account: Account,
  facts: readonly Fact[],
  { from, to }: Span,
  rules: Rules,
): void {
  const before = positionsOf(account, knownBefore(facts, from), rulesKnownBefore(rules, from))
  const after = positionsOf(account, knownBefore(facts, to), rulesKnownBefore(rules, to))
  for (const [key, now] of after) {
    const then = before.get(key)
    const { channel, source, day } = now
    const collected = then ? 0 : now.amount
    move(sums, 'collected', [source, channel, null], ['unallocated', channel, null], collected, day)
    const taken = now.reversed - (then?.reversed ?? 0)
    move(sums, 'reversed', ['unallocated', channel, null], [source, channel, null], taken, day)
    if (source === 'receivable') moveDay(sums, channel, day, day, collected - taken)
    for (const [place, amount] of now.places) {
      const [to, program] = place.split('/') as [LedgerAccount, LedgerProgram | undefined]
      const moved = amount - (then?.places.get(place) ?? 0)
      move(sums, 'allocated', ['unallocated', channel, null], [to, channel, program ?? null], moved, day)
    }
    for (const [place, amount] of then?.places ?? []) {
      if (now.places.has(place)) continue
      const [to, program] = place.split('/') as [LedgerAccount, LedgerProgram | undefined]
      move(sums, 'allocated', ['unallocated', channel, null], [to, channel, program ?? null], -amount, day)
    }
  }
}

/** Adds what happened to a channel-day between two versions of its statement. Without the day, nobody asks for days. */
export function addStatement(
  sums: JournalSums,
  channel: string,
  before: SettledPosition,
  after: SettledPosition,
  day: BusinessDate | null = null,
): void {
  const receivable = ['receivable', channel, null] as const
  move(sums, 'settled', ['channel-fees', channel, null], receivable, after.fees - before.fees, day)
  const fees = ['channel-fees', channel, null] as const
  const writtenOff = ['written-off', channel, null] as const
  const charges = ['channel-charges', channel, null] as const
  const rest = (all: 'writtenOff' | 'charged', ofFees: 'feesWrittenOff' | 'feesCharged') =>
    after[all] - after[ofFees] - (before[all] - before[ofFees])
  move(sums, 'decided', writtenOff, receivable, rest('writtenOff', 'feesWrittenOff'), day)
  move(sums, 'decided', writtenOff, fees, after.feesWrittenOff - before.feesWrittenOff, day)
  move(sums, 'decided', charges, receivable, rest('charged', 'feesCharged'), day)
  move(sums, 'decided', charges, fees, after.feesCharged - before.feesCharged, day)
  const given = rest('writtenOff', 'feesWrittenOff') + rest('charged', 'feesCharged')
  if (day !== null) moveDay(sums, channel, day, day, before.fees - after.fees - given)
}

/** Adds what happened to a channel's fees of a month between two versions. What it kept from the money is not here: `settled`. Of the month's last day. */
export function addFeeMonth(
  sums: JournalSums,
  channel: string,
  before: FeePosition,
  after: FeePosition,
  lastDay: BusinessDate | null = null,
): void {
  const fees = ['channel-fees', channel, null] as const
  const vat = ['vat-in', channel, null] as const
  const withholding = ['withholding-payable', channel, null] as const
  const payable = ['fees-payable', channel, null] as const
  const billed = apart(before.billed, after.billed)
  move(sums, 'invoiced', fees, payable, billed.fee, lastDay)
  move(sums, 'invoiced', vat, payable, billed.vat, lastDay)
  move(sums, 'invoiced', payable, withholding, billed.withholding, lastDay)
  const decided = [
    [['written-off', channel, null], apart(before.writtenOff, after.writtenOff)],
    [['channel-charges', channel, null], apart(before.charged, after.charged)],
  ] as const
  for (const [borneBy, moved] of decided) {
    move(sums, 'decided', borneBy, fees, moved.fee, lastDay)
    move(sums, 'decided', borneBy, vat, moved.vat, lastDay)
    move(sums, 'decided', borneBy, withholding, moved.withholding, lastDay)
  }
}

function apart(before: FeeAmounts, after: FeeAmounts) {
  return {
    fee: after.fee - before.fee,
    vat: after.vat - before.vat,
    withholding: after.withholding - before.withholding,
  }
}

/** Adds what became of one movement of the bank between two versions of its placement. The bank moves once, with the first. */
export function addPlacement(
  sums: JournalSums,
  before: readonly Place[],
  after: readonly Place[],
  bookedOn: BusinessDate | null = null,
): void {
  const sides = new Map<string, { readonly side: Side; amount: number }>()
  const add = (places: readonly Place[], sign: 1 | -1) => {
    for (const place of places) {
      const { account, channel } = ledgerSideOf(place)
      const key = `${account}#${channel}`
      const line = sides.get(key) ?? { side: [account, channel, null], amount: 0 }
      line.amount += sign * place.amount
      sides.set(key, line)
      if (bookedOn !== null && place.kind === 'channel-day') {
        moveDay(sums, place.channel, place.date, bookedOn, -sign * place.amount)
      }
    }
  }
  add(before, -1)
  add(after, 1)
  const sumOf = (places: readonly Place[]) => places.reduce((sum, { amount }) => sum + amount, 0)
  post(sums, 'banked', ['bank', null, null], sumOf(after) - sumOf(before), bookedOn)
  for (const { side, amount } of sides.values()) post(sums, 'banked', side, -amount, bookedOn)
}

/** Adds lines that were summed elsewhere: parts of a day, or the balances carried forward. */
export function addEntries(sums: JournalSums, entries: readonly (JournalEntry & Partial<DatedEntry>)[]): void {
  for (const entry of entries) {
    const line = lineOf(sums, entry.kind, [entry.account, entry.channel, entry.program], entry.of ?? null)
    line.debit += entry.debit
    line.credit += entry.credit
    line.count += entry.count
  }
}

/** As `addEntries`, what the receivables of channel-days moved by. */
export function addReceivables(sums: JournalSums, moved: readonly DayReceivable[]): void {
  for (const { channel, day, of, amount } of moved) moveDay(sums, channel, day, of, amount)
}

/** The lines in a fixed order: by kind, account, channel, program. Lines that came to nothing on both sides are left out. */
export function entriesOf(sums: JournalSums): readonly JournalEntry[] {
  return withoutDays(datedEntriesOf(sums))
}

/** The same entries, whatever day they are of. */
export function withoutDays(entries: readonly DatedEntry[]): readonly JournalEntry[] {
  const merged = new Map<string, JournalEntry>()
  for (const { of: _of, ...entry } of entries) {
    const key = JSON.stringify([entry.kind, entry.account, entry.channel, entry.program])
    const known = merged.get(key)
    merged.set(key, known ? added(known, entry) : entry)
  }
  return [...merged.values()]
}

/** As `entriesOf`, apart by the day that they are of, the earliest first. */
export function datedEntriesOf(sums: JournalSums): readonly DatedEntry[] {
  return [...sums]
    .filter(([, { debit, credit }]) => debit !== 0 || credit !== 0)
    .flatMap(([key, { debit, credit, count }]): readonly DatedEntry[] => {
      const parts: unknown = JSON.parse(key)
      if (!isEntryKey(parts)) return []
      const [kind, account, channel, program, of] = parts
      return [{ kind, account, channel, program, debit: rupiah(debit), credit: rupiah(credit), count, of }]
    })
    .sort((a, b) => inOrder(a, b) || compare(a.of, b.of))
}

/** What the receivable of each channel-day moved by, in order; nothing is left out but what came to nothing. */
export function dayReceivablesOf(sums: JournalSums): readonly DayReceivable[] {
  return [...sums]
    .flatMap(([key, { debit, credit }]): readonly DayReceivable[] => {
      const parts: unknown = JSON.parse(key)
      if (debit === credit || !isDayKey(parts)) return []
      const [, channel, day, of] = parts
      return [{ channel, day, of, amount: rupiah(debit - credit) }]
    })
    .sort((a, b) => compare(a.channel, b.channel) || compare(a.day, b.day) || compare(a.of, b.of))
}

/** Balance of an account with its channel and program: debit positive. */
export type LedgerBalance = {
  readonly account: LedgerAccount
  readonly channel: string | null
  readonly program: LedgerProgram | null
  readonly balance: Rupiah
}

/** The balances after a day, from those before it. Accounts that stand at 0 are left out; the sum of all is 0. */
export function balancesAfter(
  before: readonly LedgerBalance[],
  entries: readonly JournalEntry[],
): readonly LedgerBalance[] {
  const sums = new Map<string, { readonly key: Omit<LedgerBalance, 'balance'>; balance: number }>()
  const add = (account: LedgerAccount, channel: string | null, program: LedgerProgram | null, amount: number) => {
    const key = JSON.stringify([account, channel, program])
    const line = sums.get(key) ?? { key: { account, channel, program }, balance: 0 }
    line.balance += amount
    sums.set(key, line)
  }
  for (const { account, channel, program, balance } of before) add(account, channel, program, balance)
  for (const { account, channel, program, debit, credit } of entries) add(account, channel, program, debit - credit)
  return [...sums.values()]
    .filter(({ balance }) => balance !== 0)
    .map(({ key, balance }) => ({ ...key, balance: rupiah(balance) }))
    .sort((a, b) => orderOf(a) - orderOf(b) || compare(a.channel, b.channel) || compare(a.program, b.program))
}

/** Debits less credits of all lines: 0, or the journal is wrong. */
export function trialBalanceOf(entries: readonly Pick<JournalEntry, 'debit' | 'credit'>[]): Rupiah {
  return rupiah(entries.reduce((sum, { debit, credit }) => sum + debit - credit, 0))
}

function knownBefore(facts: readonly Fact[], end: Instant): readonly Fact[] {
  return facts.filter((fact) => fact.recordedAt < end)
}

/** As `knownBefore` does for facts: what is recorded at the very end of a span belongs to the next one. */
function rulesKnownBefore(rules: Rules, end: Instant): Rules {
  return rulesKnownAt(rules, (end - 1) as Instant)
}

function added(a: JournalEntry, b: JournalEntry): JournalEntry {
  return { ...a, debit: rupiah(a.debit + b.debit), credit: rupiah(a.credit + b.credit), count: a.count + b.count }
}

function inOrder(a: JournalEntry, b: JournalEntry): number {
  return (
    ENTRY_KINDS.indexOf(a.kind) - ENTRY_KINDS.indexOf(b.kind) ||
    orderOf(a) - orderOf(b) ||
    compare(a.channel, b.channel) ||
    compare(a.program, b.program)
  )
}

function orderOf({ account }: { readonly account: LedgerAccount }): number {
  return LEDGER_ACCOUNTS.indexOf(account)
}

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0
}
