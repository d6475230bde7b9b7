/**
 * What two schedules must have in common so that everything after them is the same: what lies in the stores, what every actor was
 * begun with and has seen, and what is still to come. As text; equal texts, equal futures.
 *
 * An actor is its input and the results of its calls, whatever its number: two that are alike may be exchanged.
 */
import { hash } from 'node:crypto'
import type { Invocation } from '../simulation/ports.ts'
import type { MemoryStore } from '../support/memory-store.ts'

export type History = {
  /** What the actor has seen so far; known from its first call on. */
  readonly seenBy: (invocation: Invocation) => string
  readonly begins: (invocation: Invocation) => void
  readonly sees: (invocation: Invocation, call: string, result: unknown) => void
  /** `standing`: how an actor stands; undefined leaves what it saw to say so. `more`: whatever else is to come. */
  readonly text: (standing: (invocation: Invocation) => string | undefined, more: string) => string
}

export function openHistory(store: MemoryStore): History {
  const seen = new Map<Invocation, string>()
  return {
    seenBy: (invocation) => seen.get(invocation) ?? '',
    begins: (invocation) => {
      if (seen.has(invocation)) return
      // What stood when it began: an answer is judged by it.
      seen.set(invocation, digest(`${invocation.channel} ${invocation.input} ${store.inOrder()}`))
    },
    sees: (invocation, call, result) => {
      seen.set(invocation, digest(`${seen.get(invocation)} ${call} ${JSON.stringify(result)}`))
    },
    text: (standing, more) => {
      const actors = [...seen].map(([invocation, trail]) => standing(invocation) ?? trail).sort()
      return digest(`${store.inOrder()} ${actors.join('\n')} ${more}`)
    },
  }
}

function digest(text: string): string {
  return hash('sha1', text, 'base64')
}
