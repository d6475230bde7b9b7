/** One decision per payment id, one payment per bill, and the fact behind an accepted decision. */
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../shared/domain/instant.ts'
import { billCodeOf, isAccepted } from '../../../shared/ledger/accepted-decision.ts'
import { decide, putDecision } from '../../../shared/ledger/decide.ts'
import { UnknownOutcome } from '../../../shared/runtime/faults.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { BILL, failing, type Hub, hubOn, issueBill } from '../../support/endpoint.ts'
import { KPJ } from '../../support/facts.ts'
import { accepted, DECIDED, refused } from './drafts.ts'

const portsOf = (hub: Hub) => ({ ...hub.store, now: () => hub.clock.now })
const factsIn = (hub: Hub) => hub.store.everything().facts.map(({ account }) => account)

describe('deciding', () => {
  test('an accepted decision is followed by its fact', async () => {
    const hub = hubOn()
    const decision = accepted()
    expect(await decide(portsOf(hub), decision, DECIDED)).toEqual({ outcome: 'decided', decision })
    expect(await hub.store.decisions.get('pos', 'T1')).toEqual(decision)
    expect(factsIn(hub)).toEqual([KPJ])
  })

  test('a refused one has none', async () => {
    const hub = hubOn()
    const decision = refused()
    expect(await decide(portsOf(hub), decision, DECIDED)).toEqual({ outcome: 'decided', decision })
    expect(factsIn(hub)).toEqual([])
  })

  test('where another decision stands, that one is returned, and no fact is put', async () => {
    const hub = hubOn()
    await putDecision(hub.store, refused())
    expect(await decide(portsOf(hub), accepted(), DECIDED)).toEqual({ outcome: 'exists', decision: refused() })
    expect(factsIn(hub)).toEqual([])
  })

  test('a lost answer is asked for once more', async () => {
    const hub = hubOn()
    failing(hub, { store: 'payment-decisions', phase: 'after' }, new UnknownOutcome('expected an answer'), 1)
    expect(await decide(portsOf(hub), accepted(), DECIDED)).toEqual({ outcome: 'decided', decision: accepted() })
  })

  test('twice lost is unknown, and no fact is put', async () => {
    const hub = hubOn()
    failing(hub, { store: 'payment-decisions', phase: 'after' }, new UnknownOutcome('expected an answer'), 2)
    await expect(decide(portsOf(hub), accepted(), DECIDED)).rejects.toBeInstanceOf(UnknownOutcome)
    expect(factsIn(hub)).toEqual([])
  })
})

describe('a bill', () => {
  test('is paid by the first; the second is refused as already paid, under its own id', async () => {
    const hub = hubOn()
    await issueBill(hub)
    expect(await putDecision(hub.store, accepted('T1', BILL))).toMatchObject({ outcome: 'decided' })
    const second = await decide(portsOf(hub), accepted('T2', BILL), DECIDED)
    expect(second).toMatchObject({ outcome: 'decided', decision: { account: null, outcome: { code: 'already-paid' } } })
    expect(await hub.store.decisions.get('pos', 'T2')).toEqual(second.decision)
    expect((await hub.store.bills.get(BILL))?.paidBy).toBe('pos#T1')
    expect(factsIn(hub)).toEqual([])
  })

  test('already paid, under an id that is decided meanwhile: what stands is returned', async () => {
    const hub = hubOn()
    await issueBill(hub)
    await putDecision(hub.store, accepted('T1', BILL))
    const meanwhile = { ...hub.store.decisions, putPayingBill: async () => ({ outcome: 'already-paid' as const }) }
    await putDecision(hub.store, refused('T2'))
    const decided = await putDecision({ decisions: meanwhile }, accepted('T2', BILL))
    expect(decided).toEqual({ outcome: 'exists', decision: refused('T2') })
  })

  test('is told from a member by the account', () => {
    expect(billCodeOf(accepted('T1', BILL))).toBe(BILL)
    expect(billCodeOf(accepted())).toBeNull()
    expect([accepted(), refused()].map(isAccepted)).toEqual([true, false])
    expect(isAccepted({ ...accepted(), account: null } as PaymentDecision)).toBe(false)
  })
})

describe('a reversal that came first', () => {
  const reversedFirst = (signedAt: Instant | null): PaymentDecision => ({
    ...refused(),
    outcome: { kind: 'reversed-first', signedAt },
  })

  test.each([
    ['signed before the payment gives way', (DECIDED - 1_000) as Instant, 'decided'],
    ['signed in its moment gives way', DECIDED, 'decided'],
    ['signed after it holds', (DECIDED + 1) as Instant, 'exists'],
    ['whose operation is signed too holds for every payment', null, 'exists'],
  ])('%s', async (_, signedAt, outcome) => {
    const hub = hubOn()
    await putDecision(hub.store, reversedFirst(signedAt))
    expect((await decide(portsOf(hub), accepted(), DECIDED)).outcome).toBe(outcome)
    expect(factsIn(hub)).toEqual(outcome === 'decided' ? [KPJ] : [])
  })

  test('gives way to a payment of a bill, and to nothing that names no signed time', async () => {
    const hub = hubOn()
    await issueBill(hub)
    await putDecision(hub.store, reversedFirst(DECIDED))
    expect((await putDecision(hub.store, accepted('T1', BILL))).outcome).toBe('exists')
    expect((await decide(portsOf(hub), accepted('T1', BILL), DECIDED)).outcome).toBe('decided')
    expect((await hub.store.bills.get(BILL))?.paidBy).toBe('pos#T1')
  })
})
