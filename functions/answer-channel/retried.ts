/**
 * The endpoint's read-back. A conditional write of which nobody knows whether it happened is asked once more: it either
 * happens now, or fails on what the first try left. Twice unknown is thrown: the partner repeats or reverses.
 */
import { UnknownOutcome } from '../../shared/runtime/faults.ts'

export async function retried<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof UnknownOutcome)) throw error
    return write()
  }
}
