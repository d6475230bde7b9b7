/** The story of one payment id over all files: which line settles it, which take each other back, which are too many. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { type FileLine, lineRolesOf } from '../../../../shared/domain/settlement/line-history.ts'

const OWN = '2026-11-20' as BusinessDate
const BEFORE = '2026-11-19' as BusinessDate
const NEXT = '2026-11-21' as BusinessDate
const THIRD = '2026-11-22' as BusinessDate

function lineIn(file: BusinessDate, line: number, status: 'S' | 'R', amount = 8_400): FileLine {
  return { file, line, status: status === 'S' ? 'settled' : 'reversed', amount: rupiah(amount), row: null }
}

const best = (wanted: number) => (line: FileLine) => Math.abs(line.amount - wanted)

/** Of each line its role, in order of line; `12>13` where another line is its pair. */
function story(
  lines: readonly FileLine[],
  stands = true,
  { ownDay = OWN as BusinessDate | null, rank = best(8_400) } = {},
): readonly string[] {
  return lineRolesOf(lines, stands, ownDay, rank).map(
    ({ line, role, partner }) => `${line.line} ${role}${partner ? ` ${partner.line}` : ''}`,
  )
}

describe('a payment that stands', () => {
  test.each([
    ['settled once', [lineIn(OWN, 2, 'S')], ['2 settles']],
    ['settled twice in its file', [lineIn(OWN, 2, 'S'), lineIn(OWN, 3, 'S')], ['2 settles', '3 again']],
    ['in no file', [], []],
    ['only taken back', [lineIn(OWN, 2, 'R')], ['2 stray']],
    [
      'settled, and taken back in the next file',
      [lineIn(OWN, 2, 'S'), lineIn(NEXT, 3, 'R')],
      ['2 settles', '3 unsettles'],
    ],
    [
      'settled, taken back twice',
      [lineIn(OWN, 2, 'S'), lineIn(NEXT, 3, 'R'), lineIn(THIRD, 4, 'R')],
      ['2 settles', '3 unsettles', '4 stray'],
    ],
    [
      'settled again and taken back, in files of their own',
      [lineIn(OWN, 2, 'S'), lineIn(NEXT, 3, 'R'), lineIn(THIRD, 4, 'S')],
      ['2 settles', '3 takes-back 4', '4 taken-back 3'],
    ],
    [
      'settled by its own day’s file, whatever came before',
      [lineIn(BEFORE, 9, 'S'), lineIn(OWN, 2, 'S')],
      ['2 settles', '9 again'],
    ],
    [
      'settled by the first of other files by date',
      [lineIn(THIRD, 2, 'S'), lineIn(NEXT, 3, 'S')],
      ['2 again', '3 settles'],
    ],
  ] as const)('%s', (_, lines, roles) => {
    expect(story(lines)).toEqual(roles)
  })

  test('is settled by the line that fits it best, among equals by the first', () => {
    const lines = [lineIn(OWN, 2, 'S', 9_000), lineIn(OWN, 3, 'S', 8_400), lineIn(OWN, 4, 'S', 8_400)]
    expect(story(lines)).toEqual(['2 again', '3 settles', '4 again'])
    expect(story(lines.toReversed())).toEqual(['2 again', '3 settles', '4 again'])
  })

  test('without a day of its own goes by date', () => {
    expect(story([lineIn(NEXT, 2, 'S'), lineIn(BEFORE, 3, 'S')], true, { ownDay: null })).toEqual([
      '2 again',
      '3 settles',
    ])
  })
})

describe('a payment that does not stand', () => {
  test.each([
    ['settled once', [lineIn(OWN, 2, 'S')], ['2 settles']],
    ['settled twice', [lineIn(OWN, 2, 'S'), lineIn(NEXT, 3, 'S')], ['2 settles', '3 again']],
    ['settled and taken back', [lineIn(OWN, 2, 'S'), lineIn(NEXT, 3, 'R')], ['2 taken-back 3', '3 takes-back 2']],
    ['only taken back', [lineIn(OWN, 2, 'R'), lineIn(NEXT, 3, 'R')], ['2 stray', '3 stray']],
    [
      'settled twice and taken back once: the latest is taken back',
      [lineIn(OWN, 2, 'S'), lineIn(NEXT, 3, 'S'), lineIn(THIRD, 4, 'R')],
      ['2 settles', '3 taken-back 4', '4 takes-back 3'],
    ],
  ] as const)('%s', (_, lines, roles) => {
    expect(story(lines, false)).toEqual(roles)
  })
})

describe('within one file', () => {
  test('a reversed line meets the settled one of its amount, the worst fitting first', () => {
    expect(story([lineIn(OWN, 2, 'S'), lineIn(OWN, 3, 'R')])).toEqual(['2 cancelled 3', '3 cancelled 2'])
    const amounts = [lineIn(OWN, 2, 'S', 8_400), lineIn(OWN, 3, 'S', 9_000), lineIn(OWN, 4, 'R', 8_400)]
    expect(story(amounts)).toEqual(['2 cancelled 4', '3 settles', '4 cancelled 2'])
    const alike = [lineIn(OWN, 2, 'S'), lineIn(OWN, 3, 'S'), lineIn(OWN, 4, 'R')]
    expect(story(alike)).toEqual(['2 settles', '3 cancelled 4', '4 cancelled 3'])
  })

  test('one of another amount meets what is left, the worst fitting first', () => {
    const lines = [lineIn(OWN, 2, 'S', 8_400), lineIn(OWN, 3, 'S', 9_000), lineIn(OWN, 4, 'R', 1)]
    expect(story(lines)).toEqual(['2 settles', '3 cancelled 4', '4 cancelled 3'])
    const two = [
      lineIn(OWN, 2, 'S', 8_400),
      lineIn(OWN, 3, 'S', 9_000),
      lineIn(OWN, 4, 'R', 9_000),
      lineIn(OWN, 5, 'R', 1),
    ]
    expect(story(two)).toEqual(['2 cancelled 5', '3 cancelled 4', '4 cancelled 3', '5 cancelled 2'])
    const three = [...two, lineIn(OWN, 6, 'R', 2)]
    expect(story(three)).toEqual(['2 cancelled 5', '3 cancelled 4', '4 cancelled 3', '5 cancelled 2', '6 stray'])
  })
})

test('whatever the files: every line has one role, pairs name each other, and the order of arrival does not count', () => {
  const someLine = fc.tuple(
    fc.constantFrom(BEFORE, OWN, NEXT, THIRD),
    fc.constantFrom('S' as const, 'R' as const),
    fc.constantFrom(8_400, 9_000),
  )
  fc.assert(
    fc.property(
      fc.array(someLine, { maxLength: 9 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (rows, stands, keys) => {
        const lines = rows.map(([file, status, amount], i) => lineIn(file, i + 1, status, amount))
        const placed = lineRolesOf(lines, stands, OWN, best(8_400))
        expect(placed.map(({ line }) => line.line)).toEqual(lines.map(({ line }) => line))
        for (const { line, partner } of placed)
          if (partner) expect(placed.find((each) => each.line === partner)?.partner).toBe(line)
        expect(placed.filter(({ role }) => role === 'settles').length).toBeLessThanOrEqual(1)
        const mixed = lines.map((line) => ({ line, key: keys.next().value })).sort((a, b) => a.key - b.key)
        const again = lineRolesOf(
          mixed.map(({ line }) => line),
          stands,
          OWN,
          best(8_400),
        )
        expect(again).toEqual(placed)
      },
    ),
  )
})
