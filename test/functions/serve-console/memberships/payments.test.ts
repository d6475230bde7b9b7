import { expect, test } from 'vitest'
import { post, reverse } from '../../../support/facts.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const path = `/api/memberships/${KPJ}/payments`

async function registered() {
  const hub = consoleOn()
  await hub.importRows(row())
  return hub
}

test('payments and reversals are listed newest first, with the months that their money is in', async () => {
  const hub = await registered()
  const first = await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
  await hub.pay('P2', '2026-11-20T11:00', ['2026-11'], { source: 'indomaret' })
  await hub.store.facts.put(reverse(first, '2026-11-20T12:00'))
  const { body } = await hub.call('viewer', 'GET', path)
  expect(body.next).toBeNull()
  expect(body.items).toMatchObject([
    { kind: 'reversal', channel: 'bni', paymentId: 'P1', amountRupiah: 8_400, months: ['2026-11'], reversed: false },
    { kind: 'payment', channel: 'indomaret', paymentId: 'P2', months: ['2026-11'], reversed: false },
    {
      kind: 'payment',
      channel: 'bni',
      paymentId: 'P1',
      billCode: null,
      amountRupiah: 8_400,
      months: ['2026-11'],
      allocatedMonths: [],
      reversed: true,
      decidedAt: '2026-11-20T03:00:00.000Z',
      businessDate: '2026-11-20',
      hubReference: 'CHP1',
      outlet: 'AGEN1',
    },
  ])
})

test('money that found its month full shows where it went', async () => {
  const hub = await registered()
  await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
  await hub.pay('P2', '2026-11-20T11:00', ['2026-11'])
  const { items } = (await hub.call('viewer', 'GET', path)).body
  expect(items[0]).toMatchObject({ paymentId: 'P2', months: ['2026-11'], allocatedMonths: ['2026-12'] })
})

test('what finance posted is a payment of finance', async () => {
  const hub = await registered()
  await hub.store.facts.put(post('J1', '2026-11-20T11:00', 8_400, ['2026-11']))
  const { items } = (await hub.call('viewer', 'GET', path)).body
  expect(items).toMatchObject([
    { kind: 'payment', channel: 'finance', paymentId: 'J1', months: ['2026-11'], hubReference: null },
  ])
})

test('a share shows with its bill’s channel and payment, and so does its reversal', async () => {
  const hub = await registered()
  const bill = (await hub.call('operator', 'POST', '/api/bills', { kpj: KPJ, months: 2, validUntil: '2026-11-30' }))
    .body
  const payment = await hub.pay('B1', '2026-11-20T10:00', ['2026-11', '2026-12'], { account: bill.billCode })
  await hub.fold()
  const share = { channel: 'bni', paymentId: 'B1', billCode: bill.billCode, amountRupiah: 16_800, hubReference: 'CHB1' }
  const { items } = (await hub.call('viewer', 'GET', path)).body
  expect(items).toMatchObject([{ kind: 'payment', ...share, months: ['2026-11', '2026-12'] }])

  await hub.store.facts.put({ ...reverse(payment, '2026-11-20T12:00'), account: bill.billCode })
  await hub.fold()
  const after = (await hub.call('viewer', 'GET', path)).body.items
  expect(after).toMatchObject([
    { kind: 'reversal', channel: 'bni', paymentId: 'B1', billCode: bill.billCode },
    { kind: 'payment', ...share, allocatedMonths: [], reversed: true },
  ])
})

test('a share that finds its month full shows what went back to its bill', async () => {
  const hub = await registered()
  const bill = (await hub.call('operator', 'POST', '/api/bills', { kpj: KPJ, months: 1, validUntil: '2026-11-30' }))
    .body
  await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
  await hub.pay('B1', '2026-11-20T10:01', ['2026-11'], { account: bill.billCode })
  await hub.fold()
  const { items } = (await hub.call('viewer', 'GET', path)).body
  expect(items).toMatchObject([
    { paymentId: 'B1', allocatedMonths: [], creditRupiah: 0, returnedToBillRupiah: 8_400 },
    { paymentId: 'P1', allocatedMonths: ['2026-11'], creditRupiah: 0, returnedToBillRupiah: 0 },
  ])
  expect((await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)).body).toMatchObject({ creditRupiah: 0 })
})

test('pages follow one another without gap or overlap', async () => {
  const hub = await registered()
  const months = ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03']
  for (const [index, month] of months.entries()) await hub.pay(`P${index}`, `2026-11-2${index}T10:00`, [month])
  const seen: string[] = []
  let next: string | null = ''
  for (let page = 0; next !== null; page++) {
    expect(page).toBeLessThan(4)
    const answer = await hub.call('viewer', 'GET', `${path}?limit=2${next ? `&after=${next}` : ''}`)
    seen.push(...answer.body.items.map(({ paymentId }: { paymentId: string }) => paymentId))
    next = answer.body.next
  }
  expect(seen).toEqual(['P4', 'P3', 'P2', 'P1', 'P0'])
})

test.each(['limit=0', 'limit=101', 'limit=x', 'after=nowhere'])(
  'a page that cannot be is refused: %s',
  async (query) => {
    const hub = await registered()
    expect(await hub.call('viewer', 'GET', `${path}?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    })
  },
)

test('an unknown membership has no payments', async () => {
  expect(await consoleOn().call('viewer', 'GET', path)).toMatchObject({
    status: 404,
    body: { code: 'UNKNOWN_MEMBERSHIP' },
  })
})
