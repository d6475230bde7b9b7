/**
 * Our accounts as the company's general ledger numbers them: dated data. A deployment writes its own numbers and names here;
 * the tests of every build, and every start, refuse a table in which an account has none. A closed month keeps the entries that
 * it was closed with (functions/serve-console/books/close-month.ts), so a change here never changes what was exported.
 */
import { type Dated, inForce } from './effective-dated.ts'
import type { BusinessDate } from './instant.ts'
import { LEDGER_ACCOUNTS, type LedgerAccount } from './journal-positions.ts'

export type GlAccount = { readonly number: string; readonly name: string }
export type GlAccounts = Readonly<Record<LedgerAccount, Dated<GlAccount>>>

const ASSUMED = 'our assumption, to be replaced by the chart of accounts'
const from2020 = (number: string, name: string): Dated<GlAccount> => [
  { from: '2020-01-01', value: { number, name }, source: ASSUMED },
]

export const GL_ACCOUNTS: GlAccounts = checkedGlAccounts({
  bank: from2020('1101', 'Bank penampungan iuran'),
  receivable: from2020('1201', 'Piutang kanal pembayaran'),
  unallocated: from2020('1290', 'Akun antara penerimaan'),
  'unidentified-receipts': from2020('2101', 'Penerimaan belum teridentifikasi'),
  returned: from2020('2102', 'Penerimaan dikembalikan'),
  suspense: from2020('2103', 'Titipan'),
  credit: from2020('2104', 'Kelebihan bayar peserta'),
  'bill-clearing': from2020('2105', 'Kliring tagihan kolektif'),
  'fees-payable': from2020('2106', 'Utang biaya kanal'),
  'withholding-payable': from2020('2107', 'Utang PPh 23'),
  contribution: from2020('2201', 'Iuran diterima'),
  'opening-balance': from2020('3101', 'Saldo awal'),
  'bank-interest': from2020('4101', 'Jasa giro'),
  'channel-charges': from2020('1202', 'Tagihan kepada kanal'),
  'vat-in': from2020('1203', 'PPN masukan'),
  'channel-fees': from2020('5101', 'Biaya kanal pembayaran'),
  'bank-charges': from2020('5102', 'Biaya bank'),
  'written-off': from2020('5103', 'Penghapusan piutang kanal'),
})

/** Throws a RangeError that names the first account without a number or name, with one that is not plain, or out of order. */
export function checkedGlAccounts(accounts: GlAccounts): GlAccounts {
  for (const account of LEDGER_ACCOUNTS) {
    const list = accounts[account] ?? []
    if (list.length === 0) throw new RangeError(`expected a number of the general ledger for ${account}, got none`)
    list.forEach(({ from, value }, i) => {
      const before = list[i - 1]
      if (before && before.from >= from) throw new RangeError(`expected ${account} ascending by date, got ${from}`)
      if (!/^[0-9A-Z][0-9A-Z.-]{0,19}$/.test(value.number) || !/^\P{C}{1,60}$/u.test(value.name)) {
        throw new RangeError(`expected a plain number and name for ${account} from ${from}, got others`)
      }
    })
  }
  return accounts
}

export function glAccountOf(accounts: GlAccounts, account: LedgerAccount, on: BusinessDate): GlAccount {
  return inForce(`number of ${account} in the general ledger`, accounts[account], on)
}

/** What is in force on any of these days, and nothing else: what a closed month keeps. */
export function glAccountsBetween(accounts: GlAccounts, from: BusinessDate, to: BusinessDate): GlAccounts {
  const kept = LEDGER_ACCOUNTS.map((account) => {
    const list = accounts[account]
    const first = list.findLastIndex((entry) => entry.from <= from)
    return [account, list.slice(Math.max(first, 0)).filter((entry) => entry.from <= to)]
  })
  return Object.fromEntries(kept) as GlAccounts
}
