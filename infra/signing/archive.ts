/**
 * The ZIP archive of a function's bundle: what is uploaded, signed and deployed. The same files give the same bytes on every
 * machine and in every year: names in order, one date, and nothing compressed, because a compressor's output changes with its version.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'

type ArchivedFile = { readonly name: string; readonly contents: Buffer }

/** Version 2.0 of the format; made by Unix, whose access rights are then kept. */
const VERSION = 20
const MADE_BY_UNIX = (3 << 8) | VERSION
/** A plain file that everybody may read: Lambda runs the bundle as a user of its own. */
const READABLE_FILE = (0o100644 << 16) >>> 0
/** 1 January 1980, the first day that the format knows. */
const FIRST_DAY = 0x21
const UTF8_NAMES = 0x0800

/** Of every file directly in the folder. */
export function archiveOf(folder: string): Buffer {
  const names = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    if (entry.isFile()) return entry.name
    throw new Error(`BUNDLE_UNEXPECTED: expected plain files only in ${folder}, got ${entry.name}; bundle anew`)
  })
  return zipOf(names.sort().map((name) => ({ name, contents: readFileSync(path.join(folder, name)) })))
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function zipOf(files: readonly ArchivedFile[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const name = Buffer.from(file.name)
    const body = Buffer.concat([localHeader(file, name), name, file.contents])
    directory.push(directoryEntry(file, name, offset), name)
    bodies.push(body)
    offset += body.length
  }
  const listed = Buffer.concat(directory)
  return Buffer.concat([...bodies, listed, endOfDirectory(files.length, listed.length, offset)])
}

function localHeader(file: ArchivedFile, name: Buffer): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(VERSION, 4)
  describe(header, 6, file, name)
  return header
}

function directoryEntry(file: ArchivedFile, name: Buffer, offset: number): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(MADE_BY_UNIX, 4)
  entry.writeUInt16LE(VERSION, 6)
  describe(entry, 8, file, name)
  entry.writeUInt32LE(READABLE_FILE, 38)
  entry.writeUInt32LE(offset, 42)
  return entry
}

/** Flags, method (stored), time, date, checksum, both sizes and the name's length: the same in both headers. */
function describe(header: Buffer, at: number, { contents }: ArchivedFile, name: Buffer): void {
  header.writeUInt16LE(UTF8_NAMES, at)
  header.writeUInt16LE(FIRST_DAY, at + 6)
  header.writeUInt32LE(crc32(contents), at + 8)
  header.writeUInt32LE(contents.length, at + 12)
  header.writeUInt32LE(contents.length, at + 16)
  header.writeUInt16LE(name.length, at + 20)
}

function endOfDirectory(files: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files, 8)
  end.writeUInt16LE(files, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
