/**
 * Takes the metrics out of the functions' logs, as CloudWatch does with lines of its embedded metric format (producer:
 * shared/runtime/metrics.ts). Reads on from where it stopped, and only when somebody asks: writing a log costs nothing more.
 */
import { open, stat } from 'node:fs/promises'
import type { MetricStore } from './metric-store.ts'

const CHUNK_BYTES = 1 << 20
const LINE_END = 0x0a
/** How `shared/runtime/metrics.ts` begins such a line; every other line is passed over unread. */
const BEGIN = Buffer.from('{"_aws":')

export type EmbeddedMetrics = { readonly readOn: () => Promise<void> }

/** Of these files, what is written from now on. A file that is not there yet is read from its beginning. */
export async function embeddedMetrics(files: readonly string[], store: MetricStore): Promise<EmbeddedMetrics> {
  const places = new Map(await Promise.all(files.map(async (file) => [file, await sizeOf(file)] as const)))
  const readOn = async () => {
    for (const [file, place] of places) places.set(file, await readFrom(file, place, store))
  }
  let last: Promise<void> = Promise.resolve()
  return {
    // One after the other: two at once would count the same lines twice.
    readOn: () => {
      last = last.then(readOn, readOn)
      return last
    },
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}

/** Where the next reading begins: after the last whole line. */
async function readFrom(file: string, from: number, store: MetricStore): Promise<number> {
  const size = await sizeOf(file)
  // Shorter than before: it was emptied.
  let place = size < from ? 0 : from
  if (size === place) return place
  const handle = await open(file, 'r')
  try {
    let rest = Buffer.alloc(0)
    for (let at = place; at < size; ) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(CHUNK_BYTES, size - at)), { position: at })
      if (bytesRead === 0) break
      at += bytesRead
      const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
      const end = bytes.lastIndexOf(LINE_END) + 1
      takeLines(bytes.subarray(0, end), store)
      rest = bytes.subarray(end)
      place = at - rest.length
    }
    return place
  } finally {
    await handle.close()
  }
}

function takeLines(bytes: Buffer, store: MetricStore): void {
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, start)
    const line = bytes.subarray(start, end)
    if (line.subarray(0, BEGIN.length).equals(BEGIN)) takeMetrics(JSON.parse(line.toString()), store)
    start = end + 1
  }
}

type EmbeddedLine = Readonly<Record<string, unknown>> & {
  readonly _aws: {
    readonly Timestamp: number
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string
      readonly Dimensions: readonly (readonly string[])[]
      readonly Metrics: readonly { readonly Name: string }[]
    }[]
  }
}

function takeMetrics(line: EmbeddedLine, store: MetricStore): void {
  const { Timestamp: at, CloudWatchMetrics: sets } = line._aws
  for (const { Namespace: namespace, Dimensions, Metrics } of sets) {
    for (const names of Dimensions) {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(line[name])]))
      for (const { Name: name } of Metrics) {
        for (const value of [line[name]].flat()) store.add({ namespace, name, dimensions }, at, Number(value))
      }
    }
  }
}
