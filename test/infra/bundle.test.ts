/** The bundler leaves parts of the SDK out: these tests drive bundled clients through real calls and check what arrives. */
import { createHash, createHmac } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultProvider } from '../../infra/bundle/environment-only.ts'
import { EventStreamSerde, eventStreamSerdeProvider } from '../../infra/bundle/event-streams.ts'
import { EndpointCache, getInstanceMetadataRegion, Md5Js, Sha256Js } from '../../infra/bundle/left-out.ts'
import { buildLean, bundleFunctions, functionNames } from '../../infra/bundle.ts'

const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_SESSION_TOKEN: 'session',
}

const DYNAMODB = `
import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
const client = new DynamoDBClient({ region: 'ap-southeast-3', cacheMiddleware: true, maxAttempts: 1, endpoint: process.env.TEST_ENDPOINT })
const others = [BatchGetItemCommand, GetItemCommand, QueryCommand, TransactWriteItemsCommand]
export const handler = async (item) => others && client.send(new PutItemCommand({ TableName: 'facts', Item: item, ConditionExpression: 'attribute_not_exists(fact)' }))
`
const SQS = `
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
const client = new SQSClient({ region: 'ap-southeast-3', maxAttempts: 1, endpoint: process.env.TEST_ENDPOINT })
export const handler = async (body) => client.send(new SendMessageCommand({ QueueUrl: process.env.TEST_ENDPOINT + '/1/reconcile', MessageBody: body }))
`

type Received = {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly method: string
  readonly path: string
}
type Handler = (input: unknown) => Promise<unknown>

let folder: string
let server: Server
let received: Received[] = []
const environment = { ...process.env }

beforeAll(async () => {
  // Inside the repository, so that the SDK is found; below dist/, which git and the linters do not look at.
  const parent = path.join(import.meta.dirname, '../../dist')
  await mkdir(parent, { recursive: true })
  folder = await mkdtemp(path.join(parent, 'bundle-test-'))
  for (const [name, source] of Object.entries({ 'put-fact': DYNAMODB, 'send-message': SQS })) {
    await mkdir(path.join(folder, 'functions', name), { recursive: true })
    await writeFile(path.join(folder, 'functions', name, 'handler.ts'), source)
  }
  await mkdir(path.join(folder, 'functions', 'not-a-function'))
  server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      received.push({ headers: request.headers, body, method: request.method ?? '', path: request.url ?? '' })
      const { status, text } = answerTo(request.headers['x-amz-target'], body)
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  Object.assign(process.env, CREDENTIALS, {
    TEST_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })
})

afterAll(async () => {
  process.env = environment
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

const places = () => ({ functions: path.join(folder, 'functions'), output: path.join(folder, 'out') })

describe('bundling', () => {
  test('makes one bundle per folder with a handler, says how big it is, and keeps the way back to the source', async () => {
    const bundles = await bundleFunctions(places())
    expect(bundles.map(({ name }) => name)).toEqual(['put-fact', 'send-message'])
    for (const { name, bytes, outfile } of bundles) {
      expect((await readFile(outfile)).byteLength).toBe(bytes)
      expect(JSON.parse(await readFile(path.join(path.dirname(outfile), 'package.json'), 'utf8'))).toEqual({
        type: 'commonjs',
      })
      const meta = JSON.parse(await readFile(path.join(folder, 'out/meta', `${name}.json`), 'utf8'))
      expect(Object.keys(meta.outputs)).toContain('index.js')
      expect(JSON.parse(await readFile(path.join(folder, 'out/meta', `${name}.js.map`), 'utf8')).version).toBe(3)
    }
  })

  test('makes the same bytes from the same sources, and forgets a function that is gone', async () => {
    const [first] = await bundleFunctions(places())
    const before = await readFile(first?.outfile ?? '')
    await mkdir(path.join(folder, 'out/functions/gone'), { recursive: true })
    await bundleFunctions(places())
    expect((await readFile(first?.outfile ?? '')).equals(before)).toBe(true)
    await expect(readFile(path.join(folder, 'out/functions/gone/index.js'))).rejects.toThrow('ENOENT')
    expect(await functionNames(path.join(folder, 'out/functions'))).toEqual([])
  })

  test('keeps the DynamoDB client below 165 KB', async () => {
    const { outputFiles } = await buildLean(path.join(folder, 'functions/put-fact/handler.ts'))
    expect(outputFiles.find((file) => file.path.endsWith('.js'))?.contents.byteLength).toBeLessThan(165_000)
  })
})

describe('a bundled client', () => {
  test('puts an item with the right payload and a signature that AWS would accept', async () => {
    received = []
    await run('put-fact', {
      account: { S: '10000000001' },
      fact: { S: 'payment#bni#1' },
      d: { B: new Uint8Array([1, 2, 255]) },
    })
    const [request] = received as [Received]
    expect(request.headers['x-amz-target']).toBe('DynamoDB_20120810.PutItem')
    expect(JSON.parse(request.body)).toEqual({
      TableName: 'facts',
      Item: { account: { S: '10000000001' }, fact: { S: 'payment#bni#1' }, d: { B: 'AQL/' } },
      ConditionExpression: 'attribute_not_exists(fact)',
    })
    expect(request.headers['x-amz-security-token']).toBe('session')
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'dynamodb'))
  })

  test('still turns an error answer into the SDK’s own exception', async () => {
    await expect(run('put-fact', { account: { S: 'refuse' } })).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    })
  })

  test('sends a message and checks the hash that the queue answers with', async () => {
    received = []
    await run('send-message', '{"account":"10000000001"}')
    const [request] = received as [Received]
    expect(JSON.parse(request.body)).toMatchObject({ MessageBody: '{"account":"10000000001"}' })
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'sqs'))
    await expect(run('send-message', 'damaged')).rejects.toThrow(/checksum/i)
  })
})

describe('what was left out', () => {
  test.each([
    ['event stream serialization', () => new EventStreamSerde()],
    ['event stream provider', () => eventStreamSerdeProvider()],
    ['filling the endpoint cache', () => new EndpointCache().set()],
    ['reading the endpoint cache', () => new EndpointCache().get()],
    ['asking the endpoint cache', () => new EndpointCache().has()],
    ['emptying the endpoint cache', () => new EndpointCache().delete()],
    ['the machine’s metadata server', () => getInstanceMetadataRegion()],
    ['SHA-256 in JavaScript', () => new Sha256Js()],
    ['MD5 in JavaScript', () => new Md5Js()],
  ])('%s fails loudly when it is called after all', (_what, call) => {
    expect(call).toThrow('LEFT_OUT_OF_BUNDLE')
  })

  test('the endpoint cache is empty, which is what it would be without endpoint discovery', () => {
    expect(new EndpointCache().getEndpoint()).toBeUndefined()
  })

  test('credentials come from the environment, and their absence is named without a value', async () => {
    await expect(defaultProvider()()).resolves.toEqual({
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'not-a-secret',
      sessionToken: 'session',
    })
    delete process.env.AWS_SECRET_ACCESS_KEY
    try {
      await expect(defaultProvider()()).rejects.toThrow('CREDENTIALS_MISSING')
    } finally {
      process.env.AWS_SECRET_ACCESS_KEY = CREDENTIALS.AWS_SECRET_ACCESS_KEY
    }
  })
})

async function run(name: string, input: unknown): Promise<unknown> {
  const require = createRequire(import.meta.url)
  const { handler } = require(path.join(folder, 'out/functions', name, 'index.js')) as { handler: Handler }
  return handler(input)
}

function answerTo(target: unknown, body: string): { readonly status: number; readonly text: string } {
  if (target === 'AmazonSQS.SendMessage') {
    const message = JSON.parse(body).MessageBody
    const hashed = message === 'damaged' ? 'something else' : message
    return {
      status: 200,
      text: JSON.stringify({ MessageId: '1', MD5OfMessageBody: createHash('md5').update(hashed).digest('hex') }),
    }
  }
  if (!body.includes('refuse')) return { status: 200, text: '{}' }
  return {
    status: 400,
    text: '{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","message":"refused"}',
  }
}

/** Signature Version 4, written down again from its public description: the SDK's own code is what is under test. */
function expectedAuthorization({ headers, body, method, path: target }: Received, service: string): string {
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? ''
  const date = String(headers['x-amz-date'])
  const scope = `${date.slice(0, 8)}/ap-southeast-3/${service}/aws4_request`
  const canonicalHeaders = signed.split(';').map((name) => `${name}:${headers[name]}\n`)
  const canonical = [method, target, '', canonicalHeaders.join(''), signed, sha256(body)].join('\n')
  const key = [date.slice(0, 8), 'ap-southeast-3', service, 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${CREDENTIALS.AWS_SECRET_ACCESS_KEY}`,
  )
  const signature = createHmac('sha256', key)
    .update(['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'))
    .digest('hex')
  return `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
