/** Deliberate faults of the simulation (test/simulation/mutants) that need a certain order or a crash, and the worlds that find each. */
import { mutantNamed } from '../simulation/mutants/all-mutants.ts'
import { loadMutated } from '../simulation/mutants/load-mutated.ts'
import type * as Explorer from './explore-world.ts'
import type * as Worlds from './worlds.ts'

export const EXPLORED_MUTANTS: readonly string[] = [
  'decision-without-condition',
  'loser-decides',
  'count-duplicate',
  'answer-before-fact',
  'no-heal-on-repeat',
  'healed-at-another-time',
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

export type Finding = { readonly world: string; readonly schedules: number; readonly promise: string }

/** Every world that finds the fault, and after how many schedules. */
export async function findMutant(
  name: string,
  limit: number,
): Promise<{ readonly fault: string; readonly found: readonly Finding[] }> {
  const mutant = mutantNamed(name)
  const { exploreWorld } = await loadMutated<typeof Explorer>(mutant, 'test/exploration/explore-world.ts')
  const { WORLDS } = await loadMutated<typeof Worlds>(mutant, 'test/exploration/worlds.ts')
  const found: Finding[] = []
  for (const world of WORLDS) {
    const { broken, schedules } = await exploreWorld(world, limit)
    if (broken) found.push({ world: world.name, schedules, promise: broken.promise })
  }
  return { fault: mutant.fault, found }
}
