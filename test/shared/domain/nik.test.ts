/** NIKs: one defect repaired per row, in order of precedence; sex, century and leap years; masks. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../shared/domain/instant.ts'
import { maskNik, NIK_REFUSALS, parseNik } from '../../../shared/domain/nik.ts'
import { PROVINCES } from '../../../shared/domain/region.ts'

const TODAY = '2026-11-20' as BusinessDate

const anyBirth = fc.integer({ min: 0, max: 36_000 }).map((days) => addDays(TODAY, -days))
const anyPerson = fc.record({
  province: fc.constantFrom(...PROVINCES.keys()),
  area: fc.integer({ min: 1, max: 9_999 }).map((n) => String(n).padStart(4, '0')),
  birthDate: anyBirth,
  sex: fc.constantFrom('female' as const, 'male' as const),
  serial: fc.integer({ min: 1, max: 9_999 }).map((n) => String(n).padStart(4, '0')),
})
type Person = typeof anyPerson extends fc.Arbitrary<infer P> ? P : never

function write({ province, area, birthDate, sex, serial }: Person): string {
  const day = Number(birthDate.slice(8)) + (sex === 'female' ? 40 : 0)
  const date = String(day).padStart(2, '0') + birthDate.slice(5, 7) + birthDate.slice(2, 4)
  return province + area + date + serial
}

describe('reading a NIK', () => {
  test('each row repairs the defect of the row before it, in the order of precedence', () => {
    const rows = ['99730132139500', '9973013213950000', '3273013213950000', '3273011203950000', '3273011203950001']
    const reasons = rows.map((text) => {
      const read = parseNik(text, TODAY)
      return read.outcome === 'refused' ? read.reason : read.outcome
    })
    expect(reasons).toEqual([...NIK_REFUSALS, 'nik'])
  })

  test.each<[string, string, string]>([
    ['a man born on 12 March 1995', '3273011203950001', 'male 1995-03-12'],
    ['a woman born on 12 March 1995', '3273015203950001', 'female 1995-03-12'],
    ['a woman born on the 31st', '3273017112990001', 'female 1999-12-31'],
    ['a man born on 29 February 2000', '3273012902000001', 'male 2000-02-29'],
    ['a woman born on 29 February 1996', '3273016902960001', 'female 1996-02-29'],
    ['a child born today', '3273012011260001', 'male 2026-11-20'],
    ['somebody who will be a hundred tomorrow', '3273012111260001', 'male 1926-11-21'],
    ['somebody born in 1927', '3273010101270001', 'male 1927-01-01'],
    ['somebody born on 29 February 1928', '3273012902280001', 'male 1928-02-29'],
    ['the highest serial', '3273011203959999', 'male 1995-03-12'],
  ])('%s', (_, text, person) => {
    const read = parseNik(text, TODAY)
    expect(read.outcome === 'nik' ? `${read.sex} ${read.birthDate}` : read.reason).toBe(person)
  })

  test.each<[string, string, string]>([
    ['fifteen digits', '327301120395000', 'not-16-digits'],
    ['seventeen digits', '32730112039500011', 'not-16-digits'],
    ['a space', '3273011203950001 ', 'not-16-digits'],
    ['a letter O', '327301120395000O', 'not-16-digits'],
    ['Arabic digits', '٣٢٧٣٠١١٢٠٣٩٥٠٠٠١', 'not-16-digits'],
    ['a bill code', '9900000000000013', 'unknown-province'],
    ['no such province', '2073011203950001', 'unknown-province'],
    ['day 0', '3273010003950001', 'impossible-date'],
    ['day 40, which is no woman’s', '3273014003950001', 'impossible-date'],
    ['day 32', '3273013203950001', 'impossible-date'],
    ['a woman’s day 32', '3273017203950001', 'impossible-date'],
    ['month 0', '3273011200950001', 'impossible-date'],
    ['month 13', '3273011213950001', 'impossible-date'],
    ['31 April', '3273013104950001', 'impossible-date'],
    ['29 February 1995', '3273012902950001', 'impossible-date'],
    ['a woman’s 29 February 1995', '3273016902950001', 'impossible-date'],
    ['30 February', '3273013002960001', 'impossible-date'],
    ['serial 0000', '3273011203950000', 'serial-zero'],
  ])('%s is refused', (_, text, reason) => {
    expect(parseNik(text, TODAY)).toEqual({ outcome: 'refused', reason })
  })

  test('1900 had no 29 February, 2000 had', () => {
    expect(parseNik('3273012902000001', '1999-12-31' as BusinessDate).outcome).toBe('refused')
    expect(parseNik('3273012902000001', '2000-02-29' as BusinessDate).outcome).toBe('nik')
  })

  test('whoever lives is read back as written, man or woman', () => {
    fc.assert(
      fc.property(anyPerson, (person) => {
        const { province, birthDate, sex } = person
        const nik = write(person)
        expect(parseNik(nik, TODAY)).toEqual({ outcome: 'nik', nik, province, birthDate, sex })
      }),
    )
  })

  test('no text throws, and nobody read is unborn or a hundred years old', () => {
    const digits = fc.stringMatching(/^[1-9]\d{15}$/)
    fc.assert(
      fc.property(fc.oneof(fc.string(), digits), (text) => {
        const read = parseNik(text, TODAY)
        if (read.outcome === 'nik') expect(read.birthDate <= TODAY && read.birthDate > '1926-11-20').toBe(true)
        else expect(NIK_REFUSALS).toContain(read.reason)
      }),
    )
  })
})

describe('masking a NIK', () => {
  test('birth date and sex are hidden', () => {
    expect(maskNik('3273015203950001')).toBe('3273**********01')
  })

  test('what is no NIK is hidden whole', () => {
    expect(maskNik('12345')).toBe('*****')
  })
})
