/** What finance decides, carried out: each action, who gets what afterwards, and that nothing is done twice. */
import { describe, expect, test } from 'vitest'
import { reconcileMembership } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { endpointDigests, settlementDigests } from '../../../shared/ledger/payment-digests.ts'
import { BILL, counterOf, DIGEST_KEYS, issueBill, NIK } from '../../support/endpoint.ts'
import { KPJ } from '../../support/facts.ts'
import { DIGEST_SECRET, partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const MORNING = '2026-11-21T06:30'

const factsOf = (hub: SettlementHub, kind: Fact['kind']) =>
  hub.store.everything().facts.filter((fact) => fact.kind === kind)
const payments = (hub: SettlementHub) => factsOf(hub, 'payment')

/** The one open case of the day, with the file that makes it. */
async function caseOf(hub: SettlementHub, ...rows: readonly ReturnType<typeof partnerRow>[]): Promise<string> {
  hub.setClock(MORNING)
  await hub.settle('indomaret', DAY, rows)
  const open = (await hub.cases('indomaret', DAY)).filter(({ state }) => state === 'open')
  expect(open).toHaveLength(1)
  return open[0]?.id ?? ''
}

async function pay(hub: SettlementHub, paymentId: string, when = `${DAY}T10:00`): Promise<void> {
  hub.setClock(when)
  expect((await counterOf(hub, 'indomaret').pay({ paymentId })).outcome).toBe('accepted')
}

const shownCase = async (hub: SettlementHub, id: string) =>
  (await hub.call('viewer', 'GET', `/api/differences/${id}`)).body

describe('post', () => {
  test('money that the channel has and we do not becomes the payment, and the member is active', async () => {
    const hub = await settlementHub()
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`))
    expect((await hub.decide(id, 'post')).status).toBe(200)
    expect(payments(hub)).toMatchObject([
      { account: KPJ, source: 'indomaret', id: ['X1'], amount: 8_400, businessDate: DAY },
    ])
    const done = await reconcileMembership(
      { ...hub.store, sendChunks: async () => {}, rules: RULES, now: () => hub.clock.now },
      { account: KPJ },
    )
    expect(done).toMatchObject({ view: { status: 'active', paidThrough: '2026-11' } })
    expect(await shownCase(hub, id)).toMatchObject({
      state: 'resolved',
      resolution: { how: 'resolution', note: 'post: payment' },
    })
    expect((await hub.statement('indomaret', DAY))?.bridge).not.toContainEqual(
      expect.objectContaining({ label: 'missing-in-hub' }),
    )
  })

  test('a late advice of a posted payment gets its first answer, and counts once', async () => {
    const hub = await settlementHub()
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`))
    await hub.decide(id, 'post')
    const counter = counterOf(hub, 'indomaret')
    const advice = await counter.tell(counter.payment({ paymentId: 'X1' }))
    expect(advice).toMatchObject({
      repeat: true,
      answer: { outcome: 'accepted', amount: 8_400, kpj: KPJ, customerName: 'BU*** SA***' },
    })
    expect(await counter.status('X1')).toMatchObject({ outcome: 'accepted' })
    expect(await counter.pay({ paymentId: 'X1', amount: rupiah(16_800) })).toEqual({ outcome: 'conflict' })
    expect(await counter.pay({ paymentId: 'X1', customerId: '10987654321' })).toEqual({ outcome: 'conflict' })
    expect(payments(hub)).toHaveLength(1)
  })

  test('a customer who came as a NIK is found, and the advice with the NIK is the same payment', async () => {
    const hub = await settlementHub()
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`, { customer: NIK }))
    await hub.decide(id, 'post')
    expect(payments(hub)).toMatchObject([{ account: KPJ }])
    expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'X1', customerId: NIK })).toMatchObject({
      outcome: 'accepted',
    })
  })

  test.each([
    ['three months', 3, 33_600, ['2026-11', '2026-12', '2027-01']],
    ['an amount that fits no number of months', 0, 10_000, []],
  ])('for %s', async (_, __, amount, months) => {
    const hub = await settlementHub()
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`, { amount }))
    await hub.decide(id, 'post')
    const [payment] = payments(hub)
    expect(payment?.kind === 'payment' ? payment.months.flatMap(({ first }) => first).slice(0, 1) : []).toEqual(
      months.slice(0, 1),
    )
    const { byFact: places, credit } = allocate(await hub.store.facts.ofAccount(KPJ), RULES)
    expect(places[0]?.months.length).toBe(Math.max(1, months.length))
    expect((places[0]?.allocated ?? 0) + credit).toBe(amount)
  })

  test('a customer whom nobody knows: the money waits in suspense, and a late advice is refused for good', async () => {
    const hub = await settlementHub()
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321' }))
    await hub.decide(id, 'post')
    expect(payments(hub)).toEqual([])
    expect(factsOf(hub, 'posting')).toMatchObject([
      {
        account: suspenseAccount('indomaret', 'X1'),
        source: 'settlement',
        id: ['indomaret', 'X1'],
        amount: 8_400,
        businessDate: DAY,
      },
    ])
    expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'X1', customerId: '10987654321' })).toMatchObject({
      outcome: 'refused',
      code: 'unknown-customer',
    })
    const statement = await hub.statement('indomaret', DAY)
    expect(statement).toMatchObject({ openDifferences: 0, hubRupiah: 8_400, unexplainedRupiah: 0 })
    const looked = await reconcileMembership(
      { ...hub.store, sendChunks: async () => {}, rules: RULES, now: () => hub.clock.now },
      { account: suspenseAccount('indomaret', 'X1') },
    )
    expect(looked).toEqual({ outcome: 'not-a-membership' })
  })

  test('what was refused at the counter lies in suspense, and stays refused', async () => {
    const hub = await settlementHub()
    hub.setClock(`${DAY}T11:00`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'X1', amount: rupiah(1) })
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`, { amount: 1 }))
    await hub.decide(id, 'post')
    expect(factsOf(hub, 'posting')).toHaveLength(1)
    expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'X1', amount: rupiah(1) })).toMatchObject({
      outcome: 'refused',
    })
  })

  test('a bill is paid whole, once', async () => {
    const hub = await settlementHub()
    await issueBill(hub)
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`, { customer: BILL }))
    await hub.decide(id, 'post')
    expect(payments(hub)).toMatchObject([{ account: BILL, kpj: KPJ }])
    expect((await hub.store.bills.get(BILL))?.paidBy).toBe('indomaret#X1')
    expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'X1', customerId: BILL })).toMatchObject({
      outcome: 'accepted',
    })
    expect(await counterOf(hub, 'pos').pay({ paymentId: 'P1', customerId: BILL })).toMatchObject({
      code: 'already-paid',
    })
  })

  test('an advice that comes between the approval and its work is the payment, and nothing is posted beside it', async () => {
    const hub = await settlementHub()
    const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`))
    await hub.call('operator', 'POST', `/api/differences/${id}/proposal`, { action: 'post', reason: 'as agreed' })
    await hub.call('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
    expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'X1' })).toMatchObject({ outcome: 'accepted' })
    await hub.drain()
    expect(payments(hub)).toHaveLength(1)
    expect(factsOf(hub, 'posting')).toEqual([])
  })
})

describe('the other actions', () => {
  test('reverse takes the payment back, and its day says so', async () => {
    const hub = await settlementHub()
    await pay(hub, 'T1')
    const id = await caseOf(hub)
    await hub.decide(id, 'reverse')
    expect(factsOf(hub, 'reversal')).toMatchObject([
      { source: 'finance', id: ['indomaret', 'T1'], reverses: 'payment#indomaret#T1', businessDate: DAY },
    ])
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ openDifferences: 0, unexplainedRupiah: 0 })
    const { byFact: places } = allocate(await hub.store.facts.ofAccount(KPJ), RULES)
    expect(places).toMatchObject([{ reversed: 8_400, allocated: 0 }])
    // What the partner was told does not change: only its own reversal would.
    expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })).toMatchObject({ outcome: 'accepted' })
  })

  test('suspend takes the money out of the months and leaves the day as it is', async () => {
    const hub = await settlementHub()
    await pay(hub, 'T1')
    const id = await caseOf(hub)
    await hub.decide(id, 'suspend')
    expect(factsOf(hub, 'suspension')).toMatchObject([{ source: 'finance', id: [id], moves: 'payment#indomaret#T1' }])
    const { byFact: places } = allocate(await hub.store.facts.ofAccount(KPJ), RULES)
    expect(places).toMatchObject([{ suspense: 8_400, allocated: 0 }])
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ openDifferences: 0 })
  })

  test.each([
    ['write-off', { writtenOffRupiah: 8_400, chargedRupiah: 0 }],
    ['charge-channel', { writtenOffRupiah: 0, chargedRupiah: 8_400 }],
    ['accept', { writtenOffRupiah: 0, chargedRupiah: 0 }],
  ])('%s settles the question and moves no fact', async (action, figures) => {
    const hub = await settlementHub()
    await pay(hub, 'T1')
    const id = await caseOf(hub)
    const before = hub.store.everything().facts
    await hub.decide(id, action)
    expect(hub.store.everything().facts).toEqual(before)
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ openDifferences: 0, ...figures })
  })

  test('a decided difference whose figures change is open again', async () => {
    const hub = await settlementHub()
    await pay(hub, 'T1')
    const id = await caseOf(hub, partnerRow('T1', `${DAY}T10:00`, { amount: 8_300 }))
    await hub.decide(id, 'write-off')
    expect(await shownCase(hub, id)).toMatchObject({ state: 'resolved' })
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`, { amount: 8_000 })])
    const corrected = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'corrected-file')
    await hub.decide(corrected?.id ?? '', 'accept')
    expect(await shownCase(hub, id)).toMatchObject({ state: 'new', fileAmountRupiah: 8_000, proposal: null })
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ writtenOffRupiah: 0, openDifferences: 1 })
  })

  test('a corrected file that is declined leaves the first one standing and asks no more', async () => {
    const hub = await settlementHub()
    await pay(hub, 'T1')
    hub.setClock(MORNING)
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    await hub.settle('indomaret', DAY, [])
    const [corrected] = await hub.cases('indomaret', DAY)
    const at = `/api/differences/${corrected?.id}`
    await hub.call('operator', 'POST', `${at}/proposal`, { action: 'accept', reason: 'the partner says so' })
    await hub.call('approver', 'POST', `${at}/approval`, { decision: 'reject', reason: 'it is empty' })
    await hub.drain()
    expect(await shownCase(hub, corrected?.id ?? '')).toMatchObject({ state: 'resolved' })
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ file: { version: 1 }, openDifferences: 0 })
  })

  test('a reversal that the channel asked for too late is a case that finance may grant', async () => {
    const hub = await settlementHub()
    await pay(hub, 'T1')
    hub.setClock('2026-11-21T03:00')
    expect(await counterOf(hub, 'indomaret').reverse({ paymentId: 'T1' })).toEqual({ outcome: 'too-late' })
    const id = await caseOf(hub, partnerRow('T1', `${DAY}T10:00`))
    expect(await shownCase(hub, id)).toMatchObject({ class: 'late-reversal', actions: ['reverse', 'accept'] })
    await hub.decide(id, 'reverse')
    expect(factsOf(hub, 'reversal')).toHaveLength(1)
  })
})

describe('lines that may be several payments', () => {
  /** Two payments of one member within a minute of each other, and a line with what is left of an id. */
  async function twins() {
    const hub = await settlementHub()
    await pay(hub, 'CUTCUTCUT-1', `${DAY}T10:00`)
    await pay(hub, 'CUTCUTCUT-2', `${DAY}T10:01`)
    hub.setClock(MORNING)
    await hub.settle('indomaret', DAY, [partnerRow('CUTCUTCUT-', `${DAY}T10:00`)])
    return hub
  }

  test('are never matched by the hub, and a person who does it names one of the candidates', async () => {
    const hub = await twins()
    const line = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.lines.length > 0)
    expect(line?.finding).toMatchObject({
      class: 'ambiguous',
      evidence: { candidates: ['CUTCUTCUT-1', 'CUTCUTCUT-2'] },
    })
    const id = line?.id ?? ''
    expect((await hub.decide(id, 'match', { paymentId: 'T9' })).body.code).toBe('INVALID_INPUT')
    expect((await hub.decide(id, 'match')).body.code).toBe('INVALID_INPUT')
    await hub.decide(id, 'match', { paymentId: 'CUTCUTCUT-2' })
    const open = (await hub.cases('indomaret', DAY)).filter(({ state }) => state === 'open')
    expect(open.map(({ finding }) => [finding.class, finding.paymentId])).toEqual([['missing-in-file', 'CUTCUTCUT-1']])
    expect(await shownCase(hub, id)).toMatchObject({ state: 'resolved', resolution: { note: 'match' } })
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ unexplainedRupiah: 0 })
  })

  test('the payment’s side offers nothing that only a line can be used for', async () => {
    const hub = await twins()
    for (const { id, finding } of await hub.cases('indomaret', DAY)) {
      const { actions } = await shownCase(hub, id)
      const hasLine = finding.lines.length > 0
      expect([hasLine, actions.includes('post'), actions.includes('match')]).toEqual([hasLine, hasLine, hasLine])
    }
  })

  test('money of a line without an id is posted under its place in the file, and the day is settled with it', async () => {
    const hub = await settlementHub()
    const id = await caseOf(hub, partnerRow('', `${DAY}T11:00`))
    await hub.decide(id, 'post')
    expect(factsOf(hub, 'posting')).toMatchObject([{ id: ['indomaret', `${DAY}/line/2`], amount: 8_400 }])
    const statement = await hub.statement('indomaret', DAY)
    expect(statement).toMatchObject({ openDifferences: 0, unexplainedRupiah: 0, hubRupiah: 8_400 })
  })
})

describe('money that comes back after a reversal', () => {
  test('a payment that was reversed here and settled there is posted to suspense, and the day agrees', async () => {
    const hub = await settlementHub()
    await pay(hub, 'T1')
    await counterOf(hub, 'indomaret').reverse({ paymentId: 'T1' })
    const id = await caseOf(hub, partnerRow('T1', `${DAY}T10:00`))
    expect(await shownCase(hub, id)).toMatchObject({ class: 'reversed-here-settled-there' })
    await hub.decide(id, 'post')
    expect(factsOf(hub, 'posting')).toHaveLength(1)
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ openDifferences: 0, unexplainedRupiah: 0 })
    expect((await hub.cases('indomaret', DAY)).filter(({ state }) => state !== 'resolved')).toEqual([])
    expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })).toMatchObject({ outcome: 'was-reversed' })
  })
})

describe('nothing is done twice', () => {
  test('a resolution that is killed at any step and comes again ends as if it had not been', async () => {
    const story = async (dieAt: number) => {
      const hub = await settlementHub()
      const id = await caseOf(hub, partnerRow('X1', `${DAY}T11:00`))
      await hub.call('operator', 'POST', `/api/differences/${id}/proposal`, { action: 'post', reason: 'as agreed' })
      await hub.call('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
      const entries = hub.settlements.inserted().filter(({ entry }) => entry.startsWith('resolution#'))
      let step = 0
      const die = () => {
        if (++step === dieAt) throw new Error('killed')
      }
      hub.hook.current = async ({ kind, phase }) => {
        if (kind === 'write' && phase === 'after') die()
      }
      hub.entryHook.current = async ({ method, phase }) => {
        if (phase === 'after' && /put|transact/.test(method)) die()
      }
      hub.sent.push(...entries)
      let killed = false
      await hub.drain().catch(() => {
        killed = true
      })
      hub.hook.current = async () => {}
      hub.entryHook.current = async () => {}
      hub.sent.push(...entries, ...entries)
      await hub.drain()
      const { facts, decisions } = hub.store.everything()
      const statement = await hub.statement('indomaret', DAY)
      const { history: _history, version: _version, ...shown } = await shownCase(hub, id)
      return { killed, facts, decisions, open: statement?.openDifferences, hubRupiah: statement?.hubRupiah, shown }
    }
    const whole = await story(0)
    expect(whole).toMatchObject({ killed: false, open: 0, hubRupiah: 8_400 })
    let kills = 0
    for (let dieAt = 1; dieAt < 30; dieAt++) {
      const { killed, ...after } = await story(dieAt)
      if (!killed) break
      kills++
      expect({ ...after, killed: false }).toEqual(whole)
    }
    expect(kills).toBeGreaterThan(3)
  })

  test('settlement makes its digests exactly as the endpoints do', () => {
    const ours = settlementDigests(DIGEST_SECRET)
    const endpoint = endpointDigests(DIGEST_KEYS, 'bni')
    expect(endpoint.sameCustomer(ours.ofCustomer(KPJ), KPJ)).toBe(true)
    expect(ours.reference('bni', 'T1')).toBe(endpoint.reference('T1'))
    expect(ours.participant(NIK)).toBe(endpoint.participant(NIK))
  })
})
