import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatUtc } from '../../../../shared/domain/instant.ts'
import { Transient } from '../../../../shared/runtime/faults.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { consoleOn, KPJ, NIK, participantOf, row } from '../console.ts'

const closure = `/api/memberships/${KPJ}/closure`
const reopening = `/api/memberships/${KPJ}/reopening`
const ended = { reason: 'became a wage earner', on: '2026-11-19' }
const resumed = { reason: 'self-employed again' }

async function registered(options: Parameters<typeof consoleOn>[0] = {}) {
  const hub = consoleOn(options)
  await hub.importRows(row())
  return hub
}

type Hub = Awaited<ReturnType<typeof registered>>

const propose = (hub: Hub, path: string, body: object = {}, who = 'operator-1') =>
  hub.callAs(who, 'admin', 'POST', path, body)
const judge = (hub: Hub, path: string, decision = 'approve', who = 'agus') =>
  hub.callAs(who, 'approver', 'POST', `${path}/approval`, { decision })
const endings = (hub: Hub) => hub.store.everything().facts.filter(({ kind }) => kind !== 'terms')

describe('a proposal to close or reopen', () => {
  test('changes neither status nor payability, is shown, and waits in the list of approvals', async () => {
    const hub = await registered()
    const waiting = { reason: ended.reason, proposedBy: 'operator-1', proposedAt: '2026-11-20T03:00:00.000Z' }
    expect(await propose(hub, closure, ended)).toMatchObject({
      status: 200,
      body: {
        status: 'unpaid',
        payable: { month: '2026-11' },
        closure: null,
        pendingProposal: { action: 'close', on: ended.on, ...waiting },
      },
    })
    expect(endings(hub)).toEqual([])
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe(KPJ)
    const listed = async () => (await hub.call('viewer', 'GET', '/api/approvals')).body.items
    expect(await listed()).toMatchObject([{ kind: 'closing', item: KPJ, date: ended.on, ...waiting }])
    await judge(hub, closure)
    expect(await listed()).toEqual([])
    expect((await propose(hub, reopening, resumed)).body).toMatchObject({
      status: 'closed',
      pendingProposal: { action: 'reopen', on: null, reason: resumed.reason },
    })
    expect(await listed()).toMatchObject([{ kind: 'reopening', item: KPJ, date: null }])
  })

  test('takes effect by another person’s approval only, at its instant, with both in the chain', async () => {
    const hub = await registered()
    await propose(hub, closure, ended)
    expect(await judge(hub, closure, 'approve', 'operator-1')).toMatchObject({
      status: 403,
      body: { code: 'OWN_PROPOSAL' },
    })
    expect(endings(hub)).toEqual([])
    hub.setClock('2026-11-20T15:00')
    expect((await judge(hub, closure)).body).toMatchObject({
      status: 'closed',
      pendingProposal: null,
      closure: { decidedAt: '2026-11-20T08:00:00.000Z' },
    })
    const entries = hub.settlements.chain.map((item) => readAuditEntry(item))
    expect(entries.slice(-2)).toMatchObject([
      { action: 'proposed', actor: 'operator-1', subject: `closure#${KPJ}` },
      {
        action: 'approved',
        actor: 'agus',
        subject: `closure#${KPJ}`,
        at: endings(hub)[0]?.decidedAt,
        detail: { request: { action: 'close', on: ended.on }, reason: ended.reason },
      },
    ])
  })

  test('that is rejected leaves everything, and another one may follow', async () => {
    const hub = await registered()
    expect(await judge(hub, closure)).toMatchObject({ status: 409, body: { code: 'NOT_PROPOSED' } })
    await propose(hub, closure, ended)
    expect(await propose(hub, closure, { ...ended, reason: 'died' })).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_PROPOSED' },
    })
    // Of a reopening nothing waits.
    expect(await judge(hub, reopening)).toMatchObject({ status: 409, body: { code: 'NOT_PROPOSED' } })
    expect(await judge(hub, closure, 'reject')).toMatchObject({
      status: 200,
      body: { status: 'unpaid', closure: null, pendingProposal: null },
    })
    expect(endings(hub)).toEqual([])
    expect(await hub.decided(closure, { ...ended, reason: 'died' })).toMatchObject({ body: { status: 'closed' } })
  })

  test('is looked at again when it is approved: the account may have changed', async () => {
    const hub = await registered()
    await hub.decided(closure, ended)
    await propose(hub, reopening, resumed)
    await hub.importRows(row({ kpj: '12345678902' }))
    expect(await judge(hub, reopening)).toMatchObject({ status: 409, body: { code: 'NIK_ALREADY_SELF_PAID' } })
    expect(endings(hub)).toHaveLength(1)
    await hub.decided('/api/memberships/12345678902/closure', ended)
    expect(await judge(hub, reopening)).toMatchObject({ status: 200, body: { status: 'unpaid', closure: null } })
  })

  test('by a token that names nobody is refused', async () => {
    const hub = await registered()
    expect(await hub.callAs('', 'admin', 'POST', closure, ended)).toMatchObject({ status: 403 })
  })
})

describe('an approval that was recorded and cut short', () => {
  /** The fact of the approval cannot be put until it is repaired. */
  async function dying() {
    const state = { isDying: false }
    const hub = await registered({
      before: async ({ method, phase }) => {
        if (state.isDying && method === 'put' && phase === 'before') throw new Transient('CRASH', 'expected no crash')
      },
    })
    state.isDying = true
    return {
      hub,
      repair: () => {
        state.isDying = false
      },
    }
  }

  test('is carried out by the same approval again, at the instant at which it was approved', async () => {
    const { hub, repair } = await dying()
    hub.setClock('2026-11-20T10:30')
    await propose(hub, closure, ended)
    await expect(judge(hub, closure)).rejects.toThrow(Transient)
    expect(endings(hub)).toEqual([])
    repair()
    const approvedAt = formatUtc(hub.ports.now())
    hub.setClock('2026-11-20T11:00')
    expect(await judge(hub, closure)).toMatchObject({
      status: 200,
      body: { status: 'closed', closure: { decidedAt: approvedAt } },
    })
    expect(await judge(hub, closure)).toMatchObject({ status: 200 })
    expect(endings(hub)).toMatchObject([{ kind: 'closing', id: ['0001'] }])
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBeUndefined()
  })

  test('is not carried out over money that came since; it is proposed anew', async () => {
    const { hub, repair } = await dying()
    await propose(hub, closure, ended)
    await expect(judge(hub, closure)).rejects.toThrow(Transient)
    repair()
    hub.setClock('2026-11-20T12:00')
    await hub.pay('P1', '2026-11-20T11:00', ['2026-11'])
    expect(await judge(hub, closure)).toMatchObject({ status: 409, body: { code: 'CHANGED_MEANWHILE' } })
    expect(await hub.decided(closure, ended)).toMatchObject({ status: 200, body: { status: 'closed' } })
  })
})

describe('closing a membership', () => {
  test.each(['2026-01-05', '2026-11-20'])('on %s is one fact, frees the NIK and is said at once', async (on) => {
    const hub = await registered()
    const answer = await hub.decided(closure, { ...ended, on })
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'closed', payable: null, nextTransition: null, closure: { on, reason: ended.reason } },
    })
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'closing')).toMatchObject([{ id: ['0001'], on }])
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBeUndefined()
    expect(hub.logged.at(-1)).toMatchObject({ fields: { action: 'close', account: KPJ, day: on, actor: 'approver-1' } })
  })

  test('for a future day changes nothing before that day: it pays by NIK and is told when it ends', async () => {
    const hub = await registered()
    const answer = await hub.decided(closure, { ...ended, on: '2027-03-01' })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'unpaid',
        payable: { month: '2026-11' },
        nextTransition: { on: '2027-03-01', to: 'closed' },
        closure: { on: '2027-03-01', reason: ended.reason },
      },
    })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe(KPJ)
    hub.setClock('2027-03-01T00:00')
    const { body } = await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)
    expect(body).toMatchObject({ status: 'closed', payable: null, nextTransition: null })
  })

  test('frees the NIK for another membership once its future day has come', async () => {
    const hub = await registered()
    await hub.decided(closure, { ...ended, on: '2026-11-25' })
    const other = row({ kpj: '12345678902' })
    expect((await hub.importRows(other)).body.refused).toMatchObject([{ code: 'NIK_ALREADY_SELF_PAID' }])
    hub.setClock('2026-11-25T00:00')
    expect((await hub.importRows(other)).body).toMatchObject({ accepted: 1, refused: [] })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe('12345678902')
  })

  test('again with the same words is the same answer, with others a conflict', async () => {
    const hub = await registered()
    await hub.decided(closure, ended)
    expect(await hub.decided(closure, ended)).toMatchObject({ status: 200, body: { status: 'closed' } })
    for (const other of [
      { ...ended, reason: 'died' },
      { ...ended, on: '2026-11-18' },
    ]) {
      expect(await hub.decided(closure, other)).toMatchObject({
        status: 409,
        body: { code: 'ALREADY_CLOSED' },
      })
    }
    expect(hub.store.everything().facts).toHaveLength(2)
  })

  test.each([
    ['a day before the registration', { ...ended, on: '2026-01-04' }, 400, 'INVALID_INPUT'],
    ['no day of the calendar', { ...ended, on: '2026-02-30' }, 400, 'INVALID_INPUT'],
    ['a day that no calendar can go past', { ...ended, on: '9999-12-31' }, 400, 'INVALID_INPUT'],
    ['a day more than two years away', { ...ended, on: '2028-11-21' }, 400, 'INVALID_INPUT'],
    ['no day', { reason: 'x' }, 400, 'INVALID_INPUT'],
    ['an empty reason', { ...ended, reason: '  ' }, 400, 'INVALID_INPUT'],
    ['a reason that is too long', { ...ended, reason: 'x'.repeat(141) }, 400, 'INVALID_INPUT'],
    ['the number of a person as reason', { ...ended, reason: `died, ${NIK}` }, 400, 'INVALID_INPUT'],
    ['another field', { ...ended, note: 'x' }, 400, 'INVALID_INPUT'],
    ['a list', [], 400, 'INVALID_INPUT'],
  ])('with %s is refused', async (_, body, status, code) => {
    const hub = await registered()
    expect(await hub.decided(closure, body)).toMatchObject({ status, body: { code } })
    expect(hub.store.everything().facts).toHaveLength(1)
  })

  test('of somebody unknown is refused', async () => {
    expect(await consoleOn().decided(closure, ended)).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_MEMBERSHIP' },
    })
  })

  test('that ended before the NIK was free is completed by the same call', async () => {
    let armed = true
    const hub = await registered({
      before: async ({ method, phase }) => {
        if (armed && method === 'freeSelfPaid' && phase === 'before') throw new Transient('CRASH', 'expected no crash')
      },
    })
    await expect(hub.decided(closure, ended)).rejects.toThrow(Transient)
    armed = false
    await hub.decided(closure, ended)
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBeUndefined()
  })
})

describe('reopening a membership', () => {
  test('takes the NIK again and lets it be paid again; it may be closed once more', async () => {
    const hub = await registered()
    await hub.decided(closure, ended)
    expect(await hub.decided(reopening, resumed)).toMatchObject({
      status: 200,
      body: { status: 'unpaid', payable: { month: '2026-11' }, closure: null },
    })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe(KPJ)
    expect(await hub.decided(closure, ended)).toMatchObject({ status: 200, body: { status: 'closed' } })
    expect(hub.store.everything().facts.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'terms 0001',
      'closing 0001',
      'reopening 0001',
      'closing 0002',
    ])
  })

  test('again with the same reason is the same answer; of an open one it is refused', async () => {
    const hub = await registered()
    expect(await hub.decided(reopening, resumed)).toMatchObject({
      status: 409,
      body: { code: 'NOT_CLOSED' },
    })
    await hub.decided(closure, ended)
    await hub.decided(reopening, resumed)
    expect(await hub.decided(reopening, resumed)).toMatchObject({
      status: 200,
      body: { status: 'unpaid' },
    })
    expect(await hub.decided(reopening, { reason: 'other' })).toMatchObject({ status: 409 })
  })

  test('needs no reason, and counts from now on whatever day is wished for', async () => {
    const hub = await registered()
    await hub.decided(closure, ended)
    const today = '2026-11-20'
    expect(await hub.decided(reopening, { on: '2026-01-01' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    })
    expect(await hub.decided(reopening, { reason: 'x', on: today })).toMatchObject({ status: 200 })
    await hub.decided(closure, ended)
    expect(await hub.decided(reopening)).toMatchObject({ status: 200, body: { status: 'unpaid' } })
  })

  test('is refused while the NIK pays for another membership', async () => {
    const hub = await registered()
    await hub.decided(closure, ended)
    await hub.importRows(row({ kpj: '12345678902' }))
    expect(await hub.decided(reopening, resumed)).toMatchObject({
      status: 409,
      body: { code: 'NIK_ALREADY_SELF_PAID' },
    })
    expect((await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)).body.status).toBe('closed')
  })

  test('of a sponsored membership takes no NIK', async () => {
    const hub = consoleOn()
    await hub.importRows(row({ funding: 'village' }))
    await hub.decided(closure, ended)
    expect(await hub.decided(reopening, resumed)).toMatchObject({ status: 200 })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBeUndefined()
  })
})

test('however closings and reopenings meet, the NIK is held exactly by an open membership', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.boolean(), { minLength: 2, maxLength: 4 }),
      async (scheduler, closes) => {
        let scheduled = false
        const hub = await registered({
          before: ({ phase }) => (scheduled ? scheduler.schedule(Promise.resolve(), phase) : Promise.resolve()),
        })
        scheduled = true
        const calls = closes.map((isClosing) =>
          isClosing ? hub.decided(closure, ended) : hub.decided(reopening, resumed),
        )
        await scheduler.waitFor(Promise.all(calls))
        scheduled = false
        const { status } = (await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)).body
        const holder = await hub.store.decisions.selfPaidMembership(participantOf(NIK))
        expect(holder).toBe(status === 'closed' ? undefined : KPJ)
      },
    ),
    { numRuns: 150 },
  )
})
