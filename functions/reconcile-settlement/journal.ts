/**
 * Closes a day of the journal: gathers the accounts and statements that the day touched, and derives what it did to the books.
 *
 * ```
 * {journal, D} ── L = last closed day ── day = L+1 ── {journal-part, day, 1..n} ── all there: close ── {journal, D} until D
 * ```
 * A part is the accounts whose hash falls into it, so that no account is folded twice and no day outgrows one function; how
 * many there are follows from the size of the day before.
 * Promises that a closed day never changes, and that a day is closed from all of its parts or not at all. Right any number of
 * times, in any order. The very first day opens the books with everything that was known before it.
 */
import type { Account } from '../../shared/domain/account.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import {
  addEntries,
  addReceivables,
  balancesAfter,
  type DayReceivable,
  datedEntriesOf,
  dayReceivablesOf,
  type JournalEntry,
  type JournalSums,
  type LedgerBalance,
  spanBefore,
  spanOf,
  trialBalanceOf,
} from '../../shared/domain/journal.ts'
import { rupiah } from '../../shared/domain/money.ts'
import type { Opening } from '../../shared/domain/periods.ts'
import type { JournalTask } from '../../shared/messages/settlement.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { JournalPart, JournalStore } from '../../shared/store/journal/journal.ts'
import {
  addAccounts,
  addRecords,
  addStatementOf,
  movementKey,
  partOf,
  type TouchedPorts,
  touchedOn,
} from '../../shared/store/journal/journal-day.ts'
import type { MembershipStore } from '../../shared/store/memberships/memberships.ts'
import type { SettlementStore } from '../../shared/store/settlements/settlements.ts'

export type JournalPorts = TouchedPorts & {
  readonly memberships: Pick<MembershipStore, 'scan'>
  /** For the opening: the movements of a booking day. */
  readonly movementsBooked: SettlementStore['movementsBooked']
  readonly journal: JournalStore
  readonly sendTasks: (tasks: readonly JournalTask[]) => Promise<void>
  /** How many parts the first day of all is cut into, which opens the books. */
  readonly parts: number
  readonly now: () => Instant
}

/** In order of precedence. `not-over`: the day asked for has not ended. */
export type JournalOutcome =
  | { readonly outcome: 'not-over' }
  | { readonly outcome: 'closed-before' }
  | { readonly outcome: 'begun'; readonly day: BusinessDate; readonly parts: number }
  | { readonly outcome: 'part'; readonly day: BusinessDate; readonly accounts: number }
  | { readonly outcome: 'closed'; readonly day: BusinessDate; readonly accounts: number; readonly entries: number }

/** The books are opened so that the last days can be exported from the first night on. */
const FIRST_DAYS = 7

/**
 * A journal that was left behind for longer catches up over several nights: a night has other work too. It is the bound of a
 * chain too, in place of Lambda's loop detection, which is off for this function: each message says how many days were closed.
 */
export const DAYS_A_NIGHT = 31

/** What the day before says of the size of a day. A day ten times as large still fits the fifteen minutes of a function. */
const PART_ACCOUNTS = 50_000

/** Statements that are looked through when the books are opened. */
const OPENING_DAYS = 60

export async function journalTask(ports: JournalPorts, task: JournalTask): Promise<JournalOutcome> {
  return task.task === 'journal' ? begin(ports, task) : countPart(ports, task)
}

async function begin(
  ports: JournalPorts,
  { date, closed = 0 }: Extract<JournalTask, { task: 'journal' }>,
): Promise<JournalOutcome> {
  if (closed >= DAYS_A_NIGHT)
    throw new Defect(
      'JOURNAL_TOO_LONG',
      `expected a chain to close ${DAYS_A_NIGHT} days at most, got a task after ${closed}; see which days it closes`,
    )
  if (date >= businessDateOf(ports.now())) return { outcome: 'not-over' }
  const last = await ports.journal.lastClosed()
  if (last && last.day >= date) return { outcome: 'closed-before' }
  const day = last ? addDays(last.day, 1) : addDays(date, 1 - FIRST_DAYS)
  const until = earlier(date, addDays(day, DAYS_A_NIGHT - 1))
  const parts = last ? Math.max(1, Math.ceil(last.accounts / PART_ACCOUNTS)) : ports.parts
  await ports.sendTasks(
    Array.from({ length: parts }, (_, part) => ({ task: 'journal-part', day, part, parts, date: until, closed })),
  )
  return { outcome: 'begun', day, parts }
}

async function countPart(
  ports: JournalPorts,
  task: Extract<JournalTask, { task: 'journal-part' }>,
): Promise<JournalOutcome> {
  const { day, part, parts } = task
  if (await ports.journal.get(day)) return { outcome: 'closed-before' }
  const before = await ports.journal.lastClosed(addDays(day, -1))
  const sums: JournalSums = new Map()
  const touched = await touchedOn(ports, day, (key) => partOf(key, parts) === part)
  await addAccounts(ports, sums, touched.accounts, spanOf(day))
  await addRecords(ports, sums, touched, spanOf(day))
  await ports.journal.putPart(day, part, parts, partOfDay(sums, touched.accounts.size))
  if (!before) await putOpening(ports, day, part, parts)
  return (await closeFromParts(ports, task)) ?? { outcome: 'part', day, accounts: touched.accounts.size }
}

function earlier(a: BusinessDate, b: BusinessDate): BusinessDate {
  return a < b ? a : b
}

/** Closes the day when its last part has come; undefined while one is missing. */
async function closeFromParts(
  ports: JournalPorts,
  { day, parts, date, closed = 0 }: Extract<JournalTask, { task: 'journal-part' }>,
): Promise<JournalOutcome | undefined> {
  const counted = await ports.journal.parts(day, parts)
  if (counted.length < parts) return undefined
  const opening = await openingOf(ports, day, parts)
  if (!opening) return undefined
  const sums = sumOf(counted)
  const entries = datedEntriesOf(sums)
  const receivables = dayReceivablesOf(sums)
  const balances = balancesAfter(opening.balances, entries)
  if (trialBalanceOf(entries) !== 0 || balances.some(({ account }) => account === 'unallocated')) {
    throw new Defect('JOURNAL_DOES_NOT_BALANCE', `expected debits and credits of ${day} to be equal; do not export it`)
  }
  const accounts = counted.reduce((sum, part) => sum + part.accounts, 0)
  const whole = { day, entries, receivables, opening: opening.begins, balances, accounts, closedAt: ports.now() }
  const put = await ports.journal.close(whole)
  // Only who closed the day asks for the next: tasks that came twice die out here. If that one dies, the next night goes on.
  if (put === 'put' && day < date) await ports.sendTasks([{ task: 'journal', date, closed: closed + 1 }])
  return { outcome: 'closed', day, accounts, entries: entries.length }
}

/** The balances that a day begins with: those after the day before, or, for the first day of all, what the books begin with. */
async function openingOf(
  ports: JournalPorts,
  day: BusinessDate,
  parts: number,
): Promise<{ readonly balances: readonly LedgerBalance[]; readonly begins: Opening | null } | undefined> {
  const before = await ports.journal.lastClosed(addDays(day, -1))
  if (before) return { balances: before.balances, begins: null }
  const opened = await ports.journal.parts(addDays(day, -1), parts)
  if (opened.length < parts) return undefined
  const sums = sumOf(opened)
  const begins = { entries: datedEntriesOf(sums), receivables: dayReceivablesOf(sums) }
  return { balances: balancesAfter([], begins.entries), begins }
}

function sumOf(parts: readonly JournalPart[]): JournalSums {
  const sums: JournalSums = new Map()
  for (const { entries, receivables } of parts) {
    addEntries(sums, entries)
    addReceivables(sums, receivables)
  }
  return sums
}

function partOfDay(sums: JournalSums, accounts: number): JournalPart {
  return { entries: datedEntriesOf(sums), receivables: dayReceivablesOf(sums), accounts }
}

/** The opening stands as parts of the day before the first one, which is never closed itself. */
async function putOpening(ports: JournalPorts, day: BusinessDate, part: number, parts: number): Promise<void> {
  const sums: JournalSums = new Map()
  const accounts = new Set<Account>()
  for await (const { kpj } of ports.memberships.scan(part, parts)) accounts.add(kpj)
  await addAccounts(ports, sums, accounts, spanBefore(day))
  const channels = ports.sources.filter((source) => partOf(source, parts) === part)
  for (let back = OPENING_DAYS; back > 0; back--) {
    const on = addDays(day, -back)
    for (const channel of channels) await addStatementOf(ports, sums, channel, on, spanBefore(day))
    const movements = (await ports.movementsBooked(on)).map(({ movement }) => movement)
    const mine = movements.filter(({ bookedOn, id }) => partOf(movementKey(bookedOn, id), parts) === part)
    await addRecords(ports, sums, { statements: [], movements: mine }, spanBefore(day))
  }
  // Bills are not looked through: a paid bill whose members have their shares owes nothing to them, and its channel owes the rest.
  const opened: JournalSums = new Map()
  // All of it is of one day, the one before the books: what channels owe alone keeps its days.
  for (const { of, ...entry } of datedEntriesOf(sums)) {
    const isBills = entry.account === 'bill-clearing'
    addEntries(opened, [isBills ? { ...entry, account: 'receivable' } : entry])
    if (isBills) addReceivables(opened, receivableOf(entry, of))
  }
  addReceivables(opened, dayReceivablesOf(sums))
  await ports.journal.putPart(addDays(day, -1), part, parts, partOfDay(opened, accounts.size))
}

function receivableOf(entry: JournalEntry, of: BusinessDate | null): readonly DayReceivable[] {
  const { channel, debit, credit } = entry
  return channel === null || of === null ? [] : [{ channel, day: of, of, amount: rupiah(debit - credit) }]
}
