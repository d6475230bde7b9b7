/** What a channel is charged, and what we owe it for fees, is paid: two people place movements of the bank on it. */
import { describe, expect, test } from 'vitest'
import { auditBooks } from '../../../support/audit-books.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const BOOKED = '2026-12-01'

/** A difference on which Indomaret is charged 50,000 and then 30,000. */
async function charged(...amounts: readonly number[]) {
  const hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321', amount: 200_000 })])
  const [extra] = await hub.cases('indomaret', DAY)
  await hub.decide(extra?.id ?? '', 'post')
  hub.setClock('2026-11-27T10:00')
  await hub.credit('C1', '2026-11-23', 118_500, 'INDOMARET 20261120')
  const found = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'bank-difference')
  const id = found?.id ?? ''
  for (const amountRupiah of amounts) {
    expect((await hub.decide(id, 'charge-channel', { amountRupiah })).status).toBe(200)
    hub.setClock('2026-11-28T10:00')
  }
  hub.setClock(`${BOOKED}T09:00`)
  return { hub, id }
}

const toCharge = (differenceId: string, amountRupiah: number, channel = 'indomaret') => ({
  to: 'channel-charge',
  channel,
  differenceId,
  amountRupiah,
})
type Request = { readonly action?: string; readonly onVersion?: number; readonly parts: readonly object[] }
const propose = (hub: SettlementHub, movement: string, { action = 'place', onVersion = 1, parts }: Request) =>
  hub.call('operator', 'POST', `/api/bank-movements/${BOOKED}/${movement}/proposal`, {
    action,
    onVersion,
    parts,
    reason: 'by the letter of the channel',
  })
const approve = (hub: SettlementHub, movement: string) =>
  hub.call('approver', 'POST', `/api/bank-movements/${BOOKED}/${movement}/approval`, { decision: 'approve' })

async function both(hub: SettlementHub, movement: string, request: Request): Promise<Answer> {
  expect(await propose(hub, movement, request)).toMatchObject({ status: 200 })
  const approved = await approve(hub, movement)
  expect(approved).toMatchObject({ status: 200, body: { state: 'approved' } })
  await hub.drain()
  expect((await auditBooks(hub)).problems).toEqual([])
  return approved
}

const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`
const listed = async (hub: SettlementHub) => (await hub.call('viewer', 'GET', '/api/channel-charges')).body.items
const aged = async (hub: SettlementHub) =>
  (await hub.call('viewer', 'GET', '/api/ageing/channel-charges')).body.channels
const balance = async (hub: SettlementHub, account: string) =>
  (await auditBooks(hub)).balances.find((line) => line.account === account)?.balance ?? 0

describe('a charge to a channel', () => {
  test('is paid in part, then whole by another movement, and is in no list any more', async () => {
    const { hub, id } = await charged(50_000)
    await hub.credit('P1', BOOKED, 30_000, 'PELUNASAN')
    await hub.credit('P2', BOOKED, 25_000, 'PELUNASAN')
    const { body } = await both(hub, 'P1', { parts: [toCharge(id, 30_000)] })
    expect(body.movement.places).toEqual([
      { kind: 'channel-charge', channel: 'indomaret', date: null, item: id, amountRupiah: 30_000, why: null, ways: [] },
    ])
    expect(await listed(hub)).toMatchObject([
      { differenceId: id, date: DAY, amountRupiah: 20_000, chargedRupiah: 50_000, paidRupiah: 30_000, ageDays: 4 },
    ])
    expect(await aged(hub)).toMatchObject([{ channel: 'indomaret', totalRupiah: 20_000, count: 1 }])
    await both(hub, 'P2', { parts: [toCharge(id, 20_000)] })
    expect(await listed(hub)).toEqual([])
    expect(await aged(hub)).toEqual([])
    expect(await balance(hub, 'channel-charges')).toBe(0)
    expect(await balance(hub, 'unidentified-receipts')).toBe(-5_000)
    const found = await hub.call(
      'viewer',
      'GET',
      `/api/bank-movements?from=${BOOKED}&to=${BOOKED}&state=channel-charge&channel=indomaret`,
    )
    expect(found.body.items.map((item: { id: string }) => item.id).sort()).toEqual(['P1', 'P2'])
  })

  test('in parts is paid from the oldest on, and a day may be paid by the same movement', async () => {
    const { hub, id } = await charged(50_000, 20_000)
    await hub.credit('P1', BOOKED, 70_000, 'PELUNASAN')
    const toDay = { to: 'channel-day', channel: 'indomaret', date: DAY, amountRupiah: 10_000 }
    await both(hub, 'P1', { parts: [toCharge(id, 60_000), toDay] })
    // The day has 10,000 more: its difference has other figures and is open as a whole again.
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ bankRupiah: 128_500, chargedRupiah: 0 })
    expect(await listed(hub)).toMatchObject([{ amountRupiah: -60_000, chargedRupiah: 0, chargedOn: BOOKED }])
    await both(hub, 'P1', { action: 'move', onVersion: 2, parts: [toDay] })
    expect(await listed(hub)).toEqual([])
  })

  test('is open again once the movement is moved or sent back', async () => {
    const { hub, id } = await charged(50_000)
    await hub.credit('P1', BOOKED, 50_000, 'PELUNASAN')
    await both(hub, 'P1', { parts: [toCharge(id, 50_000)] })
    // Its own payment does not stand in its way.
    await both(hub, 'P1', { action: 'move', onVersion: 2, parts: [toCharge(id, 45_000)] })
    expect(await listed(hub)).toMatchObject([{ amountRupiah: 5_000, paidRupiah: 45_000 }])
    await both(hub, 'P1', { action: 'return', onVersion: 3, parts: [{ to: 'returned', amountRupiah: 50_000 }] })
    expect(await listed(hub)).toMatchObject([{ amountRupiah: 50_000, paidRupiah: 0 }])
    expect(await balance(hub, 'channel-charges')).toBe(50_000)
  })

  test.each([
    ['more than is open', (id: string) => [toCharge(id, 50_001)], '409 MORE_THAN_OPEN'],
    ['of another channel', (id: string) => [toCharge(id, 50_000, 'pos')], '404 UNKNOWN_CHARGE'],
    ['that was never made', (id: string) => [toCharge(id.replace(/.{12}$/, '000000000000'), 1)], '404 UNKNOWN_CHARGE'],
    ['with the other sign', (id: string) => [toCharge(id, -1)], '400 INVALID_INPUT'],
    ['twice', (id: string) => [toCharge(id, 1), toCharge(id, 2)], '400 INVALID_INPUT'],
    ['without the id', () => [{ to: 'channel-charge', channel: 'indomaret', amountRupiah: 1 }], '400 INVALID_INPUT'],
  ] as const)('is not paid: %s', async (_, partsFor, code) => {
    const { hub, id } = await charged(50_000)
    await hub.credit('P1', BOOKED, 60_000, 'PELUNASAN')
    expect(codeOf(await propose(hub, 'P1', { parts: partsFor(id) }))).toBe(code)
    expect(await listed(hub)).toMatchObject([{ amountRupiah: 50_000 }])
  })

  test('is not paid by a debit, nor by one that hides it behind another part', async () => {
    const { hub, id } = await charged(50_000)
    await hub.credit('P1', BOOKED, -10_000, 'TRF KE 123')
    const hidden = [toCharge(id, -15_000), { to: 'interest', amountRupiah: 5_000 }]
    expect(codeOf(await propose(hub, 'P1', { parts: [toCharge(id, -10_000)] }))).toBe('409 MORE_THAN_OPEN')
    expect(codeOf(await propose(hub, 'P1', { parts: hidden }))).toBe('409 MORE_THAN_OPEN')
  })

  test('is paid once where two movements are approved at the same moment', async () => {
    const { hub, id } = await charged(50_000)
    for (const movement of ['P1', 'P2']) {
      await hub.credit(movement, BOOKED, 40_000, 'PELUNASAN')
      expect((await propose(hub, movement, { parts: [toCharge(id, 40_000)] })).status).toBe(200)
    }
    const codes = (await Promise.all([approve(hub, 'P1'), approve(hub, 'P2')])).map(codeOf)
    expect(codes.sort()).toEqual(['200 undefined', '409 CHANGED_MEANWHILE'])
    await hub.drain()
    expect(await listed(hub)).toMatchObject([{ amountRupiah: 10_000, paidRupiah: 40_000 }])
    expect((await auditBooks(hub)).problems).toEqual([])
    // Whoever comes later finds out why.
    const again = await Promise.all([approve(hub, 'P1'), approve(hub, 'P2')])
    expect(again.map(codeOf).sort()).toEqual(['200 undefined', '409 MORE_THAN_OPEN'])
  })
})

describe('a fee invoice', () => {
  const INVOICE = {
    channel: 'indomaret',
    number: 'FKT/2026/11-001',
    month: '2026-11',
    date: BOOKED,
    feeRupiah: 20_000,
    keptRupiah: 1_500,
    vatRupiah: 2_200,
    withholdingRupiah: 400,
  }
  const CREDIT_NOTE = { ...INVOICE, number: 'NK 1', feeRupiah: -5_000, keptRupiah: 0, vatRupiah: -550 }
  const enter = (hub: SettlementHub, invoice: object) => hub.call('operator', 'POST', '/api/fee-invoices', invoice)
  const shown = async (hub: SettlementHub) =>
    (await hub.call('viewer', 'GET', '/api/fee-invoices/indomaret/2026-11')).body.invoices
  const toInvoice = (amountRupiah: number, number = INVOICE.number, channel = 'indomaret') => ({
    to: 'fee-invoice',
    channel,
    number,
    amountRupiah,
  })

  /** 20,300 to pay, and as much left the bank account. */
  async function invoiced(amount = -20_300) {
    const { hub } = await charged()
    expect(await enter(hub, INVOICE)).toMatchObject({
      status: 200,
      body: { payableRupiah: 20_300, paidRupiah: 0, openRupiah: 20_300 },
    })
    await hub.drain()
    await hub.credit('B1', BOOKED, amount, 'TRF KE 123')
    return hub
  }

  test('is paid in part, then whole, and nothing of it is payable in the books', async () => {
    const hub = await invoiced(-12_000)
    await hub.credit('B2', BOOKED, -8_300, 'TRF KE 123')
    expect(await balance(hub, 'fees-payable')).toBe(-20_300)
    const { body } = await both(hub, 'B1', { parts: [toInvoice(-12_000)] })
    expect(body.movement.places).toMatchObject([
      { kind: 'fee-invoice', channel: 'indomaret', item: INVOICE.number, amountRupiah: -12_000 },
    ])
    expect(await shown(hub)).toMatchObject([{ payableRupiah: 20_300, paidRupiah: 12_000, openRupiah: 8_300 }])
    expect(await balance(hub, 'fees-payable')).toBe(-8_300)
    await both(hub, 'B2', { parts: [toInvoice(-8_300)] })
    expect(await shown(hub)).toMatchObject([{ paidRupiah: 20_300, openRupiah: 0 }])
    expect(await balance(hub, 'fees-payable')).toBe(0)
    expect(await balance(hub, 'unidentified-receipts')).toBe(0)
    // Entered again, it says the same as the list.
    expect((await enter(hub, INVOICE)).body).toMatchObject({ paidRupiah: 20_300, openRupiah: 0 })
  })

  test('is open again once the movement is moved', async () => {
    const hub = await invoiced()
    await both(hub, 'B1', { parts: [toInvoice(-20_300)] })
    const parts = [{ to: 'bank-charges', amountRupiah: -20_300 }]
    await both(hub, 'B1', { action: 'move', onVersion: 2, parts })
    expect(await shown(hub)).toMatchObject([{ paidRupiah: 0, openRupiah: 20_300 }])
  })

  test('and its credit note are paid by one movement of what is left', async () => {
    const hub = await invoiced(-14_750)
    expect(await enter(hub, { ...CREDIT_NOTE, withholdingRupiah: 0 })).toMatchObject({
      status: 200,
      body: { payableRupiah: -5_550, openRupiah: -5_550 },
    })
    await hub.drain()
    await both(hub, 'B1', { parts: [toInvoice(-20_300), toInvoice(5_550, CREDIT_NOTE.number)] })
    expect((await shown(hub)).map(({ openRupiah }: { openRupiah: number }) => openRupiah)).toEqual([0, 0])
    expect(await balance(hub, 'fees-payable')).toBe(0)
  })

  test.each([
    ['more than is open', [toInvoice(-20_301)], '409 MORE_THAN_OPEN'],
    ['the other way', [toInvoice(1), { to: 'bank-charges', amountRupiah: -100 }], '409 MORE_THAN_OPEN'],
    ['under a number that was not entered', [toInvoice(-1, 'FKT/2026/11-002')], '404 UNKNOWN_INVOICE'],
    ['of another channel', [toInvoice(-1, INVOICE.number, 'pos')], '404 UNKNOWN_INVOICE'],
    ['twice', [toInvoice(-1), toInvoice(-2)], '400 INVALID_INPUT'],
  ])('is not paid: %s', async (_, parts, code) => {
    const hub = await invoiced(-30_000)
    expect(codeOf(await propose(hub, 'B1', { parts }))).toBe(code)
    expect(await shown(hub)).toMatchObject([{ paidRupiah: 0 }])
  })

  test('is paid once where two movements are approved at the same moment', async () => {
    const hub = await invoiced()
    await hub.credit('B2', BOOKED, -20_300, 'TRF KE 123')
    for (const movement of ['B1', 'B2']) await propose(hub, movement, { parts: [toInvoice(-20_300)] })
    const codes = (await Promise.all([approve(hub, 'B1'), approve(hub, 'B2')])).map(codeOf)
    expect(codes.sort()).toEqual(['200 undefined', '409 CHANGED_MEANWHILE'])
    expect(await shown(hub)).toMatchObject([{ paidRupiah: 20_300, openRupiah: 0 }])
    expect((await auditBooks(hub)).problems).toEqual([])
  })
})

test('whatever people try, each rupiah of a movement is in one place and no charge is paid beyond what is open', async () => {
  const { hub, id } = await charged(30_000, 20_000)
  const amounts = [17_000, 9_000, 40_000, 24_000]
  for (const [i, amount] of amounts.entries()) await hub.credit(`P${i}`, BOOKED, amount, 'PELUNASAN')
  const version = amounts.map(() => 1)
  let state = 20_261_120
  const random = (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  for (let step = 0; step < 30; step++) {
    const i = random(amounts.length)
    const parts = [toCharge(id, 1 + random(25_000))]
    const action = version[i] === 1 ? 'place' : 'move'
    const open = (await listed(hub)).reduce((sum: number, item: { amountRupiah: number }) => sum + item.amountRupiah, 0)
    expect(open).toBeGreaterThanOrEqual(0)
    const proposed = await propose(hub, `P${i}`, { action, onVersion: version[i] ?? 0, parts })
    if (proposed.status !== 200) {
      expect(['400 INVALID_INPUT', '409 MORE_THAN_OPEN']).toContain(codeOf(proposed))
      continue
    }
    expect(codeOf(await approve(hub, `P${i}`))).toBe('200 undefined')
    version[i] = (version[i] ?? 0) + 1
    expect((await auditBooks(hub)).problems).toEqual([])
  }
  expect(version.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(8)
})
