/** Decisions for the tests of the ledger room: accepted or refused, of a member or of a bill; a test says what matters. */
import type { Account } from '../../../shared/domain/account.ts'
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import type { AcceptedDecision } from '../../../shared/ledger/accepted-decision.ts'
import { draftAccepted, draftRefused } from '../../../shared/ledger/draft-decision.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { at, FARMER, KPJ, quoted } from '../../support/facts.ts'

export const DECIDED = at('2026-11-20T10:00')

const undecided = (paymentId: string, decidedAt: Instant) => ({
  channel: 'pos',
  paymentId,
  customerDigest: new Uint8Array(17).fill(1),
  factsDigest: new Uint8Array(17).fill(2),
  settledAmount: null,
  decidedAt,
  hubReference: `CH${paymentId}`,
  evidenceDigest: null,
})

/** November, paid by a member, or as the bill `account`. */
export function accepted(paymentId = 'T1', account: Account = KPJ, decidedAt = DECIDED): AcceptedDecision {
  const paid = {
    account,
    kpj: KPJ,
    runs: quoted(['2026-11'], FARMER),
    creditDrawn: ZERO,
    paidThrough: month('2026-11'),
  }
  const collected = {
    partnerAt: decidedAt,
    businessDate: businessDateOf(decidedAt),
    amount: rupiah(8_400),
    adminFee: rupiah(2_500),
    outlet: 'KPC-1',
  }
  return draftAccepted(undecided(paymentId, decidedAt), paid, collected, undefined)
}

export function refused(paymentId = 'T1'): PaymentDecision {
  return draftRefused(undecided(paymentId, DECIDED), 'wrong-amount')
}
