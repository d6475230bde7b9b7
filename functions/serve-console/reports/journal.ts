/**
 * `GET /api/journal/{date}`: the balanced entries of a day, as JSON or, for the general ledger, as CSV. A closed day is what
 * was closed, for ever; a day that is still open is computed as a preview, says so, and cannot be exported.
 * Closing is functions/reconcile-settlement/journal.ts.
 */
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  formatUtc,
  parseBusinessDate,
} from '../../../shared/domain/instant.ts'
import {
  balancesAfter,
  datedEntriesOf,
  type JournalEntry,
  type JournalSums,
  type LedgerBalance,
  spanOf,
  trialBalanceOf,
  withoutDays,
} from '../../../shared/domain/journal.ts'
import type { ClosedDay } from '../../../shared/store/journal/journal.ts'
import { addAccounts, addRecords, touchedOn } from '../../../shared/store/journal/journal-day.ts'
import { type CsvReply, csv, json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { Journal, JournalQuery } from './schemas.ts'

/** A day of this many accounts is computed while somebody waits; a larger one waits until it is closed. */
const PREVIEW_ACCOUNTS = 5_000
export const JOURNAL_COLUMNS = [
  'date',
  'kind',
  'account',
  'channel',
  'program',
  'debit_rupiah',
  'credit_rupiah',
  'count',
] as const

export const DAY_EXPECTED = 'expected a day such as 2026-11-20, not later than today'

export async function showJournal(
  ports: ConsolePorts,
  { path, query, now }: Call<{ path: { date: string }; query: JournalQuery }>,
) {
  const day = parseBusinessDate(path.date)
  if (day === undefined || day > businessDateOf(now)) return problem('UNKNOWN_DAY', DAY_EXPECTED)
  const closed = await ports.books.journal.get(day)
  if (query.format !== 'csv') return closed ? json(200, describe(closed)) : previewOf(ports, day)
  if (closed) return csvOf(closed)
  return problem('DAY_OPEN', 'expected a closed day: a day is closed in the night after it, and only then exported')
}

function describe({
  day,
  entries,
  balances,
  accounts,
  closedAt,
}: Omit<ClosedDay, 'closedAt' | 'receivables' | 'opening'> & Partial<ClosedDay>): Journal {
  const sum = (side: 'debit' | 'credit') => entries.reduce((total, entry) => total + entry[side], 0)
  return {
    date: day,
    closed: closedAt !== undefined,
    closedAt: closedAt === undefined ? null : formatUtc(closedAt),
    accounts,
    debitRupiah: sum('debit'),
    creditRupiah: sum('credit'),
    trialRupiah: trialBalanceOf(entries),
    entries: withoutDays(entries).map(entryOf),
    balances: balances.map(balanceOf),
  }
}

/** What the day has come to so far, on top of the last closed day before it. */
async function previewOf({ books, facts, bills, rules }: ConsolePorts, day: BusinessDate) {
  const sources = { ...books, facts, bills, rules }
  const touched = await touchedOn(sources, day, () => true)
  if (touched.accounts.size > PREVIEW_ACCOUNTS) {
    return problem(
      'DAY_OPEN',
      `expected a closed day, or one of at most ${PREVIEW_ACCOUNTS} accounts; ask again tomorrow`,
    )
  }
  const sums: JournalSums = new Map()
  await addAccounts(sources, sums, touched.accounts, spanOf(day))
  await addRecords(sources, sums, touched, spanOf(day))
  const entries = datedEntriesOf(sums)
  const before = await books.journal.get(addDays(day, -1))
  const balances = before ? balancesAfter(before.balances, entries) : []
  return json(200, describe({ day, entries, balances, accounts: touched.accounts.size }))
}

function entryOf({ kind, account, channel, program, debit, credit, count }: JournalEntry) {
  return { kind, account, channel, program, debitRupiah: debit, creditRupiah: credit, count }
}

function balanceOf({ account, channel, program, balance }: LedgerBalance) {
  return { account, channel, program, balanceRupiah: balance }
}

/** No field can hold a comma or a quote: they are fixed words, channel names and numbers. */
function csvOf({ day, entries }: ClosedDay): CsvReply {
  const rows = withoutDays(entries).map(({ kind, account, channel, program, debit, credit, count }) =>
    [day, kind, account, channel ?? '', program ?? '', debit, credit, count].join(','),
  )
  return csv(`journal-${day}.csv`, [JOURNAL_COLUMNS.join(','), ...rows], '\n')
}
