/** Money in suspense at the console: what finance put there is listed with its age and why, until it has left. */
import { describe, expect, test } from 'vitest'
import { suspenseAccount } from '../../../../shared/domain/account.ts'
import { factKey, keyOf } from '../../../../shared/domain/fact.ts'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { exitSubject } from '../../../../shared/domain/suspense-exit.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'

/** A line of nobody that was posted, and a payment that the file does not have and that was suspended. */
async function withSuspense(): Promise<{ readonly hub: SettlementHub; readonly missing: string }> {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321', amount: 9_000 })])
  const ids = Object.fromEntries((await hub.cases('indomaret', DAY)).map(({ id, finding }) => [finding.class, id]))
  const missing = ids['missing-in-file'] ?? ''
  await hub.decide(ids['missing-in-hub'] ?? '', 'post')
  await hub.decide(missing, 'suspend')
  return { hub, missing }
}

test('it is listed with its account, its channel, its age and why, page by page', async () => {
  const { hub, missing } = await withSuspense()
  hub.setClock('2026-11-30T09:00')
  const first = await hub.call('viewer', 'GET', '/api/suspense?limit=1')
  const second = await hub.call('viewer', 'GET', `/api/suspense?limit=1&after=${first.body.next}`)
  expect([first.status, second.status]).toEqual([200, 200])
  const items = [...first.body.items, ...second.body.items].sort((a, b) => a.amountRupiah - b.amountRupiah)
  const common = { channel: 'indomaret', since: DAY, ageDays: 10, actions: ['release', 'refund'], proposal: null }
  const id = expect.stringMatching(/^2026-11-20-[\w-]{43}$/)
  expect(items).toEqual([
    {
      ...common,
      id,
      paymentId: 'T1',
      account: '12345678901',
      factKey: 'payment#indomaret#T1',
      amountRupiah: 8_400,
      why: 'suspended',
      differenceId: missing,
    },
    {
      ...common,
      id,
      paymentId: 'X1',
      account: suspenseAccount('indomaret', 'X1'),
      factKey: 'posting#settlement#indomaret#X1',
      amountRupiah: 9_000,
      why: 'unknown-payer',
      differenceId: null,
    },
  ])
})

test('it ages by channel', async () => {
  const { hub } = await withSuspense()
  hub.setClock('2026-12-30T09:00')
  const aged = await hub.call('viewer', 'GET', '/api/ageing/suspense')
  expect(aged).toMatchObject({
    status: 200,
    body: { asOf: '2026-12-30', channels: [{ channel: 'indomaret', totalRupiah: 17_400, count: 2, oldestDays: 40 }] },
  })
  expect(aged.body.channels[0].ages[2]).toEqual({ label: '31-90', amountRupiah: 17_400, count: 2 })
})

test('what finance took back since is in suspense no longer', async () => {
  const { hub } = await withSuspense()
  for (const fact of hub.store.everything().facts.filter(({ kind }) => kind === 'posting')) {
    await hub.store.facts.put({
      kind: 'reversal',
      account: fact.account,
      source: 'finance',
      id: ['indomaret', 'X1'],
      decidedAt: hub.clock.now,
      recordedAt: hub.clock.now,
      reverses: factKey('posting', 'settlement', ['indomaret', 'X1']),
      partnerAt: hub.clock.now,
      businessDate: DAY as BusinessDate,
      amount: rupiah(9_000),
      outlet: '',
    })
  }
  const listed = await hub.call('viewer', 'GET', '/api/suspense')
  expect(listed.body.items.map(({ why }: { readonly why: string }) => why)).toEqual(['suspended'])
  expect((await hub.call('viewer', 'GET', '/api/ageing/suspense')).body.channels).toMatchObject([
    { totalRupiah: 8_400 },
  ])
})

test('a cursor of another list is refused', async () => {
  const { hub } = await withSuspense()
  const refused = await hub.call('viewer', 'GET', '/api/suspense?after=Zm9v')
  expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
})

describe('the way out takes two people', () => {
  const proposal = { action: 'refund', reason: 'the partner asks for it' }

  async function oneOf(hub: SettlementHub, why: string): Promise<string> {
    const { body } = await hub.call('viewer', 'GET', '/api/suspense')
    return body.items.find((item: { readonly why: string }) => item.why === why).id
  }

  test('whoever proposed cannot approve, and a viewer can do neither', async () => {
    const { hub } = await withSuspense()
    const at = `/api/suspense/${await oneOf(hub, 'suspended')}`
    expect(await hub.call('viewer', 'POST', `${at}/proposal`, proposal)).toMatchObject({ status: 403 })
    expect(await hub.call('approver', 'POST', `${at}/proposal`, proposal)).toMatchObject({
      status: 200,
      body: { state: 'proposed', action: 'refund', kpj: null, amountRupiah: 8_400, proposedBy: 'local-approver' },
    })
    const own = await hub.call('approver', 'POST', `${at}/approval`, { decision: 'approve' })
    expect(own).toMatchObject({ status: 403, body: { code: 'OWN_PROPOSAL' } })
    expect(await hub.call('operator', 'POST', `${at}/approval`, { decision: 'approve' }, 'another')).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    })
    await hub.drain()
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'reversal')).toEqual([])
    const { body } = await hub.call('viewer', 'GET', '/api/suspense')
    expect(
      body.items.map((item: { proposal: { state: string } | null }) => item.proposal?.state ?? null).sort(),
    ).toEqual([null, 'proposed'].sort())
  })

  test('the same step again is the same answer; another proposal waits until the first is rejected', async () => {
    const { hub } = await withSuspense()
    const at = `/api/suspense/${await oneOf(hub, 'unknown-payer')}`
    const first = await hub.call('operator', 'POST', `${at}/proposal`, proposal)
    expect(await hub.call('operator', 'POST', `${at}/proposal`, proposal)).toEqual(first)
    const release = { action: 'release', kpj: '12345678901', reason: 'the payer was found' }
    expect(await hub.call('operator', 'POST', `${at}/proposal`, release)).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_PROPOSED' },
    })
    const rejected = await hub.call('approver', 'POST', `${at}/approval`, { decision: 'reject', reason: 'look again' })
    expect(rejected).toMatchObject({ status: 200, body: { state: 'rejected', remark: 'look again' } })
    expect(await hub.call('operator', 'POST', `${at}/proposal`, release)).toMatchObject({ status: 200 })
    const approved = await hub.call('approver', 'POST', `${at}/approval`, { decision: 'approve' })
    expect(await hub.call('approver', 'POST', `${at}/approval`, { decision: 'approve' })).toEqual(approved)
    expect(await hub.call('operator', 'POST', `${at}/proposal`, proposal)).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_DECIDED' },
    })
  })

  test('each step is in the audit chain with the money that it is about', async () => {
    const { hub } = await withSuspense()
    const before = hub.settlements.chain.length
    const at = `/api/suspense/${await oneOf(hub, 'unknown-payer')}`
    await hub.call('operator', 'POST', `${at}/proposal`, proposal)
    await hub.call('approver', 'POST', `${at}/approval`, { decision: 'approve' })
    const subject = exitSubject({ channel: 'indomaret', paymentId: 'X1', step: 'posting-1' })
    const steps = hub.settlements.chain.slice(before).map(readAuditEntry)
    expect(steps.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
      ['proposed', subject, 'local-operator'],
      ['approved', subject, 'local-approver'],
    ])
    expect(steps[1]?.detail).toMatchObject({
      request: { action: 'refund', to: null, amountRupiah: 9_000 },
      account: suspenseAccount('indomaret', 'X1'),
    })
  })

  test('nothing is approved on money that has left suspense meanwhile', async () => {
    const { hub } = await withSuspense()
    const at = `/api/suspense/${await oneOf(hub, 'suspended')}`
    await hub.call('operator', 'POST', `${at}/proposal`, proposal)
    const payment = hub.store.everything().facts.find((fact) => fact.kind === 'payment')
    if (payment?.kind !== 'payment') throw new Error('expected a payment')
    const { account, source, id, decidedAt, recordedAt, businessDate, amount } = payment
    const stamp = { account, source, id, decidedAt, recordedAt, businessDate, amount }
    const reverses = keyOf(payment)
    await hub.store.facts.put({ kind: 'reversal', ...stamp, reverses, partnerAt: decidedAt, outlet: '' })
    expect(await hub.call('approver', 'POST', `${at}/approval`, { decision: 'approve' })).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_DECIDED' },
    })
  })

  test.each(['nothing', '2026-11-20-short', `2026-11-20-${'x'.repeat(43)}`])('no money has the id %s', async (id) => {
    const { hub } = await withSuspense()
    const asked = [
      await hub.call('operator', 'POST', `/api/suspense/${id}/proposal`, proposal),
      await hub.call('approver', 'POST', `/api/suspense/${id}/approval`, { decision: 'approve' }),
    ]
    for (const answer of asked) expect(answer).toMatchObject({ status: 404, body: { code: 'UNKNOWN_SUSPENSE' } })
  })
})
