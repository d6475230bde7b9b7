/**
 * All schedules of one small world, depth first, each from the beginning with the choices that lead to it.
 *
 * ```
 * choices taken  0.2.1…  -> run again up to there -> first choice from there on -> audit -> the last open alternative
 * ```
 * Three reductions, none of which loses an end: sleep sets leave out a schedule that only swaps independent choices of one that was
 * run; a state (history.ts) is gone on from once, unless it was left with more choices asleep than now; of two actors that are
 * alike one goes first. exploration.test.ts holds the ends against those of all orders. Knows no world: worlds.ts has them.
 */
import { audit, dayLines, describe } from '../simulation/run-seed.ts'
import { alike, areIndependent, type Choice, sameChoice } from './choice.ts'
import { type Decide, openStage, type StageOptions } from './stage.ts'
import type { SmallWorld } from './worlds.ts'

/** Indexes of the choices taken, in order. */
export type Schedule = readonly number[]
export type Broken = { readonly schedule: Schedule; readonly promise: string; readonly message: string }
/** A repeat that stops as its first did, or two actors that stop: no third teaches more. */
export const MAX_CRASHES = 2

export type Exploration = {
  readonly world: string
  readonly schedules: number
  /** Given up half-way, because another schedule has the same history: by sleep sets (`cut`), or because its state was known. */
  readonly cut: number
  readonly known: number
  readonly crashes: number
  readonly checks: number
  /** Whether there is no schedule left. */
  readonly isComplete: boolean
  readonly broken: Broken | null
}

/** In `asleep` come the choices that were explored from here, and those of which another schedule has every history. */
type Node = { readonly choices: readonly Choice[]; readonly asleep: Choice[]; taken: number }
type Run = {
  readonly isWhole: boolean
  readonly crashes: number
  readonly checks: number
  readonly broken: Omit<Broken, 'schedule'> | null
}

/** `none`: every order is run. `sleep-sets`: of orders that swap independent choices one is. `states`: and no state is gone on from twice. */
export type Reduction = 'none' | 'sleep-sets' | 'states'
export type Bounds = {
  readonly crashes: number
  readonly limit: number
  readonly reduction: Reduction
  /** Given what lies in the stores at the end of each schedule. */
  readonly ended: (stores: string) => void
}
const ALL: Bounds = {
  crashes: MAX_CRASHES,
  limit: Number.POSITIVE_INFINITY,
  reduction: 'states',
  ended: () => {},
}

/** Ends at the first schedule that breaks a promise, or after `limit` schedules. */
export async function exploreWorld(small: SmallWorld, bounds: Partial<Bounds> = {}): Promise<Exploration> {
  const { crashes, limit, reduction, ended } = { ...ALL, ...bounds }
  const path: Node[] = []
  const states: KnownStates = new Map()
  const sums = { schedules: 0, cut: 0, known: 0, crashes: 0, checks: 0 }
  do {
    const { decide, isKnown } = deciding(path, states, reduction)
    const run = await runOnce({ small, maxCrashes: crashes, trace: () => {}, ended }, decide)
    if (run.isWhole) {
      sums.schedules++
      sums.crashes += run.crashes
    } else if (isKnown()) sums.known++
    else sums.cut++
    sums.checks += run.checks
    if (run.broken) {
      const schedule = path.map(({ taken }) => taken)
      return { world: small.name, ...sums, isComplete: false, broken: { schedule, ...run.broken } }
    }
    backtrack(path, reduction)
  } while (path.length > 0 && sums.schedules < limit)
  return { world: small.name, ...sums, isComplete: path.length === 0, broken: null }
}

/** One schedule again, with its history. Past its end the first choice is taken. */
export async function replay(
  small: SmallWorld,
  schedule: Schedule,
  trace: (line: string) => void,
): Promise<Omit<Broken, 'schedule'> | null> {
  let depth = 0
  const decide: Decide = (choices) => {
    const choice = choices[schedule[depth++] ?? 0]
    if (!choice)
      throw new RangeError(`expected choice ${depth} from 0 to ${choices.length - 1}, got ${schedule[depth - 1]}`)
    return choice
  }
  const setting = { small, maxCrashes: MAX_CRASHES, trace: (line: () => string) => trace(line()), ended: () => {} }
  return (await runOnce(setting, decide)).broken
}

/** The sleep sets with which a state was gone on from. */
type KnownStates = Map<string, ReadonlySet<string>[]>

/** Takes the choices of `path`, then lengthens it by the first choice that is not asleep, where its state is not known. */
function deciding(
  path: Node[],
  states: KnownStates,
  reduction: Reduction,
): { readonly decide: Decide; readonly isKnown: () => boolean } {
  let depth = 0
  let known = false
  const decide: Decide = (choices, state) => {
    const node = path[depth]
    if (node) {
      depth++
      const choice = choices[node.taken]
      const before = node.choices[node.taken] as Choice
      if (!choice || !sameChoice(choice, before))
        throw new Error(`expected the same choice again at ${depth}: ${before.name}, got ${choice?.name}`)
      return choice
    }
    const asleep = reduction === 'none' ? [] : inherited(path.at(-1))
    const taken = firstAwake(choices, asleep, reduction)
    if (taken < 0) return undefined
    known = reduction === 'states' && isCovered(states, state(), asleep)
    if (known) return undefined
    path.push({ choices, asleep, taken })
    depth++
    return choices[taken]
  }
  return { decide, isKnown: () => known }
}

/**
 * Whether everything from this state on was explored before, or is explored elsewhere: it was gone on from with no choice asleep
 * but such as are asleep now too. Else it is gone on from again, with its own sleep set.
 */
function isCovered(states: KnownStates, state: string, asleep: readonly Choice[]): boolean {
  const now = new Set(asleep.map(({ likeness, mode }) => `${likeness} ${mode}`))
  const before = states.get(state) ?? []
  if (before.some((each) => [...each].every((choice) => now.has(choice)))) return true
  states.set(state, [...before, now])
  return false
}

function inherited(parent: Node | undefined): Choice[] {
  if (!parent) return []
  const chosen = parent.choices[parent.taken] as Choice
  return parent.asleep.filter((choice) => areIndependent(choice, chosen))
}

function firstAwake(choices: readonly Choice[], asleep: readonly Choice[], reduction: Reduction): number {
  const isSame = reduction === 'states' ? alike : sameChoice
  return choices.findIndex((choice) => !asleep.some((each) => isSame(each, choice)))
}

/** To the deepest node that has a choice left, which it takes. */
function backtrack(path: Node[], reduction: Reduction): void {
  for (let node = path.at(-1); node; node = path.at(-1)) {
    node.asleep.push(node.choices[node.taken] as Choice)
    node.taken = firstAwake(node.choices, node.asleep, reduction)
    if (node.taken >= 0) return
    path.pop()
  }
}

type Setting = Pick<StageOptions, 'maxCrashes' | 'trace'> & Pick<Bounds, 'ended'> & { readonly small: SmallWorld }

async function runOnce({ small, maxCrashes, trace, ended }: Setting, decide: Decide): Promise<Run> {
  const { start, messages } = small
  const stage = openStage({ start, messages, maxCrashes, trace })
  const { world } = stage
  const done = (isWhole: boolean, broken: Run['broken']): Run => {
    const checks = [...world.ledger.checked.values()].reduce((sum, count) => sum + count, 0)
    return { isWhole, crashes: stage.crashes(), checks, broken }
  }
  try {
    const played = await small.open(stage)
    if (!(await stage.explore(decide, played.start))) return done(false, null)
    await stage.drain()
    for (const { channel, message } of played.closing) {
      const answer = world.callEndpoint(channel, message)
      await stage.drain()
      isDefinite((await answer).outcome)
    }
    await stage.drain()
    audit(world, await dayLines(world), world.around.random)
    await stage.drain()
    ended(world.around.store.inOrder())
    return done(true, null)
  } catch (error) {
    return done(true, describe(error))
  }
}

function isDefinite(outcome: string): void {
  if (['unknown-outcome', 'fault', 'too-many'].includes(outcome))
    throw new Error(`expected a definite answer once all is quiet, got ${outcome}`)
}
