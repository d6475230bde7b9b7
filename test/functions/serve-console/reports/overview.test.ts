/** The overview from the rolling counts: today against a week ago, hours, waiting times, what is open, who lapses, the target. */
import { describe, expect, test } from 'vitest'
import { standingChange } from '../../../../shared/domain/rolling-counts.ts'
import type { BatchAdds } from '../../../../shared/store/rolling-counts/rolling-counts.ts'
import { at, date, pay } from '../../../support/facts.ts'
import { consoleOn, row } from '../console.ts'

type Hub = ReturnType<typeof consoleOn>
const NOW = '2026-11-20T10:20'
const NOTHING: BatchAdds = { intake: [], standing: new Map(), changes: 0, activations: [] }
const read = async (hub: Hub) => (await hub.call('viewer', 'GET', '/api/overview')).body

let serial = 0
const add = (hub: Hub, adds: Partial<BatchAdds>) =>
  hub.counts.add(
    { table: 'memberships', first: String(++serial), last: String(serial), countedAt: at('2026-11-20T10:19') },
    { ...NOTHING, ...adds },
  )

async function standing(hub: Hub, count: number, changed: object = {}): Promise<void> {
  const view = { status: 'active', funding: 'self', regionCode: '35.78', credit: 0, paidThrough: '2026-11', ...changed }
  for (let i = 0; i < count; i++) {
    await add(hub, { standing: standingChange(undefined, view as Parameters<typeof standingChange>[1]), changes: 1 })
  }
}

describe('what came in', () => {
  test('today is held against the same weekday a week ago, both up to the last whole quarter of an hour', async () => {
    const hub = consoleOn({ now: NOW })
    const times = ['2026-11-20T09:00', '2026-11-20T10:17', '2026-11-13T09:30', '2026-11-13T10:14', '2026-11-13T10:16']
    for (const [i, when] of times.entries()) await hub.store.facts.put(pay(`P${i}`, when, ['2026-11']))
    const { comparison, paymentsToday } = await read(hub)
    expect(paymentsToday.channels[0]).toMatchObject({ channel: 'bni', count: 2 })
    expect(comparison).toMatchObject({ until: '2026-11-20T03:15:00.000Z', weekBefore: '2026-11-13' })
    expect(comparison.channels).toEqual([
      { channel: 'bni', count: 1, amountRupiah: 8_400, weekBeforeCount: 2, weekBeforeRupiah: 16_800 },
      { channel: 'indomaret', count: 0, amountRupiah: 0, weekBeforeCount: 0, weekBeforeRupiah: 0 },
    ])
  })

  test('the last 24 hours stand hour by hour, over midnight and into the hour under way', async () => {
    const hub = consoleOn({ now: NOW })
    const times = ['2026-11-19T09:59', '2026-11-19T10:00', '2026-11-19T23:50', '2026-11-20T10:19']
    for (const [i, when] of times.entries()) await hub.store.facts.put(pay(`P${i}`, when, ['2026-11']))
    const { lastDay } = await read(hub)
    expect(lastDay).toHaveLength(25)
    const busy = lastDay.filter(({ channels }: { channels: { count: number }[] }) => channels[0]?.count === 1)
    expect(busy.map(({ from }: { from: string }) => from)).toEqual([
      '2026-11-19T03:00:00.000Z',
      '2026-11-19T16:00:00.000Z',
      '2026-11-20T03:00:00.000Z',
    ])
  })

  test('how long payments waited for their membership is told of the last 24 hours, and of none nothing', async () => {
    const hub = consoleOn({ now: NOW })
    expect((await read(hub)).timeToActive).toEqual({ count: 0, p50Millis: null, p99Millis: null })
    const hourOf = (time: string, durations: readonly [number, number][]) => ({
      day: date(time.slice(0, 10)),
      hour: at(time),
      durations: new Map(durations),
    })
    const today = hourOf('2026-11-20T09:00', [
      [64, 99],
      [96, 1],
    ])
    await add(hub, { activations: [hourOf('2026-11-19T09:00', [[200, 50]]), today] })
    expect((await read(hub)).timeToActive).toEqual({ count: 100, p50Millis: 256, p99Millis: 256 })
  })
})

describe('where memberships stand', () => {
  test('is what was counted, when no night has been yet; nothing is read one by one', async () => {
    const hub = consoleOn({ now: NOW })
    await standing(hub, 3)
    await standing(hub, 1, { status: 'lapsed', funding: 'csr', regionCode: '91.01', credit: 700 })
    Object.assign(hub.ports, {
      memberships: {
        ...hub.ports.memberships,
        scanPage: () => {
          throw new Error('expected no scan')
        },
      },
    })
    expect((await read(hub)).memberships).toEqual({
      countedAt: '2026-11-20T03:19:00.000Z',
      complete: true,
      total: 4,
      creditRupiah: 700,
      byStatus: { unpaid: 0, active: 3, grace: 0, lapsed: 1, closed: 0 },
      byFunding: { self: 3, csr: 1 },
      byProvince: [
        { code: '35', name: 'Jawa Timur', total: 3, byStatus: expect.objectContaining({ active: 3 }) },
        { code: '91', name: 'Papua', total: 1, byStatus: expect.objectContaining({ lapsed: 1 }) },
      ],
    })
  })

  test('is the census of the night where counters are younger than it and were never held against it', async () => {
    const hub = consoleOn({ now: NOW })
    await hub.importRows(row())
    await hub.fold()
    await hub.count('2026-11-20')
    await standing(hub, 5)
    expect((await read(hub)).memberships.total).toBe(1)
    const check = { checkedAt: at('2026-11-20T00:12'), difference: 4 }
    expect(await hub.counts.correctStanding(new Map(), 5, check)).toBe('put')
    expect(await read(hub)).toMatchObject({
      memberships: { total: 5 },
      checks: { memberships: { checkedAt: '2026-11-19T17:12:00.000Z', difference: 4 }, intake: null },
    })
  })

  test('says who lapses within a week and a month, by the months that they are paid through', async () => {
    const hub = consoleOn({ now: '2026-11-25T10:00' })
    await standing(hub, 2, { paidThrough: '2026-08', status: 'grace' })
    await standing(hub, 3, { paidThrough: '2026-09', status: 'grace' })
    await standing(hub, 4, { paidThrough: '2026-12' })
    expect((await read(hub)).lapsing).toEqual([
      { days: 7, count: 2 },
      { days: 30, count: 2 },
    ])
    hub.setClock('2026-12-03T10:00')
    expect((await read(hub)).lapsing).toEqual([
      { days: 7, count: 0 },
      { days: 30, count: 3 },
    ])
  })

  test('is held against the target of the provinces that have one', async () => {
    const hub = consoleOn({ now: NOW })
    await standing(hub, 3)
    await standing(hub, 2, { regionCode: '15.71' })
    expect((await read(hub)).target).toBeNull()
    const target = { workersFormal: 10, workersInformal: 20, targetBasisPoints: 2_500 }
    await hub.ports.statistics.putTarget(2026, { region: '35', ...target })
    await hub.ports.statistics.putTarget(2026, { region: '35.78', ...target })
    expect((await read(hub)).target).toEqual({ provinces: 1, covered: 3, target: 5, ofInformalBasisPoints: 1_500 })
  })
})

describe('what is open', () => {
  test('queues with dead letters are named; without a statement nothing is owed and nothing differs', async () => {
    const depths = [
      { name: 'reconcile', visible: 3, inFlight: 1, delayed: 0, deadLetters: 0 },
      { name: 'notice', visible: 0, inFlight: 0, delayed: 9, deadLetters: 2 },
    ]
    const queues = depths.map(({ name, ...depth }) => ({
      name,
      depth: async () => depth,
      deadLetters: async () => [],
      redrive: async () => 0,
    }))
    const hub = consoleOn({ now: NOW, queues })
    expect(await read(hub)).toMatchObject({
      queues: { waiting: 4, deadLetters: 2, affected: ['notice'] },
      unreconciled: { amountRupiah: 0, oldestDays: 0 },
      openDifferences: { count: 0, complete: true },
    })
  })
})
