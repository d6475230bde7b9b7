/**
 * `GET /api/trial-balance` and `GET /api/receivables/{channel}`: the books on the evening of any day that the journal has closed,
 * and what a channel owes then, item by item. Of a day in a closed month the answer is the same for ever.
 */
import { type GlAccounts, glAccountOf } from '../../../shared/domain/gl-accounts.ts'
import { type BusinessDate, parseBusinessDate } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { firstDayOf, monthOfDate } from '../../../shared/domain/month.ts'
import type { PeriodLine } from '../../../shared/domain/periods.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { type Books, loadBooks } from './books.ts'
import type { EveningQuery } from './ledger-schemas.ts'
import { type ReceivableStatement, receivableStatement } from './receivable-statement.ts'

export const CHANNEL_EXPECTED = 'expected the name of a payment channel'

export async function showTrialBalance(ports: ConsolePorts, { query }: Call<{ query: EveningQuery }>) {
  const found = await eveningOf(ports, query)
  if ('kind' in found) return found
  const { books, asOf, isFinal } = found
  const { balances } = books.at(asOf)
  const glAccounts = glAccountsOn(ports, books, asOf)
  const lines = balances.map(({ account, channel, program, balance }) => {
    const { number: glAccount, name: glName } = glAccountOf(glAccounts, account, asOf)
    const debitRupiah = balance > 0 ? balance : rupiah(0)
    const creditRupiah = rupiah(balance < 0 ? -balance : 0)
    return { glAccount, glName, account, channel, program, debitRupiah, creditRupiah }
  })
  const sum = (side: 'debitRupiah' | 'creditRupiah') => lines.reduce((total, line) => total + line[side], 0)
  const debitRupiah = sum('debitRupiah')
  const creditRupiah = sum('creditRupiah')
  return json(200, { asOf, isFinal, lines, debitRupiah, creditRupiah, differenceRupiah: debitRupiah - creditRupiah })
}

export async function showReceivable(
  ports: ConsolePorts,
  { path: { channel }, query }: Call<{ path: { channel: string }; query: EveningQuery }>,
) {
  if (!ports.channels.includes(channel)) return problem('NOT_FOUND', CHANNEL_EXPECTED)
  const found = await eveningOf(ports, query)
  if ('kind' in found) return found
  const { books, asOf, isFinal } = found
  const from = firstDayOf(monthOfDate(asOf))
  return json(200, {
    channel,
    asOf,
    isFinal,
    from,
    ...describe(await receivableStatement(ports, books, channel, { from, asOf })),
  })
}

/** The last closed journal day if none is named. */
async function eveningOf(ports: ConsolePorts, { asOf }: EveningQuery) {
  const last = await ports.books.journal.lastClosed()
  const day = asOf === undefined ? last?.day : parseBusinessDate(asOf)
  if (!last || day === undefined || day > last.day) {
    return problem(
      'DAY_OPEN',
      `expected a day up to ${last?.day ?? 'the first night of the journal'}: a day is closed in the night after it`,
    )
  }
  const books = await loadBooks(ports, firstDayOf(monthOfDate(day)))
  if (!books || monthOfDate(day) < books.first)
    return problem('UNKNOWN_DAY', 'expected a day since the books were opened')
  return { books, asOf: day, isFinal: isFinal(books, day) }
}

/** Of a closed month those that it was closed with. */
function glAccountsOn({ glAccounts }: ConsolePorts, { closed }: Books, day: BusinessDate): GlAccounts {
  return closed.find(({ month }) => month === monthOfDate(day))?.glAccounts ?? glAccounts
}

function isFinal({ closings, first }: Books, day: BusinessDate): boolean {
  const month = monthOfDate(day)
  return month >= first && closings.some((closing) => closing.month === month)
}

function describe({ opening, movements, closing, items, unexplained }: ReceivableStatement) {
  return {
    openingRupiah: opening,
    movements: movements.map(describeMovement),
    closingRupiah: closing,
    openItems: items,
    openItemsRupiah: rupiah(items.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)),
    unexplainedRupiah: unexplained,
  }
}

function describeMovement({ number, date, kind, debit, credit, count, refersTo }: PeriodLine) {
  return { number, date, kind, debitRupiah: debit, creditRupiah: credit, count, refersTo }
}
