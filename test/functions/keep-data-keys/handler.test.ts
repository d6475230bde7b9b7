/** The wiring of queue `keys`: which tables a night writes, how the secret gets its window, and what it says of it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { dynamoAudit } from '../../../shared/store/audit/dynamodb.ts'
import { dynamoDataKeys } from '../../../shared/store/data-keys/dynamodb.ts'
import { at, date } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  SESSION,
  type Surroundings,
} from '../../support/function-surroundings.ts'

const NOW = at('2026-11-20T00:01')
const OLD = date('2016-11-01')

let around: Surroundings
let handler: QueueHandling
let secret = '{"current":1,"keys":{"1":"x"}}'
const sessions: unknown[] = []
const manager = createServer(async (request, response) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  const asked = JSON.parse(Buffer.concat(parts).toString())
  sessions.push(request.headers['x-amz-security-token'])
  if (asked.SecretId !== 'hub/evidence') return void response.writeHead(400).end('{}')
  if (request.headers['x-amz-target'] === 'secretsmanager.PutSecretValue') secret = asked.SecretString
  response.writeHead(200).end(JSON.stringify({ SecretString: secret }))
})

beforeAll(async () => {
  await new Promise<void>((resolve) => manager.listen(0, '127.0.0.1', resolve))
  around = await functionSurroundings({
    service: 'keep-data-keys',
    variables: {
      EVIDENCE_SECRET: 'hub/evidence',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(manager.address() as AddressInfo).port}`,
    },
  })
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  handler = await around.load(() => import('../../../functions/keep-data-keys/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  manager.closeAllConnections()
  manager.close()
  await around.stop()
})

test('a night makes keys in two tables, fills the secret, and destroys what ended, with its entry', async () => {
  const evidence = dynamoDataKeys(around.database, around.tables['evidence-data-keys'])
  const files = dynamoDataKeys(around.database, around.tables['file-data-keys'])
  await files.make({ purpose: 'kept', day: OLD, key: new Uint8Array(32) }, NOW)
  await files.make({ purpose: 'kept', day: date('2016-11-02'), key: new Uint8Array(32) }, NOW)
  // One that a gap left overdrawn lives as long as what it sealed.
  await files.extend({ purpose: 'kept', day: date('2016-11-02') }, date('2026-11-20'))
  expect(await handler(eventOf({ task: 'nightly' }))).toEqual({ batchItemFailures: [] })

  const key = await evidence.find({ purpose: 'evidence', day: date('2026-11-27') })
  expect(Buffer.from(JSON.parse(secret).days['2026-11-27'], 'base64')).toEqual(Buffer.from(key as Uint8Array))
  expect(JSON.parse(secret)).toMatchObject({ current: 1, keys: { 1: 'x' } })
  expect(new Set(sessions)).toEqual(new Set([SESSION]))
  expect(await files.find({ purpose: 'lists', day: date('2026-11-27') })).toHaveLength(32)
  expect(await evidence.find({ purpose: 'lists', day: date('2026-11-27') })).toBeUndefined()

  expect(await files.find({ purpose: 'kept', day: OLD })).toBe('destroyed')
  expect(await files.find({ purpose: 'kept', day: date('2016-11-02') })).toHaveLength(32)
  const last = await dynamoAudit(around.database, around.tables).last()
  expect(last).toMatchObject({ sequence: 1, action: 'destroyed', subject: `data-key#kept#${OLD}` })
  expect(around.said().map(({ message, count }) => [message, count])).toEqual([
    // Those of the first day are there from the beginning.
    ['Data keys were made', 33],
    ['Data keys were destroyed', 1],
  ])
})

test('what nobody can read is put aside, a day that somebody names among it', async () => {
  around.forget()
  expect(await handler(eventOf('{"task":"destroy","day":"2026-11-20"}'))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toMatchObject([{ queue: 'DEAD_LETTER', code: 'UNREADABLE' }])
})
