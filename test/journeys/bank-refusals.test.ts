/**
 * A bank's engineer goes through the certification list: every code that the SNAP contract names, in the order in which
 * refusals apply, what each leaves behind, and how the same call is answered when it is sent once more.
 */
import { createHash, createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { type Bank, bankOf, wib } from '../support/terminals.ts'

let hub: HubOnTrial
let bank: Bank
let payer: Person
let count = 0

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00', isolates: 'strict' })
  bank = bankOf(hub, 'bni')
  payer = person()
  await register(hub, payer)
}, 180_000)
afterAll(() => hub?.stop())

const inquiryOf = (customer: string, more = {}) => ({
  ...bank.identity(customer),
  inquiryRequestId: `I${++count}`,
  ...more,
})
const paymentOf = (customer: string, amount: number, more = {}) => ({
  ...bank.identity(customer),
  paymentRequestId: `P${++count}`,
  paidAmount: { value: `${amount}.00`, currency: 'IDR' },
  ...more,
})

describe('the access token', () => {
  test('is a bearer of 900 seconds', async () => {
    const reply = await bank.token()
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toContain('application/json')
    expect(reply.headers.get('x-timestamp')).toMatch(/^2026-11-20T10:\d\d:\d\d\+07:00$/)
    expect(reply.body).toEqual({
      responseCode: '2007300',
      responseMessage: 'Successful',
      accessToken: expect.stringMatching(/^\S{20,}$/),
      tokenType: 'Bearer',
      expiresIn: '900',
    })
  })

  const late = () => wib(hub.now() - 301_000)
  test.each([
    ['an unknown client', { headers: { 'X-CLIENT-KEY': 'nobody' } }, 401, '4017300'],
    ['another signature', { headers: { 'X-SIGNATURE': 'AAAA' } }, 401, '4017300'],
    ['a timestamp left out', { headers: { 'X-TIMESTAMP': undefined } }, 400, '4007302'],
    ['a client key left out', { headers: { 'X-CLIENT-KEY': undefined } }, 400, '4007302'],
    ['a timestamp that is none', { headers: { 'X-TIMESTAMP': '20 November' } }, 400, '4007301'],
    ['no grant type', { body: '{}' }, 400, '4007302'],
    ['another grant type', { body: '{"grantType":"password"}' }, 400, '4007301'],
    ['a body that is no JSON', { body: 'grantType' }, 400, '4007300'],
  ])('is refused for %s', async (_, change, status, code) => {
    const reply = await bank.token(change)
    expect(reply).toMatchObject({ status, body: { responseCode: code } })
    expect(reply.body.accessToken).toBeUndefined()
  })

  test('is refused when the clock is five minutes off', async () => {
    expect(await bank.token({ headers: { 'X-TIMESTAMP': late() } })).toMatchObject({
      status: 401,
      body: { responseCode: '4017300' },
    })
  })
})

describe('an inquiry', () => {
  test('shows the masked name, the total, a line per program and the months', async () => {
    const inquiry = inquiryOf(payer.nik, {
      additionalInfo: { months: 3 },
      channelCode: 6011,
      language: 'ID',
      unknownField: [1],
    })
    const reply = await bank.inquiry(inquiry)
    expect(reply.status).toBe(200)
    expect(reply.body).toMatchObject({
      responseCode: '2002400',
      responseMessage: 'Successful',
      virtualAccountData: {
        inquiryStatus: '00',
        inquiryReason: { english: expect.any(String), indonesia: expect.any(String) },
        ...bank.identity(payer.nik),
        virtualAccountName: 'SA*** WU*** LE***',
        inquiryRequestId: inquiry.inquiryRequestId,
        totalAmount: { value: '33600.00', currency: 'IDR' },
        virtualAccountTrxType: 'C',
      },
    })
    const { billDetails, freeTexts } = reply.body.virtualAccountData
    expect(billDetails.length).toBe(2)
    const sum = billDetails.reduce(
      (total: number, line: { billAmount: { value: string } }) => total + Number(line.billAmount.value),
      0,
    )
    expect(sum).toBe(33_600)
    expect(freeTexts.length).toBeLessThanOrEqual(5)
  })

  test.each([
    ['a token of nobody', { headers: { Authorization: 'Bearer nothing' } }, 401, '4012401', undefined],
    ['an empty token', { headers: { Authorization: '' } }, 401, '4012401', undefined],
    ['another partner', { headers: { 'X-PARTNER-ID': '1' } }, 401, '4012400', undefined],
    ['a forged body', { forged: '{}' }, 401, '4012400', undefined],
    ['another signature', { headers: { 'X-SIGNATURE': 'AAAA' } }, 401, '4012400', undefined],
    ['no external id', { headers: { 'X-EXTERNAL-ID': undefined } }, 400, '4002402', '01'],
    ['an external id with signs', { headers: { 'X-EXTERNAL-ID': 'a-b' } }, 400, '4002401', '01'],
    ['a body that is no JSON', { raw: 'inquiry' }, 400, '4002400', '01'],
    ['no request id', { body: { inquiryRequestId: undefined } }, 400, '4002402', '01'],
    ['a customer number with letters', { body: { customerNo: 'A1' } }, 400, '4002401', '01'],
    ['an account number that is not the two joined', { body: { virtualAccountNo: '1' } }, 400, '4002401', '01'],
    ['four months', { body: { additionalInfo: { months: 4 } } }, 400, '4002401', '01'],
  ])('is refused for %s', async (_, change, status, code, flag) => {
    const reply = await bank.inquiry(inquiryOf(payer.nik), change)
    expect({ status: reply.status, code: reply.code }).toEqual({ status, code })
    expect(reply.body.virtualAccountData?.inquiryStatus).toBe(flag)
  })

  test('about a customer of nobody finds nobody', async () => {
    const reply = await bank.inquiry(inquiryOf('1571011205909999'))
    expect(reply).toMatchObject({ status: 404, code: '4042412', body: { virtualAccountData: { inquiryStatus: '01' } } })
  })

  test('a token of the other bank opens nothing here', async () => {
    const { body } = await bankOf(hub, 'brilink').token()
    const reply = await bank.inquiry(inquiryOf(payer.nik), { headers: { Authorization: `Bearer ${body.accessToken}` } })
    expect(reply).toMatchObject({ status: 401, code: '4012401' })
  })

  test('a timestamp with milliseconds and another offset is good, one of six minutes ago is not', async () => {
    const utc = new Date(hub.now()).toISOString()
    expect((await bank.inquiry(inquiryOf(payer.nik), { at: utc })).code).toBe('2002400')
    const late = await bank.inquiry(inquiryOf(payer.nik), { at: wib(hub.now() - 360_000) })
    expect(late).toMatchObject({ status: 401, code: '4012400' })
  })

  test('an external id asks once: the same inquiry gets a fresh quote, another one a conflict', async () => {
    const headers = { 'X-EXTERNAL-ID': bank.externalId() }
    const inquiry = inquiryOf(payer.nik)
    expect((await bank.inquiry(inquiry, { headers })).code).toBe('2002400')
    expect((await bank.inquiry(inquiry, { headers })).code).toBe('2002400')
    const other = await bank.inquiry(inquiryOf(payer.nik), { headers })
    expect(other).toMatchObject({ status: 409, code: '4092400' })
    expect(other.body.virtualAccountData.inquiryStatus).toBe('01')
    const payment = await bank.payment(paymentOf(payer.nik, 8_400), { headers })
    expect(payment).toMatchObject({ status: 409, code: '4092500' })
  })

  test('white space around the signed body changes nothing, in it everything', async () => {
    const inquiry = inquiryOf(payer.nik)
    const pretty = JSON.stringify(inquiry, null, 2)
    const reply = await bank.inquiry(inquiry, { forged: pretty })
    expect(reply.code).toBe('2002400')
    const doubled = JSON.stringify(inquiry).replace('"I', '"I ')
    expect((await bank.inquiry(inquiry, { forged: doubled })).code).toBe('4012400')
  })
})

describe('a payment', () => {
  test.each([
    ['an amount with cents', { paidAmount: { value: '8400.50', currency: 'IDR' } }, 400, '4002501'],
    ['an amount as a number', { paidAmount: { value: 8400, currency: 'IDR' } }, 400, '4002501'],
    ['dollars', { paidAmount: { value: '8400.00', currency: 'USD' } }, 400, '4002501'],
    ['no amount', { paidAmount: undefined }, 400, '4002502'],
    ['no request id', { paymentRequestId: undefined }, 400, '4002502'],
    ['a request id that is too long', { paymentRequestId: 'x'.repeat(129) }, 400, '4002501'],
    ['a sum that is not due', { paidAmount: { value: '8401.00', currency: 'IDR' } }, 404, '4042513'],
  ])('is refused for %s', async (_, body, status, code) => {
    const reply = await bank.payment(paymentOf(payer.nik, 8_400), { body })
    expect({ status: reply.status, code: reply.code }).toEqual({ status, code })
    expect(reply.body.virtualAccountData.paymentFlagStatus).toBe('01')
    expect(reply.body.virtualAccountData.paymentFlagReason).toEqual({
      english: expect.any(String),
      indonesia: expect.any(String),
    })
  })

  test('at BRI a request id has 64 characters at most', async () => {
    const bri = bankOf(hub, 'brilink')
    const body = (length: number) => ({
      ...bri.identity(payer.nik),
      inquiryRequestId: 'y'.repeat(length),
    })
    expect((await bri.inquiry(body(64))).code).toBe('2002400')
    expect((await bri.inquiry(body(65))).code).toBe('4002401')
    expect((await bank.inquiry({ ...bank.identity(payer.nik), inquiryRequestId: 'y'.repeat(128) })).code).toBe(
      '2002400',
    )
  })

  test('is too large above 64 KB, and of another content type not read', async () => {
    const large = await bank.payment(paymentOf(payer.nik, 8_400, { filler: 'x'.repeat(66_000) }))
    expect(large.status).toBe(413)
    expect((await bank.payment(paymentOf(payer.nik, 8_400), { contentType: 'text/plain' })).status).toBe(415)
  })

  test('the same call under its external id is 4042518 with the first result, as advice the first answer', async () => {
    const somebody = person()
    await register(hub, somebody)
    const headers = { 'X-EXTERNAL-ID': bank.externalId() }
    const paid = paymentOf(somebody.nik, 8_400)
    const first = await bank.payment(paid, { headers })
    expect(first.body).toMatchObject({
      responseCode: '2002500',
      virtualAccountData: {
        ...bank.identity(somebody.nik),
        paymentRequestId: paid.paymentRequestId,
        paidAmount: { value: '8400.00', currency: 'IDR' },
        paymentFlagStatus: '00',
      },
    })
    const repeated = await bank.payment(paid, { headers })
    expect(repeated).toMatchObject({ status: 404, code: '4042518' })
    expect(repeated.body.virtualAccountData).toEqual(first.body.virtualAccountData)
    const advice = await bank.payment({ ...paid, flagAdvise: 'Y', referenceNo: '77', trxDateTime: wib(hub.now()) })
    expect(advice).toMatchObject({ status: 200, code: '2002500' })
    expect(advice.text).toBe(first.text)
    const changed = await bank.payment(paid, { body: { additionalInfo: { months: 1 } } })
    expect(changed).toMatchObject({ status: 409, code: '4092500' })
    const other = await bank.payment({ ...paid, ...bank.identity(payer.nik) })
    expect(other).toMatchObject({ status: 409, code: '4092500' })
  })

  test('a refusal repeats as it was, under the same external id as 4042518 with flag 01', async () => {
    const headers = { 'X-EXTERNAL-ID': bank.externalId() }
    const paid = paymentOf(payer.nik, 1_000)
    expect((await bank.payment(paid, { headers })).code).toBe('4042513')
    const repeated = await bank.payment(paid, { headers })
    expect(repeated).toMatchObject({ status: 404, code: '4042518' })
    expect(repeated.body.virtualAccountData.paymentFlagStatus).toBe('01')
    expect((await bank.payment(paid)).code).toBe('4042513')
  })

  test('without months it pays the number of months that its amount pays, and says which', async () => {
    const somebody = person()
    await register(hub, somebody)
    const reply = await bank.payment(paymentOf(somebody.kpj, 33_600))
    expect(reply.code).toBe('2002500')
    expect(reply.body.virtualAccountData.freeTexts.length).toBeGreaterThan(0)
    await hub.untilQuiet()
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${somebody.kpj}`)
    expect(body.paidThrough).toBe('2027-01')
  })

  test('an expired token is refused, and a new one is good', async () => {
    const { body } = await bank.token()
    const headers = { Authorization: `Bearer ${body.accessToken}` }
    expect((await bank.inquiry(inquiryOf(payer.nik), { headers })).code).toBe('2002400')
    await hub.moveTo(wib(hub.now() + 901_000))
    expect(await bank.inquiry(inquiryOf(payer.nik), { headers })).toMatchObject({ status: 401, code: '4012401' })
    expect((await bank.inquiry(inquiryOf(payer.nik))).code).toBe('2002400')
  })

  test('the path that is signed is the published one, however the request was written', async () => {
    const { partnerId = '', channelId = '', clientSecret = '' } = hub.sandbox('bni')
    const { body: token } = await bank.token()
    const at = wib(hub.now())
    const body = JSON.stringify(inquiryOf(payer.nik))
    const digest = createHash('sha256').update(body).digest('hex')
    const signature = (path: string) =>
      createHmac('sha512', clientSecret).update(`POST:${path}:${token.accessToken}:${digest}:${at}`).digest('base64')
    const send = async (path: string, signed: string) => {
      const reply = await fetch(hub.url + path, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          authorization: `Bearer ${token.accessToken}`,
          'x-timestamp': at,
          'x-signature': signature(signed),
          'x-partner-id': partnerId,
          'x-external-id': bank.externalId(),
          'channel-id': channelId,
        },
      })
      return reply.status
    }
    const published = '/channels/bni/v1.0/transfer-va/inquiry'
    expect(await send(published, published)).toBe(200)
    expect(await send(published, '/v1.0/transfer-va/inquiry')).toBe(401)
    expect(await send('/channels/bni/v1.0/transfer%2Dva/inquiry', published)).toBe(200)
  })
})
