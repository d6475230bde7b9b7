/**
 * How often each table was written to through the proxy, in memory that its thread shares with the readers of the streams: they
 * read when there is something to read, and cost nothing while there is not.
 */
export type WritesOfTable = {
  /** A write was sent on and answered, whatever the answer. */
  readonly note: () => void
  readonly count: () => number
  /** Resolves when the count is no longer `count`, or when patience ends. */
  readonly changed: (count: number, patienceMillis: number) => Promise<void>
}

export function writesMemory(tables: readonly string[]): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * tables.length)
}

/** By table name. `tables` in the same order wherever the memory is shared. */
export function tableWrites(memory: SharedArrayBuffer, tables: readonly string[]): ReadonlyMap<string, WritesOfTable> {
  const counts = new Int32Array(memory)
  return new Map(tables.map((table, place) => [table, writesAt(counts, place)]))
}

function writesAt(counts: Int32Array<SharedArrayBuffer>, place: number): WritesOfTable {
  return {
    note: () => {
      Atomics.add(counts, place, 1)
      Atomics.notify(counts, place)
    },
    count: () => Atomics.load(counts, place),
    changed: async (count, patienceMillis) => {
      await Atomics.waitAsync(counts, place, count, patienceMillis).value
    },
  }
}
