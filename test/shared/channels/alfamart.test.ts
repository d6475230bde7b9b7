/** What is Alfamart's own: products, stores, and a signed query. The rest: test/conformance/channel.test.ts. */
import { expect, test } from 'vitest'
import { channel } from '../../../shared/channels/alfamart/index.ts'
import { sandbox } from '../../../shared/channels/alfamart/sandbox.ts'
import { counterOf } from '../../conformance/channel/counter.ts'

const PAYMENT = {
  id: 'TRX-1',
  customerId: '12345678901',
  months: 3,
  amountRupiah: 33_600,
  adminFeeRupiah: 2_500,
  outlet: 'T0',
}

test('a member is paid under the product of the months, a bill under the product for bills', async () => {
  const { partner, messages } = await counterOf({ channel, sandbox })
  await partner.pay(PAYMENT)
  await partner.pay({ ...PAYMENT, customerId: '9912345678901232' })
  expect(messages).toMatchObject([
    { product: 'BPUTK03', expects: 'person', months: 3 },
    { product: 'BPUBL', expects: 'bill', months: 3 },
  ])
})

test('each store of the sandbox is registered; any other outlet falls back to the first', async () => {
  const { hub, partner: file } = await sandbox.makeKeys()
  expect(hub.storeIds).toEqual(file.agentStoreIds)
  expect(file.agentStoreId).toBe((file.agentStoreIds as string[])[0])
  const { partner, messages } = await counterOf({ channel, sandbox, keys: { hub, partner: file } })
  for (const outlet of [...(file.agentStoreIds as string[]), 'somewhere else'])
    await partner.pay({ ...PAYMENT, outlet })
  const stores = file.agentStoreIds as string[]
  expect(messages.map((message) => 'outlet' in message && message.outlet)).toEqual([...stores, stores[0]])
})

test('a signed call is a query that ends in its signature', async () => {
  const { partner } = await counterOf({ channel, sandbox })
  const call = await partner.sign('payment', PAYMENT)
  expect(call).toMatchObject({ method: 'GET', body: null })
  expect(call.url).toMatch(/^http:\/\/127\.0\.0\.1:1\/channels\/alfamart\/payment\?AgentID=.*&Signature=[0-9a-f]{40}$/)
  await expect(partner.sign('status', PAYMENT)).rejects.toThrow('no status call')
})
