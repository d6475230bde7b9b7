/** Fields of queue messages that are ids: read by the domain's own parser, so that what a handler gets is branded. */
import * as z from 'zod/mini'

/** A text that `parse` takes; undefined is another shape. */
export function parsedText<T>(parse: (text: string) => T | undefined) {
  return z.pipe(
    z.string(),
    z.transform((text, context) => {
      const value = parse(text)
      if (value !== undefined) return value
      context.issues.push({ code: 'custom', message: 'expected an id of the hub', input: text })
      return z.NEVER
    }),
  )
}
