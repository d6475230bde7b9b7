/** What lies in the tables, for tests of the stores: complete and plausible; a test changes what it is about. */
import type { Account } from '../../shared/domain/account.ts'
import type { PaymentFact, ReversalFact, TermsFact } from '../../shared/domain/fact.ts'
import { keyOf } from '../../shared/domain/fact.ts'
import { type BusinessDate, type Instant, instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../shared/domain/money.ts'
import { month } from '../../shared/domain/month.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { FARMER, KPJ } from './facts.ts'
import { participantOf } from './ids.ts'

/** 2026-11-20 14:03:21 WIB. */
export const DECIDED: Instant = instant(Date.UTC(2026, 10, 20, 7, 3, 21))

const digest = (fill: number) => new Uint8Array(33).fill(fill)

export function paymentOf(paymentId: string, changed: Partial<PaymentFact> = {}): PaymentFact {
  return {
    kind: 'payment',
    account: KPJ,
    source: 'bni',
    id: [paymentId],
    decidedAt: DECIDED,
    recordedAt: DECIDED,
    hubReference: 'CH0123456789ABCDEF',
    partnerAt: instant(DECIDED - 400),
    businessDate: '2026-11-20' as BusinessDate,
    amount: rupiah(16_800),
    adminFee: ZERO,
    months: [{ first: month('2026-11'), count: 2, price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }],
    creditDrawn: ZERO,
    outlet: 'AGEN1',
    paidThrough: month('2026-12'),
    kpj: KPJ,
    renderer: 1,
    ...changed,
  }
}

export function reversalOf(payment: PaymentFact): ReversalFact {
  return {
    kind: 'reversal',
    account: payment.account,
    source: payment.source,
    id: payment.id,
    decidedAt: instant(payment.decidedAt + 60_000),
    recordedAt: instant(payment.decidedAt + 60_010),
    reverses: keyOf(payment),
    partnerAt: instant(payment.decidedAt + 59_000),
    businessDate: payment.businessDate,
    amount: payment.amount,
    outlet: payment.outlet,
  }
}

export function termsOf(account: Account): TermsFact {
  return {
    kind: 'terms',
    account,
    source: 'import',
    id: ['0001'],
    decidedAt: DECIDED,
    recordedAt: DECIDED,
    from: month('2026-01'),
    terms: FARMER,
    regionCode: '15.71',
    registeredOn: '2026-01-05' as BusinessDate,
    participant: participantOf('person-1'),
  }
}

export function decisionOf(paymentId: string, changed: Partial<PaymentDecision> = {}): PaymentDecision {
  const { kind: _, account, source, id: __, decidedAt, recordedAt: ___, ...terms } = paymentOf(paymentId)
  return {
    channel: source,
    paymentId,
    customerDigest: digest(1),
    factsDigest: digest(2),
    settledAmount: null,
    account,
    decidedAt,
    hubReference: terms.hubReference,
    evidenceDigest: digest(3),
    outcome: { kind: 'accepted', terms, nameFrom: DECIDED },
    ...changed,
  }
}

export function viewOf(kpj: Kpj, changed: Partial<MembershipView> = {}): MembershipView {
  return {
    kpj,
    participant: participantOf(`person-${kpj}`),
    terms: FARMER,
    regionCode: '15.71',
    registeredOn: '2026-01-05' as BusinessDate,
    paidThrough: month('2026-12'),
    credit: ZERO,
    status: 'active',
    nextTransition: { on: '2027-01-01' as BusinessDate, to: 'grace' },
    noticeDue: null,
    factCount: 2,
    asOf: DECIDED,
    version: 1,
    ...changed,
  }
}

export function contactOf(kpj: Kpj): Contact {
  return {
    kpj,
    nik: '1571010101900001',
    name: 'BUDI SANTOSO',
    phone: '+628000000001',
    email: '',
    maskedNames: [{ from: DECIDED, name: 'BU*** SA***' }],
  }
}
