/** The repair: fans out to sources and days, and sends the accounts of a day to the fold, page by page. */
import { describe, expect, test } from 'vitest'
import { sweepMemberships } from '../../../functions/sweep-memberships/sweep-memberships.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { at, close, date, KPJ, pay, reverse, terms } from '../../support/facts.ts'
import { type Sweep, sweepOn } from './sweep.ts'

const SOURCES = ['bni', 'pos', 'finance']

async function withFacts(sweep: Sweep, ...facts: readonly Parameters<Sweep['store']['facts']['put']>[0][]) {
  for (const fact of facts) await sweep.store.facts.put(fact)
  return sweep
}

describe('the repair of recent days', () => {
  const days = ['2026-12-01', '2026-11-30', '2026-11-29']
  const wanted = days.flatMap((day) => SOURCES.map((source) => ({ task: 'day', source, day })))

  test('recent: one task per source and each of the last three WIB days', async () => {
    const sweep = sweepOn({ sources: SOURCES })
    expect(await sweep.perform({ task: 'recent' })).toEqual({ outcome: 'fanned-out', tasks: 9 })
    expect(sweep.tasks).toEqual(wanted)
    expect(sweep.pages).toEqual([])
  })
  test('nightly: the same, and then every membership', async () => {
    const sweep = sweepOn({ sources: SOURCES })
    await sweep.perform({ task: 'nightly' })
    expect(sweep.tasks.slice(0, 9)).toEqual(wanted)
    expect(sweep.tasks.slice(9).map((task) => task.task === 'segment' && task.segment)).toEqual([0, 1])
  })
})

describe("a source's day", () => {
  const day = { task: 'day', source: 'bni', day: date('2026-11-20') } as const

  test('sends each account that it touched, once, whatever the number of its facts', async () => {
    const payment = pay('A', '2026-11-20T10:00', ['2026-11'])
    const reversal = reverse(payment, '2026-11-21T00:05')
    const sweep = await withFacts(sweepOn(), payment, reversal, pay('B', '2026-11-20T11:00', ['2026-11']))
    expect(await sweep.perform(day)).toEqual({ outcome: 'requeued', accounts: 1 })
    expect(sweep.requeued).toEqual([{ account: KPJ, cause: 'repair' }])
  })
  test.each([
    ['another source', { ...day, source: 'pos' }],
    ['another day', { ...day, day: date('2026-11-19') }],
  ])('leaves out %s', async (_, task) => {
    const sweep = await withFacts(
      sweepOn(),
      pay('A', '2026-11-20T10:00', ['2026-11']),
      close('2026-11-20', '2026-11-20T10:00'),
    )
    expect(await sweep.perform(task)).toEqual({ outcome: 'requeued', accounts: 0 })
    expect(sweep.pages).toEqual([])
  })
  test.each([
    [499, [499]],
    [500, [500]],
    [501, [500, 1]],
    [1_200, [500, 500, 200]],
  ])('of %d accounts goes in pages, none lost', async (count, sizes) => {
    const sweep = sweepOn()
    for (let i = 0; i < count; i++)
      await withFacts(sweep, {
        ...pay(`T${i}`, '2026-11-20T10:00', ['2026-11']),
        account: kpjOf(String(40_000_000_000 + i)),
      })
    expect(await sweep.perform(day)).toEqual({ outcome: 'requeued', accounts: count })
    expect(sweep.pages.map(({ length }) => length)).toEqual(sizes)
    expect(new Set(sweep.pages.flat()).size).toBe(count)
  })
  test('a queue that fails is a fault, and the task comes again', async () => {
    const sweep = await withFacts(sweepOn(), terms('2026-02'), pay('A', '2026-11-20T10:00', ['2026-11']))
    const sendAccounts = () => Promise.reject(new Error('the queue is gone'))
    await expect(sweepMemberships({ ...sweep.ports, sendAccounts }, day)).rejects.toThrow('the queue is gone')
    sweep.clock.now = at('2026-11-21T00:10')
    expect(await sweep.perform(day)).toMatchObject({ accounts: 1 })
  })
})
