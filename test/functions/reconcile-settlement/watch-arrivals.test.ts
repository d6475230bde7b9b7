/** Files that do not come: found by the channel's own hour, alarmed once, and told when they came. */
import { describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { arrivalOf } from '../../../shared/domain/settlement/arrival.ts'
import { rulesOf } from '../../../shared/domain/settlement/rules.ts'
import { at } from '../../support/facts.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const SLOW = {
  fileDueHour: [
    { from: '2020-01-01', value: 7, source: 'a' },
    { from: '2026-12-01', value: 14, source: 'b' },
  ],
}
const MIDNIGHT = [{ from: '2020-01-01', value: 24, source: 'test' }]

async function watch(hub: SettlementHub, when: string): Promise<readonly string[]> {
  hub.setClock(when)
  hub.counted.length = 0
  await hub.run({ task: 'arrivals' })
  return hub.counted.filter((line) => line.startsWith('FilesLate'))
}

const arrivals = async (hub: SettlementHub, day = DAY) => {
  const { body } = await hub.call('viewer', 'GET', `/api/file-arrivals?from=${day}&to=${day}`)
  return body.items.find((item: { channel: string }) => item.channel === 'indomaret')
}

const statesOf = async (hub: SettlementHub) => {
  const { body } = await hub.call('viewer', 'GET', '/api/file-arrivals')
  return new Set(body.items.map(({ state }: { state: string }) => state))
}

test.each([
  ['twelve days ago owes a file to whoever asks', '2026-11-08', ['late', 'missing', 'unchanged']],
  ['longer ago than two weeks owes none to anybody', '2026-11-04', ['none', 'none', 'nothing']],
])('a channel whose last day was %s: its hour, the matrix, the run of the day', async (_, last, expected) => {
  const hub = await settlementHub()
  hub.setClock('2026-11-09T07:00')
  await hub.settle('indomaret', last, [partnerRow('T0', `${last}T10:00`)])
  hub.setClock('2026-11-21T09:00')
  const { body } = await hub.call('viewer', 'GET', `/api/settlements?from=${DAY}&to=${DAY}`)
  const inMatrix = body.items.find((item: { channel: string }) => item.channel === 'indomaret')
  const arrival = await arrivals(hub)
  const task = { task: 'day', channel: 'indomaret', date: DAY as BusinessDate } as const
  await hub.run(task)
  expect([arrival.state, inMatrix.file, (await hub.run(task)).outcome]).toEqual(expected)
})

describe('a file that does not come', () => {
  test('is alarmed once, an hour after its own, and told when it came', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-20T07:00')
    await hub.settle('indomaret', '2026-11-19', [partnerRow('T0', '2026-11-19T10:00')])
    expect(await watch(hub, '2026-11-21T07:02')).toEqual([])
    expect(await arrivals(hub)).toMatchObject({ state: 'due', alarmedAt: null })
    expect(await watch(hub, '2026-11-21T08:02')).toEqual(['FilesLate indomaret 1'])
    for (const hour of ['08:02', '09:02', '15:02', '23:02']) expect(await watch(hub, `2026-11-21T${hour}`)).toEqual([])
    expect(await arrivals(hub)).toEqual({
      channel: 'indomaret',
      date: DAY,
      state: 'late',
      dueAt: '2026-11-21T00:00:00.000Z',
      lateAt: '2026-11-21T01:00:00.000Z',
      arrivedAt: null,
      alarmedAt: '2026-11-21T01:02:00.000Z',
    })
    // What cannot be used has not come.
    await hub.take('indomaret', DAY, 'torn')
    await hub.drain()
    expect(await arrivals(hub)).toMatchObject({ state: 'late', arrivedAt: null })
    hub.setClock('2026-11-22T06:30')
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect(await arrivals(hub)).toMatchObject({
      state: 'came-late',
      arrivedAt: '2026-11-21T23:30:00.000Z',
      alarmedAt: '2026-11-21T01:02:00.000Z',
    })
    expect(hub.logged).toContainEqual({
      message: 'A settlement file that was late has come',
      channel: 'indomaret',
      day: DAY,
      ageMillis: 23.5 * 3_600_000,
    })
    expect(await watch(hub, '2026-11-22T07:02')).toEqual([])
  })

  test('of a channel that has not begun is nobody’s', async () => {
    const hub = await settlementHub()
    expect(await watch(hub, '2026-11-25T12:02')).toEqual([])
    expect((await hub.call('viewer', 'GET', '/api/file-arrivals')).body.items).toHaveLength(35)
    expect(await statesOf(hub)).toEqual(new Set(['none']))
  })

  test('is owed from the channel’s first day on, by the watch and by the console alike', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-21T07:30')
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect(await watch(hub, '2026-11-23T12:02')).toEqual(['FilesLate indomaret 1', 'FilesLate indomaret 1'])
    const { body } = await hub.call('viewer', 'GET', '/api/file-arrivals?from=2026-11-18&to=2026-11-22')
    const ofIndomaret = body.items.filter(({ channel }: { channel: string }) => channel === 'indomaret')
    expect(ofIndomaret.map(({ date, state }: { date: string; state: string }) => `${date} ${state}`)).toEqual([
      '2026-11-22 late',
      '2026-11-21 late',
      '2026-11-20 in-time',
      '2026-11-19 none',
      '2026-11-18 none',
    ])
  })

  test('of a day before the channel began is not alarmed when an unusable one comes', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-25T12:02')
    await hub.take('pos', '2026-11-10', 'torn')
    hub.counted.length = 0
    await hub.drain()
    expect(hub.counted.filter((line) => line.startsWith('FilesLate'))).toEqual([])
  })

  test('that came in time is never alarmed, also when it is withdrawn or corrected later', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-21T07:59')
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect(await watch(hub, '2026-11-21T08:02')).toEqual([])
    expect(await arrivals(hub)).toMatchObject({ state: 'in-time', arrivedAt: '2026-11-21T00:59:00.000Z' })
  })
})

describe('the hour of a file', () => {
  const rules = rulesOf({ cutOffHour: MIDNIGHT, ...SLOW })
  test.each([
    ['2026-11-30', '2026-12-01T06:59', 'awaited'],
    ['2026-11-30', '2026-12-01T07:00', 'due'],
    ['2026-11-30', '2026-12-01T08:00', 'late'],
    ['2026-12-01', '2026-12-02T08:00', 'awaited'],
    ['2026-12-01', '2026-12-02T14:59', 'due'],
    ['2026-12-01', '2026-12-02T15:00', 'late'],
  ])('is the channel’s own, and dated: of %s at %s it is %s', (date, when, state) => {
    expect(
      arrivalOf({ channel: 'indomaret', date: date as never, begunOn: '2026-11-01' as never }, at(when), [], rules)
        .state,
    ).toBe(state)
  })
})
