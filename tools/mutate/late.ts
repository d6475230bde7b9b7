/** Whether a failure says no more than that something took too long, which a busy machine does without any mutant. */

const LATE = /timed? ?-?out|did not succeed in time|\bwithin [\d_.]+ ?(ms|s|seconds|milliseconds)\b/i

/** Of the messages of all that failed in one test file; none at all is no lateness. */
export function isLateOnly(messages: readonly string[]): boolean {
  return messages.length > 0 && messages.every((message) => LATE.test(message))
}
