/** Who is one person, and under what a person is counted: the two must agree, or a limit begins anew for a second account. */
import { expect, test } from 'vitest'
import { type ActingPerson, countedUnder, isSamePerson } from '../../../shared/domain/acting-person.ts'

const SARI: ActingPerson = { issuer: 'pool-1', subject: 'a', name: 'Sari Contoh' }

test.each<readonly [string, Partial<ActingPerson>, boolean]>([
  ['the same account', {}, true],
  ['the same account under a new name', { name: 'Sari Baru' }, true],
  ['the same account, of before issuers were kept', { issuer: null }, true],
  ['another account of that name', { subject: 'b' }, true],
  ['another account of that name, written otherwise', { subject: 'b', name: ' SARI  contoh ' }, true],
  ['another account of that name at another issuer', { issuer: 'pool-2', subject: 'b' }, true],
  ['the same subject at another issuer, under that name', { issuer: 'pool-2' }, true],
  ['the same subject at another issuer, under another name', { issuer: 'pool-2', name: 'Budi Contoh' }, false],
  ['the same subject at another issuer, without a name', { issuer: 'pool-2', name: null }, false],
  ['another account under another name', { subject: 'b', name: 'Budi Contoh' }, false],
  ['another account without a name', { subject: 'b', name: null }, false],
])('%s', (_, changed, isSame) => {
  const other = { ...SARI, ...changed }
  expect(isSamePerson(SARI, other)).toBe(isSame)
  expect(isSamePerson(other, SARI)).toBe(isSame)
  const hasCommon = countedUnder(SARI).some((one) => countedUnder(other).includes(one))
  if (other.issuer !== null) expect(hasCommon).toBe(isSame)
})
