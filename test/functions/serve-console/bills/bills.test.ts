import { describe, expect, test } from 'vitest'
import { billCodeOf, parseBillCode } from '../../../../shared/domain/bill-code.ts'
import { kpjOf } from '../../../../shared/domain/kpj.ts'
import { Transient } from '../../../../shared/runtime/faults.ts'
import { accountOf } from '../../../support/ids.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const ask = { kpj: KPJ, months: 3, validUntil: '2026-11-30' }

async function registered(changed: Parameters<typeof row>[0] = {}, options: Parameters<typeof consoleOn>[0] = {}) {
  const hub = consoleOn(options)
  await hub.importRows(row(changed))
  return hub
}

describe('issuing a bill', () => {
  test('names the next months and freezes their prices, without drawing credit', async () => {
    const hub = await registered()
    const { status, body } = await hub.call('operator', 'POST', '/api/bills', ask)
    expect(status).toBe(201)
    expect(body).toEqual({
      billCode: expect.any(String),
      kpj: KPJ,
      memberCount: 1,
      amountRupiah: 33_600,
      months: ['2026-11', '2026-12', '2027-01'],
      status: 'open',
      sharesApplied: 0,
      channels: ['brilink', 'bni', 'alfamart', 'indomaret', 'pos'],
      replaces: null,
      replacedBy: null,
      sponsored: null,
      validUntil: '2026-11-30',
      payableUntil: '2026-11-30T16:59:59.999Z',
      issuedAt: '2026-11-20T03:00:00.000Z',
      paidBy: null,
    })
    expect(parseBillCode(body.billCode)).toBe(body.billCode)
    expect((await hub.call('viewer', 'GET', `/api/bills/${body.billCode}`)).body).toEqual(body)
    expect((await hub.store.bills.members(body.billCode, 1))?.[0]).toMatchObject({ kpj: KPJ, amount: 33_600 })
  })

  test.each([
    ['village', 16_800],
    ['apbd', 16_800],
    ['csr', 8_400],
  ])('is possible for a membership paid by %s', async (funding, amountRupiah) => {
    const hub = await registered({ funding })
    expect((await hub.call('operator', 'POST', '/api/bills', { ...ask, months: 1 })).body).toMatchObject({
      amountRupiah,
    })
  })

  test('draws another code when one is taken, and gives up with a fault rather than a wrong bill', async () => {
    const hub = await registered({}, { serials: [7, 7, 8, 7, 7, 7, 7, 7] })
    const first = await hub.call('operator', 'POST', '/api/bills', ask)
    const second = await hub.call('operator', 'POST', '/api/bills', { ...ask, months: 1 })
    expect(second.body.billCode).not.toBe(first.body.billCode)
    await expect(hub.call('operator', 'POST', '/api/bills', { ...ask, months: 2 })).rejects.toThrow(Transient)
  })

  test.each([
    ['a number of months that is not offered', { ...ask, months: 4 }, 400, 'INVALID_INPUT'],
    ['months as text', { ...ask, months: '3' }, 400, 'INVALID_INPUT'],
    ['a day that is over', { ...ask, validUntil: '2026-11-19' }, 400, 'INVALID_INPUT'],
    ['an instant that is over', { ...ask, validUntil: '2026-11-20T09:59:59+07:00' }, 400, 'INVALID_INPUT'],
    ['no day at all', { ...ask, validUntil: 'soon' }, 400, 'INVALID_INPUT'],
    ['the end of the calendar', { ...ask, validUntil: '9999-12-31' }, 400, 'INVALID_INPUT'],
    ['a day more than two years away', { ...ask, validUntil: '2028-11-21' }, 400, 'INVALID_INPUT'],
    ['an instant more than two years away', { ...ask, validUntil: '2028-11-21T00:00:00+07:00' }, 400, 'INVALID_INPUT'],
    ['the last day that arithmetic can bear', { ...ask, validUntil: '9998-12-31' }, 400, 'INVALID_INPUT'],
    ['a KPJ as long as a book', { ...ask, kpj: '1'.repeat(65) }, 400, 'INVALID_INPUT'],
    ['another field', { ...ask, amount: 1 }, 400, 'INVALID_INPUT'],
    ['nobody’s KPJ', { ...ask, kpj: '99999999999' }, 404, 'UNKNOWN_MEMBERSHIP'],
    ['what is no KPJ', { ...ask, kpj: 'x' }, 404, 'UNKNOWN_MEMBERSHIP'],
  ])('is refused for %s', async (_, body, status, code) => {
    const hub = await registered()
    expect(await hub.call('operator', 'POST', '/api/bills', body)).toMatchObject({ status, body: { code } })
    expect(hub.store.everything().bills).toEqual([])
  })

  test('is possible until the very end of today', async () => {
    const hub = await registered()
    expect((await hub.call('operator', 'POST', '/api/bills', { ...ask, validUntil: '2026-11-20' })).status).toBe(201)
  })

  test('is possible until two years from today', async () => {
    const hub = await registered()
    const { status, body } = await hub.call('operator', 'POST', '/api/bills', { ...ask, validUntil: '2028-11-20' })
    expect([status, body.payableUntil]).toEqual([201, '2028-11-20T16:59:59.999Z'])
  })

  test('is refused for a closed membership', async () => {
    const hub = await registered()
    await hub.decided(`/api/memberships/${KPJ}/closure`, { reason: 'died', on: '2026-11-19' })
    expect(await hub.call('operator', 'POST', '/api/bills', ask)).toMatchObject({
      status: 409,
      body: { code: 'MEMBERSHIP_CLOSED' },
    })
  })

  test('is refused beyond 12 months ahead', async () => {
    const hub = await registered()
    await hub.pay('P1', '2026-11-20T10:00', ['2026-11', '2026-12'])
    expect(await hub.call('operator', 'POST', '/api/bills', { ...ask, months: 12 })).toMatchObject({
      status: 409,
      body: { code: 'TOO_FAR_AHEAD' },
    })
  })
})

describe('replacing a bill', () => {
  const correction = { months: 1, validUntil: '2026-12-15' }

  async function billed() {
    const hub = await registered()
    const { body } = await hub.call('operator', 'POST', '/api/bills', ask)
    const replace = (sent: object = correction, billCode: string = body.billCode) =>
      hub.call('operator', 'POST', `/api/bills/${billCode}/replacement`, sent)
    return { hub, billCode: body.billCode as string, replace }
  }

  test('puts another one in its place: the old is replaced, the new is open', async () => {
    const { hub, billCode, replace } = await billed()
    const { status, body } = await replace()
    expect([status, body]).toMatchObject([201, { status: 'open', replaces: billCode, amountRupiah: 8_400 }])
    expect((await hub.call('viewer', 'GET', `/api/bills/${billCode}`)).body).toMatchObject({
      status: 'replaced',
      replacedBy: body.billCode,
    })
    expect((await hub.call('viewer', 'GET', `/api/bills/${body.billCode}`)).body).toEqual(body)
    expect(await replace()).toMatchObject({ status: 409, body: { code: 'BILL_REPLACED' } })
    expect(await replace(correction, body.billCode)).toMatchObject({ status: 201 })
  })

  test('is refused once it is paid, also where the payment comes at the last moment', async () => {
    const { hub, billCode, replace } = await billed()
    await hub.pay('B1', '2026-11-20T10:00', ['2026-11', '2026-12', '2027-01'], { account: accountOf(billCode) })
    expect(await replace()).toMatchObject({ status: 409, body: { code: 'BILL_PAID' } })
    expect(hub.store.everything().bills).toHaveLength(1)
  })

  test('is refused for a bill of many, of nobody, and for what no bill may ask', async () => {
    const { hub, billCode, replace } = await billed()
    const bill = await hub.store.bills.get(billCode as never)
    const [member] = (await hub.store.bills.members(billCode as never, 1)) ?? []
    if (!bill || !member) throw new Error('expected the bill that was issued')
    const many = { ...bill, billCode: billCodeOf(77), kpj: null, memberCount: 2 }
    await hub.store.bills.put(many, [member, { ...member, kpj: kpjOf('22222222222') }])
    expect(await replace(correction, many.billCode)).toMatchObject({ status: 409, body: { code: 'BILL_OF_MANY' } })
    expect(await replace(correction, '9900000000000000')).toMatchObject({ status: 404, body: { code: 'UNKNOWN_BILL' } })
    expect(await replace({ months: 4, validUntil: '2026-12-15' })).toMatchObject({ status: 400 })
    expect(await replace({ ...correction, validUntil: '2026-11-19' })).toMatchObject({ status: 400 })
    await hub.decided(`/api/memberships/${KPJ}/closure`, { reason: 'died', on: '2026-11-19' })
    expect(await replace()).toMatchObject({ status: 409, body: { code: 'MEMBERSHIP_CLOSED' } })
  })
})

describe('the status of a bill', () => {
  async function billed() {
    const hub = await registered()
    const { body } = await hub.call('operator', 'POST', '/api/bills', { ...ask, months: 1 })
    const statusNow = async () => (await hub.call('viewer', 'GET', `/api/bills/${body.billCode}`)).body
    return { hub, billCode: body.billCode as string, statusNow }
  }

  test('is paid once a channel’s payment holds it, also after its day', async () => {
    const { hub, billCode, statusNow } = await billed()
    await hub.pay('B1', '2026-11-20T10:00', ['2026-11'], { account: accountOf(billCode) })
    await hub.fold()
    hub.setClock('2026-12-02T10:00')
    expect(await statusNow()).toMatchObject({
      status: 'paid',
      sharesApplied: 1,
      paidBy: { channel: 'bni', paymentId: 'B1' },
    })
  })

  test('is expired after the end of its day in WIB, not a moment before', async () => {
    const { hub, statusNow } = await billed()
    hub.setClock('2026-11-30T23:59:59')
    expect(await statusNow()).toMatchObject({ status: 'open' })
    hub.setClock('2026-12-01T00:00')
    expect(await statusNow()).toMatchObject({ status: 'expired' })
  })

  test('is changed when one of its months is paid otherwise', async () => {
    const { hub, statusNow } = await billed()
    await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
    expect(await statusNow()).toMatchObject({ status: 'changed' })
  })

  test('is changed while the member is closed, and open again after', async () => {
    const { hub, statusNow } = await billed()
    await hub.decided(`/api/memberships/${KPJ}/closure`, { reason: 'died', on: '2026-11-20' })
    expect(await statusNow()).toMatchObject({ status: 'changed' })
    await hub.decided(`/api/memberships/${KPJ}/reopening`, { reason: 'mistake' })
    expect(await statusNow()).toMatchObject({ status: 'open' })
  })

  test.each(['9900000000000000', '1234567890123456', 'x'])('of an unknown bill is not known: %s', async (billCode) => {
    expect(await consoleOn().call('viewer', 'GET', `/api/bills/${billCode}`)).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_BILL' },
    })
  })
})
