/** What operators do about locks at an endpoint: see, lock, unlock, revoke; by whom, and what stands in the audit chain. */
import { describe, expect, test } from 'vitest'
import { LONGEST_CUSTOMER_LOCK_HOURS } from '../../../../shared/domain/customer-lock.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { consoleOn, KPJ, NIK, row, subjectFor } from '../console.ts'

const KEY = 'ab'.repeat(32)
const LOCK = { by: 'till', subject: 'T0001/01', reason: 'a stolen terminal' }

type Hub = ReturnType<typeof consoleOn>

const actsOf = (hub: Hub) =>
  hub.settlements.chain
    .map((item) => readAuditEntry(item))
    .map(({ action, subject, detail, actor }) => ({ action, subject, detail, actor }))

describe('locks at an endpoint', () => {
  test('are put and taken by an operator, listed, and stand in the audit chain with their reasons', async () => {
    const hub = consoleOn()
    expect(await hub.call('operator', 'POST', '/api/partners/bni/locks', LOCK)).toMatchObject({
      status: 200,
      body: { channel: 'bni', at: '2026-11-20T03:00:00.000Z' },
    })
    const listed = await hub.call('viewer', 'GET', '/api/partners/bni/locks')
    expect(listed.body).toEqual({
      channel: 'bni',
      items: [{ ...LOCK, at: '2026-11-20T03:00:00.000Z', until: null, inForce: true, limit: null }],
      next: null,
    })
    expect((await hub.call('viewer', 'GET', '/api/partners/indomaret/locks')).body.items).toEqual([])
    const unlocked = { by: 'till', subject: 'T0001/01', reason: 'the terminal was found' }
    expect((await hub.call('operator', 'POST', '/api/partners/bni/unlocks', unlocked)).status).toBe(200)
    expect((await hub.call('viewer', 'GET', '/api/partners/bni/locks')).body.items).toEqual([])
    const entry = { subject: 'endpoint#bni', actor: 'operator-1' }
    expect(actsOf(hub)).toEqual([
      { ...entry, action: 'locked', detail: { locked: 'till#T0001/01', reason: LOCK.reason } },
      { ...entry, action: 'unlocked', detail: { locked: 'till#T0001/01', reason: unlocked.reason } },
    ])
  })

  test('of a limit are listed with it, and an operator takes them away', async () => {
    const hub = consoleOn()
    const { locks } = hub
    const lock = { channel: 'bni', by: 'customer', subject: 'digest', limit: 'customer-inquiries' } as const
    await locks.lock({ ...lock, at: hub.ports.now(), until: hub.ports.now() })
    expect((await hub.call('viewer', 'GET', '/api/partners/bni/locks')).body.items).toMatchObject([
      { by: 'customer', subject: 'digest', inForce: false, limit: 'customer-inquiries', reason: null },
    ])
    await hub.call('operator', 'POST', '/api/partners/bni/unlocks', {
      by: 'customer',
      subject: 'digest',
      reason: 'ours',
    })
    expect(await locks.locksOf('bni')).toEqual(new Map())
  })

  test.each(['', 'a', 'count#7#till-inquiries#T1', `held#till#${'€'.repeat(400)}`])(
    'are not listed from %j on: beside them lie counters',
    async (after) => {
      const path = `/api/partners/bni/locks?after=${encodeURIComponent(after)}`
      expect(await consoleOn().call('viewer', 'GET', path)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_INPUT' },
      })
    },
  )

  test('never give a revoked key back', async () => {
    const hub = consoleOn()
    const revoked = { publicKeySha256: KEY, reason: 'a laptop was stolen' }
    expect((await hub.call('operator', 'POST', '/api/partners/bni/revoked-certificates', revoked)).status).toBe(200)
    expect(actsOf(hub)).toMatchObject([{ action: 'revoked', detail: { locked: `key#${KEY}` } }])
    const back = { by: 'key', subject: KEY, reason: 'it was found again' }
    expect(await hub.call('admin', 'POST', '/api/partners/bni/unlocks', back)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    })
    expect([...(await hub.locks.locksOf('bni')).keys()]).toEqual([`key#${KEY}`])
  })

  describe('of a customer', () => {
    const BODY = { customerId: KPJ, hours: 12, reason: 'asked after through many tills' }
    const lock = (hub: Hub, body: object = BODY) =>
      hub.call('operator', 'POST', '/api/partners/bni/customer-locks', body)
    const unlock = (hub: Hub, customerId: string) =>
      hub.call('operator', 'POST', '/api/partners/bni/customer-unlocks', { customerId, reason: 'the member called' })
    const locksOf = async (hub: Hub) => (await hub.call('viewer', 'GET', `/api/memberships/${KPJ}`)).body.locks
    const UNTIL = '2026-11-20T15:00:00.000Z'

    async function hubOfOne() {
      const hub = consoleOn()
      await hub.importRows(row())
      return hub
    }

    test.each([
      ['KPJ', KPJ, KPJ],
      ['NIK', NIK, NIK],
      ['KPJ, taken back by NIK', KPJ, NIK],
    ])('by %s hold under both numbers for some hours and stand in the membership’s answer', async (_, by, back) => {
      const hub = await hubOfOne()
      expect(await lock(hub, { ...BODY, customerId: by })).toMatchObject({
        status: 200,
        body: { channel: 'bni', at: '2026-11-20T03:00:00.000Z', until: UNTIL },
      })
      const keys = [KPJ, NIK].map((each) => `customer#${subjectFor(each)}`).sort()
      expect([...(await hub.locks.locksOf('bni')).keys()].sort()).toEqual(keys)
      expect(await locksOf(hub)).toEqual([
        { channel: 'bni', at: '2026-11-20T03:00:00.000Z', until: UNTIL, reason: BODY.reason },
      ])
      const listed = await hub.call('viewer', 'GET', '/api/partners/bni/locks')
      expect(listed.body.items).toMatchObject([{ until: UNTIL }, { until: UNTIL }])
      expect((await unlock(hub, back)).status).toBe(200)
      expect(await hub.locks.locksOf('bni')).toEqual(new Map())
      expect(await locksOf(hub)).toEqual([])
      const written = JSON.stringify([actsOf(hub), listed.body])
      expect(actsOf(hub)).toMatchObject([
        { action: 'imported' },
        { action: 'locked', detail: { locked: keys.toSorted(), reason: BODY.reason, until: UNTIL } },
        { action: 'unlocked', detail: { reason: 'the member called' } },
      ])
      expect([KPJ, NIK].filter((each) => written.includes(each))).toEqual([])
    })

    test('are taken away together from the list, whichever of the two is named', async () => {
      const hub = await hubOfOne()
      await lock(hub)
      const { items } = (await hub.call('viewer', 'GET', '/api/partners/bni/locks')).body
      const { by, subject } = items[1]
      await hub.call('operator', 'POST', '/api/partners/bni/unlocks', { by, subject, reason: 'ours' })
      expect(await hub.locks.locksOf('bni')).toEqual(new Map())
    })

    test('end by themselves', async () => {
      const hub = await hubOfOne()
      await lock(hub)
      hub.setClock('2026-11-20T22:00')
      expect(await locksOf(hub)).toEqual([])
    })

    test('leave the person’s other membership alone: a NIK is locked with the one that it pays for', async () => {
      const hub = await hubOfOne()
      const other = '12345678902'
      await hub.importRows(row({ kpj: other, funding: 'village', registered_on: '2026-02-05' }))
      await lock(hub, { ...BODY, customerId: other })
      expect([...(await hub.locks.locksOf('bni')).keys()]).toEqual([`customer#${subjectFor(other)}`])
      expect(await locksOf(hub)).toEqual([])
    })

    test.each([
      ['operator', { ...BODY, hours: 25 }, 400, 'INVALID_INPUT'],
      ['operator', { ...BODY, hours: 0 }, 400, 'INVALID_INPUT'],
      ['operator', { ...BODY, hours: 1.5 }, 400, 'INVALID_INPUT'],
      ['operator', { ...BODY, reason: '' }, 400, 'INVALID_INPUT'],
      ['operator', { ...BODY, reason: KPJ }, 400, 'INVALID_INPUT'],
      ['operator', { ...BODY, customerId: '9910000000000017' }, 400, 'INVALID_INPUT'],
      ['operator', { ...BODY, customerId: 'BUDI' }, 400, 'INVALID_INPUT'],
      ['support', BODY, 403, 'NOT_ALLOWED'],
    ])('%s: %j is refused, and nothing is recorded', async (role, body, status, code) => {
      const hub = consoleOn()
      const answer = await hub.call(role, 'POST', '/api/partners/bni/customer-locks', body)
      expect(answer).toMatchObject({ status, body: { code } })
      expect(actsOf(hub)).toEqual([])
      expect(hub.locks.writes()).toBe(0)
    })

    test('have an end in the rules of every day', () => {
      expect(LONGEST_CUSTOMER_LOCK_HOURS.every(({ value, source }) => value <= 24 && source !== '')).toBe(true)
    })
  })

  test.each([
    ['viewer', 'locks', LOCK, 403, 'NOT_ALLOWED'],
    ['support', 'unlocks', LOCK, 403, 'NOT_ALLOWED'],
    ['viewer', 'revoked-certificates', { publicKeySha256: KEY, reason: 'x' }, 403, 'NOT_ALLOWED'],
    ['operator', 'locks', { ...LOCK, by: 'customer' }, 400, 'INVALID_INPUT'],
    ['operator', 'locks', { ...LOCK, reason: 'call 0812 3456 7890' }, 400, 'INVALID_INPUT'],
    ['operator', 'locks', { ...LOCK, subject: '' }, 400, 'INVALID_INPUT'],
    ['operator', 'revoked-certificates', { publicKeySha256: KEY.toUpperCase(), reason: 'x' }, 400, 'INVALID_INPUT'],
  ])('%s: POST %s %j is refused, and nothing is recorded', async (role, call, body, status, code) => {
    const hub = consoleOn()
    expect(await hub.call(role, 'POST', `/api/partners/bni/${call}`, body)).toMatchObject({ status, body: { code } })
    expect(actsOf(hub)).toEqual([])
    expect(hub.locks.writes()).toBe(0)
  })

  test('of a channel that is none are unknown', async () => {
    const hub = consoleOn()
    expect((await hub.call('viewer', 'GET', '/api/partners/gopay/locks')).status).toBe(404)
    expect(await hub.call('operator', 'POST', '/api/partners/gopay/locks', LOCK)).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_CHANNEL' },
    })
    expect(actsOf(hub)).toEqual([])
  })
})
