/**
 * The month with its people (month-of-books.ts plays what comes): days signed off, files and statements withdrawn and sent again,
 * movements placed, moved and returned, suspense let out, a fee invoice entered, charged and paid. Each act takes two people.
 */
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import { type Look, play, receive } from './month-of-books.ts'
import { CHANNELS, FOUND_PAYER } from './month-rows.ts'
import { type Came, MONTH, type Story } from './month-story.ts'
import type { SettlementHub } from './settlement-hub.ts'
import { foldAccounts } from './suspense-hub.ts'

export async function get(hub: SettlementHub, path: string) {
  const { status, body } = await hub.call('viewer', 'GET', path)
  expect([path, status]).toEqual([path, 200])
  return body
}

export async function twoPeople(hub: SettlementHub, path: string, asked: object): Promise<void> {
  const proposed = await hub.call('operator', 'POST', path, asked)
  expect([path, proposed.status, proposed.body.detail]).toEqual([path, 200, undefined])
  const approval = path.endsWith('/proposal') ? path.replace(/proposal$/, 'approval') : `${path}/approval`
  const approved = await hub.call('approver', 'POST', approval, { decision: 'approve' })
  expect([path, approved.status, approved.body.detail]).toEqual([path, 200, undefined])
  await hub.drain()
}

/** What became of everything that was not simply accepted. `look`: after each night. */
export async function live(hub: SettlementHub, told: Story, look?: Look): Promise<readonly string[]> {
  const playTo = (from: number, to: string) =>
    play(hub, told, `2026-11-${String(from).padStart(2, '0')}` as BusinessDate, to as BusinessDate, look)
  const outcomes = [...(await playTo(1, '2026-11-12'))]
  hub.setClock('2026-11-13T01:00')
  await letOutOfSuspense(hub)
  outcomes.push(...(await playTo(13, '2026-11-13')))
  hub.setClock('2026-11-14T01:00')
  for (const channel of [...CHANNELS, 'bank']) await signOff(hub, channel, '2026-11-02')
  await signOff(hub, 'brilink', '2026-11-06')
  await withdrawStatement(hub, told)
  outcomes.push(...(await playTo(14, '2026-11-20')))
  hub.setClock('2026-11-21T01:00')
  await withdrawFile(hub, told)
  await signOff(hub, 'bni', '2026-11-16')
  await place(hub, '2026-11-17/C16bni', 'place', 1, toDay('bni', '2026-11-16', 6_900))
  await place(hub, '2026-11-19/N19', 'return', 1, { to: 'returned', amountRupiah: 7_000 })
  await placeOnCharge(hub)
  outcomes.push(...(await playTo(21, '2026-11-29')))
  hub.setClock('2026-11-30T01:00')
  await feeInvoice(hub)
  await place(hub, '2026-11-18/N18', 'place', 1, toDay('pos', '2026-11-27', 100))
  await place(hub, '2026-11-18/N18', 'move', 2, toDay('pos', '2026-11-28', 100))
  outcomes.push(...(await playTo(30, '2026-12-02')))
  hub.setClock('2026-12-03T10:00')
  return outcomes
}

export async function closeMonth(hub: SettlementHub): Promise<void> {
  const { open } = await get(hub, `/api/periods/${MONTH}`)
  const accept = open.map(({ code }: { code: string }) => code)
  await twoPeople(hub, `/api/periods/${MONTH}/close`, { accept, reason: 'looked through' })
}

async function signOff(hub: SettlementHub, channel: string, date: string): Promise<void> {
  const path = `/api/settlements/${channel}/${date}/sign-off`
  const { digest } = await get(hub, path)
  await twoPeople(hub, path, { digest, reason: 'looked through' })
}

/** The payer of one line is found, of another nobody is. The third stays. */
async function letOutOfSuspense(hub: SettlementHub): Promise<void> {
  await foldAccounts(hub)
  const { items } = await get(hub, '/api/suspense?limit=100')
  const idOf = (paymentId: string) => items.find((item: { paymentId: string }) => item.paymentId === paymentId)?.id
  const release = { action: 'release', kpj: FOUND_PAYER, reason: 'the payer was found' }
  await twoPeople(hub, `/api/suspense/${idOf('U06')}/proposal`, release)
  await twoPeople(hub, `/api/suspense/${idOf('U07')}/proposal`, { action: 'refund', reason: 'nobody asks for it' })
  await foldAccounts(hub)
}

/** The last statement of the chain is taken back, and its own bytes come again. */
async function withdrawStatement(hub: SettlementHub, told: Story): Promise<void> {
  const came = told.came.find((one) => one.kind === 'statement' && one.name === 'S12.xml') as Came
  const sha256 = createHash('sha256').update(came.bytes).digest('hex')
  await twoPeople(hub, `/api/bank-statements/${sha256}/withdrawal`, { reason: 'of another account' })
  // Its movements have their places again first: that is for the reconciliation.
  expect(await receive(hub, { ...came, at: '2026-11-14T01:10' }, told)).toBe('incomplete')
  expect(await hub.settlements.bankFile(sha256)).toMatchObject({ state: 'chained', gap: null })
}

async function withdrawFile(hub: SettlementHub, told: Story): Promise<void> {
  const file = told.came.find((one) => one.kind === 'file' && one.channel === 'indomaret' && one.date === '2026-11-13')
  await twoPeople(hub, '/api/settlements/indomaret/2026-11-13/withdrawal', { version: 1, reason: 'of another day' })
  expect(await receive(hub, { ...file, at: '2026-11-21T01:10' } as Came, told)).toBe('accepted')
}

const toDay = (channel: string, date: string, amountRupiah: number) => ({
  to: 'channel-day',
  channel,
  date,
  amountRupiah,
})

async function place(hub: SettlementHub, movement: string, action: string, onVersion: number, part: object) {
  const asked = { action, onVersion, parts: [part], reason: 'by the letter of the bank' }
  await twoPeople(hub, `/api/bank-movements/${movement}/proposal`, asked)
}

/** Pos pays what it was charged on its fee of the 7th. */
async function placeOnCharge(hub: SettlementHub): Promise<void> {
  const { items } = await get(hub, '/api/channel-charges')
  const { differenceId } = items.find((item: { date: string; channel: string }) => item.channel === 'pos')
  const part = { to: 'channel-charge', channel: 'pos', differenceId, amountRupiah: 200 }
  await place(hub, '2026-11-14/P14', 'place', 1, part)
}

/** BNI invoices a fee for October, in which nobody paid there: it is paid, and charged back. */
async function feeInvoice(hub: SettlementHub): Promise<void> {
  const amounts = { feeRupiah: 5_000, keptRupiah: 0, vatRupiah: 550, withholdingRupiah: 0 }
  const invoice = { channel: 'bni', number: 'FKT/10', month: '2026-10', date: '2026-11-25', ...amounts }
  const entered = await hub.call('operator', 'POST', '/api/fee-invoices', invoice)
  expect(entered).toMatchObject({ status: 200, body: { payableRupiah: 5_550 } })
  await hub.drain()
  await place(hub, '2026-11-26/V26~returned', 'place', 1, {
    to: 'fee-invoice',
    channel: 'bni',
    number: 'FKT/10',
    amountRupiah: -5_550,
  })
  const { case: found } = await get(hub, '/api/fee-invoices/bni/2026-10')
  await twoPeople(hub, `/api/differences/${found.id}/proposal`, {
    action: 'charge-channel',
    reason: 'no payment of October',
  })
}
