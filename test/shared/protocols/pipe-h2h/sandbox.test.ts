/** The retailer's side of the pipe protocol: what its terminal signs and when, and what it takes from a reply. */
import { describe, expect, test } from 'vitest'
import type { HttpCall, HttpReply, SandboxFile } from '../../../../shared/channel-port/partner.ts'
import { type Instant, instant } from '../../../../shared/domain/instant.ts'
import { pipeSandbox } from '../../../../shared/protocols/pipe-h2h/sandbox.ts'
import { signPipe } from '../../../../shared/protocols/pipe-h2h/signature.ts'
import { KEYS, NOW } from './call.ts'

const FILE: SandboxFile = {
  channel: 'corner-shop',
  protocol: 'pipe-h2h',
  baseUrl: 'http://127.0.0.1:1/channels/corner-shop',
  agentId: KEYS.agentId,
  agentPin: KEYS.agentPin,
  agentStoreId: 'T001',
  agentStoreIds: KEYS.storeIds,
  secretKey: KEYS.secretKey,
}
const PAYMENT = {
  id: 'TRX-1',
  customerId: '12345678901',
  months: 3,
  amountRupiah: 33_600,
  adminFeeRupiah: 2_500,
  outlet: 'T002',
}
const REVERSAL = { id: 'TRX-1', customerId: '12345678901', reason: 'cancelled', outlet: 'T002' }
const CALLER = 'AGENT1|******|TRX-1|T002|12345678901|20261120140321'
const REPLIES = {
  inquiry: `${CALLER}|00|Success|20261120140321|03|BU*** SA***|202611,202612|20261116|33600|0|36100|2500|BPUTK03|1`,
  payment: `${CALLER}|03|33600|0|36100|2500|00|Success|20261120140321|HUB1|202611,202612|BPUTK03`,
  reversal: `${CALLER}|00|Success|20261120140321|HUB1|202611,202612|BPUTK03`,
} as const

/** A terminal whose calls are answered with one reply, and a clock that is set by hand. */
function terminal(body = '', { status = 200, file = FILE }: { status?: number; file?: SandboxFile } = {}) {
  const calls: HttpCall[] = []
  const clock = { now: NOW }
  const send = async (call: HttpCall): Promise<HttpReply> => {
    calls.push(call)
    return { status, headers: {}, body }
  }
  const partner = pipeSandbox.partner(file, send, () => clock.now)
  const reverse = partner.reverse ?? (() => Promise.reject(new Error('expected a reversal')))
  const fields = () => calls.map(({ url }) => Object.fromEntries(new URL(url).searchParams))
  const times = () => fields().map(({ DateTimeRequest }) => DateTimeRequest)
  return { partner: { ...partner, reverse }, calls, clock, fields, times }
}

describe('a call', () => {
  test('of a payment names all that is paid, signed, as a GET without a body', async () => {
    const { partner, calls, fields } = terminal(REPLIES.payment)
    await partner.pay({ ...PAYMENT, id: 'TRX 1&x' })
    const [sent] = fields()
    const { Signature, ...values } = sent ?? {}
    expect(values).toEqual({
      AgentID: 'AGENT1',
      AgentPIN: '246810',
      AgentTrxID: 'TRX 1&x',
      AgentStoreID: 'T002',
      ProductID: 'BPUTK03',
      CustomerID: '12345678901',
      DateTimeRequest: '20261120140321',
      PaymentPeriod: '03',
      Amount: '33600',
      Charge: '0',
      Total: '36100',
      AdminFee: '2500',
    })
    expect(Signature).toBe(signPipe('payment', values, KEYS.secretKey))
    expect(calls[0]).toMatchObject({ method: 'GET', headers: {}, body: null })
    expect(calls[0]?.url).toMatch(/^http:\/\/127\.0\.0\.1:1\/channels\/corner-shop\/payment\?AgentID=AGENT1&/)
  })

  test('of an inquiry or a reversal names no money, and its own product', async () => {
    const { partner, calls, fields } = terminal(REPLIES.inquiry)
    await partner.inquire({ id: 'TRX-1', customerId: '9912345678901232', months: 1 })
    await partner.reverse(REVERSAL)
    const names = [
      ...['AgentID', 'AgentPIN', 'AgentTrxID', 'AgentStoreID', 'ProductID', 'CustomerID', 'DateTimeRequest'],
      'Signature',
    ]
    expect(fields().map((each) => Object.keys(each))).toEqual([names, names])
    expect(fields()).toMatchObject([{ ProductID: 'BPUBL' }, { ProductID: 'BPUTK' }])
    expect(calls.map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual(['inquiry', 'reversal'])
  })

  test('comes from the outlet where it is a registered store, and from the file’s own where it is not', async () => {
    const { partner, fields } = terminal(REPLIES.payment)
    for (const outlet of ['T002', 'T009', '']) await partner.pay({ ...PAYMENT, outlet })
    await partner.inquire({ id: 'TRX-2', customerId: '12345678901', months: 1 })
    expect(fields().map(({ AgentStoreID }) => AgentStoreID)).toEqual(['T002', 'T001', 'T001', 'T001'])
  })

  test.each(['inquiry', 'payment', 'reversal'] as const)(
    'of kind %s is handed out signed, for a test to spoil',
    async (kind) => {
      const { partner, calls } = terminal()
      const { url } = await partner.sign(kind, PAYMENT)
      const { Signature, ...values } = Object.fromEntries(new URL(url).searchParams)
      expect(Signature).toBe(signPipe(kind, values, KEYS.secretKey))
      expect(calls).toEqual([])
    },
  )

  test('of status there is none, and a file without its texts signs nothing', async () => {
    const { partner } = terminal()
    expect(partner.status).toBeNull()
    await expect(partner.sign('status', PAYMENT)).rejects.toThrow('no status call')
    const { agentPin: _, ...pinless } = FILE as Record<string, unknown>
    const without = terminal('', { file: pinless as SandboxFile })
    await expect(without.partner.pay(PAYMENT)).rejects.toThrow('agentPin')
    expect(without.calls).toEqual([])
  })
})

describe('the time that a terminal signs', () => {
  const moveOn = (clock: { now: Instant }, millis: number) => {
    clock.now = instant(NOW + millis)
  }

  test('of a reversal is later than its payment’s by a second at least', async () => {
    const { partner, clock, times } = terminal(REPLIES.payment)
    await partner.pay(PAYMENT)
    await partner.reverse(REVERSAL)
    moveOn(clock, 60_000)
    await partner.reverse(REVERSAL)
    expect(times()).toEqual(['20261120140321', '20261120140322', '20261120140421'])
  })

  test('of a payment that its reversal overtook stays before it, as long as it can be on its way', async () => {
    const { partner, clock, times } = terminal(REPLIES.payment)
    await partner.reverse(REVERSAL)
    moveOn(clock, 4 * 60_000 - 1_000)
    await partner.pay(PAYMENT)
    moveOn(clock, 4 * 60_000)
    await partner.pay(PAYMENT)
    expect(times()).toEqual(['20261120140321', '20261120140320', '20261120140721'])
  })

  test('of another payment, and of an inquiry, is the clock’s', async () => {
    const { partner, clock, times } = terminal(REPLIES.payment)
    await partner.reverse(REVERSAL)
    moveOn(clock, 1_000)
    await partner.pay({ ...PAYMENT, id: 'TRX-2' })
    await partner.inquire({ id: 'TRX-1', customerId: '12345678901', months: 1 })
    expect(times()).toEqual(['20261120140321', '20261120140322', '20261120140322'])
  })

  test('counts from the first time that a payment was signed, for the last thousand of them', async () => {
    const { partner, clock, times } = terminal(REPLIES.payment)
    await partner.pay(PAYMENT)
    moveOn(clock, 5_000)
    await partner.pay(PAYMENT)
    moveOn(clock, 0)
    await partner.reverse(REVERSAL)
    expect(times().at(-1)).toBe('20261120140322')
    for (let i = 1; i <= 999; i++) await partner.pay({ ...PAYMENT, id: `OTHER-${i}` })
    await partner.reverse(REVERSAL)
    expect(times().at(-1)).toBe('20261120140322')
    await partner.pay({ ...PAYMENT, id: 'OTHER-1000' })
    await partner.reverse(REVERSAL)
    expect(times().at(-1)).toBe('20261120140321')
  })
})

describe('a reply', () => {
  const MONTHS = ['2026-11', '2026-12']

  test('is read by the places of its operation', async () => {
    const inquiry = await terminal(REPLIES.inquiry).partner.inquire({
      id: 'TRX-1',
      customerId: '12345678901',
      months: 3,
    })
    const common = { status: 200, code: '00', accepted: true, months: MONTHS }
    expect(inquiry).toEqual({
      ...common,
      amountRupiah: 33_600,
      adminFeeRupiah: 2_500,
      hubReference: null,
      body: REPLIES.inquiry,
    })
    expect(await terminal(REPLIES.payment).partner.pay(PAYMENT)).toEqual({
      ...common,
      amountRupiah: 33_600,
      adminFeeRupiah: 2_500,
      hubReference: 'HUB1',
      body: REPLIES.payment,
    })
    expect(await terminal(REPLIES.reversal).partner.reverse(REVERSAL)).toEqual({
      ...common,
      amountRupiah: null,
      adminFeeRupiah: null,
      hubReference: 'HUB1',
      body: REPLIES.reversal,
    })
  })

  test('that refuses has its code and no money', async () => {
    const refused = `${CALLER}|03|33600|0|36100|2500|13|Wrong amount|20261120140321|HUB1||BPUTK03`
    expect(await terminal(refused).partner.pay(PAYMENT)).toEqual({
      status: 200,
      code: '13',
      accepted: false,
      amountRupiah: null,
      adminFeeRupiah: null,
      months: [],
      hubReference: 'HUB1',
      body: refused,
    })
  })

  test.each([
    ['of another operation', REPLIES.reversal, 200],
    ['with another status', REPLIES.payment, 503],
    ['with a field too many', `${REPLIES.payment}|x`, 200],
    ['that is no reply', '<html>', 200],
  ])('%s is none: the terminal treats it as silence', async (_, body, status) => {
    expect(await terminal(body, { status }).partner.pay(PAYMENT)).toEqual({
      status,
      code: '',
      accepted: false,
      amountRupiah: null,
      adminFeeRupiah: null,
      months: [],
      hubReference: null,
      body,
    })
  })
})

test('keys are made for both sides: one secret, three stores, and calls from this machine', async () => {
  const { hub, partner } = (await pipeSandbox.makeKeys()) as {
    hub: Record<string, unknown>
    partner: Record<string, unknown>
  }
  expect(hub).toEqual({
    agentId: expect.stringMatching(/^AGENT\d{5}$/),
    agentPin: expect.stringMatching(/^\d{6}$/),
    secretKey: expect.stringMatching(/^[0-9a-f]{48}$/),
    storeIds: [expect.stringMatching(/^T\d{4}$/), expect.stringMatching(/^T\d{4}$/), expect.stringMatching(/^T\d{4}$/)],
    sourceAddresses: ['127.0.0.1'],
  })
  const { agentId, agentPin, secretKey, storeIds } = hub as { storeIds: readonly string[] } & Record<string, unknown>
  expect(new Set(storeIds).size).toBe(3)
  expect(partner).toEqual({ agentId, agentPin, secretKey, agentStoreId: storeIds[0], agentStoreIds: storeIds })
  expect(await pipeSandbox.makeKeys()).not.toEqual({ hub, partner })
})
