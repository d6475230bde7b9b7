/** A closed day of the journal, and a part of a day, as items of table `settlements`. */
import { type BusinessDate, instant, parseBusinessDate } from '../../domain/instant.ts'
import type { JournalEntry, LedgerBalance } from '../../domain/journal.ts'
import { type Item, readerOf, text, whole } from '../attributes/item.ts'
import type { ClosedDay, JournalPart } from './journal.ts'

export function dayItem(closed: ClosedDay): Item {
  return {
    part: text('journal'),
    entry: text(closed.day),
    entries: text(JSON.stringify(closed.entries)),
    balances: text(JSON.stringify(closed.balances)),
    accounts: whole(closed.accounts),
    closedAt: whole(closed.closedAt),
  }
}

export function readDay(item: Item): ClosedDay {
  const read = readerOf('settlements', item)
  return {
    day: read.parsed('entry', parseBusinessDate),
    entries: read.parsed('entries', listOf<JournalEntry>),
    balances: read.parsed('balances', listOf<LedgerBalance>),
    accounts: read.whole('accounts'),
    closedAt: read.counted('closedAt', instant),
  }
}

export function partItem(day: BusinessDate, part: number, parts: number, { entries, accounts }: JournalPart): Item {
  const key = { part: text(`journal-part#${day}`), entry: text(partEntry(part, parts)) }
  return { ...key, entries: text(JSON.stringify(entries)), accounts: whole(accounts) }
}

export function readPart(item: Item): JournalPart {
  const read = readerOf('settlements', item)
  return { entries: read.parsed('entries', listOf<JournalEntry>), accounts: read.whole('accounts') }
}

export function partEntry(part: number, parts: number): string {
  return [part, parts].map((count) => String(count).padStart(4, '0')).join('#of#')
}

/** Only this file writes these lists. */
function listOf<T>(json: string): readonly T[] | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
