/** Files on a laptop behave as in S3, as far as the hub leans on it: whole or not there, every version kept, queues told. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { S3Schema } from '@aws-lambda-powertools/parser/schemas/s3'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hubClock } from '../../../local/clock.ts'
import type { BucketPlan } from '../../../local/cloud-assembly/buckets.ts'
import type { QueuePlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { type S3, startS3 } from '../../../local/emulators/s3/s3.ts'
import { type Queues, startQueues } from '../../../local/emulators/sqs/sqs.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-objects-'))
const queueArn = 'arn:aws:sqs:ap-southeast-3:000000000000:hub-import'
const queue: QueuePlan = {
  name: 'hub-import',
  arn: queueArn,
  url: 'https://sqs.ap-southeast-3.amazonaws.com/000000000000/hub-import',
  keyArn: null,
  attributes: {},
  deadLetterArn: null,
  isDeadLetter: false,
}
const bucket: BucketPlan = {
  name: 'ledger-files',
  arn: 'arn:aws:s3:::ledger-files',
  keyArn: null,
  notifications: [{ queueArn, events: ['s3:ObjectCreated:*'], prefix: 'drop/', suffix: '' }],
}
const Bucket = bucket.name
const credentials = { accessKeyId: 'k', secretAccessKey: 's' }
const memory = hubClock().memory
let queues: Queues
let objects: S3
let s3: S3Client
let sqs: SQSClient

async function start(): Promise<void> {
  queues = await startQueues(dataDir, [queue])
  objects = await startS3(dataDir, [bucket], queues, memory)
  s3 = new S3Client({ endpoint: objects.endpoint, region: 'ap-southeast-3', credentials, forcePathStyle: true })
  sqs = new SQSClient({ endpoint: queues.endpoint, region: 'ap-southeast-3', credentials })
}
async function stop(): Promise<void> {
  s3.destroy()
  sqs.destroy()
  await objects.stop()
  await queues.stop()
}
beforeAll(start)
afterAll(async () => {
  await stop()
  rmSync(dataDir, { recursive: true, force: true })
})

async function textOf(Key: string, more: object = {}): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))
  return (await Body?.transformToString()) ?? ''
}
const put = (Key: string, body: string, more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(body), ...more }))
const nameOf = (error: unknown) => (error as Error).name

/** What the queue has been told, once everything was. */
async function eventsSent(): Promise<readonly unknown[]> {
  const all: unknown[] = []
  for (;;) {
    while ((await objects.pendingNotifications()) > 0) await new Promise((resolve) => setTimeout(resolve, 10))
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queues.urlOf(queueArn), MaxNumberOfMessages: 10 }),
    )
    if (Messages.length === 0) return all
    for (const { Body = '{}', ReceiptHandle } of Messages) {
      all.push(JSON.parse(Body))
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queues.urlOf(queueArn), ReceiptHandle }))
    }
  }
}

describe('objects', () => {
  test('come back as they were put, whatever their key and size', async () => {
    for (const [key, body] of [
      ['kept/plain', 'KPJ;nominal\n'],
      ['kept/a b+c&d<é>/ü', 'x'],
      ['kept/empty', ''],
    ] as const) {
      await put(key, body, { ContentType: 'text/csv', Metadata: { name: 'IDM_20261120.csv' } })
      expect(await textOf(key)).toBe(body)
      const { ContentLength, Metadata, ContentType } = await s3.send(new HeadObjectCommand({ Bucket, Key: key }))
      expect([ContentLength, Metadata, ContentType]).toEqual([
        Buffer.byteLength(body),
        { name: 'IDM_20261120.csv' },
        'text/csv',
      ])
    }
  })

  test('may be larger than any buffer: they are streamed in and out, with their checksum', async () => {
    const chunk = randomBytes(1_000_000)
    const chunks = 24
    const body = Readable.from(Array.from({ length: chunks }, () => chunk))
    await s3.send(new PutObjectCommand({ Bucket, Key: 'kept/large', Body: body, ContentLength: chunks * chunk.length }))
    const expected = createHash('sha256')
    for (let i = 0; i < chunks; i++) expected.update(chunk)
    const { Body, ContentLength } = await s3.send(
      new GetObjectCommand({ Bucket, Key: 'kept/large', ChecksumMode: 'ENABLED' }),
    )
    const actual = createHash('sha256')
    for await (const part of Body as Readable) actual.update(part)
    expect([ContentLength, actual.digest('hex')]).toEqual([chunks * chunk.length, expected.digest('hex')])
  })

  test('are copied, read in part, listed by folder, and refused when they are not there', async () => {
    await put('settled/bni/2026-11-20/0001/0', '0123456789')
    await s3.send(
      new CopyObjectCommand({ Bucket, Key: 'kept/copy', CopySource: `${Bucket}/settled/bni/2026-11-20/0001/0` }),
    )
    expect(await textOf('kept/copy', { Range: 'bytes=2-4' })).toBe('234')
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'settled/', Delimiter: '/' }))
    expect([page.CommonPrefixes, page.Contents]).toEqual([[{ Prefix: 'settled/bni/' }], undefined])
    await put('settled/bni/2026-11-20/0001/1', '')
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'settled/bni/', MaxKeys: 1 }))
    const second = await s3.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'settled/bni/', ContinuationToken: first.NextContinuationToken }),
    )
    expect([first, second].map(({ Contents = [] }) => Contents.map(({ Key, Size }) => [Key, Size]))).toEqual([
      [['settled/bni/2026-11-20/0001/0', 10]],
      [['settled/bni/2026-11-20/0001/1', 0]],
    ])
    expect(await textOf('kept/absent').catch(nameOf)).toBe('NoSuchKey')
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'kept/absent' })).catch(nameOf)).toBe('NotFound')
    expect(await put('x', 'y', { Bucket: 'another' }).catch(nameOf)).toBe('NoSuchBucket')
  })

  test('keep every version, and are made only once by whoever asks for that', async () => {
    const { VersionId: first } = await put('kept/versions', 'one')
    await put('kept/versions', 'two')
    expect(await textOf('kept/versions')).toBe('two')
    expect(await textOf('kept/versions', { VersionId: first })).toBe('one')
    expect(await put('kept/versions', 'three', { IfNoneMatch: '*' }).catch(nameOf)).toBe('PreconditionFailed')
    const racing = await Promise.allSettled([1, 2, 3, 4].map((n) => put('kept/once', String(n), { IfNoneMatch: '*' })))
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('are put over exactly what was read by whoever asks for that', async () => {
    const { ETag: IfMatch } = await put('lists/over', 'one')
    expect(await put('lists/none', 'one', { IfMatch }).catch(nameOf)).toBe('NoSuchKey')
    const racing = await Promise.allSettled([1, 2, 3].map((n) => put('lists/over', `two ${n}`, { IfMatch })))
    expect(racing.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await put('lists/over', 'three', { IfMatch }).catch(nameOf)).toBe('PreconditionFailed')
    expect(await textOf('lists/over')).toMatch(/^two \d$/)
  })

  test('list all versions of what lies in a folder, page by page', async () => {
    await put('anchors/1', 'one')
    await put('anchors/1', 'one, again')
    await put('anchors/2', 'two')
    const first = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'anchors/', MaxKeys: 2 }))
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = first
    const second = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: 'anchors/', KeyMarker, VersionIdMarker }),
    )
    expect([first, second].map(({ Versions = [] }) => Versions.map(({ Key, Size }) => [Key, Size]).sort())).toEqual([
      [
        ['anchors/1', 10],
        ['anchors/1', 3],
      ],
      [['anchors/2', 3]],
    ])
    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false])
  })

  test('may come in parts', async () => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'drop/parts.csv' }))
    const upload = async (PartNumber: number, Body: string) => ({
      PartNumber,
      ETag: (await s3.send(new UploadPartCommand({ Bucket, Key: 'drop/parts.csv', UploadId, PartNumber, Body }))).ETag,
    })
    const Parts = [await upload(1, 'first;'), await upload(2, 'second')]
    await s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: 'drop/parts.csv', UploadId, MultipartUpload: { Parts } }),
    )
    expect(await textOf('drop/parts.csv')).toBe('first;second')
    const [event] = (await eventsSent()) as [{ Records: [{ eventName: string }] }]
    expect(event.Records[0].eventName).toBe('ObjectCreated:CompleteMultipartUpload')
  })

  test.each([
    ['other bytes than were signed for', { 'x-amz-content-sha256': 'a'.repeat(64) }, 'abc'],
    ['another CRC-32 than was said', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'abc'],
    ['an unfinished frame', { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, '5\r\nab'],
  ])('are not there after %s', async (_, headers, body) => {
    const reply = await fetch(`${objects.endpoint}/${Bucket}/drop/bad`, { method: 'PUT', headers, body })
    expect([reply.status, /<Code>(BadDigest|IncompleteBody)</.test(await reply.text())]).toEqual([400, true])
    expect(await textOf('drop/bad').catch(nameOf)).toBe('NoSuchKey')
  })

  test('are not there when the sender went away in the middle', async () => {
    await new Promise<void>((resolve) => {
      const sending = request(`${objects.endpoint}/${Bucket}/drop/half`, {
        method: 'PUT',
        headers: { 'content-length': 1_000 },
      })
      sending.once('error', () => resolve())
      sending.write('half')
      setTimeout(() => sending.destroy(new Error('gone')), 50)
    })
    expect(await textOf('drop/half').catch(nameOf)).toBe('NoSuchKey')
    expect(await eventsSent()).toEqual([])
  })
})

describe('queues', () => {
  test('are told of a new object in AWS’s words, and only of those that they asked for', async () => {
    await eventsSent()
    await put('drop/bank/rekening koran+1.xml', '<Document/>')
    await put('kept/silent', 'x')
    const events = await eventsSent()
    expect(events).toHaveLength(1)
    const { Records } = S3Schema.parse(events[0])
    expect(Records[0]).toMatchObject({
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Put',
      s3: {
        bucket: { name: Bucket, arn: bucket.arn },
        object: {
          key: 'drop/bank/rekening+koran%2B1.xml',
          size: 11,
          eTag: createHash('md5').update('<Document/>').digest('hex'),
          versionId: expect.any(String),
        },
      },
    })
  })

  test('hear after a restart of what was there, and find it; bytes that belong to nothing are gone', async () => {
    await put('drop/before.csv', 'before')
    await eventsSent()
    const blobs = path.join(dataDir, 'files', 'blobs')
    writeFileSync(path.join(blobs, 'left-by-a-kill'), 'half of a file')
    await stop()
    await start()
    expect(await textOf('drop/before.csv')).toBe('before')
    expect(readdirSync(blobs)).not.toContain('left-by-a-kill')
    await put('drop/after.csv', 'after')
    expect(await eventsSent()).toHaveLength(1)
  })
})
