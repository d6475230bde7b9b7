/** The months on a SNAP receipt: all of them, within five lines of 32 characters. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths, type Month, month } from '../../../../shared/domain/month.ts'
import { monthTexts } from '../../../../shared/protocols/snap/month-texts.ts'

const english = (...months: string[]) => monthTexts(months.map(month)).map((line) => line.english)

describe('months are named', () => {
  test.each<[string, string[], string[]]>([
    ['one', ['2026-11'], ['Month 2026-11']],
    ['two in a row', ['2026-11', '2026-12'], ['Month 2026-11, 2026-12']],
    ['three in a row, over the year', ['2026-11', '2026-12', '2027-01'], ['Month 2026-11 - 2027-01']],
    ['a run and one more', ['2026-11', '2026-12', '2027-01', '2027-03'], ['Month 2026-11 - 2027-01, 2027-03']],
    ['four apart', ['2026-01', '2026-03', '2026-05', '2026-07'], ['Month 2026-01, 2026-03, 2026-05', 'Month 2026-07']],
    ['none', [], []],
  ])('%s', (_, months, lines) => {
    expect(english(...months)).toEqual(lines)
  })

  test('in Indonesian too', () => {
    expect(monthTexts([month('2026-11')])).toEqual([{ english: 'Month 2026-11', indonesia: 'Bulan 2026-11' }])
  })

  test('all of them, twelve at most, however scattered, on five short lines', () => {
    const scattered = fc
      .uniqueArray(fc.nat(30), { minLength: 1, maxLength: 12 })
      .map((indexes) => indexes.sort((a, b) => a - b).map((index) => addMonths(month('2026-01'), index)))
    fc.assert(
      fc.property(scattered, (months) => {
        const lines = monthTexts(months)
        expect(lines.length).toBeLessThanOrEqual(5)
        expect(Math.max(...lines.map((line) => line.english.length))).toBeLessThanOrEqual(32)
        expect(lines.flatMap((line) => namedIn(line.english))).toEqual(months)
      }),
      { numRuns: 1000 },
    )
  })
})

/** Reads a line as a person would. */
function namedIn(line: string): readonly Month[] {
  return line
    .slice('Month '.length)
    .split(', ')
    .flatMap((part) => {
      const [first = '', last = first] = part.split(' - ')
      const months = [month(first)]
      while (months.at(-1) !== last) months.push(addMonths(months.at(-1) as Month, 1))
      return months
    })
}
