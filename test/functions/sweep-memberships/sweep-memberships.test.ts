/** The repair: fans out to sources and days, and sends the accounts of a day to the fold, page by page. */
import { describe, expect, test } from 'vitest'
import { type SweepTask, sweepMemberships } from '../../../functions/sweep-memberships/sweep-memberships.ts'
import { type Hub, hubOn, hubWithMember } from '../../support/door.ts'
import { at, close, date, KPJ, pay, reverse, terms } from '../../support/facts.ts'

function portsOf(hub: Hub, sources: readonly string[] = ['bni', 'pos', 'finance']) {
  const tasks: SweepTask[] = []
  const pages: (readonly string[])[] = []
  const sendTasks = async (sent: readonly SweepTask[]) => void tasks.push(...sent)
  const sendAccounts = async (sent: readonly string[]) => void pages.push(sent)
  return { ...hub.store, sources, sendTasks, sendAccounts, now: () => hub.clock.now, tasks, pages }
}

describe('the nightly sweep and the one at the start', () => {
  test.each(['nightly', 'recent'] as const)(
    '%s: one task per source and each of the last three WIB days',
    async (task) => {
      const hub = hubOn({ now: '2026-12-01T00:10' })
      const ports = portsOf(hub)
      expect(await sweepMemberships(ports, { task })).toEqual({ outcome: 'fanned-out', tasks: 9 })
      const days = ['2026-12-01', '2026-11-30', '2026-11-29']
      const wanted = days.flatMap((day) => ['bni', 'pos', 'finance'].map((source) => ({ task: 'day', source, day })))
      expect(ports.tasks).toEqual(wanted)
      expect(ports.pages).toEqual([])
    },
  )
})

describe("a source's day", () => {
  const day = { task: 'day', source: 'bni', day: date('2026-11-20') } as const

  test('sends each account that it touched, once, whatever the number of its facts', async () => {
    const payment = pay('A', '2026-11-20T10:00', ['2026-11'])
    const hub = await hubWithMember([
      payment,
      reverse(payment, '2026-11-21T00:05'),
      pay('B', '2026-11-20T11:00', ['2026-11']),
    ])
    const ports = portsOf(hub)
    expect(await sweepMemberships(ports, day)).toEqual({ outcome: 'requeued', accounts: 1 })
    expect(ports.pages).toEqual([[KPJ]])
  })
  test.each([
    ['another source', { ...day, source: 'pos' }],
    ['another day', { ...day, day: date('2026-11-19') }],
  ])('leaves out %s', async (_, task) => {
    const hub = await hubWithMember([
      pay('A', '2026-11-20T10:00', ['2026-11']),
      close('2026-11-20', '2026-11-20T10:00'),
    ])
    const ports = portsOf(hub)
    expect(await sweepMemberships(ports, task)).toEqual({ outcome: 'requeued', accounts: 0 })
    expect(ports.pages).toEqual([])
  })
  test.each([
    [499, [499]],
    [500, [500]],
    [501, [500, 1]],
    [1_200, [500, 500, 200]],
  ])('of %d accounts goes in pages, none lost', async (count, sizes) => {
    const hub = hubOn()
    for (let i = 0; i < count; i++)
      await hub.store.facts.put({
        ...pay(`T${i}`, '2026-11-20T10:00', ['2026-11']),
        account: String(40_000_000_000 + i),
      })
    const ports = portsOf(hub)
    expect(await sweepMemberships(ports, day)).toEqual({ outcome: 'requeued', accounts: count })
    expect(ports.pages.map(({ length }) => length)).toEqual(sizes)
    expect(new Set(ports.pages.flat()).size).toBe(count)
  })
  test('a queue that fails is a fault, and the task comes again', async () => {
    const hub = await hubWithMember([terms('2026-02'), pay('A', '2026-11-20T10:00', ['2026-11'])])
    const sendAccounts = () => Promise.reject(new Error('the queue is gone'))
    await expect(sweepMemberships({ ...portsOf(hub), sendAccounts }, day)).rejects.toThrow('the queue is gone')
    hub.clock.now = at('2026-11-21T00:10')
    expect(await sweepMemberships(portsOf(hub), day)).toMatchObject({ accounts: 1 })
  })
})
