/** What every channel that speaks SNAP must do with its own sandbox at its own endpoint; each channel's test runs it. */
import { describe, expect, test } from 'vitest'
import type {
  Answer,
  Channel,
  EndpointRequest,
  PreparedEndpoint,
  Reading,
} from '../../../../shared/channel-port/channel.ts'
import type { HttpCall, Sandbox, Send } from '../../../../shared/channel-port/partner.ts'
import type { Instant } from '../../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import { NOW } from './good-call.ts'

const BASE = 'http://127.0.0.1:8787'
const CALL = {
  id: '20261120000001',
  customerId: '3201010101900001',
  months: 1,
  amountRupiah: 8_400,
  adminFeeRupiah: 0,
  outlet: 'AGEN-1',
}
const common = {
  hubReference: 'H7K2M9Q4X1C8',
  customerName: 'BU** SA*****',
  kpj: '12345678901',
  months: [{ month: month('2026-11'), price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }],
  creditDrawn: ZERO,
  amount: rupiah(8_400),
  adminFee: ZERO,
  paidThrough: month('2026-11'),
  billCode: null,
}
const accepted: Answer = { outcome: 'accepted', ...common, outlet: 'AGEN-1', decidedAt: NOW, renderer: 1 }
const quoted: Answer = { outcome: 'quoted', ...common, dueDate: '2026-11-16' as never, quotedAt: NOW }

/** The channel's endpoint behind a `Send`; answers every message with `answer`, and keeps what it was sent. */
async function bank(channel: Channel, sandbox: Sandbox, answer: Answer, now: () => Instant = () => NOW) {
  const keys = await sandbox.makeKeys()
  const endpoint = channel.prepare(JSON.stringify({ current: keys.hub, next: null }))
  const calls: HttpCall[] = []
  const send: Send = async (call) => {
    calls.push(call)
    return responseOf(await readCall(endpoint, channel, call, now()), answer, now())
  }
  const file = {
    channel: channel.profile.name,
    protocol: 'snap',
    baseUrl: `${BASE}/channels/${channel.profile.name}`,
    ...keys.partner,
  }
  return { calls, endpoint, file, partner: sandbox.partner(file, send, now) }
}

function readCall(
  endpoint: PreparedEndpoint,
  channel: Channel,
  call: HttpCall,
  now: Instant,
): Reading | Promise<Reading> {
  const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]))
  const operation = call.url.slice(`${BASE}/channels/${channel.profile.name}`.length)
  const request: EndpointRequest = {
    method: call.method,
    operation,
    rawQuery: '',
    headers,
    body: Buffer.from(call.body ?? ''),
    sourceIp: '127.0.0.1',
  }
  return endpoint.read(request, now)
}

function responseOf(reading: Reading, answer: Answer, now: Instant) {
  return reading.kind === 'message' ? reading.write(answer, now) : reading.response
}

export function describeBank(channel: Channel, sandbox: Sandbox, requestIdLimit: number): void {
  const { name } = channel.profile
  describe(`the bank behind ${name}`, () => {
    test('has a partner service id of 8 characters', async () => {
      const { file } = await bank(channel, sandbox, quoted)
      expect((file as Record<string, unknown>).partnerServiceId).toMatch(/^(?=.{8}$) *\d+$/)
    })

    test('inquires and is told what is due', async () => {
      const { partner } = await bank(channel, sandbox, quoted)
      expect(await partner.inquire(CALL)).toMatchObject({
        status: 200,
        code: '2002400',
        accepted: true,
        amountRupiah: 8_400,
        months: ['2026-11'],
        hubReference: common.hubReference,
      })
    })

    test('pays and is told which months', async () => {
      const { partner } = await bank(channel, sandbox, accepted)
      expect(await partner.pay(CALL)).toMatchObject({
        status: 200,
        code: '2002500',
        accepted: true,
        amountRupiah: 8_400,
        adminFeeRupiah: null,
        months: ['2026-11'],
      })
    })

    test('is refused in its own words', async () => {
      const { partner } = await bank(channel, sandbox, {
        outcome: 'refused',
        code: 'already-paid',
        hubReference: 'H',
        decidedAt: NOW,
      })
      expect(await partner.pay(CALL)).toMatchObject({
        status: 404,
        code: '4042514',
        accepted: false,
        months: [],
        hubReference: 'H',
      })
    })

    test('takes an answer without status for what it is', async () => {
      const { partner } = await bank(channel, sandbox, { outcome: 'unknown-outcome' })
      expect(await partner.pay(CALL)).toMatchObject({ status: 504, code: '5042500', accepted: false })
    })

    test('fetches one token for many calls, a new one a minute before it expires, and new external ids always', async () => {
      let at = NOW
      const { partner, calls } = await bank(channel, sandbox, accepted, () => at)
      await partner.pay(CALL)
      await partner.pay(CALL)
      at = (NOW + 839_999) as Instant
      await partner.pay(CALL)
      expect(calls.map((call) => call.url.split('/').at(-1))).toEqual(['b2b', 'payment', 'payment', 'payment'])
      at = (NOW + 840_000) as Instant
      await partner.pay(CALL)
      expect(calls.at(-2)?.url).toMatch(/b2b$/)
      const externalIds = calls.flatMap((call) => call.headers['X-EXTERNAL-ID'] ?? [])
      expect(new Set(externalIds).size).toBe(4)
    })

    test('signs a call that a test may spoil', async () => {
      const { partner, endpoint } = await bank(channel, sandbox, accepted)
      const call = await partner.sign('payment', CALL)
      const good = await readCall(endpoint, channel, call, NOW)
      const spoilt = await readCall(
        endpoint,
        channel,
        { ...call, body: String(call.body).replace('8400.00', '8401.00') },
        NOW,
      )
      expect([good.kind, spoilt.kind]).toEqual(['message', 'response'])
    })

    test('has no reversal and no status', async () => {
      const { partner } = await bank(channel, sandbox, accepted)
      expect([partner.reverse, partner.status]).toEqual([null, null])
      await expect(partner.sign('reversal', CALL)).rejects.toThrow(RangeError)
    })

    test('does not believe an answer to another question, nor one that is no SNAP', async () => {
      const { file, partner } = await bank(channel, sandbox, accepted)
      const other = await partner.pay({ ...CALL, id: 'another' })
      for (const body of [other.body, '<html>', '{"message":"Too Many Requests"}', 'null']) {
        const send: Send = async (call) => {
          const token = '{"responseCode":"2007300","accessToken":"t","expiresIn":"900"}'
          return { status: 200, headers: {}, body: call.url.endsWith('b2b') ? token : body }
        }
        expect(await sandbox.partner(file, send, () => NOW).pay(CALL)).toMatchObject({ code: '', accepted: false })
      }
    })

    test('says so when it gets no token', async () => {
      const { file } = await bank(channel, sandbox, accepted)
      const send: Send = async () => ({ status: 401, headers: {}, body: '{"responseCode":"4017300"}' })
      await expect(sandbox.partner(file, send, () => NOW).pay(CALL)).rejects.toThrow('4017300')
    })

    test(`uses ids of up to ${requestIdLimit} characters`, async () => {
      const { partner } = await bank(channel, sandbox, accepted)
      const codes = [requestIdLimit, requestIdLimit + 1].map(
        async (length) => (await partner.pay({ ...CALL, id: '1'.repeat(length) })).code,
      )
      expect(await Promise.all(codes)).toEqual(['2002500', '4002501'])
    })

    test('is known by a profile without secrets', () => {
      expect(channel.profile).toMatchObject({
        protocol: 'snap',
        adminFee: null,
        reservedConcurrency: 200,
      })
      expect(channel.profile.channelFee.map((fee) => fee.value)).toEqual([1_500])
    })

    test('cannot be prepared from a secret of another shape', () => {
      expect(() => channel.prepare('{"current":{},"next":null}')).toThrow(TypeError)
    })
  })
}
