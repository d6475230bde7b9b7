/**
 * `startTraffic`: all five channels' terminals against the hub's own address, good and bad, in a thread of their own. Called by
 * local/main.ts after `Hub ready` unless HUB_TRAFFIC=off. Promises that whatever happens to it never ends the hub, and that
 * it is gone at once when it is stopped. What it plays is scenarios.ts; what it counted is in `.hub/logs/traffic.jsonl`.
 */
import { Worker } from 'node:worker_threads'
import type { TrafficCounts } from './traffic-log.ts'
import type { TrafficOptions } from './traffic-worker.ts'

export type Traffic = {
  /** A second old at most. */
  readonly counts: () => TrafficCounts
  readonly stop: () => Promise<void>
}

const GENTLE = 2
const MOST = 1_000
/** Signing leaves much behind for a moment: without a bound the thread takes memory that the hub's functions could use. */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 192 }

/** From HUB_TRAFFIC: payments per second, or null for none. Throws a RangeError that says what it may be. */
export function trafficPace(setting: string | undefined): number | null {
  if (setting === 'off') return null
  if (setting === undefined || setting === '' || setting === 'on') return GENTLE
  const pace = Number(setting)
  if (pace > 0 && pace <= MOST) return pace
  throw new RangeError(`expected HUB_TRAFFIC to be "off" or payments per second up to ${MOST}, got "${setting}"`)
}

/** `say` prints one line if the thread ends by itself. */
export function startTraffic(options: TrafficOptions, say: (line: string) => void): Traffic {
  let counts: TrafficCounts = { scenarios: 0, answers: 0, unexpected: 0 }
  const worker = new Worker(new URL('./traffic-worker.ts', import.meta.url), {
    workerData: options,
    resourceLimits: LIMITS,
  })
  worker.on('message', (message: TrafficCounts) => {
    counts = message
  })
  worker.on('error', (error: Error) =>
    say(`Traffic ended by itself (${error.name}: ${error.message}); the hub goes on`),
  )
  return {
    counts: () => counts,
    stop: async () => {
      await worker.terminate()
    },
  }
}
