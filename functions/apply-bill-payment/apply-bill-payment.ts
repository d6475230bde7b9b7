/**
 * Gives each member of a bill its share of every payment of that bill, and takes it back where the payment no longer stands:
 * reversed, by the channel or by finance, or moved to suspense.
 *
 * Promise: once messages are drained, the live shares of a bill are exactly those of its live payments, so its money is in one
 * place: with the members, in suspense, or back at the channel.
 * Level-triggered like the fold: it reads the bill's facts before each chunk and makes sure that the shares say the same.
 * Right any number of times and in any order. Producer: functions/reconcile-membership (queue `cohort`, one message per
 * chunk). A single bill is a cohort of one. The shares' own facts send their accounts to `reconcile` through the pipe.
 */
import type { BillCode } from '../../shared/domain/bill-code.ts'
import {
  byDecision,
  type Fact,
  keyOf,
  type PaymentFact,
  type ReversalFact,
  type ShareFact,
  type SuspensionFact,
} from '../../shared/domain/fact.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import type { CohortMessage } from '../../shared/messages/cohort.ts'
import type { AppliedShares, BillMember, BillStore } from '../../shared/store/bills/bills.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'

export type BillPaymentPorts = {
  readonly facts: FactStore
  readonly bills: BillStore
  /** Sends accounts to queue `reconcile`: only a repair does; otherwise the shares' own facts announce them. */
  readonly sendAccounts: (accounts: readonly Kpj[]) => Promise<void>
  readonly now: () => Instant
}

export type BillPaymentOutcome = {
  readonly sharesPut: number
  readonly sharesReversed: number
  /** Those of both that a repair had to put long after their bill's own message should have: a message was lost. */
  readonly sharesRepaired: number
  readonly payments: readonly PaymentFact[]
}

/** Members whose shares are put at a time: enough to keep the store busy, few enough to stay under its throttle. */
const AT_ONCE = 16
/** As the view's: functions/reconcile-membership. */
const LOST_AFTER_MILLIS = 15 * 60_000

/** One chunk (from 1). A chunk past the end is nothing to do. */
export async function applyBillPayment(ports: BillPaymentPorts, message: CohortMessage): Promise<BillPaymentOutcome> {
  const { billCode, chunk, cause } = message
  const [members, facts] = await Promise.all([ports.bills.members(billCode, chunk), ports.facts.ofAccount(billCode)])
  const payments = facts.filter((fact) => fact.kind === 'payment')
  const sharesDue = payments.map((payment) => ({ payment, endings: endingsOf(facts, payment) }))
  const done = { sharesPut: 0, sharesReversed: 0, sharesRepaired: 0 }
  const short: Kpj[] = []
  const live = sharesDue.filter(({ endings }) => endings.length === 0).length
  for (let i = 0; i < (members?.length ?? 0); i += AT_ONCE) {
    const group = members?.slice(i, i + AT_ONCE) ?? []
    await Promise.all(
      group.map(async (member) => {
        const put = await putMissing(ports, await missingOf(ports, message, member, sharesDue))
        for (const { fact } of put) done[fact.kind === 'share' ? 'sharesPut' : 'sharesReversed']++
        if (cause) done.sharesRepaired += put.filter(({ since }) => since < ports.now() - LOST_AFTER_MILLIS).length
        if (put.length > 0) short.push(member.kpj)
      }),
    )
  }
  if (members && !isBillOfOne(chunk, members)) {
    // Of several payments at most one stands, so a member has one live share or none.
    const applied = { chunk, shares: live > 0 ? members.length : 0, facts: facts.length }
    if (!cause || !(await isKept(ports, message, applied))) await ports.bills.putApplied(billCode, applied)
  }
  if (cause && members) await ports.sendAccounts(cause === 'weekly' ? short : members.map(({ kpj }) => kpj))
  return { ...done, payments }
}

/** A repair looks here too before it puts. */
async function isKept(
  { bills }: BillPaymentPorts,
  { billCode }: CohortMessage,
  applied: AppliedShares,
): Promise<boolean> {
  const there = await bills.applied(billCode, applied.chunk)
  return there !== undefined && there.facts >= applied.facts
}

/** Whoever shows a bill of one looks at its member instead: it saves each such payment a write. */
function isBillOfOne(chunk: number, members: readonly BillMember[]): boolean {
  return chunk === 1 && members.length === 1
}

type Ending = ReversalFact | SuspensionFact
type ShareDue = { readonly payment: PaymentFact; readonly endings: readonly Ending[] }
/** A fact that a member should have, and since when the bill's own fact that it follows is there. */
type Missing = { readonly fact: ShareFact | ReversalFact; readonly since: Instant }

/**
 * What a member should have of the bill's payments and perhaps has not. A repair, which mostly finds everything there, looks
 * before it puts: reading what is there costs a fifth of a put that its condition turns away.
 */
async function missingOf(
  { facts, now }: BillPaymentPorts,
  { billCode, cause }: CohortMessage,
  member: BillMember,
  sharesDue: readonly ShareDue[],
): Promise<readonly Missing[]> {
  const due = sharesDue.flatMap(({ payment, endings }): readonly Missing[] => {
    const share = shareOf(billCode, member, payment, now())
    const taken = endings.map((ending) => ({ fact: shareReversal(share, ending, now()), since: ending.recordedAt }))
    return [{ fact: share, since: payment.recordedAt }, ...taken]
  })
  if (!cause || due.length === 0) return due
  const keys = due.map(({ fact }) => keyOf(fact))
  const there = new Set((await facts.getMany(member.kpj, keys)).map(keyOf))
  return due.filter(({ fact }) => !there.has(keyOf(fact)))
}

/** In order, so that no reversal is there before its share; returns those that were not there. */
async function putMissing({ facts }: BillPaymentPorts, missing: readonly Missing[]): Promise<readonly Missing[]> {
  const put: Missing[] = []
  for (const each of missing) if ((await facts.put(each.fact)) === 'put') put.push(each)
  return put
}

/** The share's id names bill, channel and payment; its decision is the bill payment's. */
export function shareOf(billCode: BillCode, member: BillMember, payment: PaymentFact, now: Instant): ShareFact {
  const paymentId = payment.id[0] as string
  return {
    kind: 'share',
    account: member.kpj,
    source: payment.source,
    id: [billCode, payment.source, paymentId],
    decidedAt: payment.decidedAt,
    recordedAt: Math.max(now, payment.decidedAt) as Instant,
    billCode,
    paymentId,
    amount: member.amount,
    months: member.months,
  }
}

/** Decided when the payment stopped standing; a suspension has no partner, so its own instant stands for the partner's. */
function shareReversal(share: ShareFact, ending: ReversalFact | SuspensionFact, now: Instant): ReversalFact {
  const { source, decidedAt, businessDate } = ending
  return {
    kind: 'reversal',
    account: share.account,
    source,
    id: share.id,
    decidedAt,
    recordedAt: Math.max(now, decidedAt) as Instant,
    reverses: keyOf(share),
    partnerAt: ending.kind === 'reversal' ? ending.partnerAt : decidedAt,
    businessDate,
    amount: share.amount,
    outlet: ending.kind === 'reversal' ? ending.outlet : '',
  }
}

/**
 * All that ended the payment, in order: each is mirrored by its own source, so that it does not matter which of them a message
 * saw. Where finance suspended and then reversed, one fact of finance stands for both.
 */
function endingsOf(facts: readonly Fact[], payment: PaymentFact): readonly (ReversalFact | SuspensionFact)[] {
  const key = keyOf(payment)
  return facts
    .filter((fact) => fact.kind === 'reversal' || fact.kind === 'suspension')
    .filter((fact) => (fact.kind === 'reversal' ? fact.reverses : fact.moves) === key)
    .toSorted(byDecision)
}
