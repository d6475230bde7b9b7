/**
 * The hub's own bank accounts, on which channels' money arrives: dated data, because an account is moved once in a decade.
 * A statement of another account is refused whole (shared/protocols/bank-statement).
 */
import type { Dated } from '../effective-dated.ts'
import type { BusinessDate } from '../instant.ts'

/** Account numbers as statements name them, digits only. */
export const COLLECTION_ACCOUNTS: Dated<readonly string[]> = [
  { from: '2020-01-01', value: ['0018877665501'], source: 'our assumption, to be replaced by the account agreement' },
]

/**
 * All that were the hub's by then. After a move the old account still holds money of ours, its last statements come on the days
 * after, and what is paid into it is ours: the books' bank is all of them together.
 */
export function accountsUntil(
  on: BusinessDate,
  accounts: Dated<readonly string[]> = COLLECTION_ACCOUNTS,
): readonly string[] {
  return [...new Set(accounts.filter(({ from }) => from <= on).flatMap(({ value }) => value))]
}

/** `BNINIDJA/0018877665501`, `0018877665501IDR` and `0018877665501` are one account. */
export function isCollectionAccount(named: string, accounts: readonly string[]): boolean {
  return accounts.includes(accountNumber(named))
}

/** The number alone, under which statements of one account meet. */
export function accountNumber(named: string): string {
  return named.slice(named.lastIndexOf('/') + 1).replace(/ ?IDR$/, '')
}
