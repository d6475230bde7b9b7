/** What an audit counts, how its parts end, and what it tells people. */
import { describe, expect, test } from 'vitest'
import { auditLedger, MAX_PARTS } from '../../../functions/audit-ledger/audit-ledger.ts'
import { reportAudit } from '../../../functions/audit-ledger/report-audit.ts'
import {
  added,
  addedSums,
  countOf,
  difference,
  looked,
  NOTHING,
  placed,
} from '../../../functions/audit-ledger/tally.ts'
import { goOn, putIfWrong } from '../../../functions/audit-ledger/walk.ts'
import type { AuditTask, DayAuditTask } from '../../../shared/messages/audit.ts'
import type { AuditLine, AuditTally } from '../../../shared/store/statistics/ledger-audits.ts'
import { at, date } from '../../support/facts.ts'

const RUN = at('2026-11-21T03:00')
const NOW = at('2026-11-21T03:05')
const SUMS = { collected: 100, allocated: 1, credit: 2, suspense: 4, reversed: 8, billed: 16 }
const TWICE = { collected: 200, allocated: 2, credit: 4, suspense: 8, reversed: 16, billed: 32 }
const sample = (kind: Parameters<typeof difference>[0], i = 0) => difference(kind, `A${i}`, `F${i}`)

describe('a tally', () => {
  test('of one look counts each kind, and keeps the first twenty', () => {
    const many = Array.from({ length: 21 }, (_, i) => sample('view-differs', i))
    expect(looked([sample('sums-differ'), ...many], SUMS, 3)).toEqual({
      looks: 1,
      facts: 3,
      sums: SUMS,
      differences: { 'sums-differ': 1, 'view-differs': 21 },
      samples: [sample('sums-differ'), ...many.slice(0, 19)],
    })
    expect(looked([])).toEqual({ ...NOTHING, looks: 1 })
  })

  test('and another add up, figure by figure', () => {
    const one = looked([sample('view-differs', 1)], SUMS, 3)
    const other = looked([sample('view-differs', 2), sample('sums-differ', 3)], SUMS, 5)
    expect(added(one, other)).toEqual({
      looks: 2,
      facts: 8,
      sums: TWICE,
      differences: { 'view-differs': 2, 'sums-differ': 1 },
      samples: [sample('view-differs', 1), sample('view-differs', 2), sample('sums-differ', 3)],
    })
    const full = { ...one, samples: Array.from({ length: 20 }, (_, i) => sample('sums-differ', i)) }
    expect(added(full, other).samples).toEqual(full.samples)
    expect([addedSums(SUMS, SUMS), placed(SUMS), countOf(added(one, other)), countOf(NOTHING)]).toEqual([
      TWICE,
      31,
      3,
      0,
    ])
  })
})

describe('a part', () => {
  const task: DayAuditTask = { task: 'day', source: 'bni', day: date('2026-11-20'), part: 4 }
  const found = looked([sample('view-differs')])
  const tally = looked([sample('view-differs'), sample('sums-differ')])
  const line = { day: task.day, subject: 'bni', startedAt: RUN }

  function ports() {
    const sent: AuditTask[] = []
    const lines: AuditLine[] = []
    return {
      sent,
      lines,
      sendTasks: async (tasks: readonly AuditTask[]) => void sent.push(...tasks),
      audits: { put: async (each: AuditLine) => void lines.push(each) } as never,
      now: () => NOW,
    }
  }

  test('that is not the last goes on by a message, with all that was counted', async () => {
    const all = ports()
    const ended = await goOn(all, task, { found, tally, next: 'place', line })
    expect(ended).toEqual({ outcome: 'part-done', found, line: null })
    expect([all.sent, all.lines]).toEqual([[{ ...task, run: RUN, part: 5, from: 'place', tally }], []])
    const { part: _part, ...first } = task
    await goOn(all, { ...first, run: NOW }, { found, tally, next: 'place', line })
    expect(all.sent[1]).toEqual({ ...first, run: NOW, part: 1, from: 'place', tally })
  })

  test('that is the last leaves the line of all of them', async () => {
    const all = ports()
    const whole = { ...tally, ...line, finishedAt: NOW }
    expect(await goOn(all, task, { found, tally, next: null, line })).toEqual({ outcome: 'done', found, line: whole })
    expect([all.sent, all.lines]).toEqual([[], [whole]])
  })

  test('about one thing leaves a line only where it is wrong', async () => {
    const all = ports()
    const wrong = { ...tally, ...line }
    const whole = { ...wrong, finishedAt: NOW }
    expect(await putIfWrong(all, wrong)).toEqual({ outcome: 'done', found: wrong, line: whole })
    const right = { ...looked([], SUMS, 2), ...line }
    expect(await putIfWrong(all, right)).toEqual({ outcome: 'done', found: { ...NOTHING, looks: 1 }, line: null })
    expect(all.lines).toEqual([whole])
  })
})

describe('the audit of everything', () => {
  test.each([
    [0, 2],
    [4_000_000, 2],
    [4_000_001, 3],
    [128_000_000, 64],
    [900_000_000, 64],
  ])('of %i facts is cut into %i segments', async (facts, segments) => {
    const sent: AuditTask[] = []
    const ports = { sendTasks: async (tasks: readonly AuditTask[]) => void sent.push(...tasks), now: () => RUN }
    const done = await auditLedger({ ...ports, factCount: async () => facts } as never, { task: 'weekly' })
    expect(done).toEqual({ outcome: 'fanned-out', tasks: 2 * segments })
    expect(sent[0]).toEqual({ task: 'accounts', segment: 0, segments, run: RUN })
    expect(sent.at(-1)).toEqual({ task: 'decisions', segment: segments - 1, segments, run: RUN })
  })

  test.each([
    { task: 'accounts', segment: 0, segments: 2, part: MAX_PARTS },
    { task: 'bill', billCode: 'x', day: '2026-11-20', run: RUN, chunk: MAX_PARTS + 1, shares: {} },
  ])('or of a bill is stopped at its bound: $task', async (task) => {
    await expect(auditLedger({} as never, task as never)).rejects.toMatchObject({ code: 'AUDIT_TOO_LONG' })
  })
})

describe('people are told', () => {
  function told(task: AuditTask['task'], audited: Parameters<typeof reportAudit>[2]) {
    const counted: unknown[][] = []
    const said: unknown[][] = []
    const log = {
      info: (...line: unknown[]) => void said.push(['info', ...line]),
      warn: (...line: unknown[]) => void said.push(['warn', ...line]),
    }
    reportAudit(
      { metrics: { count: (...each: unknown[]) => void counted.push(each) }, log },
      { task } as never,
      audited,
    )
    return { counted, said }
  }
  const found: AuditTally = {
    ...NOTHING,
    looks: 7,
    differences: { 'view-differs': 2, 'decision-without-fact': 3 },
    samples: [sample('view-differs', 1), sample('decision-without-fact', 2)],
  }

  test('how an audit began', () => {
    expect(told('nightly', { outcome: 'fanned-out', tasks: 9 })).toEqual({
      counted: [],
      said: [['info', 'An audit began', { task: 'nightly', outcome: 'fanned-out', count: 9 }]],
    })
  })

  test('what a part found, decisions without a fact apart, each sample a line', () => {
    const which = { task: 'day', outcome: 'part-done' }
    expect(told('day', { outcome: 'part-done', found, line: null })).toEqual({
      counted: [
        ['AuditLooks', undefined, 7],
        ['AuditDifferences', undefined, 2],
        ['DecisionsWithoutFact', undefined, 3],
      ],
      said: [
        ['warn', 'An audit found a difference', { ...which, code: 'view-differs', account: 'A1' }],
        ['warn', 'An audit found a difference', { ...which, code: 'decision-without-fact', account: 'A2' }],
      ],
    })
  })

  test('what all of it came to, with the differences of all parts', () => {
    const line = { ...found, day: date('2026-11-20'), subject: 'bni', startedAt: RUN, finishedAt: NOW }
    expect(told('day', { outcome: 'done', found: NOTHING, line })).toEqual({
      counted: [],
      said: [['info', 'An audit is through', { task: 'day', outcome: 'done', day: '2026-11-20', rows: 7, count: 5 }]],
    })
  })
})
