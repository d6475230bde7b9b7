/** The files' client as it is bundled: it streams, checks what comes back, and knows what is absent and what is there already. */

import { mkdtempSync, rmSync } from 'node:fs'
import type { Agent } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ListBucketsCommand } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hubClock } from '../../../../local/clock.ts'
import { type S3, startS3 } from '../../../../local/emulators/s3/s3.ts'
import { createS3Client } from '../../../../shared/store/files/s3-client.ts'
import { type Bundled, bundled } from '../../../support/bundled.ts'

const REPOSITORY = path.join(import.meta.dirname, '../../../..')
const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-s3-client-'))
const bucket = { name: 'files', arn: 'arn:aws:s3:::files', keyArn: null, notifications: [] }
const before = process.env.AWS_ENDPOINT_URL_S3
let objects: S3
let aws: Bundled

/** Puts what it is told to, hands the size of an object back. */
const SOURCE = `
import { Readable } from 'node:stream'
import { CopyObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { createS3Client } from '${REPOSITORY}/shared/store/files/s3-client.ts'
process.env.AWS_REGION ??= 'ap-southeast-3'
const client = createS3Client()
export async function handler({ put, copy, get, onlyNew }) {
  const IfNoneMatch = onlyNew ? '*' : undefined
  if (put) {
    const chunk = Buffer.alloc(put.chunk, 'x')
    const Body = Readable.from(Array.from({ length: put.chunks }, () => chunk))
    const ContentLength = put.chunk * put.chunks
    await client.send(new PutObjectCommand({ Bucket: 'files', Key: put.key, Body, ContentLength, IfNoneMatch }))
  }
  if (copy) await client.send(new CopyObjectCommand({ Bucket: 'files', Key: copy.to, CopySource: 'files/' + copy.from }))
  if (!get) return undefined
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'files', Key: get }))
  let bytes = 0
  for await (const part of Body) bytes += part.length
  return bytes
}`

beforeAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_S3
  objects = await startS3(dataDir, [bucket], { endpoint: '', urlOf: () => '' }, hubClock().memory)
  process.env.AWS_ENDPOINT_URL_S3 = objects.endpoint
  aws = await bundled({ files: SOURCE }, () => ({ status: 500, text: '' }))
}, 60_000)

afterAll(async () => {
  await aws.close()
  await objects.stop()
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL_S3
  else process.env.AWS_ENDPOINT_URL_S3 = before
  rmSync(dataDir, { recursive: true, force: true })
})

describe('the bundled client of the files', () => {
  test('puts a stream, copies it, and reads it back whole', async () => {
    const size = await aws.run('files', {
      put: { key: 'drop/a b.csv', chunk: 100_000, chunks: 30 },
      copy: { from: 'drop/a%20b.csv', to: 'kept/1' },
      get: 'kept/1',
    })
    expect(size).toBe(3_000_000)
  })

  test('says by name that an object is absent, or there already', async () => {
    await expect(aws.run('files', { get: 'kept/absent' })).rejects.toMatchObject({ name: 'NoSuchKey' })
    const again = { put: { key: 'kept/once', chunk: 1, chunks: 1 }, onlyNew: true }
    await aws.run('files', again)
    await expect(aws.run('files', again)).rejects.toMatchObject({ name: 'PreconditionFailed' })
  })
})

type Settings = { readonly httpAgent: Agent; readonly httpsAgent: Agent }

describe('the client of the files', () => {
  const limitsOf = async (requestMillis?: number) => {
    const client = createS3Client(requestMillis)
    // The handler settles its configuration by its first call, whatever becomes of that.
    await client.send(new ListBucketsCommand({}), { requestTimeout: 1 }).catch(() => {})
    const handler = client.config.requestHandler as unknown as { readonly httpHandlerConfigs: () => Settings }
    const { httpAgent, httpsAgent, ...times } = handler.httpHandlerConfigs()
    const { maxAttempts } = client.config
    client.destroy()
    const agents = [httpAgent, httpsAgent].map((agent) => [agent.maxSockets, agent.options.keepAlive])
    return { ...times, agents, attempts: await maxAttempts() }
  }

  test('keeps 32 connections of both kinds and gives up in time: three tries of twenty seconds, a second to connect', async () => {
    expect(await limitsOf()).toMatchObject({
      connectionTimeout: 1_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
      socketTimeout: 20_000,
      agents: [
        [32, true],
        [32, true],
      ],
      attempts: 3,
    })
  })

  test('gives whoever sends large objects the time that they ask for', async () => {
    expect(await limitsOf(90_000)).toMatchObject({ requestTimeout: 90_000, socketTimeout: 20_000 })
  })
})
