/** A closed day of the journal, and a part of a day, as items of table `settlements`. A long list is packed: an item holds 400 KB. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { type BusinessDate, instant, parseBusinessDate } from '../../domain/instant.ts'
import type { DatedEntry, DayReceivable, LedgerBalance } from '../../domain/journal.ts'
import type { Opening } from '../../domain/periods.ts'
import { bytes, type Item, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import type { ClosedDay, JournalPart } from './journal.ts'

/** Longer than this, JSON of entries is packed to a tenth. */
const PLAIN_CHARACTERS = 60_000

export function dayItem(closed: ClosedDay): Item {
  return {
    part: text('journal'),
    entry: text(closed.day),
    entries: packed(closed.entries),
    receivables: packed(closed.receivables),
    ...orAbsent('opening', closed.opening, packed),
    balances: packed(closed.balances),
    accounts: whole(closed.accounts),
    closedAt: whole(closed.closedAt),
  }
}

export function readDay(item: Item): ClosedDay {
  const read = readerOf('settlements', item)
  return {
    day: read.parsed('entry', parseBusinessDate),
    entries: unpacked<readonly DatedEntry[]>(item, 'entries'),
    receivables: unpacked<readonly DayReceivable[]>(item, 'receivables'),
    opening: read.optional('opening', (name) => unpacked<Opening>(item, name)),
    balances: unpacked<readonly LedgerBalance[]>(item, 'balances'),
    accounts: read.whole('accounts'),
    closedAt: read.counted('closedAt', instant),
  }
}

export function partItem(
  day: BusinessDate,
  part: number,
  parts: number,
  { entries, receivables, accounts }: JournalPart,
): Item {
  const key = { part: text(`journal-part#${day}`), entry: text(partEntry(part, parts)) }
  return { ...key, entries: packed(entries), receivables: packed(receivables), accounts: whole(accounts) }
}

export function readPart(item: Item): JournalPart {
  const read = readerOf('settlements', item)
  return {
    entries: unpacked<readonly DatedEntry[]>(item, 'entries'),
    receivables: unpacked<readonly DayReceivable[]>(item, 'receivables'),
    accounts: read.whole('accounts'),
  }
}

export function partEntry(part: number, parts: number): string {
  return [part, parts].map((count) => String(count).padStart(4, '0')).join('#of#')
}

function packed(value: object): AttributeValue {
  const json = JSON.stringify(value)
  return json.length > PLAIN_CHARACTERS ? bytes(gzipSync(json)) : text(json)
}

/** Only this file writes these lists. */
function unpacked<T>(item: Item, name: string): T {
  const read = readerOf('settlements', item)
  try {
    const json = item[name]?.B ? gunzipSync(read.bytes(name)).toString('utf8') : read.text(name)
    return JSON.parse(json) as T
  } catch (error) {
    if (error instanceof SyntaxError || isZlibError(error)) throw read.broken(name, 'a list that the hub writes')
    throw error
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}
