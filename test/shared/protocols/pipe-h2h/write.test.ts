/**
 * What the pipe protocol answers: every code, the count and order of fields, golden bodies that pin each reply.
 */
import { describe, expect, test } from 'vitest'
import type { Accepted, Answer, EndpointResponse, Quoted, Refused } from '../../../../shared/channel-port/channel.ts'
import { type BusinessDate, instant } from '../../../../shared/domain/instant.ts'
import { rupiah, ZERO } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import type { PipeOperation } from '../../../../shared/protocols/pipe-h2h/fields.ts'
import { writePlain } from '../../../../shared/protocols/pipe-h2h/write.ts'
import { codeOf, goodCall, later, NOW, read, requestOf, withValues } from './call.ts'

const price = { jkk: rupiah(5000), jkm: rupiah(3400), jht: ZERO }
const months = ['2026-11', '2026-12', '2027-01'].map((text) => ({ month: month(text), price }))
const FIRST = instant(NOW - 86_400_000)

const quoted: Quoted = {
  outcome: 'quoted',
  hubReference: 'HUB1',
  customerName: 'BU*** SA***',
  kpj: '12345678901',
  months,
  creditDrawn: ZERO,
  amount: rupiah(33600),
  adminFee: rupiah(2500),
  paidThrough: null,
  dueDate: '2026-11-16' as BusinessDate,
  billCode: null,
  quotedAt: NOW,
}
const accepted: Accepted = {
  outcome: 'accepted',
  hubReference: 'HUB1',
  customerName: 'BU*** SA***',
  kpj: '12345678901',
  months,
  creditDrawn: ZERO,
  amount: rupiah(33600),
  adminFee: rupiah(2500),
  paidThrough: month('2027-01'),
  billCode: null,
  outlet: 'T002',
  decidedAt: FIRST,
  renderer: 1,
}
const refused = (code: Refused['code']): Refused => ({
  outcome: 'refused',
  code,
  hubReference: 'HUB1',
  decidedAt: FIRST,
})
const reversed: Answer = {
  outcome: 'reversed',
  hubReference: 'HUB1',
  decidedAt: FIRST,
  months: months.map((each) => each.month),
  amount: rupiah(33600),
}

async function write(operation: PipeOperation, answer: Answer): Promise<EndpointResponse> {
  const reading = await read(goodCall(operation))
  if (reading.kind !== 'message') throw new Error('expected a message')
  return reading.write(answer, NOW)
}

describe('golden replies', () => {
  const caller = 'AGENT1|******|TRX-2026.11_0001|T002|12345678901|20261120140321'

  test('an inquiry that found something due', async () => {
    expect((await write('inquiry', quoted)).body).toBe(
      `${caller}|00|Success|20261120140321|03|BU*** SA***|202611,202612,202701|20261116|33600|0|36100|2500|BPUTK03|1`,
    )
  })

  test('an inquiry that found nothing leaves money and name empty', async () => {
    expect((await write('inquiry', { ...refused('unknown-customer'), decidedAt: NOW })).body).toBe(
      `${caller}|14|Unknown customer|20261120140321|||||||||BPUTK03|1`,
    )
  })

  test('an accepted payment, with the time of the first answer', async () => {
    expect((await write('payment', accepted)).body).toBe(
      `${caller}|03|33600|0|36100|2500|00|Success|20261119140321|HUB1|202611,202612,202701|BPUTK03`,
    )
  })

  test('a refused payment', async () => {
    expect((await write('payment', refused('wrong-amount'))).body).toBe(
      `${caller}|03|33600|0|36100|2500|13|Wrong amount|20261119140321|HUB1||BPUTK03`,
    )
  })

  test('a reversal that stands', async () => {
    expect((await write('reversal', reversed)).body).toBe(
      `${caller}|00|Success|20261119140321|HUB1|202611,202612,202701|BPUTK03`,
    )
  })

  test('a call that could not be read', async () => {
    const reading = await read(withValues(goodCall('payment'), { CustomerID: 'x|y', AgentPIN: '' }))
    expect(reading.kind === 'response' && reading.response).toEqual({
      status: 200,
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      body: 'AGENT1||TRX-2026.11_0001|T002||20261120140321|03|33600|0|36100|2500|12|Malformed request|20261120140321|||BPUTK03',
    })
  })
})

describe('codes', () => {
  const rows: readonly (readonly [PipeOperation, Answer, string])[] = [
    ['inquiry', refused('unknown-customer'), '14'],
    ['inquiry', refused('expired'), '54'],
    ['inquiry', refused('already-paid'), '88'],
    ['inquiry', { outcome: 'fault' }, '05'],
    ['payment', refused('unknown-customer'), '14'],
    ['payment', refused('expired'), '54'],
    ['payment', refused('already-paid'), '88'],
    ['payment', refused('wrong-amount'), '13'],
    ['payment', { outcome: 'conflict' }, '94'],
    ['payment', { outcome: 'external-id-conflict' }, '94'],
    ['payment', { outcome: 'was-reversed', hubReference: 'HUB1', decidedAt: FIRST }, '93'],
    ['payment', { outcome: 'repeated', first: accepted }, '00'],
    ['payment', { outcome: 'repeated', first: refused('expired') }, '54'],
    ['payment', { outcome: 'fault' }, '05'],
    ['reversal', { outcome: 'unknown-original' }, '92'],
    ['reversal', { outcome: 'conflict' }, '94'],
    ['reversal', { outcome: 'too-late' }, '95'],
    ['reversal', { outcome: 'out-of-order' }, '97'],
    ['reversal', { outcome: 'fault' }, '05'],
  ]

  test.each(rows)(
    '%s answered %o is %s, with the same count of fields as a success',
    async (operation, answer, code) => {
      const response = await write(operation, answer)
      const count = { inquiry: 19, payment: 17, reversal: 12 }[operation]
      expect(response.status).toBe(200)
      expect(response.headers).toEqual({ 'Content-Type': 'text/plain; charset=utf-8' })
      expect(codeOf(operation, response)).toBe(code)
      expect(response.body.split('|')).toHaveLength(count)
    },
  )

  test.each([
    [{ outcome: 'too-many' }, 429],
    [{ outcome: 'unknown-outcome' }, 503],
  ] as const)('%o has no code: it is an HTTP status with a time to wait', async (answer, status) => {
    const response = await write('payment', answer)
    expect(response.status).toBe(status)
    expect(response.headers).toEqual({ 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '1' })
    expect(response.body).toMatch(/^[a-z ,]+$/)
  })
})

test('a repeat echoes its own request time and is otherwise the first answer', async () => {
  const repeat = withValues(goodCall('payment'), { DateTimeRequest: '20261120140421' })
  const again = await read({ ...repeat, now: later(60_000) })
  const first = (await write('payment', accepted)).body
  expect(again.kind === 'message' && again.write(accepted, later(60_000)).body).toBe(
    first.replace('20261120140321', '20261120140421'),
  )
})

test('a name cannot add a field or a line', async () => {
  const body = (await write('inquiry', { ...quoted, customerName: 'B|D*\nX*' })).body
  expect(body.split('|')).toHaveLength(19)
  expect(body).toContain('|B D* X*|')
})

test('what is not HTTP GET of a known operation is answered in plain text', async () => {
  const request = requestOf(goodCall('inquiry'))
  expect(request.rawQuery.length).toBeLessThan(8192)
  const reading = await read({ ...goodCall('inquiry'), method: 'POST' })
  expect(reading.kind === 'response' && reading.response).toMatchObject({ status: 405, headers: { Allow: 'GET' } })
})

test.each([
  [404, {}],
  [405, { Allow: 'GET' }],
  [413, {}],
  [429, { 'Retry-After': '1' }],
  [503, { 'Retry-After': '1' }],
] as const)(
  'HTTP %i says in plain text what it is, and names a method or a time to wait only where one helps',
  (status, own) => {
    expect(writePlain(status, 'no')).toEqual({
      status,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', ...own },
      body: 'no',
    })
  },
)
