/**
 * Bounded time for any input: on no hostile shape does a reader's work per byte grow with the size. The whole table, up to 1 MB:
 * `npm run bench:readers`.
 */
import { expect, test } from 'vitest'
import { growthOf } from '../support/growth.ts'
import { HOSTILE_INPUTS } from '../support/hostile-inputs.ts'

/** A quadratic reader would reach 20. */
const SIZES = [10_000, 200_000]
const LIMIT = 8
const readers = [...new Set(HOSTILE_INPUTS.map(({ reader }) => reader))]

test.each(readers)(
  '%s',
  async (reader) => {
    const inputs = HOSTILE_INPUTS.filter((input) => input.reader === reader)
    expect(inputs.length).toBeGreaterThan(10)
    for (const input of inputs) await input.read(input.make(1_000))
    for (const input of inputs) {
      const once = await growthOf(input, SIZES, 1)
      // Measured again, more often, before it counts: one run may fall on a collection.
      const { shape, ratio } = once.ratio <= LIMIT ? once : await growthOf(input, SIZES)
      expect([shape, ratio <= LIMIT || ratio]).toEqual([shape, true])
    }
  },
  120_000,
)
