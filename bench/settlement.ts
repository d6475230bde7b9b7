/**
 * `npm run bench:settlement`: joins and classifies a hub day of a million payments with a file of a million lines, beside an
 * embedded analytical database that answers the same question on the same rows, in turn, in the same run; medians. Each has
 * one thread, as the hub's function has little more; what the other does with all cores is shown beside it.
 *
 * Judged: everything known to be wrong is found and nothing else, on both sides; time is at most 1.5 of the other's; the hub's
 * process never has more than 400 MB; time per line does not grow with the day, nor with a day of one hostile pattern alone
 * (settlement-patterns.ts: 10^4 and 10^5 lines, with the argument `million` 10^5 and 10^6). Exits 1 where one is broken. Reading a file of
 * a million lines through a channel's layout takes 3 seconds at most. Filling either side is reported, not judged.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { judge, type Limit, median, round, tableText } from './report.ts'
import { type Answer, answerOf } from './settlement-data.ts'
import type { TheirOrder, TheirRun } from './settlement-duckdb.ts'
import type { OurOrder, OurRun, PatternRun } from './settlement-ours.ts'
import { PATTERNS, type Pattern } from './settlement-patterns.ts'

const SIZE = 1_000_000
const SIZES = [10_000, 100_000, SIZE]
const ROUNDS = 5
const CORES = availableParallelism()
const RATIO_LIMIT = 1.5
const MEMORY_LIMIT = 400
/** Of the time per line at a tenth of the size: caches end somewhere, algorithms must not. */
const GROWTH_LIMIT = 2.5

/** What the function has, less what Node needs besides. */
const PATTERN_MEMORY_LIMIT = 2_700
const PATTERN_SIZES = process.argv.includes('million') ? ([100_000, SIZE] as const) : ([10_000, 100_000] as const)

type PatternGrowth = { readonly pattern: Pattern; readonly run: PatternRun; readonly growth: number }

type Round = { readonly our: OurRun; readonly their: TheirRun; readonly wide: TheirRun }

const alone = await aloneIn<OurRun>('settlement-ours.ts', { kind: 'join', size: SIZE } satisfies OurOrder)
const read = await aloneIn<OurRun>('settlement-ours.ts', { kind: 'read', size: SIZE } satisfies OurOrder)

const patterns: PatternGrowth[] = []
for (const pattern of PATTERNS) patterns.push(await growthOf(pattern))

const ours = started('settlement-ours.ts')
const theirs = started('settlement-duckdb.ts')
try {
  const rounds: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const our = await replyOf<OurRun>(ours, { kind: 'join', size: SIZE } satisfies OurOrder)
    rounds.push({
      our,
      their: await replyOf<TheirRun>(theirs, { size: SIZE, threads: 1 } satisfies TheirOrder),
      wide: await replyOf<TheirRun>(theirs, { size: SIZE, threads: CORES } satisfies TheirOrder),
    })
  }
  const bySize = []
  for (const size of SIZES) {
    const runs: OurRun[] = size === SIZE ? rounds.map(({ our }) => our) : []
    while (runs.length < ROUNDS) runs.push(await replyOf<OurRun>(ours, { kind: 'join', size } satisfies OurOrder))
    bySize.push({ size, nanos: (median(runs.map(({ joinMillis }) => joinMillis)) * 1e6) / size })
  }
  report(rounds, bySize)
} finally {
  ours.disconnect()
  theirs.disconnect()
}

function report(rounds: readonly Round[], bySize: readonly { readonly size: number; readonly nanos: number }[]): void {
  const answer = answerOf(SIZE)
  const medianOf = (side: 'our' | 'their' | 'wide', value: 'fillMillis' | 'joinMillis' | 'joinCpuMillis') =>
    round(median(rounds.map((one) => one[side][value])), 0)
  const filled = round(rounds[0]?.their.fillMillis ?? 0, 0)
  console.log(`A day of ${SIZE} payments and its file, ${ROUNDS} rounds in turn, medians in milliseconds\n`)
  const rows = [
    ['hub', medianOf('our', 'fillMillis'), medianOf('our', 'joinMillis'), medianOf('our', 'joinCpuMillis')],
    ['DuckDB, one thread', filled, medianOf('their', 'joinMillis'), medianOf('their', 'joinCpuMillis')],
    [`DuckDB, threads: ${CORES}`, filled, medianOf('wide', 'joinMillis'), medianOf('wide', 'joinCpuMillis')],
  ]
  console.log(`${tableText(['', 'fill', 'join and classify', 'CPU of it'], rows)}\n`)
  console.log(
    `${tableText(
      ['payments', 'ns per line'],
      bySize.map(({ size, nanos }) => [size, round(nanos, 0)]),
    )}\n`,
  )
  console.log(
    `reading ${SIZE} lines of a file through the layout of indomaret into columns: ${round(read.fillMillis, 0)} ms, ` +
      `process at most ${round(read.peakMegabytes, 0)} MB\n`,
  )
  const columns = [
    'a day of one pattern',
    'lines',
    'seconds',
    'CPU seconds',
    'most MB',
    'growth per line',
    'cases stand for',
  ]
  const patternRows = patterns.map(({ pattern, run, growth }) => [
    pattern,
    PATTERN_SIZES[1],
    round(run.seconds, 2),
    round(run.cpuSeconds, 2),
    round(run.peakMegabytes, 0),
    round(growth, 2),
    run.cases,
  ])
  console.log(`${tableText(columns, patternRows)}\n`)
  const ratio = median(rounds.map(({ our, their }) => our.joinMillis / their.joinMillis))
  const last = bySize.at(-1)?.nanos ?? Number.NaN
  const limits: readonly Limit[] = [
    {
      what: 'findings of the hub that differ from the known answer',
      value: wrongOf(
        rounds.map(({ our }) => our.classes),
        answer,
      ),
      limit: 0,
    },
    {
      what: 'findings of DuckDB that differ from the known answer',
      value: wrongOf(
        rounds.map(({ their }) => their.classes),
        answer,
      ),
      limit: 0,
    },
    {
      what: 'pairs matched wrongly or not at all',
      value: Math.max(...rounds.map(({ our }) => Math.abs(our.agreeing - answer.none))),
      limit: 0,
    },
    {
      what: 'rupiah left unexplained',
      value: Math.max(...rounds.map(({ our }) => Math.abs(our.unexplained))),
      limit: 0,
    },
    { what: 'lines lost on the way through the layout', value: SIZE - read.lines, limit: 0 },
    { what: `seconds to read ${SIZE} lines through a layout`, value: round(read.fillMillis / 1_000, 2), limit: 3 },
    { what: 'time to join and classify, hub to DuckDB, one thread each', value: round(ratio, 2), limit: RATIO_LIMIT },
    { what: 'most memory of the hub process, MB', value: round(alone.peakMegabytes, 0), limit: MEMORY_LIMIT },
    {
      what: `time per line at ${SIZE} to that at ${SIZE / 10}`,
      value: round(last / (bySize.at(-2)?.nanos ?? 0), 2),
      limit: GROWTH_LIMIT,
    },
    {
      what: 'lines of any pattern that stand nowhere',
      value: Math.max(...patterns.map(({ run }) => Math.abs(run.lost) + Math.abs(run.unexplained))),
      limit: 0,
    },
    {
      what: `CPU per line of any pattern at ${PATTERN_SIZES[1]} to that at ${PATTERN_SIZES[0]}`,
      value: round(Math.max(...patterns.map(({ growth }) => growth)), 2),
      limit: GROWTH_LIMIT,
    },
    {
      what: 'most memory of a process with a day of any pattern, MB',
      value: round(Math.max(...patterns.map(({ run }) => run.peakMegabytes)), 0),
      limit: PATTERN_MEMORY_LIMIT,
    },
  ]
  judge(limits)
}

/** Over all rounds: how far each class is from the answer, and every class that the answer does not have. */
function wrongOf(found: readonly Readonly<Record<string, number>>[], answer: Answer): number {
  const { none, 'reversed-on-both-sides': silent, ...expected } = answer
  if (none + silent === 0) return Number.NaN
  return found.reduce((sum, classes) => {
    const all = new Set([...Object.keys(classes), ...Object.keys(expected)])
    return (
      sum +
      [...all].reduce(
        (off, label) => off + Math.abs((classes[label] ?? 0) - ((expected as Record<string, number>)[label] ?? 0)),
        0,
      )
    )
  }, 0)
}

/** Each size in a process of its own; what grows is time on the processor, because others may share the machine. */
async function growthOf(pattern: Pattern): Promise<PatternGrowth> {
  const [small, large] = PATTERN_SIZES
  const at = (size: number) =>
    aloneIn<PatternRun>('settlement-ours.ts', { kind: 'pattern', pattern, size } satisfies OurOrder)
  const [before, run] = [await at(small), await at(large)]
  return { pattern, run, growth: run.cpuSeconds / large / (before.cpuSeconds / small) }
}

/** With a small young generation: measured is what the columns need, not what the collector has not come to yet. */
async function aloneIn<T>(file: string, order: object): Promise<T> {
  const child = started(file, ['--max-semi-space-size=8'])
  try {
    return await replyOf<T>(child, order)
  } finally {
    child.disconnect()
  }
}

function started(file: string, execArgv: string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return fork(path, [], { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

async function replyOf<T>(child: ChildProcess, order: object): Promise<T> {
  child.send(order)
  const answered = new AbortController()
  const ended = once(child, 'exit', answered).then(([code]) => {
    throw new Error(`expected a measuring process to answer, it ended with ${code}`)
  })
  const message = once(child, 'message', answered)
  try {
    return (await Promise.race([message, ended]))[0] as T
  } finally {
    answered.abort()
    await Promise.allSettled([message, ended])
  }
}
