/** A person pays for people nearby: named without a file, enrolled and billed as every list is, with one code. */
import { describe, expect, test } from 'vitest'
import { enrolCohort } from '../../../../functions/enrol-cohort/enrol-cohort.ts'
import type { CohortId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { accountOf } from '../../../support/ids.ts'
import { consoleOn } from '../console.ts'

const SPONSOR = 'ibu-ani'
const AGENT = 'PRS-JBI-001'
const PLAN = {
  code: 'tetangga',
  name: 'Sertakan',
  funding: 'private',
  budget: { per: 'total', amountRupiah: 1_000_000 },
  firstMonth: '2026-11',
  months: 2,
  sector: 'services',
  programs: 'JKK+JKM',
  incomeRupiah: 1_000_000,
  priority: 'stop',
}
const neighbour = (serial: number, changed: object = {}) => ({
  nik: `157101120385${String(serial).padStart(4, '0')}`,
  name: 'SITI "ITI" AMINAH, S.PD',
  regionCode: '15.71.01.1001',
  ...changed,
})

async function withPerson(kind = 'person') {
  const hub = consoleOn()
  const name = kind === 'person' ? {} : { name: 'PT Tetangga' }
  await hub.call('operator', 'POST', '/api/sponsors', { id: SPONSOR, kind, ...name })
  await hub.call('operator', 'POST', `/api/sponsors/${SPONSOR}/programs`, PLAN)
  await hub.call('operator', 'POST', `/api/programs/${SPONSOR}.tetangga/opening`)
  await hub.call('operator', 'POST', '/api/agents', { code: AGENT, kind: 'person' })
  const nameNeighbours = (people: readonly object[], agent = '') =>
    hub.call('operator', 'POST', `/api/sponsors/${SPONSOR}/neighbours?program=${SPONSOR}.tetangga${agent}`, { people })
  return { hub, nameNeighbours }
}

async function work(hub: ReturnType<typeof consoleOn>, cohort: string): Promise<void> {
  const { segments: _reading, ...console } = hub.ports
  const ports = { ...console, segments: hub.segments }
  while ((await enrolCohort(ports, cohort as CohortId)).outcome !== 'idle');
  await hub.fold()
}

describe('a person', () => {
  test('names neighbours, gets one bill at the discounted price, and covers them with one payment', async () => {
    const { hub, nameNeighbours } = await withPerson()
    const people = [neighbour(1, { name: 'SITI AMINAH' }), neighbour(2, { name: 'JOKO', sector: 'transport' })]
    const { status, body } = await nameNeighbours(people, `&agent=${AGENT}`)
    expect([status, body]).toMatchObject([202, { state: 'received', agent: AGENT }])
    const received = hub.settlements.chain
      .map((item) => readAuditEntry(item))
      .find(({ subject }) => subject === `list#${body.cohortId}`)
    expect(received).toMatchObject({ action: 'imported', detail: { agent: AGENT } })
    await work(hub, body.cohortId)
    const billed = await hub.call('operator', 'POST', `/api/cohorts/${body.cohortId}/bill`, {
      validUntil: '2026-12-20',
    })
    await work(hub, body.cohortId)
    expect(billed.body).toMatchObject({ persons: 2, bills: [{ expectedRupiah: 2 * 2 * 8_400 }] })
    const { billCode, expectedRupiah } = billed.body.bills[0]
    await hub.pay('P1', '2026-11-20T11:00', ['2026-11'], {
      account: accountOf(billCode),
      amount: expectedRupiah,
      kpj: null,
    })
    await hub.fold()
    expect(hub.store.everything().views.map(({ status: each }) => each)).toEqual(['active', 'active'])
    const report = await hub.call('viewer', 'GET', `/api/agents/${AGENT}/report`)
    expect(report.body).toMatchObject({ registered: 2, contributionsRupiah: 33_600, commissionRupiah: 2 * 1_260 })
  })

  test('is told of each neighbour who cannot be taken, as of each row of a list', async () => {
    const { hub, nameNeighbours } = await withPerson()
    const { body } = await nameNeighbours([neighbour(1, { name: 'SITI' }), neighbour(2, { regionCode: 'nowhere' })])
    await work(hub, body.cohortId)
    expect((await hub.call('operator', 'GET', `/api/cohorts/${body.cohortId}`)).body).toMatchObject({
      enrolled: 1,
      refused: 1,
    })
  })

  test('named with commas, quotes or a formula stays one cell, and is judged', async () => {
    const { hub, nameNeighbours } = await withPerson()
    const { body } = await nameNeighbours([neighbour(1), neighbour(2, { name: '=1+1,2' })])
    await work(hub, body.cohortId)
    const { body: refused } = await hub.call('operator', 'GET', `/api/cohorts/${body.cohortId}/refused?language=en`)
    const codes = refused.trimEnd().split('\r\n').slice(1)
    expect(codes.map((line: string) => /(BAD_NAME|FORMULA)/.exec(line)?.[0])).toEqual(['BAD_NAME', 'FORMULA'])
  })

  test('the same again changes nothing', async () => {
    const { hub, nameNeighbours } = await withPerson()
    const people = [neighbour(1, { name: 'SITI' })]
    const { body } = await nameNeighbours(people)
    await work(hub, body.cohortId)
    const before = hub.store.everything()
    expect(await nameNeighbours(people)).toMatchObject({ status: 200, body: { cohortId: body.cohortId, enrolled: 1 } })
    await work(hub, body.cohortId)
    expect(hub.store.everything()).toEqual(before)
  })
})

describe('neighbours are refused', () => {
  test('where they are too many, none, of an agent that nobody created, or of an organisation', async () => {
    const { nameNeighbours } = await withPerson()
    const eleven = Array.from({ length: 11 }, (_, i) => neighbour(i + 1))
    expect((await nameNeighbours(eleven)).body).toMatchObject({
      code: 'INVALID_INPUT',
      detail: 'field people: expected at most 10 people',
    })
    expect((await nameNeighbours([])).body.code).toBe('INVALID_INPUT')
    expect((await nameNeighbours([neighbour(1)], '&agent=PRS-NOBODY')).body.code).toBe('UNKNOWN_AGENT')
    const company = await withPerson('company')
    expect((await company.nameNeighbours([neighbour(1)])).body.code).toBe('STEP_DOES_NOT_FIT')
  })

  test('and no refusal says what was sent', async () => {
    const { nameNeighbours } = await withPerson()
    const { body } = await nameNeighbours([{ ...neighbour(1), nik: '15710112038500010000' }])
    expect(body.code).toBe('INVALID_INPUT')
    expect(JSON.stringify(body)).not.toContain('1571')
  })
})
