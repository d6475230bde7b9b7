/**
 * The files bucket: what partners and banks drop, and every file ever received, as it came.
 *
 * | key | holds |
 * |---|---|
 * | `drop/<name>`, `drop/bank/<name>` | dropped by a partner or by finance; announced to queue `import`; expires |
 * | `kept/<sha256>` | the raw bytes of every file that was received, refused ones too, for ever |
 * | `attachments/<difference id>/<sha256>` | what people attach to a difference, for ever (attachments.ts) |
 * | `outgoing/<channel>/<name>` | answers to a channel's files, for the channel to fetch; its one reader outside |
 * | `lists/<cohort>/…` | what sponsors' lists say, in segments (list-segments.ts), and their rows as judged and enrolled (cohort-rows.ts) |
 * | `settled/<channel>/<date>/…` | lines behind a statement's figures (settled-lines.ts) |
 *
 * Promise: a kept file is named by its content, so keeping it twice changes nothing and it never changes. Reads throw
 * `Transient` also in the middle of a file. Producer and consumer: shared/intake/take-in-settlement-file.ts, functions/reconcile-settlement.
 */
import { CopyObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { Defect, Transient } from '../../runtime/faults.ts'
import { reading, writing } from '../dynamo/errors.ts'

/** An object under `drop/`: `name` is what follows it. `version` is S3's; null where the bucket keeps none. */
export type DroppedFile = { readonly name: string; readonly version: string | null }

export type FileBytes = AsyncIterable<Uint8Array>

export type FileStore = {
  /** Undefined when it is no longer there. */
  readonly dropped: (file: DroppedFile) => Promise<FileBytes | undefined>
  readonly keepDropped: (sha256: string, file: DroppedFile) => Promise<void>
  readonly keep: (sha256: string, bytes: Uint8Array) => Promise<void>
  /** Puts an answer where its channel fetches it. A name of ours stands for one content: put again, it is the same. */
  readonly putOutgoing: (channel: string, name: string, bytes: Uint8Array) => Promise<void>
  /** Undefined when there is none of this name. */
  readonly outgoing: (channel: string, name: string) => Promise<FileBytes | undefined>
  /** Throws a Defect `FILE_NOT_KEPT` when nothing is kept under this digest. */
  readonly kept: (sha256: string) => Promise<FileBytes>
}

export function s3Files(client: S3Client, bucket: string): FileStore {
  const open = (key: string, version: string | null) =>
    reading('a file', async () => {
      const object = { Bucket: bucket, Key: key, ...(version === null ? {} : { VersionId: version }) }
      try {
        const { Body: body } = await client.send(new GetObjectCommand(object))
        return body as FileBytes | undefined
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    })
  return {
    dropped: async ({ name, version }) => {
      const body = await open(dropKey(name), version)
      return body && unbroken(body)
    },
    keepDropped: (sha256, { name, version }) => {
      const from = `${bucket}/${dropKey(name).split('/').map(encodeURIComponent).join('/')}`
      const CopySource = version === null ? from : `${from}?versionId=${encodeURIComponent(version)}`
      return putOnce(() =>
        client.send(new CopyObjectCommand({ Bucket: bucket, Key: keptKey(sha256), CopySource, IfNoneMatch: '*' })),
      )
    },
    keep: (sha256, bytes) =>
      putOnce(() =>
        client.send(new PutObjectCommand({ Bucket: bucket, Key: keptKey(sha256), Body: bytes, IfNoneMatch: '*' })),
      ),
    putOutgoing: async (channel, name, bytes) => {
      const object = { Bucket: bucket, Key: outgoingKey(channel, name), Body: bytes, ContentType: 'text/csv' }
      await writing('a file', () => client.send(new PutObjectCommand(object)))
    },
    outgoing: async (channel, name) => {
      const body = await open(outgoingKey(channel, name), null)
      return body && unbroken(body)
    },
    kept: async (sha256) => {
      const body = await open(keptKey(sha256), null)
      if (body) return unbroken(body)
      throw new Defect('FILE_NOT_KEPT', 'expected the raw bytes of a received file to be kept, they are not there')
    },
  }
}

/** What is there already was put by an earlier try: the key says that the bytes are the same. */
export async function putOnce(put: () => Promise<unknown>): Promise<void> {
  await writing('a file', async () => {
    try {
      await put()
    } catch (error) {
      if (isBeingPut(error)) throw new Transient('FILE_BEING_KEPT', 'expected to be the only one to keep a file now')
      if (!isThereAlready(error)) throw error
    }
  })
}

function dropKey(name: string): string {
  return `drop/${name}`
}

function outgoingKey(channel: string, name: string): string {
  return `outgoing/${channel}/${name}`
}

function keptKey(sha256: string): string {
  return `kept/${sha256}`
}

/** A connection that ends in the middle of a file is no defect of the file. */
async function* unbroken(body: FileBytes): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new Transient('FILE_BROKEN_OFF', 'expected a file to arrive whole, the connection ended; try again', {
      cause,
    })
  }
}

type ServiceError = { readonly name?: string; readonly $metadata?: { readonly httpStatusCode?: number } }

function isAbsent(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError
  return name === 'NoSuchKey' || name === 'NoSuchVersion' || name === 'NotFound' || $metadata?.httpStatusCode === 404
}

/** S3's answer to two who put the same key at the same moment, each only if it is absent. */
function isBeingPut(error: unknown): boolean {
  return (error as ServiceError).$metadata?.httpStatusCode === 409
}

function isThereAlready(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError
  return name === 'PreconditionFailed' || $metadata?.httpStatusCode === 412
}
