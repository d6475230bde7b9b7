/**
 * `GET /api/journal/{date}`: the balanced entries of a day, as JSON or, for the general ledger, as CSV. A closed day is what
 * was closed, for ever; a day that is still open is computed for the eye, says so, and cannot be exported.
 * Closing is functions/reconcile-settlement/journal.ts.
 */
import * as z from 'zod/mini'
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  formatUtc,
  parseBusinessDate,
} from '../../shared/domain/instant.ts'
import {
  balancesAfter,
  entriesOf,
  type JournalEntry,
  type JournalSums,
  type LedgerBalance,
  simulateRules,
  spanOf,
} from '../../shared/domain/journal.ts'
import type { ClosedDay } from '../../shared/store/journal/journal.ts'
import { addAccounts, addRecords, touchedOn } from '../../shared/store/journal/journal-day.ts'
import { readQuery } from './input.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

const QUERY = z.strictObject({ format: z.optional(z.enum(['json', 'csv'], 'expected json or csv')) })
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

export async function showJournal(parts: ConsoleParts, call: Call): Promise<Reply> {
  const asked = readQuery(QUERY, call.query)
  if (asked.outcome === 'refused') return asked.reply
  const day = parseBusinessDate(call.path.date ?? '')
  if (day === undefined || day > businessDateOf(call.now)) {
    return problem('UNKNOWN_DAY', 'expected a day such as 2026-11-20, not later than today')
  }
  const closed = await parts.books.journal.get(day)
  if (asked.value.format !== 'csv') return closed ? json(200, describe(closed)) : previewOf(parts, day)
  if (closed) return csvOf(closed)
  return problem('DAY_OPEN', 'expected a closed day: a day is closed in the night after it, and only then exported')
}

function describe({ day, entries, balances, accounts, closedAt }: Omit<ClosedDay, 'closedAt'> & Partial<ClosedDay>) {
  const sum = (side: 'debit' | 'credit') => entries.reduce((total, entry) => total + entry[side], 0)
  return {
    date: day,
    closed: closedAt !== undefined,
    closedAt: closedAt === undefined ? null : formatUtc(closedAt),
    accounts,
    debitRupiah: sum('debit'),
    creditRupiah: sum('credit'),
    trialRupiah: simulateRules(entries),
    entries: entries.map(entryOf),
    balances: balances.map(balanceOf),
  }
}

/** What the day has come to so far, on top of the last closed day before it. */
async function previewOf(parts: ConsoleParts, day: BusinessDate): Promise<Reply> {
  const { books, facts, bills, rules } = parts
  const ports = { ...books, facts, bills, rules }
  const touched = await touchedOn(ports, day, () => true)
  if (touched.accounts.size > PREVIEW_ACCOUNTS) {
    return problem(
      'DAY_OPEN',
      `expected a closed day, or one of at most ${PREVIEW_ACCOUNTS} accounts; ask again tomorrow`,
    )
  }
  const sums: JournalSums = new Map()
  await addAccounts(ports, sums, touched.accounts, spanOf(day))
  await addRecords(ports, sums, touched, spanOf(day))
  const entries = entriesOf(sums)
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

/** No field can hold a comma or a quote: they are words of ours, channel names and numbers. */
function csvOf({ day, entries }: ClosedDay): Reply {
  const rows = entries.map((entry) =>
    [day, entry.kind, entry.account, entry.channel, entry.program, entry.debit, entry.credit, entry.count].map(
      (field) => field ?? '',
    ),
  )
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="journal-${day}.csv"`,
      'cache-control': 'no-store',
    },
    body: `${[JOURNAL_COLUMNS, ...rows].map((row) => row.join(',')).join('\n')}\n`,
  }
}
