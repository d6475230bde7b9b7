/**
 * What surrounds a deployed function, for tests of its wiring: real tables, queues and a bucket over their own protocols, the
 * secrets extension, and what the function writes to stdout. `load` sets the environment as the template does and imports the
 * handler, which builds its clients from it; one function per test file.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { hubClock } from '../../local/clock.ts'
import { startS3 } from '../../local/emulators/s3/s3.ts'
import { systemClock } from '../../shared/runtime/clock.ts'
import { dynamoDataKeys } from '../../shared/store/data-keys/dynamodb.ts'
import { type SealingKeys, sealingKeys } from '../../shared/store/data-keys/sealing-keys.ts'
import { createDynamoClient, type DynamoClient } from '../../shared/store/dynamo/client.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, useTestIdentity } from './dynoxide.ts'
import { makeKeys } from './sealing.ts'
import { sqsListener, type TakenMessage } from './sqs-listener.ts'

export type Said = Readonly<Record<string, unknown>> & { readonly message?: string }

/** A call to a service other than tables, queues and files: which operation, what was in it, and with which session it was signed. */
export type ServiceCall = { readonly operation: string; readonly body: string; readonly session: string | undefined }

/** `code`: why it was put aside; only a dead letter has one. */
export type Sent = { readonly queue: string; readonly body: string; readonly code?: string | undefined }

export type Surroundings = {
  readonly tables: Tables
  readonly database: DynamoClient
  readonly files: S3Client
  readonly bucket: string
  /** As the function seals and opens files; there is a key for each purpose. */
  readonly sealing: SealingKeys
  /** What the function sent since `forget`, by queue and body: batches go side by side. */
  readonly sent: () => readonly Sent[]
  /** Sum of a count since `forget`, with whatever dimensions; undefined when it was never written. */
  readonly counted: (metric: string) => number | undefined
  /** Log lines since `forget`. */
  readonly said: () => readonly Said[]
  readonly calls: readonly ServiceCall[]
  /** Secrets and operations that answer with a fault while they are in here. */
  readonly broken: Set<string>
  readonly forget: () => void
  readonly load: <Handler>(handler: () => Promise<{ readonly handler: unknown }>) => Promise<Handler>
  readonly stop: () => Promise<void>
}

export type SurroundingsOptions = {
  readonly service: string
  /** What its template sets besides tables, queues, bucket and names. */
  readonly variables?: Readonly<Record<string, string>>
  /** Texts of secrets, by name. */
  readonly secrets?: Readonly<Record<string, string>>
  /** What an operation answers to a body, by its name; any other answers TAKEN. */
  readonly answers?: Answers
}

type Answers = Readonly<Record<string, (body: string) => object>>

/** What any of the services may answer. */
const TAKEN = JSON.stringify({ RecordId: '1', MessageId: 'M1', messageId: 'M1' })
const BUCKET = 'hub-files'
export const SESSION = 'session-of-the-function'
const QUEUES = ['RECONCILE', 'COHORT', 'ENROLMENT', 'SWEEP', 'NOTICE', 'SETTLEMENT', 'AUDIT', 'DEAD_LETTER'] as const

export async function functionSurroundings(options: SurroundingsOptions): Promise<Surroundings> {
  useTestIdentity()
  const environment = { ...process.env }
  const write = process.stdout.write
  const folder = mkdtempSync(path.join(tmpdir(), 'hub-function-'))
  const [database, queues, services, s3] = await Promise.all([
    startDatabase(),
    sqsListener(),
    serviceListener(options.secrets ?? {}, options.answers ?? {}),
    startS3(
      folder,
      [{ name: BUCKET, arn: `arn:aws:s3:::${BUCKET}`, keyArn: null, notifications: [] }],
      { endpoint: 'http://127.0.0.1:1', urlOf: (arn) => arn },
      hubClock().memory,
    ),
  ])
  const tables = await createTables(database.endpoint)
  const client = createDynamoClient({ endpoint: database.endpoint })
  const fileKeys = dynamoDataKeys(client, tables['file-data-keys'])
  await makeKeys(fileKeys)
  const files = new S3Client({ endpoint: s3.endpoint, region: 'ap-southeast-3', forcePathStyle: true })
  const lines: Said[] = []
  const variables = {
    ...Object.fromEntries(
      Object.entries(tables).map(([name, deployed]) => [`${name.replaceAll('-', '_').toUpperCase()}_TABLE`, deployed]),
    ),
    ...Object.fromEntries(QUEUES.map((name) => [`${name}_QUEUE_URL`, `${queues.endpoint}/1/${name}`])),
    FILES_BUCKET: BUCKET,
    POWERTOOLS_SERVICE_NAME: options.service,
    POWERTOOLS_METRICS_NAMESPACE: 'hub',
    AWS_SESSION_TOKEN: SESSION,
    AWS_ENDPOINT_URL: services.endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AWS_ENDPOINT_URL_SQS: queues.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_KMS: services.endpoint,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: new URL(services.endpoint).port,
    ...options.variables,
  }
  const nameOf = ({ queueUrl }: TakenMessage) => queueUrl.slice(queueUrl.lastIndexOf('/') + 1)
  return {
    tables,
    database: client,
    files,
    bucket: BUCKET,
    sealing: sealingKeys(fileKeys, systemClock()),
    sent: () =>
      queues.taken
        .map((each) => ({ queue: nameOf(each), body: each.body, code: each.code }))
        .sort((a, b) => (`${a.queue} ${a.body}` < `${b.queue} ${b.body}` ? -1 : 1)),
    counted: (metric) => {
      const values = lines.flatMap(({ [metric]: value, _aws }) => (_aws && typeof value === 'number' ? value : []))
      return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0)
    },
    said: () => lines.filter(({ _aws }) => _aws === undefined),
    calls: services.calls,
    broken: services.broken,
    forget: () => {
      queues.taken.splice(0)
      services.calls.splice(0)
      lines.splice(0)
    },
    load: async <Handler>(handler: () => Promise<{ readonly handler: unknown }>) => {
      Object.assign(process.env, variables)
      process.stdout.write = ((text: string) => {
        lines.push(...text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Said] : [])))
        return true
      }) as typeof write
      return (await handler()).handler as Handler
    },
    stop: async () => {
      process.stdout.write = write
      process.env = environment
      client.destroy()
      files.destroy()
      await Promise.all([queues.close(), services.close(), s3.stop(), database.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The secrets extension, and every service whose answers say nothing here: evidence stream, mail, messages. */
async function serviceListener(secrets: Readonly<Record<string, string>>, answers: Answers) {
  const calls: ServiceCall[] = []
  const broken = new Set<string>()
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const body = await bodyOf(request)
    if (pathname === '/secretsmanager/get') {
      const name = searchParams.get('secretId') ?? ''
      const isFunction = request.headers['x-aws-parameters-secrets-token'] === SESSION
      const isThere = isFunction && secrets[name] !== undefined && !broken.has(name)
      response.writeHead(isThere ? 200 : 400).end(JSON.stringify({ SecretString: secrets[name] }))
      return
    }
    const operation = String(request.headers['x-amz-target'] ?? `${request.method} ${pathname}`)
    const session = request.headers['x-amz-security-token']
    calls.push({ operation, body, session: typeof session === 'string' ? session : undefined })
    const answer = answers[operation]
    const text = answer ? JSON.stringify(answer(body)) : TAKEN
    response.writeHead(broken.has(operation) ? 500 : 200, { 'content-type': 'application/json' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    broken,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}

export type QueueHandling = (event: object) => Promise<{ readonly batchItemFailures: readonly unknown[] }>

/** An event of one queue with these bodies, as Lambda hands it over. */
export function eventOf(...bodies: readonly (string | object)[]): object {
  const attributes = { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 's' }
  return {
    Records: bodies.map((body, index) => ({
      messageId: `m${index}`,
      receiptHandle: 'r',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      attributes: { ...attributes, ApproximateFirstReceiveTimestamp: '0' },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:ap-southeast-3:1:queue',
      awsRegion: 'ap-southeast-3',
    })),
  }
}
