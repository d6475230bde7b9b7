/**
 * Tables `settlements` and `audit` in memory: the stores' own code over a table of entries that is a map. Passes the same
 * conformance suite as the DynamoDB adapters (test/conformance/settlements.test.ts).
 *
 * Each operation takes effect at one moment between the two calls of `before`, as in memory-store.ts: thrown in phase
 * `before`, nothing happened; in phase `after`, it did.
 */
import { Defect } from '../../shared/runtime/faults.ts'
import { type Item, sameItem } from '../../shared/store/attributes/item.ts'
import type { AuditEntry, AuditStore } from '../../shared/store/audit/audit.ts'
import { auditItem, readAuditEntry } from '../../shared/store/audit/item.ts'
import { type SettledLineStore, settledLinesIn } from '../../shared/store/files/settled-lines.ts'
import type { EntryTable, Range } from '../../shared/store/settlements/entries.ts'
import { type PartnerKeyStore, partnerKeysIn } from '../../shared/store/settlements/partner-keys.ts'
import { type ResolutionStore, resolutionsIn } from '../../shared/store/settlements/resolutions.ts'
import { type SettlementStore, settlementsIn } from '../../shared/store/settlements/settlements.ts'
import { demandKey, demandRange } from './dynamo-demands.ts'

export type EntryOperation = {
  readonly method: 'get' | 'put' | 'putOnce' | 'range' | 'entries' | 'transact' | 'last'
  readonly phase: 'before' | 'after'
  /** The part; of a transaction the first one's. */
  readonly subject: string
}

type Change = {
  readonly subject: string
  /** Whether the condition holds, and, where not, whether that is because this very change is there already. */
  readonly check: () => 'holds' | 'ours' | 'fails' | 'always'
  readonly apply: () => void
}

type Stored = { readonly value: string; readonly version?: number }

export type MemorySettlements = SettlementStore & {
  readonly resolutions: ResolutionStore
  readonly audit: Pick<AuditStore, 'last' | 'from'>
  /** The audit chain as it lies; a test may tamper with it. */
  readonly chain: Item[]
  /** New entries since the last call, as the stream would send them: part and entry. */
  readonly inserted: () => readonly { readonly part: string; readonly entry: string }[]
  readonly everything: () => ReadonlyMap<string, ReadonlyMap<string, Stored>>
}

/** Carries out one operation: `work` is its moment. */
export type EntryPerform = <T>(method: EntryOperation['method'], subject: string, work: () => T) => Promise<T>

/** What lies in the two tables. Several stores over one database are several clients of it. */
export type SettlementDatabase = {
  readonly parts: Map<string, Map<string, Stored>>
  readonly chain: Item[]
  /** As the stream would send it. */
  readonly inserted: (part: string, entry: string) => void
}

export function memorySettlements(
  options: { readonly before?: (operation: EntryOperation) => Promise<void> } = {},
): MemorySettlements {
  let inserted: { readonly part: string; readonly entry: string }[] = []
  const before = options.before ?? (async () => {})
  const perform: EntryPerform = async (method, subject, work) => {
    await before({ method, subject, phase: 'before' })
    const result = work()
    await before({ method, subject, phase: 'after' })
    return result
  }
  const database: SettlementDatabase = {
    parts: new Map(),
    chain: [],
    inserted: (part, entry) => void inserted.push({ part, entry }),
  }
  return {
    ...settlementsOver(database, perform),
    chain: database.chain,
    inserted: () => {
      const entries = inserted
      inserted = []
      return entries
    },
    everything: () => database.parts,
  }
}

export function memoryPartnerKeys(): PartnerKeyStore {
  return partnerKeysIn(memoryEntries({ parts: new Map(), inserted: () => {} }, async (_method, _part, work) => work()))
}

/** The calls of shared/store/settlements/entries.ts over a map of parts. */
export function memoryEntries(
  { parts, inserted }: Pick<SettlementDatabase, 'parts' | 'inserted'>,
  perform: EntryPerform,
): EntryTable<Change> {
  const at = (part: string, entry: string) => {
    demandKey(part, entry)
    return parts.get(part)?.get(entry)
  }
  const set = (part: string, entry: string, stored: Stored) => {
    demandKey(part, entry)
    const entries = parts.get(part) ?? new Map<string, Stored>()
    const isNew = !entries.has(entry)
    parts.set(part, entries.set(entry, stored))
    if (isNew) inserted(part, entry)
  }
  const select = (part: string, { prefix = '', from, to, newestFirst, limit }: Range) => {
    const first = from ?? prefix
    const last = to ?? `${prefix}${LAST}`
    // A part from its beginning has no lower bound.
    demandRange(part, first === '' ? ' ' : first, last)
    const found = [...(parts.get(part) ?? [])]
      .filter(([entry]) => entry >= first && entry <= last)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return (newestFirst ? found.reverse() : found).slice(0, limit)
  }
  const conditional = (part: string, entry: string, holds: () => boolean, stored: Stored): Change => ({
    subject: part,
    check: () => (holds() ? 'holds' : same(at(part, entry), stored) ? 'ours' : 'fails'),
    apply: () => set(part, entry, stored),
  })

  return {
    get: <T>(part: string, entry: string) =>
      perform('get', part, () => {
        const stored = at(part, entry)
        return stored && (JSON.parse(stored.value) as T)
      }),
    put: (part, entry, value) => perform('put', part, () => set(part, entry, { value: JSON.stringify(value) })),
    putOnce: (part, entry, value) =>
      perform('putOnce', part, () => {
        const stored = { value: JSON.stringify(value) }
        const there = at(part, entry)
        if (there) return same(there, stored) ? 'same' : 'other'
        set(part, entry, stored)
        return 'put'
      }),
    range: <T>(part: string, bounds: Range) =>
      perform('range', part, () => select(part, bounds).map(([, { value }]) => JSON.parse(value) as T)),
    entries: (part, after = null, limit) =>
      perform('entries', part, () => {
        const bounds = { ...(after === null ? {} : { from: `${after} ` }), ...(limit === undefined ? {} : { limit }) }
        return select(part, bounds).map(([entry]) => entry)
      }),
    eachEntry: async function* (part) {
      yield* await perform('entries', part, () => select(part, {}).map(([entry]) => entry))
    },
    transact: (changes) =>
      perform('transact', changes[0]?.subject ?? '', () => {
        const checks = changes.map((change) => change.check()).filter((check) => check !== 'always')
        if (checks.length > 0 && checks.every((check) => check === 'ours')) return 'put'
        if (checks.some((check) => check !== 'holds')) return 'conflict'
        for (const change of changes) change.apply()
        return 'put'
      }),
    putting: (part, entry, value) => ({
      subject: part,
      check: () => 'always',
      apply: () => set(part, entry, { value: JSON.stringify(value) }),
    }),
    puttingOnce: (part, entry, value) =>
      conditional(part, entry, () => !at(part, entry), { value: JSON.stringify(value) }),
    puttingVersion: (part, entry, version, value) =>
      conditional(part, entry, () => (at(part, entry)?.version ?? 0) === version - 1, {
        value: JSON.stringify(value),
        version,
      }),
    replacing: (part, entry, was, value) =>
      conditional(part, entry, () => at(part, entry)?.value === JSON.stringify(was), { value: JSON.stringify(value) }),
    deleting: (part, entry) => ({
      subject: part,
      check: () => 'always',
      apply: () => void parts.get(part)?.delete(entry),
    }),
    removing: (part, entry, was) => ({
      subject: part,
      check: () => ([undefined, JSON.stringify(was)].includes(at(part, entry)?.value) ? 'holds' : 'fails'),
      apply: () => void parts.get(part)?.delete(entry),
    }),
  }
}

export function settlementsOver(
  database: SettlementDatabase,
  perform: EntryPerform,
): SettlementStore & { readonly resolutions: ResolutionStore; readonly audit: Pick<AuditStore, 'last' | 'from'> } {
  const { chain } = database
  const table = memoryEntries(database, perform)
  const last = () =>
    perform('last', 'audit', () => {
      const item = chain.at(-1)
      return item && readAuditEntry(item)
    })
  const appending = (entry: AuditEntry): Change => ({
    subject: 'audit',
    check: () => {
      const there = chain[entry.sequence - 1]
      return there === undefined ? 'holds' : sameItem(there, auditItem(entry)) ? 'ours' : 'fails'
    },
    apply: () => void chain.push(auditItem(entry)),
  })
  const from = (sequence: number, limit: number) =>
    perform('last', 'audit', () => chain.slice(sequence - 1, sequence - 1 + limit).map(readAuditEntry))
  return {
    ...settlementsIn(table),
    audit: { last, from },
    resolutions: resolutionsIn(table, { last }, appending),
  }
}

const LAST = '\u{10FFFF}'

function same(stored: Stored | undefined, other: Stored): boolean {
  return stored?.value === other.value && stored.version === other.version
}

/** The lines behind statements, as texts under keys. */
export function memorySettledLines(): SettledLineStore {
  const objects = new Map<string, string>()
  return settledLinesIn({
    put: async (key, body) => void objects.set(key, body),
    get: async (key) => {
      const body = objects.get(key)
      if (body === undefined) throw new Defect('OBJECT_MISSING', 'expected lines to be kept under their key, none are')
      return body
    },
  })
}
