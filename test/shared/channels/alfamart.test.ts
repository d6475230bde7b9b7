/** Alfamart’s sandbox against its own endpoint: what the one signs the other reads, and the other way round. */
import { describe, expect, test } from 'vitest'
import type { Accepted, Answer, EndpointRequest, Message, Quoted } from '../../../shared/channel-port/channel.ts'
import type { HttpCall, Partner } from '../../../shared/channel-port/partner.ts'
import { channel } from '../../../shared/channels/alfamart/index.ts'
import { sandbox } from '../../../shared/channels/alfamart/sandbox.ts'
import { type BusinessDate, type Instant, parseInstant } from '../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'

const NOW = parseInstant('2026-11-20T14:03:21+07:00') as Instant
const PAYMENT = {
  id: 'TRX-1',
  customerId: '12345678901',
  months: 3,
  amountRupiah: 33600,
  adminFeeRupiah: 2500,
  outlet: 'T0',
}

const price = { jkk: rupiah(5000), jkm: rupiah(3400), jht: ZERO }
const months = ['2026-11', '2026-12', '2027-01'].map((text) => ({ month: month(text), price }))
const accepted: Accepted = {
  outcome: 'accepted',
  hubReference: 'HUB1',
  customerName: 'BU** SA*****',
  kpj: '12345678901',
  months,
  creditDrawn: ZERO,
  amount: rupiah(33600),
  adminFee: rupiah(2500),
  paidThrough: month('2027-01'),
  billCode: null,
  outlet: '',
  decidedAt: NOW,
  renderer: 1,
}
const quoted: Quoted = { ...accepted, outcome: 'quoted', dueDate: '2026-11-16' as BusinessDate, quotedAt: NOW }

/** The partner of the sandbox in front of the channel's own endpoint, which gives the one answer. */
async function partnerOf(answer: Answer, seen: Message[] = []): Promise<Partner> {
  const { hub, partner } = await sandbox.makeKeys()
  const endpoint = channel.prepare(JSON.stringify({ current: hub, next: null }))
  const file = {
    channel: 'alfamart',
    protocol: 'pipe-h2h',
    baseUrl: 'http://127.0.0.1:1/channels/alfamart',
    ...partner,
  }
  return sandbox.partner(
    file,
    async (call) => {
      const reading = await endpoint.read(requestOf(call), NOW)
      if (reading.kind === 'response') return reading.response
      seen.push(reading.message)
      return reading.write(answer, NOW)
    },
    () => NOW,
  )
}

function requestOf(call: HttpCall): EndpointRequest {
  const url = new URL(call.url)
  return {
    method: call.method,
    operation: url.pathname.replace('/channels/alfamart', ''),
    rawQuery: url.search.slice(1),
    headers: call.headers,
    body: new TextEncoder().encode(call.body ?? ''),
    sourceIp: '127.0.0.1',
  }
}

describe('Alfamart’s terminal at the channel’s endpoint', () => {
  test('asks what is due and reads the quote', async () => {
    const seen: Message[] = []
    const answer = await (await partnerOf(quoted, seen)).inquire(PAYMENT)
    expect(seen).toMatchObject([{ kind: 'inquiry', requestId: 'TRX-1', customerId: '12345678901', months: 3 }])
    expect(answer).toMatchObject({ status: 200, code: '00', accepted: true, amountRupiah: 33600, adminFeeRupiah: 2500 })
    expect(answer).toMatchObject({ months: ['2026-11', '2026-12', '2027-01'], hubReference: null })
  })

  test('pays and reads the hub’s reference', async () => {
    const seen: Message[] = []
    const answer = await (await partnerOf(accepted, seen)).pay(PAYMENT)
    expect(seen).toMatchObject([
      { kind: 'payment', paymentId: 'TRX-1', product: 'BPUTK03', amount: 33600, adminFee: 2500 },
    ])
    expect(answer).toMatchObject({ code: '00', accepted: true, amountRupiah: 33600, hubReference: 'HUB1' })
    expect(answer.months).toEqual(['2026-11', '2026-12', '2027-01'])
  })

  test('pays a bill under the product for bills', async () => {
    const seen: Message[] = []
    await (await partnerOf(accepted, seen)).pay({ ...PAYMENT, customerId: '9912345678901232' })
    expect(seen).toMatchObject([{ product: 'BPUBL', expects: 'bill', months: 3 }])
  })

  test('reverses, and has no way to ask for a status', async () => {
    const seen: Message[] = []
    const reversed: Answer = { ...accepted, outcome: 'reversed', months: months.map((each) => each.month) }
    const partner = await partnerOf(reversed, seen)
    const answer = await partner.reverse?.({ ...PAYMENT, reason: 'cancelled' })
    expect(seen).toMatchObject([{ kind: 'reversal', paymentId: 'TRX-1' }])
    expect(answer).toMatchObject({ code: '00', accepted: true, hubReference: 'HUB1' })
    expect(partner.status).toBeNull()
    await expect(partner.sign('status', PAYMENT)).rejects.toThrow('no status call')
  })

  test('reads a refusal as no money', async () => {
    const refused: Answer = { outcome: 'refused', code: 'wrong-amount', hubReference: 'HUB1', decidedAt: NOW }
    const answer = await (await partnerOf(refused)).pay(PAYMENT)
    expect(answer).toMatchObject({ code: '13', accepted: false, amountRupiah: null, months: [], hubReference: 'HUB1' })
  })

  test('reads what is not the protocol’s as no answer', async () => {
    const answer = await (await partnerOf({ outcome: 'unknown-outcome' })).pay(PAYMENT)
    expect(answer).toMatchObject({ status: 503, code: '', accepted: false })
  })

  test('hands out a signed call for a test to spoil', async () => {
    const call = await (await partnerOf(accepted)).sign('payment', PAYMENT)
    expect(call).toMatchObject({ method: 'GET', body: null })
    expect(call.url).toMatch(
      /^http:\/\/127\.0\.0\.1:1\/channels\/alfamart\/payment\?AgentID=.*&Signature=[0-9a-f]{40}$/,
    )
  })
})

test('each store of the sandbox is registered; any other outlet falls back to the first', async () => {
  const { hub, partner } = await sandbox.makeKeys()
  expect(hub.storeIds).toEqual(partner.agentStoreIds)
  expect(partner.agentStoreId).toBe((partner.agentStoreIds as string[])[0])
  const seen: Message[] = []
  await (await partnerOf(accepted, seen)).pay({ ...PAYMENT, outlet: 'somewhere else' })
  expect(seen).toMatchObject([{ outlet: expect.stringMatching(/^T\d{4}$/) }])
})
