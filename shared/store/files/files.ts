/**
 * The files bucket: what partners and banks drop, and every file ever received, as it came.
 *
 * | key | holds |
 * |---|---|
 * | `drop/<name>`, `drop/bank/<name>` | dropped by a partner or by finance, as it came; announced to queue `import`; expires after 90 days |
 * | `kept/<sha256>` | every file that was received, refused ones too: sealed under its day's key; the digest is of the plain bytes |
 * | `attachments/<difference id>/<sha256>` | what people attach to a difference, sealed (attachments.ts) |
 * | `outgoing/<channel>/<name>` | answers to a channel's files, plain, for the channel to fetch; its one reader outside |
 * | `lists/<cohort>/…` | what sponsors' lists say, in segments (list-segments.ts), and their rows as judged and enrolled (cohort-rows.ts), sealed |
 * | `settled/<channel>/<date>/…` | lines behind a statement's figures (settled-lines.ts) |
 *
 * What is sealed ends with its day's key (shared/domain/data-keys.ts); what was kept before days had keys is plain and is read as it is.
 *
 * Promise: a kept file is named by its content, so keeping it twice changes nothing and it never changes. Reads throw
 * `Transient` also in the middle of a file, and `DATA_KEY_DESTROYED` after its time. Producer and consumer: shared/intake/take-in-settlement-file.ts, functions/reconcile-settlement.
 */
import { Readable } from 'node:stream'
import { GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3'
import { Defect, Transient } from '../../runtime/faults.ts'
import type { SealingKeys } from '../data-keys/sealing-keys.ts'
import { reading, writing } from '../dynamo/errors.ts'
import { openedBytes, type SealedBytes, sealedBytes, sealWhole } from './sealed-bytes.ts'

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

export function s3Files(client: S3Client, bucket: string, keys: SealingKeys): FileStore {
  const open = (key: string, version: string | null) =>
    reading('a file', async () => {
      const object = { Bucket: bucket, Key: key, ...(version === null ? {} : { VersionId: version }) }
      try {
        const { Body: body, ContentLength: length } = await client.send(new GetObjectCommand(object))
        return body && { bytes: unbroken(body as FileBytes), length }
      } catch (error) {
        if (isAbsent(error)) return undefined
        throw error
      }
    })
  return {
    dropped: async ({ name, version }) => {
      return (await open(dropKey(name), version))?.bytes
    },
    keepDropped: async (sha256, { name, version }) => {
      const key = await keys.current('kept')
      await putOnce(async () => {
        const plain = await open(dropKey(name), version)
        if (!plain)
          throw new Defect('DROPPED_FILE_GONE', 'expected a dropped file to be there until it is kept, it is gone')
        if (plain.length === undefined)
          throw new Transient('FILE_WITHOUT_LENGTH', 'expected S3 to say how long a file is')
        const object = { Bucket: bucket, Key: keptKey(sha256), IfNoneMatch: '*' }
        await putStream(client, object, sealedBytes(key, plain.bytes, plain.length))
      })
    },
    keep: async (sha256, bytes) => {
      const object = { Bucket: bucket, Key: keptKey(sha256), Body: sealWhole(await keys.current('kept'), bytes) }
      await putOnce(() => client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' })))
    },
    putOutgoing: async (channel, name, bytes) => {
      const object = { Bucket: bucket, Key: outgoingKey(channel, name), Body: bytes, ContentType: 'text/csv' }
      await writing('a file', () => client.send(new PutObjectCommand(object)))
    },
    outgoing: async (channel, name) => {
      return (await open(outgoingKey(channel, name), null))?.bytes
    },
    kept: async (sha256) => {
      const body = await open(keptKey(sha256), null)
      if (body) return openedBytes(body.bytes, keys)
      throw new Defect('FILE_NOT_KEPT', 'expected the raw bytes of a received file to be kept, they are not there')
    },
  }
}

/**
 * The SDK pipes a body into its request without listening to the body's errors, which would end the process: so what breaks in the
 * middle aborts the request, and is thrown here.
 */
async function putStream(
  client: S3Client,
  object: PutObjectCommandInput,
  { length, bytes }: SealedBytes,
): Promise<void> {
  const aborting = new AbortController()
  let fault: unknown
  async function* guarded() {
    try {
      yield* bytes()
    } catch (error) {
      fault = error
      aborting.abort()
    }
  }
  const body = Readable.from(guarded())
  try {
    const put = new PutObjectCommand({ ...object, Body: body, ContentLength: length })
    await client.send(put, { abortSignal: aborting.signal })
  } catch (error) {
    throw fault ?? error
  } finally {
    body.destroy()
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

/** No such key, and no such version of it. */
function isAbsent(error: unknown): boolean {
  return (error as ServiceError).$metadata?.httpStatusCode === 404
}

/** S3's answer to two who put the same key at the same moment, each only if it is absent. */
function isBeingPut(error: unknown): boolean {
  return (error as ServiceError).$metadata?.httpStatusCode === 409
}

function isThereAlready(error: unknown): boolean {
  const { name, $metadata } = error as ServiceError
  return name === 'PreconditionFailed' || $metadata?.httpStatusCode === 412
}
