/**
 * A retailer's and the post's engineers go through their lists: every code of the pipe protocol and of the hub's own, what a
 * repeat of each is answered, and what becomes of a payment that is reversed before, after, twice, or too late.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { type Retailer, retailerOf, type Shop, shopOf, terminalOf, wib } from '../support/terminals.ts'

let hub: HubOnTrial
let retailer: Retailer
let post: Shop
let payer: Person
let count = 0

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00', isolates: 'strict' })
  retailer = retailerOf(hub)
  post = shopOf(hub, 'pos')
  payer = person()
  await register(hub, payer)
}, 180_000)
afterAll(() => hub?.stop())

const newId = (what: string) => `${what}-${++count}`
const money = (amount: number, fee = 2_500) => ({
  Amount: String(amount),
  AdminFee: String(fee),
  Total: String(amount + fee),
})
const outlet = { id: 'KPC-36100', terminalId: '07' }
const inquiryOf = (transactionId: string, customerId: string, months = 1) => ({
  transactionId,
  customerId,
  months,
  outlet,
  requestedAt: wib(hub.now()),
})
const paymentOf = (transactionId: string, customerId: string, amount = 8_400, adminFee = 2_500) => ({
  transactionId,
  customerId,
  months: 1,
  amount,
  adminFee,
  total: amount + adminFee,
  outlet,
  transactedAt: wib(hub.now()),
})

describe('the pipe protocol', () => {
  test('answers an inquiry in 19 fields, a payment in 17, a reversal in 12', async () => {
    const somebody = person()
    await register(hub, somebody)
    const fields = { AgentTrxID: newId('PIPE'), CustomerID: somebody.nik }
    const due = await retailer.call('inquiry', fields)
    expect(due.headers.get('content-type')).toContain('text/plain')
    expect(due.fields).toHaveLength(19)
    const { agentId, agentStoreId } = hub.sandbox('alfamart')
    expect(due.fields.slice(0, 5)).toEqual([agentId, '******', fields.AgentTrxID, agentStoreId, somebody.nik])
    expect(due.fields[6]).toBe('00')
    expect(due.fields[9]).toBe('01')
    expect(due.fields[10]).toBe('SA*** WU*** LE***')
    expect(due.fields[12]).toBe('20261116')
    expect(due.fields.slice(13)).toEqual(['8400', '0', '10900', '2500', 'BPUTK', '1'])
    const paid = await retailer.call('payment', { ...fields, ...money(8_400) })
    expect(paid.fields).toHaveLength(17)
    expect(paid.fields.slice(6, 12)).toEqual(['01', '8400', '0', '10900', '2500', '00'])
    expect(paid.fields[14]).toMatch(/^\S+$/)
    expect(paid.fields[15]).toContain('202611')
    expect(paid.fields[16]).toBe('BPUTK')
    // Signed a second later than the payment: in the same one it could be the inquiry, captured.
    const inOrder = {
      ...fields,
      DateTimeRequest: wib(hub.now() + 1_000)
        .slice(0, 19)
        .replace(/[-T:]/g, ''),
    }
    const reversed = await retailer.call('reversal', inOrder)
    expect(reversed.fields).toHaveLength(12)
    expect(reversed.fields[6]).toBe('00')
    expect(reversed.fields[9]).toBe(paid.fields[14])
  })

  test.each([
    ['a field left out', { CustomerID: '' }, '12'],
    ['an id with a space', { AgentTrxID: 'a b' }, '12'],
    ['a store that is not registered', { AgentStoreID: 'T0000' }, '97'],
    ['another PIN', { AgentPIN: '000000' }, '97'],
    ['another agent', { AgentID: 'AGENT' }, '97'],
    ['a time of six minutes ago', { DateTimeRequest: 'late' }, '97'],
    ['a product that nobody sells', { ProductID: 'BPUTK04' }, '12'],
    ['a person asked for as a bill', { ProductID: 'BPUBL' }, '14'],
    ['a customer of nobody', { CustomerID: '1571011205909999' }, '14'],
  ])('refuses an inquiry with %s and leaves money and name empty', async (_, change: Record<string, string>, code) => {
    const late = wib(hub.now() - 360_000)
      .slice(0, 19)
      .replace(/[-T:]/g, '')
    const fields = { AgentTrxID: newId('BAD'), CustomerID: payer.nik, ...change }
    const reply = await retailer.call('inquiry', {
      ...fields,
      ...(change.DateTimeRequest === undefined ? {} : { DateTimeRequest: late }),
    })
    expect(reply.status).toBe(200)
    expect(reply.fields).toHaveLength(19)
    expect(reply.code).toBe(code)
    expect(reply.fields[10]).toBe('')
    expect(reply.fields.slice(13, 17)).toEqual(['', '', '', ''])
  })

  test.each([
    ['a total that does not add up', { ...money(8_400), Total: '8400' }, '12'],
    ['a charge', { ...money(8_400), Charge: '100', Total: '11000' }, '12'],
    ['months that are not the product', { ...money(8_400), PaymentPeriod: '03' }, '12'],
    ['another fee', money(8_400, 0), '13'],
    ['another amount', money(8_500), '13'],
  ])('refuses a payment with %s', async (_, change, code) => {
    const fields = { AgentTrxID: newId('BADPAY'), CustomerID: payer.nik, ...change }
    const reply = await retailer.call('payment', fields)
    expect(reply.fields).toHaveLength(17)
    expect(reply.code).toBe(code)
    expect((await retailer.call('payment', fields)).code).toBe(code)
  })

  test('refuses a forged field, a field twice, and a signature in capitals', async () => {
    const query = retailer.query('payment', { AgentTrxID: newId('F'), CustomerID: payer.nik, ...money(8_400) })
    query.set('CustomerID', payer.kpj)
    expect((await retailer.send('payment', query)).code).toBe('97')
    const twice = retailer.query('inquiry', { AgentTrxID: newId('F'), CustomerID: payer.nik })
    expect((await retailer.send('inquiry', `${twice}&CustomerID=${payer.nik}`)).code).toBe('12')
    const capitals = retailer.query('inquiry', { AgentTrxID: newId('F'), CustomerID: payer.nik })
    capitals.set('Signature', capitals.get('Signature')?.toUpperCase() ?? '')
    expect((await retailer.send('inquiry', capitals)).code).toBe('12')
  })

  test('takes a reversal that is older than its payment for a forged one', async () => {
    const somebody = person()
    await register(hub, somebody)
    const fields = { AgentTrxID: newId('OLD'), CustomerID: somebody.nik }
    const paid = await retailer.call('payment', { ...fields, ...money(8_400) })
    expect(paid.code).toBe('00')
    const signedAt = (millis: number) =>
      wib(hub.now() + millis)
        .slice(0, 19)
        .replace(/[-T:]/g, '')
    expect((await retailer.call('reversal', { ...fields, DateTimeRequest: signedAt(-60_000) })).code).toBe('97')
    // A reversal is signed later than its payment, and the protocol's time has seconds.
    expect((await retailer.call('reversal', { ...fields, DateTimeRequest: signedAt(2_000) })).code).toBe('00')
  })
})

describe("the hub's own protocol", () => {
  test('answers a payment in the published shape, byte for byte the same ever after', async () => {
    const somebody = person()
    await register(hub, somebody)
    const id = newId('POS')
    const due = await post.call('inquiry', inquiryOf(id, somebody.nik))
    expect(due.body).toMatchObject({
      responseCode: '00',
      transactionId: id,
      hubReference: expect.any(String),
      customerName: 'SA*** WU*** LE***',
      // Whoever asks by NIK learns no other number.
      kpj: null,
      months: ['2026-11'],
      amount: 8_400,
      adminFee: 2_500,
      total: 10_900,
      paidThrough: '2026-11',
    })
    const call = paymentOf(id, somebody.nik)
    const paid = await post.call('payment', call)
    expect(Object.keys(paid.body)).toEqual([
      'responseCode',
      'responseMessage',
      'transactionId',
      'hubReference',
      'customerName',
      'kpj',
      'months',
      'amount',
      'adminFee',
      'total',
      'paidThrough',
      'receipt',
    ])
    expect(paid.body.receipt.length).toBeGreaterThan(3)
    const later = { ...call, transactedAt: wib(hub.now() + 5_000), outlet: { id: 'OTHER', terminalId: '1' } }
    expect((await post.call('payment', later)).text).toBe(paid.text)
    expect((await post.call('status', { transactionId: id, customerId: somebody.nik })).text).toBe(paid.text)
    expect((await post.call('status', { transactionId: id, customerId: payer.nik })).code).toBe('94')
    expect((await post.call('status', { transactionId: newId('NONE'), customerId: payer.nik })).code).toBe('92')
  })

  test.each([
    ['an unknown field', { note: 'x' }, 'note'],
    ['four months', { months: 4 }, 'months'],
    ['months as text', { months: '1' }, 'months'],
    ['an amount with cents', { amount: 8_400.5 }, 'amount'],
    ['a total that does not add up', { total: 8_400 }, 'total'],
    ['an id with a slash', { transactionId: 'a/b' }, 'transactionId'],
    ['no outlet', { outlet: undefined }, 'outlet'],
    ['a time without offset', { transactedAt: '2026-11-20T10:00:00' }, 'transactedAt'],
  ])('names the field of a payment with %s', async (_, change, field) => {
    const reply = await post.call('payment', { ...paymentOf(newId('BAD'), payer.nik), ...change })
    expect(reply.status).toBe(400)
    expect(reply.headers.get('content-type')).toContain('application/problem+json')
    expect(reply.text).toContain(field)
  })

  test.each([
    ['no signature', { 'webhook-signature': '' }, 401],
    ['another signature', { 'webhook-signature': `v1,${'A'.repeat(43)}=` }, 401],
    ['another id', { 'webhook-id': 'msg_other' }, 401],
    ['another content type', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_, headers, status) => {
    expect((await post.call('payment', paymentOf(newId('S'), payer.nik), headers)).status).toBe(status)
  })

  test('refuses a body of another operation, no JSON, a large one, and a clock of six minutes ago', async () => {
    expect((await post.call('reversal', paymentOf(newId('X'), payer.nik))).status).toBe(400)
    expect((await post.call('status', inquiryOf(newId('X'), payer.nik))).status).toBe(400)
    expect((await post.call('payment', 'payment')).status).toBe(400)
    expect((await post.call('payment', `"${'x'.repeat(66_000)}"`)).status).toBe(413)
    const late = shopOf({ ...hub, now: () => hub.now() - 360_000 }, 'pos')
    expect((await late.call('payment', paymentOf(newId('X'), payer.nik))).status).toBe(401)
  })

  test('the other partner of the same protocol has keys of its own', async () => {
    const stranger = shopOf(hub, 'pos', { ...hub.sandbox('pos'), secret: hub.sandbox('indomaret').secret ?? '' })
    expect((await stranger.call('payment', paymentOf(newId('X'), payer.nik))).status).toBe(401)
  })
})

describe.each(['alfamart', 'indomaret', 'pos'] as const)('a reversal at %s', (channel) => {
  test('after the payment takes it back once, and the payment says so ever after', async () => {
    const terminal = terminalOf(hub, channel)
    const [somebody, other] = [person(), person()]
    await register(hub, somebody, other)
    const call = { id: newId(channel), customer: somebody.nik, amount: 8_400 }
    expect((await terminal.pay(call)).code).toBe('00')
    expect((await terminal.reverse?.({ ...call, customer: other.nik }))?.code).toBe('94')
    expect((await terminal.reverse?.(call))?.code).toBe('00')
    expect((await terminal.reverse?.(call))?.code).toBe('00')
    expect((await terminal.pay(call)).code).toBe('93')
    if (terminal.status) expect((await terminal.status(call)).code).toBe('93')
    await hub.untilQuiet()
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${somebody.kpj}`)
    expect(body).toMatchObject({ status: 'unpaid', paidThrough: null, payable: { month: '2026-11' } })
    const { body: list } = await hub.api('viewer', 'GET', `/api/memberships/${somebody.kpj}/payments`)
    expect(list.items.map(({ kind }: { kind: string }) => kind)).toEqual(['reversal', 'payment'])
    expect((await terminal.pay({ ...call, id: newId(channel) })).code).toBe('00')
  })

  test('before the payment stops it for ever', async () => {
    const terminal = terminalOf(hub, channel)
    const somebody = person()
    await register(hub, somebody)
    const call = { id: newId(channel), customer: somebody.nik, amount: 8_400 }
    expect((await terminal.reverse?.(call))?.code).toBe('92')
    expect((await terminal.pay(call)).code).toBe('93')
    expect((await terminal.reverse?.(call))?.code).toBe('92')
    if (terminal.status) expect((await terminal.status(call)).code).toBe('93')
    expect((await terminal.pay({ ...call, customer: somebody.kpj })).code).toBe('94')
  })

  test('of a refused payment finds nothing to reverse', async () => {
    const terminal = terminalOf(hub, channel)
    const call = { id: newId(channel), customer: payer.nik, amount: 1 }
    expect((await terminal.pay(call)).code).toBe('13')
    expect((await terminal.reverse?.(call))?.code).toBe('92')
    expect((await terminal.pay(call)).code).toBe('13')
    if (terminal.status) expect((await terminal.status(call)).code).toBe('13')
  })
})

test('twenty copies of one payment at once are one payment, at every channel', async () => {
  for (const channel of ['bni', 'alfamart', 'pos'] as const) {
    const terminal = terminalOf(hub, channel)
    const somebody = person()
    await register(hub, somebody)
    const call = { id: newId(`storm-${channel}`), customer: somebody.nik, amount: 8_400 }
    const answers = await Promise.all(Array.from({ length: 20 }, () => terminal.pay(call)))
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([terminal.codes.ok]))
    await hub.untilQuiet()
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${somebody.kpj}/payments`)
    expect(body.items).toHaveLength(1)
  }
})

test('after a quarter past midnight a reversal is a case for finance, unless it came in time before', async () => {
  const [late, timely] = [person(), person()]
  await register(hub, late, timely)
  const terminal = terminalOf(hub, 'indomaret')
  const [first, second] = [late, timely].map(({ nik }) => ({ id: newId('night'), customer: nik, amount: 8_400 }))
  if (!first || !second) throw new Error('expected two payments')
  await hub.moveTo('2026-11-20T23:50:00+07:00')
  expect((await terminal.pay(first)).code).toBe('00')
  expect((await terminal.pay(second)).code).toBe('00')
  await hub.moveTo('2026-11-21T00:14:00+07:00')
  expect((await terminal.reverse?.(second))?.code).toBe('00')
  await hub.moveTo('2026-11-21T00:16:00+07:00')
  expect((await terminal.reverse?.(first))?.code).toBe('95')
  expect((await terminal.reverse?.(first))?.code).toBe('95')
  expect((await terminal.reverse?.(second))?.code).toBe('00')
  expect((await terminal.pay(first)).code).toBe('00')
  await hub.untilQuiet()
  expect((await hub.api('viewer', 'GET', `/api/memberships/${late.kpj}`)).body.status).toBe('active')
  expect((await hub.api('viewer', 'GET', `/api/memberships/${timely.kpj}`)).body.status).toBe('unpaid')
})
