/**
 * A DynamoDB of its own for a test file: a fresh process with a fresh file, gone when the file ends. An endpoint that is set
 * in AWS_ENDPOINT_URL_DYNAMODB is used instead, so that the same tests run against DynamoDB Local or AWS.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb'
import { keepStreamsQuick } from '../../local/emulators/dynamodb/dynamodb.ts'
import { type KeyAttribute, TABLE_SHAPES, TABLES, type TableShape, type Tables } from '../../shared/store/tables.ts'

export type TestDatabase = {
  readonly endpoint: string
  /** Where it keeps its tables; null for an endpoint that was given. */
  readonly file: string | null
  readonly stop: () => Promise<void>
}

export const TEST_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' }

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm'

/** `inMemory`: its file lies in memory, where the machine has a place for that, so that no write waits for a disk. */
export async function startDatabase(options: { readonly inMemory?: boolean } = {}): Promise<TestDatabase> {
  const given = process.env.AWS_ENDPOINT_URL_DYNAMODB
  if (given) return { endpoint: given, file: null, stop: async () => {} }
  const folder = mkdtempSync(join(options.inMemory && existsSync(MEMORY) ? MEMORY : tmpdir(), 'hub-test-'))
  const file = join(folder, 'tables.sqlite')
  const port = await freePort()
  const child = spawn(dynoxidePath(), ['--port', String(port), '--db-path', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-500)
  })
  const endIt = () => child.kill('SIGKILL')
  process.once('exit', endIt)
  const endpoint = `http://127.0.0.1:${port}`
  await untilReady(endpoint, child, () => complaint)
  keepStreamsQuick(file)
  return {
    endpoint,
    file,
    stop: async () => {
      process.removeListener('exit', endIt)
      await ended(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** For clients that are built as handlers build them, from the environment. Against a given endpoint its own identity stays. */
export function useTestIdentity(): void {
  if (process.env.AWS_ENDPOINT_URL_DYNAMODB) return
  const { accessKeyId, secretAccessKey } = TEST_CREDENTIALS
  Object.assign(process.env, {
    AWS_REGION: 'ap-southeast-3',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  })
}

/** Creates every table of shared/store/tables.ts under names that nobody else has. */
export async function createTables(endpoint: string): Promise<Tables> {
  useTestIdentity()
  const client = new DynamoDBClient({ endpoint })
  const prefix = `test-${randomBytes(4).toString('hex')}`
  const names = Object.fromEntries(TABLES.map((table) => [table, `${prefix}-${table}`])) as unknown as Tables
  try {
    for (const table of TABLES) await createTable(client, names[table], TABLE_SHAPES[table])
  } finally {
    client.destroy()
  }
  return names
}

async function createTable(client: DynamoDBClient, name: string, shape: TableShape): Promise<void> {
  const keys = [shape, ...shape.indexes].flatMap((index) => [
    index.partitionKey,
    ...(index.sortKey ? [index.sortKey] : []),
  ])
  const types = new Map(keys.map((key) => [key.name, key.type]))
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
      KeySchema: keySchema(shape.partitionKey, shape.sortKey),
      ...(shape.indexes.length > 0 && { GlobalSecondaryIndexes: shape.indexes.map(indexOf) }),
      ...(shape.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: shape.stream } }),
    }),
  )
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: name })
  if (!shape.expiry) return
  const specification = { AttributeName: shape.expiry, Enabled: true }
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: specification }))
}

function indexOf(index: TableShape['indexes'][number]) {
  const projection = index.include.length > 0 ? { NonKeyAttributes: [...index.include] } : {}
  return {
    IndexName: index.name,
    KeySchema: keySchema(index.partitionKey, index.sortKey),
    Projection: {
      ProjectionType: index.include.length > 0 ? ('INCLUDE' as const) : ('KEYS_ONLY' as const),
      ...projection,
    },
  }
}

function keySchema(partition: KeyAttribute, sort: KeyAttribute | null) {
  const range = sort ? [{ AttributeName: sort.name, KeyType: 'RANGE' as const }] : []
  return [{ AttributeName: partition.name, KeyType: 'HASH' as const }, ...range]
}

function dynoxidePath(): string {
  if (process.env.DYNOXIDE_BIN) return process.env.DYNOXIDE_BIN
  try {
    return createRequire(import.meta.url)
      .resolve('@dynoxide/linux-x64/package.json')
      .replace(/package\.json$/, 'dynoxide')
  } catch {
    throw new Error(
      'expected a DynamoDB to test against: set AWS_ENDPOINT_URL_DYNAMODB to an endpoint or DYNOXIDE_BIN to a dynoxide binary',
    )
  }
}

async function untilReady(endpoint: string, child: ChildProcess, complaint: () => string): Promise<void> {
  const deadline = performance.now() + 20_000
  while (performance.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`expected dynoxide to start, it ended with ${child.exitCode}: ${complaint()}`)
    try {
      await fetch(endpoint)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  child.kill('SIGKILL')
  throw new Error('expected dynoxide to answer within 20 s, it did not')
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const end = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 2_000)
  await end
  clearTimeout(late)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
