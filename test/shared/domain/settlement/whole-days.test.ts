/**
 * What a day comes to, whole, for each story and for every hard case at once: rows, items, differences with their evidence, notes,
 * matches, and what other days must hear. `vitest run <this> --update` writes it anew; what a person is told is seen in review.
 */
import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { DAY, settle, type World } from '../../../support/settlement-world.ts'
import { AMBIGUOUS, APART, ASKED, FINE } from './day-stories.ts'
import { FILES, hardCases, STORY_COUNT } from './hard-cases.ts'

/** One line for each thing that is said of the day. */
function toldOf(world: World, date: BusinessDate): string {
  const { result, statement } = settle(world, date)
  const { differences, pendings, bridge, ...rest } = statement
  const lines = [
    ['statement', rest],
    ...bridge.map((row) => ['row', row]),
    ...result.items.map((item) => ['item', item]),
    ...differences.map((difference) => ['difference', difference]),
    ...pendings.map((item) => ['pending', item]),
    ...result.notes.map((note) => ['note', note]),
    ...result.elsewhere.map((line) => ['elsewhere', line]),
    ...result.unknown.map((line) => ['unknown', line]),
    ...[...result.matched()].map((line) => ['matched', line]),
    ['counts', result.counts],
  ]
  return lines.map(([kind, what]) => `${kind} ${JSON.stringify(what)}`).join('\n')
}

test('every story of a day', async () => {
  const told = [...FINE, ...ASKED, ...AMBIGUOUS, ...APART].map(
    ({ story, world }) => `# ${story}\n${toldOf(world, DAY)}`,
  )
  await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot('whole-days.txt')
})

test('the hard cases, each once, over the four days of their files', async () => {
  const { world } = hardCases(STORY_COUNT, 1)
  const told = FILES.map((date) => `# ${date}\n${toldOf(world, date)}`)
  await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot('whole-hard-days.txt')
})
