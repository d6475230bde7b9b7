/**
 * Bytes of a file through the gateway: what was sent is what is kept and digested, whatever its content type and encoding.
 * The gateway, the function's HTTP stack and the console are the hub's own; the bucket is in memory.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultReply } from '../../../functions/serve-console/http/reply.ts'
import { ROUTES } from '../../../functions/serve-console/routes.ts'
import { FILE_ROUTES, LIST_ROUTE } from '../../../infra/constructs/console.ts'
import { type Listener, listen } from '../../../local/api-gateway/listener.ts'
import type { RoutePlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { ensureOperators, verifierOf } from '../../../local/sandbox/operators.ts'
import { httpHandler } from '../../../shared/runtime/http.ts'
import { createLog } from '../../../shared/runtime/log.ts'
import { createMetrics } from '../../../shared/runtime/metrics.ts'
import { consoleOn } from '../../functions/serve-console/console.ts'
import { serveChecked } from '../../support/checked-console.ts'
import { settlementFiles } from '../../support/settlement-files.ts'

const NOW = '2026-11-21T07:00'
const FILE = '/api/settlements/indomaret/2026-11-20/file'
const STATEMENT = '/api/bank-statements/bank.sta'
const CONTENT_TYPES = [
  'text/csv',
  'text/plain; charset=iso-8859-1',
  'text/xml',
  'application/xml',
  'application/json',
  'application/javascript',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'nonsense',
  '',
]
const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-bytes-'))
let hub = consoleOn({ now: NOW })
let gateway: Listener
let plain: Listener
let token: string

beforeAll(async () => {
  for (const folder of ['secrets', 'sandbox']) mkdirSync(path.join(dataDir, folder))
  await ensureOperators(dataDir)
  token = JSON.parse(readFileSync(path.join(dataDir, 'sandbox', 'operators.json'), 'utf8')).operator
  const asBytes = { 'content-type': 'application/octet-stream' }
  gateway = await gatewayWith([
    ...FILE_ROUTES.map((one) => routeOf(`PUT ${one}`, asBytes)),
    routeOf('ANY /api/{proxy+}'),
  ])
  plain = await gatewayWith([routeOf('ANY /api/{proxy+}')])
})
afterAll(async () => {
  await Promise.all([gateway.stop(), plain.stop()])
  rmSync(dataDir, { recursive: true, force: true })
})

function routeOf(routeKey: string, replacedHeaders: RoutePlan['replacedHeaders'] = {}): RoutePlan {
  const [method, routePath] = routeKey.split(' ') as [string, string]
  const limits = { ratePerSecond: null, burst: null }
  return { routeKey, method, path: routePath, apiId: 'a', functionArn: 'f', signedIn: true, replacedHeaders, ...limits }
}

async function gatewayWith(routes: readonly RoutePlan[]): Promise<Listener> {
  const now = () => Date.parse('2026-11-21T00:00:00Z')
  const handler = httpHandler({
    log: createLog({ service: 'serve-console', level: 'DEBUG', write: () => {} }),
    metrics: createMetrics({
      namespace: 'Hub',
      service: 'serve-console',
      write: () => {},
      clock: () => hub.ports.now(),
    }),
    handle: (request) => serveChecked(hub.ports, request),
    onFault: faultReply,
  })
  return listen({
    port: 0,
    routes,
    functionOf: () => ({ invoke: (event: unknown) => handler(event as never, {} as never) }) as never,
    verify: await verifierOf(dataDir, now),
    certificateFor: () => undefined,
    now,
    local: async () => ({ status: 404, body: {} }),
  })
}

type Answer = { readonly status: number; readonly code: string; readonly detail: string; readonly sha256: string }

async function put(to: Listener, target: string, bytes: Uint8Array, contentType: string): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType }
  const body = Buffer.from(bytes)
  const reply = await fetch(`http://127.0.0.1:${to.port}${target}`, { method: 'PUT', headers, body })
  return { ...((await reply.json()) as Omit<Answer, 'status'>), status: reply.status }
}

async function keptBytes(sha256: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await hub.files.kept(sha256)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const good = (settlementFiles.indomaret as (typeof settlementFiles)[string])('2026-11-20', [
  {
    id: 'A',
    customer: '12345678901',
    outlet: 'TÜ01',
    at: Date.UTC(2026, 10, 20, 7),
    amount: 16_800,
    adminFee: 2_500,
    fee: 1_500,
    status: 'S',
  },
])
const ENCODINGS: readonly (readonly [string, Buffer, string])[] = [
  ['Latin-1', Buffer.from(good, 'latin1'), 'UTF-8'],
  ['UTF-16', Buffer.from(good, 'utf16le'), 'UTF-16'],
  ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]), 'UTF-16'],
  [
    'UTF-16, the high byte first',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(good, 'utf16le').swap16()]),
    'UTF-16',
  ],
  ['cut inside a letter', Buffer.from(good).subarray(0, Buffer.from(good).indexOf(0xc3) + 1), 'UTF-8'],
  ['U+FFFD that was sent', Buffer.from(good.replace('Ü', '\ufffd')), 'UTF-8'],
]

describe.each(CONTENT_TYPES)('a file sent as "%s"', (contentType) => {
  test.each(ENCODINGS)('in %s is refused by its encoding and kept as it is', async (_, bytes, named) => {
    hub = consoleOn({ now: NOW })
    for (const target of [FILE, STATEMENT]) {
      const answer = await put(gateway, target, bytes, contentType)
      expect([answer.status, answer.code]).toEqual([422, 'WRONG_ENCODING'])
      expect(answer.detail).toContain(named)
      expect(answer.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
      expect((await keptBytes(answer.sha256)).equals(bytes)).toBe(true)
    }
  })

  test('of any bytes is kept under their digest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        hub = consoleOn({ now: NOW })
        const { sha256 } = await put(gateway, FILE, bytes, contentType)
        expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect((await keptBytes(sha256)).equals(bytes)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})

test('a gateway that hands files over as text has them refused, and nothing false is kept', async () => {
  hub = consoleOn({ now: NOW })
  for (const [, bytes] of ENCODINGS.slice(0, 1)) {
    for (const contentType of ['text/csv', 'application/xml']) {
      const answer = await put(plain, FILE, bytes, contentType)
      expect([answer.status, answer.code]).toEqual([415, 'WRONG_CONTENT_TYPE'])
      expect(answer.detail).toContain('application/octet-stream')
    }
  }
  expect(hub.files.everKept()).toEqual([])
})

test('every call that takes a file is one of those that the gateway hands over as bytes', () => {
  const taking = ROUTES.filter(({ body }) => body?.mediaTypes.includes('application/octet-stream'))
  expect(taking.map((one) => one.path).sort()).toEqual([...FILE_ROUTES, LIST_ROUTE].sort())
})
