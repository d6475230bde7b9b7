/** One field for every number: what it may mean is looked up by key, and nothing scans. */
import { describe, expect, test } from 'vitest'
import { date, reverse } from '../../../support/facts.ts'
import { consoleOn, KPJ, NIK, referenceFor, row } from '../console.ts'

const SEARCH = '/api/searches'

async function withPayment() {
  const hub = consoleOn()
  await hub.importRows(row())
  await hub.fold()
  const { body: bill } = await hub.call('operator', 'POST', '/api/bills', {
    kpj: KPJ,
    months: 1,
    validUntil: '2026-12-01',
  })
  await hub.pay('T-77', '2026-11-20T09:00', ['2026-11'])
  const find = async (text: string, day?: string) => (await hub.call('viewer', 'POST', SEARCH, { text, day })).body
  return { ...hub, billCode: bill.billCode as string, find }
}

describe('the search', () => {
  test.each([
    ['a KPJ', KPJ],
    ['a KPJ in groups', '123 4567 8901'],
    ['a NIK', NIK],
    ['a NIK with dots', '357801.120385.0001'],
  ])('finds a membership by %s, masked', async (_, text) => {
    const { memberships, bills, payments } = await (await withPayment()).find(text)
    expect(memberships).toMatchObject([{ kpj: KPJ, masked: true }])
    expect([bills, payments]).toEqual([[], []])
  })

  test('finds a bill by its code', async () => {
    const { find, billCode } = await withPayment()
    expect(await find(billCode)).toMatchObject({ memberships: [], bills: [{ billCode, kpj: KPJ }] })
  })

  test('finds a payment by its id at any channel, whatever it says', async () => {
    const { find } = await withPayment()
    const { payments } = await find('T-77')
    expect(payments).toMatchObject([{ channel: 'bni', paymentId: 'T-77', account: KPJ, outcome: 'accepted' }])
  })

  test('finds a payment by its hub reference on its day, and says which day it looked at', async () => {
    const { find } = await withPayment()
    const reference = referenceFor('bni', 'T-77')
    expect(await find(reference.toLowerCase())).toMatchObject({ payments: [{ paymentId: 'T-77' }], day: '2026-11-20' })
    expect(await find(reference, '2026-11-19')).toMatchObject({ payments: [], day: '2026-11-19' })
  })

  test('looks for a hub reference on the day of its payment, not on that of its reversal', async () => {
    const { find, store, pay } = await withPayment()
    const payment = await pay('T-78', '2026-11-20T09:30', ['2026-12'])
    await store.facts.put(reverse(payment, '2026-11-21T09:30', 'finance'))
    await store.facts.put({ ...reverse(payment, '2026-11-21T09:30'), businessDate: date('2026-11-21') })
    const reference = referenceFor('bni', 'T-78')
    expect((await find(reference, '2026-11-20')).payments).toMatchObject([{ paymentId: 'T-78' }])
    expect(await find(reference, '2026-11-21')).toMatchObject({ payments: [], day: '2026-11-21' })
  })

  test('finds nothing by a name, and reads no table for it', async () => {
    const { find, ports } = await withPayment()
    const found = await find('BUDI SANTOSO')
    expect(found).toEqual({ memberships: [], bills: [], payments: [], day: null })
    expect(await find('')).toEqual(found)
    expect(ports.channels.length).toBeGreaterThan(0)
  })
})
