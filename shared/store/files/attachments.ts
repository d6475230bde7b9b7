/**
 * The bytes that people attach to a difference, in the files bucket under `attachments/<difference id>/<sha256>`.
 *
 * Promise: named by difference and content, so keeping them twice changes nothing and they never change. What is attached to
 * which case is said by table `settlements` alone (settlements/case-notes.ts). Sealed under the key of their day (sealed-bytes.ts).
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { SealingKeys } from '../data-keys/sealing-keys.ts'
import { reading } from '../dynamo/errors.ts'
import { type FileBytes, putOnce } from './files.ts'
import { openWhole, sealWhole } from './sealed-bytes.ts'

export type AttachmentStore = {
  readonly put: (differenceId: string, sha256: string, bytes: Uint8Array) => Promise<void>
  readonly get: (differenceId: string, sha256: string) => Promise<Uint8Array>
}

export function s3Attachments(client: S3Client, bucket: string, keys: SealingKeys): AttachmentStore {
  return {
    put: async (differenceId, sha256, bytes) => {
      const object = {
        Bucket: bucket,
        Key: keyOf(differenceId, sha256),
        Body: sealWhole(await keys.current('attachments'), bytes),
        ContentType: 'application/octet-stream',
      }
      await putOnce(() => client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' })))
    },
    get: (differenceId, sha256) =>
      reading('an attachment', async () => {
        const { Body: body } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: keyOf(differenceId, sha256) }),
        )
        return body === undefined ? new Uint8Array() : openWhole(body as FileBytes, keys)
      }),
  }
}

function keyOf(differenceId: string, sha256: string): string {
  return `attachments/${differenceId}/${sha256}`
}
