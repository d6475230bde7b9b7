/** What a sponsor follows: the lists of a program, the latest first, and the bills of a list with how far each is paid. */
import { expect, test } from 'vitest'
import { parseBillCode } from '../../../../shared/domain/bill-code.ts'
import { type Cohort, NO_COUNTS } from '../../../../shared/domain/sponsors/cohort.ts'
import { cohortIdOf, type ProgramId, parseProgramId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { at } from '../../../support/facts.ts'
import { consoleOn, row } from '../console.ts'

const ID = parseProgramId('jambi.2026') as ProgramId
const PLAN = {
  code: '2026',
  name: 'Pekerja rentan 2026',
  funding: 'village',
  budget: { per: 'village', amountRupiah: 100_000 },
  firstMonth: '2026-11',
  months: 2,
  sector: 'farming',
  programs: 'JKK+JKM',
  incomeRupiah: 1_000_000,
  priority: 'stop',
}
const KPJ = '12345678901'

async function withLists() {
  const hub = consoleOn()
  await hub.call('operator', 'POST', '/api/sponsors', {
    id: 'jambi',
    kind: 'province',
    name: 'Jambi',
    regionCode: '15',
  })
  await hub.call('operator', 'POST', '/api/sponsors/jambi/programs', PLAN)
  await hub.importRows(row({ kpj: KPJ, funding: 'village' }))
  const codes: string[] = []
  for (let i = 0; i < 51; i++) {
    const { body } = await hub.call('operator', 'POST', '/api/bills', {
      kpj: KPJ,
      months: 1,
      validUntil: '2026-12-01',
    })
    codes.push(body.billCode)
  }
  const put = (code: string, changed: Partial<Cohort>) =>
    hub.ports.sponsors.putCohort({
      id: cohortIdOf(ID, code),
      listDigest: code,
      state: 'received',
      counts: NO_COUNTS,
      billCodes: [],
      version: 1,
      receivedBy: 'sponsor-1',
      receivedAt: at('2026-11-20T10:00'),
      ...changed,
    })
  await put('b', { state: 'billed', billCodes: codes.map((code) => parseBillCode(code)) as Cohort['billCodes'] })
  await put('a', { receivedAt: at('2026-11-20T12:00') })
  return { hub, codes }
}

test('the lists of a program stand in the order in which they came, the latest first', async () => {
  const { hub } = await withLists()
  const { status, body } = await hub.call('sponsor', 'GET', '/api/programs/jambi.2026/cohorts')
  expect(status).toBe(200)
  expect(body.items.map(({ cohortId, state }: Record<string, string>) => [cohortId, state])).toEqual([
    ['jambi.2026.a', 'received'],
    ['jambi.2026.b', 'billed'],
  ])
  expect((await hub.call('viewer', 'GET', '/api/programs/jambi.none/cohorts')).body.code).toBe('UNKNOWN_PROGRAM')
})

test('the bills of a list come page by page, those that were issued last first', async () => {
  const { hub, codes } = await withLists()
  const of = (query = '') => hub.call('sponsor', 'GET', `/api/cohorts/jambi.2026.b/bills${query}`)
  const first = await of()
  const shown = (items: readonly { readonly billCode: string }[]) => items.map(({ billCode }) => billCode)
  expect(shown(first.body.items)).toEqual(codes.toReversed().slice(0, 50))
  expect(first.body.items[0]).toMatchObject({ status: 'open', amountRupiah: 16_800, memberCount: 1, sharesApplied: 0 })
  const second = await of(`?after=${first.body.next}`)
  expect([shown(second.body.items), second.body.next]).toEqual([codes.slice(0, 1), null])
  expect((await of('?after=9900000000000000')).body.code).toBe('INVALID_INPUT')
  expect((await hub.call('sponsor', 'GET', '/api/cohorts/jambi.2026.a/bills')).body).toEqual({ items: [], next: null })
  expect((await hub.call('viewer', 'GET', '/api/cohorts/jambi.2026.none/bills')).body.code).toBe('UNKNOWN_COHORT')
})
