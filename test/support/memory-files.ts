/** The files bucket in memory: the twin of shared/store/files/files.ts for tests. */
import { createHash } from 'node:crypto'
import { Defect } from '../../shared/runtime/faults.ts'
import type { AttachmentStore } from '../../shared/store/files/attachments.ts'
import type { DroppedFile, FileBytes, FileStore } from '../../shared/store/files/files.ts'
import type { ListSegments } from '../../shared/store/files/list-segments.ts'

export type MemoryFiles = FileStore & {
  /** `version`: as the bucket names it; a name keeps all of its versions. */
  readonly drop: (name: string, content: string | Uint8Array, version?: string) => void
  /** Digests of everything that is kept. */
  readonly everKept: () => readonly string[]
  /** By channel and name. */
  readonly everOutgoing: () => ReadonlyMap<string, Uint8Array>
}

export function memoryFiles(): MemoryFiles {
  const drops = new Map<string, Uint8Array>()
  const kept = new Map<string, Uint8Array>()
  const outgoing = new Map<string, Uint8Array>()
  const keep = async (sha256: string, bytes: Uint8Array) => {
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('kept under a digest not its own')
    kept.set(sha256, Uint8Array.from(bytes))
  }
  const versionOf = ({ name, version }: DroppedFile) => JSON.stringify([name, version])
  const found = (file: DroppedFile) => drops.get(versionOf(file)) ?? drops.get(file.name)
  return {
    drop: (name, content, version) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content
      drops.set(name, bytes)
      if (version !== undefined) drops.set(versionOf({ name, version }), bytes)
    },
    everKept: () => [...kept.keys()],
    dropped: async (file) => {
      const bytes = found(file)
      return bytes && inPieces(bytes)
    },
    keepDropped: (sha256, file) => keep(sha256, found(file) ?? new Uint8Array()),
    keep,
    putOutgoing: async (channel, name, bytes) => void outgoing.set(`${channel}/${name}`, Uint8Array.from(bytes)),
    outgoing: async (channel, name) => {
      const bytes = outgoing.get(`${channel}/${name}`)
      return bytes && inPieces(bytes)
    },
    everOutgoing: () => outgoing,
    kept: async (sha256) => {
      const bytes = kept.get(sha256)
      if (bytes) return inPieces(bytes)
      throw new Defect('FILE_NOT_KEPT', 'expected the raw bytes of a received file to be kept, they are not there')
    },
  }
}

/** In uneven pieces, as a network gives them. */
async function* inPieces(bytes: Uint8Array): FileBytes & AsyncGenerator<Uint8Array> {
  for (let at = 0, size = 997; at < bytes.length; at += size, size = size === 997 ? 4_096 : 997) {
    yield bytes.subarray(at, at + size)
  }
}

/** The bytes of attachments in memory: the twin of shared/store/files/attachments.ts. */
export function memoryAttachments(): AttachmentStore & { readonly keys: () => readonly string[] } {
  const kept = new Map<string, Uint8Array>()
  return {
    keys: () => [...kept.keys()],
    put: async (differenceId, sha256, bytes) => void kept.set(`${differenceId}/${sha256}`, Uint8Array.from(bytes)),
    get: async (differenceId, sha256) => {
      const bytes = kept.get(`${differenceId}/${sha256}`)
      if (!bytes) throw new Error('expected an attachment to be kept before it is asked for')
      return bytes
    },
  }
}

/** What sponsors' lists say, in memory: the twin of shared/store/files/list-segments.ts. */
export function memoryListSegments(): ListSegments {
  const objects = new Map<string, string>()
  const get = (key: string) => {
    const text = objects.get(key)
    return text === undefined ? undefined : JSON.parse(text)
  }
  return {
    put: async (cohort, segment, rows) => void objects.set(`${cohort} ${segment}`, JSON.stringify(rows)),
    get: async (cohort, segment) => get(`${cohort} ${segment}`),
    putFlagged: async (cohort, lines) => void objects.set(`${cohort} flagged`, JSON.stringify(lines)),
    flagged: async (cohort) => get(`${cohort} flagged`) ?? [],
  }
}
