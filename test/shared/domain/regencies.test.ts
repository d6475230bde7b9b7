/** The list of regencies against an independent copy, and the warning that is made of it. */
import { getRegencies } from 'idn-area-data'
import { describe, expect, test } from 'vitest'
import type { Nik } from '../../../shared/domain/nik.ts'
import { nikRegencyWarning } from '../../../shared/domain/nik-regency.ts'
import { REGENCIES, regencyWarning } from '../../../shared/domain/regencies.ts'

describe('regencies', () => {
  test('the 514 regencies and cities are the ministry’s', async () => {
    const theirs = await getRegencies()
    expect(theirs).toHaveLength(514)
    expect([...REGENCIES].sort()).toEqual(theirs.map(({ code }) => code).sort())
  })

  test.each<[string, string | undefined]>([
    ['32.73', undefined],
    ['32.73.05.1001', undefined],
    ['32', undefined],
    ['32.99', '32.99'],
    ['91.01.01', '91.01'],
    ['99.01', undefined],
  ])('%s warns of %s', (code, regency) => {
    expect(regencyWarning(code)).toEqual(regency && { warning: 'unknown-regency', regency })
  })

  test('a NIK issued where the regency is now in another province is warned of, not refused', () => {
    expect(nikRegencyWarning('9101015203950001' as Nik)).toEqual({ warning: 'unknown-regency', regency: '91.01' })
    expect(nikRegencyWarning('3273015203950001' as Nik)).toBeUndefined()
  })
})
