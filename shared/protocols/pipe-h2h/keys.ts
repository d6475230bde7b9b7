/**
 * A retailer's keys on the pipe protocol, prepared once: who it is, which stores are its own, and the secret that ends
 * every signed text. Refuses, at start, keys under which fields could shift into each other: stores of unequal length.
 */
import * as z from 'zod/mini'
import { readGenerations } from '../generations.ts'

/** What `current` and `next` of the secret hold. */
const pipeKeys = z.object({
  agentId: z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/)),
  agentPin: z.string().check(z.regex(/^[A-Za-z0-9]{1,20}$/)),
  secretKey: z.string().check(z.minLength(16), z.maxLength(256)),
  storeIds: z
    .array(z.string().check(z.regex(/^[A-Za-z0-9]{1,12}$/)))
    .check(z.refine((ids) => ids.length > 0 && ids.every((id) => id.length === ids[0]?.length))),
})

export type PipeKeys = {
  readonly agentId: string
  readonly agentPin: string
  readonly secretKey: string
  readonly storeIds: ReadonlySet<string>
}

/** `current` first. Throws a TypeError naming the field; never echoes a value. */
export function preparePipeKeys(channel: string, secret: string): readonly PipeKeys[] {
  return readGenerations(channel, secret, pipeKeys).map((keys) => ({ ...keys, storeIds: new Set(keys.storeIds) }))
}
