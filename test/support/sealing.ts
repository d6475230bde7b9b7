/** Keys to seal files with, in memory or in a table, for tests and benches in which nobody looks after them. */
import { randomBytes } from 'node:crypto'
import { DATA_KEY_PURPOSES } from '../../shared/domain/data-keys.ts'
import { type BusinessDate, type Instant, startOfDay } from '../../shared/domain/instant.ts'
import type { DataKeyArchive } from '../../shared/store/data-keys/data-keys.ts'
import { type SealingKeys, sealingKeys } from '../../shared/store/data-keys/sealing-keys.ts'
import { date } from './facts.ts'
import { memoryDataKeys } from './memory-data-keys.ts'

const FIRST = date('2026-11-20')

/** One key for each purpose, with which every day is sealed. */
export async function makeKeys(archive: DataKeyArchive, day: BusinessDate = FIRST): Promise<void> {
  for (const purpose of DATA_KEY_PURPOSES) await archive.make({ purpose, day, key: randomBytes(32) }, startOfDay(day))
}

export function memorySealing(now: () => Instant = () => startOfDay(FIRST)): SealingKeys {
  const archive = memoryDataKeys()
  const made = makeKeys(archive)
  const keys = sealingKeys(archive, now)
  return {
    current: async (purpose) => {
      await made
      return keys.current(purpose)
    },
    of: keys.of,
  }
}
