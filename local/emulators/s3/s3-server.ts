/**
 * The S3 calls that the hub makes, over HTTP by path (`/<bucket>/<key>`): put, copy, get (ranges, versions), head, lists, and
 * uploads in parts. Checks what the caller says of its bytes (length, MD5, CRC-32, SHA-256) and `If-None-Match: *` and `If-Match`.
 *
 * Promises S3's own error codes, in XML. Who may do what is the proxy's business. An operation that is not here is refused.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { unframed } from './aws-chunked.ts'
import { completeUpload, ObjectError, xml } from './multipart-uploads.ts'
import type { Blob, ObjectMetadata, ObjectStore, Place, StoredObject } from './object-store.ts'

export type ObjectCall = {
  readonly store: ObjectStore
  readonly buckets: ReadonlySet<string>
}

export async function answerS3Call(
  parts: ObjectCall,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    await answer(parts, incoming, outgoing)
  } catch (error) {
    const refusal =
      error instanceof ObjectError ? error : new ObjectError(400, 'IncompleteBody', (error as Error).message)
    if (outgoing.headersSent) return void outgoing.destroy()
    incoming.resume()
    const body = incoming.method === 'HEAD' ? '' : xml('Error', { Code: refusal.code, Message: refusal.message })
    outgoing.writeHead(refusal.status, { 'content-type': 'application/xml' }).end(body)
  }
}

async function answer({ store, buckets }: ObjectCall, incoming: IncomingMessage, outgoing: ServerResponse) {
  const url = new URL(incoming.url ?? '/', 'http://s3')
  const [bucket = '', ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent)
  const place = { bucket, key: rest.join('/') }
  const { searchParams: query } = url
  if (!buckets.has(bucket))
    throw new ObjectError(404, 'NoSuchBucket', `expected a bucket of the template, got ${bucket}`)
  const call = `${incoming.method} ${place.key === '' ? 'bucket' : 'object'}${query.has('uploadId') ? ' part' : ''}`
  switch (call) {
    case 'GET bucket':
      return sendXml(
        outgoing,
        query.has('versions') ? versionListing(store, bucket, query) : listing(store, bucket, query),
      )
    case 'HEAD bucket':
      return void outgoing.writeHead(200).end()
    case 'GET object':
    case 'HEAD object':
      return sendObject(store, found(store, place, query.get('versionId')), incoming, outgoing)
    case 'PUT object': {
      const source = incoming.headers['x-amz-copy-source']
      return source === undefined
        ? putObject(store, place, incoming, outgoing)
        : copyObject(store, place, String(source), incoming, outgoing)
    }
    case 'PUT object part': {
      const upload = String(query.get('uploadId'))
      if (store.upload(upload) === undefined) throw new ObjectError(404, 'NoSuchUpload', 'expected a known upload')
      const blob = await received(store, incoming)
      store.addPart(upload, Number(query.get('partNumber')), blob)
      return void outgoing.writeHead(200, { etag: `"${blob.md5}"`, 'x-amz-checksum-crc32': blob.crc32 }).end()
    }
    case 'POST object': {
      if (!query.has('uploads')) break
      const UploadId = store.begin(place, aboutOf(incoming))
      return sendXml(outgoing, xml('InitiateMultipartUploadResult', { Bucket: bucket, Key: place.key, UploadId }))
    }
    case 'POST object part':
      return sendXml(outgoing, await completeUpload(store, String(query.get('uploadId')), incoming))
    case 'DELETE object part':
      store.end(String(query.get('uploadId')))
      return void outgoing.writeHead(204).end()
  }
  throw new ObjectError(501, 'NotImplemented', `expected a call that the local hub knows, got ${call}`)
}

async function putObject(store: ObjectStore, place: Place, incoming: IncomingMessage, outgoing: ServerResponse) {
  const blob = await received(store, incoming)
  const bytes = { ...blob, etag: blob.md5 }
  const object = kept(
    store,
    store.keep(place, aboutOf(incoming), bytes, { made: 'ObjectCreated:Put', ...conditionsOf(incoming) }),
    blob,
  )
  outgoing
    .writeHead(200, {
      etag: `"${object.etag}"`,
      'x-amz-version-id': object.version,
      'x-amz-checksum-crc32': blob.crc32,
    })
    .end()
}

async function copyObject(
  store: ObjectStore,
  place: Place,
  copySource: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
) {
  const [sourcePath = '', version] = copySource.replace(/^\//, '').split('?versionId=')
  const [bucket = '', ...key] = sourcePath.split('/').map(decodeURIComponent)
  const from = found(store, { bucket, key: key.join('/') }, version ?? null)
  const blob = await store.write(store.read(from))
  const about = incoming.headers['x-amz-metadata-directive'] === 'REPLACE' ? aboutOf(incoming) : from
  const options = { made: 'ObjectCreated:Copy', ...conditionsOf(incoming) } as const
  const object = kept(store, store.keep(place, about, { ...blob, etag: blob.md5 }, options), blob)
  outgoing.setHeader('x-amz-version-id', object.version)
  const LastModified = new Date(object.modified).toISOString()
  sendXml(outgoing, xml('CopyObjectResult', { ETag: `"${object.etag}"`, LastModified }))
}

function kept(store: ObjectStore, result: StoredObject | 'exists' | 'absent', { blob }: Blob): StoredObject {
  if (typeof result !== 'string') return result
  store.discard(blob)
  if (result === 'absent') throw new ObjectError(404, 'NoSuchKey', 'The specified key does not exist.')
  throw new ObjectError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold')
}

function conditionsOf({ headers }: IncomingMessage) {
  const over = headers['if-match']?.replaceAll('"', '') ?? null
  return { onlyNew: headers['if-none-match'] === '*', onlyOver: over }
}

/** The body on disk, if it is what its sender says it is. */
async function received(store: ObjectStore, incoming: IncomingMessage): Promise<Blob> {
  const { headers } = incoming
  const { bytes, trailers } = unframed(headers, incoming)
  const blob = await store.write(bytes)
  const trailerOrHeader = (name: string) => headers[name] ?? trailers.get(name)
  const length = trailerOrHeader('x-amz-decoded-content-length') ?? headers['content-length']
  const sha256 = Buffer.from(blob.sha256, 'base64').toString('hex')
  const claims: readonly (readonly [string, unknown, string | number])[] = [
    ['content-md5', trailerOrHeader('content-md5'), Buffer.from(blob.md5, 'hex').toString('base64')],
    ['x-amz-checksum-crc32', trailerOrHeader('x-amz-checksum-crc32'), blob.crc32],
    ['x-amz-checksum-sha256', trailerOrHeader('x-amz-checksum-sha256'), blob.sha256],
    ['x-amz-content-sha256', /^[0-9a-f]{64}$/.exec(String(headers['x-amz-content-sha256']))?.[0], sha256],
    ['length', length === undefined ? undefined : Number(length), blob.size],
  ]
  const wrong = claims.find(([, claimed, actual]) => claimed !== undefined && claimed !== actual)
  if (wrong === undefined) return blob
  store.discard(blob.blob)
  throw new ObjectError(400, 'BadDigest', `expected the body to have the ${wrong[0]} that was said, it has another`)
}

function found(store: ObjectStore, place: Place, version: string | null): StoredObject {
  const object = store.find(place, version ?? undefined)
  if (object === undefined) throw new ObjectError(404, 'NoSuchKey', 'The specified key does not exist.')
  return object
}

async function sendObject(
  store: ObjectStore,
  object: StoredObject,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(incoming.headers.range ?? '') ?? []
  const from = Number(first ?? 0)
  const to = Math.min(last ? Number(last) : object.size - 1, object.size - 1)
  if (first !== undefined && from >= object.size)
    throw new ObjectError(416, 'InvalidRange', 'The requested range is not satisfiable')
  const wantsChecksum =
    incoming.headers['x-amz-checksum-mode'] === 'ENABLED' && first === undefined && object.crc32 !== null
  outgoing.writeHead(first === undefined ? 200 : 206, {
    'content-type': object.contentType,
    'content-length': String(first === undefined ? object.size : to - from + 1),
    'accept-ranges': 'bytes',
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modified).toUTCString(),
    'x-amz-version-id': object.version,
    ...Object.fromEntries(Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    ...(wantsChecksum ? { 'x-amz-checksum-crc32': object.crc32 } : {}),
    ...(first === undefined ? {} : { 'content-range': `bytes ${from}-${to}/${object.size}` }),
  })
  if (incoming.method === 'HEAD' || object.size === 0) return void outgoing.end()
  await pipeline(first === undefined ? store.read(object) : store.read(object, from, to), outgoing)
}

/** One page of at most 1,000 keys; with a delimiter, what lies deeper is named by its folder only. */
function listing(store: ObjectStore, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const limit = Math.min(1_000, Number(query.get('max-keys') ?? 1_000))
  const after = query.get('continuation-token') ?? query.get('start-after') ?? ''
  const page = store.list(bucket, prefix, after, limit + 1)
  const isTruncated = page.length > limit
  const shown = page.slice(0, limit)
  const folderOf = ({ key }: StoredObject) => {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
    return end < 0 ? undefined : key.slice(0, end + delimiter.length)
  }
  const Contents = shown
    .filter((object) => folderOf(object) === undefined)
    .map(({ key, modified, etag, size }) => ({
      Key: key,
      LastModified: new Date(modified).toISOString(),
      ETag: `"${etag}"`,
      Size: size,
      StorageClass: 'STANDARD',
    }))
  const folders = new Set(shown.map(folderOf).filter((folder) => folder !== undefined))
  const CommonPrefixes = [...folders].map((Prefix) => ({ Prefix }))
  return xml('ListBucketResult', {
    Name: bucket,
    Prefix: prefix,
    KeyCount: Contents.length + CommonPrefixes.length,
    MaxKeys: limit,
    IsTruncated: String(isTruncated),
    ...(isTruncated ? { NextContinuationToken: shown.at(-1)?.key ?? '' } : {}),
    Contents,
    CommonPrefixes,
  })
}

/** One page of at most 1,000 versions, by key; the versions of one key stand together. */
function versionListing(store: ObjectStore, bucket: string, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? ''
  const limit = Math.min(1_000, Number(query.get('max-keys') ?? 1_000))
  const after = { key: query.get('key-marker') ?? '', version: query.get('version-id-marker') ?? '' }
  const page = store.listVersions(bucket, prefix, after, limit + 1)
  const isTruncated = page.length > limit
  const shown = page.slice(0, limit)
  const last = shown.at(-1)
  return xml('ListVersionsResult', {
    Name: bucket,
    Prefix: prefix,
    MaxKeys: limit,
    IsTruncated: String(isTruncated),
    ...(isTruncated ? { NextKeyMarker: last?.key ?? '', NextVersionIdMarker: last?.version ?? '' } : {}),
    Version: shown.map(({ key, version, modified, etag, size }) => ({
      Key: key,
      VersionId: version,
      LastModified: new Date(modified).toISOString(),
      ETag: `"${etag}"`,
      Size: size,
    })),
  })
}

function aboutOf({ headers }: IncomingMessage): ObjectMetadata {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'))
  const metadata = Object.fromEntries(own.map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)]))
  return { contentType: headers['content-type'] ?? 'application/octet-stream', metadata }
}

function sendXml(outgoing: ServerResponse, text: string): void {
  outgoing.writeHead(200, { 'content-type': 'application/xml' }).end(text)
}
