/**
 * Fields that several queues' messages have in common. An id is read by the domain's own parser, so that a handler gets it
 * branded and what is no id of the hub is parked.
 */
import * as z from 'zod/mini'
import { type Instant, parseBusinessDate } from '../domain/instant.ts'
import { parseMonth } from '../domain/month.ts'

/** A text that `parse` takes. */
export function parsedText<T>(parse: (text: string) => T | undefined) {
  return z.pipe(
    z.string(),
    z.transform((text, context) => {
      const value = parse(text)
      if (value !== undefined) return value
      context.issues.push({ code: 'custom', message: 'expected a text that the hub writes', input: text })
      return z.NEVER
    }),
  )
}

export const businessDate = parsedText(parseBusinessDate)
export const month = parsedText(parseMonth)
/** Epoch milliseconds. */
export const moment = z.custom<Instant>(
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
)
export const count = z.int().check(z.minimum(0))
export const positive = z.int().check(z.minimum(1))
