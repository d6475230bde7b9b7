/** The sandbox of the hub's own protocol, on each channel that speaks it. What every channel does: test/conformance. */
import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../../../shared/channel-port/partner.ts'
import { channels } from '../../../../shared/channels/registry.ts'
import { counterOf, KINDS } from '../../../conformance/channel/counter.ts'

const PAYMENT = {
  id: 'TRX-1',
  customerId: '12345678901',
  months: 3,
  amountRupiah: 33_600,
  adminFeeRupiah: 2_500,
  outlet: 'S1/07',
}

describe.each(channels.filter(({ profile }) => profile.protocol === 'hub-h2h'))('$profile.name', (channel) => {
  const { name } = channel.profile
  const loaded = import(new URL(`../../../../shared/channels/${name}/sandbox.ts`, import.meta.url).href) as Promise<{
    readonly sandbox: Sandbox
  }>

  test.each(KINDS)('hands out a signed %s for a test to spoil', async (kind) => {
    const { partner } = await counterOf({ channel, sandbox: (await loaded).sandbox })
    const call = await partner.sign(kind, PAYMENT)
    expect(call).toMatchObject({ method: 'POST', url: `http://127.0.0.1:1/channels/${name}/v1/${kind}` })
    expect(call.headers['webhook-signature']).toMatch(/^v1,/)
  })

  test('sends outlet and reason as they are', async () => {
    const { partner, messages } = await counterOf({ channel, sandbox: (await loaded).sandbox })
    await partner.pay(PAYMENT)
    await partner.reverse?.({ ...PAYMENT, reason: 'cancelled' })
    expect(messages).toMatchObject([{ outlet: 'S1/07' }, { outlet: 'S1/07', reason: 'cancelled' }])
  })

  test.each([
    ['', 'sandbox/01'],
    ['S1', 'S1/01'],
    ['/07', 'sandbox/07'],
  ])('completes the outlet %j to %s', async (outlet, sent) => {
    const { partner, messages } = await counterOf({ channel, sandbox: (await loaded).sandbox })
    await partner.pay({ ...PAYMENT, outlet })
    expect(messages).toMatchObject([{ outlet: sent }])
  })
})
