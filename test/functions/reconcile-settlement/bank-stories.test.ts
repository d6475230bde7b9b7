/** Every kind of statement and movement that a bank is known to send ends where it belongs; `npm run bench:planted` tells more of each. */
import { expect, test } from 'vitest'
import { auditBooks } from '../../support/audit-books.ts'
import { BANK_STORIES } from '../../support/bank-stories.ts'
import { bankWorld } from '../../support/bank-world.ts'
import { randomOf } from '../../support/random.ts'

test.each(Object.entries(BANK_STORIES))('%s', async (kind, story) => {
  for (const seed of [1, 2, 3]) {
    const world = await bankWorld(randomOf(seed))
    const { wanted, got } = await story(world)
    expect([kind, seed, ...got]).toEqual([kind, seed, ...wanted])
    expect((await auditBooks(world.hub)).problems).toEqual([])
  }
})
