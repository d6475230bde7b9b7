/**
 * One queue's messages: what a producer writes and what a consumer reads, from one schema. Promises that whatever `write`
 * takes, `read` takes; a body of another shape is refused with the field's name and never its value.
 */
import type * as z from 'zod/mini'
import type { ReadMessage } from '../runtime/queue.ts'
import { jsonMessages } from '../runtime/queue-message.ts'

/** `Written` is the message as it travels: an id is text there, and the reader makes sure of it. */
export type QueueSchema<Message, Written> = {
  /** The shape of a body: docs/reference/events.md is written from it. */
  readonly schema: z.ZodMiniType
  readonly read: (body: string) => ReadMessage<Message>
  readonly write: (message: Written) => string
}

export type MessageOf<Q> = Q extends QueueSchema<infer Message, never> ? Message : never
export type WrittenOf<Q> = Q extends QueueSchema<unknown, infer Written> ? Written : never

export function queueSchema<S extends z.ZodMiniType>(
  schema: S,
): QueueSchema<Readonly<z.output<S>>, Readonly<z.input<S>>> {
  return { schema, read: jsonMessages(schema), write: (message) => JSON.stringify(message) }
}
