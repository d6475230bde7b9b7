/**
 * Which processes a hub has started, as the system reports: what must be gone when the hub is. Reads /proc; where there is none,
 * it sees nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** An id alone may be used again; with the moment it began it is one process for ever. */
export type LivingProcess = { readonly pid: number; readonly began: string }

/** Processes that name the hub's folder: its tables' engine does, on its command line. */
export function processesOf(dataDir: string): readonly string[] {
  return pids().filter((pid) => read(`/proc/${pid}/cmdline`)?.includes(dataDir))
}

/** The process and all that it started, theirs included. */
export function familyOf(pid: number): readonly LivingProcess[] {
  const all = pids().flatMap((each) => statOf(each) ?? [])
  const family = all.filter((each) => each.pid === pid)
  // Grows while it is walked: children of children are found in their turn.
  for (const { pid: parent } of family) family.push(...all.filter((each) => each.parent === parent))
  return family.map(({ pid: own, began }) => ({ pid: own, began }))
}

/** Those of them that still run; what only waits to be buried does not. */
export function stillLiving(family: readonly LivingProcess[]): readonly LivingProcess[] {
  return family.filter(({ pid, began }) => statOf(String(pid))?.began === began)
}

type Stat = LivingProcess & { readonly parent: number }

function statOf(pid: string): Stat | undefined {
  const text = read(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  // The name in brackets may hold spaces; what follows does not: state, parent, …, the beginning as the twentieth.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : { pid: Number(pid), parent: Number(fields[1]), began: fields[19] ?? '' }
}

function pids(): readonly string[] {
  if (!existsSync('/proc')) return []
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
