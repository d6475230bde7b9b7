/**
 * Facts that somebody inside put under a voucher that is there, and is another fact's: the approval of another payment, the end of
 * another payment of the bill, the same posting once more.
 */
import { suspenseAccount } from '../../../shared/domain/account.ts'
import {
  type Fact,
  factKey,
  keyOf,
  type PaymentFact,
  type PostingFact,
  type RefundFact,
  type ReversalFact,
  type ShareFact,
} from '../../../shared/domain/fact.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { exitSubject, releaseId } from '../../../shared/domain/suspense-exit.ts'
import { counterOf, issueBill, MONTH_PRICE, register } from '../../support/endpoint.ts'
import { KPJ, terms } from '../../support/facts.ts'
import type { Audit } from './audit.ts'
import { DAY, facts, type Insider, NIGHT, night, OTHER, SUNDAY, stamp, sunday } from './put-past.ts'

const CASE = 'bni-20261120-0123456789ab'
const about = (action: string, paymentId: string, fileAmountRupiah: number | null = null) => ({
  action,
  evidence: { class: 'missing-in-hub', paymentId, fileAmountRupiah, lines: [1] },
})
const POSTED: PostingFact = {
  kind: 'posting',
  account: suspenseAccount('bni', 'X'),
  source: 'settlement',
  id: ['bni', 'X'],
  ...stamp,
  amount: rupiah(5_000),
  months: [],
  creditDrawn: ZERO,
}
const EXIT = { channel: 'bni', paymentId: 'X', step: 'posting-1' }
const RELEASED: PostingFact = { ...POSTED, account: KPJ, id: releaseId(EXIT) }
const LEFT: ReversalFact = {
  kind: 'reversal',
  account: POSTED.account,
  source: 'settlement',
  id: releaseId(EXIT),
  ...stamp,
  reverses: keyOf(POSTED),
  partnerAt: stamp.decidedAt,
  amount: POSTED.amount,
  outlet: '',
}

/** Money that came to suspense and was released to the membership, all of it approved. */
export async function released(audit: Audit, posting: PostingFact = RELEASED): Promise<void> {
  audit.approve(CASE, stamp.decidedAt, about('post', 'X', 5_000))
  const request = { action: 'release', to: KPJ, amountRupiah: 5_000 }
  audit.approve(exitSubject(EXIT), stamp.decidedAt, { account: POSTED.account, fact: keyOf(POSTED), request })
  await facts(POSTED, LEFT, posting)(audit)
}

/** A second payment of the member; the first is TRUE. */
async function secondPayment(audit: Audit): Promise<PaymentFact> {
  await counterOf(audit.hub, 'bni').pay({ paymentId: 'SECOND' })
  await audit.fold()
  const all = await audit.hub.store.facts.ofAccount(KPJ)
  const second = all.find((fact) => fact.kind === 'payment' && fact.id[0] === 'SECOND')
  if (second?.kind !== 'payment') throw new Error('expected a second payment')
  return second
}

/** A bill of two, paid as `paymentId`; the share of the member. */
async function paidBill(audit: Audit, paymentId: string): Promise<ShareFact> {
  await register(audit.hub, [{ ...terms('2026-01'), account: OTHER }])
  const { billCode: customerId, amount } = await issueBill(audit.hub, ['2026-12'], [KPJ, OTHER])
  await counterOf(audit.hub, 'bni').pay({ customerId, paymentId, amount })
  await audit.fold()
  return shareOf(audit, paymentId)
}

async function shareOf(audit: Audit, paymentId: string): Promise<ShareFact> {
  const all = await audit.hub.store.facts.ofAccount(KPJ)
  const share = all.find((fact) => fact.kind === 'share' && fact.paymentId === paymentId)
  if (share?.kind !== 'share') throw new Error('expected a share')
  return share
}

const reversalOf = (payment: PaymentFact, id: readonly string[]): ReversalFact => ({
  kind: 'reversal',
  account: KPJ,
  source: 'finance',
  id,
  ...stamp,
  reverses: keyOf(payment),
  partnerAt: stamp.decidedAt,
  amount: payment.amount,
  outlet: '',
})

export const BORROWED: readonly Insider[] = [
  {
    table: 'facts',
    forged: 'a posting that was approved, once more on a membership',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        audit.approve(CASE, stamp.decidedAt, about('post', 'X', 5_000))
        await facts(POSTED, { ...POSTED, account: KPJ })(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'a posting that was approved, once more beside itself under a longer id',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        audit.approve(CASE, stamp.decidedAt, about('post', 'X', 5_000))
        await facts(POSTED, { ...POSTED, id: ['bni', 'X', 'again'] })(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'a release that was approved, with a year of months written into it',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () => {
      const price = { jkk: rupiah(1), jkm: ZERO, jht: ZERO }
      return night((audit) => released(audit, { ...RELEASED, months: [{ first: month('2026-12'), count: 12, price }] }))
    },
  },
  {
    table: 'facts',
    forged: 'a reversal of finance under the approval of another payment’s',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        audit.approve(CASE, stamp.decidedAt, about('reverse', 'TRUE'))
        await facts(reversalOf(await secondPayment(audit), ['bni', 'TRUE']))(audit)
        audit.recorded.set(DAY, [KPJ])
      }),
  },
  {
    table: 'facts',
    forged: 'a reversal of a payment under the approval of another one’s way out of suspense',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const second = await secondPayment(audit)
        await released(audit)
        await facts(reversalOf(second, ['bni', 'X']))(audit)
        audit.recorded.set(DAY, [KPJ])
      }),
  },
  {
    table: 'facts',
    forged: 'a suspension under the approval of another payment’s',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const { amount, ...second } = await secondPayment(audit)
        audit.approve(CASE, stamp.decidedAt, about('suspend', 'TRUE'))
        const moves = factKey('payment', 'bni', second.id)
        await facts({ kind: 'suspension', account: KPJ, source: 'finance', id: [CASE], ...stamp, moves, amount })(audit)
        audit.recorded.set(DAY, [KPJ])
      }),
  },
  {
    table: 'facts',
    forged: 'a refund of a member’s share under the approval of another member’s',
    foundBy: 'audit-ledger: exit-without-half',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const share = await paidBill(audit, 'BILL')
        const step = `share-${OTHER}-0`
        const subject = exitSubject({ channel: 'bni', paymentId: 'BILL', step })
        const request = { action: 'refund', to: null, amountRupiah: MONTH_PRICE }
        audit.approve(subject, stamp.decidedAt, { account: OTHER, fact: keyOf(share), request })
        const refund = (account: Fact['account'], refunds: RefundFact['refunds']): RefundFact => ({
          ...{ kind: 'refund', account, source: 'finance', id: ['bni', 'BILL', step], ...stamp, refunds },
          amount: rupiah(MONTH_PRICE),
        })
        const ofBill = refund(share.billCode, factKey('payment', 'bni', ['BILL']))
        await facts(refund(OTHER, keyOf(share)), ofBill, refund(KPJ, keyOf(share)))(audit)
        audit.recorded.set(DAY, [KPJ])
      }),
  },
  {
    table: 'facts',
    forged: 'a member’s share of a paid bill, once more under another id',
    foundBy: 'audit-ledger: share-without-payment',
    within: SUNDAY,
    find: () =>
      sunday(async (audit) => {
        const share = await paidBill(audit, 'BILL')
        await facts({ ...share, id: [share.billCode, 'bni', 'BILL2'] })(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'the reversal of a member’s share under the end of the bill’s other payment',
    foundBy: 'audit-ledger: share-without-payment',
    within: SUNDAY,
    find: () =>
      sunday(async (audit) => {
        const { billCode: customerId } = await paidBill(audit, 'FIRST')
        const counter = counterOf(audit.hub, 'bni')
        await counter.reverse({ customerId, paymentId: 'FIRST' })
        await counter.pay({ customerId, paymentId: 'AGAIN', amount: rupiah(2 * MONTH_PRICE) })
        await audit.fold()
        const share = await shareOf(audit, 'AGAIN')
        const ends = (await audit.hub.store.facts.ofAccount(share.billCode)).filter(({ kind }) => kind === 'reversal')
        const [end] = ends
        if (end?.kind !== 'reversal') throw new Error('expected the end of the first payment')
        const { mac: _, ...taken } = end
        await facts({ ...taken, account: KPJ, id: share.id, reverses: keyOf(share), amount: share.amount })(audit)
      }),
  },
]
