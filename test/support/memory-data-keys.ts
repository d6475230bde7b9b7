/** Data keys in memory. Passes the same conformance suite as the DynamoDB adapter (test/conformance/data-keys.test.ts). */
import type { DataKeyPurpose } from '../../shared/domain/data-keys.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { DataKeyArchive, DataKeyName } from '../../shared/store/data-keys/data-keys.ts'

type Kept = { readonly day: BusinessDate; readonly through: BusinessDate; readonly key: Uint8Array | null }

export function memoryDataKeys(): DataKeyArchive {
  const kept = new Map<string, Kept>()
  const nameOf = ({ purpose, day }: DataKeyName) => `${purpose} ${day}`
  const of = (purpose: DataKeyPurpose) =>
    [...kept]
      .filter(([name]) => name.startsWith(`${purpose} `))
      .map(([, each]) => each)
      .sort((a, b) => (a.day < b.day ? -1 : 1))
  return {
    find: async (name) => {
      const found = kept.get(nameOf(name))
      return found && (found.key ?? 'destroyed')
    },
    latest: async (purpose, day) => {
      const before = of(purpose).findLast((each) => each.day <= day)
      const found = before?.key ? before : of(purpose).find((each) => each.day > day)
      return found?.key ? { purpose, day: found.day, key: found.key } : undefined
    },
    make: async ({ purpose, day, key }) => {
      const name = nameOf({ purpose, day })
      if (kept.has(name)) return 'there'
      kept.set(name, { day, through: day, key: Uint8Array.from(key) })
      return 'made'
    },
    extend: async (name, through) => {
      const found = kept.get(nameOf(name))
      if (found && found.through < through) kept.set(nameOf(name), { ...found, through })
    },
    living: async (purpose, upTo) =>
      of(purpose)
        .filter((each) => each.key !== null && each.day <= upTo)
        .map(({ day, through }) => ({ day, through })),
    destroy: async (name) => {
      const found = kept.get(nameOf(name))
      if (found) kept.set(nameOf(name), { ...found, key: null })
    },
  }
}
