/** The files bucket in memory: the twin of shared/store/files/files.ts for tests. */
import { createHash } from 'node:crypto'
import { Defect } from '../../shared/runtime/faults.ts'
import type { AttachmentStore } from '../../shared/store/files/attachments.ts'
import type { FileBytes, FileStore } from '../../shared/store/files/files.ts'

export type MemoryFiles = FileStore & {
  readonly drop: (name: string, content: string | Uint8Array) => void
  /** Digests of everything that is kept. */
  readonly everKept: () => readonly string[]
}

export function memoryFiles(): MemoryFiles {
  const drops = new Map<string, Uint8Array>()
  const kept = new Map<string, Uint8Array>()
  const keep = async (sha256: string, bytes: Uint8Array) => {
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new Error('kept under a digest not its own')
    kept.set(sha256, Uint8Array.from(bytes))
  }
  return {
    drop: (name, content) => void drops.set(name, typeof content === 'string' ? Buffer.from(content) : content),
    everKept: () => [...kept.keys()],
    dropped: async ({ name }) => {
      const bytes = drops.get(name)
      return bytes && inPieces(bytes)
    },
    keepDropped: (sha256, { name }) => keep(sha256, drops.get(name) ?? new Uint8Array()),
    keep,
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
