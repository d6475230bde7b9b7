/**
 * The simulated clock and scheduler: one step at a time, the earliest first, ties by chance.
 *
 * ```
 * step runs -> every promise that it settled goes on, to its next port call or its end -> next step
 * ```
 * Promise: between two steps nothing is under way but what waits for a later step, so the same draws give the same history.
 * That holds for code that waits for nothing but promises: no timers, no input and output. Refuses to know what a step does.
 */
import type { Random } from './random.ts'

export type Timeline = {
  /** Simulated milliseconds UTC. */
  readonly now: () => number
  readonly steps: () => number
  readonly at: (when: number, run: () => void) => void
  readonly after: (delay: number, run: () => void) => void
  readonly sleep: (delay: number) => Promise<void>
  /** Stops the history: the first call counts. */
  readonly fail: (error: unknown) => void
  /** Runs until nothing is left to come. Throws what `fail` was given. */
  readonly runOut: () => Promise<void>
}

type Step = { readonly at: number; readonly tie: number; readonly run: () => void }

export function startTimeline(start: number, random: Random): Timeline {
  const heap: Step[] = []
  let now = start
  let steps = 0
  let failure: { readonly error: unknown } | undefined
  const fail = (error: unknown) => {
    failure ??= { error }
  }
  const at = (when: number, run: () => void) => push(heap, { at: Math.max(when, now), tie: random.unit(), run })

  /** Called when all promises have come to rest: `nextTick` of a microtask runs after the last of them. */
  function tick(done: () => void, failed: (error: unknown) => void): void {
    const step = failure ? undefined : pop(heap)
    if (!step) {
      if (failure) failed(failure.error)
      else done()
      return
    }
    now = step.at
    steps++
    try {
      step.run()
    } catch (error) {
      fail(error)
    }
    queueMicrotask(() => process.nextTick(tick, done, failed))
  }

  return {
    now: () => now,
    steps: () => steps,
    at,
    after: (delay, run) => at(now + delay, run),
    sleep: (delay) => new Promise((resolve) => at(now + delay, resolve)),
    fail,
    runOut: () => new Promise((resolve, reject) => queueMicrotask(() => process.nextTick(tick, resolve, reject))),
  }
}

function isBefore(a: Step, b: Step): boolean {
  return a.at !== b.at ? a.at < b.at : a.tie < b.tie
}

function push(heap: Step[], step: Step): void {
  let i = heap.length
  heap.push(step)
  while (i > 0) {
    const parent = (i - 1) >> 1
    const above = heap[parent] as Step
    if (!isBefore(step, above)) break
    heap[i] = above
    i = parent
  }
  heap[i] = step
}

function pop(heap: Step[]): Step | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (!first || !last || heap.length === 0) return first
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    const right = heap[child + 1]
    if (right && isBefore(right, heap[child] as Step)) child++
    if (!isBefore(heap[child] as Step, last)) break
    heap[i] = heap[child] as Step
    i = child
  }
  heap[i] = last
  return first
}
