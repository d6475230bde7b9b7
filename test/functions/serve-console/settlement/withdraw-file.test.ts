/** An accepted settlement file is taken back by two people: the day is as before it came, and the bytes may come back. */
import { describe, expect, test } from 'vitest'
import { counterOf } from '../../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const PATH = `/api/settlements/indomaret/${DAY}/withdrawal`
const REASON = 'the file of another month under this name'

/** A day whose file says nothing of the payment, and brings a line of nobody. */
async function withWrongFile() {
  const hub = await settlementHub()
  hub.setClock(`${DAY}T10:00`)
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T1' })
  hub.setClock('2026-11-21T06:30')
  const rows = [partnerRow('X1', `${DAY}T11:00`)]
  await hub.settle('indomaret', DAY, rows)
  return { hub, rows }
}

const propose = (hub: SettlementHub, body: object = { version: 1, reason: REASON }, who = 'operator') =>
  hub.call('operator', 'POST', PATH, body, who)
const approve = (hub: SettlementHub, decision = 'approve', who = 'approver') =>
  hub.call('approver', 'POST', `${PATH}/approval`, { decision }, who)
const codeOf = ({ status, body }: { readonly status: number; readonly body: { readonly code?: string } }) =>
  `${status} ${body.code}`
const statesOf = async (hub: SettlementHub) =>
  (await hub.settlements.fileVersions('indomaret', DAY as never)).map(({ state }) => state)

describe('a withdrawal', () => {
  test('takes the file away, resolves what was found with it, and is in the audit chain', async () => {
    const { hub } = await withWrongFile()
    expect(await propose(hub)).toMatchObject({ status: 200, body: { version: 1, state: 'proposed', reason: REASON } })
    expect(await approve(hub)).toMatchObject({ status: 200, body: { state: 'approved', decidedBy: 'local-approver' } })
    await hub.drain()
    expect(await statesOf(hub)).toEqual(['withdrawn'])
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ version: 2, verdict: 'incomplete', file: null })
    expect((await hub.cases('indomaret', DAY)).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
    expect(hub.settlements.chain).toHaveLength(2)
  })

  test('can be read by whoever decides, and waits in the list of approvals until somebody has', async () => {
    const { hub } = await withWrongFile()
    expect(await hub.call('viewer', 'GET', PATH)).toMatchObject({ status: 200, body: { proposal: null } })
    await propose(hub)
    expect((await hub.call('viewer', 'GET', PATH)).body.proposal).toMatchObject({ version: 1, state: 'proposed' })
    const waiting = {
      kind: 'file-withdrawal',
      channel: 'indomaret',
      date: DAY,
      reason: REASON,
      proposedBy: 'local-operator',
    }
    expect((await hub.call('viewer', 'GET', '/api/approvals')).body).toMatchObject({ items: [waiting], next: null })
    await approve(hub, 'reject')
    expect((await hub.call('viewer', 'GET', PATH)).body.proposal).toMatchObject({ state: 'rejected' })
    expect((await hub.call('viewer', 'GET', '/api/approvals')).body).toEqual({ items: [], next: null })
  })

  test('leaves the way free for the right file, which needs no second person', async () => {
    const { hub } = await withWrongFile()
    await propose(hub)
    await approve(hub)
    await hub.drain()
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    expect(await statesOf(hub)).toEqual(['withdrawn', 'accepted'])
    expect((await hub.statement('indomaret', DAY))?.openDifferences).toBe(0)
  })

  test('can be followed by the very same bytes, and by another withdrawal of them', async () => {
    const { hub, rows } = await withWrongFile()
    await propose(hub)
    await approve(hub)
    await hub.drain()
    await hub.settle('indomaret', DAY, rows)
    expect(await statesOf(hub)).toEqual(['withdrawn', 'accepted'])
    expect((await hub.cases('indomaret', DAY)).map(({ state }) => state)).toEqual(['open', 'open'])
    expect(await propose(hub, { version: 2, reason: REASON })).toMatchObject({
      body: { version: 2, state: 'proposed' },
    })
    expect(await approve(hub)).toMatchObject({ body: { state: 'approved' } })
    await hub.drain()
    expect(await statesOf(hub)).toEqual(['withdrawn', 'withdrawn'])
  })

  test('is neither approved by who proposed it nor done twice', async () => {
    const { hub } = await withWrongFile()
    expect(codeOf(await approve(hub))).toBe('409 NOT_PROPOSED')
    await hub.call('approver', 'POST', PATH, { version: 1, reason: REASON })
    expect(codeOf(await approve(hub))).toBe('403 OWN_PROPOSAL')
    expect(await statesOf(hub)).toEqual(['accepted'])
    const first = await approve(hub, 'approve', 'another')
    expect(await approve(hub, 'approve', 'another')).toEqual(first)
    expect(codeOf(await approve(hub, 'approve', 'third'))).toBe('409 ALREADY_DECIDED')
    expect(hub.settlements.chain).toHaveLength(2)
  })

  test('that is rejected changes nothing', async () => {
    const { hub } = await withWrongFile()
    await propose(hub)
    expect(await approve(hub, 'reject')).toMatchObject({ body: { state: 'rejected' } })
    await hub.drain()
    expect(await statesOf(hub)).toEqual(['accepted'])
    expect((await hub.statement('indomaret', DAY))?.version).toBe(1)
  })

  test('is of the version that was looked at, and waits for a corrected file to be decided on', async () => {
    const { hub } = await withWrongFile()
    expect(codeOf(await propose(hub, { version: 2, reason: REASON }))).toBe('409 CHANGED_MEANWHILE')
    await propose(hub)
    await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
    const corrected = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'corrected-file')
    await hub.decide(corrected?.id ?? '', 'accept')
    expect(await statesOf(hub)).toEqual(['superseded', 'accepted'])
    expect(codeOf(await approve(hub))).toBe('409 CHANGED_MEANWHILE')
    await hub.settle('indomaret', DAY, [partnerRow('X2', `${DAY}T10:00`)])
    await approve(hub, 'reject')
    expect(codeOf(await propose(hub, { version: 2, reason: REASON }))).toBe('409 ACTION_DOES_NOT_FIT')
  })

  test.each([
    ['viewer', PATH, { version: 1, reason: REASON }, '403 NOT_ALLOWED'],
    ['operator', PATH, { version: 1 }, '400 INVALID_INPUT'],
    ['operator', PATH, { version: 1, reason: 'of 3578011203850001' }, '400 INVALID_INPUT'],
    ['operator', `${PATH}/approval`, { decision: 'approve' }, '403 NOT_ALLOWED'],
    ['operator', `/api/settlements/nobody/${DAY}/withdrawal`, { version: 1, reason: REASON }, '404 UNKNOWN_STATEMENT'],
  ] as const)('is not for %s at %s with %j', async (role, path, body, code) => {
    const { hub } = await withWrongFile()
    expect(codeOf(await hub.call(role, 'POST', path, body))).toBe(code)
    expect(await statesOf(hub)).toEqual(['accepted'])
  })
})
