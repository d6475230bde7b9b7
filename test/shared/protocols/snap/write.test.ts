/** What SNAP answers, pinned: a golden body per answer. A changed text here is a new renderer, not an edit. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Accepted, Answer, Quoted, Reading, Refused } from '../../../../shared/channel-port/channel.ts'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../../shared/domain/money.ts'
import { addMonths, month } from '../../../../shared/domain/month.ts'
import { CUSTOMER, callOf, endpoint, later, NOW, SERVICE_ID } from './good-call.ts'

const price = (jkk: number, jkm: number, jht: number) => ({ jkk: rupiah(jkk), jkm: rupiah(jkm), jht: rupiah(jht) })
const DISCOUNTED = price(5_000, 3_400, 0)
const HUB_REFERENCE = 'H7K2M9Q4X1C8'
const identity = `"partnerServiceId":"${SERVICE_ID}","customerNo":"${CUSTOMER}","virtualAccountNo":"${SERVICE_ID}${CUSTOMER}"`
const paidLine = '"paymentRequestId":"20261120-000001","paidAmount":{"value":"16800.00","currency":"IDR"}'

const accepted: Accepted = {
  outcome: 'accepted',
  hubReference: HUB_REFERENCE,
  customerName: 'BU*** SA***',
  kpj: '12345678901',
  months: [
    { month: month('2026-11'), price: DISCOUNTED },
    { month: month('2026-12'), price: DISCOUNTED },
  ],
  creditDrawn: ZERO,
  amount: rupiah(16_800),
  adminFee: ZERO,
  paidThrough: month('2026-12'),
  billCode: null,
  outlet: 'AGEN-0042',
  decidedAt: NOW,
  renderer: 1,
}
const quoted: Quoted = {
  outcome: 'quoted',
  hubReference: HUB_REFERENCE,
  customerName: 'BU*** SA***',
  kpj: '12345678901',
  months: [
    { month: month('2026-11'), price: price(5_000, 3_400, 20_000) },
    { month: month('2026-12'), price: price(5_000, 3_400, 20_000) },
    { month: month('2027-01'), price: price(10_000, 6_800, 20_000) },
  ],
  creditDrawn: rupiah(21_000),
  amount: rupiah(72_600),
  adminFee: ZERO,
  paidThrough: month('2027-01'),
  dueDate: '2026-11-16' as BusinessDate,
  billCode: null,
  quotedAt: NOW,
}
const refused = (code: Refused['code']): Refused => ({
  outcome: 'refused',
  code,
  hubReference: HUB_REFERENCE,
  decidedAt: NOW,
})
const wasReversed: Answer = { outcome: 'was-reversed', hubReference: HUB_REFERENCE, decidedAt: NOW }

function written(service: '24' | '25', answer: Answer, at = NOW) {
  const read = endpoint.read(callOf(service), NOW) as Extract<Reading, { kind: 'message' }>
  return read.write(answer, at)
}

const paymentRefusal = (
  code: string,
  message: string,
  english: string,
  indonesia: string,
  extra = `,"additionalInfo":{"hubReference":"${HUB_REFERENCE}"}`,
) =>
  `{"responseCode":"${code}","responseMessage":"${message}","virtualAccountData":{${identity},${paidLine},"paymentFlagStatus":"01","paymentFlagReason":{"english":"${english}","indonesia":"${indonesia}"}}${extra}}`
const inquiryRefusal = (
  code: string,
  message: string,
  english: string,
  indonesia: string,
  extra = `,"additionalInfo":{"hubReference":"${HUB_REFERENCE}"}`,
) =>
  `{"responseCode":"${code}","responseMessage":"${message}","virtualAccountData":{"inquiryStatus":"01","inquiryReason":{"english":"${english}","indonesia":"${indonesia}"},${identity},"inquiryRequestId":"20261120-000001"}${extra}}`
const paid = (code: string, message: string) =>
  `{"responseCode":"${code}","responseMessage":"${message}","virtualAccountData":{${identity},${paidLine},"paymentFlagStatus":"00","paymentFlagReason":{"english":"Success","indonesia":"Sukses"},"freeTexts":[{"english":"Month 2026-11, 2026-12","indonesia":"Bulan 2026-11, 2026-12"}]},"additionalInfo":{"hubReference":"${HUB_REFERENCE}","months":["2026-11","2026-12"],"paidThrough":"2026-12"}}`

const UNKNOWN = [
  'Invalid Bill/Virtual Account [Not Found]',
  'Number is not registered or not payable here',
  'Nomor tidak terdaftar atau tidak dapat dibayar di sini',
] as const
const EXPIRED = [
  'Invalid Bill/Virtual Account [Expired]',
  'The bill has expired or changed',
  'Tagihan kedaluwarsa atau berubah',
] as const
const PAID = ['Paid Bill', 'Already paid or too far ahead', 'Sudah dibayar atau terlalu jauh di muka'] as const
const AMOUNT = ['Invalid Amount', 'Amount is not what is due', 'Jumlah tidak sesuai tagihan'] as const
const CONFLICT = ['Conflict', 'Number already used by another request', 'Nomor sudah dipakai permintaan lain'] as const
const TOO_MANY = ['Too Many Requests', 'Too many requests, try again', 'Terlalu banyak permintaan, coba lagi'] as const
const REVERSED = [
  'Invalid Bill/Virtual Account [Reversed]',
  'This payment was reversed',
  'Pembayaran ini telah dibatalkan',
] as const

describe('a payment is answered', () => {
  test.each<[string, Answer, number, string]>([
    ['accepted', accepted, 200, paid('2002500', 'Successful')],
    [
      'accepted before, under the same external id',
      { outcome: 'repeated', first: accepted },
      404,
      paid('4042518', 'Inconsistent Request'),
    ],
    [
      'refused before, under the same external id',
      { outcome: 'repeated', first: refused('wrong-amount') },
      404,
      paymentRefusal('4042518', 'Inconsistent Request', AMOUNT[1], AMOUNT[2]),
    ],
    [
      'external id used by another call',
      { outcome: 'external-id-conflict' },
      409,
      paymentRefusal('4092500', ...CONFLICT, ''),
    ],
    ['other facts under a known id', { outcome: 'conflict' }, 409, paymentRefusal('4092500', ...CONFLICT, '')],
    ['was reversed', wasReversed, 404, paymentRefusal('4042512', ...REVERSED)],
    ['unknown customer', refused('unknown-customer'), 404, paymentRefusal('4042512', ...UNKNOWN)],
    ['expired', refused('expired'), 404, paymentRefusal('4042519', ...EXPIRED)],
    ['already paid', refused('already-paid'), 404, paymentRefusal('4042514', ...PAID)],
    ['wrong amount', refused('wrong-amount'), 404, paymentRefusal('4042513', ...AMOUNT)],
    ['too many', { outcome: 'too-many' }, 429, paymentRefusal('4292500', ...TOO_MANY, '')],
    ['our fault', { outcome: 'fault' }, 500, '{"responseCode":"5002500","responseMessage":"General Error"}'],
    ['outcome unknown', { outcome: 'unknown-outcome' }, 504, '{"responseCode":"5042500","responseMessage":"Timeout"}'],
  ])('%s', (_, answer, status, body) => {
    const response = written('25', answer)
    expect(response.body).toBe(body)
    expect(response.status).toBe(status)
  })

  test('the same on every repeat, but for the time of the answer', () => {
    const [first, repeat] = [written('25', accepted), written('25', accepted, later(86_400_000))]
    expect(repeat.body).toBe(first.body)
    expect(first.headers).toEqual({ 'Content-Type': 'application/json', 'X-TIMESTAMP': '2026-11-20T14:03:21+07:00' })
    expect(repeat.headers).toEqual({ 'Content-Type': 'application/json', 'X-TIMESTAMP': '2026-11-21T14:03:21+07:00' })
  })

  test('asking to wait a second when there are too many', () => {
    expect(written('25', { outcome: 'too-many' }).headers).toMatchObject({ 'Retry-After': '1' })
  })
})

describe('an inquiry is answered', () => {
  test.each<[string, Answer, number, string]>([
    [
      'quoted',
      quoted,
      200,
      `{"responseCode":"2002400","responseMessage":"Successful","virtualAccountData":{"inquiryStatus":"00","inquiryReason":{"english":"Success","indonesia":"Sukses"},${identity},"virtualAccountName":"BU*** SA***","inquiryRequestId":"20261120-000001","totalAmount":{"value":"72600.00","currency":"IDR"},"billDetails":[{"billCode":"01","billName":"JKK","billAmount":{"value":"0.00","currency":"IDR"}},{"billCode":"02","billName":"JKM","billAmount":{"value":"12600.00","currency":"IDR"}},{"billCode":"03","billName":"JHT","billAmount":{"value":"60000.00","currency":"IDR"}}],"freeTexts":[{"english":"Month 2026-11 - 2027-01","indonesia":"Bulan 2026-11 - 2027-01"}],"virtualAccountTrxType":"C"},"additionalInfo":{"hubReference":"${HUB_REFERENCE}","months":["2026-11","2026-12","2027-01"],"paidThrough":"2027-01"}}`,
    ],
    [
      'quoted for a cohort',
      {
        ...quoted,
        kpj: null,
        paidThrough: null,
        customerName: '',
        billCode: '9900000000000018',
        months: quoted.months.slice(0, 1),
        amount: rupiah(86_436_000),
        creditDrawn: ZERO,
      },
      200,
      `{"responseCode":"2002400","responseMessage":"Successful","virtualAccountData":{"inquiryStatus":"00","inquiryReason":{"english":"Success","indonesia":"Sukses"},${identity},"virtualAccountName":"","inquiryRequestId":"20261120-000001","totalAmount":{"value":"86436000.00","currency":"IDR"},"billDetails":[{"billCode":"01","billName":"IURAN","billAmount":{"value":"86436000.00","currency":"IDR"}}],"freeTexts":[{"english":"Month 2026-11","indonesia":"Bulan 2026-11"}],"virtualAccountTrxType":"C"},"additionalInfo":{"hubReference":"${HUB_REFERENCE}","months":["2026-11"],"paidThrough":null}}`,
    ],
    [
      'external id used by another call',
      { outcome: 'external-id-conflict' },
      409,
      inquiryRefusal('4092400', ...CONFLICT, ''),
    ],
    ['unknown customer', refused('unknown-customer'), 404, inquiryRefusal('4042412', ...UNKNOWN)],
    ['expired', refused('expired'), 404, inquiryRefusal('4042419', ...EXPIRED)],
    ['already paid', refused('already-paid'), 404, inquiryRefusal('4042414', ...PAID)],
    ['too many', { outcome: 'too-many' }, 429, inquiryRefusal('4292400', ...TOO_MANY, '')],
    ['our fault', { outcome: 'fault' }, 500, '{"responseCode":"5002400","responseMessage":"General Error"}'],
  ])('%s', (_, answer, status, body) => {
    const response = written('24', answer)
    expect(response.body).toBe(body)
    expect(response.status).toBe(status)
  })

  test('with one line per program that sums to the total, whatever credit there is', () => {
    const cents = fc.nat(300).map((thousands) => thousands * 100)
    const rows = fc.array(fc.tuple(cents, cents, cents), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(rows, fc.nat(100), (prices, percent) => {
        const months = prices.map((parts, index) => ({
          month: addMonths(month('2026-11'), index),
          price: price(...parts),
        }))
        const total = prices.flat().reduce((sum, part) => sum + part, 0)
        const creditDrawn = rupiah(Math.floor((total * percent) / 100))
        const amount = rupiah(total - creditDrawn)
        const { billDetails } = JSON.parse(
          written('24', { ...quoted, months, creditDrawn, amount }).body,
        ).virtualAccountData
        const values = billDetails.map((line: { billAmount: { value: string } }) => Number(line.billAmount.value))
        expect(values.reduce((sum: number, value: number) => sum + value, 0)).toBe(amount)
        expect(Math.min(0, ...values)).toBe(0)
      }),
    )
  })
})

describe('what SNAP cannot be asked', () => {
  test.each<['24' | '25', Answer]>([
    ['25', { outcome: 'reversed', hubReference: HUB_REFERENCE, decidedAt: NOW, months: [], amount: ZERO }],
    ['25', { outcome: 'unknown-original' }],
    ['25', { outcome: 'too-late' }],
    ['25', { outcome: 'out-of-order' }],
    ['25', quoted],
    ['24', accepted],
    ['24', wasReversed],
    ['24', refused('wrong-amount')],
    ['24', { outcome: 'repeated', first: accepted }],
  ])('is not answered: service %s, %o', (service, answer) => {
    expect(() => written(service, answer)).toThrow(RangeError)
  })
})
