/** The wiring of the console: each table, queue, bucket and secret that a call needs is the deployed one, and faults are answered as problems. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import { dynamoSettlements } from '../../../shared/store/settlements/dynamodb.ts'
import { at, date } from '../../support/facts.ts'
import { functionSurroundings, type Surroundings } from '../../support/function-surroundings.ts'
import { settlementFiles } from '../../support/settlement-files.ts'
import { DIGEST_SECRET } from '../../support/settlement-hub.ts'
import { viewOf } from '../../support/stored.ts'
import { HEADER, KPJ, NIK, row } from './console.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
type Answer = { readonly status: number; readonly body: any }
type Handler = (event: object, context: object) => Promise<{ readonly statusCode: number; readonly body: string }>

let around: Surroundings
let handler: Handler

beforeAll(async () => {
  around = await functionSurroundings({
    service: 'serve-console',
    variables: {
      DIGEST_SECRET: 'hub/digests',
      QUEUES: '[]',
      FUNCTIONS: 'hub-serve-console',
      CHANNEL_SECRETS: 'hub/bni',
    },
    secrets: { 'hub/digests': DIGEST_SECRET },
  })
  vi.useFakeTimers({ toFake: ['Date'], now: at('2026-11-21T10:00') })
  handler = await around.load(() => import('../../../functions/serve-console/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => {
  around.forget()
  around.broken.clear()
})

async function call(role: string, method: string, path: string, body?: object | string): Promise<Answer> {
  const [rawPath = '', rawQueryString = ''] = path.split('?')
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/csv' : 'application/json'
  const event = {
    version: '2.0',
    routeKey: 'ANY /api/{proxy+}',
    rawPath,
    rawQueryString,
    headers: { 'content-type': type },
    requestContext: {
      http: { method, path: rawPath, sourceIp: '192.0.2.7' },
      requestId: 'JKJaXmPLvHcESHA=',
      authorizer: { jwt: { claims: { sub: `${role}-1`, roles: [role] } } },
    },
    ...(text === undefined ? {} : { body: text }),
    isBase64Encoded: false,
  }
  const answer = await handler(event, { getRemainingTimeInMillis: () => 10_000 })
  return { status: answer.statusCode, body: answer.body.startsWith('{') ? JSON.parse(answer.body) : answer.body }
}

test('without its secret it answers a problem that may be tried again, and counts it', async () => {
  around.broken.add('hub/digests')
  expect(await call('viewer', 'GET', '/api/overview')).toMatchObject({
    status: 503,
    body: { code: expect.any(String) },
  })
  expect(around.counted('ConsoleAnswers')).toBe(1)
  expect(around.said()).toMatchObject([{ message: 'A request ended in a fault', kind: 'transient' }])
})

test('a membership that is imported is found again by number and by person, and its terms are in the ledger', async () => {
  const imported = await call('operator', 'POST', '/api/memberships/import', `${HEADER}\n${row()}\n`)
  expect(imported).toMatchObject({ status: 200, body: { accepted: 1, refused: [] } })
  expect(around.counted('ImportRows')).toBe(1)
  await dynamoMemberships(around.database, around.tables).put(viewOf(KPJ, { version: 1 }))
  expect(await call('viewer', 'GET', `/api/memberships/${KPJ}`)).toMatchObject({ status: 200, body: { kpj: KPJ } })
  const again = await call('operator', 'POST', '/api/memberships/import', `${HEADER}\n${row({ kpj: '22222222222' })}\n`)
  expect(again.body.refused).toMatchObject([{ code: 'NIK_ALREADY_SELF_PAID' }])
  expect(JSON.stringify(around.said())).not.toContain(NIK)
})

test('a bill is issued under a number of its own and read back', async () => {
  const issue = { kpj: KPJ, months: 2, validUntil: '2026-12-01T00:00:00+07:00' }
  const issued = await call('operator', 'POST', '/api/bills', issue)
  expect(issued).toMatchObject({ status: 201, body: { billCode: expect.stringMatching(/^99\d{14}$/) } })
  const { billCode } = issued.body
  expect(await call('viewer', 'GET', `/api/bills/${billCode}`)).toMatchObject({ status: 200, body: { billCode } })
  const other = await call('operator', 'POST', '/api/bills', issue)
  expect(other.body.billCode).not.toBe(billCode)
})

test('a settlement file that is uploaded lies in the bucket and in the table', async () => {
  const file = settlementFiles.pos?.('2026-11-20', []) ?? ''
  const taken = await call('operator', 'PUT', '/api/settlements/pos/2026-11-20/file', file)
  expect(taken.status).toBeLessThan(300)
  const versions = await dynamoSettlements(around.database, around.tables).fileVersions('pos', date('2026-11-20'))
  expect(versions).toMatchObject([{ version: 1, state: 'accepted' }])
  const matrix = await call('viewer', 'GET', '/api/settlements?from=2026-11-20&to=2026-11-20')
  expect(matrix.status).toBe(200)
})

test('a repair asks queue sweep, an audit queue audit', async () => {
  expect((await call('operator', 'POST', '/api/repair?channel=bni&day=2026-11-20')).status).toBe(202)
  expect((await call('operator', 'POST', '/api/audits?day=2026-11-20')).status).toBe(202)
  expect(new Set(around.sent().map(({ queue }) => queue))).toEqual(new Set(['SWEEP', 'AUDIT']))
})

test.each([
  '/api/overview',
  '/api/coverage?date=2026-11-20',
  '/api/lapses?days=30',
  `/api/notices?kpj=${KPJ}`,
  '/api/audits?day=2026-11-20',
  `/api/participants/${NIK}`,
  `/api/memberships/${KPJ}/payments`,
  '/api/differences?channel=bni',
  '/healthz',
])('%s is answered from the deployed tables', async (path) => {
  expect((await call('admin', 'GET', path)).status).toBeLessThan(500)
  expect(around.said().filter(({ level }) => level === 'ERROR')).toEqual([])
})
