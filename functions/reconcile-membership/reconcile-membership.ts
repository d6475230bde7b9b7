/**
 * "Look at account K again": reads the view first, then all facts, folds, and writes the view if no other fold did meanwhile.
 *
 * ```
 * view v7 read -> facts read -> fold -> write v8 if still v7
 *                    |<- a fact put here sends a message of its own: the next fold sees it
 * ```
 * Level-triggered: duplicates, reordering, retries, reversals and the passing of time are this one path. Nothing else
 * writes the view. A conflict is never acknowledged. Where the night's run asks for it, credit that covers a month that is owed is
 * allocated by a fact (allocate-credit.ts). Producers: the facts pipe, sweep-memberships, the console's repair.
 */
import { isSuspenseAccount } from '../../shared/domain/account.ts'
import { allocate, termsIn } from '../../shared/domain/allocation.ts'
import { type BillCode, isBillCode } from '../../shared/domain/bill-code.ts'
import { closesAfter, standingAt } from '../../shared/domain/coverage.ts'
import { type Fact, keyOf } from '../../shared/domain/fact.ts'
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { monthOf } from '../../shared/domain/month.ts'
import { NOTICE_RULES, type NoticeRules } from '../../shared/domain/notice.ts'
import { noticeFollowing } from '../../shared/domain/notice-decision.ts'
import { type Rules, rulesKnownAt } from '../../shared/domain/rules.ts'
import { type ProgramId, parseProgramId } from '../../shared/domain/sponsors/sponsor.ts'
import { termsByMonth } from '../../shared/domain/terms-by-month.ts'
import type { CohortMessage } from '../../shared/messages/cohort.ts'
import type { LookCause, ReconcileMessage } from '../../shared/messages/reconcile.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import { type BillStore, chunksIn } from '../../shared/store/bills/bills.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { MembershipStore, MembershipView } from '../../shared/store/memberships/memberships.ts'
import { allocateCredit } from './allocate-credit.ts'

export type ReconcilePorts = {
  readonly facts: FactStore
  readonly memberships: MembershipStore
  readonly bills: BillStore
  /** Sends one message per chunk of a bill's members to queue `cohort`. */
  readonly sendChunks: (chunks: readonly CohortMessage[]) => Promise<void>
  readonly rules: Rules
  readonly now: () => Instant
}

/**
 * In order of precedence. `repaired`: the view was not what it should have been, and somebody must hear of it. Either it
 * changed though no fact was new and no transition was due (`wrong`), or a sweep found a fact in it missing that its own
 * message should have brought long ago (`message-lost`).
 */
export type ReconcileOutcome =
  /** `program`: whose bill it is, which may be due to take a step. */
  | { readonly outcome: 'bill-sent'; readonly chunks: number; readonly program: ProgramId | undefined }
  | { readonly outcome: 'not-a-membership' }
  | { readonly outcome: 'unchanged'; readonly facts: readonly Fact[]; readonly creditAllocated?: boolean }
  | ({ readonly outcome: 'written' } & Written)
  | ({ readonly outcome: 'repaired'; readonly why: RepairReason } & Written)

type RepairReason = 'wrong' | 'message-lost'
type Written = {
  readonly facts: readonly Fact[]
  readonly view: MembershipView
  readonly conflicts: number
  /** A credit allocation was put: its stream record brings the next fold. */
  readonly creditAllocated?: boolean
}

/** A message that takes longer than this is lost, or its queue is late, which has an alarm of its own. */
const LOST_AFTER_MILLIS = 15 * 60_000
const ATTEMPTS = 3

/** Right for any account, any number of times, in any order. Throws `Transient` after three lost races: the message comes again. */
export async function reconcileMembership(ports: ReconcilePorts, message: ReconcileMessage): Promise<ReconcileOutcome> {
  const { account } = message
  if (isBillCode(account)) return sendBill(ports, account, message.cause)
  if (isSuspenseAccount(account)) return { outcome: 'not-a-membership' }
  const folded = await writeView(ports, account, message.cause)
  if (message.cause !== 'credit' || !('facts' in folded)) return folded
  return { ...folded, creditAllocated: await allocateCredit(ports, account, folded.facts) }
}

async function writeView(ports: ReconcilePorts, account: Kpj, cause: LookCause | undefined): Promise<ReconcileOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await ports.memberships.get(account)
    const facts = await ports.facts.ofAccount(account)
    const view = foldView(account, facts, before, ports.rules, ports.now())
    if (!view) return { outcome: 'not-a-membership' }
    if (before && sameView(before, view)) return { outcome: 'unchanged', facts }
    if ((await ports.memberships.put(view)) === 'put') {
      const why = repairReason(before, view, facts, cause, ports.rules)
      const written = { facts, view, conflicts: attempt }
      return why ? { outcome: 'repaired', why, ...written } : { outcome: 'written', ...written }
    }
  }
  throw new Transient(
    'VIEW_CONFLICT',
    `expected to write the view within ${ATTEMPTS} tries; others wrote it each time, the message comes again`,
  )
}

/** The view of an account at `now`, never earlier than the view before it; undefined where the facts register nobody. */
export function foldView(
  kpj: Kpj,
  facts: readonly Fact[],
  before: MembershipView | undefined,
  rules: Rules,
  clock: Instant,
  notices: NoticeRules = NOTICE_RULES,
): MembershipView | undefined {
  const now = Math.max(clock, before?.asOf ?? 0) as Instant
  const allocation = allocate(facts, rules)
  const inForce = termsIn(allocation.terms, monthOf(now))
  if (!inForce) return undefined
  const standing = standingAt(allocation, now, rules)
  const { status, paidThrough, credit, nextTransition } = standing
  const { participant, terms, regionCode, registeredOn } = inForce
  const version = (before?.version ?? 0) + 1
  const byMonth = termsByMonth(allocation, now, rules)
  const closesOn = closesAfter(standing, allocation, now)
  return {
    kpj,
    participant,
    terms,
    regionCode,
    registeredOn,
    paidThrough,
    credit,
    status,
    nextTransition,
    ...(closesOn && { closesOn }),
    ...(byMonth && { termsByMonth: byMonth }),
    noticeDue: noticeFollowing(facts, allocation, now, rules, notices),
    ...(before && activation(before.factCount, facts, now)),
    factCount: facts.length,
    asOf: now,
    version,
  }
}

/**
 * What a payment waits for: the time from its decision until a view counts it. Of several new ones the longest. The first view of a
 * membership says nothing: what it counts came with the registration.
 */
function activation(
  counted: number,
  facts: readonly Fact[],
  now: Instant,
): Pick<MembershipView, 'activatedAfterMillis'> {
  const news = facts.toSorted((a, b) => a.recordedAt - b.recordedAt).slice(counted)
  const decided = news.filter(({ kind }) => kind === 'payment').map(({ decidedAt }) => decidedAt)
  return decided.length === 0 ? {} : { activatedAfterMillis: Math.max(0, now - Math.min(...decided)) }
}

/** Equal but for when it was looked at, and for what was news then: that a notice grows old is no reason to write. */
function sameView(a: MembershipView, b: MembershipView): boolean {
  return JSON.stringify(comparable(a)) === JSON.stringify(comparable(b))
}

function comparable(whole: MembershipView) {
  const { asOf: _asOf, version: _version, noticeDue: _noticeDue, activatedAfterMillis: _millis, ...view } = whole
  const { terms, nextTransition, ...rest } = view
  const flat = { ...rest, ...terms, on: nextTransition?.on, to: nextTransition?.to }
  return Object.entries(flat).sort(([left], [right]) => (left < right ? -1 : 1))
}

function repairReason(
  before: MembershipView | undefined,
  after: MembershipView,
  facts: readonly Fact[],
  cause: LookCause | undefined,
  rules: Rules,
): RepairReason | undefined {
  if (cause !== undefined && hasOldNews(before?.factCount ?? 0, facts, after.asOf)) return 'message-lost'
  return isWrong(before, after, rules) ? 'wrong' : undefined
}

/** In one month, without a new fact, only an announced day or a new rule may change it: else the view was not the fold of its facts. */
function isWrong(before: MembershipView | undefined, after: MembershipView, rules: Rules): boolean {
  if (before === undefined || before.factCount !== after.factCount || monthOf(before.asOf) !== monthOf(after.asOf))
    return false
  if (rulesKnownAt(rules, before.asOf) !== rulesKnownAt(rules, after.asOf)) return false
  return before.nextTransition === null || before.nextTransition.on > businessDateOf(after.asOf)
}

/** Whether a fact that the view had not counted was recorded long before `now`. A late reversal sends no message: it moves nothing. */
function hasOldNews(counted: number, facts: readonly Fact[], now: Instant): boolean {
  const byRecording = [...facts].sort((a, b) => a.recordedAt - b.recordedAt)
  return byRecording
    .slice(counted)
    .some(({ kind, recordedAt }) => kind !== 'late-reversal' && recordedAt < now - LOST_AFTER_MILLIS)
}

/** A bill has no view: its members' shares are put chunk by chunk by functions/apply-bill-payment. */
async function sendBill(
  ports: ReconcilePorts,
  billCode: BillCode,
  lookCause: LookCause | undefined,
): Promise<ReconcileOutcome> {
  const cause = lookCause === 'repair' || lookCause === 'weekly' ? lookCause : undefined
  const bill = await ports.bills.get(billCode)
  if (!bill) return { outcome: 'not-a-membership' }
  const chunks = Array.from({ length: chunksIn(bill) }, (_, i) => ({
    billCode,
    chunk: i + 1,
    cause,
  }))
  await ports.sendChunks(chunks)
  const program = bill.sponsored && parseProgramId(bill.sponsored.program)
  return { outcome: 'bill-sent', chunks: chunks.length, program }
}

/** The correlation id of the payment that a message speaks of: the hub reference that its fact holds. */
export function correlationOf(facts: readonly Fact[], key: string | undefined): string | undefined {
  const fact = facts.find((candidate) => keyOf(candidate) === key)
  return fact?.kind === 'payment' ? fact.hubReference : undefined
}
