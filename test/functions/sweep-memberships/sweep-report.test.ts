/** What a sweep leaves behind for people: figures that alarms stand on; and which messages it takes. */
import { describe, expect, test } from 'vitest'
import { noticeHint } from '../../../functions/sweep-memberships/notice-hint.ts'
import type { FinishedRun, SweepOutcome } from '../../../functions/sweep-memberships/ports.ts'
import { reportSweep } from '../../../functions/sweep-memberships/sweep-report.ts'
import { NOTICE_RULES, noticesDue } from '../../../shared/domain/notice.ts'
import { SWEEP, type SweepTask } from '../../../shared/messages/sweep.ts'
import { createLog } from '../../../shared/runtime/log.ts'
import { at, date } from '../../support/facts.ts'
import { viewOf } from './sweep.ts'

const COUNTS = { rows: 10, unreadable: 1, transitions: 3, accounts: 4, notices: 2 }
const SEGMENT: SweepTask = {
  task: 'segment',
  purpose: 'nightly',
  zone: null,
  run: at('2026-12-01T00:10'),
  segment: 1,
  segments: 2,
  part: 0,
  from: null,
}

function reported(task: SweepTask, swept: SweepOutcome) {
  const counted: Record<string, number> = {}
  const lines: Record<string, unknown>[] = []
  const write = (text: string) => {
    const { timestamp: _at, service: _service, sampling_rate: _rate, ...line } = JSON.parse(text)
    lines.push(line)
  }
  const log = createLog({ service: 'sweep-memberships', write })
  const note = (name: string, value: number) => {
    counted[name] = (counted[name] ?? 0) + value
  }
  const metrics = {
    count: (name: string, _: unknown, value = 1) => note(name, value),
    millis: (name: string, value: number) => note(name, value),
  }
  reportSweep({ metrics, log }, task, swept)
  return { counted, lines }
}

function finished(changed: Partial<FinishedRun> = {}): FinishedRun {
  const run = { purpose: 'nightly', zone: null, startedAt: at('2026-12-01T00:10'), segments: 2 } as const
  return {
    result: { ...run, ...COUNTS, parts: 2, finishedAt: at('2026-12-01T00:11') },
    fewer: false,
    corrected: 0,
    ...changed,
  }
}

describe('metrics and log lines', () => {
  test('a part counts what it did, a finished run how long it took', () => {
    const { counted, lines } = reported(SEGMENT, { outcome: 'part-done', counts: COUNTS, finished: finished() })
    expect(counted).toEqual({
      SweepRows: 10,
      TransitionsDue: 3,
      AccountsRequeued: 4,
      NoticesAsked: 2,
      ViewsUnreadable: 1,
      SweepRunsFinished: 1,
      SweepRunMillis: 60_000,
    })
    const figures = { rows: 10, transitions: 3, notices: 2, accepted: 4 }
    expect(lines).toEqual([
      {
        level: 'INFO',
        message: 'A part of a sweep was done',
        task: 'segment',
        outcome: 'part-done',
        kind: 'nightly',
        segment: 1,
        part: 0,
        ...figures,
      },
      { level: 'INFO', message: 'A sweep is through', kind: 'nightly', count: 2, ageMillis: 60_000, ...figures },
    ])
  })
  test('a part that did nothing counts nothing, and a run that took no time took none', () => {
    const none = { rows: 0, unreadable: 0, transitions: 0, accounts: 0, notices: 0 }
    expect(reported(SEGMENT, { outcome: 'part-done', counts: none, finished: null }).counted).toEqual({})
    const one = { rows: 1, unreadable: 1, transitions: 1, accounts: 1, notices: 1 }
    const { result } = finished()
    const swept = { ...finished(), result: { ...result, finishedAt: result.startedAt } }
    expect(reported(SEGMENT, { outcome: 'part-done', counts: one, finished: swept }).counted).toEqual({
      SweepRows: 1,
      TransitionsDue: 1,
      AccountsRequeued: 1,
      NoticesAsked: 1,
      ViewsUnreadable: 1,
      SweepRunsFinished: 1,
      SweepRunMillis: 0,
    })
  })
  test('a run of notices names the zone that it was for, in each of its lines', () => {
    const { result } = finished()
    const zoned = { ...finished({ corrected: 1, fewer: true }), result: { ...result, zone: 'WIT' as const } }
    const task = { ...SEGMENT, purpose: 'notices', zone: 'WIT' } as const
    const { lines } = reported(task, { outcome: 'part-done', counts: COUNTS, finished: zoned })
    expect(lines.map(({ level, zone, kind, ageMillis, count }) => [level, zone, kind, ageMillis, count])).toEqual([
      ['INFO', 'WIT', 'notices', undefined, undefined],
      ['INFO', 'WIT', 'nightly', 60_000, 2],
      ['WARN', 'WIT', 'nightly', 60_000, 1],
      ['WARN', 'WIT', 'nightly', 60_000, 2],
    ])
  })
  test('a run that met fewer, and one that is late, are figures of their own', () => {
    const shrunk = reported(SEGMENT, { outcome: 'part-done', counts: COUNTS, finished: finished({ fewer: true }) })
    expect(shrunk.counted).toMatchObject({ SweepRunsShrunk: 1 })
    expect(shrunk.lines.at(-1)).toMatchObject({ level: 'WARN' })
    const late = reported({ task: 'check' }, { outcome: 'late' })
    expect(late.counted).toEqual({ SweepRunsLate: 1 })
    expect(late.lines).toMatchObject([{ level: 'WARN', task: 'check', outcome: 'late' }])
    const through = reported({ task: 'check' }, { outcome: 'on-time' })
    expect(through.counted).toEqual({})
    expect(through.lines).toMatchObject([{ level: 'INFO', task: 'check', outcome: 'on-time' }])
  })
  test('rolling counts that were wrong are a figure of their own, by the census and by a day', () => {
    const wrong = reported(SEGMENT, { outcome: 'part-done', counts: COUNTS, finished: finished({ corrected: 7 }) })
    expect(wrong.counted).toMatchObject({ CountsCorrected: 7 })
    expect(wrong.lines.at(-1)).toMatchObject({ level: 'WARN', count: 7 })
    const day = { task: 'counts', source: 'bni', day: date('2026-11-20') } as const
    expect(reported(day, { outcome: 'counts-checked', corrected: 2 })).toMatchObject({
      counted: { CountsCorrected: 2 },
      lines: [{ level: 'INFO', task: 'counts', outcome: 'counts-checked', source: 'bni', day: '2026-11-20', count: 2 }],
    })
    expect(reported(day, { outcome: 'counts-checked', corrected: 1 }).counted).toEqual({ CountsCorrected: 1 })
    expect(reported(day, { outcome: 'counts-checked', corrected: 0 }).counted).toEqual({})
  })
  test('a clock that was set back meanwhile gives no duration', () => {
    const { result } = finished()
    const back = { result: { ...result, finishedAt: at('2026-11-01T00:00') }, fewer: false, corrected: 0 }
    const { counted } = reported(SEGMENT, { outcome: 'part-done', counts: COUNTS, finished: back })
    expect(counted).not.toHaveProperty('SweepRunMillis')
  })
  test('a day names its source, a run its zone', () => {
    const day = { task: 'day', source: 'bni', day: date('2026-11-20') } as const
    expect(reported(day, { outcome: 'requeued', accounts: 5 })).toMatchObject({
      counted: { AccountsRequeued: 5 },
      lines: [{ task: 'day', outcome: 'requeued', source: 'bni', day: '2026-11-20', part: 0, count: 5 }],
    })
    expect(reported({ ...day, part: 3 }, { outcome: 'requeued', accounts: 5 }).lines).toMatchObject([{ part: 3 }])
    const recorded = { task: 'recorded', day: date('2026-11-20') } as const
    expect(reported(recorded, { outcome: 'requeued', accounts: 5 }).lines).toMatchObject([
      { task: 'recorded', source: 'recorded', day: '2026-11-20' },
    ])
    const notices = { task: 'notices', zone: 'WIT' } as const
    expect(reported(notices, { outcome: 'fanned-out', tasks: 2 }).lines).toMatchObject([
      { level: 'INFO', task: 'notices', outcome: 'fanned-out', zone: 'WIT', count: 2 },
    ])
  })
})

describe('messages', () => {
  const { read } = SWEEP
  test.each([
    { task: 'nightly' },
    { task: 'check' },
    { task: 'day', source: 'import', day: '2026-11-20' },
    { task: 'notices', zone: 'WITA' },
    SEGMENT,
  ])('%j is taken as it is', (task) => {
    expect(read(JSON.stringify(task))).toEqual({ kind: 'message', message: task })
  })
  test.each([
    { task: 'hourly' },
    { task: 'day', source: 'import', day: '2026-02-30' },
    { task: 'notices', zone: 'CET' },
    { ...SEGMENT, part: -1 },
    { ...SEGMENT, segments: 0 },
    { ...SEGMENT, run: 'yesterday' },
    { ...SEGMENT, purpose: 'monthly' },
  ])('%j is refused', (task) => {
    expect(read(JSON.stringify(task)).kind).toBe('refused')
  })
})

test('what a hint remembers of one member is what it would have said of the next', () => {
  const now = at('2026-12-16T08:05')
  const views = [
    viewOf(1),
    viewOf(2, { status: 'grace' }),
    viewOf(3, { status: 'closed', nextTransition: null }),
    viewOf(4, { paidThrough: '2027-03' as never, nextTransition: { on: date('2027-04-01'), to: 'grace' } }),
    viewOf(5, { terms: { ...viewOf(5).terms, funding: 'village' } }),
    viewOf(6, { noticeDue: { stage: 'active-again', month: '2026-12' as never }, asOf: now }),
    viewOf(7, { noticeDue: { stage: 'active-again', month: '2026-12' as never }, asOf: at('2026-11-01T10:00') }),
  ]
  const isDue = noticeHint(now, NOTICE_RULES)
  const truth = views.map((view) => noticesDue(view, now, NOTICE_RULES).length > 0)
  expect(views.map(isDue)).toEqual(truth)
  expect(views.map(isDue)).toEqual(truth)
  expect(new Set(truth).size).toBe(2)
})
