/**
 * The only place where the hub reads the time. A handler makes one and passes it on: everything else takes time as a
 * parameter. It goes through `Date` on every call, so that a host with a clock of its own is obeyed.
 */
import { type Instant, instant } from '../domain/instant.ts'

export function systemClock(): () => Instant {
  return () => instant(Date.now())
}
