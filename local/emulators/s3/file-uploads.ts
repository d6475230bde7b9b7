/**
 * Files from outside into the bucket, as a partner or a bank delivers them: by S3's own API, below `drop/`. For the folder
 * that people drop files into and for the demo's partners; the hub's functions never pass here.
 */
import type { Readable } from 'node:stream'
import type { S3Client } from '@aws-sdk/client-s3'
import type { BucketPlan } from '../../cloud-assembly/buckets.ts'
import { REGION } from '../../cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../dynamodb/dynamodb.ts'

export type FileUploads = {
  /** `name` below `drop/`; `bytes` is as long as it says. */
  readonly drop: (name: string, body: Readable | Uint8Array, bytes: number) => Promise<void>
  readonly close: () => void
}

const FOLDER = 'drop/'

export function fileUploads(endpoint: string, buckets: readonly BucketPlan[]): FileUploads {
  const bucket = buckets.find(({ notifications }) => notifications.some(({ prefix }) => prefix === FOLDER))
  if (bucket === undefined)
    throw new Error(`expected a bucket of the template with a notification for ${FOLDER}, got none`)
  let opened: Promise<S3Client> | undefined

  /** Loaded when the first file comes: most starts drop none. */
  async function open(): Promise<S3Client> {
    const { S3Client } = await import('@aws-sdk/client-s3')
    return new S3Client({ endpoint, region: REGION, credentials: HUB_CREDENTIALS, forcePathStyle: true })
  }

  return {
    drop: async (name, Body, ContentLength) => {
      opened ??= open()
      const [client, { PutObjectCommand }] = await Promise.all([opened, import('@aws-sdk/client-s3')])
      const Key = FOLDER + name
      await client.send(new PutObjectCommand({ Bucket: bucket?.name, Key, Body, ContentLength }))
    },
    close: () => void opened?.then((client) => client.destroy()),
  }
}
