/**
 * Who is locked out of this endpoint, and the counting that leads there (docs/adr/0062, 0063).
 *
 * ```
 * counted in this process -> every `step` to the shared counter -> at `most` a lock -> read by every process within 20 s
 * ```
 * Promises that an ordinary payment waits for none of it: locks are read beside its own calls, and only that is counted which
 * brings no money. Whoever is locked gets no answer to an inquiry or a new payment but "too many"; repeats, status and reversals of
 * payments that stand are answered as ever. A count that fails is dropped. Locks that cannot be read hold as they were for 15 minutes.
 * After that, and in a process that never read them, they are not known, and a revoked key must not come back by a fault: inquiries,
 * new payments and reversals fail and may be repeated. A repeat and a status get their answer, which was the partner's before.
 */
import { inForce } from '../../shared/domain/effective-dated.ts'
import { ENDPOINT_LIMITS, type LimitName } from '../../shared/domain/endpoint-limits.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import { type EndpointLimitStore, type LockedBy, lockKey } from '../../shared/store/endpoint-limits/endpoint-limits.ts'

export type Limits = {
  /** Whether the locks are those of the last 15 minutes. */
  readonly areKnown: () => boolean
  readonly isLocked: (by: LockedBy, subject: string) => boolean
  /** Never throws. */
  readonly count: (limit: LimitName, subject: string) => Promise<void>
}

export type ReadLimits = Limits & {
  /**
   * Brings the locks up to date. Await `usable` before the call is looked at, where there are none to go by, and `done` before its
   * answer leaves. Neither throws.
   */
  readonly refresh: () => { readonly usable: Promise<void>; readonly done: Promise<void> }
}

export type LimitParts = {
  readonly channel: string
  readonly store: EndpointLimitStore
  readonly now: () => Instant
  readonly onReached: (limit: LimitName) => void
  readonly onFault: (error: unknown) => void
}

/** How old locks may be before they are read again, and before nothing is answered by them. */
const FRESH_MILLIS = 20_000
const STALE_MILLIS = 15 * 60_000
const MINUTE = 60_000
/** Windows begin at midnight in Jakarta. */
const WIB_OFFSET = 7 * 60 * MINUTE
/** Subjects that a process remembers; a caller that names a new one each time gains nothing but forgetting. */
const REMEMBERED = 10_000
/** An item that the table should drop is dropped days later at times. */
const KEPT_MILLIS = 60 * MINUTE

export const NO_LIMITS: Limits = { areKnown: () => true, isLocked: () => false, count: async () => {} }

export function endpointLimits({ channel, store, now, onReached, onFault }: LimitParts): ReadLimits {
  const counts = new Map<string, number>()
  let locks = new Map<string, number>()
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  const age = () => Math.abs(now() - readAt)
  const areKnown = () => age() < STALE_MILLIS

  const read = () => {
    reading ??= store
      .locksOf(channel)
      .then((found) => {
        locks = new Map(found)
        readAt = now()
      })
      .finally(() => {
        reading = undefined
      })
    return reading
  }

  async function countUp(name: LimitName, subject: string, at: Instant): Promise<void> {
    const { by, most, windowMinutes, lockMinutes, step } = inForce('limits', ENDPOINT_LIMITS, businessDateOf(at))[name]
    const windowMillis = windowMinutes * MINUTE
    const window = Math.floor((at + WIB_OFFSET) / windowMillis)
    const counter = `${window}#${name}#${subject}`
    const counted = (counts.get(counter) ?? 0) + 1
    if (counts.size >= REMEMBERED) counts.clear()
    counts.set(counter, counted % step)
    if (counted < step) return
    const endsAt = (window + 1) * windowMillis - WIB_OFFSET
    const total = await store.add(channel, counter, step, (endsAt + KEPT_MILLIS) as Instant)
    if (total < most) return
    const isPassing = total % most < step
    if (lockMinutes === null) {
      if (isPassing) onReached(name)
      return
    }
    // Whoever passes the limit, or a multiple of it, locks; the others read that it is so. An operator may have unlocked meanwhile.
    if (!isPassing) return read()
    const until = Math.max(endsAt, at + lockMinutes * MINUTE) as Instant
    const locked = by === 'channel' ? name : subject
    locks.set(lockKey(by, locked), until)
    onReached(name)
    await store.lock({ channel, by, subject: locked, limit: name, at, until })
  }

  return {
    areKnown,
    isLocked: (by, subject) => now() < (locks.get(lockKey(by, subject)) ?? 0),
    count: (limit, subject) => countUp(limit, subject, now()).catch(onFault),
    refresh: () => {
      const done = age() < FRESH_MILLIS ? Promise.resolve() : read().catch(onFault)
      return { usable: areKnown() ? Promise.resolve() : done, done }
    },
  }
}

/** Throws where nobody knows who is locked out. What follows may be done for a revoked key, or for whoever stole it. */
export function demandKnownLocks({ areKnown }: Limits): void {
  if (!areKnown()) throw new Transient('LOCKS_UNKNOWN', 'expected locks, got none')
}

/** `store/till`; a partner that names no tills names the store alone. */
export function storeOf(outlet: string): string {
  return outlet.split('/', 1)[0] ?? ''
}

/** Whether the till, its store or the customer is locked out; `customer` as `customerSubject` names it. */
export function isLockedOut({ isLocked }: Limits, outlet: string | undefined, customer: string): boolean {
  if (isLocked('customer', customer)) return true
  return outlet !== undefined && (isLocked('till', outlet) || isLocked('store', storeOf(outlet)))
}

/** Counts for the till, where there is one, and for its store. */
export async function countAt(
  { count }: Limits,
  what: 'inquiries' | 'unknown-customers',
  outlet: string | undefined,
): Promise<void> {
  if (outlet === undefined) return
  const store = storeOf(outlet)
  await Promise.all([store !== outlet && count(`till-${what}`, outlet), count(`store-${what}`, store)])
}
