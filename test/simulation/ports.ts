/**
 * The stores as one invocation of a function meets them: slow, throttled, answering too late or never. Every call is two
 * moments, effect and answer; a crash lets neither reach the invocation again, while what was sent may still take effect.
 *
 * ```
 * call --- delay ---> effect (noted by the auditor) --- maybe a delay ---> answer
 *             |                                   |
 *          throttled, lost, crash              lost after, crash
 * ```
 * Composition only: the stores themselves are test/support/memory-store.ts.
 */
import type { Account } from '../../shared/domain/account.ts'
import type { Fact } from '../../shared/domain/fact.ts'
import type { Rules } from '../../shared/domain/rules.ts'
import { Throttled, Transient, UnknownOutcome } from '../../shared/runtime/faults.ts'
import type { DayEntry } from '../../shared/store/facts/facts.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { MemoryStore } from '../support/memory-store.ts'
import {
  billPut,
  billRead,
  billReplaced,
  bindingPut,
  factPut,
  factsRead,
  membersOf,
  membersPut,
  viewPut,
} from './auditor/commits.ts'
import { billFoundReplaced, billRefused, decisionPut } from './auditor/decisions.ts'
import { factAt, type InvocationRecord, type Ledger, same } from './auditor/ledger.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

/** `input`: what it was begun with, as text. */
export type Invocation = InvocationRecord & { alive: boolean; readonly input: string; readonly onCrash: () => void }

/** What every port shares. `calm` ends all trouble; `outbox` gets every new fact at the moment it is there. */
export type FunctionEnvironment = {
  readonly plan: Plan
  readonly timeline: Timeline
  readonly random: Random
  readonly ledger: Ledger
  readonly store: MemoryStore
  readonly rules: Rules
  readonly calm: () => boolean
  /** Whether a message was lost or left to a person so far: then a sweep may find views that need mending. */
  readonly lossy: () => boolean
  /** Accounts by the day on which finance recorded something for them. */
  readonly recorded: Map<string, Set<Account>>
  readonly outbox: (fact: Fact) => void
  /** Gets every new version of a view at the moment it is there. */
  readonly viewOutbox: (view: MembershipView) => void
  readonly trace: (line: () => string) => void
  /** Carries out every call instead of chance and the timeline: test/exploration decides each by a schedule. */
  readonly perform?: Perform
}

/** `effect` runs at the moment at which `work` has taken effect. */
export type Perform = <T>(
  invocation: Invocation,
  kind: Kind,
  name: string,
  work: () => Promise<T>,
  effect?: (result: T) => void,
) => Promise<T>

type Stores = Pick<MemoryStore, 'decisions' | 'facts' | 'memberships' | 'contacts' | 'bills' | 'evidence'>
type Kind = 'read' | 'write'

export function portsOf(around: FunctionEnvironment, invocation: Invocation): Stores {
  const { store, ledger, timeline, outbox } = around
  const { decisions, facts, memberships, contacts, bills, evidence } = store
  const read = <T>(name: string, work: () => Promise<T>, seen?: (result: T) => void) =>
    call(around, invocation, 'read', name, work, seen)
  const write = <T>(name: string, work: () => Promise<T>, done?: (result: T) => void) =>
    call(around, invocation, 'write', name, work, done)
  const inserted = (fact: Fact) => {
    factPut(ledger, invocation, fact, timeline.now())
    outbox(fact)
  }
  return {
    decisions: {
      ...decisions,
      get: (channel, paymentId) => read('decisions.get', () => decisions.get(channel, paymentId)),
      put: (decision, signedAt) => {
        invocation.triedToDecide = true
        return write(
          'decisions.put',
          () => decisions.put(decision, signedAt),
          ({ outcome }) => {
            if (outcome === 'put') decisionPut(ledger, invocation, decision)
          },
        )
      },
      getMany: (...of) => read('decisions.getMany', () => decisions.getMany(...of)),
      selfPaidMemberships: (participants) =>
        read('decisions.selfPaidMemberships', () => decisions.selfPaidMemberships(participants)),
      acceptedPage: (...page) => read('decisions.acceptedPage', () => decisions.acceptedPage(...page)),
      putPayingBill: (decision, billCode, signedAt) => {
        invocation.triedToDecide = true
        return write(
          'decisions.putPayingBill',
          () => decisions.putPayingBill(decision, billCode, signedAt),
          ({ outcome }) => {
            if (outcome === 'put') decisionPut(ledger, invocation, decision)
            if (outcome === 'already-paid') billRefused(ledger, invocation, billCode)
            if (outcome === 'replaced') billFoundReplaced(ledger, invocation, billCode)
          },
        )
      },
      putExternalId: (item, now, options) =>
        write(
          'decisions.putExternalId',
          () => decisions.putExternalId(item, now, options),
          ({ outcome }) => {
            if (outcome === 'put') bindingPut(ledger, invocation, item)
          },
        ),
      putInquiryMark: (mark) =>
        write(
          'decisions.putInquiryMark',
          () => decisions.putInquiryMark(mark),
          () => {
            const { message } = invocation
            if (message?.kind === 'inquiry' && message.signature) ledger.inquiries.kept.add(message.signature)
          },
        ),
      hasInquiryMark: (...key) => read('decisions.hasInquiryMark', () => decisions.hasInquiryMark(...key)),
      selfPaidMembership: (participant) =>
        read(
          'decisions.selfPaidMembership',
          () => decisions.selfPaidMembership(participant),
          (kpj) => {
            invocation.selfPaid = kpj
          },
        ),
      takeSelfPaid: (participant, kpj) =>
        write('decisions.takeSelfPaid', () => decisions.takeSelfPaid(participant, kpj)),
      freeSelfPaid: (participant, kpj) =>
        write('decisions.freeSelfPaid', () => decisions.freeSelfPaid(participant, kpj)),
    },
    facts: {
      get: (account, key) => read('facts.get', () => facts.get(account, key)),
      getMany: (account, keys) => read('facts.getMany', () => facts.getMany(account, keys)),
      ofAccount: (account) =>
        read(
          'facts.ofAccount',
          () => facts.ofAccount(account),
          (found) => factsRead(ledger, invocation, account, found.length),
        ),
      put: (fact) =>
        write(
          `facts.put ${fact.kind}`,
          () => facts.put(fact),
          (outcome) => {
            if (outcome === 'put') inserted(fact)
          },
        ),
      putReversingBill: (fact, billCode, paidBy) =>
        write(
          'facts.putReversingBill',
          () => facts.putReversingBill(fact, billCode, paidBy),
          (outcome) => {
            if (outcome === 'put') inserted(fact)
          },
        ),
      putTogether: (together, without) =>
        write(
          'facts.putTogether',
          () => facts.putTogether(together, without),
          (outcome) => {
            if (outcome === 'put') together.forEach(inserted)
          },
        ),
      byDay: (source, day) => laggingDay(around, invocation, source, day),
      dayPage: async (source, day, from) => {
        const { entries, next } = await read('facts.dayPage', () => facts.dayPage(source, day, from))
        return { entries: shownOf(around, entries), next }
      },
      accountsPage: (...page) => read('facts.accountsPage', () => facts.accountsPage(...page)),
    },
    memberships: {
      ...memberships,
      get: (kpj) =>
        read(
          'memberships.get',
          () => memberships.get(kpj),
          (view) => {
            if (view) invocation.asOf.set(kpj, view.asOf)
          },
        ),
      put: (view) =>
        write(
          'memberships.put',
          () => memberships.put(view),
          (outcome) => {
            const known = ledger.views.get(view.kpj)
            const isAgain = known?.version === view.version && same(known, view)
            if (outcome !== 'put' || isAgain) return
            viewPut(ledger, view)
            around.viewOutbox(view)
          },
        ),
    },
    contacts: {
      get: (kpj) => read('contacts.get', () => contacts.get(kpj)),
      getMany: (kpjs) => read('contacts.getMany', () => contacts.getMany(kpjs)),
      put: (contact) => write('contacts.put', () => contacts.put(contact)),
      putOver: (...given) => write('contacts.putOver', () => contacts.putOver(...given)),
      prefer: (...given) => write('contacts.prefer', () => contacts.prefer(...given)),
      erase: (...given) => write('contacts.erase', () => contacts.erase(...given)),
      erasedAt: contacts.erasedAt,
    },
    bills: {
      get: (billCode) =>
        read(
          'bills.get',
          () => bills.get(billCode),
          (bill) => billRead(ledger, invocation, billCode, bill),
        ),
      members: (billCode, chunk) => read('bills.members', () => bills.members(billCode, chunk)),
      put: (bill, members) =>
        write(
          'bills.put',
          () => bills.put(bill, members),
          (outcome) => {
            if (outcome === 'put' && !ledger.bills.has(bill.billCode)) billPut(ledger, bill, members)
          },
        ),
      putMembers: (billCode, chunk, members, until) =>
        write(
          'bills.putMembers',
          () => bills.putMembers(billCode, chunk, members, until),
          (outcome) => {
            if (outcome === 'put') membersPut(ledger, billCode, chunk, members)
          },
        ),
      letExpire: (...given) => write('bills.letExpire', () => bills.letExpire(...given)),
      keepMembers: (...given) => write('bills.keepMembers', () => bills.keepMembers(...given)),
      putBill: (bill) =>
        write(
          'bills.putBill',
          () => bills.putBill(bill),
          (outcome) => {
            if (outcome === 'put' && !ledger.bills.has(bill.billCode)) billPut(ledger, bill, membersOf(ledger, bill))
          },
        ),
      replace: (old, next, members) =>
        write(
          'bills.replace',
          () => bills.replace(old, next, members),
          (outcome) => {
            if (outcome === 'put' && !ledger.bills.has(next.billCode))
              billReplaced(ledger, old, next, members.length > 0 ? members : membersOf(ledger, next))
          },
        ),
      markChanged: (...given) => write('bills.markChanged', () => bills.markChanged(...given)),
      putApplied: (...given) => write('bills.putApplied', () => bills.putApplied(...given)),
      applied: (...given) => read('bills.applied', () => bills.applied(...given)),
      appliedShares: (billCode) => read('bills.appliedShares', () => bills.appliedShares(billCode)),
    },
    evidence: { keep: (request) => write('evidence.keep', () => evidence.keep(request)) },
  }
}

/** The invocation is gone: nothing that it waits for ever comes. */
export function crash(around: FunctionEnvironment, invocation: Invocation): void {
  if (!invocation.alive) return
  invocation.alive = false
  around.trace(() => `#${invocation.id} crashes`)
  invocation.onCrash()
}

/** One call to a port that may fail: a store, or a queue. `effect` runs at the one moment at which the work takes effect. */
export function call<T>(
  around: FunctionEnvironment,
  invocation: Invocation,
  kind: Kind,
  name: string,
  work: () => Promise<T>,
  effect?: (result: T) => void,
): Promise<T> {
  const { timeline, random } = around
  if (around.perform) return around.perform(invocation, kind, name, work, effect)
  if (isPlain(around, invocation, kind)) return withEffect(around, invocation, name, work, effect)
  const faults = around.calm() ? NONE : around.plan.store
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      invocation.faults++
      around.trace(() => `#${invocation.id} ${name}: ${error.name}`)
      reject(error)
    }
    const answer = (result: T) => {
      if (!invocation.alive) return
      if (random.chance(faults.crash)) return void crash(around, invocation)
      if (random.chance(faults.lostAfter)) return void fail(lostAnswer(kind))
      if (!random.chance(faults.slowAnswer)) return void resolve(result)
      timeline.after(random.between(1, 40), () => {
        if (invocation.alive) resolve(result)
      })
    }
    const takeEffect = () => {
      // What a dead invocation had sent may have arrived or not.
      if (!invocation.alive && random.chance(0.5)) return
      if (invocation.alive) {
        if (random.chance(faults.crash)) return void crash(around, invocation)
        if (random.chance(faults.throttle)) return void fail(new Throttled('expected the call to be taken, it was not'))
        if (random.chance(faults.lost)) return void fail(lostAnswer(kind))
      }
      work().then((result) => {
        around.trace(() => `#${invocation.id} ${name}${invocation.alive ? '' : ' (already gone)'}: ${shortly(result)}`)
        effect?.(result)
        answer(result)
      }, reject)
    }
    timeline.after(
      random.chance(faults.slowCall) ? random.between(500, 8_000) : random.between(1, faults.pace),
      takeEffect,
    )
  })
}

/** Where days are settled, reads are many; once all is calm nothing can come of a step for each, but that it takes its time. */
function isPlain({ plan, calm }: FunctionEnvironment, { alive }: Invocation, kind: Kind): boolean {
  return kind === 'read' && alive && plan.settling && calm()
}

async function withEffect<T>(
  { trace }: FunctionEnvironment,
  { id }: Invocation,
  name: string,
  work: () => Promise<T>,
  effect?: (result: T) => void,
): Promise<T> {
  const result = await work()
  trace(() => `#${id} ${name}: ${shortly(result)}`)
  effect?.(result)
  return result
}

const NONE = { crash: 0, throttle: 0, lost: 0, lostAfter: 0, slowAnswer: 0, slowCall: 0, pace: 3 }

function lostAnswer(kind: Kind): Error {
  return kind === 'write'
    ? new UnknownOutcome('expected an answer to a write, none came')
    : new Transient('STORE_UNREACHABLE', 'expected an answer to a read, none came')
}

/** The day index as it is read: what was put a moment ago may not be there yet. */
async function* laggingDay(
  around: FunctionEnvironment,
  invocation: Invocation,
  source: string,
  day: Parameters<MemoryStore['facts']['byDay']>[1],
): AsyncGenerator<DayEntry> {
  const { store } = around
  const entries = await call(around, invocation, 'read', 'facts.byDay', async () => {
    const found: DayEntry[] = []
    for await (const entry of store.facts.byDay(source, day)) found.push(entry)
    return found
  })
  yield* shownOf(around, entries)
}

function shownOf({ ledger, plan, timeline, calm }: FunctionEnvironment, entries: readonly DayEntry[]) {
  const shown = calm() ? Number.POSITIVE_INFINITY : timeline.now() - plan.indexLag
  return entries.filter(({ account, fact }) => (factAt(ledger, account, fact)?.committedAt ?? 0) <= shown)
}

function shortly(result: unknown): string {
  if (typeof result === 'string') return result
  if (Array.isArray(result)) return `${result.length} found`
  if (typeof result !== 'object' || result === null) return String(result)
  return 'outcome' in result ? String(result.outcome) : 'found'
}
