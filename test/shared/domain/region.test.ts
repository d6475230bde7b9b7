/** Region codes as they come and as they are kept; provinces against an independent copy of the ministry's list. */
import { getProvinces } from 'idn-area-data'
import { describe, expect, test } from 'vitest'
import { PROVINCES, parseRegionCode, provinceOf, zoneOf } from '../../../shared/domain/region.ts'

describe('reading a region code', () => {
  test.each<[string, string]>([
    ['32', '32'],
    ['32.73', '32.73'],
    ['3273', '32.73'],
    ['32.73.05', '32.73.05'],
    ['327305', '32.73.05'],
    ['32.73.05.1001', '32.73.05.1001'],
    ['3273051001', '32.73.05.1001'],
    ['96.71', '96.71'],
  ])('%s is kept as %s', (text, code) => {
    expect(parseRegionCode(text)).toEqual({ outcome: 'region', code })
  })

  test.each<[string, string]>([
    ['', 'malformed'],
    ['3', 'malformed'],
    ['327', 'malformed'],
    ['32730', 'malformed'],
    ['32.7305', 'malformed'],
    ['3273.05', 'malformed'],
    ['32.73.05.101', 'malformed'],
    ['32.73.05.10011', 'malformed'],
    ['32.00', 'malformed'],
    ['32.73.00', 'malformed'],
    ['3273050000', 'malformed'],
    [' 32.73', 'malformed'],
    ['32.73\n', 'malformed'],
    ['٣٢', 'malformed'],
    ['99', 'unknown-province'],
    ['10.01', 'unknown-province'],
    ['2273051001', 'unknown-province'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseRegionCode(text)).toEqual({ outcome: 'refused', reason })
  })
})

describe('provinces and their clocks', () => {
  test('the 38 provinces are the ministry’s', async () => {
    const theirs = await getProvinces()
    expect([...PROVINCES.keys()].sort()).toEqual(theirs.map(({ code }) => code).sort())
    const spelled = (name: string) => name.replace('Daerah Khusus Ibukota', 'DKI').replace('Daerah Istimewa', 'DI')
    for (const { code, name } of theirs) expect(provinceOf(code).name).toBe(spelled(name))
  })

  test.each<[string, string]>([
    ['11.71', 'WIB'],
    ['31.71.01.1001', 'WIB'],
    ['62.71', 'WIB'],
    ['51.71', 'WITA'],
    ['53.71', 'WITA'],
    ['63.71', 'WITA'],
    ['65.71', 'WITA'],
    ['73.71', 'WITA'],
    ['81.71', 'WIT'],
    ['91.71', 'WIT'],
    ['96.71', 'WIT'],
  ])('people in %s live by %s', (code, zone) => {
    expect(zoneOf(code)).toBe(zone)
  })

  test('eighteen provinces live by WIB, twelve by WITA, eight by WIT', () => {
    const zones = [...PROVINCES.values()].map(({ zone }) => zone)
    expect(['WIB', 'WITA', 'WIT'].map((zone) => zones.filter((each) => each === zone).length)).toEqual([18, 12, 8])
  })

  test('a code that was never checked has no clock', () => {
    expect(() => zoneOf('99.01')).toThrow(RangeError)
  })
})
