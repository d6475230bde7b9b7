/**
 * The bytes that people attach to a difference, in the files bucket under `attachments/<difference id>/<sha256>`.
 *
 * Promise: named by difference and content, so keeping them twice changes nothing and they never change. What is attached to
 * which case is said by table `settlements` alone (settlements/case-notes.ts).
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { reading } from '../dynamo/errors.ts'
import { putOnce } from './files.ts'

export type AttachmentStore = {
  readonly put: (differenceId: string, sha256: string, bytes: Uint8Array) => Promise<void>
  readonly get: (differenceId: string, sha256: string) => Promise<Uint8Array>
}

export function s3Attachments(client: S3Client, bucket: string): AttachmentStore {
  return {
    put: (differenceId, sha256, bytes) => {
      const object = {
        Bucket: bucket,
        Key: keyOf(differenceId, sha256),
        Body: bytes,
        ContentType: 'application/octet-stream',
      }
      return putOnce(() => client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' })))
    },
    get: (differenceId, sha256) =>
      reading('an attachment', async () => {
        const { Body: body } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: keyOf(differenceId, sha256) }),
        )
        return (await body?.transformToByteArray()) ?? new Uint8Array()
      }),
  }
}

function keyOf(differenceId: string, sha256: string): string {
  return `attachments/${differenceId}/${sha256}`
}
