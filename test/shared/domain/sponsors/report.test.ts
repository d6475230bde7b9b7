/** The sponsor's report: sums, ranks and what is measured against what. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import { countReport, type ListedPerson } from '../../../../shared/domain/sponsors/report.ts'

const TOTAL = { per: 'total', amount: rupiah(1_000_000) } as const
const person = (village: string, isCovered: boolean, changed: Partial<ListedPerson> = {}): ListedPerson => ({
  village,
  isEnrolled: true,
  isCovered,
  paidThrough: isCovered ? month('2026-12') : null,
  ...changed,
})
const reportOf = (
  people: readonly ListedPerson[],
  targets: Parameters<ReturnType<typeof countReport>['report']>[2] = [],
) => {
  const counted = countReport()
  for (const each of people) counted.add(each)
  return counted.report(TOTAL, rupiah(400_000), targets)
}

test('villages are ranked by the share of their people covered; equal shares share a rank', () => {
  const { villages, listed, covered, unspent, coveredUntil } = reportOf([
    person('15.71.01.1001', true),
    person('15.71.01.1001', false, { isEnrolled: false }),
    person('15.71.01.1002', true),
    person('15.71.01.1003', true),
    person('15.71.01.1003', false),
    person('15.72.01.1001', false),
  ])
  expect(villages.map(({ region, rank, shareBasisPoints }) => [rank, region, shareBasisPoints])).toEqual([
    [1, '15.71.01.1002', 10_000],
    [2, '15.71.01.1001', 5_000],
    [2, '15.71.01.1003', 5_000],
    [4, '15.72.01.1001', 0],
  ])
  expect([listed, covered, unspent]).toEqual([6, 3, 600_000])
  expect(coveredUntil).toEqual([
    { month: null, persons: 3 },
    { month: '2026-12', persons: 3 },
  ])
})

test('a regency is measured against its informal workers where they are known, else against the people listed', () => {
  const people = [person('15.71.01.1001', true), person('15.71.01.1002', true), person('15.72.01.1001', true)]
  const target = { region: '15.71', workersFormal: 10, workersInformal: 8, targetBasisPoints: 5_000 }
  expect(reportOf(people, [target]).regencies).toEqual([
    {
      region: '15.72',
      listed: 1,
      enrolled: 1,
      covered: 1,
      workers: 1,
      isListOnly: true,
      shareBasisPoints: 10_000,
      rank: 1,
    },
    {
      region: '15.71',
      listed: 2,
      enrolled: 2,
      covered: 2,
      workers: 8,
      isListOnly: false,
      shareBasisPoints: 2_500,
      rank: 2,
    },
  ])
})

test('a budget per village counts for each village on the lists; more paid than planned is a negative rest', () => {
  const counted = countReport()
  for (const village of ['a', 'b', 'b']) counted.add(person(village, true))
  const { budget, unspent } = counted.report({ per: 'village', amount: rupiah(100) }, rupiah(250), [])
  expect([budget, unspent]).toEqual([200, -50])
})

test('of any lists: villages and regencies add up to the program, and a better share never has a later rank', () => {
  const anyPerson = fc.record({
    village: fc.constantFrom('15.71.01.1001', '15.71.01.1002', '15.72.01.1001', '31.01.01.1001'),
    isEnrolled: fc.boolean(),
    isCovered: fc.boolean(),
    paidThrough: fc.constantFrom(null, month('2026-11'), month('2026-12')),
  })
  fc.assert(
    fc.property(fc.array(anyPerson, { maxLength: 60 }), (people) => {
      const report = reportOf(people)
      for (const regions of [report.villages, report.regencies]) {
        for (const field of ['listed', 'enrolled', 'covered'] as const) {
          expect(regions.reduce((sum, region) => sum + region[field], 0)).toBe(report[field])
        }
        for (const a of regions) {
          expect(a.rank).toBe(1 + regions.filter((b) => b.shareBasisPoints > a.shareBasisPoints).length)
        }
      }
      expect(report.coveredUntil.reduce((sum, { persons }) => sum + persons, 0)).toBe(people.length)
    }),
  )
})
