/** What a joined day leaves open, looked up; what a crash left out of the ledger is put on the way. */
import { describe, expect, test } from 'vitest'
import { lookUp } from '../../../functions/reconcile-settlement/look-up.ts'
import type { SettlementPorts } from '../../../functions/reconcile-settlement/ports.ts'
import type { FileVersion } from '../../../shared/domain/settlement/file-version.ts'
import { putDecision } from '../../../shared/ledger/decide.ts'
import { putPaymentFact } from '../../../shared/ledger/payment-facts.ts'
import type { KeptLine } from '../../../shared/store/settlements/records.ts'
import { accepted, DECIDED, refused } from '../../shared/ledger/drafts.ts'
import { counterOf, NIK } from '../../support/endpoint.ts'
import { at, date, KPJ } from '../../support/facts.ts'
import { type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = { channel: 'pos', date: date('2026-11-20') }
const NOTHING = { decisions: [], otherLines: [], customers: [] }

const decisionsOf = async (hub: SettlementHub, ...decisions: readonly string[]) =>
  lookUp(hub.ports, DAY, { ...NOTHING, decisions }, [])
const factsIn = (hub: SettlementHub) => hub.store.everything().facts.filter(({ kind }) => kind === 'payment')

describe('a decision that the day does not have', () => {
  test('accepted, its fact left out by a crash: the fact is put, its account noted, and it counts once', async () => {
    const hub = await settlementHub()
    await putDecision(hub.store, accepted('T1'))
    hub.setClock('2026-11-21T07:00')
    const { knowledge, healed } = await decisionsOf(hub, 'T1')
    expect(knowledge.decisions.get('T1')).toMatchObject({ kind: 'accepted', account: KPJ, reversed: false })
    expect(factsIn(hub)).toMatchObject([{ id: ['T1'], decidedAt: DECIDED, recordedAt: at('2026-11-21T07:00') }])
    expect(healed).toMatchObject([{ date: '2026-11-20', entry: { paymentId: 'T1', state: 'accepted' } }])
    expect(hub.counted).toEqual(['FactsHealed pos 1'])
    await decisionsOf(hub, 'T1')
    expect(factsIn(hub)).toHaveLength(1)
    expect(hub.counted).toHaveLength(1)
  })

  test('accepted on another day, with its fact: known, and no part of this day', async () => {
    const hub = await settlementHub()
    const earlier = accepted('T1', KPJ, at('2026-11-19T10:00'))
    await putDecision(hub.store, earlier)
    await putPaymentFact({ ...hub.store, now: () => hub.clock.now }, earlier)
    const { knowledge, healed } = await decisionsOf(hub, 'T1')
    expect(knowledge.decisions.get('T1')).toMatchObject({ businessDate: '2026-11-19' })
    expect([healed, hub.counted]).toEqual([[], []])
  })

  test.each(['channel', 'finance'])('accepted and reversed by its %s: reversed', async (by) => {
    const hub = await settlementHub()
    const counter = counterOf({ ...hub, rules: hub.ports.rules } as never, 'pos')
    await counter.pay({ paymentId: 'T1' })
    await counter.reverse({ paymentId: 'T1' })
    if (by === 'finance') {
      const reversal = hub.store.everything().facts.find(({ kind }) => kind === 'reversal')
      await putDecision(hub.store, accepted('T2'))
      if (reversal) await hub.store.facts.put({ ...reversal, source: 'finance', id: ['pos', 'T2'] })
    }
    const id = by === 'finance' ? 'T2' : 'T1'
    const { knowledge, healed } = await decisionsOf(hub, id)
    expect(knowledge.decisions.get(id)).toMatchObject({ kind: 'accepted', reversed: true })
    expect(healed).toMatchObject([{ entry: { state: 'reversed' } }])
  })

  test('refused, reversed first, or not there', async () => {
    const hub = await settlementHub()
    await putDecision(hub.store, refused('T1'))
    await putDecision(hub.store, { ...refused('T2'), outcome: { kind: 'reversed-first', signedAt: null } })
    const { knowledge } = await decisionsOf(hub, 'T1', 'T2', 'T3')
    expect(Object.fromEntries(knowledge.decisions)).toEqual({
      T1: { kind: 'refused', code: 'wrong-amount' },
      T2: { kind: 'reversed-first' },
    })
  })
})

test('accounts of customers, by whatever number they came with', async () => {
  const hub = await settlementHub()
  const bill = '9900000000000011'
  const customers = [KPJ, NIK, '3578011203850002', bill, 'nobody']
  const { knowledge } = await lookUp(hub.ports, DAY, { ...NOTHING, customers }, [])
  expect(Object.fromEntries(knowledge.accounts)).toEqual({ [KPJ]: KPJ, [NIK]: KPJ })
})

test('lines of other files that name an unknown id: of accepted files only, by day and then by line', async () => {
  const hub = await settlementHub()
  const line = (fileDate: string, number: number, sha256 = 'standing'): KeptLine => ({
    channel: 'pos',
    paymentId: 'X1',
    fileDate: date(fileDate),
    line: number,
    sha256,
    amount: accepted().outcome.terms.amount,
    fee: accepted().outcome.terms.adminFee,
    at: DECIDED,
    status: 'settled',
  })
  const kept = [line('2026-11-19', 12), line('2026-11-18', 3), line('2026-11-19', 2), line('2026-11-19', 5, 'replaced')]
  const settlements = {
    ...hub.ports.settlements,
    unknownOf: async () => [...kept, line('2026-11-20', 1)],
    fileVersions: async () => [{ state: 'accepted', sha256: 'standing' } as FileVersion],
  }
  const ports: SettlementPorts = { ...hub.ports, settlements }
  const { knowledge, otherFiles } = await lookUp(ports, DAY, { ...NOTHING, otherLines: ['X1'] }, [])
  expect(knowledge.otherLines.get('X1')?.map(({ file, line: number }) => `${file} ${number}`)).toEqual([
    '2026-11-18 3',
    '2026-11-19 2',
    '2026-11-19 12',
  ])
  expect(otherFiles).toEqual(['2026-11-18', '2026-11-19'])
})
