/** The wiring of the stream of table `audit`: heads signed by the key service lie in the bucket, and what was touched alarms. */
import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { anchorKey, isSigned, readAnchorName } from '../../../shared/store/audit/anchors.ts'
import type { AuditEntry } from '../../../shared/store/audit/audit.ts'
import { chained } from '../../../shared/store/audit/chain.ts'
import { auditItem } from '../../../shared/store/audit/item.ts'
import { AUDIT_KEY, auditKey } from '../../support/audit-key.ts'
import { at } from '../../support/facts.ts'
import { functionSurroundings, SESSION, type Surroundings } from '../../support/function-surroundings.ts'

type Handler = (event: object) => Promise<void>

const NOW = at('2026-11-21T10:00')
const record = { at: NOW, actor: 'operator-1', action: 'proposed', subject: 'x', detail: {} } as const
const first = chained(undefined, record)
const second = chained(first, record)

let around: Surroundings
let handler: Handler

beforeAll(async () => {
  around = await functionSurroundings({
    service: 'anchor-audit',
    variables: { AUDIT_KEY, EVIDENCE_BUCKET: 'hub-files' },
    answers: auditKey.answers,
  })
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  handler = await around.load<Handler>(() => import('../../../functions/anchor-audit/handler.ts'))
})
afterAll(async () => {
  vi.useRealTimers()
  await around.stop()
})
beforeEach(() => around.forget())

const appended = (entry: AuditEntry) => ({ eventName: 'INSERT', dynamodb: { NewImage: auditItem(entry) } })

async function anchorNames(): Promise<readonly string[]> {
  const page = await around.files.send(new ListObjectVersionsCommand({ Bucket: around.bucket, Prefix: 'anchors/' }))
  return (page.Versions ?? []).map(({ Key }) => Key ?? '')
}

test('the last head of a batch is signed in the session of the function, and lies in the bucket under its own name', async () => {
  await handler({ Records: [appended(first), appended(second)] })
  expect(around.calls.map(({ operation, session }) => [operation, session])).toEqual([['TrentService.Sign', SESSION]])
  const [name = '', ...more] = await anchorNames()
  expect(more).toEqual([])
  const anchor = readAnchorName(name)
  expect(anchor).toMatchObject({ sequence: 2, hash: second.hash })
  expect(anchor && isSigned(anchor, anchorKey(auditKey.spki))).toBe(true)
  const { Body, ContentType } = await around.files.send(new GetObjectCommand({ Bucket: around.bucket, Key: name }))
  expect([ContentType, JSON.parse((await Body?.transformToString()) ?? '')]).toEqual([
    'application/json',
    { chain: 'decisions', ...anchor, at: '2026-11-21T03:00:00.000Z' },
  ])
  // The log names the head too: who rewrites the chain must rewrite the log as well.
  expect(around.said()).toMatchObject([
    { level: 'INFO', message: 'A head of the audit chain was anchored', sequence: 2, hash: second.hash },
  ])
  expect(around.counted('AuditChainTouched')).toBeUndefined()
})

test('entries that were changed or removed, and what is no entry, alarm by their number; nothing is signed for them', async () => {
  const touched = [
    { eventName: 'MODIFY', dynamodb: { NewImage: auditItem(first) } },
    { eventName: 'REMOVE', dynamodb: {} },
    { eventName: 'INSERT', dynamodb: { NewImage: { chain: { S: 'another' } } } },
  ]
  await handler({ Records: touched })
  expect(around.counted('AuditChainTouched')).toBe(3)
  expect(around.said()).toMatchObject([
    { level: 'ERROR', message: 'Entries of the audit chain were changed or removed', count: 3 },
  ])
  expect(around.calls).toEqual([])
})

test('a batch that cannot be signed is not let go', async () => {
  around.broken.add('TrentService.Sign')
  try {
    await expect(handler({ Records: [appended(first)] })).rejects.toThrow('no answer came in 3 tries')
    expect(await anchorNames()).toHaveLength(1)
  } finally {
    around.broken.clear()
  }
})
