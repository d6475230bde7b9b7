/**
 * What DynamoDB demands of keys, and answers with a ValidationException: a defect, and 500 to whoever called. Stores in memory throw
 * the same, so that a test in which a caller's text or day reaches a key finds it.
 */
import { Defect } from '../../shared/runtime/faults.ts'

const PARTITION_BYTES = 2_048
const SORT_BYTES = 1_024

export function demandKey(partition: string, sort: string): void {
  demandBytes(partition, PARTITION_BYTES)
  demandBytes(sort, SORT_BYTES)
}

/** Of `BETWEEN`. */
export function demandRange(partition: string, from: string, to: string): void {
  demandKey(partition, from)
  demandKey(partition, to)
  if (from > to) throw new Defect('KEY_RANGE', 'expected the end of a range of keys not before its beginning')
}

function demandBytes(key: string, most: number): void {
  const bytes = Buffer.byteLength(key)
  if (bytes === 0 || bytes > most) throw new Defect('KEY_SIZE', `expected a key of 1 to ${most} bytes, got ${bytes}`)
}
