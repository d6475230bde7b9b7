/**
 * Data keys as a function uses them: the one to seal with now, and the one that something was sealed with.
 *
 * Throws a Defect `DATA_KEY_DESTROYED` when the time of what is to be opened is over, `DATA_KEY_UNKNOWN` when the archive never had
 * its key, and `Transient` when nobody has made any key yet. A day's key is asked for once a day; what opens is asked for each time.
 */
import type { DataKeyPurpose } from '../../domain/data-keys.ts'
import { businessDateOf, type Instant } from '../../domain/instant.ts'
import { Defect, Transient } from '../../runtime/faults.ts'
import type { DataKey, DataKeyName, DataKeyReader } from './data-keys.ts'

export type SealingKeys = {
  readonly current: (purpose: DataKeyPurpose) => Promise<DataKey>
  readonly of: (name: DataKeyName) => Promise<Uint8Array>
}

export function sealingKeys(archive: DataKeyReader, now: () => Instant): SealingKeys {
  const todays = new Map<DataKeyPurpose, { readonly day: string; readonly key: DataKey }>()
  return {
    current: async (purpose) => {
      const day = businessDateOf(now())
      const known = todays.get(purpose)
      if (known?.day === day) return known.key
      const key = await archive.latest(purpose, day)
      if (key === undefined)
        throw new Transient('DATA_KEY_MISSING', 'expected a data key to seal with, none was made yet')
      todays.set(purpose, { day, key })
      return key
    },
    of: async (name) => {
      const key = await archive.find(name)
      if (key === 'destroyed') throw destroyed(name)
      if (key === undefined) throw unknown(name)
      return key
    },
  }
}

function destroyed({ purpose, day }: DataKeyName): Defect {
  return new Defect('DATA_KEY_DESTROYED', `expected the key of ${purpose} of ${day}, it was destroyed at its end`)
}

function unknown({ purpose, day }: DataKeyName): Defect {
  return new Defect('DATA_KEY_UNKNOWN', `expected a key of ${purpose} of ${day} in the archive, there is none`)
}
