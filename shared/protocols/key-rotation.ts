/**
 * A channel's secret: two generations of the partner's keys, so that a change of keys never stops a till.
 *
 * Promises that both are of the protocol's shape, or a TypeError that names the channel and the field and echoes no
 * value. Refuses to know what the keys are for. Shape: `{"current": <keys>, "next": <keys> | null}`.
 */
import * as z from 'zod/mini'

/**
 * The keys in force, `current` first. `keys` makes the shape when it is needed: every endpoint's bundle holds every protocol,
 * and a cold start pays for its own alone. Throws a TypeError when the secret is of another shape.
 */
export function readKeyRotation<Keys>(
  channel: string,
  secret: string,
  keys: () => z.ZodMiniType<Keys>,
): readonly Keys[] {
  const shape = keys()
  const read = z.safeParse(z.object({ current: shape, next: z.nullable(shape) }), parsedSecret(secret))
  if (!read.success) {
    const field = read.error.issues[0]?.path.join('.') || '(the whole)'
    throw new TypeError(
      `expected the secret of channel "${channel}" to be JSON like {"current": {…}, "next": null}, of its protocol's shape; mend its field "${field}"`,
    )
  }
  return read.data.next === null ? [read.data.current] : [read.data.current, read.data.next]
}

/** Undefined where it is no JSON. JSON.parse quotes what it could not read; a key must not travel into a log that way. */
export function parsedSecret(secret: string): unknown {
  try {
    return JSON.parse(secret)
  } catch {
    return undefined
  }
}
