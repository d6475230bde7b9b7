/** What two people may decide without an administrator: of one difference, of a person in a day and of all in a day; and what waits for one. */
import { beforeEach, describe, expect, test } from 'vitest'
import { APPROVAL_LIMITS } from '../../../../shared/domain/approval-limits.ts'
import type { DecidedOnDay } from '../../../../shared/store/settlements/decided-sums.ts'
import { auditBooks } from '../../../support/audit-books.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const TODAY = '2026-11-21' as never
const { each: EACH, personDay: PERSON_DAY } = APPROVAL_LIMITS['write-off'][0]?.value ?? { each: 0, personDay: 0 }
/** So many write-offs at their limit fill a person's day. */
const FULL = PERSON_DAY / EACH

let hub: SettlementHub
let ids: readonly string[]

/** Lines that stand twice, each worth `amount`. */
async function withTwice(count: number, amount: number) {
  hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  const rows = Array.from({ length: count }, (_, i) =>
    partnerRow(`X${i}`, `${DAY}T11:00`, { customer: '10987654321', amount }),
  )
  await hub.settle('indomaret', DAY, [...rows, ...rows])
  const cases = (await hub.cases('indomaret', DAY)).filter(({ finding }) => finding.class === 'duplicate-in-file')
  ids = cases.map(({ id }) => id)
}

async function propose(id: string, action: string, who: string): Promise<string> {
  const asked = { action, reason: 'too small to argue about' }
  return stateOf(await hub.call('operator', 'POST', `/api/differences/${id}/proposal`, asked, who))
}

async function approve(id: string, who: string, role: 'approver' | 'admin' = 'approver', decision = 'approve') {
  const approval = { decision, reason: 'agreed' }
  return stateOf(await hub.call(role, 'POST', `/api/differences/${id}/approval`, approval, who))
}

async function writeOff(id: string, proposer: string, approver: string): Promise<string> {
  await propose(id, 'write-off', proposer)
  return approve(id, approver)
}

/** The state and whom it waits for; or the code. */
const stateOf = ({ status, body }: Answer) =>
  status !== 200 ? String(body.code) : body.waitsFor === null ? body.state : `${body.state}, ${body.waitsFor}`

const decidedBy = async (name: string): Promise<readonly DecidedOnDay[]> =>
  hub.settlements.decidedByPeople(TODAY, [
    { issuer: null, subject: `local-${name}`, name: name.includes('/') ? (name.split('/')[0] ?? '') : null },
  ])

describe('write-offs', () => {
  beforeEach(() => withTwice(FULL + 3, EACH))

  test('of one person in a day end at the limit, proposing or approving; tomorrow is another day', async () => {
    expect(ids).toHaveLength(FULL + 3)
    for (const id of ids.slice(0, FULL)) expect(await writeOff(id, 'sari', 'budi')).toBe('approved')
    const [next = '', after = '', last = ''] = ids.slice(FULL)
    // The one who approves, the one who proposed, and neither.
    expect(await writeOff(next, 'dewi', 'budi')).toBe('proposed, admin')
    expect(await writeOff(after, 'sari', 'agus')).toBe('proposed, admin')
    expect(await writeOff(last, 'dewi', 'agus')).toBe('approved')
    hub.setClock('2026-11-22T06:30')
    expect(await approve(after, 'agus', 'approver', 'reject')).toBe('persisting')
    expect(await writeOff(after, 'sari', 'budi')).toBe('approved')
    await hub.drain()
    expect((await auditBooks(hub)).problems).toEqual([])
  })

  test('count for the person, however many accounts', async () => {
    for (const id of ids.slice(0, FULL)) expect(await writeOff(id, 'sari/1', 'budi')).toBe('approved')
    const [next = '', other = ''] = ids.slice(FULL)
    expect(await writeOff(next, 'sari/2', 'agus')).toBe('proposed, admin')
    expect(await writeOff(other, 'dewi/1', 'agus')).toBe('approved')
  })

  test('what was rejected, or sent again, counts once or not at all', async () => {
    const [first = '', second = ''] = ids
    expect(await writeOff(first, 'sari', 'budi')).toBe('approved')
    expect(await approve(first, 'budi')).toBe('approved')
    await propose(second, 'write-off', 'sari')
    await approve(second, 'budi', 'approver', 'reject')
    for (const name of ['sari', 'budi']) expect(await decidedBy(name)).toMatchObject([{ sums: { 'write-off': EACH } }])
    expect(await hub.settlements.decidedByAll(TODAY)).toMatchObject({ sums: { 'write-off': EACH } })
  })

  test('of two approvals at the same moment, at most one passes a limit that only one keeps', async () => {
    for (const id of ids.slice(0, FULL - 1)) await writeOff(id, 'sari', 'budi')
    const rest = ids.slice(FULL - 1)
    for (const id of rest) await propose(id, 'write-off', 'sari')
    const answers = await Promise.all(rest.map((id) => approve(id, 'budi')))
    expect(answers.toSorted()).toEqual(['approved', ...rest.slice(1).map(() => 'proposed, admin')])
    expect(await decidedBy('budi')).toMatchObject([{ sums: { 'write-off': PERSON_DAY } }])
  })
})

describe('above what one resolution may decide', () => {
  beforeEach(() => withTwice(2, EACH + 1))

  test('an approval waits for an administrator, who is neither of the two; then it is carried out', async () => {
    const [id = ''] = ids
    expect(await propose(id, 'write-off', 'sari')).toBe('proposed, approver')
    expect(await approve(id, 'budi')).toBe('proposed, admin')
    expect(await approve(id, 'budi')).toBe('proposed, admin')
    await hub.drain()
    expect((await hub.statement('indomaret', DAY))?.writtenOffRupiah).toBe(0)
    expect(await approve(id, 'agus')).toBe('NOT_ALLOWED')
    expect(await approve(id, 'sari', 'admin')).toBe('OWN_PROPOSAL')
    expect(await approve(id, 'budi', 'admin')).toBe('proposed, admin')
    const waiting = (await hub.call('viewer', 'GET', '/api/differences?state=proposed')).body.items
    expect(waiting).toMatchObject([{ id, waitsFor: 'admin' }])
    expect(await approve(id, 'ratna', 'admin')).toBe('approved')
    await hub.drain()
    expect((await hub.statement('indomaret', DAY))?.writtenOffRupiah).toBe(-(EACH + 1))
    const { history, waitsFor } = (await hub.call('viewer', 'GET', `/api/differences/${id}`)).body
    expect(waitsFor).toBeNull()
    expect(history.map(({ what }: { readonly what: string }) => what)).toEqual([
      'found',
      'proposed',
      'referred',
      'approved',
      'applied',
    ])
    // An administrator decides what the limits cannot: it is not counted.
    expect(await hub.settlements.decidedByAll(TODAY)).toMatchObject({ version: 0 })
    expect((await auditBooks(hub)).problems).toEqual([])
  })

  test('an administrator who was the second person is not the third one', async () => {
    const [id = ''] = ids
    await propose(id, 'write-off', 'sari')
    expect(await approve(id, 'ratna', 'admin')).toBe('proposed, admin')
    const other = { decision: 'approve', reason: 'once more' }
    expect(stateOf(await hub.call('admin', 'POST', `/api/differences/${id}/approval`, other, 'ratna'))).toBe(
      'OWN_PROPOSAL',
    )
    expect(await approve(id, 'wati', 'admin')).toBe('approved')
  })

  test.each(['ratna', 'budi'])('it may still be rejected, by %s too', async (who) => {
    const [id = ''] = ids
    await propose(id, 'write-off', 'sari')
    await approve(id, 'budi')
    expect(await approve(id, who, who === 'budi' ? 'approver' : 'admin', 'reject')).toBe('new')
    await hub.drain()
    expect((await hub.statement('indomaret', DAY))?.writtenOffRupiah).toBe(0)
    expect(await propose(id, 'charge-channel', 'sari')).toBe('proposed, approver')
    expect(await approve(id, 'budi')).toBe('approved')
  })
})

test('a resolution that names the first of two approvals moves nothing', async () => {
  await withTwice(1, EACH + 1)
  const [id = ''] = ids
  await propose(id, 'write-off', 'sari')
  await approve(id, 'budi')
  const known = await hub.settlements.difference(id)
  const [referral] = hub.settlements.chain.filter(({ action }) => action?.S === 'referred')
  const { applyResolution } = await import('../../../../functions/reconcile-settlement/apply-resolution.ts')
  await hub.settlements.putDifference({ ...known, state: 'approved', version: (known?.version ?? 0) + 1 } as never)
  const forged = {
    differenceId: id,
    channel: 'indomaret',
    date: DAY,
    differenceVersion: (known?.version ?? 0) + 1,
    finding: known?.finding,
    ...known?.proposal,
    proposedBy: 'local-sari',
    approvedBy: 'local-budi',
    approvedAt: known?.proposal?.referral?.at,
    audit: { sequence: Number(referral?.sequence?.N), hash: referral?.hash?.S },
  }
  await expect(applyResolution(hub.ports, forged as never)).rejects.toMatchObject({ code: 'RESOLUTION_NOT_AUDITED' })
})

test('a lost file corrected case by case is decided by two people', async () => {
  await withTwice(40, 16_800)
  for (const id of ids) {
    await propose(id, 'charge-channel', 'sari')
    expect(await approve(id, 'budi')).toBe('approved')
  }
})

test('money leaves suspense above the limit only with an administrator', async () => {
  const { each } = APPROVAL_LIMITS.refund[0]?.value ?? { each: 0 }
  hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('X1', `${DAY}T11:00`, { customer: '10987654321', amount: each + 1 })])
  const [extra] = await hub.cases('indomaret', DAY)
  await hub.call('operator', 'POST', `/api/differences/${extra?.id}/proposal`, { action: 'post', reason: 'it came' })
  expect(await approve(extra?.id ?? '', 'budi')).toBe('proposed, admin')
  expect(await approve(extra?.id ?? '', 'ratna', 'admin')).toBe('approved')
  await hub.drain()
  const [money] = (await hub.call('viewer', 'GET', '/api/suspense')).body.items
  const say = async (path: string, who: string, role: 'operator' | 'approver' | 'admin', body: object) =>
    stateOf(await hub.call(role, 'POST', `/api/suspense/${money.id}/${path}`, body, who))
  const yes = { decision: 'approve', reason: 'agreed' }
  expect(await say('proposal', 'sari', 'operator', { action: 'refund', reason: 'nobody knows' })).toBe(
    'proposed, approver',
  )
  expect(await say('approval', 'budi', 'approver', yes)).toBe('proposed, admin')
  await hub.drain()
  expect((await hub.call('viewer', 'GET', '/api/suspense')).body.items).toHaveLength(1)
  expect((await hub.call('viewer', 'GET', '/api/approvals')).body.items).toMatchObject([
    { kind: 'suspense-exit', waitsFor: 'admin' },
  ])
  expect(await say('approval', 'agus', 'approver', yes)).toBe('NOT_ALLOWED')
  expect(await say('approval', 'ratna', 'admin', yes)).toBe('approved')
  await hub.drain()
  expect((await hub.call('viewer', 'GET', '/api/suspense')).body.items).toEqual([])
  expect((await hub.call('viewer', 'GET', '/api/approvals')).body.items).toEqual([])
  expect((await auditBooks(hub)).problems).toEqual([])
})

test('a debit of the bank becomes a charge above the limit only with an administrator', async () => {
  const { each, personDay } = APPROVAL_LIMITS['bank-charges'][0]?.value ?? { each: 0, personDay: 0 }
  hub = await settlementHub()
  hub.setClock('2026-11-27T10:00')
  const place = async (id: string, amountRupiah: number) => {
    await hub.credit(id, '2026-11-23', amountRupiah, 'UNKNOWN')
    const path = `/api/bank-movements/2026-11-23/${id}`
    const { version } = (await hub.call('viewer', 'GET', path)).body.movement
    const parts = [{ to: 'bank-charges', amountRupiah }]
    const asked = { action: 'place', onVersion: version, parts, reason: 'fees' }
    await hub.call('operator', 'POST', `${path}/proposal`, asked, 'sari')
    const say = async (role: 'approver' | 'admin', who: string) =>
      stateOf(await hub.call(role, 'POST', `${path}/approval`, { decision: 'approve', reason: 'agreed' }, who))
    return { said: await say('approver', 'budi'), say }
  }
  const dear = await place('D1', -(each + 1))
  expect(dear.said).toBe('proposed, admin')
  expect(await dear.say('approver', 'agus')).toBe('NOT_ALLOWED')
  expect(await dear.say('admin', 'ratna')).toBe('approved')
  for (let i = 0; i < personDay / each; i++) expect((await place(`E${i}`, -each)).said).toBe('approved')
  expect((await place('F1', -1)).said).toBe('proposed, admin')
})

describe('a debit of the bank that two people place', () => {
  const { each } = APPROVAL_LIMITS['bank-charges'][0]?.value ?? { each: 0 }
  const { each: most } = APPROVAL_LIMITS.refund[0]?.value ?? { each: 0 }
  const dearInterest = APPROVAL_LIMITS.interest[0]?.value.each ?? 0

  async function placed(action: string, amounts: Readonly<Record<string, number>>): Promise<string> {
    hub = await settlementHub()
    hub.setClock('2026-11-27T10:00')
    const total = Object.values(amounts).reduce((sum, amount) => sum + amount, 0)
    await hub.credit('D1', '2026-11-23', total, 'UNKNOWN')
    const path = '/api/bank-movements/2026-11-23/D1'
    const { version } = (await hub.call('viewer', 'GET', path)).body.movement
    const parts = Object.entries(amounts).map(([to, amountRupiah]) => ({ to, amountRupiah }))
    const asked = { action, onVersion: version, parts, reason: 'as the bank says' }
    expect((await hub.call('operator', 'POST', `${path}/proposal`, asked, 'sari')).status).toBe(200)
    const yes = { decision: 'approve', reason: 'agreed' }
    const said = stateOf(await hub.call('approver', 'POST', `${path}/approval`, yes, 'budi'))
    if (said !== 'approved')
      expect(stateOf(await hub.call('admin', 'POST', `${path}/approval`, yes, 'ratna'))).toBe('approved')
    return said
  }

  test.each([
    ['taken from interest, within the limit of a charge', 'place', { interest: -each }, 'approved'],
    ['taken from interest, above the limit of a charge', 'place', { interest: -each - 1 }, 'proposed, admin'],
    [
      'a charge and taken from interest, together above it',
      'place',
      { 'bank-charges': -each, interest: -1 },
      'proposed, admin',
    ],
    ['sent back, within the limit of a refund', 'return', { returned: -most }, 'approved'],
    ['sent back, above the limit of a refund', 'return', { returned: -most - 1 }, 'proposed, admin'],
  ] as const)('%s', async (_, action, amounts, said) => expect(await placed(action, amounts)).toBe(said))

  test('a credit keeps the limits of what it becomes: none where it goes back', async () => {
    expect(await placed('place', { interest: dearInterest })).toBe('approved')
    expect(await placed('place', { interest: dearInterest + 1 })).toBe('proposed, admin')
    expect(await placed('return', { returned: 1_000 * most })).toBe('approved')
  })
})
