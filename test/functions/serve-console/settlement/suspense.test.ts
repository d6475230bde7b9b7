/** Money in suspense at the console: what finance put there is listed with its age and why, until it has left. */
import { expect, test } from 'vitest'
import { suspenseAccount } from '../../../../shared/domain/account.ts'
import { factKey } from '../../../../shared/domain/fact.ts'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
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
  const common = { channel: 'indomaret', since: DAY, ageDays: 10 }
  expect(items).toEqual([
    {
      ...common,
      account: '12345678901',
      factKey: 'payment#indomaret#T1',
      amountRupiah: 8_400,
      why: 'suspended',
      differenceId: missing,
    },
    {
      ...common,
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
