/**
 * Chance that can be played again: everything a simulation draws comes from here, so a seed is a whole history.
 * Knows nothing of what is drawn. `fork` gives a part its own stream, so that a draw more in one part moves nothing in another.
 */
export type Random = {
  /** From 0 up to, not including, 1. */
  readonly unit: () => number
  /** Whole, from 0 up to, not including, `count`. */
  readonly below: (count: number) => number
  /** Whole, both ends included. */
  readonly between: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  readonly fork: () => Random
}

/** Mulberry32 over a seed that was mixed first: neighbouring seeds share nothing. */
export function randomFrom(seed: number): Random {
  let state = mixed(seed)
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(unit() * count)
  return {
    unit,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => probability > 0 && unit() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('expected something to pick from, got an empty list')
      return list[below(list.length)] as (typeof list)[number]
    },
    fork: () => randomFrom(Math.floor(unit() * 4_294_967_296)),
  }
}

function mixed(seed: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) | 0
}
