/**
 * Numbers that look random and are the same for the same seed, on every machine: demo memberships and traffic can be told
 * again from one word. Promises nothing about secrecy: keys are never made here.
 */
import { createHash } from 'node:crypto'

export type Random = {
  /** From 0 up to, not including, 1. */
  readonly fraction: () => number
  /** A whole number from `first` to `last`, both included. */
  readonly whole: (first: number, last: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  /** One of the values, as often as its weight says. */
  readonly weighted: <T>(list: readonly (readonly [weight: number, value: T])[]) => T
}

/** Bytes of one number: 48 bits are exact in a double. */
const WIDTH = 6

export function seededRandom(seed: string): Random {
  let block: Buffer = Buffer.alloc(0)
  let blocks = 0
  let used = 0
  const fraction = (): number => {
    if (used + WIDTH > block.length) {
      block = createHash('sha256').update(`${seed}#${blocks++}`).digest()
      used = 0
    }
    used += WIDTH
    return block.readUIntBE(used - WIDTH, WIDTH) / 2 ** (8 * WIDTH)
  }
  const pick = <T>(list: readonly T[]): T => list[Math.floor(fraction() * list.length)] as T
  return {
    fraction,
    whole: (first, last) => first + Math.floor(fraction() * (last - first + 1)),
    pick,
    weighted: (list) => {
      let left = fraction() * list.reduce((sum, [weight]) => sum + weight, 0)
      const found = list.find(([weight]) => {
        left -= weight
        return left < 0
      })
      return (found ?? (list.at(-1) as (typeof list)[number]))[1]
    },
  }
}
