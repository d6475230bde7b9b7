/**
 * `.hub/demo.json`: whether the demo was loaded, and the instant that its plan was drawn at. A start that goes on with a
 * half-loaded demo, and traffic that looks for its members, draw the same plan from it.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type LoadedMarker = { readonly asOf: number; readonly state: 'loading' | 'loaded' }

/** Undefined where no demo was begun. */
export async function readMarker(dataDir: string): Promise<LoadedMarker | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as LoadedMarker
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function writeMarker(dataDir: string, marker: LoadedMarker): Promise<void> {
  await replaceFile(join(dataDir, 'demo.json'), `${JSON.stringify(marker)}\n`)
}

/** A reader never sees half a file. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
