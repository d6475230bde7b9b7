/** The one address: events as the gateway builds them, refusals as the gateway writes them. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { APIGatewayProxyEventV2Schema } from '@aws-lambda-powertools/parser/schemas/api-gatewayv2'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Listener, listen } from '../../../local/api-gateway/listener.ts'
import { throttles } from '../../../local/api-gateway/throttle.ts'
import type { RoutePlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { FunctionError } from '../../../local/lambda-runtime/functions.ts'
import { makeClientCertificate } from '../../../local/sandbox/certificate.ts'
import { ensureOperators, ROLES, verifierOf } from '../../../local/sandbox/operators.ts'
import { pinOf } from '../../../shared/protocols/client-certificate.ts'

type Event = Record<string, unknown> & {
  readonly requestContext: { readonly authorizer?: { readonly jwt: { readonly claims: Record<string, string> } } }
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-front-'))
const events: Event[] = []
let answer: (event: Event) => unknown = () => ({ statusCode: 204 })
let listener: Listener
let tokens: Record<string, string>

const route = (routeKey: string, signedIn = false): RoutePlan => {
  const [method, routePath] = routeKey.split(' ') as [string, string]
  const limits = { ratePerSecond: null, burst: null }
  return { routeKey, method, path: routePath, apiId: 'a', functionArn: 'f', signedIn, replacedHeaders: {}, ...limits }
}

beforeAll(async () => {
  for (const folder of ['secrets', 'sandbox']) mkdirSync(path.join(dataDir, folder))
  await ensureOperators(dataDir)
  tokens = JSON.parse(readFileSync(path.join(dataDir, 'sandbox', 'operators.json'), 'utf8'))
  const invoke = async (event: unknown) => {
    events.push(event as Event)
    return answer(event as Event)
  }
  const name = { commonName: 'snap.bni.example', organization: 'Bank' }
  const certificate = await makeClientCertificate(name, Date.parse('2026-11-20T00:00:00Z'))
  listener = await listen({
    port: 0,
    routes: [
      route('ANY /channels/bni/{proxy+}'),
      route('ANY /api/{proxy+}', true),
      route('GET /api/openapi.json'),
      route('GET /healthz'),
    ],
    functionOf: () => ({ invoke }) as never,
    verify: await verifierOf(dataDir, () => Date.parse('2026-11-20T00:00:00Z')),
    certificateFor: () => certificate,
    now: () => Date.parse('2026-11-20T00:00:00Z'),
    local: async ({ path }) => ({ status: 200, body: { path } }),
  })
})
afterAll(async () => {
  await listener.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

type Sent = {
  readonly method?: string
  readonly headers?: Record<string, string | string[]>
  readonly body?: string | Buffer
}

function send(
  target: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  return new Promise((resolve, reject) => {
    const sending = request({ host: '127.0.0.1', port: listener.port, path: target, method, headers }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks).toString() }),
      )
    })
    sending.on('error', reject)
    sending.end(body)
  })
}

async function eventOf(target: string, sent: Sent = {}): Promise<Event> {
  answer = () => ({ statusCode: 204 })
  events.length = 0
  expect((await send(target, sent)).status).toBe(204)
  return events[0] as Event
}

describe('the event', () => {
  test('is one that other readers of such events accept', async () => {
    const event = await eventOf('/channels/bni/v1.0/x?a=1&a=2', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(APIGatewayProxyEventV2Schema.safeParse(event).error).toBeUndefined()
  })

  test('has the client certificate as the gateway renders it: PEM, subject and issuer with the country first', async () => {
    const event = await eventOf('/channels/bni/x')
    const { clientCert } = (event.requestContext as { authentication: { clientCert: Record<string, string> } })
      .authentication
    expect(clientCert).toMatchObject({
      subjectDN: 'C=ID,O=Bank,CN=snap.bni.example',
      issuerDN: 'C=ID,O=Contribution Hub sandbox,CN=Local issuing authority',
      serialNumber: expect.stringMatching(/^\d+$/),
      validity: { notBefore: 'Nov 19 00:00:00 2026 GMT', notAfter: expect.stringMatching(/ 2046 GMT$/) },
    })
    expect(pinOf(clientCert?.clientCertPem ?? '')).toBeDefined()
  })

  test('has the path decoded and the query as it was sent', async () => {
    const event = await eventOf('/channels/bni/a%2Fb%20c/d?x=%41&y=a+b&y=')
    expect(event).toMatchObject({
      rawPath: '/channels/bni/a/b c/d',
      rawQueryString: 'x=%41&y=a+b&y=',
      pathParameters: { proxy: 'a/b c/d' },
    })
    expect(event.queryStringParameters).toEqual({ x: 'A', y: 'a b,' })
    expect(event.requestContext).toMatchObject({
      http: { path: '/channels/bni/a/b c/d', sourceIp: '127.0.0.1' },
      time: '20/Nov/2026:00:00:00 +0000',
      timeEpoch: 1795132800000,
      stage: '$default',
    })
  })

  test('has lower-case header names, duplicates joined by commas, cookies apart', async () => {
    const event = await eventOf('/channels/bni/x', { headers: { 'X-Twice': ['a', 'b, c'], Cookie: 'one=1; two=2' } })
    expect(event.headers).toMatchObject({ 'x-twice': 'a,b, c' })
    expect([event.cookies, (event.headers as Record<string, string>).cookie]).toEqual([['one=1', 'two=2'], undefined])
  })

  const bytes = Buffer.from([0, 255, 10, 34])
  test.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['Text/Plain', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/problem+json', true],
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
  ])('a body of type %s comes in base64: %s', async (type, isBase64Encoded) => {
    const event = await eventOf('/channels/bni/x', {
      method: 'POST',
      headers: { 'content-type': type },
      body: isBase64Encoded ? bytes : '{"é":1}',
    })
    expect(event.isBase64Encoded).toBe(isBase64Encoded)
    expect(event.body).toBe(isBase64Encoded ? bytes.toString('base64') : '{"é":1}')
  })
})

describe('signing in', () => {
  test.each(ROLES)('the token of the %s lets in, with its role as the gateway writes a list', async (role) => {
    const event = await eventOf('/api/overview', { headers: { authorization: `Bearer ${tokens[role]}` } })
    expect(event.requestContext.authorizer?.jwt.claims).toMatchObject({
      sub: `local-${role}`,
      'cognito:groups': `[${role}]`,
      iat: '0',
    })
  })

  test('the tokens are good for any clock', async () => {
    for (const now of ['1999-01-01T00:00:00Z', '2026-11-20T00:00:00Z', '2999-01-01T00:00:00Z']) {
      const verify = await verifierOf(dataDir, () => Date.parse(now))
      expect(await verify(`Bearer ${tokens.admin}`)).toMatchObject({ sub: 'local-admin' })
    }
  })

  test.each([
    ['no token', () => undefined],
    ['a token of another key', () => `${String(tokens.admin).slice(0, -20)}${'A'.repeat(20)}`],
    ['no signature', () => `${String(tokens.admin).split('.').slice(0, 2).join('.')}.`],
    ['half a token', () => 'abc'],
  ])('%s is turned away and reaches no function', async (_, token) => {
    events.length = 0
    const given = token()
    const reply = await send(
      '/api/overview',
      given === undefined ? {} : { headers: { authorization: `Bearer ${given}` } },
    )
    expect([reply.status, reply.body, events.length]).toEqual([401, '{"message":"Unauthorized"}', 0])
  })

  test('a token that names no algorithm of ours is turned away', async () => {
    const forged = await new SignJWT({ 'cognito:groups': ['admin'] })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new Uint8Array(32))
    expect((await send('/api/overview', { headers: { authorization: `Bearer ${forged}` } })).status).toBe(401)
  })

  test('two tokens are none, as where the gateway joins them', async () => {
    const both = [`Bearer ${tokens.viewer}`, `Bearer ${tokens.admin}`]
    expect((await send('/api/overview', { headers: { authorization: both } })).status).toBe(401)
  })

  test('the more specific route is open', async () => {
    expect((await eventOf('/api/openapi.json')).routeKey).toBe('GET /api/openapi.json')
  })
})

describe('answers', () => {
  test('come back with status, headers, cookies and bytes as the function gave them', async () => {
    answer = () => ({
      statusCode: 418,
      headers: { 'X-Mine': 'y' },
      cookies: ['a=1', 'b=2'],
      body: Buffer.from('é').toString('base64'),
      isBase64Encoded: true,
    })
    const reply = await send('/channels/bni/x')
    expect(reply).toMatchObject({ status: 418, body: 'é', headers: { 'x-mine': 'y', 'set-cookie': ['a=1', 'b=2'] } })
  })

  test('a function that throws is the gateway’s plain 500', async () => {
    answer = () => {
      throw new FunctionError('Sandbox.Timedout', 'late')
    }
    expect(await send('/channels/bni/x')).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' })
  })

  test.each([
    ['an unknown path', '/nowhere', {}, 404],
    ['a wrong method', '/healthz', { method: 'POST' }, 404],
    ['a path that does not decode', '/channels/bni/%zz', {}, 400],
    ['headers over 10,240 bytes', '/healthz', { headers: { 'x-long': 'a'.repeat(10_300) } }, 431],
    ['a body over 10 MB', '/channels/bni/x', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) }, 413],
  ])('%s: %s', async (_, target, sent: Sent, status) => {
    expect((await send(target, sent)).status).toBe(status)
  })

  test('a client that breaks off in the middle harms nobody', async () => {
    const broken = connect(listener.port, '127.0.0.1', () => {
      broken.write('POST /channels/bni/x HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf')
      broken.destroy()
    })
    await new Promise((resolve) => broken.once('close', resolve))
    expect((await eventOf('/healthz')).rawPath).toBe('/healthz')
  })

  test('what only a laptop has is not routed to a function', async () => {
    expect(await send('/__local/settle', { method: 'POST' })).toMatchObject({
      status: 200,
      body: '{"path":"/__local/settle"}',
    })
  })

  test.each([
    ['a page of somebody else', { origin: 'https://evil.example' }, 403],
    ['a page that hides where it is from', { origin: 'null' }, 403],
    ['a name that leads here by trickery', { host: 'evil.example:8787' }, 403],
    ['a page of this machine', { origin: 'http://localhost:5173' }, 200],
  ])('what only a laptop has, asked by %s', async (_, headers, status) => {
    expect((await send('/__local/settle', { method: 'POST', headers })).status).toBe(status)
  })
})

test('a route’s throttle is the template’s, but never below a thousand a second', () => {
  let now = 0
  const admits = throttles(() => now)
  const narrow = { ...route('ANY /x'), ratePerSecond: 5, burst: 5 }
  const admitted = (calls: number) => Array.from({ length: calls }, () => admits(narrow)).filter(Boolean).length
  expect(admitted(2_000)).toBe(1_000)
  now = 500
  expect(admitted(2_000)).toBe(500)
})
