/** Bundles are whole, small enough, and made of nothing but our sources and packages as npm brings them; bundled clients make real calls. */
import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildOne, bundleFunctions, functionNames } from '../../infra/bundle.ts'
import { type Answer, type Bundled, bundled, expectedAuthorization, type ReceivedCall } from '../support/bundled.ts'

const SHARED = path.join(import.meta.dirname, '../../shared')
const DYNAMODB = `
import { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { createDynamoClient } from '${SHARED}/store/dynamo/client.ts'
const client = createDynamoClient()
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
  test('an endpoint carries no settlement layout; who takes files in has all of them', async () => {
    const inputsOf = async (name: string) => {
      const { metafile } = await buildOne(path.join(SHARED, '../functions', name, 'handler.ts'))
      return Object.keys(metafile.inputs)
    }
    const isLayout = (file: string) => /shared\/(channels\/\w+\/settlement|protocols\/settlement-file\/)/.test(file)
    expect((await inputsOf('answer-channel')).filter(isLayout)).toEqual([])
    expect((await inputsOf('import-file')).filter(isLayout).length).toBeGreaterThan(5)
  })

  test('replaces and edits no package: the bundler runs without plugins and follows every import where npm leads it', async () => {
    const source = await readFile(path.join(SHARED, '../infra/bundle.ts'), 'utf8')
    expect(source).not.toMatch(/plugins|onLoad|onResolve|alias|inject/)
    const { metafile } = await buildOne(path.join(SHARED, '../functions/answer-channel/handler.ts'))
    const strange = Object.keys(metafile.inputs).filter((file) => !/^(functions|shared|node_modules)\//.test(file))
    expect(strange).toEqual([])
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

  test('keeps the DynamoDB client below 135 KB', async () => {
    expect(await bytesOf(path.join(aws.places.functions, 'call-table/handler.ts'))).toBeLessThan(135_000)
  })

  test('keeps an endpoint below 300 KiB, because each kilobyte is parsed before the first payer of a cold start is answered', async () => {
    expect(await bytesOf('functions/answer-channel/handler.ts')).toBeLessThanOrEqual(300 * 1024)
  })
})

describe('a bundled client', () => {
  test('puts a record with a signature that AWS would accept', async () => {
    aws.received.length = 0
    await aws.run('put-record', 'a line\n')
    const [request] = aws.received as [ReceivedCall]
    expect(request.headers['x-amz-target']).toBe('Firehose_20150804.PutRecord')
    expect(JSON.parse(request.body)).toEqual({ DeliveryStreamName: 'evidence', Record: { Data: 'YSBsaW5lCg==' } })
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'firehose'))
  })

  test('sends a message and checks the hash that the queue answers with', async () => {
    aws.received.length = 0
    await aws.run('send-message', '{"account":"10000000001"}')
    const [request] = aws.received as [ReceivedCall]
    expect(JSON.parse(request.body)).toMatchObject({ MessageBody: '{"account":"10000000001"}' })
    expect(request.headers.authorization).toBe(expectedAuthorization(request, 'sqs'))
    await expect(aws.run('send-message', 'damaged')).rejects.toThrow(/checksum/i)
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
  const { outputFiles } = await buildOne(entry)
  return outputFiles.find((file) => file.path.endsWith('.js'))?.contents.byteLength
}
