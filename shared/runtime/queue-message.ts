/** Reads the JSON body of a queue message by its schema. What is not of that shape is parked with the field's name, never its value. */
import * as z from 'zod/mini'
import type { ReadMessage } from './queue.ts'

export function jsonMessages<S extends z.ZodMiniType>(schema: S): (body: string) => ReadMessage<z.output<S>> {
  return (body) => {
    let value: unknown
    try {
      value = JSON.parse(body)
    } catch {
      return { kind: 'refused', reason: 'expected a JSON body' }
    }
    const result = z.safeParse(schema, value)
    if (result.success) return { kind: 'message', message: result.data }
    const field = result.error.issues[0]?.path.join('.') || 'the body'
    return { kind: 'refused', reason: `expected a message of this queue; ${field} is missing or of another shape` }
  }
}
