/**
 * What the hub puts out for its channels, as files that a person can open: an object `outgoing/<channel>/<name>` of any bucket also
 * lies in `.hub/outgoing/<channel>/<name>`, as partners would fetch it. The objects stay what counts; the folder is made of them.
 */
import { linkSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { StoredObject } from './object-store.ts'

const OUTGOING = /^outgoing\/[\w-]+\/[\w.-]+$/

/** `folder` is the emulator's: `.hub/files`. Nothing happens for any other object. */
export function showOutgoing(folder: string, { key, blob }: Pick<StoredObject, 'key' | 'blob'>): void {
  if (!OUTGOING.test(key) || key.endsWith('/..')) return
  const shown = path.join(path.dirname(folder), key)
  mkdirSync(path.dirname(shown), { recursive: true, mode: 0o700 })
  rmSync(shown, { force: true })
  linkSync(path.join(folder, 'blobs', blob), shown)
}
