/**
 * Rules as dated data: a list of values, each in force from a date (or month) until the next begins, each with
 * the line that it rests on. Knows nothing of what the values mean.
 */

/** `from` is an ISO date or month (compared as text, so one list must use one of the two); the list is ascending. */
export type Dated<T> = readonly { readonly from: string; readonly value: T; readonly source: string }[]

/** The value in force at `at`. Throws a RangeError naming the rule when the list begins later: a gap is a defect in the data. */
export function inForce<T>(rule: string, list: Dated<T>, at: string): T {
  for (let i = list.length - 1; i >= 0; i--) {
    const entry = list[i]
    if (entry && entry.from <= at) return entry.value
  }
  throw new RangeError(
    `expected the rule "${rule}" to have a value at ${at}; its first begins at ${list[0]?.from ?? '(none)'}`,
  )
}
