/**
 * `npm run explore`: every schedule of every small world, with at most two crashes in each. `--world W` for one of them.
 * `--world W --schedule 0.2.1`: that schedule again, with its history. `--limit N`: at most N schedules of each world.
 * `--crashes 1`: fewer crashes.
 * `npm run explore -- --mutations`: deliberate faults, and which world finds each. `--fault F` for one of them.
 */
import { parseArgs } from 'node:util'
import { type Broken, exploreWorld, MAX_CRASHES, replay } from './explore-world.ts'
import { EXPLORED_MUTANTS, findMutant } from './mutations.ts'
import { type SmallWorld, WORLDS, worldNamed } from './worlds.ts'

// Refusals to write are ordinary here, and their stacks are never read.
Error.stackTraceLimit = 4

const { values } = parseArgs({
  options: {
    world: { type: 'string' },
    schedule: { type: 'string' },
    limit: { type: 'string', default: 'Infinity' },
    crashes: { type: 'string', default: String(MAX_CRASHES) },
    mutations: { type: 'boolean', default: false },
    fault: { type: 'string' },
  },
})
const worlds = values.world === undefined ? WORLDS : [worldNamed(values.world)]
const limit = Number(values.limit)

if (values.mutations) process.exitCode = await tryMutants()
else if (values.schedule !== undefined) process.exitCode = await replayOne(worlds[0] as SmallWorld, values.schedule)
else process.exitCode = await exploreAll()

async function exploreAll(): Promise<number> {
  console.log('world            schedules       cut     known   crashes     checks  violations  seconds')
  let violations = 0
  for (const world of worlds) {
    const startedAt = performance.now()
    const { schedules, cut, known, crashes, checks, isComplete, broken } = await exploreWorld(world, {
      crashes: Number(values.crashes),
      limit,
    })
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    const figures = [schedules, cut, known, crashes, checks].map((count, i) => String(count).padStart(i === 4 ? 10 : 9))
    const found = String(broken ? 1 : 0).padStart(11)
    const note = isComplete || broken ? '' : '  not complete: the limit came first'
    console.log(`${world.name.padEnd(16)} ${figures.join(' ')} ${found} ${seconds.padStart(8)}${note}`)
    if (!broken) continue
    violations++
    describe(world.name, broken)
  }
  console.log(`${worlds.length} worlds, ${violations} violations`)
  return violations === 0 ? 0 : 1
}

function describe(world: string, { schedule, message }: Broken): void {
  console.log(`World ${world} broke a promise:\n  ${message}`)
  console.log(`Replay it: npm run explore -- --world ${world} --schedule ${schedule.join('.')}`)
}

async function replayOne(world: SmallWorld, text: string): Promise<number> {
  const broken = await replay(world, text === '' ? [] : text.split('.').map(Number), (line) => console.log(line))
  console.log(broken ? `Broke a promise: ${broken.message}` : 'No violation')
  return broken ? 1 : 0
}

async function tryMutants(): Promise<number> {
  const rows = []
  for (const name of values.fault === undefined ? EXPLORED_MUTANTS : [values.fault]) {
    const row = await findMutant(name, limit, (world) => worlds.some((each) => each.name === world))
    console.log(`${name.padEnd(26)} ${row.fault}`)
    for (const { world, schedules, crashes, promise } of row.found)
      console.log(
        `  ${world.padEnd(16)} after ${String(schedules).padStart(6)} schedules, ${crashes} crashes: ${promise}`,
      )
    if (row.found.length === 0) console.log('  NOT FOUND')
    rows.push(row)
  }
  const found = rows.filter((row) => row.found.length > 0).length
  console.log(`${found} of ${rows.length} faults found`)
  return found === rows.length ? 0 : 1
}
