/** The bundler leaves parts of the SDK out: these tests drive bundled clients through real calls and check what arrives. */
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultProvider } from '../../infra/bundle/environment-only.ts'
import { EventStreamSerde, eventStreamSerdeProvider } from '../../infra/bundle/event-streams.ts'
import { getInstanceMetadataRegion, Md5Js, Sha256Js, settlement } from '../../infra/bundle/left-out.ts'
import { buildLean, bundleFunctions, functionNames, onlyErrorsWithContent } from '../../infra/bundle.ts'
import {
  type Answer,
  type Bundled,
  bundled,
  CREDENTIALS,
  expectedAuthorization,
  type Received,
} from '../support/bundled.ts'

const SHARED = path.join(import.meta.dirname, '../../shared')
const DYNAMODB = `
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
const client = new DynamoDBClient()
export const handler = (commands) => client.send([GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand, ...commands])
`
const FIREHOSE = `
import { createFirehose } from '${SHARED}/store/evidence/firehose.ts'
const credentials = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY, sessionToken: process.env.AWS_SESSION_TOKEN }
export const handler = async (line) => createFirehose({ region: 'ap-southeast-3', endpoint: process.env.TEST_ENDPOINT, credentials }).putRecord('evidence', Buffer.from(line))
`
const SQS = `
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
const client = new SQSClient({ region: 'ap-southeast-3', maxAttempts: 1, endpoint: process.env.TEST_ENDPOINT })
export const handler = async (body) => client.send(new SendMessageCommand({ QueueUrl: process.env.TEST_ENDPOINT + '/1/reconcile', MessageBody: body }))
`

const SOURCES = { 'call-table': DYNAMODB, 'put-record': FIREHOSE, 'send-message': SQS }

let aws: Bundled

beforeAll(async () => {
  aws = await bundled(SOURCES, answerTo)
  await mkdir(path.join(aws.places.functions, 'not-a-function'))
})
afterAll(() => aws.close())

describe('bundling', () => {
  test('a endpoint carries no settlement layout, and says so when one is asked for; who takes files in has all of them', async () => {
    const inputsOf = async (name: string) => {
      const { metafile } = await buildLean(path.join(SHARED, '../functions', name, 'handler.ts'))
      return Object.keys(metafile.inputs)
    }
    const isLayout = (file: string) => /shared\/(channels\/\w+\/settlement|protocols\/settlement-file\/)/.test(file)
    expect((await inputsOf('answer-channel')).filter(isLayout)).toEqual([])
    expect((await inputsOf('import-file')).filter(isLayout).length).toBeGreaterThan(5)
    expect(() => settlement.fileName()).toThrow('LEFT_OUT_OF_BUNDLE')
  })

  test('makes one bundle per folder with a handler, says how big it is, and keeps the way back to the source', async () => {
    const bundles = await bundleFunctions(aws.places)
    expect(bundles.map(({ name }) => name)).toEqual(Object.keys(SOURCES))
    for (const { name, bytes, outfile } of bundles) {
      expect((await readFile(outfile)).byteLength).toBe(bytes)
      expect(JSON.parse(await readFile(path.join(path.dirname(outfile), 'package.json'), 'utf8'))).toEqual({
        type: 'commonjs',
      })
      const meta = JSON.parse(await readFile(path.join(aws.places.output, 'meta', `${name}.json`), 'utf8'))
      expect(Object.keys(meta.outputs)).toContain('index.js')
      expect(JSON.parse(await readFile(path.join(aws.places.output, 'meta', `${name}.js.map`), 'utf8')).version).toBe(3)
    }
  })

  test('makes the same bytes from the same sources, and forgets a function that is gone', async () => {
    const [first] = await bundleFunctions(aws.places)
    const before = await readFile(first?.outfile ?? '')
    await mkdir(path.join(aws.places.output, 'functions/gone'), { recursive: true })
    await bundleFunctions(aws.places)
    expect((await readFile(first?.outfile ?? '')).equals(before)).toBe(true)
    await expect(readFile(path.join(aws.places.output, 'functions/gone/index.js'))).rejects.toThrow('ENOENT')
    expect(await functionNames(path.join(aws.places.output, 'functions'))).toEqual([])
  })

  test('keeps the DynamoDB client below 85 KB', async () => {
    expect(await bytesOf(path.join(aws.places.functions, 'call-table/handler.ts'))).toBeLessThan(85_000)
  })

  test('keeps a endpoint below 260 KiB, because each kilobyte is parsed before the first payer of a cold start is answered', async () => {
    expect(await bytesOf('functions/answer-channel/handler.ts')).toBeLessThanOrEqual(260 * 1024)
  })
})

describe('a bundled client', () => {
  test('puts a record with a signature that AWS would accept', async () => {
    aws.received.length = 0
    await aws.run('put-record', 'a line\n')
    const [request] = aws.received as [Received]
    expect(request.headers['x-amz-target']).toBe('Firehose_20150804.PutRecord')
    expect(JSON.parse(request.body)).toEqual({ DeliveryStreamName: 'evidence', Record: { Data: 'YSBsaW5lCg==' } })
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'firehose'))
  })

  test('sends a message and checks the hash that the queue answers with', async () => {
    aws.received.length = 0
    await aws.run('send-message', '{"account":"10000000001"}')
    const [request] = aws.received as [Received]
    expect(JSON.parse(request.body)).toMatchObject({ MessageBody: '{"account":"10000000001"}' })
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'sqs'))
    await expect(aws.run('send-message', 'damaged')).rejects.toThrow(/checksum/i)
  })
})

describe('what was left out', () => {
  test('errors that carry nothing but a name; an SDK that registers its errors otherwise stops the build', () => {
    const register = (error: string) => `n0_registry.registerError(${error}$, ${error});`
    const kept = ['DynamoDBServiceException', 'ConditionalCheckFailedException', 'TransactionCanceledException']
    const source = [...kept, 'BackupInUseException'].map(register)
    expect(onlyErrorsWithContent(source.join('\n')).trim().split('\n')).toEqual(kept.map(register))
    expect(() => onlyErrorsWithContent(source.slice(1).join('\n'))).toThrow('BUNDLE_ERRORS')
  })

  test.each([
    ['event stream serialization', () => new EventStreamSerde()],
    ['event stream provider', () => eventStreamSerdeProvider()],
    ['the machine’s metadata server', () => getInstanceMetadataRegion()],
    ['SHA-256 in JavaScript', () => new Sha256Js()],
    ['MD5 in JavaScript', () => new Md5Js()],
  ])('%s fails loudly when it is called after all', (_what, call) => {
    expect(call).toThrow('LEFT_OUT_OF_BUNDLE')
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

function answerTo(target: unknown, body: string): Answer {
  if (target !== 'AmazonSQS.SendMessage') return { status: 200, text: '{}' }
  const message = JSON.parse(body).MessageBody
  const hashed = message === 'damaged' ? 'something else' : message
  const MD5OfMessageBody = createHash('md5').update(hashed).digest('hex')
  return { status: 200, text: JSON.stringify({ MessageId: '1', MD5OfMessageBody }) }
}

async function bytesOf(entry: string): Promise<number | undefined> {
  const { outputFiles } = await buildLean(entry)
  return outputFiles.find((file) => file.path.endsWith('.js'))?.contents.byteLength
}
