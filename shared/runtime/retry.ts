/**
 * Two ways to try again, each for a fault that may be over on the next try. Both bear only work that is right any number of
 * times: a conditional write, or a task that looks at what stands before it acts.
 */
import { Transient, UnknownOutcome } from './faults.ts'

/**
 * The read-back of a conditional write that may or may not have happened: asked once more, it either happens now, or fails on
 * what the first try left. Twice unknown is thrown: the partner repeats or reverses.
 */
export async function retryUnknownOutcome<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw error
    return write()
  }
}

const PAUSES_MILLIS = [500, 3_000, 15_000] as const

/**
 * Tries again within the same invocation. A message that goes back to queue `settlement` stays hidden for an hour and a half,
 * because a large day may take fifteen minutes: too long for a person who has just approved something. What still fails after
 * the last pause is thrown and goes back to the queue.
 */
export async function retryTransient<T>(
  work: () => Promise<T>,
  wait: (millis: number) => Promise<void> = (millis) => new Promise((resolve) => setTimeout(resolve, millis)),
): Promise<T> {
  for (const pause of PAUSES_MILLIS) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Transient)) throw error
      await wait(pause)
    }
  }
  return work()
}
