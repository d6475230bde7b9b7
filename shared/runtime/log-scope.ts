/**
 * One event's own log, which takes on the hub reference as soon as it is known; a fault that is caught later carries it too.
 * Nothing of it is shared between events. Used by http.ts and queue.ts.
 */
import type { Log } from './log.ts'

export type LogScope = {
  /** The event's log as it is now. */
  readonly log: () => Log
  /** Gives all later lines of this event the id; returns the log that has it. */
  readonly correlate: (id: string) => Log
}

export function logScopeFrom(log: Log): LogScope {
  let mine = log
  return {
    log: () => mine,
    correlate: (id) => {
      mine = log.withCorrelation(id)
      return mine
    },
  }
}
