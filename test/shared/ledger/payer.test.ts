/** Who is meant by a customer id, and what is due: for the endpoint and for settlement alike. */
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { maskedNameAt } from '../../../shared/ledger/draft-decision.ts'
import {
  dueFor,
  dueForAmount,
  dueOnBill,
  namedAccount,
  type Payable,
  resolvePayer,
} from '../../../shared/ledger/payer.ts'
import { endpointDigests, settlementDigests } from '../../../shared/ledger/payment-digests.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import { BILL, DIGEST_KEYS, type Hub, hubOn, hubWithMember, issueBill, NIK } from '../../support/endpoint.ts'
import { at, close, date, KPJ, pay } from '../../support/facts.ts'

const OTHER = kpjOf('22222222222')
const TODAY = date('2026-11-20')

function portsOf(hub: Hub) {
  const digests = endpointDigests(DIGEST_KEYS, 'pos')
  return { ...hub.store, digests, rules: RULES, now: () => hub.clock.now }
}
async function payableIn(hub: Hub, customerId: string): Promise<Payable> {
  const payable = await resolvePayer(portsOf(hub), customerId)
  if (!payable) throw new Error('expected a payer')
  return payable
}

describe('the account that a customer id names', () => {
  test.each([
    ['a KPJ', KPJ, { kind: 'member', kpj: KPJ }],
    ['a KPJ that was never registered', OTHER, { kind: 'member', kpj: OTHER }],
    ['the NIK of a member who pays alone', NIK, { kind: 'member', kpj: KPJ }],
    ['a NIK without such a membership', '3578011203850002', undefined],
    ['a bill code', BILL, { kind: 'bill', billCode: BILL }],
    ['anything else', '123', undefined],
  ])('%s', async (_, customerId, account) => {
    expect(await namedAccount(portsOf(await hubWithMember()), customerId, TODAY)).toEqual(account)
  })

  test('settlement and the endpoint make the same digests', () => {
    const secret = JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } })
    const [settlement, endpoint] = [settlementDigests(secret), endpointDigests(DIGEST_KEYS, 'pos')]
    expect(settlement.ofCustomer(KPJ)).toEqual(endpoint.ofCustomer(KPJ))
    expect(settlement.reference('pos', 'T1')).toBe(endpoint.reference('T1'))
    expect(settlement.participant(NIK)).toBe(endpoint.participant(NIK))
    expect(endpoint.ofSignature('a')).not.toBe(endpoint.ofSignature('b'))
    expect(endpoint.ofSignature('a')).not.toBe(endpointDigests(DIGEST_KEYS, 'alfamart').ofSignature('a'))
  })
})

describe('a payer', () => {
  test('by product: a person is no bill, a bill no person', async () => {
    const hub = await hubWithMember()
    await issueBill(hub)
    const resolved = async (customerId: string, expects: 'person' | 'bill') =>
      (await resolvePayer(portsOf(hub), customerId, expects))?.kind
    expect(await resolved(KPJ, 'person')).toBe('member')
    expect(await resolved(BILL, 'bill')).toBe('bill')
    expect(await resolved(KPJ, 'bill')).toBeUndefined()
    expect(await resolved(BILL, 'person')).toBeUndefined()
  })

  test('is looked at no earlier than the view was folded, unless the caller gives the instant', async () => {
    const hub = await hubWithMember()
    const folded = (hub.clock.now + 60_000) as Instant
    const memberships = { get: async () => ({ asOf: folded }) as MembershipView }
    expect((await resolvePayer({ ...portsOf(hub), memberships }, KPJ))?.now).toBe(folded)
    expect((await resolvePayer({ ...portsOf(hub), memberships: null }, KPJ))?.now).toBe(hub.clock.now)
  })

  test('of a bill that is not there is nobody', async () => {
    expect(await resolvePayer(portsOf(hubOn()), BILL)).toBeUndefined()
  })
})

describe('what is due', () => {
  test('for the amount: the one number of months that costs it', async () => {
    const member = await payableIn(await hubWithMember(), KPJ)
    const three = dueFor(RULES, member, 3)
    expect(three).toMatchObject({ outcome: 'due', account: KPJ, billCode: null })
    if (three.outcome !== 'due') return
    expect(dueForAmount(RULES, member, three.amount)).toEqual(three)
    expect(dueForAmount(RULES, member, rupiah(1))).toEqual({ outcome: 'refused', code: 'wrong-amount' })
  })

  test('of somebody who cannot pay: refused, whatever the amount', async () => {
    const closed = await payableIn(await hubWithMember([close('2026-10-31', '2026-11-01T09:00')]), KPJ)
    for (const due of [dueFor(RULES, closed, 1), dueForAmount(RULES, closed, rupiah(8_400))]) {
      expect(due).toEqual({ outcome: 'refused', code: 'unknown-customer' })
    }
  })

  test.each([
    ['its last instant', '2026-11-30T23:59', 'due'],
    ['after it', '2026-11-30T23:59:01', 'refused'],
  ])('on a bill at %s', async (_, when, outcome) => {
    const hub = await hubWithMember()
    await issueBill(hub)
    hub.clock.now = at(when)
    const bill = await payableIn(hub, BILL)
    expect(dueFor(RULES, bill, 12)).toMatchObject({ outcome })
    expect(bill.kind === 'bill' && dueOnBill(bill)).toMatchObject({ amount: 8_400, kpj: KPJ, billCode: BILL })
  })

  test('on a bill whose month was paid otherwise: expired', async () => {
    const hub = await hubWithMember([pay('T9', '2026-11-05T10:00', ['2026-11'])])
    await issueBill(hub)
    expect(dueFor(RULES, await payableIn(hub, BILL), 1)).toEqual({ outcome: 'refused', code: 'expired' })
  })

  test('on a bill of many: its months, whose prices stand in the shares', async () => {
    const hub = await hubWithMember()
    await issueBill(hub, ['2026-11', '2026-12'], [KPJ, OTHER])
    const due = dueFor(RULES, await payableIn(hub, BILL), 1)
    expect(due).toMatchObject({ outcome: 'due', kpj: null, paidThrough: null, amount: 33_600 })
    expect(due.outcome === 'due' && due.runs.map(({ first, price }) => [first, price.jkk])).toEqual([
      ['2026-11', 0],
      ['2026-12', 0],
    ])
  })
})

test('the masked name is the one in force, or the first one for an instant before all', () => {
  const names = [
    { from: at('2026-02-01T08:00'), name: 'AA***' },
    { from: at('2026-03-01T08:00'), name: 'BB***' },
  ]
  const contact = { kpj: KPJ, nik: NIK, name: '', phone: '', email: '', maskedNames: names }
  const nameAt = (when: string) => maskedNameAt(contact, at(when))?.name
  expect(['2026-01-01T08:00', '2026-02-01T08:00', '2026-03-01T08:00'].map(nameAt)).toEqual(['AA***', 'AA***', 'BB***'])
  expect(maskedNameAt(undefined, at('2026-01-01T08:00'))).toBeUndefined()
})
