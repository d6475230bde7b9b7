/**
 * The shape of every table, as data: keys, indexes, stream, expiry. The one description that infra/ledger-stack.ts deploys,
 * tests create and the adapters beside this file read and write.
 *
 * Promise: no key or index holds a value that changes with every payment (an index on one costs two writes per payment).
 * Knows nothing of a stage: real table names are configuration (`Tables`).
 */

export const TABLES = [
  'payment-decisions',
  'facts',
  'memberships',
  'contacts',
  'bills',
  'settlements',
  'audit',
  'statistics',
  'notices',
  'read-traces',
  'sponsors',
  'endpoint-limits',
  'evidence-data-keys',
  'file-data-keys',
] as const
export type Table = (typeof TABLES)[number]

/** The deployed name of each table, from the environment (`PAYMENT_DECISIONS_TABLE`, `FACTS_TABLE`, …). */
export type Tables = Readonly<Record<Table, string>>

/** `S` text, `N` number. */
export type KeyAttribute = { readonly name: string; readonly type: 'S' | 'N' }

export type IndexShape = {
  readonly name: string
  readonly partitionKey: KeyAttribute
  readonly sortKey: KeyAttribute | null
  /** What is copied besides the keys of index and table; empty means keys only. */
  readonly include: readonly string[]
}

export type TableShape = {
  readonly partitionKey: KeyAttribute
  readonly sortKey: KeyAttribute | null
  readonly indexes: readonly IndexShape[]
  /** What the table's stream carries; null: it has no stream. */
  readonly stream: 'KEYS_ONLY' | 'NEW_IMAGE' | 'NEW_AND_OLD_IMAGES' | null
  /** The attribute (epoch seconds) after which an item is deleted some time; readers filter on the exact instant themselves. */
  readonly expiry: string | null
}

/** Index of the facts by business day; its attribute names are explained in facts/item.ts. */
export const BY_DAY = 'byDay'
/** Index of the memberships by person. */
export const BY_PARTICIPANT = 'byParticipant'
/** Index of the read traces by membership. */
export const BY_ACCOUNT = 'byAccount'

/** Both tables of data keys: data-keys/data-keys.ts. Nothing expires: that a day had a key must outlive the key. */
const DATA_KEYS = {
  partitionKey: { name: 'purpose', type: 'S' },
  sortKey: { name: 'day', type: 'S' },
  indexes: [],
  stream: null,
  expiry: null,
} as const satisfies TableShape

export const TABLE_SHAPES: Readonly<Record<Table, TableShape>> = {
  'payment-decisions': {
    partitionKey: { name: 'decision', type: 'S' },
    sortKey: null,
    indexes: [],
    // Its pipe lets through only what was accepted, and sends its key alone.
    stream: 'NEW_IMAGE',
    // Only external-id items carry it; decisions and NIK items stay as long as the facts.
    expiry: 'expires',
  },
  facts: {
    partitionKey: { name: 'account', type: 'S' },
    sortKey: { name: 'fact', type: 'S' },
    indexes: [
      {
        name: BY_DAY,
        partitionKey: { name: 'day', type: 'S' },
        sortKey: { name: 'at', type: 'N' },
        // Amount, admin fee, outlet. The kind stands in the fact's key and the time is `at`: both are there anyway.
        include: ['a', 'f', 'o'],
      },
    ],
    // The outbox, whose pipe sends keys only; and the rolling counts, which add up what each fact brought.
    stream: 'NEW_IMAGE',
    expiry: null,
  },
  memberships: {
    partitionKey: { name: 'kpj', type: 'S' },
    sortKey: null,
    indexes: [
      {
        name: BY_PARTICIPANT,
        partitionKey: { name: 'participant', type: 'S' },
        sortKey: null,
        include: ['funding'],
      },
    ],
    // The notices' outbox: its pipe lets through only views in which a notice is due, and sends their keys alone. The rolling
    // counts take from one counter what they give to another: for that they need the view before, too.
    stream: 'NEW_AND_OLD_IMAGES',
    expiry: null,
  },
  contacts: { partitionKey: { name: 'kpj', type: 'S' }, sortKey: null, indexes: [], stream: null, expiry: null },
  bills: {
    partitionKey: { name: 'billCode', type: 'S' },
    sortKey: { name: 'part', type: 'S' },
    indexes: [],
    stream: null,
    // Only members of a bill that is not issued yet carry it.
    expiry: 'expires',
  },
  settlements: {
    // A day of a channel, of a bank's bookings, of the journal; see settlements.ts for what its entries are.
    partitionKey: { name: 'part', type: 'S' },
    sortKey: { name: 'entry', type: 'S' },
    indexes: [],
    // The outbox: a new file, bank credit or decision wakes the reconciliation, which reads the entry itself.
    stream: 'KEYS_ONLY',
    expiry: null,
  },
  audit: {
    // Append-only: each item holds the hash of the one before, so the number in the key is the place in the chain.
    partitionKey: { name: 'chain', type: 'S' },
    sortKey: { name: 'sequence', type: 'N' },
    indexes: [],
    // Each entry is signed and anchored out of reach; one that is changed or removed shows at once (functions/anchor-audit).
    stream: 'NEW_IMAGE',
    expiry: null,
  },
  statistics: {
    partitionKey: { name: 'set', type: 'S' },
    sortKey: { name: 'entry', type: 'S' },
    indexes: [],
    stream: null,
    // Only the marks of counted batches carry it (rolling-counts/rolling-counts.ts).
    expiry: 'expires',
  },
  notices: {
    partitionKey: { name: 'kpj', type: 'S' },
    sortKey: { name: 'notice', type: 'S' },
    indexes: [],
    stream: null,
    // That a notice went out matters while the same one could go out again; two years are written into it.
    expiry: 'expires',
  },
  'read-traces': {
    partitionKey: { name: 'actor', type: 'S' },
    sortKey: { name: 'read', type: 'S' },
    indexes: [
      {
        name: BY_ACCOUNT,
        partitionKey: { name: 'account', type: 'S' },
        sortKey: { name: 'read', type: 'S' },
        // Whoever asks who saw an account wants all of it; a file has no account and no entry.
        include: [
          'at',
          'request',
          'number',
          'call',
          'shown',
          'sourceIp',
          'actorName',
          'issuer',
          'reason',
          'forwardedFor',
        ],
      },
    ],
    stream: null,
    // Twelve months are written into it; nobody may delete one.
    expiry: 'expires',
  },
  sponsors: {
    // Sponsors, their programs and lists: sponsors.ts says what each entry is.
    partitionKey: { name: 'part', type: 'S' },
    sortKey: { name: 'entry', type: 'S' },
    indexes: [],
    // The outbox: every version of a cohort wakes the work on it.
    stream: 'KEYS_ONLY',
    expiry: null,
  },
  'endpoint-limits': {
    // Locks and counters of an endpoint: endpoint-limits/endpoint-limits.ts.
    partitionKey: { name: 'channel', type: 'S' },
    sortKey: { name: 'entry', type: 'S' },
    indexes: [],
    stream: null,
    // Of counters, and of locks that a limit put.
    expiry: 'expires',
  },
  'evidence-data-keys': DATA_KEYS,
  'file-data-keys': DATA_KEYS,
}
