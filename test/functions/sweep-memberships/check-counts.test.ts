/** The night's check of the rolling counts: agrees with what was counted, and puts right and reports what was not. */
import { describe, expect, test } from 'vitest'
import { countActivity } from '../../../functions/count-activity/count-activity.ts'
import { checkStanding } from '../../../functions/sweep-memberships/check-counts.ts'
import { month } from '../../../shared/domain/month.ts'
import { standingChange } from '../../../shared/domain/rolling-counts.ts'
import { newTally } from '../../../shared/domain/statistics.ts'
import { at, date, pay, reverse } from '../../support/facts.ts'
import { memoryRollingCounts } from '../../support/memory-rolling-counts.ts'
import { type Sweep, sweepOn, viewOf } from './sweep.ts'

const NIGHT = '2026-11-21T00:10'
const ACTIVE = { nextTransition: { on: date('2027-01-01'), to: 'grace' } } as const

/** What the stream would have brought, of these memberships. */
async function counted(sweep: Sweep, first: number, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, i) => {
    const { status, terms, regionCode, credit, paidThrough, asOf } = viewOf(first + i, ACTIVE)
    const after = { status, funding: terms.funding, regionCode, credit, paidThrough }
    const sequence = String(first + i)
    return { sequence, kind: 'view', before: undefined, after, writtenAt: asOf, activatedAfterMillis: null } as const
  })
  await countActivity({ counts: sweep.counts, now: sweep.ports.now }, 'memberships', records)
}

async function correctedBy(sweep: Sweep): Promise<number | undefined> {
  const outcomes = await sweep.play({ task: 'nightly' })
  const finished = outcomes.flatMap((each) => (each.outcome === 'part-done' && each.finished ? [each.finished] : []))
  return finished[0]?.corrected
}

async function activeIn(sweep: Sweep): Promise<number | undefined> {
  return (await sweep.counts.standing())?.provinces.get('15')?.[1]
}

describe('where memberships stand', () => {
  test('agrees with the census: nothing is corrected, and the check is noted', async () => {
    const sweep = sweepOn({ now: NIGHT })
    await sweep.putViews(1, 40, ACTIVE)
    await counted(sweep, 1, 40)
    expect(await correctedBy(sweep)).toBe(0)
    expect(await sweep.counts.standing()).toMatchObject({ check: { checkedAt: at(NIGHT), difference: 0 } })
    expect(await activeIn(sweep)).toBe(40)
  })

  test.each([
    ['never counted', 0],
    ['counted too few', 37],
  ])('%s: takes the census’s word and says by how many', async (_, known) => {
    const sweep = sweepOn({ now: NIGHT })
    await sweep.putViews(1, 40, ACTIVE)
    if (known > 0) await counted(sweep, 1, known)
    expect(await correctedBy(sweep)).toBe(40 - known)
    expect(await activeIn(sweep)).toBe(40)
    sweep.clock.now = at('2026-11-22T00:10')
    expect(await correctedBy(sweep)).toBe(0)
  })

  test('what changed while the census was taken is no error', async () => {
    const sweep = sweepOn({ now: NIGHT })
    await sweep.putViews(1, 40, ACTIVE)
    await counted(sweep, 1, 40)
    await sweep.perform({ task: 'nightly' })
    const tasks = sweep.tasks.splice(0)
    await counted(sweep, 101, 3)
    const outcomes = []
    for (const task of tasks) outcomes.push(await sweep.perform(task))
    expect(outcomes.some((each) => each.outcome === 'part-done' && each.finished?.corrected === 0)).toBe(true)
    expect(await activeIn(sweep)).toBe(43)
  })

  test('a credit that alone is wrong is put right too', async () => {
    const sweep = sweepOn({ now: NIGHT })
    await sweep.putViews(1, 2, ACTIVE)
    await counted(sweep, 1, 2)
    const add = { intake: [], standing: new Map([['credit', 500]]), changes: 1, activations: [] }
    await sweep.counts.add({ table: 'memberships', first: '900', last: '900', countedAt: at(NIGHT) }, add)
    expect(await correctedBy(sweep)).toBe(1)
    expect((await sweep.counts.standing())?.creditRupiah).toBe(0)
  })

  test('a membership counted while the correction is written is not lost by it', async () => {
    const sweep = sweepOn({ now: NIGHT })
    await sweep.putViews(1, 10, ACTIVE)
    await counted(sweep, 1, 4)
    const { correctStanding } = sweep.counts
    let raced = 0
    Object.assign(sweep.counts, {
      correctStanding: async (...args: Parameters<typeof correctStanding>) => {
        if (raced++ === 0) await counted(sweep, 5, 1)
        return correctStanding(...args)
      },
    })
    expect(await correctedBy(sweep)).toBe(5)
    expect(await activeIn(sweep)).toBe(10)
    expect(raced).toBe(2)
  })
})

describe('memberships may differ lawfully by as many', () => {
  const quiet = { startedAt: at(NIGHT), rows: 9_999, transitions: 0, unreadable: 0 }

  /** Corrected by how many, where the census found one membership for each of `wrong`, and none was counted. */
  async function corrected(wrong: number, changes: readonly [number, number] | undefined, result: typeof quiet) {
    const counts = memoryRollingCounts()
    if (changes) {
      const [before, after] = changes
      const added = { intake: [], standing: new Map<string, number>(), changes: after, activations: [] }
      await counts.add({ table: 'memberships', first: '1', last: '1', countedAt: at(NIGHT) }, added)
      await counts.noteRun(result.startedAt, before)
    }
    const census = { ...newTally(), paidThrough: new Map(wrong > 0 ? [[month('2026-11'), wrong]] : []) }
    const run = { ...result, purpose: 'nightly', zone: null, segments: 1, accounts: 0, notices: 0, parts: 1 } as const
    return checkStanding({ counts, now: () => at(NIGHT) }, census, { ...run, finishedAt: at(NIGHT) })
  }

  test.each([
    ['none on a quiet night', 0, undefined, quiet],
    ['none where counters never were, though a run noted none', 0, [0, 0], quiet],
    ['changed while the census was taken', 3, [100, 103], quiet],
    ['nothing less where counters went back', 0, [100, 90], quiet],
    ['are due to change because of the day', 2, undefined, { ...quiet, transitions: 2 }],
    ['could not be read', 4, undefined, { ...quiet, unreadable: 4 }],
    ['are one in ten thousand', 1, undefined, { ...quiet, rows: 19_999 }],
    ['are one in ten thousand, twice', 2, undefined, { ...quiet, rows: 20_000 }],
    ['all of these together', 10, [0, 3], { ...quiet, rows: 10_000, transitions: 2, unreadable: 4 }],
  ] as const)('%s: %i', async (_, allowed, changes, result) => {
    expect(await corrected(allowed, changes, result)).toBe(0)
    expect(await corrected(allowed + 1, changes, result)).toBe(allowed + 1)
  })
})

describe('what a day took in', () => {
  const task = { task: 'counts', source: 'bni', day: date('2026-11-20') } as const

  async function withPayments(): Promise<Sweep> {
    const sweep = sweepOn({ now: NIGHT })
    const first = pay('P1', '2026-11-20T10:07', ['2026-11'])
    for (const fact of [first, pay('P2', '2026-11-20T10:20', ['2026-12']), reverse(first, '2026-11-20T11:00')])
      await sweep.store.facts.put(fact)
    return sweep
  }

  test('is counted from the day index where nothing was counted, once, and then agrees', async () => {
    const sweep = await withPayments()
    expect(await sweep.perform(task)).toEqual({ outcome: 'counts-checked', corrected: 3 })
    const { quarters, checks } = await sweep.counts.intake(task.day)
    expect(quarters.map(({ channels }) => channels.get('bni'))).toMatchObject([
      { count: 1, amountRupiah: 8_400 },
      { count: 1, amountRupiah: 8_400 },
      { count: 0, reversedCount: 1, reversedRupiah: 8_400 },
    ])
    expect(checks.get('bni')).toEqual({ checkedAt: at(NIGHT), difference: 3 })
    expect(await sweep.perform(task)).toEqual({ outcome: 'counts-checked', corrected: 0 })
  })

  test('counted twice is taken back', async () => {
    const sweep = await withPayments()
    await sweep.perform(task)
    const quarter = at('2026-11-20T10:00')
    const twice = { count: 1, amountRupiah: 8_400, adminFeeRupiah: 0, reversedCount: 0, reversedRupiah: 0 }
    const intake = [{ day: task.day, quarter, source: 'bni', intake: twice }]
    const adds = {
      intake,
      standing: standingChange(undefined, { ...viewOf(1), funding: 'self' }),
      changes: 0,
      activations: [],
    }
    await sweep.counts.add({ table: 'facts', first: '1', last: '1', countedAt: at(NIGHT) }, adds)
    expect(await sweep.perform(task)).toEqual({ outcome: 'counts-checked', corrected: 1 })
    expect(await sweep.perform(task)).toEqual({ outcome: 'counts-checked', corrected: 0 })
  })

  test('of the last hour is left alone: it may be on its way to the counters', async () => {
    const sweep = sweepOn({ now: '2026-11-20T10:50' })
    await sweep.store.facts.put(pay('P1', '2026-11-20T10:07', ['2026-11']))
    expect(await sweep.perform(task)).toEqual({ outcome: 'counts-checked', corrected: 0 })
    expect((await sweep.counts.intake(task.day)).quarters).toEqual([])
  })
})
