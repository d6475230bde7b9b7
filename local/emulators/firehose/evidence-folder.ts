/**
 * The delivery stream on a laptop: records appended to `.hub/evidence/<UTC date>.jsonl`, on disk before the call is answered.
 * Calls that come at the same time share one write and one sync.
 */
import { mkdirSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'

export type EvidenceFolder = {
  readonly append: (records: readonly Buffer[]) => Promise<void>
  readonly close: () => Promise<void>
}

export function evidenceFolder(dataDir: string, now: () => number): EvidenceFolder {
  const folder = path.join(dataDir, 'evidence')
  mkdirSync(folder, { recursive: true })
  let file: { readonly date: string; readonly handle: FileHandle } | undefined
  let waiting: Buffer[] = []
  let writing: Promise<void> | undefined

  async function write(): Promise<void> {
    // Everything that arrives until the next turn goes with this write.
    await new Promise(setImmediate)
    const records = waiting
    waiting = []
    writing = undefined
    const date = new Date(now()).toISOString().slice(0, 10)
    if (file?.date !== date) {
      await file?.handle.close()
      file = { date, handle: await open(path.join(folder, `${date}.jsonl`), 'a', 0o600) }
    }
    await file.handle.writev(records)
    await file.handle.datasync()
  }

  let last: Promise<void> = Promise.resolve()
  return {
    append: (records) => {
      waiting.push(...records)
      writing ??= last = last.catch(() => {}).then(write)
      return writing
    },
    close: async () => {
      await last
      await file?.handle.close()
    },
  }
}
