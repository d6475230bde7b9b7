/** What the sandbox's bank sends over SNAP, field by field and signed, and what it takes from an answer. */
import { createSecretKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { HttpCall, SandboxFile } from '../../../../shared/channel-port/partner.ts'
import { type Instant, instant, parseInstant } from '../../../../shared/domain/instant.ts'
import { snapSandbox } from '../../../../shared/protocols/snap/sandbox.ts'
import { signCall } from '../../../../shared/protocols/snap/signature.ts'

const NOW = parseInstant('2026-11-20T14:03:21+07:00') as Instant
const WHEN = '2026-11-20T14:03:21+07:00'
const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 })
const FILE: SandboxFile = {
  channel: 'bank',
  protocol: 'snap',
  baseUrl: 'http://127.0.0.1:1/channels/bank',
  clientKey: 'client-1',
  clientSecret: 'secret-1',
  partnerId: '4711',
  partnerServiceId: '   98810',
  channelId: '00012',
  privateKeyPem: KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' }),
}
const PAYMENT = {
  id: '20261120000001',
  customerId: '12345678901',
  months: 3,
  amountRupiah: 33_600,
  adminFeeRupiah: 0,
  outlet: 'AGEN-1',
}
const INQUIRY = { id: PAYMENT.id, customerId: PAYMENT.customerId, months: 3 }
const TOKEN = { status: 200, body: '{"responseCode":"2007300","accessToken":"token-1","expiresIn":"900"}' }

/** A bank whose calls are answered one after another; then always as the last one. */
function bank(...replies: readonly { readonly status: number; readonly body: string }[]) {
  const calls: HttpCall[] = []
  const left = [...replies]
  const clock = { now: NOW }
  const send = async (call: HttpCall) => {
    calls.push(call)
    const reply = call.url.endsWith('/b2b') ? TOKEN : left.length > 1 ? left.shift() : left[0]
    return { headers: {}, ...(reply ?? { status: 500, body: '' }) }
  }
  const partner = snapSandbox({ partnerServiceId: '   98810', channelId: '00012' }).partner(FILE, send, () => clock.now)
  return { partner, calls, clock }
}

const paid = (changed: object = {}, data: object = {}) =>
  JSON.stringify({
    responseCode: '2002500',
    virtualAccountData: {
      customerNo: PAYMENT.customerId,
      paymentRequestId: PAYMENT.id,
      paymentFlagStatus: '00',
      paidAmount: { value: '33600.00', currency: 'IDR' },
      ...data,
    },
    additionalInfo: { hubReference: 'HUB1', months: ['2026-11', '2026-12'] },
    ...changed,
  })

describe('what the bank sends', () => {
  test('a token request, signed with its own key over client and time', async () => {
    const { partner, calls } = bank({ status: 200, body: paid() })
    await partner.pay(PAYMENT)
    const [request] = calls
    expect(request).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:1/channels/bank/v1.0/access-token/b2b',
      headers: { 'Content-Type': 'application/json', 'X-TIMESTAMP': WHEN, 'X-CLIENT-KEY': 'client-1' },
      body: '{"grantType":"client_credentials"}',
    })
    const signature = Buffer.from(request?.headers['X-SIGNATURE'] ?? '', 'base64')
    expect(verify('sha256', Buffer.from(`client-1|${WHEN}`), KEYS.publicKey, signature)).toBe(true)
  })

  test('a payment with its customer, money, time and outlet', async () => {
    const { partner, calls } = bank({ status: 200, body: paid() })
    await partner.pay(PAYMENT)
    const { method, url, headers, body } = calls[1] as HttpCall
    expect([method, url]).toEqual(['POST', 'http://127.0.0.1:1/channels/bank/v1.0/transfer-va/payment'])
    expect(JSON.parse(body ?? '')).toEqual({
      partnerServiceId: '   98810',
      customerNo: '12345678901',
      virtualAccountNo: '   9881012345678901',
      paymentRequestId: '20261120000001',
      paidAmount: { value: '33600.00', currency: 'IDR' },
      trxDateTime: WHEN,
      additionalInfo: { months: 3, outletId: 'AGEN-1' },
    })
    const signed = {
      path: '/channels/bank/v1.0/transfer-va/payment',
      accessToken: 'token-1',
      body: Buffer.from(body ?? ''),
      timestamp: WHEN,
    }
    expect(headers).toEqual({
      'Content-Type': 'application/json',
      Authorization: 'Bearer token-1',
      'X-TIMESTAMP': WHEN,
      'X-SIGNATURE': signCall(createSecretKey('secret-1', 'utf8'), signed),
      'X-PARTNER-ID': '4711',
      'X-EXTERNAL-ID': expect.stringMatching(/^\d{20,36}$/),
      'CHANNEL-ID': '00012',
    })
  })

  test('an inquiry with its customer and months, and no money', async () => {
    const { partner, calls } = bank({ status: 200, body: '{}' })
    await partner.inquire(INQUIRY)
    const { url, body } = calls[1] as HttpCall
    expect(url).toBe('http://127.0.0.1:1/channels/bank/v1.0/transfer-va/inquiry')
    expect(JSON.parse(body ?? '')).toEqual({
      partnerServiceId: '   98810',
      customerNo: '12345678901',
      virtualAccountNo: '   9881012345678901',
      inquiryRequestId: '20261120000001',
      trxDateInit: WHEN,
      additionalInfo: { months: 3 },
    })
  })

  test('a new token once the old one was refused, or could not be had', async () => {
    const { partner, calls } = bank({ status: 401, body: '{}' }, { status: 200, body: paid() })
    await partner.pay(PAYMENT)
    await partner.pay(PAYMENT)
    await partner.pay(PAYMENT)
    expect(calls.map(({ url }) => url.split('/').at(-1))).toEqual(['b2b', 'payment', 'b2b', 'payment', 'payment'])
    const file = { ...FILE, channelId: 7 }
    const broken = snapSandbox({ partnerServiceId: '', channelId: '' }).partner(
      file as never,
      async () => ({ headers: {}, ...TOKEN }),
      () => instant(NOW),
    )
    await expect(broken.pay(PAYMENT)).rejects.toThrow('expected channelId in the sandbox file of bank, got number')
  })
})

describe('what the bank takes from an answer', () => {
  test('of a payment: its flag, its money, its months and the hub’s reference', async () => {
    expect(await bank({ status: 200, body: paid() }).partner.pay(PAYMENT)).toEqual({
      status: 200,
      code: '2002500',
      accepted: true,
      amountRupiah: 33_600,
      adminFeeRupiah: null,
      months: ['2026-11', '2026-12'],
      hubReference: 'HUB1',
      body: paid(),
    })
  })

  test('of an inquiry: the total that is asked', async () => {
    const body = JSON.stringify({
      responseCode: '2002400',
      virtualAccountData: { inquiryRequestId: INQUIRY.id, inquiryStatus: '00', totalAmount: { value: '33600.00' } },
      additionalInfo: { months: ['2026-11'] },
    })
    expect(await bank({ status: 200, body }).partner.inquire(INQUIRY)).toEqual({
      status: 200,
      code: '2002400',
      accepted: true,
      amountRupiah: 33_600,
      adminFeeRupiah: null,
      months: ['2026-11'],
      hubReference: null,
      body,
    })
  })

  test('of a refusal: its code, and nothing that is not there', async () => {
    const refusal = paid(
      { responseCode: '4042514', additionalInfo: null },
      { paymentFlagStatus: '01', paidAmount: null },
    )
    expect(await bank({ status: 404, body: refusal }).partner.pay(PAYMENT)).toEqual({
      status: 404,
      code: '4042514',
      accepted: false,
      amountRupiah: null,
      adminFeeRupiah: null,
      months: [],
      hubReference: null,
      body: refusal,
    })
    expect(await bank({ status: 500, body: '{"responseCode":"5002500"}' }).partner.pay(PAYMENT)).toMatchObject({
      code: '5002500',
      accepted: false,
    })
  })

  test.each([
    ['of another customer', 200, paid({}, { customerNo: '12345678902' })],
    ['of another payment', 200, paid({}, { paymentRequestId: 'another' })],
    ['of another service', 200, paid({ responseCode: '2002400' })],
    ['of another status', 200, paid({ responseCode: '4042500' })],
    ['with a code that is no text', 200, paid({ responseCode: 2_002_500 })],
    ['that is no object', 200, '"2002500"'],
    ['that is no JSON', 200, '<html>'],
  ])('%s: nothing, as if there had been silence', async (_, status, body) => {
    expect(await bank({ status, body }).partner.pay(PAYMENT)).toEqual({
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

test('keys are made for both sides: what is signed by one is checked by the other', async () => {
  const { hub, partner } = (await snapSandbox({ partnerServiceId: '   98810', channelId: '00012' }).makeKeys()) as {
    hub: Record<string, string>
    partner: Record<string, string>
  }
  const { publicKeyPem = '', tokenKey = '', ...shared } = hub
  const { privateKeyPem = '', ...same } = partner
  expect(same).toEqual(shared)
  expect(shared).toEqual({
    clientKey: expect.stringMatching(/^[0-9a-f-]{36}$/),
    clientSecret: expect.stringMatching(/^[0-9a-f]{64}$/),
    partnerId: expect.stringMatching(/^\d{1,15}$/),
    partnerServiceId: '   98810',
    channelId: '00012',
  })
  expect(publicKeyPem).toMatch(/^-----BEGIN PUBLIC KEY-----/)
  expect(privateKeyPem).toMatch(/^-----BEGIN PRIVATE KEY-----/)
  expect(Buffer.from(tokenKey, 'base64')).toHaveLength(32)
})
