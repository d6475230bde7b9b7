/**
 * Table `endpoint-limits`: who is locked out of an endpoint, which certificate keys are revoked, and the counters that lead there.
 *
 * | | key | |
 * |---|---|---|
 * | counter | PK `channel`, SK `entry` = `count#<window>#<limit>#<subject>` | `n`; gone after its window |
 * | lock by an operator | `held#<by>#<subject>` | `until` absent: until an operator takes it back; a customer's ends by itself |
 * | revoked certificate key | `held#key#<sha256>` | for ever |
 * | lock by a limit | `lock#<by>#<subject>` | `until` |
 *
 * Promise: no name, no NIK and no KPJ; a customer is its keyed digest. Endpoints count, lock and read; people lock and unlock through
 * the console (locks.ts). What people put sorts before what limits put, so that a page holds it, however many limits lock.
 */
import type { LimitedBy, LimitName } from '../../domain/endpoint-limits.ts'
import type { Instant } from '../../domain/instant.ts'

/** `key`: a certificate's public key, by its SHA-256. */
export type LockedBy = LimitedBy | 'key'

export type LimitLock = {
  readonly channel: string
  readonly by: LimitedBy
  readonly subject: string
  readonly limit: LimitName
  readonly at: Instant
  readonly until: Instant
}

/** What an endpoint goes by: `<by>#<subject>` to the instant at which the lock ends. */
export type LocksInForce = ReadonlyMap<string, number>

/** What an endpoint may do. */
export type EndpointLimitStore = {
  /** Eventually consistent, as far as one page holds. */
  readonly locksOf: (channel: string) => Promise<LocksInForce>
  /** Adds to a counter and answers what it came to. A counter may be dropped after `expiresAt`. */
  readonly add: (channel: string, counter: string, count: number, expiresAt: Instant) => Promise<number>
  readonly lock: (lock: LimitLock) => Promise<void>
}

/** What stands for a customer in locks and counters. A new digest key makes new ones: a lock of the day before is none under it. */
export function customerSubject(digest: Uint8Array): string {
  return Buffer.from(digest).toString('base64url')
}

/** A lock of a limit and one of a person may name the same: whoever is locked is so until the later of their ends. */
export function latestOfEach(locks: Iterable<readonly [string, number]>): LocksInForce {
  const latest = new Map<string, number>()
  for (const [key, until] of locks) latest.set(key, Math.max(until, latest.get(key) ?? until))
  return latest
}

export function lockKey(by: LockedBy, subject: string): string {
  return `${by}#${subject}`
}
