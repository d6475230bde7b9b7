/**
 * `npm run verify-audit`: walks the audit chain from its first entry and holds it against where it ended and against every
 * anchor of it. Prints `audit chain whole: N entries` and how far anchors vouch for them, or the first entry that is not as it
 * was written, and ends with 1.
 *
 * Reads the local hub's folder from copies, so it may run beside a hub or without one. With AUDIT_TABLE and SETTLEMENTS_TABLE
 * set it reads those tables instead, at AWS or at AWS_ENDPOINT_URL_DYNAMODB, and with EVIDENCE_BUCKET and AUDIT_KEY (the key's
 * ARN) the anchors. Writes nothing anywhere.
 */
import { createPublicKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { signingKeyFile } from '../local/emulators/kms/signing-key.ts'
import { instant } from '../shared/domain/instant.ts'
import { bucketAnchorNames } from '../shared/store/audit/anchor-bucket.ts'
import { type AnchoredChain, type ChainToVerify, verifyAnchoredChain } from '../shared/store/audit/anchored-chain.ts'
import { ANCHORS_FOLDER, anchorKey } from '../shared/store/audit/anchors.ts'
import type { AuditHead } from '../shared/store/audit/audit.ts'
import { type Verified, verifyChain } from '../shared/store/audit/chain.ts'
import { dynamoAudit } from '../shared/store/audit/dynamodb.ts'
import { kmsHeadKey } from '../shared/store/audit/head-key.ts'
import { createS3Client } from '../shared/store/files/s3-client.ts'
import { entryTable } from '../shared/store/settlements/dynamodb.ts'
import { HEAD } from '../shared/store/settlements/item.ts'
import { copied, withLocalTables } from './local-tables.ts'

type TableNames = { readonly audit: string; readonly settlements: string }
/** The anchors, and the key that must have made them; null: there is nothing to hold the chain against. */
type Anchors = Pick<ChainToVerify, 'anchorNames' | 'key'> | null

const { AUDIT_TABLE: audit, SETTLEMENTS_TABLE: settlements, EVIDENCE_BUCKET: bucket, AUDIT_KEY: key } = process.env
const looking =
  audit !== undefined && settlements !== undefined
    ? verifyDeployed(new DynamoDBClient({}), { audit, settlements })
    : verifyLocal(path.resolve(process.env.HUB_DATA_DIR ?? '.hub'))
const verified = await looking.catch((error: Error) => {
  console.error(`The audit chain could not be read: ${error.message}`)
  process.exit(2)
})
report(verified)
process.exit(verified.outcome === 'whole' ? 0 : 1)

function report(found: Verified | AnchoredChain): void {
  if (found.outcome === 'broken') {
    console.error(`audit chain broken at entry ${found.sequence}: ${found.code}`)
    return
  }
  console.log(`audit chain whole: ${found.entries} entries`)
  if ('anchors' in found) console.log(`anchored: ${found.anchors} anchors, the last of entry ${found.anchored}`)
  else console.log('not held against anchors: there is no key of them here')
}

async function verify(client: DynamoDBClient, tables: TableNames, anchors: Anchors): Promise<Verified | AnchoredChain> {
  const head = (await entryTable(client, tables.settlements).get<AuditHead>(HEAD.part, HEAD.entry)) ?? null
  const items = dynamoAudit(client, tables).items()
  if (anchors === null) return verifyChain(items, head)
  return verifyAnchoredChain({ items, head, ...anchors, now: instant(Date.now()) })
}

async function verifyDeployed(client: DynamoDBClient, tables: TableNames): Promise<Verified | AnchoredChain> {
  if (bucket === undefined || key === undefined) return verify(client, tables, null)
  const place = { region: await client.config.region(), endpoint: process.env.AWS_ENDPOINT_URL_KMS }
  const credentials = await client.config.credentials()
  const publicKey = await kmsHeadKey({ key, ...place, credentials: { ...credentials } as never }).publicKey()
  const anchorNames = bucketAnchorNames(createS3Client(), bucket).names()
  return verify(client, tables, { anchorNames, key: anchorKey(publicKey) })
}

async function verifyLocal(dataDir: string): Promise<Verified | AnchoredChain> {
  if (!existsSync(path.join(dataDir, 'dynamodb', 'tables.sqlite'))) {
    console.error('No hub has run in this folder yet; start one with npm start, or set HUB_DATA_DIR.')
    process.exit(2)
  }
  let anchors: Anchors = null
  // The anchors before the tables: what comes between is more chain, never less.
  const before = async (copy: string) => {
    anchors = await localAnchors(dataDir, copy)
  }
  const tables = { audit: 'hub-audit', settlements: 'hub-settlements' }
  return withLocalTables(dataDir, (client) => verify(client, tables, anchors), before)
}

async function localAnchors(dataDir: string, copy: string): Promise<Anchors> {
  const objects = path.join(dataDir, 'files', 'objects.sqlite')
  if (!existsSync(objects) || !existsSync(signingKeyFile(dataDir))) return null
  const mine = path.join(copy, 'objects.sqlite')
  await copied(objects, mine)
  const database = new DatabaseSync(mine)
  const rows = database.prepare('SELECT key FROM objects WHERE key LIKE ? ORDER BY key').all(`${ANCHORS_FOLDER}/%`)
  database.close()
  const names = rows.map((row) => String(row.key))
  const anchorNames = (async function* () {
    yield* names
  })()
  return { anchorNames, key: createPublicKey(readFileSync(signingKeyFile(dataDir))) }
}
