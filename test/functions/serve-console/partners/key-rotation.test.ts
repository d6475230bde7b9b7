/** Keys of partners on the console: their dates, a rotation step by step, and what is refused on the way. */
import { describe, expect, test } from 'vitest'
import type { Instant } from '../../../../shared/domain/instant.ts'
import { verifyChain } from '../../../../shared/store/audit/chain.ts'
import { at } from '../../../support/facts.ts'
import { consoleOn } from '../console.ts'

const DATES = '/api/partners/bni/keys/message-keys/dates'
const ROTATION = '/api/partners/bni/keys/message-keys/rotation'

function withSecret() {
  const secret: { writtenAt: Instant | null } = { writtenAt: at('2026-10-01T09:00') }
  const hub = consoleOn({ secretWrittenAt: async () => secret.writtenAt })
  const write = (when: string) => {
    secret.writtenAt = at(when)
  }
  const post = (path: string, body: object, role = 'operator') => hub.call(role, 'POST', path, body)
  const step = (name: string, more: object = {}) => post(ROTATION, { step: name, ...more })
  const key = async () => {
    const { items } = (await hub.call('viewer', 'GET', '/api/partner-keys')).body
    return items.find(
      (each: { channel: string; kind: string }) => each.channel === 'bni' && each.kind === 'message-keys',
    )
  }
  return { hub, secret, write, post, step, key }
}

describe('the keys of partners', () => {
  test('are listed per channel and kind, also where nobody recorded anything', async () => {
    const { hub } = withSecret()
    const { status, body } = await hub.call('viewer', 'GET', '/api/partner-keys')
    expect([status, body.items.length]).toEqual([200, 4])
    expect(body.items[0]).toEqual({
      channel: 'bni',
      kind: 'message-keys',
      state: 'unknown',
      inForce: null,
      secretWrittenAt: '2026-10-01T02:00:00.000Z',
      rotation: null,
    })
  })

  test('have an age and an end once their dates are recorded, in the audit chain first', async () => {
    const { hub, post, key } = withSecret()
    const put = await post(DATES, { since: '2026-01-04', endsOn: '2027-01-04' })
    expect(put).toMatchObject({ status: 200, body: { state: 'ends-soon', inForce: { ageDays: 320, endsInDays: 45 } } })
    expect(await key()).toEqual(put.body)
    const items = async function* () {
      yield* hub.settlements.chain
    }
    expect(await verifyChain(items(), await hub.settlements.resolutions.head())).toMatchObject({ entries: 1 })
    expect((await post(DATES, { since: '2026-01-04' })).body).toMatchObject({
      state: 'in-force',
      inForce: { endsOn: null, endsInDays: null },
    })
  })

  test.each([
    [{ since: '2026-11-21' }],
    [{ since: '2019-12-31' }],
    [{ since: '2026-01-04', endsOn: '2026-01-04' }],
    [{ since: '2026-01-04', key: 'whsec_AAAA' }],
    [{ endsOn: '2027-01-04' }],
  ])('are refused with dates %j', async (body) => {
    const { post, hub } = withSecret()
    expect((await post(DATES, body)).body.code).toBe('INVALID_INPUT')
    expect(hub.settlements.chain).toEqual([])
  })

  test('of whom nobody knows are not there, and only operators record anything', async () => {
    const { post, hub } = withSecret()
    expect((await post('/api/partners/gopay/keys/message-keys/dates', { since: '2026-01-04' })).status).toBe(404)
    expect((await post('/api/partners/bni/keys/passwords/dates', { since: '2026-01-04' })).status).toBe(404)
    expect((await post(DATES, { since: '2026-01-04' }, 'viewer')).status).toBe(403)
    expect((await post(ROTATION, { step: 'begin', since: '2026-11-20' }, 'support')).status).toBe(403)
    expect((await hub.call('sponsor', 'GET', '/api/partner-keys')).status).toBe(403)
  })
})

describe('a rotation', () => {
  test('goes step by step, each as far as the secret shows it', async () => {
    const { hub, write, step, key } = withSecret()
    expect((await step('begin', { since: '2026-11-20', endsOn: '2027-11-20' })).body.rotation).toMatchObject({
      since: '2026-11-20',
      mayFollow: false,
      steps: [{ step: 'made', state: 'done' }, { state: 'now' }, { state: 'later' }, { state: 'later' }],
    })
    expect((await step('switched')).body.code).toBe('SECRET_NOT_WRITTEN')
    write('2026-11-20T10:05')
    hub.setClock('2026-11-20T10:14')
    expect((await step('switched')).body.code).toBe('SECRET_NOT_WRITTEN')
    hub.setClock('2026-11-20T10:15')
    expect((await key()).rotation).toMatchObject({
      mayFollow: true,
      steps: [{}, { state: 'done' }, { state: 'now' }, {}],
    })
    expect((await step('switched')).status).toBe(200)
    expect((await step('switched')).body.code).toBe('ACTION_DOES_NOT_FIT')
    hub.setClock('2026-11-20T11:00')
    expect((await step('finish')).body.code).toBe('SECRET_NOT_WRITTEN')
    write('2026-11-20T10:50')
    expect((await step('finish')).body).toMatchObject({
      rotation: null,
      state: 'in-force',
      inForce: { since: '2026-11-20', endsOn: '2027-11-20' },
    })
    expect(hub.settlements.chain).toHaveLength(3)
  })

  test('is one at a time, and can be given up at any step', async () => {
    const { step, post, key } = withSecret()
    expect((await step('cancel')).body.code).toBe('ACTION_DOES_NOT_FIT')
    expect((await step('begin')).body.code).toBe('INVALID_INPUT')
    await step('begin', { since: '2026-11-20' })
    expect((await step('begin', { since: '2026-11-20' })).body.code).toBe('ACTION_DOES_NOT_FIT')
    expect((await post(DATES, { since: '2026-01-04' })).body.code).toBe('ACTION_DOES_NOT_FIT')
    expect((await step('cancel')).body.rotation).toBeNull()
    expect(await key()).toMatchObject({ state: 'unknown', inForce: null })
  })

  test('of a secret of which nobody can say when it was written, goes no further than it is', async () => {
    const { secret, step, hub } = withSecret()
    await step('begin', { since: '2026-11-20' })
    secret.writtenAt = null
    hub.setClock('2026-11-20T12:00')
    expect((await step('switched')).body.code).toBe('SECRET_NOT_WRITTEN')
  })

  test('that two people change at the same moment is changed by one of them', async () => {
    const { step, key } = withSecret()
    const outcomes = await Promise.all([step('begin', { since: '2026-11-20' }), step('begin', { since: '2026-11-21' })])
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await key()).rotation).toMatchObject({ steps: [{ state: 'done' }, { state: 'now' }, {}, {}] })
  })
})
