/** Our accounts under the numbers of the general ledger: complete, dated, and refused where they are not. */
import { expect, test } from 'vitest'
import { checkedGlAccounts, GL_ACCOUNTS, glAccountOf, glAccountsBetween } from '../../../shared/domain/gl-accounts.ts'
import { LEDGER_ACCOUNTS } from '../../../shared/domain/journal-positions.ts'
import { date } from '../../support/facts.ts'

const bank = (...entries: readonly (readonly [string, string, string])[]) => ({
  ...GL_ACCOUNTS,
  bank: entries.map(([from, number, name]) => ({ from, value: { number, name }, source: 'test' })),
})

test('every account has a number of its own', () => {
  const numbers = LEDGER_ACCOUNTS.map((account) => glAccountOf(GL_ACCOUNTS, account, date('2026-11-30')).number)
  expect(new Set(numbers).size).toBe(LEDGER_ACCOUNTS.length)
})

test('a number changes on its date', () => {
  const accounts = checkedGlAccounts(bank(['2020-01-01', '1101', 'Bank'], ['2027-01-01', '1-101.02', 'Bank baru']))
  expect(accounts.bank.map(({ value }) => value.number)).toEqual(['1101', '1-101.02'])
})

test.each([
  ['2026-11-01', '2026-11-30', ['1101']],
  ['2026-12-01', '2026-12-31', ['1101', '1102']],
  ['2026-12-15', '2026-12-31', ['1102']],
  ['2027-02-01', '2027-02-28', ['1102']],
])('from %s to %s the numbers in force are kept, and no others', (from, to, numbers) => {
  const accounts = bank(['2020-01-01', '1101', 'Bank'], ['2026-12-15', '1102', 'Bank'], ['2027-03-01', '1103', 'Bank'])
  const kept = glAccountsBetween(checkedGlAccounts(accounts), date(from), date(to))
  expect(kept.bank.map(({ value }) => value.number)).toEqual(numbers)
  expect(checkedGlAccounts(kept)).toEqual(kept)
})

test.each([
  ['none', bank()],
  ['a number that is a formula', bank(['2020-01-01', '=1+1', 'Bank'])],
  ['a name with a line break', bank(['2020-01-01', '1101', 'Bank\nx'])],
  ['dates out of order', bank(['2027-01-01', '1101', 'Bank'], ['2020-01-01', '1102', 'Bank'])],
])('a table with %s is refused, and the account is named', (_, accounts) => {
  expect(() => checkedGlAccounts(accounts)).toThrow(/bank/)
})
