/** An audit is worth what it notices: each row plants one defect into tables that are right, and names what must be found. */
import { expect, test } from 'vitest'
import { foldView } from '../../functions/reconcile-membership/reconcile-membership.ts'
import { billCodeOf } from '../../shared/domain/bill-code.ts'
import type { Fact, PaymentFact, ShareFact } from '../../shared/domain/fact.ts'
import { keyOf } from '../../shared/domain/fact.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { RULES } from '../../shared/domain/rules.ts'
import type { DayEntry } from '../../shared/store/facts/facts.ts'
import type { PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { KPJ } from '../support/facts.ts'
import { DECIDED, decisionOf, paymentOf, reversalOf, termsOf } from '../support/stored.ts'
import type { GivenAnswer, Question, RememberedPayment } from './partner-memory.ts'
import { FINDINGS, type Finding, reconcile } from './reconcile.ts'
import type { Stored } from './stored.ts'

const BILL = billCodeOf(1)
const OTHER = kpjOf('26000000042')

const kept = paymentOf('kept')
const undone = paymentOf('undone')
const reversal = reversalOf(undone)
const billed: PaymentFact = { ...paymentOf('billed'), account: BILL }
const share: ShareFact = {
  kind: 'share',
  account: OTHER,
  source: 'bni',
  id: [BILL, 'bni', 'billed'],
  decidedAt: billed.decidedAt,
  recordedAt: billed.recordedAt,
  billCode: BILL,
  paymentId: 'billed',
  amount: billed.amount,
  months: billed.months,
}

const remembered = (
  id: string,
  customer: string,
  kpj: string,
  answers: Partial<Record<Question, GivenAnswer['meaning']>>,
) =>
  ({
    channel: 'bni',
    call: { id, customer, amount: 16_800 },
    kpj,
    answers: new Map(Object.entries(answers).map(([question, meaning]) => [question, { meaning, text: meaning }])),
  }) as RememberedPayment

const counters: readonly RememberedPayment[] = [
  remembered('kept', KPJ, KPJ, { payment: 'accepted' }),
  remembered('undone', KPJ, KPJ, { payment: 'accepted', reversal: 'accepted' }),
  remembered('billed', BILL, OTHER, { payment: 'accepted' }),
  remembered('refused', KPJ, KPJ, { payment: 'wrong-amount' }),
  remembered('early', KPJ, KPJ, { reversal: 'unknown-original', 'payment, once reversed': 'was-reversed' }),
]

const facts: readonly Fact[] = [termsOf(KPJ), kept, undone, reversal, billed, termsOf(OTHER), share]
const decisions: readonly PaymentDecision[] = [
  decisionOf('kept'),
  decisionOf('undone'),
  decisionOf('billed', { account: BILL }),
  decisionOf('refused', { account: null, outcome: { kind: 'refused', code: 'wrong-amount' } }),
  decisionOf('early', { account: null, outcome: { kind: 'reversed-first', signedAt: null } }),
]
const viewsOf = (partnerPayment: readonly Fact[]) =>
  [KPJ, OTHER].flatMap((kpj) => {
    const own = partnerPayment.filter(({ account }) => account === kpj)
    return foldView(kpj, own, undefined, RULES, DECIDED) ?? []
  })
const indexOf = (partnerPayment: readonly Fact[]): readonly DayEntry[] =>
  partnerPayment.flatMap((fact) =>
    fact.kind === 'payment' || fact.kind === 'reversal'
      ? [{ ...fact, fact: keyOf(fact), adminFee: 0, outlet: '' } as unknown as DayEntry]
      : [],
  )
const right: Stored = { decisions, facts, views: viewsOf(facts), index: indexOf(facts) }

/** Tables that are consistent with their own facts, so that only what the partners know can show a fault. */
const madeOf = (own: readonly Fact[], change: Partial<Stored> = {}): Stored => ({
  decisions,
  facts: own,
  views: viewsOf(own),
  index: indexOf(own),
  ...change,
})
const without = (gone: Fact) => facts.filter((fact) => fact !== gone)
const withDecision = (id: string, decision: PaymentDecision | undefined) =>
  decisions.flatMap((each) => (each.paymentId === id ? (decision ?? []) : each))
const foundIn = (stored: Stored): readonly Finding[] => {
  const findings = reconcile(counters, stored)
  return FINDINGS.filter((finding) => findings[finding].length > 0)
}

test('tables that are right show nothing', () => {
  expect(foundIn(right)).toEqual([])
})

test.each<readonly [string, Stored, readonly Finding[]]>([
  ['an acknowledged payment without a fact', madeOf(without(kept)), ['lost', 'without its fact', 'sums differ']],
  ['an acknowledged reversal without a fact', madeOf(without(reversal)), ['lost', 'sums differ']],
  ['an answer without a decision', { ...right, decisions: withDecision('refused', undefined) }, ['lost']],
  ['one payment on two accounts', madeOf([...facts, { ...kept, account: OTHER }]), ['doubled', 'sums differ']],
  ['one bill shared out twice', madeOf([...facts, { ...share, account: KPJ }]), ['doubled', 'sums differ']],
  ['money for a refused payment', madeOf([...facts, paymentOf('refused')]), ['invented', 'sums differ']],
  ['money that nobody paid', madeOf([...facts, paymentOf('nobody')]), ['invented', 'sums differ']],
  [
    'a decision that nobody sent',
    { ...right, decisions: [...decisions, decisionOf('nobody')] },
    ['invented', 'without its fact'],
  ],
  ['a fact without a decision', { ...right, decisions: withDecision('kept', undefined) }, ['lost', 'invented']],
  ['a reversal that nobody asked for', madeOf([...facts, { ...reversalOf(kept) }]), ['invented', 'sums differ']],
  [
    'another amount than was paid',
    madeOf([...without(kept), { ...kept, amount: (kept.amount + 1) as typeof kept.amount }]),
    ['decided otherwise', 'sums differ'],
  ],
  [
    'another account than was paid for',
    madeOf([...without(kept), { ...kept, account: OTHER }]),
    ['decided otherwise', 'without its fact'],
  ],
  [
    'a refusal where the answer was accepted',
    {
      ...right,
      decisions: withDecision('kept', decisionOf('kept', { outcome: { kind: 'refused', code: 'expired' } })),
    },
    ['decided otherwise'],
  ],
  ['a bill that reached nobody', madeOf(without(share)), ['shared out wrongly', 'sums differ']],
  [
    'a payment that its day does not find',
    { ...right, index: indexOf(without(kept)) },
    ['missing in the day index', 'sums differ'],
  ],
  ['a view of yesterday', { ...right, views: viewsOf(without(kept)) }, ['view is not the fold']],
  ['a member without a view', { ...right, views: [] }, ['view is not the fold']],
])('%s is noticed', (_, stored, expected) => {
  expect(foundIn(stored)).toEqual(expected)
})
