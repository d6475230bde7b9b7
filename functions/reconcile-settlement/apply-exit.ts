/**
 * An approved exit from suspense, applied: the money goes to the membership that it belongs to, or back to its channel.
 *
 * ```
 * accounts noted for the journal -> one write: out of the one account and into the other
 *                                |<- killed before or after it: the same exit again puts the same facts, which are there
 * ```
 * Promise: money leaves suspense once. Where its channel took it back between approval and here, nothing is put: there is
 * nothing left to release. Every fact is decided at the instant of the approval and keeps the business day of the money.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import { isBillCode } from '../../shared/domain/bill-code.ts'
import {
  type Fact,
  isMoney,
  keyOf,
  type MoneyFact,
  type PaymentFact,
  type PostingFact,
  type ReversalFact,
} from '../../shared/domain/fact.ts'
import { ZERO } from '../../shared/domain/money.ts'
import { releaseId, type SuspenseExit, takenBackId, takenBackKey } from '../../shared/domain/suspense-exit.ts'
import { channelReversalKey } from '../../shared/ledger/accepted-decision.ts'
import { notBefore, putReversalFact } from '../../shared/ledger/payment-facts.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import { retryUnknownOutcome } from '../../shared/runtime/retry.ts'
import { demandAuditedExit } from './audited.ts'
import type { SettlementPorts } from './ports.ts'
import { noteAccount } from './post-unrecorded-payment.ts'
import { refundShare } from './refund-share.ts'

/** `taken-back`: its channel, or finance by another way, was first. */
export type ExitOutcome = 'released' | 'refunded' | 'taken-back'

export async function applyExit(ports: SettlementPorts, exit: SuspenseExit): Promise<ExitOutcome> {
  await demandAuditedExit(ports.audit, exit)
  const facts = await ports.facts.ofAccount(exit.account)
  const money = facts.find((fact) => keyOf(fact) === exit.fact)
  if (!money || !isMoney(money)) throw moneyMissing()
  const outcome = await leave(ports, exit, money, facts)
  ports.metrics.count('DecisionsApplied', { outcome })
  if (outcome === 'taken-back') {
    ports.log.warn('Money had left suspense before its approved exit was applied', { channel: exit.channel })
  }
  return outcome
}

async function leave(
  ports: SettlementPorts,
  exit: SuspenseExit,
  money: MoneyFact,
  facts: readonly Fact[],
): Promise<ExitOutcome> {
  const key = keyOf(money)
  const gone = facts.filter((fact) => fact.kind === 'reversal' && fact.reverses === key)
  if (money.kind === 'share') return gone.length > 0 ? 'taken-back' : refundShare(ports, exit, money)
  const reversal = reversalOf(ports, exit, money)
  // Its own reversal is there: an earlier try has done it.
  if (gone.some((fact) => keyOf(fact) === keyOf(reversal))) return doneBy(exit)
  if (gone.length > 0) return 'taken-back'
  await noteAccount(ports, exit.approvedAt, money.account)
  switch (exit.action) {
    case 'release': {
      const posting = postingOf(exit, money, reversal)
      await noteAccount(ports, exit.approvedAt, posting.account)
      // Its channel or finance may take it back at this very moment: whoever is first has it.
      const others = [takenBackKey(money), ...(money.kind === 'payment' ? [channelReversalKey(exit)] : [])]
      const put = await retryUnknownOutcome(() => ports.facts.putTogether([reversal, posting], others))
      if (put === 'taken') return 'taken-back'
      break
    }
    case 'refund': {
      const { channel, paymentId, account } = exit
      await putReversalFact(ports.facts, reversal, {
        channel,
        paymentId,
        billCode: isBillCode(account) ? account : null,
      })
      break
    }
    default:
      return assertNever(exit.action)
  }
  return doneBy(exit)
}

function doneBy({ action }: SuspenseExit): ExitOutcome {
  return action === 'release' ? 'released' : 'refunded'
}

/** Finance's where the money goes back to its channel; a release is no reversal to the channel, and has a source of its own. */
function reversalOf(ports: SettlementPorts, exit: SuspenseExit, money: PaymentFact | PostingFact): ReversalFact {
  const isRelease = exit.action === 'release'
  return {
    kind: 'reversal',
    account: money.account,
    source: isRelease ? 'settlement' : 'finance',
    id: isRelease ? releaseId(exit) : takenBackId(money),
    decidedAt: exit.approvedAt,
    recordedAt: notBefore(ports.now(), exit.approvedAt),
    reverses: keyOf(money),
    partnerAt: exit.approvedAt,
    businessDate: money.businessDate,
    amount: money.amount,
    outlet: '',
  }
}

/** No months are named: the fold gives it the oldest that are payable when it was approved, and the rest is credit. */
function postingOf(exit: SuspenseExit, money: PaymentFact | PostingFact, { recordedAt }: ReversalFact): PostingFact {
  if (exit.to === null) throw new Defect('RELEASE_TO_NOBODY', 'expected a release to name its membership, it does not')
  return {
    kind: 'posting',
    account: exit.to,
    source: 'settlement',
    id: releaseId(exit),
    decidedAt: exit.approvedAt,
    recordedAt,
    businessDate: money.businessDate,
    amount: money.amount,
    months: [],
    creditDrawn: ZERO,
  }
}

function moneyMissing(): Defect {
  return new Defect(
    'MONEY_MISSING',
    'expected the money of an approved exit to be in the ledger, it is not; see the account that the exit names',
  )
}
