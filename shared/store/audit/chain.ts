/**
 * The audit chain: each entry holds the hash of the one before it. Promises that what is changed, removed, put in or put in
 * another order is found by `verifyChain`, and what is cut off at the end by the head, which is kept apart.
 */
import { createHash } from 'node:crypto'
import { formatUtc } from '../../domain/instant.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, sameItem } from '../attributes/item.ts'
import type { AuditEntry, AuditHead, AuditRecord } from './audit.ts'
import { auditItem, canonical, readAuditEntry } from './item.ts'

/** What the first entry holds instead of a hash. */
export const GENESIS = '0'.repeat(64)

/** What can be wrong with the chain in itself. */
export const CHAIN_FAULTS = [
  'MISSING',
  'OUT_OF_PLACE',
  'UNLINKED',
  'CHANGED',
  'UNREADABLE',
  'CUT_OFF',
  'HEAD_DIFFERS',
] as const

/** `broken` names the first entry that is not as it was written; `sequence` is where it was looked for. */
export type Verified =
  | { readonly outcome: 'whole'; readonly entries: number; readonly hash: string }
  | {
      readonly outcome: 'broken'
      readonly sequence: number
      readonly code: (typeof CHAIN_FAULTS)[number]
    }

/** The record in its place after `previous` (undefined: the first). */
export function chained(previous: AuditHead | undefined, record: AuditRecord): AuditEntry {
  const linked = { ...record, sequence: (previous?.sequence ?? 0) + 1, previous: previous?.hash ?? GENESIS }
  return { ...linked, hash: hashOf(linked) }
}

/** Walks the chain once, in the order in which it lies. `head` null: where it ended was not kept, so a cut end is not noticed. */
export async function verifyChain(items: AsyncIterable<Item>, head: AuditHead | null): Promise<Verified> {
  let last: AuditHead = { sequence: 0, hash: GENESIS }
  for await (const item of items) {
    const sequence = last.sequence + 1
    const entry = tryRead(item)
    if (!entry) return { outcome: 'broken', sequence, code: 'UNREADABLE' }
    if (entry.sequence > sequence) return { outcome: 'broken', sequence, code: 'MISSING' }
    if (entry.sequence < sequence) return { outcome: 'broken', sequence, code: 'OUT_OF_PLACE' }
    const asWritten = entry.hash === hashOf(entry) && sameItem(item, auditItem(entry))
    if (!asWritten) return { outcome: 'broken', sequence, code: 'CHANGED' }
    if (entry.previous !== last.hash) return { outcome: 'broken', sequence, code: 'UNLINKED' }
    last = entry
  }
  if (head && head.sequence > last.sequence) {
    return { outcome: 'broken', sequence: last.sequence + 1, code: 'CUT_OFF' }
  }
  if (head && (head.sequence < last.sequence || head.hash !== last.hash)) {
    return { outcome: 'broken', sequence: head.sequence, code: 'HEAD_DIFFERS' }
  }
  return { outcome: 'whole', entries: last.sequence, hash: last.hash }
}

/** Whether an entry says what its own hash says; whether it has its place is `verifyChain`'s. */
export function isAsWritten(entry: AuditEntry): boolean {
  return entry.hash === hashOf(entry)
}

function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, actor, person, action, subject, detail, previous } = entry
  // An entry of before persons were kept has none, and the hash that it had then.
  const content = canonical({ sequence, at: formatUtc(at), actor, person, action, subject, detail, previous })
  return createHash('sha256').update(content).digest('hex')
}

function tryRead(item: Item): AuditEntry | undefined {
  try {
    return readAuditEntry(item)
  } catch (error) {
    if (error instanceof Defect) return undefined
    throw error
  }
}
