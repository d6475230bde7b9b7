/**
 * Folders as locks between processes: the process that makes the folder has the lock; a dead process loses it.
 *
 * A process id alone is no proof of life: ids are used again, above all in containers, and a killed process may stay in the
 * table. Where the system tells when a process began (Linux), that is compared too.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A hub takes a second or two to stop. */
const STOPPING_MILLIS = 4_000

export type Lock = { readonly release: () => void }

/** Undefined when a living process has it; `holder` tells which. */
export function takeLock(folder: string): Lock | undefined {
  // Made under another name and renamed: a lock always names its holder.
  const mine = `${folder}.${process.pid}`
  mkdirSync(mine, { recursive: true })
  writeFileSync(path.join(mine, 'pid'), `${process.pid} ${startedAt(process.pid) ?? ''}`)
  for (let tried = 0; tried < 2; tried++) {
    try {
      renameSync(mine, folder)
      return { release: () => rmSync(folder, { recursive: true, force: true }) }
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      if (holder(folder) !== undefined) break
      rmSync(folder, { recursive: true, force: true })
    }
  }
  rmSync(mine, { recursive: true, force: true })
  return undefined
}

/** Waits a little for a holder that is stopping. */
export async function waitForLock(folder: string): Promise<Lock | undefined> {
  const until = performance.now() + STOPPING_MILLIS
  for (;;) {
    const lock = takeLock(folder)
    if (lock || performance.now() > until) return lock
    await sleep(100)
  }
}

/** The process that has the lock; undefined when there is none, or none any more. */
export function holder(folder: string): number | undefined {
  const file = path.join(folder, 'pid')
  if (!existsSync(file)) return undefined
  const [pid, began] = readFileSync(file, 'utf8').split(' ')
  return isAlive(Number(pid), began ?? '') ? Number(pid) : undefined
}

function isAlive(pid: number, began: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (began === '' || !existsSync('/proc/self/stat')) return true
  return startedAt(pid) === began
}

/** In the system's own ticks since it started; undefined for a process that has ended, or where the system does not tell. */
function startedAt(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold spaces; what follows it does not: state first, the beginning as the twentieth.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
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
