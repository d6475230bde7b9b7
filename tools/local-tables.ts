/** The tables of the local hub's folder, served from a copy: so a tool may run beside a hub, or without one, and changes nothing. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { REGION } from '../local/cloud-assembly/template.ts'
import { HUB_CREDENTIALS, startDatabase } from '../local/emulators/dynamodb/dynamodb.ts'

/** Throws when no hub has run in this folder. `before` is done first, with the folder of the copy. */
export async function withLocalTables<T>(
  dataDir: string,
  work: (client: DynamoDBClient) => Promise<T>,
  before: (copy: string) => Promise<void> = async () => {},
): Promise<T> {
  const file = path.join(dataDir, 'dynamodb', 'tables.sqlite')
  if (!existsSync(file))
    throw new Error('no hub has run in this folder yet; start one with npm start, or set HUB_DATA_DIR')
  const copy = mkdtempSync(path.join(tmpdir(), 'hub-copy-'))
  try {
    await before(copy)
    mkdirSync(path.join(copy, 'dynamodb'))
    await copied(file, path.join(copy, 'dynamodb', 'tables.sqlite'))
    const database = await startDatabase(copy, [])
    const client = new DynamoDBClient({ endpoint: database.endpoint, region: REGION, credentials: HUB_CREDENTIALS })
    try {
      return await work(client)
    } finally {
      client.destroy()
      await database.stop()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

export async function copied(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true })
  await backup(source, to)
  source.close()
}
