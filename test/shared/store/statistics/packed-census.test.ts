/** A census inside an item: what was packed is read back, and what nobody packed is a broken item. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { month } from '../../../../shared/domain/month.ts'
import type { Census } from '../../../../shared/domain/statistics.ts'
import { FUNDINGS, SECTORS } from '../../../../shared/domain/tariff.ts'
import { Defect } from '../../../../shared/runtime/faults.ts'
import { readerOf, text } from '../../../../shared/store/attributes/item.ts'
import { censusItem, readCensus } from '../../../../shared/store/statistics/packed-census.ts'
import { itemSize } from '../../../support/item-size.ts'

const anyCounts = fc.array(fc.nat(2 ** 31), { minLength: 5, maxLength: 5 })
const mapOf = <K extends string>(keys: readonly K[]) =>
  fc
    .uniqueArray(fc.constantFrom(...keys))
    .chain((those) =>
      fc
        .array(anyCounts, { minLength: those.length, maxLength: those.length })
        .map((rows): ReadonlyMap<K, readonly number[]> => new Map(those.map((key, i) => [key, rows[i] ?? []]))),
    )
const anyCensus: fc.Arbitrary<Census> = fc.record({
  creditRupiah: fc.nat(),
  paidThrough: fc
    .uniqueArray(fc.tuple(fc.constantFrom(month('2026-10'), month('2026-11'), month('2027-01')), fc.nat()), {
      selector: ([at]) => at,
    })
    .map((rows) => new Map(rows)),
  regency: mapOf(['00', '15', '15.71', '31.74', '96.71']),
  sector: mapOf(SECTORS),
  funding: mapOf(FUNDINGS),
})

describe('a packed census', () => {
  test('is read back as it was', () => {
    fc.assert(
      fc.property(anyCensus, (census) => {
        expect(readCensus(readerOf('statistics', censusItem(census)))).toEqual(census)
      }),
    )
  })
  test('is the same text in whatever order it was counted: a repeat of a put is known by its content', () => {
    const rows: readonly (readonly [string, readonly number[]])[] = [
      ['15', [1, 2, 3, 4, 5]],
      ['15.71', [5, 4, 3, 2, 1]],
      ['31.74', [0, 0, 0, 0, 1]],
    ]
    const packed = (list: typeof rows) =>
      censusItem({
        creditRupiah: 0,
        regency: new Map(list),
        sector: new Map(),
        funding: new Map(),
        paidThrough: new Map(),
      }).byRegency?.S
    expect(packed(rows)).toBe('15=1,2,3,4,5;15.71=5,4,3,2,1;31.74=0,0,0,0,1')
    expect(packed([...rows].reverse())).toBe(packed(rows))
  })
  test('of all regencies with a hundred million members stays far below the size of an item', () => {
    const regency = new Map(Array.from({ length: 560 }, (_, i) => [`${10 + (i % 90)}.${i}`, [1e5, 1e6, 1e5, 1e6, 1e5]]))
    expect(
      itemSize(
        censusItem({ creditRupiah: 1e12, regency, sector: new Map(), funding: new Map(), paidThrough: new Map() }),
      ),
    ).toBeLessThan(40_000)
  })
  test.each([
    ['byRegency', '15.71'],
    ['byRegency', '15.71=1,2,3,4'],
    ['byRegency', '15.71=1,2,3,4,x'],
    ['byRegency', '15.71=1,2,3,4,-5'],
    ['bySector', 'mining=1,2,3,4,5'],
    ['byFunding', 'self=1,2,3,4,5;'],
  ])('%s with %s is broken', (name, value) => {
    const item = {
      ...censusItem({
        creditRupiah: 0,
        regency: new Map(),
        sector: new Map(),
        funding: new Map(),
        paidThrough: new Map(),
      }),
      [name]: text(value),
    }
    expect(() => readCensus(readerOf('statistics', item))).toThrow(Defect)
  })
})
