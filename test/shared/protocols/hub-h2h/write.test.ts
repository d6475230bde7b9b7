/**
 * What the hub's own protocol answers: every code, golden bodies that pin each reply, the same bytes on every repeat.
 */
import { describe, expect, test } from 'vitest'
import type { Answer, Quoted, Refused } from '../../../../shared/channel-port/channel.ts'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import type { HubOperation } from '../../../../shared/protocols/hub-h2h/fields.ts'
import { LINE_LIMIT, receiptOf } from '../../../../shared/protocols/hub-h2h/receipt.ts'
import { HUB_PROBLEMS } from '../../../../shared/protocols/hub-h2h/response-codes.ts'
import { writeProblem } from '../../../../shared/protocols/hub-h2h/write.ts'
import { ACCEPTED, answerTo, BODIES, goodCall, later, NOW, read, withBody } from './call.ts'

const quoted: Quoted = {
  outcome: 'quoted',
  hubReference: 'HUB1',
  customerName: 'BU*** SA***',
  kpj: '12345678901',
  months: ACCEPTED.months,
  creditDrawn: ACCEPTED.creditDrawn,
  amount: rupiah(8400),
  adminFee: rupiah(2500),
  paidThrough: null,
  dueDate: '2026-11-16' as BusinessDate,
  billCode: null,
  quotedAt: NOW,
}
const refused = (code: Refused['code']): Refused => ({ outcome: 'refused', code, hubReference: 'HUB1', decidedAt: NOW })
const reversed: Answer = {
  outcome: 'reversed',
  hubReference: 'HUB1',
  decidedAt: NOW,
  months: [month('2026-11')],
  amount: rupiah(8400),
}

describe('golden replies', () => {
  test('an inquiry that found something due', async () => {
    expect((await answerTo('inquiry', quoted)).body).toBe(
      '{"responseCode":"00","responseMessage":"Success","transactionId":"TRX-2026.11_0001","hubReference":"HUB1",' +
        '"customerName":"BU*** SA***","kpj":"12345678901","months":["2026-11"],"amount":8400,"adminFee":2500,' +
        '"total":10900,"paidThrough":null,"receipt":[]}',
    )
  })

  test('an inquiry by NIK leads to no KPJ, and gives away no length of a name; a bill of one member names it', async () => {
    const asked = withBody(goodCall('inquiry'), { ...BODIES.inquiry, customerId: '3578011203850001' })
    const reading = await read(asked)
    const bodyOf = (answer: Answer) => (reading.kind === 'message' ? reading.write(answer, NOW).body : '')
    expect(JSON.parse(bodyOf(quoted))).toMatchObject({ kpj: null, customerName: 'BU*** SA***' })
    expect(bodyOf(quoted)).not.toContain('12345678901')
    expect(JSON.parse(bodyOf({ ...quoted, billCode: '9900000000000017' }))).toMatchObject({ kpj: '12345678901' })
    expect(JSON.parse(bodyOf(refused('unknown-customer'))).responseCode).toBe('14')
  })

  test('an accepted payment', async () => {
    expect((await answerTo('payment', ACCEPTED)).body).toBe(
      '{"responseCode":"00","responseMessage":"Success","transactionId":"TRX-2026.11_0001","hubReference":"HUB1",' +
        '"customerName":"BU*** SA***","kpj":"12345678901","months":["2026-11"],"amount":8400,"adminFee":2500,' +
        '"total":10900,"paidThrough":"2026-11","receipt":["BPJS KETENAGAKERJAAN","Bukti pembayaran iuran BPU",' +
        '"Ref: HUB1","Waktu: 2026-11-20 14:03:21 WIB","Nama: BU*** SA***","No. KPJ: 12345678901","Bulan: 11/2026",' +
        '"Iuran: Rp8.400","Biaya admin: Rp2.500","Total: Rp10.900","Lunas sampai: 11/2026"]}',
    )
  })

  test('a refused payment keeps its reference, a refused inquiry has none', async () => {
    const head = '{"responseCode":"14","responseMessage":"Unknown customer","transactionId":"TRX-2026.11_0001"'
    expect((await answerTo('payment', refused('unknown-customer'))).body).toBe(`${head},"hubReference":"HUB1"}`)
    expect((await answerTo('inquiry', refused('unknown-customer'))).body).toBe(`${head}}`)
  })

  test('a reversal that stands', async () => {
    expect((await answerTo('reversal', reversed)).body).toBe(
      '{"responseCode":"00","responseMessage":"Reversed","transactionId":"TRX-2026.11_0001","hubReference":"HUB1",' +
        '"months":["2026-11"],"amount":8400}',
    )
  })

  test('a problem', async () => {
    expect(await answerTo('payment', { outcome: 'unknown-outcome' })).toEqual({
      status: 503,
      headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '1' },
      body: '{"type":"about:blank","title":"The outcome is unknown, repeat or reverse","status":503,"code":"OUTCOME_UNKNOWN"}',
    })
  })
})

describe('codes', () => {
  const rows: readonly (readonly [HubOperation, Answer, string])[] = [
    ['inquiry', refused('expired'), '54'],
    ['inquiry', refused('already-paid'), '88'],
    ['inquiry', { outcome: 'fault' }, '96'],
    ['payment', refused('expired'), '54'],
    ['payment', refused('already-paid'), '88'],
    ['payment', refused('wrong-amount'), '13'],
    ['payment', { outcome: 'conflict' }, '94'],
    ['payment', { outcome: 'external-id-conflict' }, '94'],
    ['payment', { outcome: 'was-reversed', hubReference: 'HUB1', decidedAt: NOW }, '93'],
    ['payment', { outcome: 'repeated', first: ACCEPTED }, '00'],
    ['payment', { outcome: 'repeated', first: refused('wrong-amount') }, '13'],
    ['payment', { outcome: 'fault' }, '96'],
    ['reversal', { outcome: 'unknown-original' }, '92'],
    ['reversal', { outcome: 'conflict' }, '94'],
    ['reversal', { outcome: 'too-late' }, '95'],
    ['reversal', { outcome: 'out-of-order' }, '94'],
    ['status', refused('unknown-customer'), '14'],
    ['status', { outcome: 'was-reversed', hubReference: 'HUB1', decidedAt: NOW }, '93'],
    ['status', { outcome: 'unknown-original' }, '92'],
    ['status', { outcome: 'conflict' }, '94'],
  ]

  test.each(rows)('%s answered %o is %s', async (operation, answer, code) => {
    const response = await answerTo(operation, answer)
    expect(response.status).toBe(200)
    expect(response.headers).toEqual({ 'Content-Type': 'application/json' })
    expect(JSON.parse(response.body)).toMatchObject({ responseCode: code, transactionId: 'TRX-2026.11_0001' })
  })

  test.each([
    [{ outcome: 'too-many' }, 429, 'TOO_MANY'],
    [{ outcome: 'unknown-outcome' }, 503, 'OUTCOME_UNKNOWN'],
  ] as const)('%o is a problem with a time to wait', async (answer, status, code) => {
    const response = await answerTo('payment', answer)
    expect(response).toMatchObject({ status, headers: { 'Retry-After': '1' } })
    expect(JSON.parse(response.body)).toMatchObject({ status, code })
  })
})

test.each(Object.entries(HUB_PROBLEMS))('problem %s is whole, and says what to mend', (_, problem) => {
  const { status, code, title } = problem
  const own: Record<number, object> = {
    405: { Allow: 'POST' },
    429: { 'Retry-After': '1' },
    503: { 'Retry-After': '1' },
  }
  const headers = { 'Content-Type': 'application/problem+json', ...own[status] }
  const written = writeProblem(problem, { field: 'amount', detail: 'expected a number' })
  expect({ ...written, body: JSON.parse(written.body) }).toEqual({
    status,
    headers,
    body: { type: 'about:blank', title, status, code, field: 'amount', detail: 'expected a number' },
  })
  expect(JSON.parse(writeProblem(problem).body)).toEqual({ type: 'about:blank', title, status, code })
})

test.each([ACCEPTED, refused('expired'), { outcome: 'was-reversed', hubReference: 'HUB1', decidedAt: NOW } as const])(
  'a repeat years later, and status, answer $outcome in the same bytes',
  async (answer) => {
    const first = await answerTo('payment', answer)
    expect(await answerTo('payment', answer, later(9 * 365 * 86_400_000))).toEqual(first)
    expect(await answerTo('status', answer, later(60_000))).toEqual(first)
  },
)

describe('receipts', () => {
  const { price } = ACCEPTED.months[0] as (typeof ACCEPTED.months)[number]
  const paying = (...names: string[]) => names.map((name) => ({ month: month(name), price }))

  test('name runs of months, credit and bill where there are any', () => {
    const lines = receiptOf({
      ...ACCEPTED,
      customerName: '',
      kpj: null,
      paidThrough: null,
      billCode: '9912345678901232',
      creditDrawn: rupiah(8400),
      months: paying('2026-10', '2026-11', '2026-12', '2027-02'),
    })
    expect(lines.slice(4, -2)).toEqual([
      'Kode iuran: 9912345678901232',
      'Bulan: 10/2026 - 12/2026',
      'Bulan: 02/2027',
      'Iuran: Rp8.400',
      'Dari saldo: Rp8.400',
    ])
  })

  test('have no line of more than forty characters, whatever the name and the reference', () => {
    const customerName = `${'B'.repeat(30)}\n${'🌴'.repeat(60)}`
    const lines = receiptOf({ ...ACCEPTED, customerName, hubReference: 'H'.repeat(64) })
    expect(lines.every((line) => [...line].length <= LINE_LIMIT && line.isWellFormed())).toBe(true)
    expect(lines.join('')).toContain('H'.repeat(64))
    expect(lines.join('')).not.toContain('\n')
  })

  test('of a renderer that is not known are refused, not reworded', () => {
    expect(() => receiptOf({ ...ACCEPTED, renderer: 99 })).toThrow('got 99')
  })
})
