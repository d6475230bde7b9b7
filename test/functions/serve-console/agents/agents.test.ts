/** Agents on the console: registrations that carry a code, and the report that comes of them. */
import { describe, expect, test } from 'vitest'
import { MOST_MEMBERS } from '../../../../functions/serve-console/agents/agent-report.ts'
import type { AgentCode } from '../../../../shared/domain/agents/agent.ts'
import { kpjOf } from '../../../../shared/domain/kpj.ts'
import { type CohortId, parseCohortId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { consoleOn, HEADER, KPJ, row } from '../console.ts'

const CODE = 'PRS-JBI-001'
const OFFICE = {
  code: CODE,
  kind: 'office',
  name: 'Kantor Perisai Jambi',
  regionCode: '15.71',
  outlets: [{ channel: 'indomaret', outlet: 'SHOP9' }],
}

async function withAgent() {
  const hub = consoleOn()
  await hub.call('operator', 'POST', '/api/agents', OFFICE)
  const importBy = (agent: string, ...rows: readonly string[]) =>
    hub.call('operator', 'POST', `/api/memberships/import?agent=${agent}`, [HEADER, ...rows].join('\n'))
  const report = async (query = '') => (await hub.call('viewer', 'GET', `/api/agents/${CODE}/report${query}`)).body
  return { hub, importBy, report }
}

describe('an agent', () => {
  test('is created once: the same again is known, another under its code is refused', async () => {
    const { hub } = await withAgent()
    const again = await hub.call('operator', 'POST', '/api/agents', OFFICE)
    expect(again).toMatchObject({ status: 201, body: { code: CODE, name: OFFICE.name, regionCode: '15.71' } })
    const other = await hub.call('operator', 'POST', '/api/agents', { ...OFFICE, name: 'Somebody else' })
    expect(other.body.code).toBe('ID_TAKEN')
    expect((await hub.call('viewer', 'GET', '/api/agents')).body).toMatchObject({ items: [{ code: CODE }], next: null })
    expect((await hub.call('viewer', 'GET', `/api/agents/${CODE}`)).body.outlets).toEqual(OFFICE.outlets)
    expect((await hub.call('viewer', 'GET', '/api/agents/PRS-NOBODY')).body.code).toBe('UNKNOWN_AGENT')
  })

  test.each([
    ['a code that looks like a number', { ...OFFICE, code: 'P1571011203850001' }],
    ['a person with a name', { ...OFFICE, kind: 'person' }],
    ['an office without one', { ...OFFICE, name: undefined }],
    ['an outlet of no channel', { ...OFFICE, outlets: [{ channel: 'nowhere', outlet: 'S1' }] }],
    ['a region that is none', { ...OFFICE, regionCode: '99.01' }],
  ])('is refused with %s', async (_, body) => {
    const { hub } = await withAgent()
    expect((await hub.call('operator', 'POST', '/api/agents', body)).body.code).toBe('INVALID_INPUT')
  })

  test('is created by whoever operates, and unknown to people of a sponsor', async () => {
    const { hub } = await withAgent()
    expect((await hub.call('viewer', 'POST', '/api/agents', OFFICE)).status).toBe(403)
    expect((await hub.call('sponsor', 'GET', '/api/agents')).status).toBe(403)
  })
})

describe('a registration', () => {
  test('carries the agent of its import for good, and the same file again changes nothing', async () => {
    const { hub, importBy, report } = await withAgent()
    expect((await importBy(CODE, row())).body).toMatchObject({ accepted: 1 })
    expect(await hub.store.facts.ofAccount(KPJ)).toMatchObject([{ kind: 'terms', agent: CODE }])
    const before = hub.store.everything()
    expect((await importBy(CODE, row())).body).toMatchObject({ unchanged: 1 })
    expect(hub.store.everything()).toEqual(before)
    await hub.importRows(row({ sector: 'trade' }))
    expect(await report()).toMatchObject({ registered: 1 })
  })

  test('of somebody else’s does not become the agent’s by another import', async () => {
    const { hub, importBy, report } = await withAgent()
    await hub.importRows(row())
    await importBy(CODE, row({ sector: 'trade' }))
    expect(await report()).toMatchObject({ registered: 0, months: [] })
  })

  test('by an agent that nobody created is refused whole', async () => {
    const { hub, importBy } = await withAgent()
    expect((await importBy('PRS-NOBODY', row())).body.code).toBe('UNKNOWN_AGENT')
    expect(hub.store.everything().facts).toEqual([])
  })
})

describe('the report', () => {
  test('tells contributions, commission and what was collected, as JSON and CSV', async () => {
    const { hub, importBy, report } = await withAgent()
    await importBy(CODE, row())
    await hub.pay('P1', '2026-11-10T09:00', ['2026-11'], { source: 'indomaret', outlet: 'SHOP9' })
    expect(await report()).toMatchObject({
      code: CODE,
      registered: 1,
      stillActive: [
        { months: 3, reached: 1, active: 0 },
        { months: 6, reached: 1, active: 0 },
        { months: 12, reached: 0, active: 0 },
      ],
      contributionsRupiah: 8_400,
      commissionRupiah: 630,
      acquisitionRupiah: 0,
      clawbackRupiah: 0,
      dueRupiah: 630,
      months: [
        { month: '2026-01', registered: 1 },
        { month: '2026-11', newcomers: 1, collectedRupiah: 8_400 },
      ],
    })
    expect((await report('?from=2026-11&format=csv')).split('\r\n')[1]).toBe('2026-11,0,1,8400,8400,0,630,0,0')
    expect(await report('?to=2026-10')).toMatchObject({ registered: 1, contributionsRupiah: 0 })
    expect((await report('?from=2026-11&to=2026-10')).code).toBe('INVALID_INPUT')
  })

  test('of an agent with more members than a call has time for is of a part, says so, and is no file', async () => {
    const { hub, importBy, report } = await withAgent()
    await importBy(CODE, row())
    expect(await report()).toMatchObject({ isWhole: true, lookedAt: 1 })
    // Entries say where to look; who is nobody of the agent's counts for nothing.
    const others = Array.from({ length: MOST_MEMBERS - 1 }, (_, i) => kpjOf(String(20_000_000_000 + i)))
    for (const kpj of others) await hub.ports.agents.noteMember(CODE as AgentCode, kpj)
    expect(await report()).toMatchObject({ isWhole: true, lookedAt: MOST_MEMBERS, registered: 1 })
    await hub.ports.agents.noteMember(CODE as AgentCode, kpjOf('30000000000'))
    expect(await report()).toMatchObject({ isWhole: false, lookedAt: MOST_MEMBERS, registered: 1 })
    expect((await report('?format=csv')).code).toBe('TOO_MANY')
  })

  test('of a list that is longer than that is of a part, too', async () => {
    const { hub, report } = await withAgent()
    const asked: number[] = []
    const chunkOf = (chunk: number) =>
      Array.from({ length: 1_000 }, (_, i) => ({ kpj: kpjOf(String(20_000_000_000 + chunk * 1_000 + i)) }))
    await hub.ports.agents.noteList(CODE as AgentCode, parseCohortId('jambi.p1.l1') as CohortId)
    const rows = async (_cohort: unknown, chunk: number) => {
      asked.push(chunk)
      return chunkOf(chunk) as never
    }
    Object.assign(hub.ports.sponsors, { rows })
    expect(await report()).toMatchObject({ isWhole: false, lookedAt: MOST_MEMBERS })
    expect(asked).toEqual([1, 2, 3, 4, 5, 6])
  })
})
