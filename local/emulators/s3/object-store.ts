/**
 * The objects of S3 on a laptop: bytes in files, what is known of them in SQLite, every version kept.
 *
 * Promises: an object is there whole or not at all, whenever the process is killed; bytes stream to disk and are never held
 * whole; the notification of a new object (S3's event) is written with the object and stays until it is sent. Knows no HTTP.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'

/** Bytes on disk that belong to nothing yet. */
export type Blob = {
  readonly blob: string
  readonly size: number
  readonly md5: string
  readonly sha256: string
  readonly crc32: string
}
export type ObjectMetadata = { readonly contentType: string; readonly metadata: Readonly<Record<string, string>> }
export type Place = { readonly bucket: string; readonly key: string }
export type StoredObject = Place &
  ObjectMetadata & {
    readonly version: string
    readonly blob: string
    readonly size: number
    readonly etag: string
    readonly modified: number
    /** Null where the object was put in parts: S3 then knows none of the whole. */
    readonly crc32: string | null
  }
type VersionMarker = { readonly key: string; readonly version: string }
export type ObjectCreatedEvent = 'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload'
export type PendingNotification = { readonly id: number; readonly url: string; readonly body: string }
/** `onlyOver`: the ETag of what must be the newest version; null or absent: whatever is. */
type KeepOptions = {
  readonly made: ObjectCreatedEvent
  readonly onlyNew: boolean
  readonly onlyOver?: string | null
}
export type StoreOptions = {
  readonly folder: string
  readonly now: () => number
  /** The notifications of a new object, by queue. */
  readonly notificationsOf: (
    made: ObjectCreatedEvent,
    object: StoredObject,
  ) => readonly { readonly url: string; readonly body: string }[]
}
export type Part = { readonly number: number; readonly blob: string; readonly size: number; readonly etag: string }
export type Upload = Place & ObjectMetadata & { readonly parts: readonly Part[] }
export type ObjectStore = ReturnType<typeof openObjectStore>

const SCHEMA = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS objects (
  bucket TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, latest INTEGER NOT NULL, blob TEXT NOT NULL,
  size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, crc32 TEXT, about TEXT NOT NULL,
  PRIMARY KEY (bucket, key, version)
);
CREATE UNIQUE INDEX IF NOT EXISTS latest ON objects (bucket, key) WHERE latest = 1;
CREATE TABLE IF NOT EXISTS uploads (id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, about TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
  upload TEXT NOT NULL, number INTEGER NOT NULL, blob TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
  PRIMARY KEY (upload, number)
);
CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, url TEXT NOT NULL, body TEXT NOT NULL);
`

export function openObjectStore({ folder, now, notificationsOf }: StoreOptions) {
  const blobs = path.join(folder, 'blobs')
  mkdirSync(blobs, { recursive: true })
  const database = new DatabaseSync(path.join(folder, 'objects.sqlite'))
  database.exec(SCHEMA)
  const all = (sql: string, ...given: SQLInputValue[]) => database.prepare(sql).all(...given) as Row[]
  const run = (sql: string, ...given: SQLInputValue[]) => database.prepare(sql).run(...given)
  const blobFile = (name: string) => path.join(blobs, name)
  removeOrphans()

  /** Bytes of a write that a kill cut short. */
  function removeOrphans(): void {
    const known = new Set(all('SELECT blob FROM objects UNION SELECT blob FROM parts').map(({ blob }) => blob))
    for (const name of readdirSync(blobs)) if (!known.has(name)) rmSync(blobFile(name), { force: true })
  }

  async function write(bytes: AsyncIterable<Uint8Array>): Promise<Blob> {
    const blob = randomUUID()
    const md5 = createHash('md5')
    const sha256 = createHash('sha256')
    let size = 0
    let crc = 0
    const file = await open(blobFile(blob), 'wx', 0o600)
    try {
      for await (const chunk of bytes) {
        md5.update(chunk)
        sha256.update(chunk)
        crc = crc32(chunk, crc)
        size += chunk.length
        await file.writev([chunk])
      }
    } catch (error) {
      discard(blob)
      throw error
    } finally {
      await file.close()
    }
    const checksum = Buffer.alloc(4)
    checksum.writeUInt32BE(crc)
    const digests = { md5: md5.digest('hex'), sha256: sha256.digest('base64'), crc32: checksum.toString('base64') }
    return { blob, size, ...digests }
  }

  function discard(blob: string): void {
    rmSync(blobFile(blob), { force: true })
  }

  function inOneStep<T>(work: () => T): T {
    database.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      database.exec('COMMIT')
      return result
    } catch (error) {
      database.exec('ROLLBACK')
      throw error
    }
  }

  /**
   * Makes the blob the newest version of the object, and notes whom to tell. `exists`: asked to make it only if new, or only over
   * another version than the newest. `absent`: asked to make it only over one that is not there.
   */
  function keep(
    { bucket, key }: Place,
    { contentType, metadata }: ObjectMetadata,
    { blob, size, etag, crc32 }: Pick<StoredObject, 'blob' | 'size' | 'etag' | 'crc32'>,
    { made, onlyNew, onlyOver = null }: KeepOptions,
  ): StoredObject | 'exists' | 'absent' {
    const version = randomUUID().replaceAll('-', '')
    const modified = now()
    const object = { bucket, key, version, blob, size, etag, modified, crc32, contentType, metadata }
    return inOneStep(() => {
      const newest = onlyNew || onlyOver !== null ? find({ bucket, key }) : undefined
      if (onlyNew && newest !== undefined) return 'exists'
      if (onlyOver !== null && newest?.etag !== onlyOver) return newest ? 'exists' : 'absent'
      run('UPDATE objects SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1', bucket, key)
      const about = JSON.stringify({ contentType, metadata })
      const values = [bucket, key, version, blob, size, etag, Math.trunc(modified), crc32, about]
      run('INSERT INTO objects VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)', ...values)
      for (const { url, body } of notificationsOf(made, object))
        run('INSERT INTO notes (url, body) VALUES (?, ?)', url, body)
      return object
    })
  }

  function find({ bucket, key }: Place, version?: string): StoredObject | undefined {
    const rows =
      version === undefined
        ? all('SELECT * FROM objects WHERE bucket = ? AND key = ? AND latest = 1', bucket, key)
        : all('SELECT * FROM objects WHERE bucket = ? AND key = ? AND version = ?', bucket, key, version)
    return rows[0] && objectOf(rows[0])
  }

  return {
    write,
    discard,
    keep,
    find,
    /** Bytes `from` to `to`, both included. */
    read: ({ blob }: { readonly blob: string }, from?: number, to?: number): Readable =>
      createReadStream(blobFile(blob), {
        ...(from === undefined ? {} : { start: from }),
        ...(to === undefined ? {} : { end: to }),
      }),
    /** In the order of S3: by the bytes of their keys. */
    list: (bucket: string, prefix: string, after: string, limit: number): readonly StoredObject[] =>
      all(
        'SELECT * FROM objects WHERE bucket = ? AND latest = 1 AND key > ? AND key >= ? AND key < ? ORDER BY key LIMIT ?',
        ...[bucket, after, prefix, `${prefix}\u{10ffff}`, limit],
      ).map(objectOf),
    /** All versions, by key and version. */
    listVersions: (bucket: string, prefix: string, after: VersionMarker, limit: number): readonly StoredObject[] =>
      all(
        'SELECT * FROM objects WHERE bucket = ? AND (key, version) > (?, ?) AND key >= ? AND key < ? ORDER BY key, version LIMIT ?',
        ...[bucket, after.key, after.version, prefix, `${prefix}\u{10ffff}`, limit],
      ).map(objectOf),
    begin: ({ bucket, key }: Place, about: ObjectMetadata): string => {
      const id = randomUUID()
      run('INSERT INTO uploads VALUES (?, ?, ?, ?)', id, bucket, key, JSON.stringify(about))
      return id
    },
    addPart: (upload: string, number: number, { blob, size, md5 }: Blob): void => {
      for (const before of all('SELECT blob FROM parts WHERE upload = ? AND number = ?', upload, number))
        discard(String(before.blob))
      run('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)', upload, number, blob, size, md5)
    },
    upload: (id: string): Upload | undefined => {
      const [row] = all('SELECT * FROM uploads WHERE id = ?', id)
      if (row === undefined) return undefined
      const parts = all('SELECT * FROM parts WHERE upload = ? ORDER BY number', id).map(partOf)
      return { bucket: String(row.bucket), key: String(row.key), ...aboutOf(row), parts }
    },
    /** Forgets the upload and what it brought. */
    end: (id: string): void => {
      for (const { blob } of all('SELECT blob FROM parts WHERE upload = ?', id)) discard(String(blob))
      run('DELETE FROM parts WHERE upload = ?', id)
      run('DELETE FROM uploads WHERE id = ?', id)
    },
    pendingNotifications: (): readonly PendingNotification[] =>
      all('SELECT * FROM notes ORDER BY id LIMIT 100') as unknown as readonly PendingNotification[],
    markSent: (id: number): void => void run('DELETE FROM notes WHERE id = ?', id),
    close: () => database.close(),
  }
}

type Row = Record<string, unknown>

function objectOf(row: Row): StoredObject {
  const { bucket, key, version, blob, size, etag, modified, crc32 } = row as unknown as StoredObject
  return { bucket, key, version, blob, size, etag, modified, crc32, ...aboutOf(row) }
}

function partOf(row: Row): Part {
  const { number, blob, size, etag } = row as unknown as Part
  return { number, blob, size, etag }
}

function aboutOf({ about }: Row): ObjectMetadata {
  return JSON.parse(String(about)) as ObjectMetadata
}
