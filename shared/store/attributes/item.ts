/**
 * Attributes of an item, written and read exactly: text, whole numbers, bytes, and absence.
 *
 * Promise: a reader returns what was written or throws the Defect `BROKEN_ITEM`, which names table and attribute and never
 * a value. Refuses to guess: a wrong type is broken, and so is a missing attribute that was not asked for as optional.
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { Defect } from '../../runtime/faults.ts'

export type Item = Readonly<Record<string, AttributeValue>>

export function text(value: string): AttributeValue {
  return { S: value }
}

export function whole(value: number): AttributeValue {
  return { N: String(value) }
}

export function bytes(value: Uint8Array): AttributeValue {
  return { B: value }
}

export function nested(item: Item): AttributeValue {
  return { M: { ...item } }
}

/** `{ name: attribute }`, or nothing for null: absence is how an item says null. */
export function orAbsent<T>(name: string, value: T | null, write: (value: T) => AttributeValue): Item {
  return value === null ? {} : { [name]: write(value) }
}

/** Reads one item. `parse…` take a domain parser and turn its refusal into the Defect. */
export type ItemReader = {
  readonly text: (name: string) => string
  readonly whole: (name: string) => number
  readonly bytes: (name: string) => Uint8Array
  readonly nested: (name: string) => ItemReader
  readonly has: (name: string) => boolean
  /** `parse` returns undefined or throws a RangeError for a value that cannot be. */
  readonly parsed: <T>(name: string, parse: (text: string) => T | undefined) => T
  /** As `parsed`, for numbers. */
  readonly counted: <T>(name: string, parse: (value: number) => T | undefined) => T
  /** null where the attribute is absent. */
  readonly optional: <T>(name: string, read: (name: string) => T) => T | null
  readonly broken: (name: string, expected: string) => Defect
}

/** `table` is only named in a Defect. */
export function readerOf(table: string, item: Item): ItemReader {
  const broken = (name: string, expected: string) =>
    new Defect(
      'BROKEN_ITEM',
      `expected attribute "${name}" of an item in ${table} to be ${expected}; find out who wrote it and repair it`,
    )
  const required = <T>(name: string, value: T | undefined, expected: string): T => {
    if (value === undefined) throw broken(name, `${expected}, got ${Object.keys(item[name] ?? {})[0] ?? 'nothing'}`)
    return value
  }
  const parsing = <V, T>(name: string, value: V, parse: (value: V) => T | undefined): T => {
    try {
      const result = parse(value)
      if (result !== undefined) return result
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof URIError)) throw error
    }
    throw broken(name, 'a value that the hub writes')
  }
  const readText = (name: string) => required(name, item[name]?.S, 'text (S)')
  const readWhole = (name: string) => {
    const value = Number(required(name, item[name]?.N, 'a number (N)'))
    if (!Number.isSafeInteger(value)) throw broken(name, 'a whole number')
    return value
  }
  return {
    text: readText,
    whole: readWhole,
    // The client may hand out a view of a larger buffer: a copy of its own keeps nothing else alive.
    bytes: (name) => Uint8Array.from(required(name, item[name]?.B, 'bytes (B)')),
    nested: (name) => readerOf(table, required(name, item[name]?.M, 'a map (M)')),
    has: (name) => item[name] !== undefined,
    parsed: (name, parse) => parsing(name, readText(name), parse),
    counted: (name, parse) => parsing(name, readWhole(name), parse),
    optional: (name, read) => (item[name] === undefined ? null : read(name)),
    broken,
  }
}

/** Whether an item could not be read, as opposed to a table that could not. */
export function isBrokenItem(error: unknown): error is Defect {
  return error instanceof Defect && error.code === 'BROKEN_ITEM'
}

/** What can be read of many, and the items that cannot: one that somebody put there by hand must not hide the others. */
export function readEach<T>(
  items: readonly Item[],
  read: (item: Item) => T,
): { readonly read: readonly T[]; readonly broken: readonly Item[] } {
  const good: T[] = []
  const broken: Item[] = []
  for (const item of items) {
    try {
      good.push(read(item))
    } catch (error) {
      if (!isBrokenItem(error)) throw error
      broken.push(item)
    }
  }
  return { read: good, broken }
}

/** A domain parser for one of a closed list of words. */
export function oneOf<const T extends string>(words: readonly T[]): (text: string) => T | undefined {
  return (text) => words.find((word) => word === text)
}

/**
 * True when a table holds exactly what was to be put: the writer's own earlier try, whose answer was lost.
 * Numbers compare as written, because the hub writes whole numbers only and the table keeps them so.
 */
export function sameItem(stored: Item | undefined, expected: Item): boolean {
  if (!stored) return false
  const names = Object.keys(expected)
  return (
    names.length === Object.keys(stored).length && names.every((name) => sameAttribute(stored[name], expected[name]))
  )
}

function sameAttribute(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (!a || !b) return false
  if (a.B && b.B) return Buffer.compare(a.B, b.B) === 0
  if (a.M && b.M) return sameItem(a.M, b.M)
  if (a.L && b.L) return a.L.length === b.L.length && a.L.every((entry, i) => sameAttribute(entry, b.L?.[i]))
  return (a.S !== undefined && a.S === b.S) || (a.N !== undefined && a.N === b.N)
}
