/** The first night over a full table: no run has counted it yet, and the chain of messages has an end of its own. */
import { describe, expect, test } from 'vitest'
import { MAX_PARTS } from '../../../functions/sweep-memberships/sweep-segment.ts'
import type { SegmentTask, SweepTask } from '../../../shared/messages/sweep.ts'
import { date } from '../../support/facts.ts'
import { runsOf, type Sweep, sweepOn, viewOf } from './sweep.ts'

const TEN_MILLION = 10_000_000
const PAGE = 500
/** What Lambda allows a function that may not feed itself. */
const AWS_CHAIN = 16

/** A table of so many views, all alike, in pages of 500 as the real one has them. */
function fill(sweep: Sweep, rows: number): void {
  const views = Array.from({ length: PAGE }, (_, i) => viewOf(i, { nextTransition: null }))
  const scanPage = async (segment: number, segments: number, from: string | null) => {
    const pages = Math.ceil(rows / PAGE)
    const [first, end] = [segment, segment + 1].map((each) => Math.floor((each * pages) / segments)) as [number, number]
    const page = from === null ? first : Number(from)
    if (page >= end) return { views: [], unreadable: [], next: null }
    return { views, unreadable: [], next: page + 1 < end ? String(page + 1) : null }
  }
  Object.assign(sweep.ports, { memberships: { ...sweep.ports.memberships, scanPage } })
}

/** Plays a run to its end; says how many invocations its longest chain of messages had. */
async function longestChain(sweep: Sweep, first: SweepTask): Promise<number> {
  let longest = 0
  let waiting: readonly { readonly task: SweepTask; readonly depth: number }[] = [{ task: first, depth: 1 }]
  while (waiting.length > 0) {
    const next: { readonly task: SweepTask; readonly depth: number }[] = []
    for (const { task, depth } of waiting) {
      longest = Math.max(longest, depth)
      await sweep.perform(task)
      next.push(...sweep.tasks.splice(0).map((sent) => ({ task: sent, depth: depth + 1 })))
    }
    waiting = next
  }
  return longest
}

describe('ten million memberships on the first night', () => {
  test('are counted whole in a short chain, because the table says how many there are', async () => {
    const sweep = sweepOn()
    fill(sweep, TEN_MILLION)
    sweep.size.rows = TEN_MILLION
    const longest = await longestChain(sweep, { task: 'nightly' })
    expect(longest).toBeLessThanOrEqual(AWS_CHAIN)
    expect(await runsOf(sweep, '2026-12-01')).toMatchObject([{ rows: TEN_MILLION, segments: 64 }])
    expect((await sweep.statistics.census(date('2026-12-01')))?.rows).toBe(TEN_MILLION)
  }, 120_000)

  test('are counted whole, too, when DynamoDB has not counted the table yet: the chain is longer than Lambda allows others', async () => {
    const sweep = sweepOn()
    fill(sweep, TEN_MILLION)
    const longest = await longestChain(sweep, { task: 'notices', zone: 'WIB' })
    expect(longest).toBeGreaterThan(AWS_CHAIN)
    expect(longest).toBeLessThan(MAX_PARTS)
    expect(await runsOf(sweep, '2026-12-01')).toMatchObject([{ rows: TEN_MILLION, segments: 2 }])
  }, 120_000)
})

test.each([
  [0, 2],
  [250_000, 8],
  [3_000_000, 16],
  [10_000_000, 64],
  [60_000_000, 64],
])('a table of %i memberships is cut into %i segments, and no chain reaches its bound', async (rows, segments) => {
  const sweep = sweepOn()
  sweep.size.rows = rows
  await sweep.perform({ task: 'weekly' })
  expect(sweep.tasks).toHaveLength(segments)
  expect(Math.ceil(rows / segments / 100_000)).toBeLessThan(AWS_CHAIN)
})

test('the larger figure counts, of the last run and of the table', async () => {
  const sweep = sweepOn()
  sweep.size.rows = 3_000_000
  await sweep.putViews(1, 3)
  await sweep.play({ task: 'nightly' })
  await sweep.perform({ task: 'weekly' })
  expect(sweep.tasks).toHaveLength(16)
})

test('a scan that does not end is stopped at the bound, as a defect', async () => {
  const sweep = sweepOn()
  const endless: SegmentTask = {
    task: 'segment',
    purpose: 'nightly',
    zone: null,
    run: sweep.clock.now,
    segment: 0,
    segments: 2,
    part: MAX_PARTS,
    from: '50000000000',
  }
  await expect(sweep.perform(endless)).rejects.toMatchObject({ name: 'Defect', code: 'SWEEP_TOO_LONG' })
  expect(sweep.tasks).toEqual([])
})
