/**
 * All stores in memory, over one coherent database, so that a transaction over two tables is one here as well.
 * Passes the same conformance suite as the DynamoDB adapters (test/conformance/store.test.ts).
 *
 * Promise: nothing that was put or read can be changed from outside; each operation takes effect at one moment, between
 * the two calls of `before`. A simulation injects there: thrown in phase `before`, nothing happened; in phase `after`, it did.
 */

import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { byDecision, type Fact, keyOf } from '../../shared/domain/fact.ts'
import { stableHash } from '../../shared/domain/hash.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { joinKey } from '../../shared/domain/key-text.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { paymentKey } from '../../shared/domain/payment-key.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { AppliedShares, Bill, BillMember, BillStore } from '../../shared/store/bills/bills.ts'
import { chunksOf } from '../../shared/store/bills/item.ts'
import type { Contact, ContactChanges, ContactStore } from '../../shared/store/contacts/contacts.ts'
import { canonicalRequest, type EvidenceStore, type SignedRequest } from '../../shared/store/evidence/evidence.ts'
import { type DayEntry, dayPartOf } from '../../shared/store/facts/day-index.ts'
import { type FactPages, type FactStore, putApart } from '../../shared/store/facts/facts.ts'
import type { MembershipStore, MembershipView } from '../../shared/store/memberships/memberships.ts'
import { holdsFor } from '../../shared/store/payment-decisions/dynamodb.ts'
import type {
  DecisionPages,
  ExternalIdItem,
  PaymentDecision,
  PaymentDecisionStore,
} from '../../shared/store/payment-decisions/payment-decisions.ts'

export type StoreOperation = {
  readonly store: 'payment-decisions' | 'facts' | 'memberships' | 'contacts' | 'bills' | 'evidence'
  /** The port's method: `put`, `get`, `putPayingBill`, … */
  readonly method: string
  readonly kind: 'read' | 'write'
  readonly phase: 'before' | 'after'
  /** The key that it is about: account, decision key, KPJ, bill code. */
  readonly subject: string
}

export type MemoryStore = {
  readonly decisions: PaymentDecisionStore & DecisionPages
  readonly facts: FactStore & FactPages
  readonly memberships: MembershipStore
  readonly contacts: ContactStore & ContactChanges
  readonly bills: BillStore
  readonly evidence: EvidenceStore
  /** What lies there now, for auditors: no hook is called. Facts are in the order of the fold. */
  readonly everything: () => {
    readonly decisions: readonly PaymentDecision[]
    readonly facts: readonly Fact[]
    readonly views: readonly MembershipView[]
    readonly bills: readonly Bill[]
    readonly evidence: readonly SignedRequest[]
  }
  /** Members that will never expire, of a bill that is not there: `<bill code>#<chunk>`. */
  readonly stranded: () => readonly string[]
  /** All that a function can read, as text: equal texts, equal answers. The facts of an account are in the order in which they were put. */
  readonly inOrder: () => string
}

type Database = {
  readonly decisions: Map<string, PaymentDecision>
  readonly externalIds: Map<string, ExternalIdItem>
  readonly inquiryMarks: Set<string>
  readonly selfPaid: Map<string, Kpj>
  /** Account, then key. */
  readonly facts: Map<string, Map<string, Fact>>
  readonly views: Map<string, MembershipView>
  /** Participant, then KPJs as they were first put: of a hundred thousand views nobody asks all. */
  readonly kpjsOf: Map<string, Set<Kpj>>
  readonly contacts: Map<string, Contact>
  readonly erased: Map<string, Instant>
  readonly bills: Map<string, Bill>
  /** `<bill code>#<chunk>`. */
  readonly members: Map<string, readonly BillMember[]>
  /** Those of them that are not kept yet, and until when they stay. */
  readonly expiring: Map<string, Instant>
  /** `<bill code>#<chunk>`. */
  readonly applied: Map<string, AppliedShares>
  readonly evidence: SignedRequest[]
}

type Perform = <T>(operation: Omit<StoreOperation, 'phase'>, work: () => T) => Promise<T>

/** Few, so that a test with a dozen memberships turns pages. */
const VIEWS_PER_PAGE = 5
const BILL_CODE_LENGTH = 16
const ACCOUNTS_PER_PAGE = 5
const DECISIONS_PER_PAGE = 5
const ENTRIES_PER_PAGE = 500

export function memoryStore(
  options: { readonly before?: (operation: StoreOperation) => Promise<void> } = {},
): MemoryStore {
  const database: Database = {
    decisions: new Map(),
    externalIds: new Map(),
    inquiryMarks: new Set(),
    selfPaid: new Map(),
    facts: new Map(),
    views: new Map(),
    kpjsOf: new Map(),
    contacts: new Map(),
    erased: new Map(),
    bills: new Map(),
    members: new Map(),
    expiring: new Map(),
    applied: new Map(),
    evidence: [],
  }
  const before = options.before ?? (async () => {})
  const perform: Perform = async (operation, work) => {
    await before({ ...operation, phase: 'before' })
    const result = work()
    await before({ ...operation, phase: 'after' })
    return result
  }
  return {
    decisions: memoryDecisions(database, perform),
    facts: memoryFacts(database, perform),
    memberships: memoryMemberships(database, perform),
    contacts: memoryContacts(database, perform),
    bills: memoryBills(database, perform),
    evidence: memoryEvidence(database, perform),
    everything: () => ({
      decisions: [...database.decisions.values()],
      facts: [...database.facts.values()].flatMap((facts) => [...facts.values()]).sort(byDecision),
      views: [...database.views.values()],
      bills: [...database.bills.values()],
      evidence: [...database.evidence],
    }),
    stranded: () =>
      [...database.members.keys()].filter(
        (place) => !database.expiring.has(place) && !database.bills.has(place.slice(0, BILL_CODE_LENGTH)),
      ),
    inOrder: () => JSON.stringify(Object.values({ ...database, evidence: [] }).map(textOf)),
  }
}

/** Maps by their keys, but for what lies in them: that stays in its order. */
function textOf(part: Database[keyof Database]): unknown {
  if (part instanceof Set) return [...part].sort()
  if (Array.isArray(part)) return part
  return [...(part as ReadonlyMap<string, unknown>)]
    .map(([key, value]) => [key, value instanceof Map ? [...value] : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function memoryDecisions(database: Database, perform: Perform): PaymentDecisionStore & DecisionPages {
  const put = (decision: PaymentDecision, signedAt?: Instant) => {
    const key = paymentKey(decision.channel, decision.paymentId)
    const existing = database.decisions.get(key)
    if (existing && (signedAt === undefined || holdsFor(existing, signedAt)))
      return same(existing, decision) ? ({ outcome: 'put' } as const) : ({ outcome: 'exists', existing } as const)
    database.decisions.set(key, kept(decision))
    return { outcome: 'put' } as const
  }
  return {
    get: (channel, paymentId) => {
      const subject = paymentKey(channel, paymentId)
      return perform({ store: 'payment-decisions', method: 'get', kind: 'read', subject }, () =>
        database.decisions.get(subject),
      )
    },
    acceptedPage: (segment, segments, from) =>
      perform({ store: 'payment-decisions', method: 'acceptedPage', kind: 'read', subject: String(segment) }, () => {
        const after = [...database.decisions]
          .filter(([key]) => stableHash(key) % segments === segment && (from === null || key > from))
          .sort(([a], [b]) => (a < b ? -1 : 1))
        const page = after.slice(0, DECISIONS_PER_PAGE)
        const decisions = page.map(([, decision]) => decision).filter(({ outcome }) => outcome.kind === 'accepted')
        return { decisions, next: after.length > page.length ? (page.at(-1)?.[0] ?? null) : null }
      }),
    put: (decision, signedAt) => {
      const subject = paymentKey(decision.channel, decision.paymentId)
      return perform({ store: 'payment-decisions', method: 'put', kind: 'write', subject }, () =>
        put(decision, signedAt),
      )
    },
    putPayingBill: (decision, billCode, signedAt) => {
      const subject = paymentKey(decision.channel, decision.paymentId)
      return perform({ store: 'payment-decisions', method: 'putPayingBill', kind: 'write', subject }, () => {
        const standing = database.decisions.get(subject)
        if (standing && (signedAt === undefined || holdsFor(standing, signedAt))) return put(decision)
        const bill = database.bills.get(billCode)
        if (!bill) throw new Defect('BILL_MISSING', 'expected the bill to exist, there is none under its code')
        if (bill.paidBy !== null) return { outcome: 'already-paid' } as const
        if (bill.replacedBy || bill.changedAt !== undefined) return { outcome: 'replaced' } as const
        database.bills.set(billCode, kept({ ...bill, paidBy: paymentKey(decision.channel, decision.paymentId) }))
        return put(decision, signedAt)
      })
    },
    putExternalId: (item, now, options) => {
      const subject = joinKey([item.channel, item.day, item.id])
      return perform({ store: 'payment-decisions', method: 'putExternalId', kind: 'write', subject }, () => {
        const existing = database.externalIds.get(subject)
        const givesWay =
          existing?.service === options?.givesWay &&
          existing?.requestId === item.requestId &&
          existing.signedAt < item.signedAt
        if (existing && existing.expiresAt >= now && !givesWay) return { outcome: 'exists', existing } as const
        database.externalIds.set(subject, kept(item))
        return { outcome: 'put' } as const
      })
    },
    putInquiryMark: ({ channel, paymentId, signature }) => {
      const subject = joinKey([channel, paymentId, 'inquiry', signature])
      return perform({ store: 'payment-decisions', method: 'putInquiryMark', kind: 'write', subject }, () => {
        database.inquiryMarks.add(subject)
      })
    },
    hasInquiryMark: (channel, paymentId, signature) => {
      const subject = joinKey([channel, paymentId, 'inquiry', signature])
      return perform({ store: 'payment-decisions', method: 'hasInquiryMark', kind: 'read', subject }, () =>
        database.inquiryMarks.has(subject),
      )
    },
    getMany: (channel, paymentIds) =>
      perform({ store: 'payment-decisions', method: 'getMany', kind: 'read', subject: channel }, () =>
        [...new Set(paymentIds)].flatMap((paymentId) => {
          const found = database.decisions.get(paymentKey(channel, paymentId))
          return found ? [kept(found)] : []
        }),
      ),
    selfPaidMemberships: (participants) =>
      perform({ store: 'payment-decisions', method: 'selfPaidMemberships', kind: 'read', subject: 'many' }, () => {
        const found = participants.map((participant) => [participant, database.selfPaid.get(participant)] as const)
        return new Map(found.flatMap(([participant, kpj]) => (kpj === undefined ? [] : [[participant, kpj] as const])))
      }),
    selfPaidMembership: (participant) =>
      perform({ store: 'payment-decisions', method: 'selfPaidMembership', kind: 'read', subject: participant }, () =>
        database.selfPaid.get(participant),
      ),
    takeSelfPaid: (participant, kpj) =>
      perform({ store: 'payment-decisions', method: 'takeSelfPaid', kind: 'write', subject: participant }, () => {
        const existing = database.selfPaid.get(participant)
        if (existing !== undefined && existing !== kpj) return { outcome: 'exists', existing } as const
        database.selfPaid.set(participant, kpj)
        return { outcome: 'put' } as const
      }),
    freeSelfPaid: (participant, kpj) =>
      perform({ store: 'payment-decisions', method: 'freeSelfPaid', kind: 'write', subject: participant }, () => {
        if (database.selfPaid.get(participant) === kpj) database.selfPaid.delete(participant)
      }),
  }
}

function memoryFacts(database: Database, perform: Perform): FactStore & FactPages {
  const factsOf = (account: string) => database.facts.get(account) ?? new Map<string, Fact>()
  const entriesOf = (source: string, day: string) =>
    [...database.facts.values()]
      .flatMap((facts) => [...facts.values()])
      .filter((fact) => fact.source === source && dayPartOf(fact)?.businessDate === day)
      .map(dayEntryOf)
  const put = (fact: Fact) => {
    const facts = factsOf(fact.account)
    if (facts.has(keyOf(fact))) return 'exists'
    database.facts.set(fact.account, facts.set(keyOf(fact), kept(fact)))
    return 'put'
  }
  return {
    put: (fact) => perform({ store: 'facts', method: 'put', kind: 'write', subject: fact.account }, () => put(fact)),
    get: (account, key) =>
      perform({ store: 'facts', method: 'get', kind: 'read', subject: account }, () => factsOf(account).get(key)),
    getMany: (account, keys) =>
      perform({ store: 'facts', method: 'getMany', kind: 'read', subject: account }, () =>
        [...new Set(keys)].flatMap((key) => factsOf(account).get(key) ?? []),
      ),
    ofAccount: (account) =>
      perform({ store: 'facts', method: 'ofAccount', kind: 'read', subject: account }, () => [
        ...factsOf(account).values(),
      ]),
    putReversingBill: (fact, billCode, paidBy) =>
      perform({ store: 'facts', method: 'putReversingBill', kind: 'write', subject: fact.account }, () => {
        const outcome = put(fact)
        const bill = database.bills.get(billCode)
        if (outcome === 'put' && bill?.paidBy === paidBy) database.bills.set(billCode, kept({ ...bill, paidBy: null }))
        return outcome
      }),
    putTogether: (facts, without) =>
      perform({ store: 'facts', method: 'putTogether', kind: 'write', subject: facts[0]?.account ?? '' }, () => {
        const there = facts.filter((fact) => factsOf(fact.account).has(keyOf(fact))).length
        if (there > 0 && there < facts.length) throw putApart()
        if (there === facts.length) return 'exists'
        if (without.some((key) => factsOf(facts[0]?.account ?? '').has(key))) return 'taken'
        facts.forEach(put)
        return 'put'
      }),
    byDay: async function* (source, day) {
      yield* await perform({ store: 'facts', method: 'byDay', kind: 'read', subject: `${source}#${day}` }, () =>
        entriesOf(source, day),
      )
    },
    dayPage: (source, day, from) =>
      perform({ store: 'facts', method: 'dayPage', kind: 'read', subject: `${source}#${day}` }, () => {
        // By key, so that a page begins at the same place whatever was put meanwhile.
        const placeOf = ({ account, fact }: DayEntry) => `${account} ${fact}`
        const after = entriesOf(source, day)
          .filter((entry) => from === null || placeOf(entry) > from)
          .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
        const entries = after.slice(0, ENTRIES_PER_PAGE)
        const last = entries.at(-1)
        return { entries, next: after.length > entries.length && last ? placeOf(last) : null }
      }),
    accountsPage: (segment, segments, from) =>
      perform({ store: 'facts', method: 'accountsPage', kind: 'read', subject: String(segment) }, () => {
        const after = [...database.facts.keys()]
          .filter((account) => stableHash(account) % segments === segment && (from === null || account > from))
          .sort()
        const accounts = after.slice(0, ACCOUNTS_PER_PAGE)
        return { accounts, next: after.length > accounts.length ? (accounts.at(-1) ?? null) : null }
      }),
  }
}

function memoryMemberships(database: Database, perform: Perform): MembershipStore {
  return {
    get: (kpj) =>
      perform({ store: 'memberships', method: 'get', kind: 'read', subject: kpj }, () => database.views.get(kpj)),
    put: (view) =>
      perform({ store: 'memberships', method: 'put', kind: 'write', subject: view.kpj }, () => {
        const existing = database.views.get(view.kpj)
        if ((existing?.version ?? 0) !== view.version - 1) return existing && same(existing, view) ? 'put' : 'conflict'
        database.views.set(view.kpj, kept(view))
        database.kpjsOf.set(view.participant, (database.kpjsOf.get(view.participant) ?? new Set()).add(view.kpj))
        return 'put'
      }),
    ofParticipant: (participant) =>
      perform({ store: 'memberships', method: 'ofParticipant', kind: 'read', subject: participant }, () =>
        [...(database.kpjsOf.get(participant) ?? [])]
          .flatMap((kpj) => database.views.get(kpj) ?? [])
          .filter((view) => view.participant === participant)
          .map((view) => ({ kpj: view.kpj, funding: view.terms.funding })),
      ),
    scan: async function* (segment, segments) {
      const views = await perform(
        { store: 'memberships', method: 'scan', kind: 'read', subject: String(segment) },
        () => [...database.views.values()].filter((_, i) => i % segments === segment),
      )
      yield* views
    },
    scanPage: (segment, segments, from) =>
      perform({ store: 'memberships', method: 'scanPage', kind: 'read', subject: String(segment) }, () => {
        // By key, so that a page begins at the same place whatever was put meanwhile.
        const after = [...database.views.values()]
          .filter(({ kpj }) => Number(kpj) % segments === segment && (from === null || kpj > from))
          .sort((a, b) => (a.kpj < b.kpj ? -1 : 1))
        const views = after.slice(0, VIEWS_PER_PAGE)
        return { views, unreadable: [], next: after.length > views.length ? (views.at(-1)?.kpj ?? null) : null }
      }),
  }
}

function memoryContacts(database: Database, perform: Perform): ContactStore & ContactChanges {
  return {
    get: (kpj) =>
      perform({ store: 'contacts', method: 'get', kind: 'read', subject: kpj }, () => database.contacts.get(kpj)),
    getMany: (kpjs) =>
      perform({ store: 'contacts', method: 'getMany', kind: 'read', subject: kpjs[0] ?? '' }, () =>
        [...new Set(kpjs)].flatMap((kpj) => database.contacts.get(kpj) ?? []),
      ),
    put: (contact) =>
      perform({ store: 'contacts', method: 'put', kind: 'write', subject: contact.kpj }, () => {
        if (database.erased.has(contact.kpj)) return 'erased'
        database.contacts.set(contact.kpj, kept(contact))
        return 'put'
      }),
    putOver: (contact, before) =>
      perform({ store: 'contacts', method: 'putOver', kind: 'write', subject: contact.kpj }, () => {
        if (database.erased.has(contact.kpj)) return 'erased'
        const standing = database.contacts.get(contact.kpj)
        if (standing && same(standing, contact)) return 'put'
        if (standing === undefined ? before !== undefined : !same(standing, before)) return 'conflict'
        database.contacts.set(contact.kpj, kept(contact))
        return 'put'
      }),
    prefer: (kpj, preferences, email) =>
      perform({ store: 'contacts', method: 'prefer', kind: 'write', subject: kpj }, () => {
        const contact = database.contacts.get(kpj)
        if (contact) database.contacts.set(kpj, kept({ ...contact, preferences, email }))
      }),
    erase: (kpj, at) =>
      perform({ store: 'contacts', method: 'erase', kind: 'write', subject: kpj }, () => {
        if (!database.erased.has(kpj)) database.erased.set(kpj, at)
        database.contacts.delete(kpj)
      }),
    erasedAt: (kpj) =>
      perform({ store: 'contacts', method: 'erasedAt', kind: 'read', subject: kpj }, () => database.erased.get(kpj)),
  }
}

function memoryBills(database: Database, perform: Perform): BillStore {
  const { bills } = database
  const write = <T>(method: string, subject: string, work: () => T) =>
    perform({ store: 'bills', method, kind: 'write', subject }, work)
  const placeOf = (billCode: string, chunk: number) => `${billCode}#${chunk}`
  const putPart = (billCode: string, chunk: number, members: readonly BillMember[], until?: Instant) => {
    const place = placeOf(billCode, chunk)
    const there = database.members.get(place)
    if (there) return same(there, members) ? 'put' : 'exists'
    database.members.set(place, kept(members))
    if (until !== undefined) database.expiring.set(place, until)
    return 'put'
  }
  const putBill = (bill: Bill) => {
    const existing = bills.get(bill.billCode)
    if (existing) return same(existing, bill) ? 'put' : 'exists'
    bills.set(bill.billCode, kept(bill))
    return 'put'
  }
  return {
    get: (billCode) =>
      perform({ store: 'bills', method: 'get', kind: 'read', subject: billCode }, () => bills.get(billCode)),
    put: (bill, members) =>
      write('put', bill.billCode, () => {
        const chunks = chunksOf(members)
        const there = chunks.map((_, i) => database.members.get(placeOf(bill.billCode, i + 1)))
        if (there.some((chunk, i) => chunk !== undefined && !same(chunk, chunks[i]))) return 'exists'
        if (bills.has(bill.billCode) && !same(bills.get(bill.billCode), bill)) return 'exists'
        for (const [i, chunk] of chunks.entries()) putPart(bill.billCode, i + 1, chunk)
        return putBill(bill)
      }),
    members: (billCode, chunk) =>
      perform({ store: 'bills', method: 'members', kind: 'read', subject: billCode }, () =>
        database.members.get(placeOf(billCode, chunk)),
      ),
    putMembers: (billCode, chunk, members, until) =>
      write('putMembers', billCode, () => putPart(billCode, chunk, members, until)),
    keepMembers: (billCode, chunks) =>
      write('keepMembers', billCode, () => {
        const places = Array.from({ length: chunks }, (_, i) => placeOf(billCode, i + 1))
        for (const place of places) database.expiring.delete(place)
        return places.every((place) => database.members.has(place)) ? 'kept' : 'missing'
      }),
    letExpire: (billCode, chunks, until) =>
      write('letExpire', billCode, () => {
        const places = Array.from({ length: chunks }, (_, i) => placeOf(billCode, i + 1))
        for (const place of places) if (database.members.has(place)) database.expiring.set(place, until)
      }),
    putBill: (bill) => write('putBill', bill.billCode, () => putBill(bill)),
    replace: (old, next, members) =>
      write('replace', old, () => {
        const bill = bills.get(old)
        if (!bill) throw new Defect('BILL_MISSING', 'expected the bill to exist, there is none under its code')
        if (bill.replacedBy) return bill.replacedBy === next.billCode ? 'put' : 'replaced'
        if (bill.paidBy !== null) return 'paid'
        if (bills.has(next.billCode)) return 'exists'
        bills.set(old, kept({ ...bill, replacedBy: next.billCode }))
        bills.set(next.billCode, kept(next))
        for (const [i, chunk] of chunksOf(members).entries()) putPart(next.billCode, i + 1, chunk)
        return 'put'
      }),
    markChanged: (billCode, at) =>
      write('markChanged', billCode, () => {
        const bill = bills.get(billCode)
        if (bill && bill.changedAt === undefined) bills.set(billCode, kept({ ...bill, changedAt: at }))
      }),
    putApplied: (billCode, applied) =>
      write('putApplied', billCode, () => {
        const place = placeOf(billCode, applied.chunk)
        const there = database.applied.get(place)
        if (!there || there.facts < applied.facts) database.applied.set(place, kept(applied))
      }),
    applied: (billCode, chunk) =>
      perform({ store: 'bills', method: 'applied', kind: 'read', subject: billCode }, () =>
        database.applied.get(placeOf(billCode, chunk)),
      ),
    appliedShares: (billCode) =>
      perform({ store: 'bills', method: 'appliedShares', kind: 'read', subject: billCode }, () =>
        [...database.applied].reduce(
          (sum, [place, { shares }]) => sum + (place.startsWith(`${billCode}#`) ? shares : 0),
          0,
        ),
      ),
  }
}

function memoryEvidence(database: Database, perform: Perform): EvidenceStore {
  return {
    keep: (request) =>
      perform({ store: 'evidence', method: 'keep', kind: 'write', subject: request.channel }, () => {
        database.evidence.push(kept(request))
        return Uint8Array.of(1, ...createHash('sha256').update(canonicalRequest(request)).digest())
      }),
  }
}

function dayEntryOf(fact: Fact): DayEntry {
  const part = dayPartOf(fact)
  if (!part) throw new TypeError(`expected a fact that a day finds, got a ${fact.kind}`)
  const { amount, adminFee, outlet } = part
  return {
    account: fact.account,
    fact: keyOf(fact),
    kind: fact.kind,
    source: fact.source,
    id: fact.id,
    amount,
    adminFee,
    outlet,
    decidedAt: fact.decidedAt,
  }
}

function same(stored: unknown, other: unknown): boolean {
  return isDeepStrictEqual(stored, kept(other))
}

/** A copy that nobody can change; a Buffer becomes plain bytes, as it would in a table. Plain data only, and so faster than a general clone. */
function kept<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return Uint8Array.from(value as unknown as Uint8Array) as T
  if (Array.isArray(value)) return Object.freeze(value.map(kept)) as T
  const copy: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) copy[name] = kept(inner)
  return Object.freeze(copy) as T
}
