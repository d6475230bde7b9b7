/**
 * Table `settlements` as parts and entries with a JSON content: the few calls from which settlements.ts and resolutions.ts are
 * made. Every read is consistent and reads every page; every conditional put knows its own earlier try.
 */
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb'
import type { Item } from '../attributes/item.ts'

/** Nothing given: the whole part. */
export type Range = {
  readonly prefix?: string
  readonly from?: string
  readonly to?: string
  readonly newestFirst?: boolean
  readonly limit?: number
}

/** One write of a transaction, and the item that shows that an earlier try of ours has done it. */
export type Change = { readonly write: TransactWriteItem; readonly item: Item | null }

/** `C` is one write of a transaction, made by the methods at the end; the twin in test/support has another kind. */
export type EntryTable<C = Change> = {
  readonly get: <T>(part: string, entry: string) => Promise<T | undefined>
  readonly put: (part: string, entry: string, value: object) => Promise<void>
  /** `same`: exactly this is there. `other`: the entry is there with another content. */
  readonly putOnce: (part: string, entry: string, value: object) => Promise<'put' | 'same' | 'other'>
  readonly range: <T>(part: string, limits: Range) => Promise<readonly T[]>
  /** Entries alone, after one of them. */
  readonly entries: (part: string, after?: string | null, limit?: number) => Promise<readonly string[]>
  readonly eachEntry: (part: string) => AsyncIterable<string>
  /** All or nothing. `conflict`: a condition did not hold, and not because an earlier try of ours has done it. */
  readonly transact: (changes: readonly C[]) => Promise<'put' | 'conflict'>
  readonly putting: (part: string, entry: string, value: object) => C
  readonly puttingOnce: (part: string, entry: string, value: object) => C
  /** Demands the version before this one, or that nothing is there. */
  readonly puttingVersion: (part: string, entry: string, version: number, value: object) => C
  /** Demands exactly the content that was read. */
  readonly replacing: (part: string, entry: string, before: object, after: object) => C
  readonly deleting: (part: string, entry: string) => C
  /** Demands exactly the content that was read. What is gone already is ours. */
  readonly removing: (part: string, entry: string, before: object) => C
}
