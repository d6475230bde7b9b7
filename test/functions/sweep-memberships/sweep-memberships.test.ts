/** The repair: fans out to sources and days, and sends the accounts of a day to the fold, page by page. */
import { describe, expect, test } from 'vitest'
import { MAX_DAY_PARTS } from '../../../functions/sweep-memberships/requeue-day.ts'
import { sweepMemberships } from '../../../functions/sweep-memberships/sweep-memberships.ts'
import type { Account } from '../../../shared/domain/account.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { programIdOf, type SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import type { DayEntry } from '../../../shared/store/facts/facts.ts'
import { at, close, date, KPJ, pay, reverse, terms } from '../../support/facts.ts'
import { runsOf, type Sweep, sweepOn } from './sweep.ts'

const SOURCES = ['bni', 'pos', 'finance']

async function withFacts(sweep: Sweep, ...facts: readonly Parameters<Sweep['store']['facts']['put']>[0][]) {
  for (const fact of facts) await sweep.store.facts.put(fact)
  return sweep
}

describe('the repair of recent days', () => {
  const days = ['2026-12-01', '2026-11-30', '2026-11-29']
  const expected = days.flatMap((day) => [
    ...SOURCES.map((source) => ({ task: 'day', source, day })),
    { task: 'recorded', day },
  ])

  test('recent: one task per source and each of the last three WIB days, and one for what each day recorded', async () => {
    const sweep = sweepOn({ sources: SOURCES })
    expect(await sweep.perform({ task: 'recent' })).toEqual({ outcome: 'fanned-out', tasks: 12 })
    expect(sweep.tasks).toEqual(expected)
    expect(sweep.pages).toEqual([])
  })
  test('nightly: the same, then every membership, then what was counted of the three days before', async () => {
    const sweep = sweepOn({ sources: SOURCES })
    await sweep.perform({ task: 'nightly' })
    expect(sweep.tasks.slice(0, 12)).toEqual(expected)
    expect(sweep.tasks.slice(12, 14).map((task) => task.task === 'segment' && task.segment)).toEqual([0, 1])
    expect(sweep.tasks.slice(14)).toEqual(
      ['2026-11-30', '2026-11-29', '2026-11-28'].flatMap((day) =>
        SOURCES.map((source) => ({ task: 'counts', source, day })),
      ),
    )
  })
})

/** A day of so many pages with one account each. */
function endlessDay(sweep: Sweep, pages: number): void {
  const dayPage = async (_source: string, _day: string, from: string | null) => {
    const page = Number(from ?? 0)
    const entries = [{ account: `page ${page}` as Account } as DayEntry]
    return { entries, next: page + 1 < pages ? String(page + 1) : null }
  }
  Object.assign(sweep.ports, { facts: { ...sweep.ports.facts, dayPage } })
}

describe('what a day recorded', () => {
  test('is sent to the fold, whatever business day it belongs to', async () => {
    const sweep = sweepOn()
    const accounts = Array.from({ length: 501 }, (_, i) => kpjOf(String(40_000_000_000 + i)))
    sweep.recorded.set('2026-11-30', accounts)
    const task = { task: 'recorded', day: date('2026-11-30') } as const
    expect(await sweep.perform(task)).toEqual({ outcome: 'requeued', accounts: 501 })
    expect(sweep.requeued).toEqual(accounts.map((account) => ({ account, cause: 'repair' })))
    expect(await sweep.perform({ ...task, day: date('2026-11-29') })).toEqual({ outcome: 'requeued', accounts: 0 })
  })
})

describe('the weekly run', () => {
  test('sends every account that has facts, once, with a view or without: bills and suspense too', async () => {
    const sweep = sweepOn()
    const kpjs = Array.from({ length: 23 }, (_, i) => kpjOf(String(40_000_000_000 + i)))
    for (const account of kpjs) {
      const payment = { ...pay('A', '2026-03-20T10:00', ['2026-03']), account }
      await withFacts(sweep, payment, { ...reverse(payment, '2026-03-20T11:00'), account })
    }
    await sweep.putViews(1, 3)
    await sweep.play({ task: 'weekly' }, 2)
    expect(new Set(sweep.requeued.map(({ account }) => account))).toEqual(new Set(kpjs))
    expect(sweep.requeued.every(({ cause }) => cause === 'weekly')).toBe(true)
    expect(await runsOf(sweep, '2026-12-01')).toMatchObject([{ purpose: 'weekly', rows: 23, accounts: 23 }])
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
  test('of any size goes on where a part of it stopped, also when a part is done twice', async () => {
    const sweep = sweepOn()
    endlessDay(sweep, 30)
    await sweep.play(day)
    expect(sweep.pages.map(([account]) => account)).toEqual(Array.from({ length: 30 }, (_, page) => `page ${page}`))
    const again = sweepOn()
    endlessDay(again, 30)
    await again.play(day, 2)
    expect(new Set(again.pages.flat()).size).toBe(30)
  })
  test('that does not end is stopped at its bound, as a defect', async () => {
    const sweep = sweepOn()
    endlessDay(sweep, Number.POSITIVE_INFINITY)
    const last = sweep.perform({ ...day, part: MAX_DAY_PARTS, from: '7' })
    await expect(last).rejects.toMatchObject({ name: 'Defect', code: 'REPAIR_TOO_LONG' })
    expect(sweep.tasks).toEqual([])
  })
  test('a queue that fails is a fault, and the task comes again', async () => {
    const sweep = await withFacts(sweepOn(), terms('2026-02'), pay('A', '2026-11-20T10:00', ['2026-11']))
    const sendAccounts = () => Promise.reject(new Error('the queue is gone'))
    await expect(sweepMemberships({ ...sweep.ports, sendAccounts }, day)).rejects.toThrow('the queue is gone')
    sweep.clock.now = at('2026-11-21T00:10')
    expect(await sweep.perform(day)).toMatchObject({ accounts: 1 })
  })
})

describe('the programs of sponsors', () => {
  test('are looked at every night: those that ended up to three months ago, and those that end within two years', async () => {
    const sweep = sweepOn({ now: '2027-12-18T00:10' })
    const months = ['2027-08', '2027-09', '2027-12', '2029-12', '2030-01']
    for (const month of months) sweep.ending.set(month, [programIdOf('jambi' as SponsorId, month)])
    await sweep.perform({ task: 'recent' })
    expect(sweep.followed).toEqual([])
    await sweep.perform({ task: 'nightly' })
    expect(sweep.followed).toEqual(['jambi.2027-09', 'jambi.2027-12', 'jambi.2029-12'])
  })
})

describe('the notices of the morning', () => {
  test('ask for the programs that end from a month ago to two months ahead, once, by the clock of Jakarta', async () => {
    const sweep = sweepOn({ now: '2027-12-18T08:05' })
    const months = ['2027-10', '2027-11', '2027-12', '2028-01', '2028-02', '2028-03']
    for (const month of months) sweep.ending.set(month, [programIdOf('jambi' as SponsorId, month)])
    for (const zone of ['WIT', 'WITA'] as const) await sweep.perform({ task: 'notices', zone })
    expect(sweep.told).toEqual([])
    await sweep.perform({ task: 'notices', zone: 'WIB' })
    expect(sweep.told).toEqual(['jambi.2027-11', 'jambi.2027-12', 'jambi.2028-01', 'jambi.2028-02'])
  })
})
