/**
 * DynamoDB on a laptop: dynoxide, file-backed, as a child; or whatever AWS_ENDPOINT_URL_DYNAMODB names. Creates the tables
 * of the cloud assembly once and finds them again after a restart. Knows nothing of what is in them.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  type Projection,
  ResourceNotFoundException,
  type StreamViewType,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import type { TablePlan } from '../../cloud-assembly/cloud-assembly.ts'
import { REGION } from '../../cloud-assembly/template.ts'
import { freePort, type SupervisedProcess, spawnSupervised } from './supervised-process.ts'

export type Database = {
  readonly endpoint: string
  /** ARN of each table's stream, by the table's ARN in the template. */
  readonly streams: ReadonlyMap<string, string>
  readonly stop: () => Promise<void>
}

export const HUB_CREDENTIALS = { accessKeyId: 'hub', secretAccessKey: 'hub' }
const READY_MILLIS = 10_000

export async function startDatabase(dataDir: string, tables: readonly TablePlan[]): Promise<Database> {
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB
  const folder = path.join(dataDir, 'dynamodb')
  const own = given === undefined ? await startDynoxide(folder) : undefined
  const endpoint = given ?? (own as { endpoint: string }).endpoint
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: HUB_CREDENTIALS })
  try {
    const streams = new Map<string, string>()
    for (const table of tables) {
      const stream = await ensureTable(client, table)
      if (stream !== undefined) streams.set(table.arn, stream)
    }
    if (own !== undefined) keepStreamsQuick(path.join(folder, 'tables.sqlite'))
    let stopping = false
    void own?.child.end.then(() => {
      if (!stopping)
        console.error(`The embedded DynamoDB ended by itself; start the hub again. ${own.child.errorOutput()}`)
    })
    const stop = async () => {
      stopping = true
      await own?.child.stop()
    }
    return { endpoint, streams, stop }
  } catch (error) {
    await own?.child.stop()
    throw error
  } finally {
    client.destroy()
  }
}

type Dynoxide = { readonly endpoint: string; readonly child: SupervisedProcess }

async function startDynoxide(folder: string): Promise<Dynoxide> {
  mkdirSync(folder, { recursive: true })
  let errorOutput = ''
  // A port picked by the system may be taken by another process before the child gets to it.
  for (let tried = 0; tried < 3; tried++) {
    const started = await tryDynoxide(folder)
    if (typeof started !== 'string') return started
    errorOutput = started
  }
  throw new Error(`expected the embedded DynamoDB to answer within 10 s; it said: ${errorOutput || 'nothing'}`)
}

/** The running child, or what it said when it did not start. */
async function tryDynoxide(folder: string): Promise<Dynoxide | string> {
  const port = await freePort()
  const args = ['--host', '127.0.0.1', '--port', String(port), '--db-path', path.join(folder, 'tables.sqlite')]
  const child = spawnSupervised(dynoxidePath(), args)
  const endpoint = `http://127.0.0.1:${port}`
  const until = performance.now() + READY_MILLIS
  while (performance.now() < until && !child.ended()) {
    if (await answers(endpoint)) return { endpoint, child }
    await sleep(5)
  }
  await child.stop()
  return child.errorOutput()
}

function dynoxidePath(): string {
  const given = process.env.DYNOXIDE_BIN
  if (given !== undefined) return given
  const name = `@dynoxide/${process.platform}-${process.arch}`
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const found = ['dynoxide', 'bin/dynoxide'].map((file) => path.join(folder, file)).find(existsSync)
    if (found !== undefined) return found
  } catch {}
  throw new Error(
    `expected the package ${name}, which holds the embedded DynamoDB, to be installed; on another platform set DYNOXIDE_BIN to its binary or AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB endpoint`,
  )
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint)
    return true
  } catch {
    return false
  }
}

async function ensureTable(client: DynamoDBClient, table: TablePlan): Promise<string | undefined> {
  const known = await describe(client, table.name)
  if (known?.LatestStreamArn !== undefined || (known && table.streamView === null)) return known.LatestStreamArn
  // A table of an older hub, which had no stream yet.
  if (known !== undefined) {
    const specification = { StreamEnabled: true, StreamViewType: table.streamView as StreamViewType }
    await client.send(new UpdateTableCommand({ TableName: table.name, StreamSpecification: specification }))
    return (await describe(client, table.name))?.LatestStreamArn
  }
  const indexes = table.indexes.map(({ name, keys, projection }) => ({
    IndexName: name,
    KeySchema: keys as KeySchemaElement[],
    Projection: projection as Projection,
  }))
  await client.send(
    new CreateTableCommand({
      TableName: table.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: table.attributes as unknown as AttributeDefinition[],
      KeySchema: table.keys as KeySchemaElement[],
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
      ...(table.streamView && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamView as StreamViewType },
      }),
    }),
  )
  if (table.expiresOn !== null) {
    const specification = { AttributeName: table.expiresOn, Enabled: true }
    await client.send(new UpdateTimeToLiveCommand({ TableName: table.name, TimeToLiveSpecification: specification }))
  }
  return (await describe(client, table.name))?.LatestStreamArn
}

async function describe(client: DynamoDBClient, name: string) {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

/**
 * Without this index each write to a table with a stream reads the whole stream so far. Fail-soft: an emulator that keeps
 * its records otherwise is slower, not wrong.
 */
export function keepStreamsQuick(file: string): void {
  try {
    const database = new DatabaseSync(file)
    database.exec('PRAGMA busy_timeout = 2000')
    database.exec(
      'CREATE INDEX IF NOT EXISTS local_stream_seq ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
    )
    database.close()
  } catch (error) {
    console.warn(`Streams may grow slow: ${(error as Error).message}`)
  }
}
