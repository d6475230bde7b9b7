/** Indomaret’s sandbox against its own endpoint: what the one signs the other reads, and the other way round. */
import { describe, expect, test } from 'vitest'
import type { Accepted, Answer, EndpointRequest, Message, Quoted } from '../../../shared/channel-port/channel.ts'
import type { HttpCall, Partner } from '../../../shared/channel-port/partner.ts'
import { channel } from '../../../shared/channels/indomaret/index.ts'
import { sandbox } from '../../../shared/channels/indomaret/sandbox.ts'
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
  outlet: 'S1/07',
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
    channel: 'indomaret',
    protocol: 'hub-h2h',
    baseUrl: 'http://127.0.0.1:1/channels/indomaret',
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
    operation: url.pathname.replace('/channels/indomaret', ''),
    rawQuery: url.search.slice(1),
    headers: call.headers,
    body: new TextEncoder().encode(call.body ?? ''),
    sourceIp: '127.0.0.1',
  }
}

describe('Indomaret’s terminal at the channel’s endpoint', () => {
  test('asks what is due and reads the quote', async () => {
    const seen: Message[] = []
    const answer = await (await partnerOf(quoted, seen)).inquire(PAYMENT)
    expect(seen).toMatchObject([{ kind: 'inquiry', requestId: 'TRX-1', customerId: '12345678901', months: 3 }])
    expect(answer).toMatchObject({ status: 200, code: '00', accepted: true, amountRupiah: 33600, adminFeeRupiah: 2500 })
    expect(answer.months).toEqual(['2026-11', '2026-12', '2027-01'])
  })

  test('pays and reads the hub’s reference', async () => {
    const seen: Message[] = []
    const answer = await (await partnerOf(accepted, seen)).pay(PAYMENT)
    expect(seen).toMatchObject([
      { kind: 'payment', paymentId: 'TRX-1', amount: 33600, adminFee: 2500, outlet: 'S1/07' },
    ])
    expect(answer).toMatchObject({ code: '00', accepted: true, hubReference: 'HUB1' })
  })

  test('reverses and asks for a status', async () => {
    const seen: Message[] = []
    const partner = await partnerOf({ ...accepted, outcome: 'reversed', months: [month('2026-11')] }, seen)
    expect(await partner.reverse?.({ ...PAYMENT, reason: 'cancelled' })).toMatchObject({
      code: '00',
      months: ['2026-11'],
    })
    expect(await partner.status?.(PAYMENT)).toMatchObject({ code: '00' })
    expect(seen).toMatchObject([
      { kind: 'reversal', paymentId: 'TRX-1', reason: 'cancelled' },
      { kind: 'status', paymentId: 'TRX-1' },
    ])
  })

  test('reads a refusal as no money', async () => {
    const refused: Answer = { outcome: 'refused', code: 'wrong-amount', hubReference: 'HUB1', decidedAt: NOW }
    const answer = await (await partnerOf(refused)).pay(PAYMENT)
    expect(answer).toMatchObject({ code: '13', accepted: false, amountRupiah: null, months: [], hubReference: 'HUB1' })
  })

  test('reads a problem, and a body of somebody else, as no answer', async () => {
    const answer = await (await partnerOf({ outcome: 'unknown-outcome' })).pay(PAYMENT)
    expect(answer).toMatchObject({ status: 503, code: '', accepted: false })
    const { partner } = await sandbox.makeKeys()
    const file = { channel: 'indomaret', protocol: 'hub-h2h', baseUrl: 'http://127.0.0.1:1', ...partner }
    const lost = sandbox.partner(
      file,
      async () => ({ status: 200, headers: {}, body: '<html>' }),
      () => NOW,
    )
    expect(await lost.pay(PAYMENT)).toMatchObject({ status: 200, code: '', accepted: false })
  })

  test.each(['inquiry', 'payment', 'reversal', 'status'] as const)(
    'hands out a signed %s for a test to spoil',
    async (kind) => {
      const call = await (await partnerOf(accepted)).sign(kind, PAYMENT)
      expect(call).toMatchObject({ method: 'POST', url: `http://127.0.0.1:1/channels/indomaret/v1/${kind}` })
      expect(call.headers['webhook-signature']).toMatch(/^v1,/)
    },
  )
})
