/**
 * How the work of a reader grows with its input: CPU time per byte at several sizes. CPU time and not the clock, so that a
 * busy machine changes little; the least of several runs, so that a collection in between changes nothing.
 */
import type { HostileInput } from './hostile-inputs.ts'

const RUNS = 3
/** Nothing that takes longer is tried at the next size: it has grown already. */
const MOST_MILLIS = 3_000
/** Below this a measurement says more of the machine than of the reader. */
const FLOOR_NANOS = 40

export type Growth = {
  readonly reader: string
  readonly shape: string
  /** Nanoseconds of CPU per byte, for each of the sizes; Infinity where it was not tried. */
  readonly nanosPerByte: readonly number[]
  /** The last against the first, both at least at the floor: 1 for a reader that is linear, the ratio of the sizes for one that is quadratic. */
  readonly ratio: number
}

export async function growthOf(input: HostileInput, sizes: readonly number[], runs = RUNS): Promise<Growth> {
  const nanosPerByte: number[] = []
  let tooLong = false
  for (const size of sizes) {
    if (tooLong) {
      nanosPerByte.push(Number.POSITIVE_INFINITY)
      continue
    }
    const text = input.make(size)
    const micros = await leastMicros(input, text, runs)
    tooLong = micros > MOST_MILLIS * 1_000
    nanosPerByte.push((micros * 1_000) / Buffer.byteLength(text))
  }
  const [first = 0] = nanosPerByte
  const last = nanosPerByte.at(-1) ?? 0
  const ratio = Math.max(last, FLOOR_NANOS) / Math.max(first, FLOOR_NANOS)
  return { reader: input.reader, shape: input.shape, nanosPerByte, ratio }
}

async function leastMicros({ read }: HostileInput, text: string, runs: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage()
    await read(text)
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, user + system)
    if (least > 200_000) break
  }
  return least
}
