/** What leaves as a file is recorded and limited; who saw whom is answered from the traces, to the administrator alone. */
import { describe, expect, test } from 'vitest'
import { at } from '../../../support/facts.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const EXPORTS = '/api/exports'
const table = (rows: number) => ({ table: 'lapses', format: 'csv', rows })

describe('an export', () => {
  test('is named by its table and day, and recorded with its rows', async () => {
    const hub = consoleOn()
    const answer = await hub.call('viewer', 'POST', EXPORTS, { table: `payments-${KPJ}`, format: 'xlsx', rows: 12 })
    const name = `payments-${KPJ}-2026-11-20.xlsx`
    expect(answer).toMatchObject({ status: 201, body: { name, rowsLeft: 499_988, filesLeft: 199 } })
    expect(hub.readTraces.all()).toMatchObject([{ shown: 'file', file: { name, rows: 12 }, account: null }])
  })

  test('of their own rows is recorded for people of a sponsor, too', async () => {
    const hub = consoleOn()
    expect((await hub.call('sponsor', 'POST', EXPORTS, { ...table(3), table: 'lists' })).status).toBe(201)
    expect(hub.readTraces.all()).toMatchObject([{ shown: 'file', file: { name: 'lists-2026-11-20.csv', rows: 3 } }])
  })

  test.each([
    ['too many rows', table(100_001)],
    ['rows that are none', table(-1)],
    ['a NIK in its name', { ...table(1), table: 'member-3578011203850001' }],
    ['a path as its name', { ...table(1), table: '../etc' }],
    ['another format', { ...table(1), format: 'pdf' }],
  ])('with %s is refused', async (_, body) => {
    const hub = consoleOn()
    expect(await hub.call('viewer', 'POST', EXPORTS, body)).toMatchObject({ status: 400 })
    expect(hub.readTraces.all()).toEqual([])
  })

  test('ends with the day’s limit, and begins anew after midnight in Jakarta', async () => {
    const hub = consoleOn({ now: '2026-11-20T23:00' })
    for (let n = 0; n < 5; n++) expect((await hub.call('viewer', 'POST', EXPORTS, table(100_000))).status).toBe(201)
    expect(await hub.call('viewer', 'POST', EXPORTS, table(1))).toMatchObject({
      status: 409,
      body: { code: 'EXPORT_LIMIT' },
    })
    hub.setClock('2026-11-21T00:00')
    expect((await hub.call('viewer', 'POST', EXPORTS, table(1))).status).toBe(201)
  })

  test('that the API itself writes is recorded, too', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    await hub.fold()
    expect((await hub.call('viewer', 'GET', '/api/lapses?days=90&format=csv')).status).toBe(200)
    expect(hub.readTraces.all().at(-1)).toMatchObject({
      call: 'GET /api/lapses',
      shown: 'file',
      file: { name: 'lapses.csv', rows: expect.any(Number) },
    })
  })
})

describe('the administrator is told', () => {
  async function week() {
    const hub = consoleOn({ now: '2026-11-10T09:00' })
    await hub.importRows(row(), row({ kpj: '12345678902', nik: '3578011203850002' }))
    for (const [day, kpj] of [
      ['12', KPJ],
      ['15', '12345678902'],
      ['17', KPJ],
    ]) {
      hub.setClock(`2026-11-${day}T09:00`)
      await hub.call('support', 'GET', `/api/memberships/${kpj}`, undefined, { 'x-reason': `case ${day}` })
    }
    hub.setClock('2026-11-19T09:00')
    return hub
  }

  test('whose data a person saw in the last week', async () => {
    const hub = await week()
    const { body } = await hub.call('admin', 'GET', '/api/read-traces?actor=operator-1')
    expect(body).toMatchObject({ from: '2026-11-12', to: '2026-11-19', next: null })
    expect(body.items.map(({ kpj, reason, shown }: Record<string, string>) => [kpj, reason, shown])).toEqual([
      [KPJ, 'case 17', 'in-full'],
      ['12345678902', 'case 15', 'in-full'],
      [KPJ, 'case 12', 'in-full'],
    ])
  })

  test('who saw an account, page by page; and the question itself leaves a trace', async () => {
    const hub = await week()
    const first = await hub.call('admin', 'GET', `/api/read-traces?kpj=${KPJ}&limit=1`)
    expect(first.body.items.map(({ reason }: { reason: string }) => reason)).toEqual(['case 17'])
    const after = first.body.next
    // The question itself is the newest by now; its cursor still names the same place.
    const second = await hub.call('admin', 'GET', `/api/read-traces?kpj=${KPJ}&limit=1&after=${after}`)
    expect(second.body.items.map(({ reason }: { reason: string }) => reason)).toEqual(['case 12'])
    expect(hub.readTraces.all().at(-1)).toMatchObject({ call: 'GET /api/read-traces', account: KPJ })
  })

  test.each([
    ['neither', ''],
    ['both', `?actor=a&kpj=${KPJ}`],
    ['days in the wrong order', `?kpj=${KPJ}&from=2026-11-19&to=2026-11-18`],
    ['a cursor of ours that is none', `?kpj=${KPJ}&after=abc`],
    ['nobody', '?actor='],
  ])('nothing for %s', async (_, query) => {
    const answer = await consoleOn().call('admin', 'GET', `/api/read-traces${query}`)
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
  })

  test('nothing of more than twelve months ago, even where it still lies there', async () => {
    const hub = await week()
    hub.setClock('2027-11-25T09:00')
    const { body } = await hub.call('admin', 'GET', '/api/read-traces?actor=operator-1&from=2026-11-01')
    expect(body.items).toEqual([])
  })

  test.each([
    ['of days of which nothing is kept any more', 'from=2024-01-01&to=2024-01-31'],
    ['on a page that goes on before the first day asked for', `after=${cursorAt('2026-11-01T08:00')}`],
  ])('nothing %s, without a fault', async (_, query) => {
    const answer = await (await week()).call('admin', 'GET', `/api/read-traces?actor=operator-1&${query}`)
    expect(answer).toMatchObject({ status: 200, body: { items: [], next: null } })
  })

  test('a page that goes on after the last day asked for is no page of this list', async () => {
    const path = `/api/read-traces?kpj=${KPJ}&to=2026-11-18&after=${cursorAt('2026-11-19T08:00')}`
    expect(await consoleOn().call('admin', 'GET', path)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
  })

  test.each(['viewer', 'support', 'operator', 'approver'])('and %s is not', async (role) => {
    expect((await consoleOn().call(role, 'GET', `/api/read-traces?kpj=${KPJ}`)).status).toBe(403)
  })
})

/** As the list names the place of a trace. */
function cursorAt(when: string): string {
  return Buffer.from(`${at(when)}#request-1#0`).toString('base64url')
}
