/** Cover by money that finance gave to its member: it came with a file of the channel, so nothing is waited for any more. */
import { expect, test } from 'vitest'
import { counterOf } from '../../../support/endpoint.ts'
import { KPJ } from '../../../support/facts.ts'
import { partnerRow, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'

test('a month that was paid by a release from suspense is covered for good, one that no file has named is not yet', async () => {
  const hub = await settlementHub()
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321' })])
  const line = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'missing-in-hub')
  await hub.decide(line?.id ?? '', 'post')
  const [item] = (await hub.call('viewer', 'GET', '/api/suspense')).body.items
  const exit = `/api/suspense/${item.id}`
  const release = { action: 'release', kpj: KPJ, reason: 'the payer was found' }
  expect((await hub.call('operator', 'POST', `${exit}/proposal`, release)).status).toBe(200)
  expect((await hub.call('approver', 'POST', `${exit}/approval`, { decision: 'approve' })).status).toBe(200)
  await hub.drain()
  hub.setClock('2026-12-20T10:00')
  const ask = async (on: string) => (await hub.call('viewer', 'GET', `/api/memberships/${KPJ}/coverage?on=${on}`)).body
  expect(await ask('2026-12-10')).toMatchObject({ covered: true, provisional: false })
  expect(await ask('2026-11-25')).toMatchObject({ covered: true, provisional: true })
})
