/**
 * Tries again within the same invocation what may succeed in a moment. A message that goes back to this queue stays hidden for
 * an hour and a half, because a large day may take fifteen minutes: too long for a person who has just approved something.
 * Every task bears being repeated. What still fails goes back all the same.
 */
import { Transient } from '../../shared/runtime/faults.ts'

const PAUSES_MILLIS = [500, 3_000, 15_000] as const

export async function patiently<T>(
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
