/**
 * What is open in a month, searched through before it is closed: each kind of shared/domain/month-checks.ts, on the evening of
 * the month's last day as the books would keep it.
 */
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { addDays, type BusinessDate } from '../../../shared/domain/instant.ts'
import type { LedgerAccount } from '../../../shared/domain/journal-positions.ts'
import { type Rupiah, rupiah, ZERO } from '../../../shared/domain/money.ts'
import { firstDayOf, type Month } from '../../../shared/domain/month.ts'
import { type CheckedItem, checksOf, type MonthCheck } from '../../../shared/domain/month-checks.ts'
import { type BooksAt, lastDayOf } from '../../../shared/domain/periods.ts'
import { accountsUntil, COLLECTION_ACCOUNTS } from '../../../shared/domain/settlement/hub-accounts.ts'
import { unidentifiedAmount } from '../../../shared/domain/settlement/placement.ts'
import { balanceRupiah } from '../../../shared/domain/settlement/statement-chain.ts'
import { bookingDays } from '../../../shared/store/settlements/bank-movements.ts'
import { CHANNEL_PAST_DAYS } from '../../../shared/store/settlements/first-day.ts'
import type { MatrixRow } from '../../../shared/store/settlements/records.ts'
import { unconfirmedLinks } from '../../../shared/store/settlements/unconfirmed-links.ts'
import type { ConsolePorts } from '../ports.ts'
import type { Books } from './books.ts'
import { receivableStatement } from './receivable-statement.ts'
import { BANK, digestOfMovements } from './signable-day.ts'

type Ports = Pick<ConsolePorts, 'settlements' | 'channels' | 'now'>
type Span = { readonly from: BusinessDate; readonly to: BusinessDate }

const PAGE = 500
/** Statements of an account that are looked through for the last one of the month. */
const LINKS = 400

export async function checkMonth(ports: Ports, books: Books, month: Month): Promise<readonly MonthCheck[]> {
  const span = { from: firstDayOf(month), to: lastDayOf(month) }
  const evening = books.at(span.to)
  const matrix = await Promise.all(
    ports.channels.map((channel) => ports.settlements.rows(channel, addDays(span.from, -CHANNEL_PAST_DAYS), span.to)),
  )
  const rows = matrix.flat().filter(({ date }) => date >= span.from)
  const [bank, unconfirmed, signed, receivables, receipts, differences] = await Promise.all([
    checkBank(ports, evening, span.to),
    unconfirmedStatements(ports, span.to),
    checkSignatures(ports, rows, span),
    Promise.all(ports.channels.map((channel) => checkReceivable(ports, books, channel, span))),
    unidentified(ports, span.to),
    openDifferences(ports, span.to),
  ])
  return checksOf({
    ...bank,
    STATEMENT_UNCONFIRMED: unconfirmed,
    RECEIVABLE_NOT_EXPLAINED: receivables.flat(),
    DAYS_WITHOUT_STATEMENT: daysWithoutStatement(matrix, span),
    ...signed,
    UNIDENTIFIED_RECEIPTS: receipts,
    SUSPENSE: ofAccount(evening, 'suspense', span.to),
    BILL_CLEARING_BELOW_ZERO: belowZero(ofAccount(evening, 'bill-clearing', span.to)),
    OPEN_DIFFERENCES: differences,
    OPEN_RECEIVABLES: evening.receivables.map(({ channel, day: date, amount }) => itemOf(channel, date, amount)),
  })
}

/** From the first day of a channel that a run has looked at. */
function daysWithoutStatement(matrix: readonly (readonly MatrixRow[])[], { from, to }: Span): readonly CheckedItem[] {
  return matrix.flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    const byDate = new Map(rows.map((row) => [row.date, row]))
    const begun = first.date > from ? first.date : from
    return bookingDays(begun, to)
      .filter((date) => byDate.get(date)?.file !== 'received')
      .map((date) => itemOf(first.channel, date, byDate.get(date)?.hubRupiah ?? ZERO))
  })
}

async function checkBank({ settlements }: Ports, evening: BooksAt, to: BusinessDate) {
  const accounts = accountsUntil(to)
  const chains = await Promise.all(accounts.map((account) => settlements.bankChain(account, LINKS)))
  // Of an account that money was moved away from no statement need come any more.
  const awaited = inForce('collection accounts', COLLECTION_ACCOUNTS, to)
  const closings = chains.map((links) => links.findLast(({ closedOn }) => closedOn !== null && closedOn <= to))
  const closing = closings.reduce((sum, link) => sum + balanceRupiah(link?.closingSen ?? 0), 0)
  const difference = rupiah(balanceOf(evening, 'bank') - closing)
  const short = chains.filter(
    (links, i) =>
      awaited.includes(accounts[i] ?? '') && !links.some(({ closedOn }) => closedOn !== null && closedOn >= to),
  )
  return {
    BANK_NOT_STATEMENT: difference === 0 ? [] : [itemOf(BANK, to, difference)],
    BANK_STATEMENT_MISSING: short.map((links) => itemOf(BANK, links.at(-1)?.closedOn ?? null, ZERO)),
  }
}

/** Those that say something of a day up to the last one: its books rest on them. */
async function unconfirmedStatements({ settlements, now }: Ports, to: BusinessDate) {
  const links = (await unconfirmedLinks(settlements, now())).filter(({ from }) => from <= to)
  return links.map(({ sha256, to: last, movements }) => {
    const amountRupiah = rupiah(movements.reduce((sum, { amount }) => sum + amount, 0))
    return { channel: BANK, date: last < to ? last : to, id: sha256, amountRupiah }
  })
}

async function checkSignatures({ settlements, channels }: Ports, rows: readonly MatrixRow[], { from, to }: Span) {
  const signed = await Promise.all([...channels, BANK].map((channel) => settlements.signOffs(channel, from, to)))
  const byDay = new Map(signed.flat().map((signOff) => [`${signOff.channel}#${signOff.date}`, signOff]))
  const ofBank = await Promise.all(
    bookingDays(from, to).map(async (date) => ({ date, movements: await settlements.movementsBooked(date) })),
  )
  const days = [
    ...rows.map(({ channel, date, version }) => {
      const signOff = byDay.get(`${channel}#${date}`)
      return { channel, date, signOff, isAsSigned: signOff?.version === version }
    }),
    ...ofBank
      .filter(({ movements }) => movements.length > 0)
      .map(({ date, movements }) => {
        const signOff = byDay.get(`${BANK}#${date}`)
        return { channel: BANK, date, signOff, isAsSigned: signOff?.digest === digestOfMovements(movements) }
      }),
  ]
  const items = (some: typeof days) => some.map(({ channel, date }) => itemOf(channel, date, ZERO))
  return {
    UNSIGNED_DAYS: items(days.filter(({ signOff }) => signOff === undefined)),
    SIGNED_DAYS_CHANGED: items(days.filter(({ signOff, isAsSigned }) => signOff !== undefined && !isAsSigned)),
  }
}

async function checkReceivable(
  ports: Ports,
  books: Books,
  channel: string,
  { from, to: asOf }: Span,
): Promise<readonly CheckedItem[]> {
  const { unexplained } = await receivableStatement(ports, books, channel, { from, asOf })
  return unexplained === 0 ? [] : [itemOf(channel, asOf, unexplained)]
}

async function unidentified({ settlements }: Ports, to: BusinessDate): Promise<readonly CheckedItem[]> {
  const items: CheckedItem[] = []
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof settlements.unidentified>> = await settlements.unidentified(after, PAGE)
    for (const { bookedOn, id } of page.filter((one) => one.bookedOn <= to)) {
      const placement = (await settlements.placements(bookedOn, id)).at(-1)
      if (placement) items.push({ channel: null, date: bookedOn, id, amountRupiah: unidentifiedAmount(placement) })
    }
    const last = page.at(-1)
    if (page.length < PAGE || !last || last.bookedOn > to) return items
    after = last.pointer
  }
}

async function openDifferences({ settlements, channels }: Ports, to: BusinessDate): Promise<readonly CheckedItem[]> {
  const items: CheckedItem[] = []
  for (const channel of channels) {
    for (let after: string | null = null, isMore = true; isMore; ) {
      const page: Awaited<ReturnType<typeof settlements.pointers>> = await settlements.pointers(
        'open',
        channel,
        after,
        PAGE,
      )
      const found = await Promise.all(page.map(({ id }) => settlements.difference(id)))
      for (const one of found) {
        if (one && one.date <= to) items.push({ ...itemOf(channel, one.date, one.finding.effectRupiah), id: one.id })
      }
      after = page.at(-1)?.pointer ?? null
      isMore = page.length === PAGE && after !== null && after.slice(0, 10) <= to
    }
  }
  return items
}

function ofAccount({ balances }: BooksAt, account: LedgerAccount, date: BusinessDate): readonly CheckedItem[] {
  return balances.filter((line) => line.account === account).map((line) => itemOf(line.channel, date, line.balance))
}

/** It is a debt of ours, a credit balance: a debit is what members have from bills without a payment for it. */
function belowZero(lines: readonly CheckedItem[]): readonly CheckedItem[] {
  return lines.filter(({ amountRupiah }) => amountRupiah > 0)
}

function balanceOf({ balances }: BooksAt, account: LedgerAccount): number {
  return balances.reduce((sum, line) => (line.account === account ? sum + line.balance : sum), 0)
}

function itemOf(channel: string | null, date: BusinessDate | null, amountRupiah: Rupiah): CheckedItem {
  return { channel, date, id: null, amountRupiah }
}
