/** Each way in which a row of a sponsor's list can be wrong, one defect at a time, in order of precedence. */
import { describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import type { RegionCode } from '../../../../shared/domain/region.ts'
import { duplicateFinder } from '../../../../shared/domain/sponsors/duplicates.ts'
import { judgeRow } from '../../../../shared/domain/sponsors/judge-row.ts'
import { ageOn } from '../../../../shared/domain/sponsors/member-age.ts'
import type { ListCell, ListRow } from '../../../../shared/domain/sponsors/member-list.ts'
import { ROW_REFUSAL_CODES, type RowRefusalCode, reasonOf } from '../../../../shared/domain/sponsors/row-refusals.ts'

const TODAY = '2026-11-20' as BusinessDate
const JAMBI = { regionCode: '15' as RegionCode }
const GOOD = ['1571011203850001', 'Budi  Santoso', '15.71.01.1001', 'farming', '1000000', '081234567890']

function rowOf(
  texts: readonly string[],
  kinds: Partial<Record<number, ListCell['kind']>> = {},
  isWhole = true,
): ListRow {
  return { line: 2, isWhole, cells: texts.map((text, i) => ({ text, kind: kinds[i] ?? 'text' })) }
}

function judged(changes: Partial<Record<number, string>>, kinds?: Partial<Record<number, ListCell['kind']>>) {
  return judgeRow(
    rowOf(
      GOOD.map((text, i) => changes[i] ?? text),
      kinds,
    ),
    JAMBI,
    TODAY,
  )
}

test('a good row is a person, normalised', () => {
  expect(judged({})).toEqual({
    outcome: 'person',
    person: {
      nik: GOOD[0],
      name: 'Budi Santoso',
      regionCode: '15.71.01.1001',
      sector: 'farming',
      income: 1_000_000,
      phone: '+6281234567890',
    },
  })
  expect(judged({ 3: '', 4: '', 5: '' })).toMatchObject({ person: { sector: null, income: null, phone: '' } })
})

describe('a row is refused', () => {
  test.each<[RowRefusalCode, Partial<Record<number, string>>, Partial<Record<number, ListCell['kind']>>?]>([
    ['MERGED_CELLS', {}, { 2: 'merged' }],
    ['FORMULA', {}, { 4: 'formula' }],
    ['FORMULA', { 1: '=HYPERLINK("x")' }],
    ['DATE_CELL', {}, { 5: 'date' }],
    ['NIK_AS_NUMBER', {}, { 0: 'number' }],
    ['NIK_AS_NUMBER', { 0: '1.57101120385E+15' }],
    ['NIK_AS_NUMBER', { 0: '1,57101E+15' }],
    ['CELL_TOO_LONG', { 1: 'A'.repeat(401) }],
    ['SHIFTED_COLUMNS', { 0: 'Budi Santoso', 1: '1571011203850001' }],
    ['BAD_NIK', { 0: '157101120385000' }],
    ['BAD_NIK', { 0: '9971011203850001' }],
    ['BAD_NIK', { 0: '1571011203850000' }],
    ['IMPOSSIBLE_DATE', { 0: '1571013102850001' }],
    ['AGE_OUTSIDE', { 0: '1571011203150001' }],
    ['AGE_OUTSIDE', { 0: '1571012011610001' }],
    ['BAD_NAME', { 1: '12345' }],
    ['BAD_NAME', { 1: '' }],
    ['BAD_REGION', { 2: 'Jambi' }],
    ['REGION_OUTSIDE', { 2: '35.78.01.1001' }],
    ['WAGE_EARNER', { 3: 'Penerima Upah' }],
    ['BAD_SECTOR', { 3: 'petani' }],
    ['BAD_INCOME', { 4: '1.000.000' }],
    ['BAD_PHONE', { 5: '812345' }],
  ])('as %s for %j %j', (code, changes, kinds) => {
    expect(judged(changes, kinds)).toEqual({ outcome: 'refused', code })
  })
  test('where cells are missing', () => {
    expect(judgeRow(rowOf(GOOD, {}, false), JAMBI, TODAY)).toEqual({ outcome: 'refused', code: 'SHIFTED_COLUMNS' })
  })
  test('never for its age on the last day before 65, nor on the first of 15', () => {
    expect(judged({ 0: '1571012111610001' })).toMatchObject({ outcome: 'person' })
    expect(judged({ 0: '1571012011110001' })).toMatchObject({ outcome: 'person' })
  })
})

test('somebody born on a leap day is a year older on 1 March', () => {
  const born = '2000-02-29' as BusinessDate
  expect([ageOn(born, '2026-02-28' as BusinessDate), ageOn(born, '2026-03-01' as BusinessDate)]).toEqual([25, 26])
})

describe('one NIK twice on a list', () => {
  const person = (name: string, nik = GOOD[0]) =>
    ({ ...(judged({ 0: nik as string, 1: name }) as unknown as { person: object }).person }) as never

  test('counts once; under another name all its rows are flagged', () => {
    const { isRepeated, flagged } = duplicateFinder()
    expect(isRepeated(2, person('Budi Santoso'))).toBe(false)
    expect(isRepeated(3, person('BUDI  SANTOSO'))).toBe(true)
    expect([...flagged]).toEqual([])
    expect(isRepeated(4, person('Budi Susanto'))).toBe(true)
    expect([...flagged]).toEqual([2, 4])
    expect(isRepeated(5, person('Budi Santoso', '1571011203850002'))).toBe(false)
  })
})

test('every refusal has a reason in both languages, and none holds a digit of anybody', () => {
  for (const code of ROW_REFUSAL_CODES) {
    const [en, id] = [reasonOf(code, 'en'), reasonOf(code, 'id')]
    expect(en).not.toBe(id)
    expect(en.length + id.length).toBeGreaterThan(20)
    expect(`${en} ${id}`).not.toMatch(/\d{16}/)
  }
})
