/** Lines read letter by letter say what the plain reading says (test/support/settlement-line-spec.ts), good and hostile ones. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cutter,
  fieldsOf,
  fixedWidths,
  newCut,
  plainFields,
  quotedFields,
} from '../../../../shared/protocols/settlement-file/cut-line.ts'
import {
  countOf,
  type LineFormat,
  type MoneyForm,
  readLine,
  sumOf,
} from '../../../../shared/protocols/settlement-file/fields.ts'
import { type SpecColumns, specLine, specPlain, specQuoted } from '../../../support/settlement-line-spec.ts'

const names = {
  paymentId: 'ID',
  customerId: 'CUSTOMER',
  outlet: 'OUTLET',
  at: 'TIME',
  amount: 'AMOUNT',
  adminFee: 'ADMIN',
  fee: 'FEE',
  status: 'STATUS',
}
const places = { paymentId: 0, customerId: 1, outlet: 2, at: { iso: 3 }, amount: 4, adminFee: 5, fee: 6, status: 7 }
const RUNS = { numRuns: 2_000 }

/** Letters at the edges of every range that a reader asks for, and some that no layout has. */
const hostile = fc.string({ unit: fc.constantFrom(...' !~\u007f\u001f-./0123456789:;,|"STRé€😀\t'), maxLength: 24 })
const dates = fc.constantFrom(
  '2026-11-20',
  '2026-02-29',
  '2028-02-29',
  '2026-13-01',
  '2026-00-10',
  '1970-01-01',
  '9999-12-31',
  '0050-01-01',
)
const clocks = fc.constantFrom(
  '14:03:21',
  '00:00:00',
  '06:59:59',
  '07:00:00',
  '23:59:59',
  '24:00:00',
  '12:60:00',
  '12:00:60',
  '1a:00:00',
)
const money = fc.oneof(
  fc.nat(10_000_000).map(String),
  fc.nat(10_000_000).map((value) => `${value}.00`),
  fc.nat(10_000).map((value) => String(value).padStart(15, '0')),
  fc.constantFrom(
    '0',
    '00',
    '0.00',
    '-1',
    '-',
    '',
    '1.5',
    '.00',
    '999999999999',
    '1000000000000',
    '0999999999999',
    '1e5',
    '+1',
  ),
  hostile,
)
const columns: fc.Arbitrary<SpecColumns> = fc.record({
  paymentId: fc.oneof(fc.constantFrom('TRX-0001', '', 'X'.repeat(128), 'X'.repeat(129)), hostile),
  customerId: fc.oneof(fc.constantFrom('12345678901', '', '1'.repeat(20), '1'.repeat(21)), hostile),
  outlet: fc.oneof(fc.constantFrom('T001', '', 'X'.repeat(32), 'X'.repeat(33)), hostile),
  at: fc.oneof(
    fc.tuple(dates, fc.constantFrom('T', ' ', 't'), clocks).map((parts) => parts.join('')),
    hostile,
  ),
  amount: money,
  adminFee: money,
  fee: money,
  status: fc.oneof(fc.constantFrom('S', 'R', '', 's', 'SS'), hostile),
})
const forms: readonly MoneyForm[] = ['whole', 'cents', 'padded']

function read(cutter: Cutter, text: string, format: Pick<LineFormat, 'money'> & Partial<LineFormat>) {
  const cut = newCut()
  // In the middle of a chunk: what stands before and behind is not the line's.
  const before = 'behind,9\n'
  const chunk = `${before}${text}\n9,before`
  expect(cutter(cut, chunk, before.length, before.length + text.length)).toBe(true)
  return readLine(cut, 7, { names, places, ...format })
}

describe('a line means what it says, however it is cut', () => {
  test.each(forms)('between separators, with money as %s', (form) => {
    fc.assert(
      fc.property(columns, (line) => {
        const { paymentId, customerId, outlet, at, amount, adminFee, fee, status } = line
        const text = [paymentId, customerId, outlet, at, amount, adminFee, fee, status].join('\u0001')
        expect(read(plainFields('\u0001'), text, { money: form })).toEqual(specLine(line, 7, form, names))
      }),
      RUNS,
    )
  })

  test('with its time in one run of digits, or in two fields', () => {
    fc.assert(
      fc.property(columns, dates, fc.oneof(clocks, hostile), (line, date, clock) => {
        const { paymentId, customerId, outlet, amount, adminFee, fee, status } = line
        const rest = [amount, adminFee, fee, status]
        const compact = (date + clock).replace(/[-:]/g, '')
        const oneRun = [paymentId, customerId, outlet, compact, ...rest].join('\u0001')
        expect(
          read(plainFields('\u0001'), oneRun, { money: 'whole', places: { ...places, at: { compact: 3 } } }),
        ).toEqual(
          // A run that has the dashes of the other form is no moment in this one.
          specLine({ ...line, at: /^\d*$/.test(compact) ? compact : '' }, 7, 'whole', names),
        )
        const twoFields = [paymentId, customerId, outlet, date, ...rest, clock].join('\u0001')
        const inTwo = { ...places, at: { date: 3, time: 8 } }
        expect(read(plainFields('\u0001'), twoFields, { money: 'whole', places: inTwo })).toEqual(
          specLine({ ...line, at: clock.length === 8 ? `${date}T${clock}` : '' }, 7, 'whole', names),
        )
      }),
      RUNS,
    )
  })
})

describe('a line is cut where it should be', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'ab,"" ;é😀'), maxLength: 30 })

  test('at every separator, and between quotes at none', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(fieldsOf(plainFields(','), text)).toEqual(specPlain(text, ','))
        expect(fieldsOf(quotedFields(','), text)).toEqual(specQuoted(text, ','))
      }),
      { numRuns: 5_000 },
    )
  })

  test('by width, with blanks taken off only on the right of what is filled', () => {
    const cut = fixedWidths([1, 6, 4], [1])
    expect(fieldsOf(cut, 'D a b   12 ')).toEqual(['D', ' a b', '12 '.padStart(4, ' ')])
    expect(fieldsOf(cut, 'D      0012')).toEqual(['D', '', '0012'])
    expect(fieldsOf(cut, 'D      001')).toBeUndefined()
    expect(fieldsOf(cut, 'D      00123')).toBeUndefined()
  })

  test('also where there are more fields than any layout has', () => {
    const cut = newCut()
    const many = ','.repeat(1_000)
    expect(plainFields(',')(cut, many, 0, many.length)).toBe(true)
    expect(cut.count).toBe(1_001)
    expect(fieldsOf(plainFields(','), many)).toBeUndefined()
  })
})

describe('a sum of a trailer', () => {
  test.each<[string, MoneyForm, number | undefined]>([
    ['0', 'whole', 0],
    ['-8400', 'whole', -8_400],
    ['08400', 'whole', undefined],
    ['8400.00', 'whole', undefined],
    ['0.00', 'cents', 0],
    ['-12.00', 'cents', -12],
    ['x12.00', 'cents', undefined],
    ['--12.00', 'cents', undefined],
    ['012.00', 'cents', undefined],
    ['12.001', 'cents', undefined],
    ['12.50', 'cents', undefined],
    ['12', 'cents', undefined],
    ['00012', 'padded', 12],
    ['-00012', 'padded', -12],
    ['x12', 'padded', undefined],
    ['12x', 'padded', undefined],
    ['', 'padded', undefined],
    ['9007199254740992', 'whole', undefined],
  ])('%s as %s is %s', (text, form, sum) => {
    expect(sumOf(text, form)).toBe(sum)
  })

  test.each<[string, 'whole' | 'padded', number | undefined]>([
    ['12', 'whole', 12],
    ['012', 'whole', undefined],
    ['x12', 'whole', undefined],
    ['12x', 'whole', undefined],
    ['012', 'padded', 12],
    ['-1', 'padded', undefined],
  ])('counts: %s as %s is %s', (text, form, count) => {
    expect(countOf(text, form)).toBe(count)
  })
})
