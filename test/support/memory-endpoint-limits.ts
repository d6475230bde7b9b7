/** Table `endpoint-limits` in memory, as endpoints and as the console use it. Passes test/conformance/endpoint-limits.test.ts. */
import {
  type EndpointLimitStore,
  type LockedBy,
  latestOfEach,
  lockKey,
} from '../../shared/store/endpoint-limits/endpoint-limits.ts'
import type { EndpointLockStore, Lock } from '../../shared/store/endpoint-limits/locks.ts'
import { demandKey } from './dynamo-demands.ts'

export type MemoryEndpointLimits = EndpointLimitStore &
  EndpointLockStore & {
    /** Writes of counters and locks so far. */
    readonly writes: () => number
  }

export function memoryEndpointLimits(): MemoryEndpointLimits {
  const counters = new Map<string, number>()
  const locks = new Map<string, Lock>()
  let writes = 0
  const entryOf = (channel: string, kind: 'held' | 'lock', by: LockedBy, subject: string) =>
    `${channel} ${kind}#${lockKey(by, subject)}`
  const entriesOf = (channel: string) =>
    [...locks]
      .filter(([key]) => key.startsWith(`${channel} `))
      .map(([key, lock]) => ({ entry: key.slice(channel.length + 1), lock }))
      .sort((one, other) => (one.entry < other.entry ? -1 : 1))
  const put = (key: string, lock: Lock) => {
    writes++
    locks.set(key, lock)
  }
  return {
    locksOf: async (channel) =>
      latestOfEach(
        entriesOf(channel).map(({ lock: { by, subject, until } }) => [
          lockKey(by, subject),
          until ?? Number.POSITIVE_INFINITY,
        ]),
      ),
    add: async (channel, counter, count) => {
      writes++
      const total = (counters.get(`${channel} ${counter}`) ?? 0) + count
      counters.set(`${channel} ${counter}`, total)
      return total
    },
    lock: async ({ channel, by, subject, limit, at, until }) =>
      put(entryOf(channel, 'lock', by, subject), { by, subject, at, until, limit, reason: null, lockedWith: null }),
    ofChannel: async (channel, limit, after) => {
      demandKey(channel, after ?? 'held')
      const later = entriesOf(channel).filter(({ entry }) => entry > (after ?? ''))
      const page = later.slice(0, limit)
      return {
        locks: page.map(({ lock }) => lock),
        next: page.length === limit ? (page.at(-1)?.entry ?? null) : null,
      }
    },
    ofCustomers: async (channels, subjects) =>
      channels.flatMap((channel) =>
        subjects.flatMap((subject) => {
          const lock = locks.get(entryOf(channel, 'held', 'customer', subject))
          return lock ? [{ channel, ...lock }] : []
        }),
      ),
    hold: async (channel, held) =>
      put(entryOf(channel, 'held', held.by, held.subject), { until: null, lockedWith: null, ...held, limit: null }),
    unlock: async (channel, by, subject) => {
      writes++
      locks.delete(entryOf(channel, 'held', by, subject))
      locks.delete(entryOf(channel, 'lock', by, subject))
    },
    writes: () => writes,
  }
}
