/** The hub's own accounts, before and after a move to another one. */
import { expect, test } from 'vitest'
import { accountNumber, accountsUntil, isCollectionAccount } from '../../../../shared/domain/settlement/hub-accounts.ts'
import { date } from '../../../support/facts.ts'

const MOVED = [
  { from: '2020-01-01', value: ['111'], source: 'test' },
  { from: '2027-01-01', value: ['222'], source: 'test' },
  { from: '2027-07-01', value: ['222', '333'], source: 'test' },
]

test.each([
  ['2026-12-31', ['111']],
  ['2027-01-01', ['111', '222']],
  ['2028-01-01', ['111', '222', '333']],
])('on %s the old ones are ours as well: their last statements come after the move', (on, accounts) => {
  expect(accountsUntil(date(on), MOVED)).toEqual(accounts)
})

test.each([
  ['111', true],
  ['BNINIDJA/111', true],
  ['111IDR', true],
  ['111 IDR', true],
  ['1111', false],
  ['111USD', false],
])('%s is an account of ours: %s', (named, isOurs) => {
  expect(isCollectionAccount(named, accountsUntil(date('2027-01-01'), MOVED))).toBe(isOurs)
  if (isOurs) expect(accountNumber(named)).toBe('111')
})
