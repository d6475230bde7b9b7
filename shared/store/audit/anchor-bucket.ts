/**
 * Anchors in the locked bucket: put by the one function that may (functions/anchor-audit), listed by those who verify. The
 * bucket's default retention locks each object; what is listed are all versions, so a mark that hides an object hides nothing.
 */
import { ListObjectVersionsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { formatUtc } from '../../domain/instant.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { ANCHORS_FOLDER, type AnchorNames, type AnchorSink, anchorName } from './anchors.ts'

export function bucketAnchors(client: S3Client, bucket: string): AnchorSink {
  return {
    put: async (anchor, at) => {
      const { sequence, hash, signature } = anchor
      const command = {
        Bucket: bucket,
        Key: anchorName(anchor),
        ContentType: 'application/json',
        Body: `${JSON.stringify({ chain: 'decisions', sequence, hash, signature, at: formatUtc(at) })}\n`,
      }
      await writing('an anchor of the audit chain', () => client.send(new PutObjectCommand(command)))
    },
  }
}

export function bucketAnchorNames(client: S3Client, bucket: string): AnchorNames {
  return { names: () => names(client, bucket) }
}

async function* names(client: S3Client, bucket: string): AsyncGenerator<string> {
  let marker: { readonly KeyMarker?: string | undefined; readonly VersionIdMarker?: string | undefined } = {}
  for (;;) {
    const command = { Bucket: bucket, Prefix: `${ANCHORS_FOLDER}/`, ...marker }
    const page = await reading('the anchors of the audit chain', () =>
      client.send(new ListObjectVersionsCommand(command)),
    )
    for (const { Key } of page.Versions ?? []) if (Key !== undefined) yield Key
    if (!page.IsTruncated) return
    marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
  }
}
