/**
 * Table `audit`: who proposed and who approved what about money, and which answers were given for a benefit, as a chain in which each entry holds the hash of the one
 * before it. Appended in one transaction with the change that it records (decisions.ts), never changed, never deleted.
 *
 * | | key | |
 * |---|---|---|
 * | entry | PK `chain` (`decisions`), SK `sequence` from 1 without gaps | at, actor, action, subject, detail (canonical JSON), previous, hash |
 *
 * Promise: what is changed, removed, put in or put in another order is found by `verifyChain`; what is cut off at the end is
 * found by the head, which is kept in table `settlements` and in the log. Consumers: functions/serve-console, `npm run verify-audit`.
 */

import { createHash } from 'node:crypto'
import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { formatUtc, type Instant, instant } from '../../domain/instant.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, oneOf, readerOf, sameItem, text, whole } from '../attributes/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'

export const AUDIT_ACTIONS = ['proposed', 'approved', 'rejected', 'answered'] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Plain data; `undefined` is left out as JSON leaves it out. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [name: string]: Plain | undefined }

/** What happened, before it has its place in the chain. */
export type AuditRecord = {
  readonly at: Instant
  /** The token's opaque subject. */
  readonly actor: string
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

/** What the first entry holds instead of a hash. */
export const GENESIS = '0'.repeat(64)
const CHAIN = 'decisions'

/** `broken` names the first entry that is not as it was written; `sequence` is where it was looked for. */
export type Verified =
  | { readonly outcome: 'whole'; readonly entries: number; readonly hash: string }
  | {
      readonly outcome: 'broken'
      readonly sequence: number
      readonly code: 'MISSING' | 'OUT_OF_PLACE' | 'UNLINKED' | 'CHANGED' | 'UNREADABLE' | 'CUT_OFF' | 'HEAD_DIFFERS'
    }

export type AuditStore = {
  /** The last entry, consistent; undefined in an empty chain. */
  readonly last: () => Promise<AuditEntry | undefined>
  /** So many entries from this sequence on. */
  readonly from: (sequence: number, limit: number) => Promise<readonly AuditEntry[]>
  /** Every entry in order, as items, page by page: the verifier reads them itself, so that a broken one is found and not thrown. */
  readonly items: () => AsyncIterable<Item>
}

export function dynamoAudit(client: DynamoClient, tables: Pick<Tables, 'audit'>): AuditStore {
  return {
    last: async () => {
      const page = await reading('the end of the audit chain', () =>
        client.send(new QueryCommand({ ...chainOf(tables.audit), ScanIndexForward: false, Limit: 1 })),
      )
      const item = page.Items?.[0]
      return item && readAuditEntry(item)
    },
    from: async (sequence, limit) => {
      const page = await reading('entries of the audit chain', () =>
        client.send(
          new QueryCommand({
            ...chainOf(tables.audit),
            KeyConditionExpression: 'chain = :chain AND #sequence >= :sequence',
            ExpressionAttributeNames: { '#sequence': 'sequence' },
            ExpressionAttributeValues: { ':chain': text(CHAIN), ':sequence': whole(sequence) },
            Limit: limit,
          }),
        ),
      )
      return (page.Items ?? []).map(readAuditEntry)
    },
    items: () => allItems(client, tables.audit),
  }
}

/** The record in its place after `previous` (undefined: the first). */
export function chained(previous: AuditHead | undefined, record: AuditRecord): AuditEntry {
  const linked = { ...record, sequence: (previous?.sequence ?? 0) + 1, previous: previous?.hash ?? GENESIS }
  return { ...linked, hash: hashOf(linked) }
}

/** Walks the chain once, in the order in which it lies. `head` null: nobody kept where it ended, so a cut end is not seen. */
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

/** Two people's clocks may differ: entries near one another need not be in the order of their instants. */
const CLOCKS_DIFFER_MILLIS = 600_000
const ENTRIES_AT_A_TIME = 100

/**
 * The entries of exactly that instant. The chain is in the order of time but for clocks that differ a little, so their place is
 * found by halving: 22 reads in a chain of four million.
 */
export async function entriesAt(audit: Pick<AuditStore, 'last' | 'from'>, at: Instant): Promise<readonly AuditEntry[]> {
  let low = 1
  let high = ((await audit.last())?.sequence ?? 0) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const [entry] = await audit.from(middle, 1)
    if (entry && entry.at < at - CLOCKS_DIFFER_MILLIS) low = middle + 1
    else high = middle
  }
  const found: AuditEntry[] = []
  for (let sequence = low; ; ) {
    const entries = await audit.from(sequence, ENTRIES_AT_A_TIME)
    found.push(...entries.filter((entry) => entry.at === at))
    const last = entries.at(-1)
    if (!last || last.at > at + CLOCKS_DIFFER_MILLIS) return found
    sequence = last.sequence + 1
  }
}

export function auditItem(entry: AuditEntry): Item {
  return {
    chain: text(CHAIN),
    sequence: whole(entry.sequence),
    at: whole(entry.at),
    actor: text(entry.actor),
    action: text(entry.action),
    subject: text(entry.subject),
    detail: text(canonical(entry.detail)),
    previous: text(entry.previous),
    hash: text(entry.hash),
  }
}

/** Names in order, no white space: the same value is the same text, whoever writes it. */
export function canonical(value: Plain): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value as Readonly<Record<string, Plain | undefined>>)
    .filter((field): field is [string, Plain] => field[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}

function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, actor, action, subject, detail, previous } = entry
  const said = canonical({ sequence, at: formatUtc(at), actor, action, subject, detail, previous })
  return createHash('sha256').update(said).digest('hex')
}

export function readAuditEntry(item: Item): AuditEntry {
  const read = readerOf('audit', item)
  if (read.text('chain') !== CHAIN) throw read.broken('chain', `"${CHAIN}"`)
  return {
    sequence: read.whole('sequence'),
    at: read.counted('at', instant),
    actor: read.text('actor'),
    action: read.parsed('action', oneOf(AUDIT_ACTIONS)),
    subject: read.text('subject'),
    detail: read.parsed('detail', parseJson),
    previous: read.text('previous'),
    hash: read.text('hash'),
  }
}

function tryRead(item: Item): AuditEntry | undefined {
  try {
    return readAuditEntry(item)
  } catch (error) {
    if (error instanceof Defect) return undefined
    throw error
  }
}

function parseJson(said: string): Plain | undefined {
  try {
    return JSON.parse(said) as Plain
  } catch {
    return undefined
  }
}

function chainOf(table: string) {
  return {
    TableName: table,
    KeyConditionExpression: 'chain = :chain',
    ExpressionAttributeValues: { ':chain': text(CHAIN) },
    ConsistentRead: true,
  }
}

async function* allItems(client: DynamoClient, table: string): AsyncGenerator<Item> {
  let start: Item | undefined
  do {
    const page = await reading('the audit chain', () =>
      client.send(new QueryCommand({ ...chainOf(table), ExclusiveStartKey: start })),
    )
    yield* page.Items ?? []
    start = page.LastEvaluatedKey
  } while (start)
}
