/** Deliberate faults of the simulation (test/simulation/mutants) that need a certain order or a crash, and the worlds that find each. */
import { mutantNamed } from '../simulation/mutants/all-mutants.ts'
import { loadMutated } from '../simulation/mutants/load-mutated.ts'
import type * as Explorer from './explore-world.ts'
import { MAX_CRASHES } from './explore-world.ts'
import type * as Worlds from './worlds.ts'

export const EXPLORED_MUTANTS: readonly string[] = [
  'decision-without-condition',
  'loser-decides',
  'count-duplicate',
  'answer-before-fact',
  'no-heal-on-repeat',
  'reversal-without-decision',
  'reversal-without-payment',
  'bill-paid-twice',
  'bill-stays-paid',
  'share-not-reversed',
  'suspension-forgotten',
  'send-before-commit',
  'view-without-version',
  'facts-before-view',
  'conflict-acknowledged',
]

export type Finding = {
  readonly world: string
  readonly schedules: number
  readonly crashes: number
  readonly promise: string
}

/** Every world that finds the fault, without a crash, with one or with two, within `limit` schedules of each. */
export async function findMutant(
  name: string,
  limit: number,
  isTried: (world: string) => boolean = () => true,
): Promise<{ readonly fault: string; readonly found: readonly Finding[] }> {
  const mutant = mutantNamed(name)
  const { exploreWorld } = await loadMutated<typeof Explorer>(mutant, 'test/exploration/explore-world.ts')
  const { WORLDS } = await loadMutated<typeof Worlds>(mutant, 'test/exploration/worlds.ts')
  const found: Finding[] = []
  for (const world of WORLDS.filter((each) => isTried(each.name))) {
    let before = 0
    for (let crashes = 0; crashes <= MAX_CRASHES; crashes++) {
      const { broken, schedules } = await exploreWorld(world, { crashes, limit })
      before += schedules
      if (!broken) continue
      found.push({ world: world.name, schedules: before, crashes, promise: broken.promise })
      break
    }
  }
  return { fault: mutant.fault, found }
}
