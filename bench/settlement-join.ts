/**
 * A piece of `npm run bench:settlement`: a hub day of a million payments and its file, joined and classified beside an embedded
 * analytical database that answers the same question on the same rows, in turn, in the same run; medians. Each has one thread, as
 * the hub's function has little more; what the other does with all cores is shown beside it.
 */
import { availableParallelism } from 'node:os'
import { type Limit, median, round, tableText } from './report.ts'
import { type Answer, answerOf } from './settlement-data.ts'
import type { TheirOrder, TheirRun } from './settlement-duckdb.ts'
import type { OurOrder, OurRun } from './settlement-ours.ts'
import { GROWTH_LIMIT } from './settlement-pieces.ts'
import { aloneIn, replyOf, started } from './settlement-processes.ts'

const SIZE = 1_000_000
const SIZES = [10_000, 100_000, SIZE]
const ROUNDS = 5
const CORES = availableParallelism()
const RATIO_LIMIT = 1.5
const MEMORY_LIMIT = 400
type Round = { readonly our: OurRun; readonly their: TheirRun; readonly wide: TheirRun }

export async function measureJoin(): Promise<readonly Limit[]> {
  const alone = await aloneIn<OurRun>('settlement-ours.ts', { kind: 'join', size: SIZE } satisfies OurOrder)
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
    return report(rounds, bySize, alone)
  } finally {
    ours.disconnect()
    theirs.disconnect()
  }
}

function report(
  rounds: readonly Round[],
  bySize: readonly { readonly size: number; readonly nanos: number }[],
  alone: OurRun,
): readonly Limit[] {
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
  const ratio = median(rounds.map(({ our, their }) => our.joinMillis / their.joinMillis))
  const last = bySize.at(-1)?.nanos ?? Number.NaN
  return [
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
    { what: 'time to join and classify, hub to DuckDB, one thread each', value: round(ratio, 2), limit: RATIO_LIMIT },
    { what: 'most memory of the hub process, MB', value: round(alone.peakMegabytes, 0), limit: MEMORY_LIMIT },
    {
      what: `time per line at ${SIZE} to that at ${SIZE / 10}`,
      value: round(last / (bySize.at(-2)?.nanos ?? 0), 2),
      limit: GROWTH_LIMIT,
    },
  ]
}

/** Over all rounds: how far each class is from the answer, and every class that the answer does not have. */
function wrongOf(found: readonly Readonly<Record<string, number>>[], answer: Answer): number {
  const { none, 'reversed-on-both-sides': silent, ...wanted } = answer
  if (none + silent === 0) return Number.NaN
  return found.reduce((sum, classes) => {
    const all = new Set([...Object.keys(classes), ...Object.keys(wanted)])
    return (
      sum +
      [...all].reduce(
        (off, of) => off + Math.abs((classes[of] ?? 0) - ((wanted as Record<string, number>)[of] ?? 0)),
        0,
      )
    )
  }, 0)
}
