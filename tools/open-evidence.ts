/**
 * `npm run open-evidence -- [--digest=<hex>] <file> …`: opens the lines of evidence in these files and prints each request as one line
 * of JSON; with a digest only the request whose decision holds it. For auditors; the procedure is docs/operations/procedures.md.
 *
 * Keys of days come from the table that EVIDENCE_DATA_KEYS_TABLE names, at AWS or at AWS_ENDPOINT_URL_DYNAMODB; without it from a
 * copy of the local hub's folder. Numbered keys and digest keys come from EVIDENCE_SECRET_FILE and DIGEST_SECRET_FILE; at home from
 * `.hub/secrets`. Says for each line that does not open why, by code, and ends with 1. Writes nothing anywhere.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { systemClock } from '../shared/runtime/clock.ts'
import { longDigest, prepareDigestKeys } from '../shared/runtime/digests.ts'
import { dynamoDataKeys } from '../shared/store/data-keys/dynamodb.ts'
import { sealingKeys } from '../shared/store/data-keys/sealing-keys.ts'
import { canonicalRequest, prepareEvidenceKeys, type SignedRequest } from '../shared/store/evidence/evidence.ts'
import { type EvidenceArchive, openArchived } from '../shared/store/evidence/open-archived.ts'
import { withLocalTables } from './local-tables.ts'

const { values, positionals: files } = parseArgs({ options: { digest: { type: 'string' } }, allowPositionals: true })
const { EVIDENCE_DATA_KEYS_TABLE: table } = process.env
const dataDir = path.resolve(process.env.HUB_DATA_DIR ?? '.hub')
const secretOf = (file: string | undefined, name: string) => {
  const from = file ?? (table === undefined ? path.join(dataDir, 'secrets', `${name}.json`) : undefined)
  return from !== undefined && existsSync(from) ? readFileSync(from, 'utf8') : undefined
}
const numbered = secretOf(process.env.EVIDENCE_SECRET_FILE, 'evidence')
const digests = secretOf(process.env.DIGEST_SECRET_FILE, 'digests')
if (files.length === 0 || (values.digest !== undefined && digests === undefined)) {
  console.error('Give the files with lines of evidence; --digest needs DIGEST_SECRET_FILE.')
  process.exit(2)
}

const evidenceKeys = numbered === undefined ? undefined : prepareEvidenceKeys(numbered)
const closed =
  table === undefined
    ? await withLocalTables(dataDir, (client) => openAll(client, 'hub-evidence-data-keys'))
    : await openAll(new DynamoDBClient({}), table)
process.exit(closed === 0 ? 0 : 1)

/** How many lines did not open. */
async function openAll(client: DynamoDBClient, TableName: string): Promise<number> {
  const keys = sealingKeys(dynamoDataKeys(client, TableName), systemClock())
  const archive = { keys, numbered: evidenceKeys }
  let closed = 0
  for (const file of files) {
    const lines = readFileSync(file, 'utf8').split('\n')
    for (const [index, line] of lines.entries())
      if (line !== '' && !(await open(archive, line, `${file}:${index + 1}`))) closed++
  }
  return closed
}

async function open(archive: EvidenceArchive, line: string, place: string): Promise<boolean> {
  try {
    print(await openArchived(line, archive))
    return true
  } catch (error) {
    console.error(`${place}: ${(error as { readonly code?: string }).code ?? (error as Error).message}`)
    return false
  }
}

function print(request: SignedRequest): void {
  const digest = digests && Buffer.from(digestOf(digests, request)).toString('hex')
  if (values.digest !== undefined && values.digest !== digest) return
  const { body, receivedAt, ...rest } = request
  const at = new Date(receivedAt).toISOString()
  console.log(JSON.stringify({ at, digest, ...rest, body: Buffer.from(body).toString('utf8') }))
}

function digestOf(secret: string, request: SignedRequest): Uint8Array {
  return longDigest(prepareDigestKeys(secret), 'evidence', canonicalRequest(request))
}
