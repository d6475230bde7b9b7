/** From sponsored to self-paid: without a gap, without a month paid by two, and nobody's second self-paid membership. */
import { expect, test } from 'vitest'
import { consoleOn, KPJ, NIK, participantOf, row } from '../console.ts'

const PATH = `/api/memberships/${KPJ}/self-payment`

/** Somebody for whom a village has paid November and December 2026, as shares of a bill would. */
async function sponsored() {
  const hub = consoleOn()
  await hub.importRows(row({ funding: 'village' }))
  const { body } = await hub.call('operator', 'POST', '/api/bills', { kpj: KPJ, months: 2, validUntil: '2026-12-01' })
  await hub.pay('T1', '2026-11-20T10:00', ['2026-11', '2026-12'], { account: body.billCode })
  await hub.fold()
  return hub
}

test('the member pays from the first month that the sponsor has not paid, at the own price, and keeps what is paid', async () => {
  const hub = await sponsored()
  const before = await hub.call('operator', 'GET', `/api/memberships/${KPJ}`)
  expect(before.body).toMatchObject({ status: 'active', paidThrough: '2026-12', funding: 'village' })
  const { status, body } = await hub.call('operator', 'POST', PATH)
  expect([status, body.status, body.paidThrough]).toEqual([200, 'active', '2026-12'])
  expect(body.payable).toMatchObject({ month: '2027-01', amountRupiah: 16_800 })
  expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe(KPJ)
  const covered = await hub.call('operator', 'GET', `/api/memberships/${KPJ}/coverage?on=2026-12-31`)
  expect(covered.body.covered).toBe(true)
})

test('the same again changes nothing', async () => {
  const hub = await sponsored()
  const first = await hub.call('operator', 'POST', PATH)
  const facts = hub.store.everything().facts.length
  expect(await hub.call('operator', 'POST', PATH)).toMatchObject({ status: 200, body: first.body })
  expect(hub.store.everything().facts).toHaveLength(facts)
})

test('a member who pays for another membership already is told which, and stays sponsored', async () => {
  const hub = await sponsored()
  await hub.importRows(row({ kpj: '12345678902', funding: 'self' }))
  const { status, body } = await hub.call('operator', 'POST', PATH)
  expect([status, body.code]).toEqual([409, 'NIK_ALREADY_SELF_PAID'])
  expect((await hub.call('operator', 'GET', `/api/memberships/${KPJ}`)).body.funding).toBe('village')
})

test('a closed membership and one that nobody has are refused', async () => {
  const hub = await sponsored()
  await hub.decided(`/api/memberships/${KPJ}/closure`, { reason: 'moved', on: '2026-11-20' })
  expect((await hub.call('operator', 'POST', PATH)).body.code).toBe('MEMBERSHIP_CLOSED')
  const nobody = await hub.call('operator', 'POST', '/api/memberships/12345678909/self-payment')
  expect([nobody.status, nobody.body.code]).toEqual([404, 'UNKNOWN_MEMBERSHIP'])
})

test('two at the same moment are one change', async () => {
  const hub = await sponsored()
  const answers = await Promise.all([hub.call('operator', 'POST', PATH), hub.call('operator', 'POST', PATH)])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  expect(hub.store.everything().facts.filter(({ kind }) => kind === 'terms')).toHaveLength(2)
})
