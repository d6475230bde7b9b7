/**
 * A part of `npm run explore` on every `npm test`: the first schedules of each small world, one world to its end, and proof
 * that the explorer finds what it is for. All schedules of all worlds: the command.
 */
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { areIndependent, type Choice } from './choice.ts'
import { exploreWorld, replay } from './explore-world.ts'
import { WORLDS, worldNamed } from './worlds.ts'

const FIRST = 40
/** Enough for the slowest machine: nothing here waits. */
const SLOW = 120_000
const MINUTES = 1_200_000

test.each(WORLDS.map(({ name }) => name))(
  'the first schedules of world %s break no promise',
  async (name) => {
    const { broken, schedules, isComplete } = await exploreWorld(worldNamed(name), { crashes: 2, limit: FIRST })
    expect(broken).toBeNull()
    expect(isComplete || schedules === FIRST).toBe(true)
  },
  SLOW,
)

test(
  'all schedules of finance’s suspension of a bill and its channel’s reversal are explored',
  async () => {
    const { isComplete, broken, schedules, crashes } = await exploreWorld(worldNamed('bill-suspension'))
    expect({ isComplete, broken }).toEqual({ isComplete: true, broken: null })
    expect(schedules).toBeGreaterThan(10)
    expect(crashes).toBeGreaterThan(10)
  },
  SLOW,
)

test(
  'all schedules of two payments of a bill and its replacement are explored: one of the three wins, cleanly',
  async () => {
    const { isComplete, broken, schedules } = await exploreWorld(worldNamed('bill-replaced'), { crashes: 1 })
    expect({ isComplete, broken }).toEqual({ isComplete: true, broken: null })
    expect(schedules).toBeGreaterThan(20)
  },
  SLOW,
)

test.each([
  ['bill-suspension', 'none', 2],
  ['duplicate', 'none', 0],
  // The walk beside which these two are held takes minutes: a payment reads what is payable beside its decision.
  ['bill', 'sleep-sets', 2],
  ['two-channels', 'sleep-sets', 2],
] as const)(
  'what is left out of world %s ends in the same stores: against reduction %s, %i crashes',
  async (name, reduction, crashes) => {
    const [all, reduced] = [new Set<string>(), new Set<string>()]
    const every = await exploreWorld(worldNamed(name), { reduction, crashes, ended: (stores) => all.add(stores) })
    const some = await exploreWorld(worldNamed(name), { crashes, ended: (stores) => reduced.add(stores) })
    expect([every.isComplete, some.isComplete]).toEqual([true, true])
    expect(some.schedules).toBeLessThan(every.schedules)
    expect(reduced).toEqual(all)
  },
  MINUTES,
)

test(
  'a schedule that is replayed is the same history, and another one is another',
  async () => {
    const historyOf = async (schedule: readonly number[]) => {
      const lines: string[] = []
      expect(await replay(worldNamed('duplicate'), schedule, (line) => lines.push(line))).toBeNull()
      return lines
    }
    const once = await historyOf([0, 1, 1])
    expect(once.length).toBeGreaterThan(20)
    expect(await historyOf([0, 1, 1])).toEqual(once)
    expect(await historyOf([0, 0, 1])).not.toEqual(once)
  },
  SLOW,
)

test('a schedule with a choice that is not there is refused with what was expected', async () => {
  const broken = await replay(worldNamed('duplicate'), [99], () => {})
  expect(broken?.message).toContain('expected choice 1 from 0 to')
})

test(
  'a decision that is put without its condition is found where a payment meets its duplicate',
  () => {
    const command = ['test/exploration/explore.ts', '--mutations', '--world', 'duplicate']
    const fault = ['--fault', 'decision-without-condition', '--limit', String(FIRST)]
    const { stdout, status } = spawnSync(process.execPath, [...command, ...fault], { encoding: 'utf8' })
    expect(stdout).toContain('schedules, 0 crashes: a decision is put once')
    expect(status).toBe(0)
  },
  SLOW,
)

test.each<[what: string, a: Partial<Choice>, b: Partial<Choice>, expected: boolean]>([
  ['a read and a read of one key', {}, {}, true],
  ['a read and a write of one key', {}, { touches: [touch('facts', 'A', true)] }, false],
  ['a write of another key', {}, { touches: [touch('facts', 'B', true)] }, true],
  ['a write of another table', {}, { touches: [touch('bills', 'A', true)] }, true],
  ['a write of any key', {}, { touches: [touch('facts', '*', true)] }, false],
  ['two calls of one actor', {}, { actor: 1 }, false],
  ['two crashes', { mode: 'crash-after' }, { mode: 'crash-before' }, false],
])('%s: may they be swapped?', (_, a, b, expected) => {
  const read: Choice = {
    call: '1.1',
    likeness: '',
    actor: 1,
    name: '',
    mode: 'commit',
    touches: [touch('facts', 'A', false)],
  }
  expect(areIndependent({ ...read, ...a }, { ...read, actor: 2, ...b })).toBe(expected)
  expect(areIndependent({ ...read, actor: 2, ...b }, { ...read, ...a })).toBe(expected)
})

function touch(table: string, key: string, isWrite: boolean) {
  return { table, key, isWrite }
}
