/** Where a sweep cuts, how far it looks back, and where it stops: each limit from both of its sides. */
import { describe, expect, test } from 'vitest'
import { isLate, lastResultBefore } from '../../../functions/sweep-memberships/finish-run.ts'
import { MAX_DAY_PARTS, requeueDay, requeueRecorded } from '../../../functions/sweep-memberships/requeue-day.ts'
import { MAX_PARTS } from '../../../functions/sweep-memberships/sweep-segment.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { type DayTask, PAGES_PER_MESSAGE, type SegmentTask, type SweepTask } from '../../../shared/messages/sweep.ts'
import type { SweepResult } from '../../../shared/store/statistics/statistics.ts'
import { at, date } from '../../support/facts.ts'
import { memoryStatistics } from '../../support/memory-statistics.ts'
import { sweepOn, viewOf } from './sweep.ts'

const DAY = date('2026-11-20')
const NOW = '2026-12-01T00:10'

describe('a run is cut by how many there are', () => {
  test.each([
    [0, 2],
    [99_999, 2],
    [100_000, 8],
    [999_999, 8],
    [1_000_000, 16],
    [9_999_999, 16],
    [10_000_000, 64],
    [90_000_000, 64],
  ])('%i into %i segments', async (rows, segments) => {
    const sweep = sweepOn({ now: NOW })
    sweep.size.rows = rows
    expect(await sweep.perform({ task: 'weekly' })).toEqual({ outcome: 'fanned-out', tasks: segments })
    expect(sweep.tasks).toEqual(
      Array.from({ length: segments }, (_, segment) => ({
        task: 'segment',
        purpose: 'weekly',
        zone: null,
        run: at(NOW),
        segment,
        segments,
        part: 0,
        from: null,
      })),
    )
  })

  test('as the last run met them, where the table was not counted since', async () => {
    const sweep = sweepOn({ now: NOW })
    await sweep.statistics.putResult(resultOf('2026-11-30T00:10', { rows: 100_000 }))
    expect(await sweep.perform({ task: 'weekly' })).toMatchObject({ tasks: 8 })
  })
})

function resultOf(startedAt: string, changed: Partial<SweepResult> = {}): SweepResult {
  const counts = { rows: 1, unreadable: 0, transitions: 0, accounts: 0, notices: 0 }
  const run = { purpose: 'nightly', zone: null, startedAt: at(startedAt), segments: 2 } as const
  return { ...run, ...counts, parts: 2, finishedAt: at(startedAt), ...changed }
}

describe('the run before', () => {
  const stored = async (...results: readonly SweepResult[]) => {
    const statistics = memoryStatistics()
    for (const result of results) await statistics.putResult(result)
    return { statistics }
  }
  const startedBefore = async (ports: Awaited<ReturnType<typeof stored>>, when = NOW) =>
    (await lastResultBefore(ports, 'nightly', at(when)))?.startedAt

  test('is the last that began earlier, of the same kind and zone', async () => {
    const ports = await stored(
      resultOf('2026-11-30T00:10'),
      resultOf('2026-11-30T05:00'),
      resultOf('2026-11-30T06:00', { purpose: 'weekly' }),
      resultOf('2026-11-30T07:00', { zone: 'WIB' }),
      resultOf(NOW),
    )
    expect(await startedBefore(ports)).toBe(at('2026-11-30T05:00'))
    expect((await lastResultBefore(ports, 'nightly', at(NOW), 'WIB'))?.startedAt).toBe(at('2026-11-30T07:00'))
  })

  test('is looked for eight days back', async () => {
    const ports = await stored(resultOf('2026-11-23T00:10'))
    expect(await startedBefore(ports, '2026-12-01T23:00')).toBe(at('2026-11-23T00:10'))
    expect(await startedBefore(ports, '2026-12-02T00:10')).toBeUndefined()
  })
})

test('a night is late until a night’s run that began today is through', async () => {
  const statistics = memoryStatistics()
  const ports = { statistics, now: () => at('2026-12-01T05:00') }
  await statistics.putResult(resultOf('2026-11-30T23:59'))
  await statistics.putResult(resultOf('2026-12-01T00:20', { purpose: 'notices', zone: 'WIB' }))
  expect(await isLate(ports)).toBe(true)
  await statistics.putResult(resultOf('2026-12-01T00:00'))
  expect(await isLate(ports)).toBe(false)
})

describe('the repair of a day', () => {
  const task: DayTask = { task: 'day', source: 'bni', day: DAY }

  /** Pages of two entries of one account and one of another; as many as are asked for. */
  async function repaired(given: DayTask, pages: number) {
    const asked: (string | null)[] = []
    const sent: SweepTask[] = []
    const accounts: string[][] = []
    const ports = {
      facts: {
        dayPage: async (_source: string, _day: string, from: string | null) => {
          asked.push(from)
          const next = asked.length < pages ? `p${asked.length}` : null
          return { entries: ['a', 'a', 'b'].map((account) => ({ account })), next }
        },
      },
      sendAccounts: async (some: readonly string[], cause: string) => void accounts.push([cause, ...some]),
      sendTasks: async (tasks: readonly SweepTask[]) => void sent.push(...tasks),
    }
    const done = await requeueDay(ports as never, given)
    return { done, asked, sent, accounts }
  }

  test('sends each account once a page, and ends with the last page', async () => {
    const { done, asked, sent, accounts } = await repaired(task, 2)
    expect(done).toEqual({ outcome: 'requeued', accounts: 4 })
    expect([asked, sent]).toEqual([[null, 'p1'], []])
    expect(accounts).toEqual([
      ['repair', 'a', 'b'],
      ['repair', 'a', 'b'],
    ])
  })

  test('goes on after twelve pages where it stopped', async () => {
    const whole = await repaired(task, 12)
    expect([whole.asked.length, whole.sent]).toEqual([12, []])
    const { done, asked, sent } = await repaired({ ...task, part: 3, from: 'p0' }, 13)
    expect([done, asked[0], asked.length]).toEqual([{ outcome: 'requeued', accounts: 24 }, 'p0', 12])
    expect(sent).toEqual([{ ...task, part: 4, from: 'p12' }])
    expect((await repaired(task, 13)).sent).toEqual([{ ...task, part: 1, from: 'p12' }])
  })

  test('is a defect at its bound, and not before', async () => {
    await expect(repaired({ ...task, part: MAX_DAY_PARTS }, 1)).rejects.toMatchObject({ code: 'REPAIR_TOO_LONG' })
    expect((await repaired({ ...task, part: MAX_DAY_PARTS - 1 }, 1)).done).toMatchObject({ accounts: 2 })
  })

  test.each([
    [0, []],
    [499, [499]],
    [500, [500]],
    [1_001, [500, 500, 1]],
  ])('of what finance recorded sends %i accounts in pages of %j', async (count, pages) => {
    const sent: number[] = []
    const ports = {
      recordedOn: async function* () {
        for (let i = 0; i < count; i++) yield kpjOf(String(50_000_000_000 + i))
      },
      sendAccounts: async (accounts: readonly string[], cause: string) => {
        expect(cause).toBe('repair')
        sent.push(accounts.length)
      },
    }
    expect(await requeueRecorded(ports, DAY)).toEqual({ outcome: 'requeued', accounts: count })
    expect(sent).toEqual(pages)
  })
})

describe('a segment', () => {
  const segment: SegmentTask = {
    task: 'segment',
    purpose: 'weekly',
    zone: null,
    run: at(NOW),
    segment: 0,
    segments: 1,
    part: 0,
    from: null,
  }

  test('is a defect at its bound, and not before', async () => {
    const sweep = sweepOn({ now: NOW })
    await expect(sweep.perform({ ...segment, part: MAX_PARTS })).rejects.toMatchObject({ code: 'SWEEP_TOO_LONG' })
    expect(await sweep.perform({ ...segment, part: MAX_PARTS - 1 })).toMatchObject({ outcome: 'part-done' })
  })

  test.each([
    ['weekly', PAGES_PER_MESSAGE, []],
    ['weekly', PAGES_PER_MESSAGE + 1, [1]],
    ['nightly', PAGES_PER_MESSAGE, []],
    ['nightly', PAGES_PER_MESSAGE + 1, [1]],
    ['notices', PAGES_PER_MESSAGE + 1, [1]],
  ] as const)('of a %s run with %i pages asks for parts %j', async (purpose, pages, parts) => {
    const sweep = sweepOn({ now: NOW })
    const from: (string | null)[] = []
    const page = async (_segment: number, _segments: number, start: string | null) => {
      from.push(start)
      const next = from.length < pages ? `p${from.length}` : null
      return { accounts: [viewOf(from.length).kpj], views: [viewOf(from.length)], unreadable: [], next }
    }
    Object.assign(sweep.ports, {
      facts: { ...sweep.ports.facts, accountsPage: page },
      memberships: { ...sweep.ports.memberships, scanPage: page },
    })
    const done = await sweep.perform({ ...segment, purpose })
    expect(done).toMatchObject({ outcome: 'part-done', counts: { rows: PAGES_PER_MESSAGE } })
    expect([from.length, from[0], from[1]]).toEqual([PAGES_PER_MESSAGE, null, 'p1'])
    expect(sweep.tasks).toEqual(parts.map((part) => ({ ...segment, purpose, part, from: `p${PAGES_PER_MESSAGE}` })))
  })

  test('of notices names those who live by its clock; who lives nowhere known goes by Jakarta’s', async () => {
    const zoned = async (zone: 'WIB' | 'WITA' | 'WIT') => {
      const sweep = sweepOn({ now: NOW })
      for (const [i, regionCode] of ['15.71', '64.71', '94.71', '00.00'].entries()) {
        await sweep.store.memberships.put(viewOf(i, { status: 'grace', regionCode }))
      }
      await sweep.store.memberships.put(viewOf(9, { status: 'active', regionCode: '15.71' }))
      await sweep.perform({ ...segment, purpose: 'notices', zone })
      return sweep.notified.map((kpj) => Number(kpj) - 50_000_000_000).sort()
    }
    expect([await zoned('WIB'), await zoned('WITA'), await zoned('WIT')]).toEqual([[0, 3], [1], [2]])
  })
})

describe('sponsors whose programs end', () => {
  const programs = [
    ['2026-10', 'a'],
    ['2026-11', 'b'],
    ['2026-12', 'c'],
    ['2027-01', 'd'],
    ['2027-02', 'e'],
    ['2027-03', 'f'],
  ] as const

  test.each(['WIB', 'WITA'] as const)(
    'from a month ago to two months ahead are told by Jakarta’s clock: %s',
    async (zone) => {
      const sweep = sweepOn({ now: NOW })
      for (const [month, program] of programs) sweep.ending.set(month, [program as never])
      await sweep.perform({ task: 'notices', zone })
      expect(sweep.told).toEqual(zone === 'WIB' ? ['b', 'c', 'd', 'e'] : [])
    },
  )
})

describe('a night', () => {
  test('repairs three days and checks the counts of the three before, of each source', async () => {
    const sweep = sweepOn({ now: NOW, sources: ['bni', 'pos'] })
    const done = await sweep.perform({ task: 'nightly' })
    const days = (task: string) =>
      sweep.tasks.flatMap((each) =>
        each.task === task && 'day' in each ? [`${'source' in each ? each.source : ''} ${each.day}`] : [],
      )
    expect(days('day')).toEqual([
      'bni 2026-12-01',
      'pos 2026-12-01',
      'bni 2026-11-30',
      'pos 2026-11-30',
      'bni 2026-11-29',
      'pos 2026-11-29',
    ])
    expect(days('counts')).toEqual([
      'bni 2026-11-30',
      'pos 2026-11-30',
      'bni 2026-11-29',
      'pos 2026-11-29',
      'bni 2026-11-28',
      'pos 2026-11-28',
    ])
    expect(done).toEqual({ outcome: 'fanned-out', tasks: sweep.tasks.length })
    expect(await sweep.counts.changesAt(at(NOW) as Instant)).toBe(0)
  })
})
