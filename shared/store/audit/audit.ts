/**
 * Table `audit`: who proposed and who approved what, about money above all, which answers were given for a benefit, who imported,
 * confirmed and billed lists, redrove, repaired and changed contacts, and which data keys were destroyed, as a chain in which each
 * entry holds the hash of the one before it. Appended in one transaction with the change that it records, or before an act that is
 * more than one write (settlements/resolutions.ts); never changed, never deleted.
 *
 * | | key | |
 * |---|---|---|
 * | entry | PK `chain` (`decisions`), SK `sequence` from 1 without gaps | at, actor, person, action, subject, detail (canonical JSON), previous, hash |
 *
 * Promise: what is changed, removed, put in or put in another order is found by `verifyChain`; what is cut off at the end by the
 * head, which is kept in table `settlements` and in the log; what was written anew by the anchors (anchors.ts).
 * Consumers: functions/serve-console, functions/anchor-audit, functions/audit-ledger, `npm run verify-audit`.
 */
import type { ActingPerson } from '../../domain/acting-person.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Item } from '../attributes/item.ts'

export const AUDIT_ACTIONS = [
  'proposed',
  'approved',
  'referred',
  'rejected',
  'answered',
  'entered',
  'taken',
  'released',
  'assigned',
  'commented',
  'attached',
  'imported',
  'confirmed',
  'billed',
  // Of before two people closed and reopened a membership: nobody appends these any more.
  'closed',
  'reopened',
  'redriven',
  'repaired',
  'set-contact',
  'locked',
  'unlocked',
  'revoked',
  'destroyed',
] as const

export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Plain data; `undefined` is left out as JSON leaves it out. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain | undefined }

/** What happened, before it has its place in the chain. */
export type AuditRecord = {
  readonly at: Instant
  /** The token's opaque subject. */
  readonly actor: string
  /** The same person in words that survive the user's deletion; absent in entries of before they were kept. */
  readonly person?: ActingPerson
  readonly action: AuditAction
  /** The id of the difference; for an answer, the membership's number. */
  readonly subject: string
  /** What was decided and on which evidence: ids, codes and amounts, no person. */
  readonly detail: Plain
}

export type AuditEntry = AuditRecord & {
  readonly sequence: number
  /** Hex of the entry before; of the first: `GENESIS`. */
  readonly previous: string
  readonly hash: string
}

/** The end of the chain, kept apart from it. */
export type AuditHead = Pick<AuditEntry, 'sequence' | 'hash'>

export type AuditStore = {
  /** The last entry, consistent; undefined in an empty chain. */
  readonly last: () => Promise<AuditEntry | undefined>
  /** So many entries from this sequence on. */
  readonly from: (sequence: number, limit: number) => Promise<readonly AuditEntry[]>
  /** Every entry in order, as items, page by page: the verifier reads them itself, so that a broken one is found and not thrown. */
  readonly items: () => AsyncIterable<Item>
}
