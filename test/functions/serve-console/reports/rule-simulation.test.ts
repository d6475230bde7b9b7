/** Other rules on the facts as they are: what would change, for whom, and nothing is written. */
import { describe, expect, test } from 'vitest'
import { kpjOf } from '../../../../shared/domain/kpj.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const source = 'a trial'
const graceOf = (value: number) => ({ graceMonths: [{ from: '1970-01', value, source }] })

async function hubInGrace() {
  const hub = consoleOn({ now: '2026-09-05T10:00' })
  await hub.importRows(
    row(),
    row({ kpj: '12345678902', nik: '3174011203850001' }),
    ...[3, 4, 5, 6, 7].map((i) => row({ kpj: `1234567890${i}`, funding: 'village' })),
  )
  await hub.pay('P1', '2026-09-10T10:00', ['2026-09'])
  await hub.pay('P2', '2026-09-10T10:00', ['2026-09', '2026-10', '2026-11'], { account: kpjOf('12345678902') })
  hub.setClock('2026-11-20T10:00')
  await hub.fold()
  return hub
}

const tried = async (hub: ReturnType<typeof consoleOn>, body: object) =>
  (await hub.call('operator', 'POST', '/api/rules/try', body)).body

describe('a trial of rules', () => {
  test('the present rules change nothing', async () => {
    const body = await tried(await hubInGrace(), { rules: {} })
    expect(body).toMatchObject({ checked: 5, changed: 0, rows: [], statuses: [], next: '12345678905' })
    expect(body.credit.now).toBe(body.credit.tried)
  })

  test('a shorter grace: who would be lapsed already, and what she would be asked for instead', async () => {
    const body = await tried(await hubInGrace(), { rules: graceOf(1) })
    expect(body).toMatchObject({
      changed: 1,
      changedIn: { status: 1, paidThrough: 0, credit: 0, next: 0 },
      statuses: [{ from: 'grace', to: 'lapsed', count: 1 }],
      rows: [
        {
          kpj: KPJ,
          changed: ['status'],
          now: { status: 'grace', paidThrough: '2026-09', nextRupiah: 8_400 },
          tried: { status: 'lapsed', paidThrough: '2026-09', nextRupiah: 8_400 },
        },
      ],
    })
  })

  test('a shorter grace: who would be told in the days ahead that she has lapsed', async () => {
    const body = await tried(await hubInGrace(), { rules: graceOf(1), asOf: '2026-10-28T10:00:00+07:00' })
    expect(body.changedIn).toMatchObject({ status: 0, notices: 1 })
    expect(body.notices).toContainEqual({ stage: 'lapsed', now: 0, tried: 1 })
  })

  test('another tariff changes what the next payments come to', async () => {
    const jkmRupiah = [{ from: '2015-07', value: 10_000, source }]
    const body = await tried(await hubInGrace(), { rules: { tariff: { jkmRupiah } } })
    // Two self-paid at half price, three in a village at the whole one: 2 x 1,600 + 3 x 3,200 more.
    expect(body.nextPayments.tried - body.nextPayments.now).toBe(12_800)
    expect(body.changedIn).toMatchObject({ next: 5, status: 0 })
  })

  test('a stage that is switched off tells nobody', async () => {
    const off = [{ from: '1970-01-01', value: { on: false, fromDay: 0, toDay: 1 }, source }]
    const body = await tried(await hubInGrace(), {
      rules: { stages: { 'before-due': off } },
      asOf: '2026-11-20T10:00:00+07:00',
    })
    expect(body.notices.find(({ stage }: { stage: string }) => stage === 'before-due')).toMatchObject({ tried: 0 })
  })

  test('at another instant: the same facts, judged then', async () => {
    const asOf = '2027-03-01T10:00:00+07:00'
    const body = await tried(await hubInGrace(), { rules: graceOf(6), asOf })
    expect(body).toMatchObject({ asOf: '2027-03-01T03:00:00.000Z', changed: 2 })
    expect(body.statuses).toEqual([{ from: 'lapsed', to: 'grace', count: 2 }])
  })

  test('page by page every membership is looked at once, and nothing is written', async () => {
    const hub = await hubInGrace()
    const before = structuredClone(hub.store.everything())
    let checked = 0
    for (let after: string | null = null; ; ) {
      const body: { checked: number; next: string | null } = await tried(hub, {
        rules: graceOf(1),
        limit: 2,
        ...(after === null ? {} : { after }),
      })
      checked += body.checked
      after = body.next
      if (after === null) break
    }
    expect(checked).toBe(7)
    expect(hub.store.everything()).toEqual(before)
  })

  test.each([
    ['an unknown rule', { grace: [] }],
    ['an unknown rule of the tariff', { tariff: { jkp: [] } }],
    ['an empty list', { graceMonths: [] }],
    ['a value that is none', graceOf(-1)],
    ['a list that begins too late', { graceMonths: [{ from: '2026-01', value: 3, source }] }],
    [
      'a list out of order',
      {
        graceMonths: [
          { from: '1970-01', value: 3, source },
          { from: '1970-01', value: 2, source },
        ],
      },
    ],
    ['a day where a month belongs', { graceMonths: [{ from: '1970-01-01', value: 3, source }] }],
    [
      'a source of more than a thousand characters',
      { graceMonths: [{ from: '1970-01', value: 3, source: 's'.repeat(1_001) }] },
    ],
    ['an entry without its source', { graceMonths: [{ from: '1970-01', value: 3 }] }],
    [
      'brackets that do not start at 0',
      { tariff: { brackets: [{ from: '2015-07', value: [{ fromRupiah: 1, nominalRupiah: 2 }], source }] } },
    ],
    [
      'a discount of more than all',
      { tariff: { discountBasisPoints: { farming: [{ from: '2015-07', value: 10_001, source }] } } },
    ],
  ])('%s is refused', async (_, rules) => {
    const reply = await (await hubInGrace()).call('operator', 'POST', '/api/rules/try', { rules })
    expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
  })

  test.each(['1970-01-01T12:00:00+07:00', '2019-12-31T23:59:59+07:00', '2028-11-21T00:00:00+07:00'])(
    'at %s no rules are tried',
    async (asOf) => {
      const reply = await (await hubInGrace()).call('operator', 'POST', '/api/rules/try', { rules: graceOf(1), asOf })
      expect(reply).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    },
  )

  test('is for operators', async () => {
    expect((await consoleOn().call('viewer', 'POST', '/api/rules/try', { rules: {} })).status).toBe(403)
  })
})
