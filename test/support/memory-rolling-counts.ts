/** The rolling counts in memory: passes the same conformance suite as the DynamoDB adapter (test/conformance/rolling-counts.test.ts). */
import type { Instant } from '../../shared/domain/instant.ts'
import { INTAKE_FIGURES, type Intake, NO_INTAKE } from '../../shared/domain/rolling-counts.ts'
import { type Item, text, whole } from '../../shared/store/attributes/item.ts'
import {
  entryRange,
  intakeCounters,
  itemAdds,
  keys,
  NOW,
  readActivation,
  readIntake,
  readStanding,
  STANDING,
} from '../../shared/store/rolling-counts/item.ts'
import type { RollingCountStore } from '../../shared/store/rolling-counts/rolling-counts.ts'

export function memoryRollingCounts(): RollingCountStore {
  const items = new Map<string, Map<string, Record<string, number>>>()
  const marks = new Map<string, string>()
  const setOf = (set: string) => {
    const found = items.get(set) ?? new Map<string, Record<string, number>>()
    items.set(set, found)
    return found
  }
  const raise = (set: string, entry: string, adds: Iterable<readonly [string, number]>) => {
    const item = setOf(set).get(entry) ?? {}
    setOf(set).set(entry, item)
    for (const [name, value] of adds) item[name] = (item[name] ?? 0) + value
    return item
  }
  const asItem = (set: string, entry: string, counters: Record<string, number>): Item => ({
    set: text(set),
    entry: text(entry),
    ...Object.fromEntries(Object.entries(counters).map(([name, value]) => [name, whole(value)])),
  })
  const entries = (set: string) =>
    [...setOf(set)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([entry, counters]) => asItem(set, entry, counters))
  const numbersAt = (set: string, entry: string) => items.get(set)?.get(entry)
  return {
    lastOf: async (table, first) => marks.get(`${table} ${first}`),
    add: async ({ table, first, last, countedAt }, adds) => {
      if (marks.has(`${table} ${first}`)) return 'counted'
      marks.set(`${table} ${first}`, last)
      for (const { set, entry, adds: some } of itemAdds(adds)) {
        const item = raise(set, entry, some)
        if (set === STANDING) item.countedAt = countedAt
      }
      return 'added'
    },
    standing: async () => {
      const item = numbersAt(STANDING, NOW)
      return item && readStanding(asItem(STANDING, NOW, item))
    },
    intake: async (day, only) => {
      const { first, last } = entryRange(only)
      const wanted = (item: Item) => (item.entry?.S ?? '') >= first && (item.entry?.S ?? '') <= last
      return readIntake(entries(keys.intake(day)).filter(wanted))
    },
    activations: async (day) => entries(keys.activation(day)).map(readActivation),
    noteRun: async (startedAt, changes) => {
      if (!numbersAt(STANDING, keys.run(startedAt))) raise(STANDING, keys.run(startedAt), [['changes', changes]])
    },
    changesAt: async (startedAt) => numbersAt(STANDING, keys.run(startedAt))?.changes,
    correctStanding: async (adds, changes, { checkedAt, difference }) => {
      if (numbersAt(STANDING, NOW)?.changes !== changes) return 'conflict'
      const known = { checkedAt, difference, countedAt: checkedAt, changes: changes ?? 0 }
      Object.assign(raise(STANDING, NOW, adds), known)
      return 'put'
    },
    correctIntake: async ({ day, quarter, source }, counted, lacking) => {
      const place = [keys.intake(day), keys.quarter(quarter as Instant)] as const
      const there = (figure: keyof Intake) => numbersAt(...place)?.[`${source}.${figure}`] ?? 0
      if (INTAKE_FIGURES.some((figure) => there(figure) !== (counted ?? NO_INTAKE)[figure])) return 'conflict'
      raise(...place, intakeCounters(source, lacking))
      return 'put'
    },
    noteIntakeCheck: async (day, source, { checkedAt, difference }) =>
      void Object.assign(raise(keys.intake(day), keys.check(source), []), { checkedAt, difference }),
  }
}
