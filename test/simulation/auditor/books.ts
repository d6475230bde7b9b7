/**
 * The audit of the journal once all is quiet: closed days balance, carry forward and stay as they were closed, and after the last
 * of them each account of the books is what the ledger, the days, the bank and two people's decisions make it. Types only.
 */
import type { ClosedDay } from '../../../shared/store/journal/journal.ts'
import { auditAccount } from './account-fold.ts'
import { demand, type Ledger } from './ledger.ts'
import { movementsThatCount } from './outside.ts'
import { channelsOf, isForPeople, type Money, openItemsOf, type SettledBooks, sumOf } from './settled-books.ts'

type Balances = { readonly of: (account: string, channel?: string) => number }

export function booksAgree(ledger: Ledger, books: SettledBooks, standing: readonly Money[]): void {
  daysStand(ledger, books)
  const last = books.closed.at(-1)
  demand(ledger, 'the journal closes its days', last !== undefined, () => 'no day was closed')
  if (!last) return
  const balances = balancesOf(last)
  bankInBooks(ledger, books, balances)
  for (const channel of channelsOf(books)) channelInBooks(ledger, books, balances, channel)
  moneyInBooks(ledger, balances, standing)
}

/** Debits equal credits, each day goes on from the day before, and none was changed after it was closed. */
function daysStand(ledger: Ledger, { closed, closedAs }: SettledBooks): void {
  for (const [i, day] of closed.entries()) {
    const trial = sumOf(day.entries.map(({ debit, credit }) => debit - credit))
    demand(ledger, 'debits equal credits', trial === 0, () => `${day.day}: ${trial}`)
    const isAsClosed = closedAs.get(day.day) === JSON.stringify(day)
    demand(ledger, 'a closed day never changes', isAsClosed, () => day.day)
    const before = closed[i - 1]
    if (!before) continue
    const [was, is] = [balancesOf(before), balancesOf(day)]
    for (const { account } of day.entries) {
      const moved = sumOf(day.entries.map((each) => (each.account === account ? each.debit - each.credit : 0)))
      const carries = is.of(account) === was.of(account) + moved
      demand(ledger, 'a day goes on from the day before', carries, () => `${day.day} ${account}`)
    }
  }
}

function balancesOf({ balances }: ClosedDay): Balances {
  return {
    of: (account, channel) =>
      sumOf(
        balances.map((line) =>
          line.account === account && (channel === undefined || line.channel === channel) ? line.balance : 0,
        ),
      ),
  }
}

const BANK_SIDES = [
  ['unidentified', 'unidentified-receipts'],
  ['returned', 'returned'],
  ['bank-charges', 'bank-charges'],
  ['interest', 'bank-interest'],
  ['opening-balance', 'opening-balance'],
] as const

function bankInBooks(ledger: Ledger, books: SettledBooks, { of }: Balances): void {
  const balance = sumOf([...movementsThatCount(ledger.outside).values()])
  const forPeople = sumOf(
    books.movements.filter((one) => isForPeople(books, one)).map(({ movement }) => movement.amount),
  )
  const bank = of('bank')
  demand(
    ledger,
    'the books’ bank is the closing balance',
    bank === balance - forPeople,
    () => `${bank}, expected ${balance}`,
  )
  for (const [kind, account] of BANK_SIDES) {
    const placed = placedAs(books, kind)
    demand(
      ledger,
      'the books have each movement where it was placed',
      of(account) === -placed,
      () => `${account}: ${of(account)}, expected ${-placed}`,
    )
  }
}

function placedAs({ movements }: SettledBooks, kind: string, channel?: string): number {
  const places = movements.flatMap(({ placement }) => placement?.places ?? [])
  return sumOf(
    places.map((place) =>
      place.kind === kind && (channel === undefined || ('channel' in place && place.channel === channel))
        ? place.amount
        : 0,
    ),
  )
}

type Amounts = { readonly fee: number; readonly vat: number; readonly withholding: number }

function channelInBooks(ledger: Ledger, books: SettledBooks, { of }: Balances, channel: string): void {
  const own = books.statements.filter((each) => each.channel === channel)
  const ofFees = (which: 'charged' | 'writtenOff') =>
    sumOf(books.fees.map((each) => (each.channel === channel ? totalOf(each.position[which]) : 0)))
  const invoiced = sumOf(ledger.outside.invoices.map((each) => (each.channel === channel ? each.payable : 0)))
  const expected = [
    ['the books’ receivable is the open items', 'receivable', openItemsOf(own)],
    [
      'a charge to a channel is in the books until it is paid',
      'channel-charges',
      sumOf(own.map((each) => each.chargedRupiah)) + ofFees('charged') - placedAs(books, 'channel-charge', channel),
    ],
    [
      'what was written off is in the books',
      'written-off',
      sumOf(own.map((each) => each.writtenOffRupiah)) + ofFees('writtenOff'),
    ],
    ['an invoice is owed until it is paid', 'fees-payable', -invoiced - placedAs(books, 'fee-invoice', channel)],
  ] as const
  for (const [promise, account, amount] of expected) {
    const booked = of(account, channel)
    demand(ledger, promise, booked === amount, () => `${channel}: ${booked}, expected ${amount}`)
  }
}

function totalOf({ fee, vat, withholding }: Amounts): number {
  return fee + vat + withholding
}

/** By the auditor's own fold: what waits in suspense, what is credit, and all places together. */
function moneyInBooks(ledger: Ledger, { of }: Balances, standing: readonly Money[]): void {
  let [credit, suspense] = [0, 0]
  for (const [account, entries] of ledger.accounts) {
    const isBill = ledger.bills.has(account)
    if (isBill || account.startsWith('suspense#')) continue
    const books = auditAccount(entries, ledger.decree)
    credit += books.credit
    suspense += sumOf([...books.allocations.values()].map((place) => place.suspense))
  }
  for (const { fact } of standing) {
    const isSuspended =
      fact.account.startsWith('suspense#') || (ledger.bills.has(fact.account) && isMoved(ledger, fact.account))
    if (isSuspended) suspense += fact.amount
  }
  demand(ledger, 'the books’ credit is the members’', -of('credit') === credit, () => `${-of('credit')}, not ${credit}`)
  demand(
    ledger,
    'a suspense rupiah is in suspense, released or refunded',
    -of('suspense') === suspense,
    () => `${-of('suspense')}, expected ${suspense}`,
  )
  const places = -sumOf(['contribution', 'credit', 'suspense', 'bill-clearing'].map((account) => of(account)))
  const money = sumOf(standing.map(({ fact }) => fact.amount))
  demand(ledger, 'every rupiah is in one place of the books', places === money, () => `${places}, expected ${money}`)
}

/** A bill's payment that finance moved to suspense. */
function isMoved(ledger: Ledger, account: string): boolean {
  return (ledger.accounts.get(account) ?? []).some(({ fact }) => fact.kind === 'suspension')
}
