/** The sandbox of the hub's own protocol, on each channel that speaks it. What every channel does: test/conformance. */
import { describe, expect, test } from 'vitest'
import type { HttpCall, Sandbox } from '../../../../shared/channel-port/partner.ts'
import { channels } from '../../../../shared/channels/registry.ts'
import { hubKeyOf } from '../../../../shared/protocols/hub-h2h/keys.ts'
import { hubSandbox } from '../../../../shared/protocols/hub-h2h/sandbox.ts'
import { signHub } from '../../../../shared/protocols/hub-h2h/signature.ts'
import { counterOf, KINDS } from '../../../conformance/channel/counter.ts'
import { NOW } from './call.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

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

describe('a terminal', () => {
  const FILE = { channel: 'outlet', protocol: 'hub-h2h', baseUrl: 'http://127.0.0.1:1/channels/outlet', secret: SECRET }

  function terminal(body: string, status = 200) {
    const calls: HttpCall[] = []
    const send = async (call: HttpCall) => {
      calls.push(call)
      return { status, headers: {}, body }
    }
    return { partner: hubSandbox.partner(FILE, send, () => NOW), calls }
  }

  const accepted = {
    responseCode: '00',
    amount: 33_600,
    adminFee: 2_500,
    months: ['2026-11', '2026-12'],
    hubReference: 'HUB1',
  }

  test('signs each call as Standard Webhooks wants it, with the body that its operation has', async () => {
    const { partner, calls } = terminal(JSON.stringify(accepted))
    const person = { id: 'TRX-1', customerId: '12345678901' }
    await partner.inquire({ ...person, months: 3 })
    await partner.pay(PAYMENT)
    await partner.reverse?.({ ...person, reason: 'cancelled', outlet: 'S1/07/9' })
    await partner.status?.(person)
    const ids = { transactionId: 'TRX-1', customerId: '12345678901' }
    const at = '2026-11-20T14:03:21+07:00'
    expect(calls.map(({ body }) => JSON.parse(body ?? ''))).toEqual([
      { ...ids, months: 3, outlet: { id: 'sandbox', terminalId: '01' }, requestedAt: at },
      {
        ...ids,
        months: 3,
        amount: 33_600,
        adminFee: 2_500,
        total: 36_100,
        outlet: { id: 'S1', terminalId: '07' },
        transactedAt: at,
      },
      { ...ids, reason: 'cancelled', outlet: { id: 'S1', terminalId: '07' }, transactedAt: at },
      ids,
    ])
    for (const { method, headers, body } of calls) {
      const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '' } = headers
      expect([method, headers['content-type'], timestamp]).toEqual(['POST', 'application/json', '1795158201'])
      expect(id).toMatch(/^msg_[0-9a-f-]{36}$/)
      expect(headers['webhook-signature']).toBe(signHub(hubKeyOf(SECRET), id, timestamp, Buffer.from(body ?? '')))
    }
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(4)
  })

  test('takes from a reply what it says', async () => {
    const body = JSON.stringify(accepted)
    expect(await terminal(body).partner.pay(PAYMENT)).toEqual({
      status: 200,
      code: '00',
      accepted: true,
      amountRupiah: 33_600,
      adminFeeRupiah: 2_500,
      months: ['2026-11', '2026-12'],
      hubReference: 'HUB1',
      body,
    })
  })

  test.each([
    ['a refusal', { responseCode: '13', hubReference: 'HUB1' }, 200, { code: '13', hubReference: 'HUB1' }],
    ['fields of another kind', { responseCode: 0, amount: '1', adminFee: '1', months: 'x', hubReference: 7 }, 200, {}],
    ['another status', accepted, 503, {}],
    ['a text', 'OK', 200, {}],
    ['nothing', null, 200, {}],
  ])('takes nothing from %s that is not there', async (_, reply, status, known) => {
    const body = JSON.stringify(reply)
    expect(await terminal(body, status).partner.pay(PAYMENT)).toEqual({
      status,
      code: '',
      accepted: false,
      amountRupiah: null,
      adminFeeRupiah: null,
      months: [],
      hubReference: null,
      ...known,
      body,
    })
    expect(await terminal('<html>').partner.pay(PAYMENT)).toMatchObject({ code: '', accepted: false })
  })

  test('needs the secret of its channel, and is made one of 32 bytes that both sides hold', async () => {
    const { secret: _, ...bare } = FILE
    const send = () => Promise.reject(new Error('nothing is sent'))
    expect(() => hubSandbox.partner(bare, send, () => NOW)).toThrow('"secret"')
    const { hub, partner } = (await hubSandbox.makeKeys()) as { hub: { secret: string }; partner: { secret: string } }
    expect(hub).toEqual(partner)
    expect(hub.secret).toMatch(/^whsec_/)
    expect(Buffer.from(hub.secret.slice('whsec_'.length), 'base64')).toHaveLength(32)
    expect((await hubSandbox.makeKeys()).hub).not.toEqual(hub)
  })
})
