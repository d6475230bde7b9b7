/**
 * Runs the corpus against a hub, family by family, and after each looks whether anything moved.
 * Promises that every attack is judged by its own expectation, and that a family which changed a member counts as broken
 * through even when each answer was right.
 */
import { rest, standingOf } from './arena.ts'
import type { Arena, Attack, Family } from './attack.ts'

export type AttackResult = {
  readonly family: string
  readonly channel: string
  readonly name: string
  readonly expected: readonly string[]
  readonly got: string
  readonly refused: boolean
}

export type Order = {
  readonly arena: Arena
  readonly families: readonly Family[]
  /** Only attacks whose family, channel or name holds this text. */
  readonly only: string
  readonly onFamily: (family: string, judged: readonly AttackResult[]) => void
}

/** Attacks of one family do not wait for each other; a hub meets them at once as it would others'. */
const AT_ONCE = 4

export async function attackAll({ arena, families, only, onFamily }: Order): Promise<readonly AttackResult[]> {
  const all: AttackResult[] = []
  for (const family of families) {
    const judged = await attackWith(arena, family, only)
    if (judged.length === 0) continue
    onFamily(family.name, judged)
    all.push(...judged)
  }
  return all
}

async function attackWith(arena: Arena, family: Family, only: string): Promise<readonly AttackResult[]> {
  const { attacks, victims } = await family.prepare(arena)
  const chosen = attacks.filter(({ channel, name }) => `${family.name} ${channel} ${name}`.includes(only))
  if (chosen.length === 0) return []
  await rest(arena)
  const standings = () => Promise.all(victims.map((victim) => standingOf(arena, victim)))
  const before = await standings()
  const judged = await struck(family.name, chosen)
  await rest(arena)
  const after = await standings()
  return [...judged, ...before.map((was, i) => unchanged(family.name, i, was, after[i]))]
}

async function struck(family: string, attacks: readonly Attack[]): Promise<readonly AttackResult[]> {
  const judged: AttackResult[] = []
  const queue = [...attacks.entries()]
  async function strikeOn(): Promise<void> {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, { channel, name, expected, strike }] = next
      const got = await strike().catch((error: unknown) => `no answer: ${error instanceof Error ? error.message : ''}`)
      judged[at] = { family, channel, name, expected, got, refused: expected.includes(got) }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, strikeOn))
  return judged
}

function unchanged(family: string, member: number, was: unknown, is: unknown): AttackResult {
  const refused = JSON.stringify(was) === JSON.stringify(is)
  const name = `nothing of member ${member + 1} has changed`
  return { family, channel: 'console', name, expected: ['as before'], got: refused ? 'as before' : 'changed', refused }
}
