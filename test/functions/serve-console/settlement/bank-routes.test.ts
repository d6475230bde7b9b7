/** The bank side through the console's routes: who may do what, what is refused, and a credit that two people place on its day. */
import { describe, expect, test } from 'vitest'
import { auditBooks } from '../../../support/audit-books.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { partnerRow, type Role, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const BOOKED = '2026-11-23'
const ONE = '/api/bank-movements/2026-11-23/C1'
const REASON = 'the year is wrong'

/** A day of Indomaret that waits for 6,900, and a credit whose text names a year that never was. */
async function lostCredit(id = 'C1'): Promise<SettlementHub> {
  const hub = await settlementHub()
  hub.setClock(`${DAY}T10:00`)
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
  hub.setClock(`${BOOKED}T09:00`)
  await hub.credit(id, BOOKED, 6_900, 'INDOMARET 20251120')
  return hub
}

const toDay = (changed: object = {}) => ({
  to: 'channel-day',
  channel: 'indomaret',
  date: DAY,
  amountRupiah: 6_900,
  ...changed,
})
const proposal = (changed: object = {}) => ({
  action: 'place',
  onVersion: 1,
  parts: [toDay()],
  reason: REASON,
  ...changed,
})
const propose = (hub: SettlementHub, body: object = proposal(), role: Role = 'operator', path = ONE) =>
  hub.call(role, 'POST', `${path}/proposal`, body)
const judge = (hub: SettlementHub, decision = 'approve', who?: string, role: Role = 'approver', path = ONE) =>
  hub.call(role, 'POST', `${path}/approval`, { decision }, who)
const codeOf = ({ status, body }: { readonly status: number; readonly body: { readonly code?: string } }) =>
  `${status} ${body.code}`

describe('a credit that is nobody’s', () => {
  test('shows whoever decides what was proposed, part by part, also under a reference with a slash', async () => {
    const hub = await lostCredit('A/B')
    const key = 'A%2FB'
    const path = `/api/bank-movements/${BOOKED}/${key}`
    const read = async () => (await hub.call('viewer', 'GET', path)).body
    expect(await read()).toMatchObject({ movement: { id: 'A/B', key, version: 1 }, proposal: null })
    await propose(hub, proposal(), 'operator', path)
    expect(await read()).toMatchObject({
      proposal: { action: 'place', onVersion: 1, state: 'proposed', parts: [{ ...toDay(), item: null }] },
    })
    const waiting = { kind: 'placement', date: BOOKED, item: key, amountRupiah: 6_900, channel: null, month: null }
    expect((await hub.call('viewer', 'GET', '/api/approvals')).body.items).toMatchObject([waiting])
    await judge(hub, 'approve', undefined, 'approver', path)
    expect(await read()).toMatchObject({ movement: { version: 2 }, proposal: { state: 'approved' } })
    expect((await hub.call('viewer', 'GET', '/api/approvals')).body.items).toEqual([])
    expect(codeOf(await hub.call('viewer', 'GET', `/api/bank-movements/${BOOKED}/nothing`))).toBe(
      '404 UNKNOWN_MOVEMENT',
    )
  })

  test('is listed, ages, is placed by two people, and its day reconciles', async () => {
    const hub = await lostCredit()
    const listed = await hub.call('viewer', 'GET', '/api/bank-movements/unidentified')
    expect(listed).toMatchObject({
      status: 200,
      body: { items: [{ id: 'C1', key: 'C1', version: 1, unidentifiedRupiah: 6_900, ageDays: 0 }], next: null },
    })
    const aged = await hub.call('viewer', 'GET', '/api/ageing/unidentified')
    expect(aged.body).toMatchObject({
      asOf: BOOKED,
      channels: [{ channel: 'indomaret', totalRupiah: 6_900, count: 1 }],
    })

    expect(await propose(hub)).toMatchObject({
      status: 200,
      body: { state: 'proposed', proposedBy: 'local-operator', decidedBy: null, movement: { version: 1 } },
    })
    expect(await judge(hub)).toMatchObject({
      status: 200,
      body: {
        state: 'approved',
        decidedBy: 'local-approver',
        movement: {
          version: 2,
          placedBy: 'resolution',
          unidentifiedRupiah: 0,
          places: [{ kind: 'channel-day', date: DAY }],
        },
      },
    })
    await hub.drain()
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ verdict: 'reconciled', bankRupiah: 6_900 })
    expect((await auditBooks(hub)).problems).toEqual([])
    expect((await hub.call('viewer', 'GET', '/api/bank-movements/unidentified')).body.items).toEqual([])
    expect(hub.logged).toContainEqual(
      expect.objectContaining({ message: 'A step about a movement of the bank was recorded', actor: 'local-approver' }),
    )
  })

  test('is found by its key where the bank’s reference has slashes', async () => {
    const hub = await lostCredit('FT/26 1%')
    const [found] = (await hub.call('viewer', 'GET', `/api/bank-movements?from=${BOOKED}&to=${BOOKED}`)).body.items
    expect(found).toMatchObject({ id: 'FT/26 1%', key: 'FT%2F26%201%25' })
    const path = `/api/bank-movements/${BOOKED}/${found.key}`
    expect(await propose(hub, proposal(), 'operator', path)).toMatchObject({ status: 200 })
    expect(await judge(hub, 'reject', undefined, 'approver', path)).toMatchObject({ body: { state: 'rejected' } })
  })
})

describe('the two steps', () => {
  test('ask for their roles, and for two people', async () => {
    const hub = await lostCredit()
    expect(codeOf(await propose(hub, proposal(), 'viewer'))).toBe('403 NOT_ALLOWED')
    expect(codeOf(await judge(hub))).toBe('409 NOT_PROPOSED')
    await propose(hub, proposal(), 'approver')
    expect(codeOf(await propose(hub, proposal({ reason: 'another reason' })))).toBe('409 ALREADY_PROPOSED')
    expect(codeOf(await judge(hub, 'approve', 'operator', 'operator'))).toBe('403 NOT_ALLOWED')
    expect(codeOf(await judge(hub))).toBe('403 OWN_PROPOSAL')
    expect((await judge(hub, 'reject', 'budi')).status).toBe(200)
    expect(codeOf(await judge(hub, 'approve', 'budi'))).toBe('409 ALREADY_DECIDED')
    expect(hub.settlements.chain).toHaveLength(2)
  })

  test.each([
    ['a reason that names a phone', proposal({ reason: 'call 081234567890' }), '400 INVALID_INPUT'],
    ['no reason', proposal({ reason: ' ' }), '400 INVALID_INPUT'],
    ['a part of a rupiah', proposal({ parts: [toDay({ amountRupiah: 0.5 })] }), '400 INVALID_INPUT'],
    ['a day without a channel', proposal({ parts: [toDay({ channel: undefined })] }), '400 INVALID_INPUT'],
    ['interest of a channel', proposal({ parts: [toDay({ to: 'interest' })] }), '400 INVALID_INPUT'],
    ['more than it is', proposal({ parts: [toDay({ amountRupiah: 6_901 })] }), '400 INVALID_INPUT'],
    ['a day that never was', proposal({ parts: [toDay({ date: '2025-11-20' })] }), '404 UNKNOWN_DAY'],
    ['a version that is gone', proposal({ onVersion: 7 }), '409 CHANGED_MEANWHILE'],
    ['a move of what has no place to go', proposal({ action: 'return' }), '409 ACTION_DOES_NOT_FIT'],
  ] as const)('refuse %s', async (_, body, code) => {
    const refused = await propose(await lostCredit(), body)
    expect(codeOf(refused)).toBe(code)
    expect(refused.body.detail).not.toContain('081234567890')
  })

  test.each(['2026-11-23/C9', '2026-13-23/C1', 'x/C1', '2026-11-23/%E0%A4%A'])('know no movement %s', async (key) => {
    const path = `/api/bank-movements/${key}`
    expect(codeOf(await propose(await lostCredit(), proposal(), 'operator', path))).toBe('404 UNKNOWN_MOVEMENT')
  })
})

describe('the lists', () => {
  test.each([
    '/api/bank-movements?from=2026-10-01&to=2026-11-23',
    '/api/bank-movements?from=2026-11-23&to=2026-11-22',
    '/api/bank-movements?channel=nowhere',
    '/api/bank-movements?state=lost',
    '/api/bank-movements/unidentified?after=Zm9v',
    '/api/bank-movements/unidentified?limit=0',
    '/api/bank-statements?from=2026-01-01&to=2026-11-23',
    '/api/bank-statements?from=2019-01-01&to=2019-01-02',
  ])('refuse %s', async (path) => {
    expect(codeOf(await (await lostCredit()).call('viewer', 'GET', path))).toBe('400 INVALID_INPUT')
  })

  test('filter by place and channel', async () => {
    const hub = await lostCredit()
    const idsOf = async (query: string) =>
      (await hub.call('viewer', 'GET', `/api/bank-movements?${query}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await idsOf('state=unidentified&channel=indomaret')).toEqual(['C1'])
    expect(await idsOf('state=returned')).toEqual([])
    expect(await idsOf('channel=bni')).toEqual([])
    expect(await idsOf('to=2026-11-22')).toEqual([])
  })

  test('of what is nobody’s goes on where a page ended', async () => {
    const hub = await lostCredit()
    await hub.credit('C2', BOOKED, 500, 'KLIRING')
    const first = await hub.call('viewer', 'GET', '/api/bank-movements/unidentified?limit=1')
    const second = await hub.call('viewer', 'GET', `/api/bank-movements/unidentified?limit=1&after=${first.body.next}`)
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(['C1', 'C2'])
  })
})
