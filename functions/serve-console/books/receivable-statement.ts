/**
 * The receivable of a channel on an evening, item by item: what the journal says of each of its days, and what the statement of
 * that day, as it was known then, says is open. Two ways to one sum; where they part, the statement says by how much.
 */
import { addDays, type BusinessDate, businessDateOf, startOfDay } from '../../../shared/domain/instant.ts'
import { type Rupiah, rupiah } from '../../../shared/domain/money.ts'
import { knownThrough, type OpenReceivable, type PeriodLine } from '../../../shared/domain/periods.ts'
import type { OpenItemLabel } from '../../../shared/domain/settlement/open-items.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import type { Statement } from '../../../shared/store/settlements/records.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import type { Books } from './books.ts'

type Ports = { readonly settlements: Pick<SettlementStore, 'rows' | 'statements'> }

/** `credited-later`: paid by the bank after the evening. `not-in-statement`: booked after the statement of the day was made. */
export type ReceivableItem = {
  /** null: from before the books named days. */
  readonly date: BusinessDate | null
  readonly label: OpenItemLabel | 'credited-later' | 'not-in-statement' | 'before-the-books'
  readonly amountRupiah: Rupiah
  readonly count: number
}

export type ReceivableStatement = {
  readonly opening: Rupiah
  readonly movements: readonly PeriodLine[]
  readonly closing: Rupiah
  readonly items: readonly ReceivableItem[]
  /** What the books have and no item explains: 0, or something is wrong. */
  readonly unexplained: Rupiah
}

/** Days before the evening that are looked at whatever their verdict. */
const RECENT_DAYS = 31
const LONG_AGO = '2020-01-01' as BusinessDate
const AT_ONCE = 16

/** `from` is no earlier than what the books were loaded for. */
export async function receivableStatement(
  ports: Ports,
  books: Books,
  channel: string,
  { from, asOf }: { readonly from: BusinessDate; readonly asOf: BusinessDate },
): Promise<ReceivableStatement> {
  const before = books.at(addDays(from, -1))
  const now = books.at(asOf)
  const owed = now.receivables.filter((open) => open.channel === channel)
  const items = await itemsOf(ports, books, channel, asOf, owed)
  const closing = balanceOf(now.balances, channel)
  const explained = items.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)
  const movements = books.lines.filter((line) => line.account === 'receivable' && line.channel === channel)
  return {
    opening: balanceOf(before.balances, channel),
    movements: movements.filter(({ date }) => date >= from && date <= asOf),
    closing,
    items,
    unexplained: rupiah(closing - explained),
  }
}

async function itemsOf(
  ports: Ports,
  books: Books,
  channel: string,
  asOf: BusinessDate,
  owed: readonly OpenReceivable[],
): Promise<readonly ReceivableItem[]> {
  const rows = await ports.settlements.rows(channel, LONG_AGO, asOf)
  const looked = rows.filter(({ date, verdict }) => verdict !== 'reconciled' || date > addDays(asOf, -RECENT_DAYS))
  const byDay = new Map(owed.map(({ day, amount }) => [day, amount]))
  const days = new Set([...byDay.keys(), ...looked.map(({ date }) => date)])
  const found: ReceivableItem[] = []
  const looks = [...days].map((date) => async () => {
    const amount = byDay.get(date) ?? rupiah(0)
    if (date !== null) found.push(...(await itemsOfDay(ports, books, channel, date, asOf, amount)))
    else found.push({ date, label: 'before-the-books', amountRupiah: amount, count: 1 })
  })
  await inParallel(looks, AT_ONCE)
  // A sort keeps the order of the items of one day.
  return found.sort((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0))
}

async function itemsOfDay(
  ports: Ports,
  books: Books,
  channel: string,
  date: BusinessDate,
  asOf: BusinessDate,
  booked: Rupiah,
): Promise<readonly ReceivableItem[]> {
  const known = knownThrough(books.closings, date, asOf, books.last)
  const versions = await ports.settlements.statements(channel, date)
  const statement = versions.find(({ recordedAt }) => recordedAt < startOfDay(addDays(known, 1)))
  const items = statement ? openOn(statement, asOf) : []
  const left = rupiah(booked - items.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0))
  if (left === 0 || !isBookedSince(books, channel, date, statement)) return items
  return [...items, { date, label: 'not-in-statement', amountRupiah: left, count: 1 }]
}

/** The items of a day as of an evening: what the bank paid later was open still. */
function openOn({ date, openItems, credits }: Statement, asOf: BusinessDate): readonly ReceivableItem[] {
  const later = credits.filter(({ bookedOn }) => bookedOn > asOf)
  const amountRupiah = rupiah(later.reduce((sum, credit) => sum + credit.amountRupiah, 0))
  const items: readonly ReceivableItem[] = openItems.map((item) => ({ date, ...item }))
  return amountRupiah === 0 ? items : [...items, { date, label: 'credited-later', amountRupiah, count: later.length }]
}

/** Whether the journal has moved the day since its statement was made: a statement follows in the night. */
function isBookedSince(books: Books, channel: string, date: BusinessDate, statement: Statement | undefined): boolean {
  if (!statement) return true
  const made = businessDateOf(statement.recordedAt)
  return books.moves.some((move) => move.channel === channel && move.day === date && move.recordedOn >= made)
}

function balanceOf(
  balances: readonly { readonly account: string; readonly channel: string | null; readonly balance: Rupiah }[],
  channel: string,
): Rupiah {
  return balances.find((line) => line.account === 'receivable' && line.channel === channel)?.balance ?? rupiah(0)
}
