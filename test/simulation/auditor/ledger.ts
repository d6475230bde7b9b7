/**
 * What the auditor writes down as it happens: every write at the moment it takes effect, every answer as it leaves an endpoint.
 * Kept apart from the stores under test, so that what they lose, change or invent is seen. Types only.
 */
import type { Message } from '../../../shared/channel-port/channel.ts'
import type { Bill, BillMember } from '../../../shared/store/bills/bills.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import type { Entry } from './account-fold.ts'
import type { Decree } from './figures.ts'
import { type OutsideRecord, openOutside } from './outside.ts'

/** A promise of the hub that did not hold. `promise` names it, `detail` says what came instead. */
export class Violation extends Error {
  readonly promise: string
  constructor(promise: string, detail: string) {
    super(`${promise}: ${detail}`)
    this.name = 'Violation'
    this.promise = promise
  }
}

/** One invocation of a function, as far as an auditor may see it: its input and what it read. */
export type InvocationRecord = {
  readonly id: number
  readonly channel: string
  readonly message: Message | null
  /** Writes that had taken effect when it began. */
  readonly from: number
  readonly startedAt: number
  /** The instance's own clock now, skew included. */
  readonly clock: () => number
  /** Faults that were injected into it. */
  faults: number
  triedToDecide: boolean
  /** Its transaction found the bill paid by another payment, which may have been reversed since. */
  foundPaid: boolean
  /** Its transaction found that another bill had taken the place of this one. */
  foundReplaced: boolean
  /** Facts of an account that its latest read returned. */
  readonly facts: Map<string, number>
  readonly bills: Map<string, Bill | undefined>
  readonly asOf: Map<string, number>
  selfPaid: string | undefined
}

export type DecisionRecord = {
  readonly decision: PaymentDecision
  readonly origin: Message
  readonly at: number
  /** The reversal that came first and gave way to this decision, which stood until `at`. */
  readonly before: DecisionRecord | undefined
}
/** The call that has an external id, up to the instant `until`. */
export type Binding = {
  readonly origin: Message | null
  readonly by: number
  readonly at: number
  readonly until: number
}
export type FactRecord = Entry & { readonly at: number; readonly committedAt: number }
export type BillRecord = {
  readonly bill: Bill
  readonly members: readonly BillMember[]
  paidBy: string | null
  /** The bill that took its place: no payment may be accepted for it any more. */
  replacedBy: string | null
}

export type Ledger = {
  /** Counts writes: positions compare as time does. */
  position: number
  readonly decisions: Map<string, DecisionRecord>
  /** Per account, in the order of commit. */
  readonly accounts: Map<string, FactRecord[]>
  readonly keys: Map<string, FactRecord>
  readonly views: Map<string, MembershipView>
  readonly bills: Map<string, BillRecord>
  /** Members of bills that are not issued yet, by code and chunk. */
  readonly drafts: Map<string, Map<number, readonly BillMember[]>>
  /** Signatures of inquiries that were kept, and when. `answered`: of those under a decided id, when the answer left. */
  readonly inquiries: { readonly kept: Set<string>; readonly answered: Map<string, number> }
  /** Which call has an external id. */
  readonly bindings: Map<string, Binding>
  /** The first definite answer to each payment, as text. */
  readonly words: Map<string, string>
  readonly references: Map<string, string>
  readonly adminFees: ReadonlyMap<string, number | null>
  /** The change of rules in this history, if there is one. */
  readonly decree: Decree | undefined
  readonly outside: OutsideRecord
  readonly fail: (violation: Violation) => void
  /** How often each promise was put to the test: a check that never ran proves nothing. */
  readonly checked: Map<string, number>
}

export function openLedger(
  adminFees: ReadonlyMap<string, number | null>,
  decree: Decree | undefined,
  fail: (violation: Violation) => void,
): Ledger {
  return {
    position: 0,
    decisions: new Map(),
    accounts: new Map(),
    keys: new Map(),
    views: new Map(),
    bills: new Map(),
    drafts: new Map(),
    inquiries: { kept: new Set(), answered: new Map() },
    bindings: new Map(),
    words: new Map(),
    references: new Map(),
    adminFees,
    decree,
    outside: openOutside(),
    fail,
    checked: new Map(),
  }
}

/** Notes that a promise was tested, and fails the history if it did not hold. */
export function demand(ledger: Ledger, promise: string, holds: boolean, detail: () => string): void {
  ledger.checked.set(promise, (ledger.checked.get(promise) ?? 0) + 1)
  if (!holds) ledger.fail(new Violation(promise, detail()))
}

export function decisionKey(channel: string, paymentId: string): string {
  return `${encodeURIComponent(channel)}#${encodeURIComponent(paymentId)}`
}

export function factsOf(ledger: Ledger, account: string, count?: number): readonly FactRecord[] {
  const facts = ledger.accounts.get(account) ?? []
  return count === undefined ? facts : facts.slice(0, count)
}

export function factAt(ledger: Ledger, account: string, key: string): FactRecord | undefined {
  return ledger.keys.get(`${account} ${key}`)
}

export function keyFor(kind: string, source: string, ...id: readonly string[]): string {
  return [kind, source, ...id].map(encodeURIComponent).join('#')
}

/** The same content, whatever the order of its fields. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b) || canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) => {
    if (inner instanceof Uint8Array) return [...inner]
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
  })
}
