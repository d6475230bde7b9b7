/**
 * What a member's share did not need, or what came for a membership that was closed, goes back to whoever paid the bill: by way of
 * the channel that collected it.
 *
 * Promise: the member's account and the bill's lose the same amount in one write, so that the bill's clearing stays at nothing; the
 * channel's day then shows less than the channel collected, and the difference is what we owe it.
 */
import type { FactKey, RefundFact, ShareFact } from '../../shared/domain/fact.ts'
import { factKey, keyOf } from '../../shared/domain/fact.ts'
import type { SuspenseExit } from '../../shared/domain/suspense-exit.ts'
import { paymentFactKey } from '../../shared/ledger/accepted-decision.ts'
import { notBefore } from '../../shared/ledger/payment-facts.ts'
import { retryUnknownOutcome } from '../../shared/runtime/retry.ts'
import type { SettlementPorts } from './ports.ts'
import { noteAccount } from './post-unrecorded-payment.ts'

export async function refundShare(
  ports: SettlementPorts,
  exit: SuspenseExit,
  share: ShareFact,
): Promise<'refunded' | 'taken-back'> {
  const { channel, paymentId, step, approvedAt, businessDate, amount } = exit
  const recordedAt = notBefore(ports.now(), approvedAt)
  const refundOf = (account: RefundFact['account'], refunds: FactKey): RefundFact => ({
    kind: 'refund',
    account,
    source: 'finance',
    id: [channel, paymentId, step],
    decidedAt: approvedAt,
    recordedAt,
    refunds,
    businessDate,
    amount,
  })
  const ofMember = refundOf(share.account, keyOf(share))
  const ofBill = refundOf(share.billCode, paymentFactKey(exit))
  await noteAccount(ports, approvedAt, share.account)
  await noteAccount(ports, approvedAt, share.billCode)
  // The share goes with its bill's payment, by the source that took that back.
  const taken = [channel, 'finance'].map((source) => factKey('reversal', source, share.id))
  const put = await retryUnknownOutcome(() => ports.facts.putTogether([ofMember, ofBill], taken))
  return put === 'taken' ? 'taken-back' : 'refunded'
}
