/**
 * Sums of movements under keys, which journal.ts fills and reads: double entries by kind, account, channel, program and day, and
 * beside them what the receivable of each channel-day moved by.
 */
import type { BusinessDate } from './instant.ts'
import type { LedgerAccount, LedgerProgram } from './journal-positions.ts'

export const ENTRY_KINDS = ['collected', 'allocated', 'reversed', 'settled', 'invoiced', 'banked', 'decided'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** Sums movements; takes them in any order. Two kinds of lines: entries, and what the receivable of a channel-day moved by. */
export type JournalSums = Map<string, { debit: number; credit: number; count: number }>
const OF_DAY = 'receivable-of-day'

export type Side = readonly [LedgerAccount, string | null, LedgerProgram | null]
type Of = BusinessDate | null
type EntryKey = readonly [EntryKind, ...Side, Of]
type DayKey = readonly [typeof OF_DAY, string, BusinessDate, BusinessDate]

/** Debits `debit` and credits `credit`; a negative amount the other way round. */
export function move(sums: JournalSums, kind: EntryKind, debit: Side, credit: Side, amount: number, of: Of): void {
  if (amount === 0) return
  const [up, down] = amount > 0 ? [debit, credit] : [credit, debit]
  const plus = lineOf(sums, kind, up, of)
  plus.debit += Math.abs(amount)
  plus.count++
  const minus = lineOf(sums, kind, down, of)
  minus.credit += Math.abs(amount)
  minus.count++
}

/** One side alone, a debit positive: the caller sees to the others. */
export function post(sums: JournalSums, kind: EntryKind, side: Side, amount: number, of: Of): void {
  if (amount === 0) return
  const line = lineOf(sums, kind, side, of)
  if (amount > 0) line.debit += amount
  else line.credit -= amount
  line.count++
}

export function moveDay(sums: JournalSums, channel: string, day: BusinessDate, of: BusinessDate, amount: number): void {
  const line = lineAt(sums, JSON.stringify([OF_DAY, channel, day, of] satisfies DayKey))
  if (amount > 0) line.debit += amount
  else line.credit -= amount
}

export function lineOf(sums: JournalSums, kind: EntryKind, side: Side, of: Of) {
  return lineAt(sums, JSON.stringify([kind, ...side, of] satisfies EntryKey))
}

function lineAt(sums: JournalSums, key: string) {
  const line = sums.get(key) ?? { debit: 0, credit: 0, count: 0 }
  sums.set(key, line)
  return line
}

/** Only this file writes keys. */
export function isEntryKey(parts: unknown): parts is EntryKey {
  return Array.isArray(parts) && parts[0] !== OF_DAY
}

export function isDayKey(parts: unknown): parts is DayKey {
  return Array.isArray(parts) && parts[0] === OF_DAY
}
