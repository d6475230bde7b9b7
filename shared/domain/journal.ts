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
 * | banked | bank (a debit: the other way) | receivable, bank charges, interest, unidentified receipts, returned: by the movement's place |
 * | decided | written off, charges to the channel | receivable of the channel, or the expensed fee with its VAT and withholding; negative the other way |
 */
import type { Account } from './account.ts'
import type { Fact } from './fact.ts'
import { addDays, type BusinessDate, type Instant, startOfDay } from './instant.ts'
import { LEDGER_ACCOUNTS, type LedgerAccount, type LedgerProgram, positionsOf } from './journal-positions.ts'
import { type Rupiah, rupiah } from './money.ts'
import { type Rules, rulesKnownAt } from './rules.ts'
import type { FeeAmounts } from './settlement/fee-month.ts'
import type { FeePosition } from './settlement/fee-position.ts'
import type { MovedByResolutions } from './settlement/open-items.ts'
import { ledgerSideOf, type Place } from './settlement/placement.ts'

export const ENTRY_KINDS = ['collected', 'allocated', 'reversed', 'settled', 'invoiced', 'banked', 'decided'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

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

/** Sums movements; takes them in any order. */
export type JournalSums = Map<string, { debit: number; credit: number; count: number }>

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
    const { channel, source } = now
    if (!then) move(sums, 'collected', [source, channel, null], ['unallocated', channel, null], now.amount)
    const taken = now.reversed - (then?.reversed ?? 0)
    move(sums, 'reversed', ['unallocated', channel, null], [source, channel, null], taken)
    for (const [place, amount] of now.places) {
      const [to, program] = place.split('/') as [LedgerAccount, LedgerProgram | undefined]
      const moved = amount - (then?.places.get(place) ?? 0)
      move(sums, 'allocated', ['unallocated', channel, null], [to, channel, program ?? null], moved)
    }
    for (const [place, amount] of then?.places ?? []) {
      if (now.places.has(place)) continue
      const [to, program] = place.split('/') as [LedgerAccount, LedgerProgram | undefined]
      move(sums, 'allocated', ['unallocated', channel, null], [to, channel, program ?? null], -amount)
    }
  }
}

/** Adds what happened to a channel-day between two versions of its statement. */
export function addStatement(
  sums: JournalSums,
  channel: string,
  before: SettledPosition,
  after: SettledPosition,
): void {
  const receivable = ['receivable', channel, null] as const
  move(sums, 'settled', ['channel-fees', channel, null], receivable, after.fees - before.fees)
  const fees = ['channel-fees', channel, null] as const
  const writtenOff = ['written-off', channel, null] as const
  const charges = ['channel-charges', channel, null] as const
  const rest = (all: 'writtenOff' | 'charged', ofFees: 'feesWrittenOff' | 'feesCharged') =>
    after[all] - after[ofFees] - (before[all] - before[ofFees])
  move(sums, 'decided', writtenOff, receivable, rest('writtenOff', 'feesWrittenOff'))
  move(sums, 'decided', writtenOff, fees, after.feesWrittenOff - before.feesWrittenOff)
  move(sums, 'decided', charges, receivable, rest('charged', 'feesCharged'))
  move(sums, 'decided', charges, fees, after.feesCharged - before.feesCharged)
}

/** Adds what happened to a channel's fees of a month between two versions. What it kept from the money is not here: `settled`. */
export function addFeeMonth(sums: JournalSums, channel: string, before: FeePosition, after: FeePosition): void {
  const fees = ['channel-fees', channel, null] as const
  const vat = ['vat-in', channel, null] as const
  const withholding = ['withholding-payable', channel, null] as const
  const payable = ['fees-payable', channel, null] as const
  const billed = apart(before.billed, after.billed)
  move(sums, 'invoiced', fees, payable, billed.fee)
  move(sums, 'invoiced', vat, payable, billed.vat)
  move(sums, 'invoiced', payable, withholding, billed.withholding)
  const decided = [
    [['written-off', channel, null], apart(before.writtenOff, after.writtenOff)],
    [['channel-charges', channel, null], apart(before.charged, after.charged)],
  ] as const
  for (const [borneBy, moved] of decided) {
    move(sums, 'decided', borneBy, fees, moved.fee)
    move(sums, 'decided', borneBy, vat, moved.vat)
    move(sums, 'decided', borneBy, withholding, moved.withholding)
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
export function addPlacement(sums: JournalSums, before: readonly Place[], after: readonly Place[]): void {
  const sides = new Map<string, { readonly side: Side; amount: number }>()
  const add = (places: readonly Place[], sign: 1 | -1) => {
    for (const place of places) {
      const { account, channel } = ledgerSideOf(place)
      const key = `${account}#${channel}`
      const line = sides.get(key) ?? { side: [account, channel, null], amount: 0 }
      line.amount += sign * place.amount
      sides.set(key, line)
    }
  }
  add(before, -1)
  add(after, 1)
  const sumOf = (places: readonly Place[]) => places.reduce((sum, { amount }) => sum + amount, 0)
  post(sums, 'banked', ['bank', null, null], sumOf(after) - sumOf(before))
  for (const { side, amount } of sides.values()) post(sums, 'banked', side, -amount)
}

/** Adds lines that were summed elsewhere: parts of a day, or the balances carried forward. */
export function addEntries(sums: JournalSums, entries: readonly JournalEntry[]): void {
  for (const entry of entries) {
    const line = lineOf(sums, entry.kind, [entry.account, entry.channel, entry.program])
    line.debit += entry.debit
    line.credit += entry.credit
    line.count += entry.count
  }
}

/** The lines in a fixed order: by kind, account, channel, program. Lines that came to nothing on both sides are left out. */
export function entriesOf(sums: JournalSums): readonly JournalEntry[] {
  return [...sums]
    .filter(([, { debit, credit }]) => debit !== 0 || credit !== 0)
    .map(([key, { debit, credit, count }]) => {
      const [kind, account, channel, program] = JSON.parse(key) as [
        EntryKind,
        LedgerAccount,
        string | null,
        LedgerProgram,
      ]
      return { kind, account, channel, program, debit: rupiah(debit), credit: rupiah(credit), count }
    })
    .sort(inOrder)
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
  const sums = new Map<string, { readonly of: Omit<LedgerBalance, 'balance'>; balance: number }>()
  const add = (account: LedgerAccount, channel: string | null, program: LedgerProgram | null, amount: number) => {
    const key = JSON.stringify([account, channel, program])
    const line = sums.get(key) ?? { of: { account, channel, program }, balance: 0 }
    line.balance += amount
    sums.set(key, line)
  }
  for (const { account, channel, program, balance } of before) add(account, channel, program, balance)
  for (const { account, channel, program, debit, credit } of entries) add(account, channel, program, debit - credit)
  return [...sums.values()]
    .filter(({ balance }) => balance !== 0)
    .map(({ of, balance }) => ({ ...of, balance: rupiah(balance) }))
    .sort((a, b) => orderOf(a) - orderOf(b) || compare(a.channel, b.channel) || compare(a.program, b.program))
}

/** Debits less credits of all lines: 0, or the journal is wrong. */
export function trialBalanceOf(entries: readonly Pick<JournalEntry, 'debit' | 'credit'>[]): Rupiah {
  return rupiah(entries.reduce((sum, { debit, credit }) => sum + debit - credit, 0))
}

type Side = readonly [LedgerAccount, string | null, LedgerProgram | null]

function knownBefore(facts: readonly Fact[], end: Instant): readonly Fact[] {
  return facts.filter((fact) => fact.recordedAt < end)
}

/** As `knownBefore` does for facts: what is recorded at the very end of a span belongs to the next one. */
function rulesKnownBefore(rules: Rules, end: Instant): Rules {
  return rulesKnownAt(rules, (end - 1) as Instant)
}

/** Debits `debit` and credits `credit`; a negative amount the other way round. */
function move(sums: JournalSums, kind: EntryKind, debit: Side, credit: Side, amount: number): void {
  if (amount === 0) return
  const [up, down] = amount > 0 ? [debit, credit] : [credit, debit]
  const plus = lineOf(sums, kind, up)
  plus.debit += Math.abs(amount)
  plus.count++
  const minus = lineOf(sums, kind, down)
  minus.credit += Math.abs(amount)
  minus.count++
}

/** One side alone, a debit positive: the caller sees to the others. */
function post(sums: JournalSums, kind: EntryKind, side: Side, amount: number): void {
  if (amount === 0) return
  const line = lineOf(sums, kind, side)
  if (amount > 0) line.debit += amount
  else line.credit -= amount
  line.count++
}

function lineOf(sums: JournalSums, kind: EntryKind, side: Side) {
  const key = JSON.stringify([kind, ...side])
  const line = sums.get(key) ?? { debit: 0, credit: 0, count: 0 }
  sums.set(key, line)
  return line
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
