import { describe, expect, test } from 'vitest'
import { rolesOf } from '../../../functions/serve-console/http/permissions.ts'
import { ROUTES } from '../../../functions/serve-console/routes.ts'
import { BODY_LIMIT_BYTES, serveConsole } from '../../../functions/serve-console/serve-console.ts'
import { consoleOn, KPJ } from './console.ts'

describe('who may call what', () => {
  const everyone = ['viewer', 'support', 'operator', 'approver', 'admin']
  const allowed = {
    public: [...everyone, 'sponsor', 'nobody'],
    read: everyone,
    disclose: ['support', 'admin'],
    contact: ['support', 'operator', 'approver', 'admin'],
    operate: ['operator', 'approver', 'admin'],
    approve: ['approver', 'admin'],
    administer: ['admin'],
    follow: [...everyone, 'sponsor'],
    sponsor: ['operator', 'approver', 'admin', 'sponsor'],
  }

  test.each(ROUTES.map((route) => [route.method, route.path, route] as const))('%s %s', async (method, path, route) => {
    for (const role of [...everyone, 'sponsor', 'nobody']) {
      const { status, body } = await consoleOn().call(role, method, path.replace('{kpj}', KPJ))
      const refused = status === 403
      expect([role, refused]).toEqual([role, !allowed[route.permission].includes(role)])
      if (refused) expect(body.code).toBe(role === 'nobody' ? 'NO_ROLE' : 'NOT_ALLOWED')
    }
  })

  test.each([
    ['a list', { 'cognito:groups': ['viewer', 'admin'] }, ['viewer', 'admin']],
    ['the text that API Gateway makes of a list', { 'cognito:groups': '[viewer admin]' }, ['viewer', 'admin']],
    ['the text with commas and quotes', { 'cognito:groups': '["viewer","admin"]' }, ['viewer', 'admin']],
    ['one name', { roles: 'admin' }, ['admin']],
    ['both claims', { 'cognito:groups': '[viewer]', roles: ['admin'] }, ['viewer', 'admin']],
    ['a role that only contains one of ours', { roles: '[administrator]' }, []],
    ['a name that every object has', { roles: ['constructor'] }, []],
    ['something else than text', { roles: [1, null, { admin: true }] }, []],
    ['nothing', {}, []],
  ])('roles are read from %s', (_, claims, roles) => {
    expect(rolesOf(claims)).toEqual(roles)
  })
})

describe('what is not served', () => {
  test.each([
    ['GET', '/api/cohorts', 404, 'NOT_FOUND'],
    ['GET', '/api/memberships', 404, 'NOT_FOUND'],
    ['GET', `/api/memberships/${KPJ}/`, 404, 'NOT_FOUND'],
    ['GET', '/api/memberships//payments', 404, 'NOT_FOUND'],
    ['GET', '/', 404, 'NOT_FOUND'],
    ['DELETE', `/api/memberships/${KPJ}`, 405, 'METHOD_NOT_ALLOWED'],
    ['GET', '/api/bills', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/healthz', 405, 'METHOD_NOT_ALLOWED'],
  ])('%s %s is a problem', async (method, path, status, code) => {
    const answer = await consoleOn().call('admin', method, path)
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.body).toEqual({
      type: 'about:blank',
      title: expect.any(String),
      status,
      detail: expect.any(String),
      code,
    })
    expect(answer.status).toBe(status)
    expect(answer.headers.allow !== undefined).toBe(status === 405)
  })

  test('a body over 6 MB is refused, one of 6 MB is not', async () => {
    const hub = consoleOn()
    const over = await hub.call('operator', 'POST', '/api/memberships/import', new Uint8Array(BODY_LIMIT_BYTES + 1))
    expect(over).toMatchObject({ status: 413, body: { code: 'TOO_LARGE' } })
    const just = await hub.call('operator', 'POST', '/api/memberships/import', new Uint8Array(BODY_LIMIT_BYTES))
    expect(just).toMatchObject({ status: 400, body: { code: 'LAYOUT_CHANGED' } })
  })

  test.each([['{'], ['[1,2'], ['"\\']])('a body that is not JSON is refused', async (body) => {
    expect(await consoleOn().call('operator', 'POST', '/api/bills', body)).toMatchObject({
      status: 400,
      body: { code: 'NOT_JSON' },
    })
  })

  test.each([
    ['a key that stands twice', '{"kpj":"12345678901","kpj":"12345678902","months":1,"validUntil":"2026-11-30"}'],
    ['a byte order mark', '\ufeff{"kpj":"12345678901","months":1,"validUntil":"2026-11-30"}'],
    ['half a character', '{"kpj":"\\ud800","months":1,"validUntil":"2026-11-30"}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['nothing', ''],
  ])('JSON with %s is not JSON that has one meaning', async (_, body) => {
    expect(await consoleOn().call('operator', 'POST', '/api/bills', body)).toMatchObject({
      status: 400,
      body: { code: 'NOT_JSON' },
    })
  })

  test('a query parameter given twice, or one that the call does not have, is refused', async () => {
    for (const query of ['on=2026-11-20&on=2026-11-21', 'on=2026-11-20&knownat=x']) {
      const answer = await consoleOn().call('viewer', 'GET', `/api/memberships/${KPJ}/coverage?${query}`)
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } })
    }
  })
})

describe('health', () => {
  const from = { sourceIp: '203.0.113.7', requestId: 'request-1' }
  const sent = { method: 'GET', rawPath: '/healthz', rawQuery: '', headers: {}, body: new Uint8Array() }
  const request = { ...sent, ...from, claims: {} }

  test('without a token, it says ok and costs no call to any store: anybody may ask it for ever', async () => {
    const called: string[] = []
    const hub = consoleOn({ before: async ({ store, kind }) => void called.push(`${kind} ${store}`) })
    const before = hub.readTraces.all().length
    for (let i = 0; i < 100; i++)
      expect(await serveConsole(hub.ports, request)).toMatchObject({ status: 200, body: '{"status":"ok"}' })
    expect(called).toEqual([])
    expect(hub.readTraces.all()).toHaveLength(before)
  })
})
