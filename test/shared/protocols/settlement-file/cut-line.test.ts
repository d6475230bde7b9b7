/** A line is cut into exactly what stands between its separators or in its columns, wherever it stands in a text. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cutter,
  fieldOf,
  fieldsOf,
  fixedWidths,
  newCut,
  plainFields,
  quotedFields,
} from '../../../../shared/protocols/settlement-file/cut-line.ts'

/** The line in the middle of other text; undefined where it cannot be read. */
function cutWithin(cutter: Cutter, line: string, before = '', behind = ''): readonly string[] | undefined {
  const cut = newCut()
  const text = `${before}${line}${behind}`
  if (!cutter(cut, text, before.length, before.length + line.length)) return undefined
  return Array.from({ length: cut.count }, (_, field) => fieldOf(cut, field))
}

const around = fc.constantFrom('', 'x', 'a,b\n', '"', '\n"q",')
const letters = fc.string({ unit: fc.constantFrom('a', '1', ' ', 'é', ';', "'"), maxLength: 5 })

describe('fields between separators', () => {
  test('are what a split gives, whatever stands around the line', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ',', '"', ' '), maxLength: 20 })
    fc.assert(
      fc.property(line, around, around, (text, before, behind) => {
        expect(cutWithin(plainFields(','), text, before, behind)).toEqual(text.split(','))
      }),
    )
  })

  test('are counted where there are more than fit, and are no fields then', () => {
    const line = Array.from({ length: 33 }, (_, i) => i).join('|')
    const cut = newCut()
    expect(plainFields('|')(cut, line, 0, line.length)).toBe(true)
    expect([cut.count, fieldOf(cut, 31)]).toEqual([33, '31'])
    expect(fieldsOf(plainFields('|'), line)).toBeUndefined()
    expect(fieldsOf(plainFields('|'), line.slice(0, -3))).toHaveLength(32)
  })
})

describe('fields that may be quoted', () => {
  const cell = fc.record({
    text: fc.string({ unit: fc.constantFrom('a', '1', ',', '"', ' '), maxLength: 6 }),
    quoted: fc.boolean(),
  })
  const written = (cells: readonly { readonly text: string; readonly quoted: boolean }[]) =>
    cells.map(({ text, quoted }) => (quoted || /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(',')

  test('read back as they were written, quotes and separators inside them included', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), around, around, (cells, before, behind) => {
        expect(cutWithin(quotedFields(','), written(cells), before, behind)).toEqual(cells.map(({ text }) => text))
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['a quote that never closes', '"a'],
    ['a quote that never closes, behind others', 'a,"b'],
    ['a quote alone', '"'],
    ['a quote within plain text', 'a"b'],
    ['a quote at the end of plain text', 'a"'],
    ['something behind a closing quote', '"a"b'],
    ['something behind a closing quote, before others', '"a"b,c'],
    ['a blank before a quote', 'a, "b"'],
    ['doubled quotes, and one that never closes', '"a""b","c'],
    ['doubled quotes that never close', '"a""'],
    ['doubled quotes, and something behind', '"a""b"c'],
    ['doubled quotes, and a quote within plain text', '"a""b",c"d'],
  ])('cannot be read with %s', (_, line) => {
    expect(cutWithin(quotedFields(','), line)).toBeUndefined()
    expect(cutWithin(quotedFields(','), line, 'x,', ',"')).toBeUndefined()
    expect(fieldsOf(quotedFields(','), line)).toBeUndefined()
  })

  test.each([
    ['', ['']],
    ['""', ['']],
    ['"",', ['', '']],
    [',', ['', '']],
    ['"a",b', ['a', 'b']],
    ['a,"b"', ['a', 'b']],
    ['"a""",b', ['a"', 'b']],
    ['"""a""",""', ['"a"', '']],
    ['x,"a""b",', ['x', 'a"b', '']],
  ])('%j are %j', (line, fields) => {
    expect(cutWithin(quotedFields(','), line, '"', '"')).toEqual(fields)
  })
})

describe('fields of fixed widths', () => {
  test('are their columns; blanks at the end are taken off where a column is filled with them', () => {
    fc.assert(
      fc.property(letters, letters, around, around, (first, second, before, behind) => {
        const line = `${first.padEnd(5)}|${second.padEnd(5)}`
        const all = cutWithin(fixedWidths([5, 1, 5], [2]), line, before, behind)
        expect(all).toEqual([first.padEnd(5), '|', second.trimEnd()])
        expect(cutWithin(fixedWidths([5, 1, 5]), line, before, behind)?.[2]).toBe(second.padEnd(5))
      }),
    )
    expect(cutWithin(fixedWidths([3], [0]), '   ')).toEqual([''])
  })

  test('make a line of another length none of the layout', () => {
    const cutter = fixedWidths([2, 3])
    expect(cutWithin(cutter, '12345')).toEqual(['12', '345'])
    for (const line of ['1234', '123456', '']) expect(cutWithin(cutter, line, 'x', 'x')).toBeUndefined()
  })
})
