/**
 * The hub's clock: real time plus an offset that HUB_CLOCK and `POST /__local/clock` set.
 *
 * The offset lives in shared memory, so every thread of the hub, bundles included, reads the same instant at once. Moving it
 * is free in both directions; it always runs at normal speed. It knows no schedules: event-sources/schedules.ts asks it.
 */
export type HubClock = {
  readonly memory: SharedArrayBuffer
  readonly now: () => number
  readonly set: (millis: number) => void
}

export function hubClock(memory: SharedArrayBuffer = new SharedArrayBuffer(8)): HubClock {
  const offset = new Float64Array(memory)
  return {
    memory,
    now: () => Date.now() + (offset[0] as number),
    set: (millis) => {
      offset[0] = millis - Date.now()
    },
  }
}

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/

/** Reads an ISO instant with any offset. Throws a RangeError that says what a good one looks like. */
export function readInstant(text: string): number {
  const millis = WITH_OFFSET.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(millis)) {
    throw new RangeError(
      `expected an ISO instant with an offset, like 2026-11-20T08:00:00+07:00, got ${JSON.stringify(text)}`,
    )
  }
  return millis
}
