/** A membership month by month: cover, what pays it, what was taken back, and how far settlement has come. */
import { expect, test } from 'vitest'
import type { CoverMonth } from '../../../../functions/serve-console/coverage/cover-months-schemas.ts'
import { reverse } from '../../../support/facts.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const MONTHS = `/api/memberships/${KPJ}/months`

async function member() {
  const hub = consoleOn({ now: '2026-11-20T10:00' })
  await hub.importRows(row())
  await hub.pay('T-1', '2026-09-10T09:00', ['2026-09'])
  await hub.pay('T-2', '2026-10-02T09:00', ['2026-10'])
  await hub.store.facts.put(reverse(await hub.pay('T-3', '2026-11-01T00:00', ['2026-11']), '2026-11-01T08:00'))
  await hub.pay('T-4', '2026-11-20T09:00', ['2026-11', '2026-12'])
  const read = async (query = '') => (await hub.call('viewer', 'GET', `${MONTHS}${query}`)).body
  return { ...hub, read }
}

test('each month says its cover, what pays it, and what was taken back', async () => {
  const { read } = await member()
  const { items, from, to } = await read('?from=2026-08&to=2026-12')
  expect([from, to]).toEqual(['2026-08', '2026-12'])
  const briefly = items.map(({ month, cover, paidBy, wasReversed }: CoverMonth) => [
    month,
    cover,
    paidBy?.paymentId ?? null,
    wasReversed,
  ])
  expect(briefly).toEqual([
    ['2026-08', 'none', null, false],
    ['2026-09', 'part', 'T-1', false],
    ['2026-10', 'part', 'T-2', false],
    ['2026-11', 'part', 'T-4', true],
    ['2026-12', 'ahead', 'T-4', false],
  ])
  expect(items[1]).toMatchObject({
    from: '2026-09-10T02:00:00.000Z',
    to: '2026-09-30T17:00:00.000Z',
    paidBy: { kind: 'payment', channel: 'bni', settlement: 'awaited' },
  })
})

test('without bounds it begins with the membership and ends with the last month that is paid', async () => {
  const { read } = await member()
  expect(await read()).toMatchObject({ to: '2026-12', kpj: KPJ })
})

test.each([
  ['2026-13', '2026-12'],
  ['2026-12', '2026-11'],
  ['2020-01', '2026-12'],
])('from %s to %s is refused', async (from, to) => {
  const { call } = await member()
  expect(await call('viewer', 'GET', `${MONTHS}?from=${from}&to=${to}`)).toMatchObject({
    status: 400,
    body: { code: 'INVALID_INPUT' },
  })
})

test('it says of a month what the coverage answer says of its days', async () => {
  const { read, call } = await member()
  const { items } = await read('?from=2026-08&to=2026-12')
  for (const { month, cover } of items) {
    const { body } = await call('viewer', 'GET', `/api/memberships/${KPJ}/coverage?on=${month}-28`)
    expect([month, body.covered]).toEqual([month, cover !== 'none'])
  }
})
