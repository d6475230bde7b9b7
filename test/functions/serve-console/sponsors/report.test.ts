/** A program's report through the console: members with a paid bill, members without, and people who are none yet. */
import { expect, test } from 'vitest'
import { parseBillCode } from '../../../../shared/domain/bill-code.ts'
import type { Kpj } from '../../../../shared/domain/kpj.ts'
import type { RegionCode } from '../../../../shared/domain/region.ts'
import { type CohortRow, NO_COUNTS } from '../../../../shared/domain/sponsors/cohort.ts'
import { cohortIdOf, type ProgramId, parseProgramId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { at } from '../../../support/facts.ts'
import { consoleOn, row } from '../console.ts'

const ID = parseProgramId('jambi.2026') as ProgramId
const PLAN = {
  code: '2026',
  name: 'Pekerja <rentan> 2026',
  funding: 'village',
  budget: { per: 'village', amountRupiah: 100_000 },
  firstMonth: '2026-11',
  months: 2,
  sector: 'farming',
  programs: 'JKK+JKM',
  incomeRupiah: 1_000_000,
  priority: 'stop',
}
const [FIRST, SECOND] = ['12345678901', '12345678902'] as const

const listed = (
  line: number,
  village: string,
  kpj: string | null,
  state: CohortRow['state'] = 'enrolled',
): CohortRow => ({
  line,
  participant: null,
  kpj: kpj as Kpj | null,
  regionCode: village as RegionCode,
  sector: null,
  income: null,
  state,
  refusal: state === 'refused' ? 'BAD_NIK' : null,
  flagged: false,
})

/** Village 1001: one covered through December, one not a member yet and one refused; village 1002: one member without cover. */
async function running() {
  const hub = consoleOn()
  await hub.call('operator', 'POST', '/api/sponsors', {
    id: 'jambi',
    kind: 'province',
    name: 'Jambi',
    regionCode: '15',
  })
  await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', PLAN)
  await hub.importRows(
    row({ kpj: FIRST, funding: 'village' }),
    row({ kpj: SECOND, funding: 'village', nik: '3578011203850002' }),
  )
  const { body } = await hub.call('operator', 'POST', '/api/bills', { kpj: FIRST, months: 2, validUntil: '2026-12-01' })
  await hub.pay('T1', '2026-11-20T10:00', ['2026-11', '2026-12'], { account: body.billCode })
  await hub.fold()
  const billCode = parseBillCode(body.billCode)
  const cohort = {
    id: cohortIdOf(ID, 'a'),
    listDigest: 'a',
    state: 'billed',
    counts: { ...NO_COUNTS, rows: 1_004 },
    billCodes: billCode ? [billCode] : [],
    version: 1,
    receivedBy: 'operator-1',
    receivedAt: at('2026-11-20T09:00'),
  } as const
  await hub.ports.sponsors.putCohort(cohort)
  const first = [
    listed(2, '15.71.01.1001', FIRST),
    listed(3, '15.71.01.1001', null, 'accepted'),
    listed(4, '15.71.01.1001', null, 'refused'),
  ]
  await hub.ports.sponsors.putRows(cohort.id, 1, first, null)
  await hub.ports.sponsors.putRows(cohort.id, 2, [listed(1_002, '15.71.01.1002', SECOND)], null)
  return hub
}

const REPORT = '/api/programs/jambi.2026/report'

test('says who is covered until when, what is unspent, and ranks the villages', async () => {
  const { status, body } = await (await running()).call('sponsor', 'GET', REPORT)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    listed: 3,
    enrolled: 2,
    covered: 1,
    coveredUntil: [
      { month: null, persons: 2 },
      { month: '2026-12', persons: 1 },
    ],
    budgetRupiah: 200_000,
    paidRupiah: 33_600,
    unspentRupiah: 166_400,
  })
  expect(
    body.villages.map((village: Record<string, unknown>) => [village.rank, village.region, village.shareBasisPoints]),
  ).toEqual([
    [1, '15.71.01.1001', 5_000],
    [2, '15.71.01.1002', 0],
  ])
  expect(body.regencies).toMatchObject([{ region: '15.71', listed: 3, workers: 3, isListOnly: true }])
})

test('as CSV, as a workbook and as a page to print, in which nothing of a name is markup', async () => {
  const hub = await running()
  expect((await hub.call('viewer', 'GET', `${REPORT}?format=csv`)).body).toBe(
    [
      'level,region,rank,listed,enrolled,covered,workers,measured_against,share_percent',
      'regency,15.71,1,3,2,1,3,people listed,33.33',
      'village,15.71.01.1001,1,2,1,1,2,people listed,50.00',
      'village,15.71.01.1002,2,1,1,0,1,people listed,0.00',
      '',
    ].join('\r\n'),
  )
  const sheet = Buffer.from((await hub.call('viewer', 'GET', `${REPORT}?format=xlsx`)).body, 'base64')
  expect(sheet.subarray(0, 2).toString()).toBe('PK')
  const page = Buffer.from((await hub.call('viewer', 'GET', `${REPORT}/print`)).body, 'base64').toString()
  expect(page).toContain('<h1>Pekerja &#60;rentan&#62; 2026 (jambi.2026)</h1>')
  expect(page).toContain('<td>Rp166.400</td>')
})

test('lists each person in the order of the lists, page by page, without names', async () => {
  const hub = await running()
  const first = await hub.call('sponsor', 'GET', '/api/programs/jambi.2026/members')
  expect(first.body.items).toEqual([
    {
      cohort: 'jambi.2026.a',
      line: 2,
      kpj: FIRST,
      regionCode: '15.71.01.1001',
      status: 'active',
      paidThrough: '2026-12',
    },
    { cohort: 'jambi.2026.a', line: 3, kpj: null, regionCode: '15.71.01.1001', status: null, paidThrough: null },
  ])
  const second = await hub.call('sponsor', 'GET', `/api/programs/jambi.2026/members?after=${first.body.next}`)
  expect([second.body.items.map(({ line }: { line: number }) => line), second.body.next]).toEqual([[1_002], null])
  expect((await hub.call('sponsor', 'GET', '/api/programs/jambi.2026/members?after=zzz')).status).toBe(400)
})

test('a program without lists reports nobody; one that nobody has is not found', async () => {
  const hub = await running()
  await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', { ...PLAN, code: 'empty' })
  const { body } = await hub.call('viewer', 'GET', '/api/programs/jambi.empty/report')
  expect(body).toMatchObject({ listed: 0, covered: 0, villages: [], paidRupiah: 0 })
  expect((await hub.call('viewer', 'GET', '/api/programs/jambi.none/report')).body.code).toBe('UNKNOWN_PROGRAM')
})
