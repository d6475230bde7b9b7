/**
 * `npm run simulate -- --seed N --runs M`: that many histories from that seed on, on all cores; the first that breaks a promise
 * ends it with the one command that replays it. `--runs 1` writes the whole history of its seed.
 * `npm run simulate -- --mutations`: the table of deliberate faults and what catches each; `--fault F` for some of them.
 * `--workers W` for fewer cores.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { MUTANTS } from './mutants/all-mutants.ts'
import type { Mutant } from './mutants/mutant.ts'
import { type CaughtMutant, controlPasses, tryInSuite } from './mutants/try-mutants.ts'
import { runSeed, type SeedReport } from './run-seed.ts'
import type { Order, Reply, Sums } from './worker.ts'

/** Seeds handed to a core at a time. */
const CHUNK = 50
const PROGRESS_MILLIS = 5_000
/** A fault that so many seeds do not show is not caught. */
const MUTANT_SEEDS = 3_000
/** Of those with settlement or a list in them, which take longer. */
const SETTLING_SEEDS = 120

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '1000' },
    workers: { type: 'string', default: String(availableParallelism()) },
    mutations: { type: 'boolean', default: false },
    simulated: { type: 'boolean', default: false },
    fault: { type: 'string' },
  },
})
const [seed, runs, workers] = [wholeOf('seed'), wholeOf('runs'), wholeOf('workers')]

if (values.mutations) process.exitCode = await tryAll()
else if (runs === 1) process.exitCode = await replay(seed)
else process.exitCode = await simulate(seed, runs)

function wholeOf(name: 'seed' | 'runs' | 'workers'): number {
  const value = Number(values[name])
  if (!Number.isSafeInteger(value) || value < 1) {
    console.error(`Expected --${name} to be a whole number from 1, got ${values[name]}.`)
    process.exit(2)
  }
  return value
}

/** Gives orders to all cores until there are none; `take` says whether to go on. */
async function workThrough(orders: Iterator<Order>, take: (reply: Reply) => boolean): Promise<void> {
  let goesOn = true
  const lane = async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    for (let next = orders.next(); goesOn && !next.done; next = orders.next()) {
      const reply = await new Promise<Reply>((resolve, reject) => {
        worker.once('message', resolve).once('error', reject)
        worker.postMessage(next.value)
      })
      worker.removeAllListeners('error')
      goesOn = take(reply) && goesOn
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: workers }, lane))
}

function* chunksOf(first: number, count: number): Generator<Order> {
  for (let from = first; from < first + count; from += CHUNK)
    yield { kind: 'seeds', from, count: Math.min(CHUNK, first + count - from) }
}

async function simulate(first: number, count: number): Promise<number> {
  console.log(`Simulating seeds ${first} to ${first + count - 1} on ${workers} cores`)
  const startedAt = performance.now()
  const sums = { seeds: 0, steps: 0, messages: 0, crashes: 0, faults: 0, facts: 0, checks: 0 }
  const broken: SeedReport[] = []
  const rate = () => (sums.seeds / ((performance.now() - startedAt) / 1_000)).toFixed(0)
  const progress = setInterval(() => console.log(`  ${sums.seeds} of ${count}, ${rate()} seeds/s`), PROGRESS_MILLIS)
  await workThrough(chunksOf(first, count), (reply) => {
    if (reply.kind !== 'seeds') return true
    for (const [name, value] of Object.entries(reply.sums)) sums[name as keyof Sums] += value
    broken.push(...reply.broken)
    return broken.length === 0
  })
  clearInterval(progress)
  for (const report of broken.slice(0, 3)) printReport(report)
  const { seeds, steps, messages, crashes, faults, facts, checks } = sums
  console.log(`${seeds} seeds, ${broken.length} violations, ${rate()} seeds/s`)
  console.log(
    `${messages} messages, ${facts} facts, ${steps} steps, ${crashes} crashes, ${faults} faults at endpoints, ${checks} checks`,
  )
  return broken.length === 0 ? 0 : 1
}

function printReport({ seed: which, violation }: SeedReport): void {
  console.log(`Seed ${which} broke a promise at step ${violation?.step}:\n  ${violation?.message}`)
  console.log(`Replay it: npm run simulate -- --seed ${which} --runs 1`)
}

async function replay(which: number): Promise<number> {
  const report = await runSeed(which, { trace: (line) => console.log(line) })
  if (report.violation) printReport(report)
  else console.log(`Seed ${which}: ${report.steps} steps, ${report.checks} checks, no violation`)
  return report.violation ? 1 : 0
}

function* trials(): Generator<Order> {
  for (const { name, suite, isOfSettlement, isOfLists } of tried()) {
    if (!suite) yield { kind: 'mutant', name, limit: isOfSettlement || isOfLists ? SETTLING_SEEDS : MUTANT_SEEDS }
  }
}

/** `--fault F`: those whose names begin so. */
function tried(): readonly Mutant[] {
  const named = MUTANTS.filter(({ name }) => name.startsWith(values.fault ?? ''))
  return named.filter(({ suite }) => !suite || !values.simulated)
}

/** `--simulated` leaves out the faults that only other suites can see: they take some seconds each. */
async function tryAll(): Promise<number> {
  const caught = new Map<string, CaughtMutant>()
  await workThrough(trials(), (reply) => {
    if (reply.kind === 'mutant') caught.set(reply.caught.name, reply.caught)
    return true
  })
  const suites = tried().filter(({ suite }) => suite)
  if (suites.length > 0 && !controlPasses(suites)) {
    console.log('The suites fail without any fault in; mend them first: npm test')
    return 1
  }
  for (const mutant of suites) caught.set(mutant.name, tryInSuite(mutant))
  const rows = tried().flatMap(({ name }) => caught.get(name) ?? [])
  const width = Math.max(...rows.map(({ fault }) => fault.length))
  for (const { fault, by, after, unit } of rows) {
    console.log(`${fault.padEnd(width)}  ${String(after).padStart(5)} ${unit}  ${by ?? 'NOT CAUGHT'}`)
  }
  const count = rows.filter(({ by }) => by !== null).length
  console.log(`${count} of ${rows.length} faults caught`)
  return count === rows.length ? 0 : 1
}
