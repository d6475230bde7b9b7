import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Transient } from '../../../../shared/runtime/faults.ts'
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

describe('closing a membership', () => {
  test.each(['2026-01-05', '2026-11-20'])('on %s is one fact, frees the NIK and is said at once', async (on) => {
    const hub = await registered()
    const answer = await hub.call('admin', 'POST', closure, { ...ended, on })
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'closed', payable: null, nextTransition: null, closure: { on, reason: ended.reason } },
    })
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'closing')).toMatchObject([{ id: ['0001'], on }])
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBeUndefined()
    expect(hub.logged.at(-1)).toMatchObject({ fields: { account: KPJ, day: on, actor: 'operator-1' } })
  })

  test('for a future day changes nothing before that day: it pays by NIK and is told when it ends', async () => {
    const hub = await registered()
    const answer = await hub.call('admin', 'POST', closure, { ...ended, on: '2027-03-01' })
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
    await hub.call('admin', 'POST', closure, { ...ended, on: '2026-11-25' })
    const other = row({ kpj: '12345678902' })
    expect((await hub.importRows(other)).body.refused).toMatchObject([{ code: 'NIK_ALREADY_SELF_PAID' }])
    hub.setClock('2026-11-25T00:00')
    expect((await hub.importRows(other)).body).toMatchObject({ accepted: 1, refused: [] })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe('12345678902')
  })

  test('again with the same words is the same answer, with others a conflict', async () => {
    const hub = await registered()
    await hub.call('admin', 'POST', closure, ended)
    expect(await hub.call('admin', 'POST', closure, ended)).toMatchObject({ status: 200, body: { status: 'closed' } })
    for (const other of [
      { ...ended, reason: 'died' },
      { ...ended, on: '2026-11-18' },
    ]) {
      expect(await hub.call('admin', 'POST', closure, other)).toMatchObject({
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
    expect(await hub.call('admin', 'POST', closure, body)).toMatchObject({ status, body: { code } })
    expect(hub.store.everything().facts).toHaveLength(1)
  })

  test('of somebody unknown is refused', async () => {
    expect(await consoleOn().call('admin', 'POST', closure, ended)).toMatchObject({
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
    await expect(hub.call('admin', 'POST', closure, ended)).rejects.toThrow(Transient)
    armed = false
    await hub.call('admin', 'POST', closure, ended)
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBeUndefined()
  })
})

describe('reopening a membership', () => {
  test('takes the NIK again and lets it be paid again; it may be closed once more', async () => {
    const hub = await registered()
    await hub.call('admin', 'POST', closure, ended)
    expect(await hub.call('admin', 'POST', reopening, resumed)).toMatchObject({
      status: 200,
      body: { status: 'unpaid', payable: { month: '2026-11' }, closure: null },
    })
    expect(await hub.store.decisions.selfPaidMembership(participantOf(NIK))).toBe(KPJ)
    expect(await hub.call('admin', 'POST', closure, ended)).toMatchObject({ status: 200, body: { status: 'closed' } })
    expect(hub.store.everything().facts.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'terms 0001',
      'closing 0001',
      'reopening 0001',
      'closing 0002',
    ])
  })

  test('again with the same reason is the same answer; of an open one it is refused', async () => {
    const hub = await registered()
    expect(await hub.call('admin', 'POST', reopening, resumed)).toMatchObject({
      status: 409,
      body: { code: 'NOT_CLOSED' },
    })
    await hub.call('admin', 'POST', closure, ended)
    await hub.call('admin', 'POST', reopening, resumed)
    expect(await hub.call('admin', 'POST', reopening, resumed)).toMatchObject({
      status: 200,
      body: { status: 'unpaid' },
    })
    expect(await hub.call('admin', 'POST', reopening, { reason: 'other' })).toMatchObject({ status: 409 })
  })

  test('needs no reason, and counts from now on whatever day is wished for', async () => {
    const hub = await registered()
    await hub.call('admin', 'POST', closure, ended)
    const today = '2026-11-20'
    expect(await hub.call('admin', 'POST', reopening, { on: '2026-01-01' })).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    })
    expect(await hub.call('admin', 'POST', reopening, { reason: 'x', on: today })).toMatchObject({ status: 200 })
    await hub.call('admin', 'POST', closure, ended)
    expect(await hub.call('admin', 'POST', reopening)).toMatchObject({ status: 200, body: { status: 'unpaid' } })
  })

  test('is refused while the NIK pays for another membership', async () => {
    const hub = await registered()
    await hub.call('admin', 'POST', closure, ended)
    await hub.importRows(row({ kpj: '12345678902' }))
    expect(await hub.call('admin', 'POST', reopening, resumed)).toMatchObject({
      status: 409,
      body: { code: 'NIK_ALREADY_SELF_PAID' },
    })
    expect((await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)).body.status).toBe('closed')
  })

  test('of a sponsored membership takes no NIK', async () => {
    const hub = consoleOn()
    await hub.importRows(row({ funding: 'village' }))
    await hub.call('admin', 'POST', closure, ended)
    expect(await hub.call('admin', 'POST', reopening, resumed)).toMatchObject({ status: 200 })
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
          isClosing ? hub.call('admin', 'POST', closure, ended) : hub.call('admin', 'POST', reopening, resumed),
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
