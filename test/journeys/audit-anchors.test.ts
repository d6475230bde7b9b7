/**
 * What people decide is signed out of reach while they work. Somebody with every right on both tables then writes the record
 * anew, deletes it, or keeps it from being signed: the verifier says so.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDatabase } from '../../local/emulators/dynamodb/dynamodb.ts'
import { signingKeyFile } from '../../local/emulators/kms/signing-key.ts'
import type { AuditHead } from '../../shared/store/audit/audit.ts'
import { chained } from '../../shared/store/audit/chain.ts'
import { auditItem, readAuditEntry } from '../../shared/store/audit/item.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { entryTable } from '../../shared/store/settlements/dynamodb.ts'
import { HEAD } from '../../shared/store/settlements/item.ts'
import { useTestIdentity } from '../support/dynoxide.ts'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'

const AUDIT = 'hub-audit'
let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
}, 180_000)
afterAll(() => hub?.stop())

function verify(): string {
  const { stdout, stderr } = spawnSync(process.execPath, ['tools/verify-audit.ts'], {
    env: { ...process.env, HUB_DATA_DIR: hub.dataDir },
    encoding: 'utf8',
  })
  return `${stdout}${stderr}`.trim()
}

/** As somebody who may write every table, and holds no key. */
async function behindTheHub<T>(work: (client: ReturnType<typeof createDynamoClient>) => Promise<T>): Promise<T> {
  useTestIdentity()
  const database = await startDatabase(hub.dataDir, [])
  const client = createDynamoClient({ endpoint: database.endpoint })
  try {
    return await work(client)
  } finally {
    client.destroy()
    await database.stop()
  }
}

test('an import and answers that are kept for a benefit are anchored while the hub runs, with a key of its own folder', async () => {
  const member = person()
  await register(hub, member)
  for (const on of ['2026-11-18', '2026-11-19', '2026-11-20']) {
    const kept = await hub.api('operator', 'POST', `/api/memberships/${member.kpj}/coverage/answers`, {
      on,
      reference: 'case-1',
    })
    expect(kept.status).toBe(201)
    await hub.untilQuiet()
  }
  expect(verify()).toMatch(/^audit chain whole: 4 entries\nanchored: [1-4] anchors, the last of entry 4$/)
  expect(existsSync(signingKeyFile(hub.dataDir))).toBe(true)
  expect(statSync(signingKeyFile(hub.dataDir)).mode & 0o077).toBe(0)
  expect(path.relative(hub.dataDir, signingKeyFile(hub.dataDir))).toBe('keys/audit-signing.pem')
}, 120_000)

test('an audit that is asked for holds the chain against its anchors, too', async () => {
  const asked = await hub.api('operator', 'POST', '/api/audits?day=2026-11-20')
  expect(asked.status).toBe(202)
  await hub.untilQuiet()
  const { body } = await hub.api('viewer', 'GET', '/api/audits?from=2026-11-20&to=2026-11-20')
  const lines = body.items as readonly { readonly subject: string; readonly verdict: string; readonly looks: number }[]
  expect(lines.filter(({ subject }) => subject === 'chain')).toMatchObject([{ verdict: 'sound', looks: 4 }])
}, 120_000)

test('a chain that was written anew, whole in itself and with its head, is found; so is one that is gone', async () => {
  await hub.end()
  const written = await behindTheHub(async (client) => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: AUDIT }))
    const entries = Items.map(readAuditEntry).sort((a, b) => a.sequence - b.sequence)
    let head: AuditHead | undefined
    for (const { sequence: _sequence, previous: _previous, hash: _hash, ...record } of entries) {
      const forged = chained(head, { ...record, actor: 'somebody-else' })
      await client.send(new PutItemCommand({ TableName: AUDIT, Item: auditItem(forged) }))
      head = { sequence: forged.sequence, hash: forged.hash }
    }
    const settlements = entryTable(client, 'hub-settlements')
    await settlements.transact([settlements.putting(HEAD.part, HEAD.entry, head as AuditHead)])
    return entries
  })
  expect(verify()).toMatch(/^audit chain broken at entry [1-4]: ANCHOR_DIFFERS$/)

  await behindTheHub(async (client) => {
    for (const { sequence } of written) {
      const Key = { chain: { S: 'decisions' }, sequence: { N: String(sequence) } }
      await client.send(new DeleteItemCommand({ TableName: AUDIT, Key }))
    }
    const settlements = entryTable(client, 'hub-settlements')
    await settlements.transact([settlements.deleting(HEAD.part, HEAD.entry)])
  })
  expect(verify()).toBe('audit chain broken at entry 1: CUT_OFF')
}, 120_000)
