/** A program's budget through the console: of the people on its lists, and what if it were otherwise. */
import { expect, test } from 'vitest'
import type { RegionCode } from '../../../../shared/domain/region.ts'
import { type CohortRow, NO_COUNTS } from '../../../../shared/domain/sponsors/cohort.ts'
import { cohortIdOf, type ProgramId, parseProgramId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { at } from '../../../support/facts.ts'
import { consoleOn } from '../console.ts'

const ID = parseProgramId('jambi.2027') as ProgramId
const PLAN = {
  code: '2027',
  name: 'Pekerja rentan 2027',
  funding: 'village',
  budget: { per: 'village', amountRupiah: 10_000_000 },
  firstMonth: '2027-01',
  months: 12,
  sector: 'farming',
  programs: 'JKK+JKM',
  incomeRupiah: 1_000_000,
  priority: 'stop',
}

const rowAt = (line: number, village: string, changed: Partial<CohortRow> = {}): CohortRow => ({
  line,
  participant: null,
  kpj: null,
  regionCode: village as RegionCode,
  sector: null,
  income: null,
  state: 'accepted',
  refusal: null,
  flagged: false,
  ...changed,
})

/** Two villages: one with 50 people and three who are refused, left or of a withdrawn list, one with ten. */
async function withLists() {
  const hub = consoleOn()
  await hub.call('operator', 'POST', '/api/sponsors', {
    id: 'jambi',
    kind: 'province',
    name: 'Jambi',
    regionCode: '15',
  })
  await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', PLAN)
  const rows = [
    ...Array.from({ length: 50 }, (_, i) => rowAt(i + 2, '15.71.01.1001', { state: i % 2 ? 'enrolled' : 'accepted' })),
    rowAt(52, '15.71.01.1001', { state: 'refused', refusal: 'BAD_NIK' }),
    rowAt(53, '15.71.01.1001', { state: 'left' }),
    ...Array.from({ length: 10 }, (_, i) => rowAt(i + 54, '15.71.01.1002')),
  ]
  const stamp = { billCodes: [], version: 1, receivedBy: 'operator-1', receivedAt: at('2026-11-20T09:00') }
  const cohort = {
    ...stamp,
    id: cohortIdOf(ID, 'a'),
    listDigest: 'a',
    state: 'judged',
    counts: { ...NO_COUNTS, rows: 62 },
  } as const
  await hub.ports.sponsors.putCohort(cohort)
  await hub.ports.sponsors.putRows(cohort.id, 1, rows, null)
  const gone = { ...cohort, id: cohortIdOf(ID, 'b'), state: 'withdrawn' } as const
  await hub.ports.sponsors.putCohort(gone)
  await hub.ports.sponsors.putRows(gone.id, 1, rows, null)
  return hub
}

test('who is on the lists and to be covered is counted by village; one village is short of a person', async () => {
  const { body, status } = await (await withLists()).call('viewer', 'GET', '/api/programs/jambi.2027/budget')
  expect(status).toBe(200)
  expect(body).toMatchObject({ persons: 60, needRupiah: 60 * 201_600, shortfallRupiah: 80_000, villagesShort: 1 })
  expect(body.villages).toEqual([
    {
      regionCode: '15.71.01.1001',
      persons: 50,
      needRupiah: 10_080_000,
      budgetRupiah: 10_000_000,
      shortfallRupiah: 80_000,
      coveredInFull: 49,
      leftOut: 1,
      personMonths: 595,
    },
    {
      regionCode: '15.71.01.1002',
      persons: 10,
      needRupiah: 2_016_000,
      budgetRupiah: 10_000_000,
      shortfallRupiah: 0,
      coveredInFull: 10,
      leftOut: 0,
      personMonths: 120,
    },
  ])
  expect(
    body.options.map((option: Record<string, unknown>) => [option.kind, option.months, option.persons, option.leftOut]),
  ).toEqual([
    ['fewer-months', 11, 60, 0],
    ['list-order', 12, 59, 1],
  ])
})

test('as a file: one line for each village', async () => {
  const { body } = await (await withLists()).call('viewer', 'GET', '/api/programs/jambi.2027/budget?format=csv')
  expect(body).toBe(
    'region_code,persons,need_rupiah,budget_rupiah,shortfall_rupiah,covered_in_full,left_out,person_months\r\n' +
      '15.71.01.1001,50,10080000,10000000,80000,49,1,595\r\n' +
      '15.71.01.1002,10,2016000,10000000,0,10,0,120\r\n',
  )
})

test('a row of its own sector or income costs what that costs', async () => {
  const hub = await withLists()
  const rows = [rowAt(2, '15.71.01.1001', { income: 2_500_000 as never })]
  const { mark = null } = (await hub.ports.sponsors.markedRows(cohortIdOf(ID, 'a'), 1)) ?? {}
  expect(await hub.ports.sponsors.putRows(cohortIdOf(ID, 'a'), 1, rows, mark)).toBe('put')
  const { body } = await hub.call('viewer', 'GET', '/api/programs/jambi.2027/budget')
  expect(body.needRupiah).toBe(12 * (26_000 + 6_800))
})

test.each([
  ['eleven months', { months: 11 }, 60 * 11 * 16_800, 0],
  ['a larger budget', { budget: { per: 'village', amountRupiah: 10_080_000 } }, 60 * 201_600, 0],
  ['one budget for all', { budget: { per: 'total', amountRupiah: 20_000_000 } }, 60 * 201_600, 0],
  ['savings too', { programs: 'JKK+JKM+JHT' }, 60 * 441_600, 50 * 441_600 - 10_000_000],
  ['a private sponsor while the discount lasts', { funding: 'csr', firstMonth: '2026-11', months: 2 }, 60 * 16_800, 0],
  [
    'a discount that lasts a year longer',
    {
      funding: 'csr',
      rules: {
        tariff: {
          discountBasisPoints: {
            farming: [
              { from: '2015-07', value: 0, source: 'none' },
              { from: '2026-04', value: 5_000, source: 'a decree' },
              { from: '2028-01', value: 0, source: 'a decree' },
            ],
          },
        },
      },
    },
    60 * 100_800,
    0,
  ],
  ['other villages', { villages: [{ regionCode: '15.71.01.1001', persons: 51 }] }, 51 * 201_600, 281_600],
])('what if: %s', async (_, question, need, shortfall) => {
  const { body, status } = await (await withLists()).call(
    'operator',
    'POST',
    '/api/programs/jambi.2027/budget',
    question,
  )
  expect([status, body.needRupiah, body.shortfallRupiah]).toEqual([200, need, shortfall])
})

test.each([
  ['no region', { villages: [{ regionCode: '99.01', persons: 1 }] }],
  ['half a person', { villages: [{ regionCode: '15.71', persons: 0.5 }] }],
  ['a rule that leaves a gap', { rules: { graceMonths: [{ from: '2027-01', value: 3, source: 'x' }] } }],
  ['an unknown field', { month: 3 }],
])('is refused: %s', async (_, question) => {
  const { body, status } = await (await withLists()).call(
    'operator',
    'POST',
    '/api/programs/jambi.2027/budget',
    question,
  )
  expect([status, body.code]).toEqual([400, 'INVALID_INPUT'])
})

test('78,000 people in 1,562 villages are asked about in one call', async () => {
  const villages = Array.from({ length: 1_562 }, (_, i) => ({
    regionCode: `15.71.01.${1_001 + i}`,
    persons: i < 1_462 ? 50 : 49,
  }))
  const { body } = await (await withLists()).call('operator', 'POST', '/api/programs/jambi.2027/budget', { villages })
  expect(body).toMatchObject({ persons: 78_000, villagesShort: 1_462, shortfallRupiah: 1_462 * 80_000 })
})
