/**
 * `npm run bench:readers`: how the work of each reader grows with hostile input. Prints, per reader, its shapes with the steepest
 * growth; exits 1 where time per byte grows with the size. What is tried: test/support/hostile-inputs.ts. With words after it
 * (`npm run bench:readers -- endpoint MT940`) only readers whose names begin with one of them.
 */
import { type Growth, growthOf } from '../test/support/growth.ts'
import { HOSTILE_INPUTS } from '../test/support/hostile-inputs.ts'
import { judge, round, tableText } from './report.ts'

const SIZES = [10_000, 100_000, 1_000_000]
const SHOWN = 2
/** Quadratic would be 100; a linear reader may pay more per byte where memory no longer fits the caches. */
const LIMIT = 12

const names = process.argv.slice(2)
const inputs = HOSTILE_INPUTS.filter(
  ({ reader }) => names.length === 0 || names.some((name) => reader.startsWith(name)),
)

// Once before anything is measured, so that the first shapes do not pay for what is compiled.
for (const input of inputs) await input.read(input.make(1_000))
const growths: Growth[] = []
for (const input of inputs) growths.push(await growthOf(input, SIZES))

const rows = [...Map.groupBy(growths, ({ reader }) => reader)].flatMap(([reader, all]) => {
  const steepest = all.toSorted(
    (a, b) => b.ratio - a.ratio || (b.nanosPerByte.at(-1) ?? 0) - (a.nanosPerByte.at(-1) ?? 0),
  )
  return steepest
    .slice(0, SHOWN)
    .map(({ shape, nanosPerByte, ratio }) => [
      reader,
      shape,
      ...nanosPerByte.map((nanos) => round(nanos, 1)),
      round(ratio, 1),
    ])
})
console.log(`ns of CPU per byte on ${inputs.length} hostile shapes; the ${SHOWN} steepest of each reader\n`)
console.log(`${tableText(['reader', 'shape', ...SIZES.map((size) => `${size / 1_000} KB`), 'growth'], rows)}\n`)
judge([
  {
    what: 'steepest growth of time per byte from 10 KB to 1 MB',
    value: round(Math.max(...growths.map(({ ratio }) => ratio)), 1),
    limit: LIMIT,
  },
])
