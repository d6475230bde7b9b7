/** Coverage of a day as finance and the owner see it: what was counted, against workers and target, and against before. */
import { describe, expect, test } from 'vitest'
import { consoleOn, NIK, row } from '../console.ts'

const TARGETS = 'region_code,workers_formal,workers_informal,target_percent,year'
const OTHER_NIK = '3174011203850001'

/** Two members in Surabaya, one of them paid; one in Jakarta whose budget pays. */
async function counted() {
  const hub = consoleOn()
  await hub.importRows(
    row(),
    row({ kpj: '12345678902', funding: 'village', sector: 'fishery' }),
    row({ kpj: '12345678903', nik: OTHER_NIK, region_code: '31.74', funding: 'apbd' }),
  )
  await hub.pay('P1', '2026-11-20T10:01', ['2026-11'])
  await hub.fold()
  await hub.count('2026-11-20')
  return hub
}

const targets = (hub: ReturnType<typeof consoleOn>, ...rows: readonly string[]) =>
  hub.call('operator', 'POST', '/api/coverage/targets', [TARGETS, ...rows].join('\n'))

describe('the coverage of a day', () => {
  test('by province: totals, who is covered, and in which status the others are', async () => {
    const hub = await counted()
    const { status, body } = await hub.call('viewer', 'GET', '/api/coverage?date=2026-11-20')
    expect(status).toBe(200)
    expect(body).toMatchObject({ date: '2026-11-20', countedAt: '2026-11-19T17:10:00.000Z', by: 'province' })
    expect(body.total).toMatchObject({ total: 3, covered: 1, byStatus: { active: 1, unpaid: 2 } })
    expect(body.rows).toMatchObject([
      { key: '31', name: 'DKI Jakarta', total: 1, covered: 0 },
      { key: '35', name: 'Jawa Timur', total: 2, covered: 1 },
    ])
  })

  test.each([
    ['regency', { '31.74': 1, '35.78': 2 }],
    ['sector', { farming: 2, fishery: 1 }],
    ['funding', { apbd: 1, self: 1, village: 1 }],
  ])('by %s', async (by, expected) => {
    const { body } = await (await counted()).call('viewer', 'GET', `/api/coverage?by=${by}`)
    expect(Object.fromEntries(body.rows.map((each: { key: string; total: number }) => [each.key, each.total]))).toEqual(
      expected,
    )
  })

  test('without a date as of now; of a table too large to count at once, as of the latest night', async () => {
    const hub = await counted()
    hub.setClock('2026-12-01T10:00')
    const now = (await hub.call('viewer', 'GET', '/api/coverage')).body
    expect(now).toMatchObject({ date: '2026-12-01', countedAt: '2026-12-01T03:00:00.000Z' })
    expect(now.total).toMatchObject({ covered: 0, byStatus: { grace: 1, unpaid: 2 } })
    hub.setClock('2026-11-25T10:00')
    const census = await hub.ports.statistics.census('2026-11-20' as never)
    const large = async (day: string) => (day === '2026-11-20' && census ? { ...census, rows: 20_001 } : undefined)
    Object.assign(hub.ports, { statistics: { ...hub.ports.statistics, census: large } })
    expect((await hub.call('viewer', 'GET', '/api/coverage')).body).toMatchObject({
      date: '2026-11-20',
      total: { covered: 1 },
    })
  })

  test('a day that no night counted has no figures', async () => {
    const reply = await (await counted()).call('viewer', 'GET', '/api/coverage?date=2026-11-21')
    expect(reply).toMatchObject({ status: 404, body: { code: 'NO_STATISTICS' } })
  })

  test('against a week and a month before, as far as those days were counted', async () => {
    const hub = await counted()
    await hub.count('2026-11-13')
    const { body } = await hub.call('viewer', 'GET', '/api/coverage?date=2026-11-20')
    expect(body.rows[1]).toMatchObject({ covered: 1, coveredWeekBefore: 1, coveredMonthBefore: null })
    expect(body.total).toMatchObject({ coveredWeekBefore: 1, coveredMonthBefore: null })
  })
})

describe('workers and targets', () => {
  test('a share is rounded down, and what the target still needs is rounded up', async () => {
    const hub = await counted()
    expect((await targets(hub, '35,10,3,55,2026', '31,4,0,100,2026')).body).toEqual({ accepted: 2, refused: [] })
    const { body } = await hub.call('viewer', 'GET', '/api/coverage?date=2026-11-20')
    expect(body.rows[1]).toMatchObject({
      workersFormal: 10,
      workersInformal: 3,
      targetBasisPoints: 5_500,
      ofInformalBasisPoints: 3_333,
      ofWorkersBasisPoints: 769,
      shortOfTarget: 1,
    })
    expect(body.rows[0]).toMatchObject({ ofInformalBasisPoints: null, ofWorkersBasisPoints: 0, shortOfTarget: 0 })
    expect(body.total).toMatchObject({ workersFormal: 14, workersInformal: 3, targetBasisPoints: 5_500 })
  })

  test('of a region without a target nothing is said, and then nothing of the whole either', async () => {
    const hub = await counted()
    await targets(hub, '35,10,3,55,2026')
    const { body } = await hub.call('viewer', 'GET', '/api/coverage?date=2026-11-20')
    expect(body.rows[0]).toMatchObject({ workersInformal: null, ofInformalBasisPoints: null, shortOfTarget: null })
    expect(body.total.workersInformal).toBeNull()
  })

  test('the last one said stands; another year’s is another one', async () => {
    const hub = await counted()
    await targets(hub, '35,10,3,55,2026', '35,99,99,99,2027')
    await targets(hub, '35,10,4,12.5,2026')
    const { body } = await hub.call('viewer', 'GET', '/api/coverage?date=2026-11-20')
    expect(body.rows[1]).toMatchObject({ workersInformal: 4, targetBasisPoints: 1_250 })
  })

  test.each([
    ['WRONG_COLUMN_COUNT', '35,10,3,55'],
    ['BAD_REGION', '99,10,3,55,2026'],
    ['BAD_REGION', '35.99,10,3,55,2026'],
    ['BAD_REGION', '35.78.01,10,3,55,2026'],
    ['BAD_WORKERS', '35,-1,3,55,2026'],
    ['BAD_WORKERS', '35,10,3.5,55,2026'],
    ['BAD_WORKERS', '35,10,,55,2026'],
    ['BAD_PERCENT', '35,10,3,100.01,2026'],
    ['BAD_PERCENT', '35,10,3,-1,2026'],
    ['BAD_PERCENT', '35,10,3,5.555,2026'],
    ['BAD_PERCENT', '35,10,3,1e1,2026'],
    ['BAD_YEAR', '35,10,3,55,1999'],
  ])('%s: the row %s is refused by name and line, and no other row', async (code, bad) => {
    const { body } = await targets(await counted(), '31,1,1,1,2026', bad, '35.78,10,3,0.5,2026')
    expect(body).toEqual({ accepted: 2, refused: [{ line: 3, code, reason: expect.stringMatching(/expected/) }] })
  })

  test('the same region twice in a file: the second is refused', async () => {
    const { body } = await targets(await counted(), '35,10,3,55,2026', '35,10,4,55,2026')
    expect(body).toMatchObject({ accepted: 1, refused: [{ line: 3, code: 'DUPLICATE_IN_FILE' }] })
  })

  test('another layout is refused whole, and a viewer may not import', async () => {
    const hub = await counted()
    const csv = 'region,workers\n35,1'
    expect((await hub.call('operator', 'POST', '/api/coverage/targets', csv)).body.code).toBe('LAYOUT_CHANGED')
    expect((await hub.call('viewer', 'POST', '/api/coverage/targets', `${TARGETS}\n`)).status).toBe(403)
  })
})

describe('the overview', () => {
  test('of a small table is counted now, whatever the night counted', async () => {
    const hub = await counted()
    await hub.importRows(row({ kpj: '12345678909', nik: NIK, funding: 'csr' }))
    await hub.fold()
    const { body } = await hub.call('viewer', 'GET', '/api/overview')
    expect(body.memberships).toMatchObject({ total: 4, complete: true, countedAt: '2026-11-20T03:00:00.000Z' })
  })

  test('of a large one shows what the night counted, and says when', async () => {
    const hub = await counted()
    const census = await hub.ports.statistics.census('2026-11-20' as never)
    Object.assign(hub.ports, {
      statistics: { ...hub.ports.statistics, census: async () => ({ ...census, rows: 20_001 }) },
    })
    await hub.importRows(row({ kpj: '12345678909', funding: 'csr' }))
    await hub.fold()
    const { body } = await hub.call('viewer', 'GET', '/api/overview')
    expect(body.memberships).toMatchObject({ total: 3, complete: true, countedAt: '2026-11-19T17:10:00.000Z' })
  })
})

describe('the trend', () => {
  test('has a point for the last counted day of each month, and nothing for a month without one', async () => {
    const hub = await counted()
    const census = await hub.ports.statistics.census('2026-11-20' as never)
    if (!census) throw new Error('expected the day to be counted')
    const kept = new Set(['2026-08-30', '2026-10-31', '2026-11-20', '2026-09-15'])
    const of = async (day: string) => (kept.has(day) ? { ...census, day } : undefined)
    Object.assign(hub.ports, { statistics: { ...hub.ports.statistics, census: of } })
    const { status, body } = await hub.call('viewer', 'GET', '/api/coverage/trend')
    expect([status, body.days, body.covered]).toEqual([200, ['2026-08-30', '2026-10-31', '2026-11-20'], [1, 1, 1]])
    expect(body.groups).toEqual([
      { key: '31', name: 'DKI Jakarta', covered: [0, 0, 0] },
      { key: '35', name: 'Jawa Timur', covered: [1, 1, 1] },
    ])
    expect((await hub.call('viewer', 'GET', '/api/coverage/trend?by=sector')).body.groups).toHaveLength(2)
  })

  test('looks back twelve months, and has no point where nothing was ever counted', async () => {
    const hub = consoleOn()
    const asked: string[] = []
    const of = async (day: string) => void asked.push(day)
    Object.assign(hub.ports, { statistics: { ...hub.ports.statistics, census: of } })
    const { body } = await hub.call('viewer', 'GET', '/api/coverage/trend')
    expect(body).toEqual({ by: 'province', days: [], covered: [], groups: [] })
    expect(asked.toSorted()[0]).toBe('2025-11-28')
  })
})
