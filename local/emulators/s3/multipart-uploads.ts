/** The end of an upload in parts, and what all object calls share: S3's errors and its XML. Knows HTTP bodies, no headers. */
import { createHash } from 'node:crypto'
import type { ObjectStore, Part, StoredObject } from './object-store.ts'

/** Said to the caller in S3's words. */
export class ObjectError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Puts the parts together in the order that the caller names, and forgets the upload. */
export async function completeUpload(store: ObjectStore, id: string, body: AsyncIterable<Uint8Array>): Promise<string> {
  const upload = store.upload(id)
  if (upload === undefined) throw new ObjectError(404, 'NoSuchUpload', 'expected a known upload')
  const parts = namedParts(await textOf(body)).map(({ number, etag }) => {
    const part = upload.parts.find((each) => each.number === number && each.etag === etag)
    if (part === undefined) throw new ObjectError(400, 'InvalidPart', `expected part ${number} as it was uploaded`)
    return part
  })
  if (parts.length === 0) throw new ObjectError(400, 'MalformedXML', 'expected at least one part')
  const blob = await store.write(concatenated(store, parts))
  const digests = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))
  const etag = `${createHash('md5').update(digests).digest('hex')}-${parts.length}`
  const options = { made: 'ObjectCreated:CompleteMultipartUpload', onlyNew: false } as const
  const { bucket, key, contentType, metadata } = upload
  const object = store.keep(
    { bucket, key },
    { contentType, metadata },
    { ...blob, etag, crc32: null },
    options,
  ) as StoredObject
  store.end(id)
  return xml('CompleteMultipartUploadResult', { Bucket: object.bucket, Key: object.key, ETag: `"${object.etag}"` })
}

async function* concatenated(store: ObjectStore, parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield* store.read(part)
}

function namedParts(text: string): readonly { readonly number: number; readonly etag: string }[] {
  return [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, inner = '']) => ({
    number: Number(/<PartNumber>(\d+)</.exec(inner)?.[1]),
    etag: /<ETag>(?:"|&quot;)?([0-9a-f]+)/.exec(inner)?.[1] ?? '',
  }))
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

type Fields = { readonly [name: string]: string | number | readonly Fields[] }

/** `<name>` with one element per field; a list gives one element per entry. */
export function xml(name: string, fields: Fields): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, fields)}`
}

function element(name: string, value: string | number | Fields): string {
  if (typeof value !== 'object') return `<${name}>${escaped(String(value))}</${name}>`
  const inner = Object.entries(value).flatMap(([field, content]) =>
    Array.isArray(content) ? content.map((each) => element(field, each)) : [element(field, content as string | number)],
  )
  return `<${name}>${inner.join('')}</${name}>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"\p{Cc}]/gu, (character) => `&#${character.codePointAt(0)};`)
}
