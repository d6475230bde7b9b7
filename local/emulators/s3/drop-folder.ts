/**
 * A folder on disk as a way into the bucket: what is put into `.hub/drop/` is delivered under the same name, and then lies in
 * `.hub/dropped/`. A file is taken once it has stopped growing. One that a kill catches between the two is delivered again.
 */
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FileUploads } from './file-uploads.ts'

export type DropFolder = {
  /** Files that lie there and are not yet delivered. */
  readonly waiting: () => Promise<number>
  readonly stop: () => Promise<void>
}

const LOOK_MILLIS = 250
/** Editors and browsers keep their unfinished files under such names. */
const UNFINISHED = /(^|\/)\.|~$|\.(part|tmp|crdownload)$/

export function watchDropFolder(
  dataDir: string,
  desk: Pick<FileUploads, 'drop'>,
  say: (line: string) => void,
): DropFolder {
  const folder = path.join(dataDir, 'drop')
  const done = path.join(dataDir, 'dropped')
  const seen = new Map<string, string>()
  let stopping = false

  async function look(): Promise<void> {
    for (const name of await filesIn(folder)) {
      const file = path.join(folder, name)
      const found = await stat(file).catch(() => undefined)
      if (found === undefined) continue
      const shape = `${found.size} ${found.mtimeMs}`
      const isStill = seen.get(name) === shape
      seen.set(name, shape)
      if (isStill) await deliver(name, file, found.size)
    }
  }

  async function deliver(name: string, file: string, bytes: number): Promise<void> {
    await desk.drop(name, createReadStream(file), bytes)
    const kept = path.join(done, name)
    await mkdir(path.dirname(kept), { recursive: true })
    await rename(file, kept)
    seen.delete(name)
    say(`Delivered ${name} (${bytes} bytes)`)
  }

  async function run(): Promise<void> {
    await mkdir(path.join(folder, 'bank'), { recursive: true })
    while (!stopping) {
      await look().catch((error: Error) => console.warn(`A file in ${folder} was not delivered: ${error.message}`))
      await sleep(LOOK_MILLIS)
    }
  }

  const running = run()
  return {
    waiting: async () => (await filesIn(folder)).length,
    stop: async () => {
      stopping = true
      await running
    },
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !UNFINISHED.test(name))
}
