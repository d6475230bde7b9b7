/**
 * How money leaves suspense, in names: which payment it is, which step out of suspense is the next, and the ids of the facts that
 * this step puts. Nothing in here moves money; functions/reconcile-settlement/apply-exit.ts does, once two people have said so.
 *
 * ```
 * posting X, suspense account --released posting-1--> posting on KPJ A --suspended, released posting-2--> posting on KPJ B
 * payment X on KPJ A          --suspended, released payment-1--> posting on KPJ B --taken back or refunded--> (the channel)
 * ```
 * Promise: a step is named by the money that it moves, so the same money cannot take two of them, however often it is asked.
 */
import type { Account } from './account.ts'
import { type FactKey, factKey, type MoneyFact, type PostingFact } from './fact.ts'
import type { BusinessDate, Instant } from './instant.ts'
import { joinKey } from './key-text.ts'
import type { Kpj } from './kpj.ts'
import type { Rupiah } from './money.ts'

/** `release`: to the membership that it belongs to. `refund`: back to the channel, for whoever paid. */
export const EXIT_ACTIONS = ['release', 'refund'] as const
export type ExitAction = (typeof EXIT_ACTIONS)[number]

/** One step out of suspense, by name: unique for ever. */
export type ExitName = { readonly channel: string; readonly paymentId: string; readonly step: string }

/** What two people have decided; applied once. */
export type SuspenseExit = ExitName & {
  readonly action: ExitAction
  /** The account in which the money lies, and the fact that brought it. */
  readonly account: Account
  readonly fact: FactKey
  /** The business day of the money: the day of settlement that it belongs to. */
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
  /** For a release, whose it is. */
  readonly to: Kpj | null
  readonly approvedAt: Instant
}

/** The first step out of suspense of a payment's own money. */
export const FIRST_PAYMENT_STEP = 'payment-1'

/** In the id of a released posting and of the reversal beside it. */
const RELEASED = 'released'

/** The channel and the payment id under which the channel collected the money. */
export function collectedAs(fact: MoneyFact): { readonly channel: string; readonly paymentId: string } {
  switch (fact.kind) {
    case 'payment':
      return { channel: fact.source, paymentId: fact.id[0] ?? '' }
    case 'share':
      return { channel: fact.source, paymentId: fact.paymentId }
    case 'posting':
      return { channel: fact.id[0] ?? '', paymentId: fact.id[1] ?? '' }
  }
}

/** The next step of this money. `refunded`: what of a share has gone back before, because a share may go back in parts. */
export function nextExitOf(fact: MoneyFact, refunded: number): ExitName {
  return { ...collectedAs(fact), step: stepOf(fact, refunded) }
}

function stepOf(fact: MoneyFact, refunded: number): string {
  if (fact.kind === 'share') return `share-${fact.account}-${refunded}`
  if (fact.kind === 'payment') return FIRST_PAYMENT_STEP
  const [, root = 'posting', count = '0'] = /^(payment|posting)-(\d+)$/.exec(releasedBy(fact) ?? '') ?? []
  return `${root}-${Number(count) + 1}`
}

/** The step that put this posting on its account; undefined for the one that a line of a file brought. */
function releasedBy({ id }: PostingFact): string | undefined {
  return isReleased(id) ? id[3] : undefined
}

/** Whether the money of a posting was a payment's at first, or came by a line of a file. */
export function wasPayment(posting: PostingFact): boolean {
  return releasedBy(posting)?.startsWith('payment-') ?? false
}

/** Of a posting's id. */
export function isReleased(id: readonly string[]): boolean {
  return id[2] === RELEASED
}

/** Of the posting that a release puts on the member's account, and of the reversal that takes the money out of suspense. */
export function releaseId({ channel, paymentId, step }: ExitName): readonly string[] {
  return [channel, paymentId, RELEASED, step]
}

export function releasedPostingKey(name: ExitName): FactKey {
  return factKey('posting', 'settlement', releaseId(name))
}

/** The release of a payment that lies in an account, if there is one. */
export function releaseReversalKey(name: ExitName): FactKey {
  return factKey('reversal', 'settlement', releaseId(name))
}

/** The reversal by which finance takes this money back, or refunds it: the same one, so that it goes back once. */
export function takenBackId(fact: Exclude<MoneyFact, { readonly kind: 'share' }>): readonly string[] {
  if (fact.kind === 'posting') return fact.id
  const { channel, paymentId } = collectedAs(fact)
  return [channel, paymentId]
}

export function takenBackKey(fact: Exclude<MoneyFact, { readonly kind: 'share' }>): FactKey {
  return factKey('reversal', 'finance', takenBackId(fact))
}

/** What two people decide about, in approvals and in the audit chain. */
export function exitSubject({ channel, paymentId, step }: ExitName): string {
  return joinKey(['suspense', channel, paymentId, step])
}

/** Whether a subject of the audit chain is about money of this payment in suspense. */
export function isExitSubject(subject: string, channel: string, paymentId: string): boolean {
  return subject.startsWith(`${joinKey(['suspense', channel, paymentId])}#`)
}
