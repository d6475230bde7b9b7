/** A month of fees from payments, files and invoices to a case that two people decide, and to books that add up. */
import { describe, expect, test } from 'vitest'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { auditBooks } from '../../support/audit-books.ts'
import { counterOf } from '../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const NOVEMBER = month('2026-11')
const REVIEWED = '2026-12-11T03:00'

/** `fee`: what the channel keeps of the one payment. */
async function paidMonth(fee = 1_500, profiles = {}): Promise<SettlementHub> {
  const hub = await settlementHub(profiles)
  expect((await counterOf(hub, 'indomaret').pay({ paymentId: 'P1' })).outcome).toBe('accepted')
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', '2026-11-20', [partnerRow('P1', '2026-11-20T10:00', { fee })])
  return hub
}

async function review(hub: SettlementHub, when = REVIEWED) {
  hub.setClock(when)
  const done = await reconcileSettlement(hub.ports, { task: 'fees', channel: 'indomaret', month: NOVEMBER })
  await hub.drain()
  expect((await auditBooks(hub)).problems).toEqual([])
  return done
}

const invoice = (changed: object = {}) => ({
  channel: 'indomaret',
  number: 'FKT/2026/11-001',
  month: '2026-11',
  date: '2026-12-02',
  feeRupiah: 1_500,
  keptRupiah: 1_500,
  vatRupiah: 165,
  withholdingRupiah: 30,
  ...changed,
})

async function enter(hub: SettlementHub, changed: object = {}) {
  const answer = await hub.call('operator', 'POST', '/api/fee-invoices', invoice(changed))
  await hub.drain()
  expect((await auditBooks(hub)).problems).toEqual([])
  return answer
}

const shown = async (hub: SettlementHub) =>
  (await hub.call('viewer', 'GET', '/api/fee-invoices/indomaret/2026-11')).body

const balance = async (hub: SettlementHub, account: string) =>
  (await auditBooks(hub)).balances.find((line) => line.account === account && line.channel === 'indomaret')?.balance ??
  0

describe('a month of fees', () => {
  test('that was charged by contract is no case', async () => {
    const hub = await paidMonth()
    expect(await review(hub)).toMatchObject({ outcome: 'reviewed', state: 'agrees' })
    expect(await shown(hub)).toMatchObject({
      payments: 1,
      due: { feeRupiah: 1_500, vatRupiah: 165, withholdingRupiah: 30 },
      taken: { feeRupiah: 1_500, vatRupiah: 0, withholdingRupiah: 0 },
      difference: { feeRupiah: 0, vatRupiah: 0, withholdingRupiah: 0 },
      lines: [{ feeRupiah: 1_500, payments: 1, amountRupiah: 1_500 }],
      case: null,
    })
  })

  test('a fee too high is the case of its day, not of the month as well', async () => {
    const hub = await paidMonth(9_000)
    expect((await hub.cases('indomaret', '2026-11-20')).map(({ finding }) => finding.class)).toEqual(['fee-difference'])
    await review(hub)
    expect(await shown(hub)).toMatchObject({
      taken: { feeRupiah: 9_000 },
      inDayCasesRupiah: 7_500,
      difference: { feeRupiah: 0 },
      case: null,
    })
  })

  test('a minimum that was not charged is a case of the month', async () => {
    const feeTerms = [{ from: '2020-01-01', value: { tiers: [], minimumRupiah: rupiah(50_000) }, source: 'a test' }]
    const hub = await paidMonth(1_500, { feeTerms })
    expect(await review(hub)).toMatchObject({ state: 'open' })
    expect(await shown(hub)).toMatchObject({ difference: { feeRupiah: -48_500 }, case: { state: 'new' } })
  })

  test('waits for a file that is missing', async () => {
    const hub = await paidMonth(1_500, { feeTerms: undefined })
    hub.setClock('2026-11-22T10:00')
    await counterOf(hub, 'indomaret').pay({ paymentId: 'P2' })
    hub.setClock('2026-11-23T00:40')
    await reconcileSettlement(hub.ports, { task: 'day', channel: 'indomaret', date: '2026-11-22' as never })
    await review(hub)
    expect(await shown(hub)).toMatchObject({ daysWithoutFile: 1, difference: { feeRupiah: -1_500 }, case: null })
  })

  test('a payment that was taken back costs nothing', async () => {
    const hub = await settlementHub()
    const counter = counterOf(hub, 'indomaret')
    await counter.pay({ paymentId: 'P1' })
    await counter.reverse({ paymentId: 'P1' })
    hub.setClock('2026-11-21T06:30')
    await hub.settle('indomaret', '2026-11-20', [
      partnerRow('P1', '2026-11-20T10:00'),
      partnerRow('P1', '2026-11-20T10:00', { status: 'R' }),
    ])
    await review(hub)
    expect(await shown(hub)).toMatchObject({ payments: 0, reversedPayments: 1, due: { feeRupiah: 0 }, case: null })
  })
})

describe('an invoice', () => {
  test('of fees that were kept books VAT and withholding, and no fee a second time', async () => {
    const hub = await paidMonth()
    hub.setClock('2026-12-05T10:00')
    expect((await enter(hub)).status).toBe(200)
    expect(await balance(hub, 'channel-fees')).toBe(1_500)
    expect(await balance(hub, 'vat-in')).toBe(165)
    expect(await balance(hub, 'withholding-payable')).toBe(-30)
    expect(await balance(hub, 'fees-payable')).toBe(30 - 165)
    expect(await shown(hub)).toMatchObject({ taken: { feeRupiah: 1_500, vatRupiah: 165 }, invoiceCount: 1 })
  })

  test('comes twice and counts once; another under its number is refused', async () => {
    const hub = await paidMonth()
    hub.setClock('2026-12-05T10:00')
    const first = await enter(hub)
    hub.setClock('2026-12-06T10:00')
    expect(await enter(hub)).toEqual(first)
    expect((await enter(hub, { vatRupiah: 166 })).body.code).toBe('INVOICE_NUMBER_TAKEN')
    expect(await shown(hub)).toMatchObject({ invoices: [{ number: 'FKT/2026/11-001', vatRupiah: 165 }] })
  })

  test.each([
    ['an unknown channel', { channel: 'nobody' }],
    ['a date before its month', { date: '2026-10-31' }],
    ['a date that has not come', { date: '2027-01-01' }],
    ['nothing', { feeRupiah: 0, keptRupiah: 0, vatRupiah: 0, withholdingRupiah: 0 }],
    ['VAT of the other sign', { vatRupiah: -165 }],
    ['more withheld than charged', { withholdingRupiah: 2_000 }],
    ['a month that is none', { month: '2026-13' }],
    ['a number with a line break', { number: 'A\nB' }],
  ])('of %s is refused, and nothing is kept', async (_name, changed) => {
    const hub = await paidMonth()
    hub.setClock('2026-12-05T10:00')
    expect(await enter(hub, changed)).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    expect(await hub.settlements.feeInvoices('indomaret', NOVEMBER)).toEqual([])
  })

  test('a viewer enters none, and a month that has not begun has no fees', async () => {
    const hub = await paidMonth()
    expect((await hub.call('viewer', 'POST', '/api/fee-invoices', invoice())).status).toBe(403)
    expect((await hub.call('viewer', 'GET', '/api/fee-invoices/indomaret/2026-12')).body.code).toBe('UNKNOWN_FEES')
    expect((await hub.call('viewer', 'GET', '/api/fee-invoices/nobody/2026-11')).body.code).toBe('UNKNOWN_FEES')
  })

  test('stands in the audit chain', async () => {
    const hub = await paidMonth()
    hub.setClock('2026-12-05T10:00')
    await enter(hub)
    expect(JSON.stringify(hub.settlements.chain)).toContain('fee-invoice#indomaret#FKT%2F2026%2F11-001')
  })
})

describe('a difference of a month', () => {
  /** Billed 20,000 above what was kept, VAT 2,200 on it. */
  async function overcharged() {
    const hub = await paidMonth()
    hub.setClock('2026-12-05T10:00')
    await enter(hub, { feeRupiah: 21_500, vatRupiah: 2_365, withholdingRupiah: 430 })
    expect((await review(hub)).state).toBe('open')
    const { case: found } = await shown(hub)
    return { hub, id: found.id as string }
  }

  test('is listed with the others and shows what it is made of', async () => {
    const { hub, id } = await overcharged()
    const { body } = await hub.call('viewer', 'GET', `/api/differences/${id}`)
    expect(body).toMatchObject({
      class: 'fee-invoice-difference',
      date: '2026-11-30',
      stakeRupiah: 20_000,
      actions: ['write-off', 'charge-channel', 'accept'],
      evidence: { expectedFeeRupiah: 1_500, fileFeeRupiah: 21_500, fees: { month: '2026-11', fee: 20_000, vat: 0 } },
    })
    const listed = await hub.call('viewer', 'GET', '/api/differences?channel=indomaret')
    expect(listed.body.items.map((item: { id: string }) => item.id)).toEqual([id])
  })

  test('charged to the channel leaves the fee by contract in the books, and the receivable as it was', async () => {
    const { hub, id } = await overcharged()
    const receivable = await balance(hub, 'receivable')
    expect((await hub.decide(id, 'charge-channel')).status).toBe(200)
    expect((await auditBooks(hub)).problems).toEqual([])
    expect(await balance(hub, 'channel-fees')).toBe(1_500)
    expect(await balance(hub, 'channel-charges')).toBe(20_000)
    expect(await balance(hub, 'receivable')).toBe(receivable)
    const listed = async () => (await hub.call('viewer', 'GET', '/api/channel-charges')).body.items
    expect(await listed()).toMatchObject([
      { differenceId: id, date: '2026-11-30', amountRupiah: 20_000, chargedOn: '2026-12-11' },
    ])
    // It is paid as any other charge is, by two people who place a credit on it.
    await hub.credit('P1', '2026-12-11', 20_000, 'PELUNASAN')
    const part = { to: 'channel-charge', channel: 'indomaret', differenceId: id, amountRupiah: 20_000 }
    const path = '/api/bank-movements/2026-12-11/P1'
    const proposal = { action: 'place', onVersion: 1, parts: [part], reason: 'by the letter of the channel' }
    expect((await hub.call('operator', 'POST', `${path}/proposal`, proposal)).status).toBe(200)
    expect((await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })).status).toBe(200)
    expect(await listed()).toEqual([])
    expect(await balance(hub, 'channel-charges')).toBe(0)
    expect((await auditBooks(hub)).problems).toEqual([])
    expect((await review(hub, '2026-12-12T03:00')).state).toBe('resolved')
  })

  test('a credit note for what was charged does not count twice', async () => {
    const { hub, id } = await overcharged()
    await hub.decide(id, 'charge-channel')
    hub.setClock('2026-12-20T10:00')
    await enter(hub, {
      number: 'CN-1',
      date: '2026-12-20',
      feeRupiah: -20_000,
      keptRupiah: 0,
      vatRupiah: -2_200,
      withholdingRupiah: -400,
    })
    expect(await balance(hub, 'channel-fees')).toBe(1_500)
    expect(await balance(hub, 'channel-charges')).toBe(0)
    expect((await hub.call('viewer', 'GET', '/api/channel-charges')).body.items).toEqual([])
    expect((await review(hub, '2026-12-21T03:00')).state).toBe('agrees')
  })

  test('accepted moves nothing, nobody approves an own proposal, and other figures ask again', async () => {
    const { hub, id } = await overcharged()
    const path = `/api/differences/${id}`
    const proposal = { action: 'accept', reason: 'agreed by the new contract' }
    expect((await hub.call('approver', 'POST', `${path}/proposal`, proposal)).status).toBe(200)
    const own = await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
    expect(own.body.code).toBe('OWN_PROPOSAL')
    expect((await hub.call('admin', 'POST', `${path}/approval`, { decision: 'approve' })).status).toBe(200)
    await hub.drain()
    expect(await balance(hub, 'channel-fees')).toBe(21_500)
    expect((await review(hub, '2026-12-12T03:00')).state).toBe('resolved')
    await enter(hub, { number: 'INV-2', feeRupiah: 5_000, keptRupiah: 0, vatRupiah: 550, withholdingRupiah: 100 })
    expect((await shown(hub)).case.state).toBe('new')
  })

  test('stays apart from the month’s last day: that day’s run leaves it alone', async () => {
    const { hub, id } = await overcharged()
    await reconcileSettlement(hub.ports, { task: 'day', channel: 'indomaret', date: '2026-11-30' as never })
    await hub.drain()
    expect((await hub.settlements.difference(id))?.state).toBe('open')
  })

  test('a review that finds the same writes nothing', async () => {
    const { hub } = await overcharged()
    const before = JSON.stringify([...hub.settlements.everything()].map(([part, entries]) => [part, [...entries]]))
    await review(hub)
    expect(JSON.stringify([...hub.settlements.everything()].map(([part, entries]) => [part, [...entries]]))).toBe(
      before,
    )
  })
})

test('each night asks for the months before', async () => {
  const hub = await paidMonth()
  hub.setClock('2026-12-01T00:40')
  await reconcileSettlement(hub.ports, { task: 'nightly' })
  const months = hub.sent.flatMap((task) =>
    'task' in task && task.task === 'fees' && task.channel === 'bni' ? [task.month] : [],
  )
  expect(months).toEqual(['2026-10', '2026-09', '2026-08'])
})
