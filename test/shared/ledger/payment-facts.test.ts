/** A payment's facts: read by key, put again without harm, taken back once. */
import { describe, expect, test } from 'vitest'
import type { Account } from '../../../shared/domain/account.ts'
import { factKey, type ReversalFact } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { paymentKey } from '../../../shared/domain/payment-key.ts'
import {
  channelReversalKey,
  financeReversalKey,
  lateReversalKey,
  paymentFactKey,
} from '../../../shared/ledger/accepted-decision.ts'
import { putDecision } from '../../../shared/ledger/decide.ts'
import {
  healPaymentFact,
  notBefore,
  putPaymentFact,
  putReversalFact,
  readPaymentFacts,
} from '../../../shared/ledger/payment-facts.ts'
import { UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { BILL, failing, hubOn, issueBill } from '../../support/endpoint.ts'
import { at, KPJ } from '../../support/facts.ts'
import { accepted, DECIDED } from './drafts.ts'

const EVERY = ['payment', 'channelReversal', 'lateReversal', 'financeReversal'] as const

function open() {
  const hub = hubOn()
  return { hub, writer: { facts: hub.store.facts, now: () => hub.clock.now } }
}

function reversalOf(id: readonly string[], source: string, account: Account = KPJ): ReversalFact {
  return {
    kind: 'reversal',
    account,
    source,
    id,
    decidedAt: DECIDED,
    recordedAt: DECIDED,
    reverses: paymentFactKey(accepted()),
    partnerAt: DECIDED,
    businessDate: accepted().outcome.terms.businessDate,
    amount: accepted().outcome.terms.amount,
    outlet: '',
  }
}

describe('keys', () => {
  test('keep ids apart that hold the separator', () => {
    const odd = { channel: 'pos', paymentId: 'a#b' }
    expect(paymentFactKey(odd)).toBe(factKey('payment', 'pos', ['a#b']))
    expect(channelReversalKey(odd)).toBe('reversal#pos#a%23b')
    expect(lateReversalKey(odd)).toBe('late-reversal#pos#a%23b')
    expect(financeReversalKey(odd)).toBe('reversal#finance#pos#a%23b')
    expect(paymentKey(odd.channel, odd.paymentId)).toBe('pos#a%23b')
  })
})

describe('the payment’s fact', () => {
  test('is what the decision decided, recorded when it is put', async () => {
    const { hub, writer } = open()
    hub.clock.now = at('2026-11-20T10:07')
    const decision = accepted()
    await putPaymentFact(writer, decision)
    expect(hub.store.everything().facts).toEqual([
      {
        kind: 'payment',
        account: KPJ,
        source: 'pos',
        id: ['T1'],
        decidedAt: DECIDED,
        recordedAt: hub.clock.now,
        ...decision.outcome.terms,
      },
    ])
  })

  test('is never recorded before it was decided, whatever the clock says', async () => {
    const { hub, writer } = open()
    hub.clock.now = (DECIDED - 5_000) as Instant
    await putPaymentFact(writer, accepted())
    expect(hub.store.everything().facts).toMatchObject([{ decidedAt: DECIDED, recordedAt: DECIDED }])
    expect(notBefore(at('2026-11-20T11:00'), DECIDED)).toBe(at('2026-11-20T11:00'))
  })

  test('is healed where it is missing, and left alone where it is there', async () => {
    const { hub, writer } = open()
    const decision = accepted()
    const before = await readPaymentFacts(hub.store.facts, decision, EVERY)
    expect(before).toEqual({})
    expect(await healPaymentFact(writer, decision, before)).toBe('healed')
    const after = await readPaymentFacts(hub.store.facts, decision, EVERY)
    expect(after.payment).toMatchObject({ kind: 'payment', id: ['T1'] })
    expect(await healPaymentFact(writer, decision, after)).toBe('complete')
    expect(hub.store.everything().facts).toHaveLength(1)
  })

  test('is put although the first answer was lost', async () => {
    const { hub, writer } = open()
    failing(hub, { store: 'facts', method: 'put', phase: 'after' }, new UnknownOutcome('expected an answer'), 1)
    await putPaymentFact(writer, accepted())
    expect(hub.store.everything().facts).toHaveLength(1)
  })
})

describe('what became of a payment', () => {
  test.each([
    ['channelReversal', reversalOf(['T1'], 'pos')],
    ['lateReversal', { ...reversalOf(['T1'], 'pos'), kind: 'late-reversal' as const }],
    ['financeReversal', reversalOf(['pos', 'T1'], 'finance')],
  ])('%s is found by its name, and only where it is asked for', async (name, fact) => {
    const { hub } = open()
    await hub.store.facts.put(fact)
    expect(await readPaymentFacts(hub.store.facts, accepted(), EVERY)).toEqual({ [name]: fact })
    expect(await readPaymentFacts(hub.store.facts, accepted(), ['payment'])).toEqual({})
    expect(await readPaymentFacts(hub.store.facts, accepted('T2'), EVERY)).toEqual({})
  })
})

describe('a reversal', () => {
  test('of a member’s payment is one fact, put once', async () => {
    const { hub } = open()
    const payment = { channel: 'pos', paymentId: 'T1', billCode: null }
    expect(await putReversalFact(hub.store.facts, reversalOf(['T1'], 'pos'), payment)).toBe('put')
    expect(await putReversalFact(hub.store.facts, reversalOf(['T1'], 'pos'), payment)).toBe('exists')
    expect(hub.store.everything().facts).toHaveLength(1)
  })

  test.each(['pos', 'finance'])('of a bill’s payment by %s frees the bill that it pays', async (source) => {
    const { hub } = open()
    await issueBill(hub)
    await putDecision(hub.store, accepted('T1', BILL))
    expect((await hub.store.bills.get(BILL))?.paidBy).toBe('pos#T1')
    const id = source === 'pos' ? ['T1'] : ['pos', 'T1']
    const payment = { channel: 'pos', paymentId: 'T1', billCode: BILL }
    failing(hub, { method: 'putReversingBill', phase: 'after' }, new UnknownOutcome('expected an answer'), 1)
    await putReversalFact(hub.store.facts, reversalOf(id, source, BILL), payment)
    expect((await hub.store.bills.get(BILL))?.paidBy).toBeNull()
  })
})
