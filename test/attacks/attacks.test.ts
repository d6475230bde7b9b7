/**
 * A hub is attacked with the whole corpus, as `npm run attack` attacks one that runs elsewhere: each attack must be answered
 * with the refusal that the contract names, and no member may be any different afterwards.
 */
import path from 'node:path'
import { expect, test } from 'vitest'
import { hubOnTrial } from '../support/hub.ts'
import { arenaAt } from './arena.ts'
import { CORPUS } from './families/corpus.ts'
import { attackAll } from './run.ts'

test('every attack of the corpus is refused as the contract says, and none moves anything', async () => {
  const hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
  try {
    const arena = await arenaAt(hub.url, path.join(hub.dataDir, 'sandbox'))
    const judged = await attackAll({ arena, families: CORPUS, only: '', onFamily: () => {} })
    const through = judged.filter(({ refused }) => !refused)
    expect(through.map(({ family, channel, name, expected, got }) => [family, channel, name, expected, got])).toEqual(
      [],
    )
    expect(judged.length).toBeGreaterThan(1_000)
  } finally {
    await hub.stop()
  }
}, 240_000)
