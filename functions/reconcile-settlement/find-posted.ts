/**
 * Where the money of a payment id is now: the payment on its account, what a line of a file brought into suspense, or the
 * posting on the membership to which two people released either of them.
 *
 * Promise: what takes money back (a resolution, a channel's reversal line) finds the one fact that still holds it. A posting
 * is made only where the payment does not stand, so where there is one, it is the money.
 */
import { type Account, suspenseAccount } from '../../shared/domain/account.ts'
import type { BillCode } from '../../shared/domain/bill-code.ts'
import { type FactKey, factKey, keyOf, type PaymentFact, type PostingFact } from '../../shared/domain/fact.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { Rupiah } from '../../shared/domain/money.ts'
import { nextExitOf, releasedPostingKey, takenBackKey } from '../../shared/domain/suspense-exit.ts'
import { billCodeOf, isAccepted, paymentFactKey } from '../../shared/ledger/accepted-decision.ts'
import type { SettlementPorts } from './ports.ts'

/** A payment or posting in the ledger. */
export type PostingResult = {
  readonly account: Account
  readonly key: FactKey
  readonly businessDate: BusinessDate
  readonly amount: Rupiah
  /** Where it paid a bill. */
  readonly billCode: BillCode | null
  readonly fact: PaymentFact | PostingFact
}

type FindingPorts = Pick<SettlementPorts, 'decisions' | 'facts' | 'settlements'>

/** Undefined where the ledger has neither payment nor posting. */
export async function findPosted(
  ports: FindingPorts,
  channel: string,
  paymentId: string,
): Promise<PostingResult | undefined> {
  const posting = await ports.facts.get(
    suspenseAccount(channel, paymentId),
    factKey('posting', 'settlement', [channel, paymentId]),
  )
  if (posting?.kind === 'posting') return followReleases(ports, posted(posting, null))
  const decision = await ports.decisions.get(channel, paymentId)
  if (!decision || !isAccepted(decision)) return undefined
  const payment = await ports.facts.get(decision.account, paymentFactKey(decision))
  return payment?.kind === 'payment' ? followReleases(ports, posted(payment, billCodeOf(decision))) : undefined
}

/** A release that is approved and not applied yet moves nothing: the money is still where it was. */
async function followReleases(ports: FindingPorts, money: PostingResult): Promise<PostingResult> {
  const name = nextExitOf(money.fact, 0)
  const exit = await ports.settlements.exit(name, money.businessDate)
  if (exit?.action !== 'release' || exit.to === null) return money
  const next = await ports.facts.get(exit.to, releasedPostingKey(name))
  return next?.kind === 'posting' ? followReleases(ports, posted(next, null)) : money
}

/** By finance, or by its own channel. */
export async function isTakenBack(
  { facts }: Pick<SettlementPorts, 'facts'>,
  fact: PaymentFact | PostingFact,
): Promise<boolean> {
  const byChannel = fact.kind === 'payment' ? [factKey('reversal', fact.source, fact.id)] : []
  return (await facts.getMany(fact.account, [takenBackKey(fact), ...byChannel])).length > 0
}

function posted(fact: PaymentFact | PostingFact, billCode: BillCode | null): PostingResult {
  const { account, businessDate, amount } = fact
  return { account, key: keyOf(fact), businessDate, amount, billCode, fact }
}
