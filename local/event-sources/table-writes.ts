/**
 * How often each table was written to through the proxy, in memory that its thread shares with the pipes: a pipe reads its
 * stream when there is something to read, and costs nothing while there is not.
 */
export type TableWrites = {
  /** A write was sent on and answered, whatever the answer. */
  readonly note: (table: string) => void
  readonly count: (table: string) => number
  /** Resolves when the count is no longer `count`, or when patience ends. */
  readonly changed: (table: string, count: number, patienceMillis: number) => Promise<void>
}

export function writesMemory(tables: readonly string[]): SharedArrayBuffer {
  return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * tables.length)
}

/** `tables` in the same order wherever the memory is shared. A table that is not among them is never noted. */
export function tableWrites(memory: SharedArrayBuffer, tables: readonly string[]): TableWrites {
  const counts = new Int32Array(memory)
  const places = new Map(tables.map((table, place) => [table, place]))
  return {
    note: (table) => {
      const place = places.get(table)
      if (place === undefined) return
      Atomics.add(counts, place, 1)
      Atomics.notify(counts, place)
    },
    count: (table) => Atomics.load(counts, placeOf(table)),
    changed: async (table, count, patienceMillis) => {
      await Atomics.waitAsync(counts, placeOf(table), count, patienceMillis).value
    },
  }

  function placeOf(table: string): number {
    const place = places.get(table)
    if (place === undefined) throw new Error(`expected one of the tables ${tables.join(', ')}, got ${table}`)
    return place
  }
}
