/**
 * `npm run verify-audit`: walks the audit chain from its first entry and compares its end with where it ended. Prints
 * `audit chain whole: N entries`, or the first entry that is not as it was written, and ends with 1.
 *
 * Reads the local hub's tables from a copy, so it may run beside a hub or without one. With AUDIT_TABLE and
 * SETTLEMENTS_TABLE set it reads those tables instead, at AWS or at AWS_ENDPOINT_URL_DYNAMODB. Writes nothing anywhere.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { REGION } from '../local/cloud-assembly/template.ts'
import { HUB_CREDENTIALS, startDatabase } from '../local/emulators/dynamodb/dynamodb.ts'
import type { AuditHead } from '../shared/store/audit/audit.ts'
import { type Verified, verifyChain } from '../shared/store/audit/chain.ts'
import { dynamoAudit } from '../shared/store/audit/dynamodb.ts'
import { entryTable } from '../shared/store/settlements/dynamodb.ts'
import { HEAD } from '../shared/store/settlements/item.ts'

const { AUDIT_TABLE: audit, SETTLEMENTS_TABLE: settlements } = process.env
const looking =
  audit !== undefined && settlements !== undefined
    ? verify(new DynamoDBClient({}), { audit, settlements })
    : verifyLocal(path.resolve(process.env.HUB_DATA_DIR ?? '.hub'))
const verified = await looking.catch((error: Error) => {
  console.error(`The audit chain could not be read: ${error.message}`)
  process.exit(2)
})
if (verified.outcome === 'whole') console.log(`audit chain whole: ${verified.entries} entries`)
else console.error(`audit chain broken at entry ${verified.sequence}: ${verified.code}`)
process.exit(verified.outcome === 'whole' ? 0 : 1)

async function verify(
  client: DynamoDBClient,
  tables: { readonly audit: string; readonly settlements: string },
): Promise<Verified> {
  const head = await entryTable(client, tables.settlements).get<AuditHead>(HEAD.part, HEAD.entry)
  return verifyChain(dynamoAudit(client, tables).items(), head ?? null)
}

async function verifyLocal(dataDir: string): Promise<Verified> {
  const file = path.join(dataDir, 'dynamodb', 'tables.sqlite')
  if (!existsSync(file)) {
    console.error('No hub has run in this folder yet; start one with npm start, or set HUB_DATA_DIR.')
    process.exit(2)
  }
  const copy = mkdtempSync(path.join(tmpdir(), 'hub-audit-'))
  try {
    mkdirSync(path.join(copy, 'dynamodb'))
    const source = new DatabaseSync(file, { readOnly: true })
    await backup(source, path.join(copy, 'dynamodb', 'tables.sqlite'))
    source.close()
    const database = await startDatabase(copy, [])
    const client = new DynamoDBClient({ endpoint: database.endpoint, region: REGION, credentials: HUB_CREDENTIALS })
    try {
      return await verify(client, { audit: 'hub-audit', settlements: 'hub-settlements' })
    } finally {
      client.destroy()
      await database.stop()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
