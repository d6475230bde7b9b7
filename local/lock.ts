/** Folders as locks between processes: whoever makes it has it; one that a dead process left behind is taken over. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Lock = { readonly release: () => void }

/** Undefined when a living process has it; `holder` tells which. */
export function takeLock(folder: string): Lock | undefined {
  for (let tried = 0; tried < 2; tried++) {
    try {
      mkdirSync(folder)
      writeFileSync(path.join(folder, 'pid'), String(process.pid))
      return { release: () => rmSync(folder, { recursive: true, force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (holder(folder) !== undefined) return undefined
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return undefined
}

/** The process that has the lock; undefined when there is none, or none any more. */
export function holder(folder: string): number | undefined {
  const file = path.join(folder, 'pid')
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8'))
  try {
    process.kill(pid, 0)
    return pid
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined
  }
}

export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = takeLock(folder)
    if (lock) {
      try {
        return await work()
      } finally {
        lock.release()
      }
    }
    await sleep(100)
  }
}
