/** What waits for a second person: nothing stands in the list for ever that nobody can decide. */
import { describe, expect, test } from 'vitest'
import { camt053 } from '../../../support/settlement-files.ts'
import { type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const BOOKED = '2026-11-23'
const MOVEMENT = `/api/bank-movements/${BOOKED}/R1`
const SIGN_OFF = `/api/settlements/bank/${BOOKED}/sign-off`
const BYTES = Buffer.from(
  camt053([
    {
      account: '0018877665501',
      statementId: 'S1',
      date: BOOKED,
      opening: 0,
      rows: [{ reference: 'R1', bookedOn: BOOKED, valueOn: BOOKED, amount: 777, remittance: 'nobody knows' }],
    },
  ]),
)
const REASON = { reason: 'as agreed' }
const YES = { decision: 'approve' }

const get = async (hub: SettlementHub, path: string) => (await hub.call('viewer', 'GET', path)).body
const waiting = async (hub: SettlementHub) =>
  (await get(hub, '/api/approvals')).items.map(({ kind }: { readonly kind: string }) => kind).sort()

async function handOver(hub: SettlementHub): Promise<string> {
  const { body } = await hub.call('operator', 'PUT', '/api/bank-statements/b.xml', BYTES, 'sari')
  await hub.drain()
  await hub.call('approver', 'POST', `/api/bank-statements/${body.sha256}/confirmation`, YES, 'agus')
  await hub.drain()
  return body.sha256
}

async function withdraw(hub: SettlementHub, sha256: string): Promise<void> {
  const path = `/api/bank-statements/${sha256}/withdrawal`
  await hub.call('operator', 'POST', path, REASON, 'sari')
  expect((await hub.call('approver', 'POST', `${path}/approval`, YES, 'agus')).status).toBe(200)
  await hub.drain()
}

describe('of a movement and a day of the bank', () => {
  test('waits while their statement is there, and again when its bytes come back', async () => {
    const hub = await settlementHub()
    hub.setClock('2026-11-24T09:00')
    const sha256 = await handOver(hub)
    const { version } = (await get(hub, MOVEMENT)).movement
    const parts = [{ to: 'interest', amountRupiah: 777 }]
    const placing = { action: 'place', onVersion: version, parts, ...REASON }
    expect((await hub.call('operator', 'POST', `${MOVEMENT}/proposal`, placing)).status).toBe(200)
    const { digest } = await get(hub, SIGN_OFF)
    expect((await hub.call('operator', 'POST', SIGN_OFF, { digest, ...REASON })).status).toBe(200)
    expect(await waiting(hub)).toEqual(['placement', 'sign-off'])

    await withdraw(hub, sha256)
    for (const path of [`${MOVEMENT}/approval`, `${SIGN_OFF}/approval`]) {
      expect((await hub.call('approver', 'POST', path, { decision: 'reject' })).status).toBe(404)
    }
    expect(await waiting(hub)).toEqual([])

    await handOver(hub)
    expect(await waiting(hub)).toEqual(['placement', 'sign-off'])
    for (const path of [`${MOVEMENT}/approval`, `${SIGN_OFF}/approval`]) {
      expect((await hub.call('approver', 'POST', path, { decision: 'reject' })).status).toBe(200)
    }
    expect(await waiting(hub)).toEqual([])
  })
})
