/** What the sponsors' pages work out for themselves: whose money a sponsor may give, refused rows, and a question about a budget. */
import { describe, expect, test } from 'vitest'
import type { components } from '../../dashboard/src/api/schema.d.ts'
import { asTheProgram, questionOf } from '../../dashboard/src/pages/sponsors/budget-question.ts'
import { FUNDINGS_OF as SHOWN } from '../../dashboard/src/pages/sponsors/fundings.ts'
import { monthAfter } from '../../dashboard/src/pages/sponsors/months.ts'
import { countByReason, refusedRowsOf } from '../../dashboard/src/pages/sponsors/refused-csv.ts'
import { budgetQuestion } from '../../functions/serve-console/sponsors/budget-schemas.ts'
import { FUNDINGS_OF } from '../../shared/domain/sponsors/sponsor.ts'

const PROGRAM: components['schemas']['Program'] = {
  id: 'jambi.2027',
  sponsorId: 'jambi',
  name: 'Pekerja rentan',
  state: 'enrolling',
  version: 2,
  steps: ['bill', 'abandon'],
  funding: 'village',
  budget: { per: 'village', amountRupiah: 10_000_000 },
  firstMonth: '2027-01',
  lastMonth: '2027-12',
  months: 12,
  sector: 'farming',
  programs: 'JKK+JKM',
  incomeRupiah: 1_000_000,
  priority: 'stop',
  personRupiah: 201_600,
  createdAt: '2026-11-20T03:00:00.000Z',
}

test('offers the money that the API takes of each kind of sponsor', () => {
  expect(SHOWN).toEqual(FUNDINGS_OF)
})

test('the month after a day or a month', () => {
  expect([monthAfter('2026-11-20'), monthAfter('2026-12'), monthAfter('2026-09')]).toEqual([
    '2026-12',
    '2027-01',
    '2026-10',
  ])
})

describe('refused rows', () => {
  const csv = [
    'line,nik,name,region_code,sector,income,phone,code,reason',
    '18,123,"BUDI, ""B"" SANTOSO",15.71.01.1001,,,,BAD_NIK,"nik: expected 16 digits, no less"',
    '19,,,,,,,DUPLICATE_IN_LIST,this NIK stands in an earlier row',
    '20,1,"two\nlines",,,,,BAD_NIK,"nik: expected 16 digits, no less"',
    '',
  ].join('\r\n')

  test('are read back as line, code and reason; nothing of a person stays', () => {
    const rows = refusedRowsOf(csv)
    expect(rows.map(({ line, code }) => [line, code])).toEqual([
      [18, 'BAD_NIK'],
      [19, 'DUPLICATE_IN_LIST'],
      [20, 'BAD_NIK'],
    ])
    expect(rows[0]?.reason).toBe('nik: expected 16 digits, no less')
    expect(JSON.stringify(rows)).not.toContain('BUDI')
  })

  test('are counted by reason, the most frequent first', () => {
    expect(countByReason(refusedRowsOf(csv)).map(({ count }) => count)).toEqual([2, 1])
  })

  test('there are none in a file of its header', () => {
    expect(refusedRowsOf('line,nik,code,reason\r\n')).toEqual([])
  })
})

describe('what if', () => {
  const asked = asTheProgram(PROGRAM)

  test('begins as the program has it', () => {
    const read = questionOf(asked)
    expect(read).toEqual({
      outcome: 'question',
      question: {
        funding: 'village',
        budget: { per: 'village', amountRupiah: 10_000_000 },
        firstMonth: '2027-01',
        months: 12,
        programs: 'JKK+JKM',
      },
    })
  })

  test('asks about people that are entered, and about another discount, as the API takes it', () => {
    const read = questionOf({
      ...asked,
      people: 'asked',
      villages: '15.71.01.1001 50\n\n1571011002;7\n',
      funding: 'csr',
      discountPercent: '50',
      discountTo: '2027-03',
    })
    if (read.outcome !== 'question') throw new Error(`expected a question, got ${read.outcome}`)
    expect(read.question.villages).toEqual([
      { regionCode: '15.71.01.1001', persons: 50 },
      { regionCode: '1571011002', persons: 7 },
    ])
    const farming = read.question.rules?.tariff?.discountBasisPoints?.farming
    expect(farming?.map(({ from, value }) => [from, value])).toEqual([
      ['2015-07', 0],
      ['2027-01', 5_000],
      ['2027-04', 0],
    ])
    expect(budgetQuestion.safeParse(read.question).success).toBe(true)
  })

  test.each([
    ['a line without a number', '15.71.01.1001 50\n15.71.01.1002', 2],
    ['nobody at all', '', 1],
    ['a province', '15 50', 1],
  ])('says which line names no village: %s', (_, villages, line) => {
    expect(questionOf({ ...asked, people: 'asked', villages })).toEqual({ outcome: 'bad-line', line })
  })

  test.each([
    ['more than all', { discountPercent: '101' }],
    ['a fraction', { discountPercent: '12.5' }],
    ['an end before its beginning', { discountPercent: '50', discountFrom: '2027-05', discountTo: '2027-04' }],
  ])('refuses a discount that is none: %s', (_, changed) => {
    expect(questionOf({ ...asked, ...changed })).toEqual({ outcome: 'bad-discount' })
  })
})
