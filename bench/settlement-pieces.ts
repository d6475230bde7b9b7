/**
 * Pieces of `npm run bench:settlement` that stand alone: days of one hostile pattern (settlement-patterns.ts), a file read through
 * a channel's layout, and a day from its file to its statement. Each measures in processes of its own, prints its table and says what it is judged by.
 */
import { type Limit, round, tableText } from './report.ts'
import { answerOf } from './settlement-data.ts'
import type { EndToEndRun } from './settlement-end-to-end.ts'
import type { OurOrder, OurRun, PatternRun } from './settlement-ours.ts'
import type { Pattern } from './settlement-patterns.ts'
import { aloneIn } from './settlement-processes.ts'

/** Of the time per line at a tenth of the size: caches end somewhere, algorithms must not. */
export const GROWTH_LIMIT = 2.5
/** What the function has, less what Node needs besides. */
const PATTERN_MEMORY_LIMIT = 2_700
const READ_SECONDS_LIMIT = 3

type PatternGrowth = { readonly pattern: Pattern; readonly run: PatternRun; readonly growth: number }

/** Prints one row per pattern as soon as it is known: a piece may be cut off. */
export async function measurePatterns(patterns: readonly Pattern[], lines: number): Promise<readonly Limit[]> {
  const measured: PatternGrowth[] = []
  for (const pattern of patterns) {
    const one = await growthOf(pattern, lines)
    measured.push(one)
    console.log(`measured: ${pattern}, ${lines} lines in ${round(one.run.seconds, 2)} s`)
  }
  const columns = [
    'a day of one pattern',
    'lines',
    'seconds',
    'CPU seconds',
    'most MB',
    'growth per line',
    'cases stand for',
  ]
  const rows = measured.map(({ pattern, run, growth }) => [
    pattern,
    lines,
    round(run.seconds, 2),
    round(run.cpuSeconds, 2),
    round(run.peakMegabytes, 0),
    round(growth, 2),
    run.cases,
  ])
  console.log(`\n${tableText(columns, rows)}\n`)
  const most = (value: (one: PatternGrowth) => number) => Math.max(...measured.map(value))
  return [
    {
      what: 'lines of any pattern that stand nowhere, and rupiah unexplained',
      value: most(({ run }) => Math.abs(run.lost) + Math.abs(run.unexplained)),
      limit: 0,
    },
    {
      what: `CPU per line of any pattern at ${lines} to that at ${lines / 10}`,
      value: round(
        most(({ growth }) => growth),
        2,
      ),
      limit: GROWTH_LIMIT,
    },
    {
      what: 'most memory of a process with a day of any pattern, MB',
      value: round(
        most(({ run }) => run.peakMegabytes),
        0,
      ),
      limit: PATTERN_MEMORY_LIMIT,
    },
  ]
}

/** Each size in a process of its own; what grows is time on the processor, because others may share the machine. */
async function growthOf(pattern: Pattern, lines: number): Promise<PatternGrowth> {
  const at = (size: number) =>
    aloneIn<PatternRun>('settlement-ours.ts', { kind: 'pattern', pattern, size } satisfies OurOrder)
  const [before, run] = [await at(lines / 10), await at(lines)]
  return { pattern, run, growth: run.cpuSeconds / lines / (before.cpuSeconds / (lines / 10)) }
}

export async function measureReading(lines: number): Promise<readonly Limit[]> {
  const read = await aloneIn<OurRun>('settlement-ours.ts', { kind: 'read', size: lines } satisfies OurOrder)
  console.log(
    `reading ${lines} lines of a file through the layout of indomaret into columns: ${round(read.fillMillis, 0)} ms, ` +
      `process at most ${round(read.peakMegabytes, 0)} MB\n`,
  )
  return [
    { what: 'lines lost on the way through the layout', value: lines - read.lines, limit: 0 },
    {
      what: `seconds to read ${lines} lines through a layout`,
      value: round(read.fillMillis / 1_000, 2),
      limit: READ_SECONDS_LIMIT,
    },
  ]
}

/** Prints one figure: what a day takes from the file in the bucket to the statement, and the most memory that it ever had. */
export async function measureEndToEnd(payments: number): Promise<readonly Limit[]> {
  const run = await aloneIn<EndToEndRun>('settlement-end-to-end.ts', { size: payments })
  const { intakeSeconds, reconcileSeconds, cpuSeconds, peakMegabytes, lines } = run
  console.log(
    `a day of ${payments} payments from its file of ${lines} lines to its statement: ${round(intakeSeconds + reconcileSeconds, 1)} s ` +
      `(taken in ${round(intakeSeconds, 1)}, reconciled ${round(reconcileSeconds, 1)}), CPU ${round(cpuSeconds, 1)} s, ` +
      `process at most ${round(peakMegabytes, 0)} MB\n`,
  )
  // A payment that was taken back on both sides needs no case.
  const { none: _agreeing, 'reversed-on-both-sides': _silent, ...expected } = answerOf(payments)
  const classes = new Set([...Object.keys(expected), ...Object.keys(run.classes)])
  const off = [...classes].map((name) =>
    Math.abs((run.classes[name] ?? 0) - ((expected as Record<string, number>)[name] ?? 0)),
  )
  return [
    { what: 'cases of the day that differ from the known answer', value: off.reduce((a, b) => a + b, 0), limit: 0 },
    { what: 'rupiah of the day left unexplained', value: Math.abs(run.unexplained), limit: 0 },
    {
      what: 'most memory of a process with a whole day, MB',
      value: round(peakMegabytes, 0),
      limit: PATTERN_MEMORY_LIMIT,
    },
  ]
}
