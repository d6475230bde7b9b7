/**
 * `.hub/demo.json`: whether the demo was loaded, and the instant that its plan was drawn at. A start that goes on with a
 * half-loaded demo, and traffic that looks for its members, draw the same plan from it.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type DemoMark = { readonly asOf: number; readonly state: 'loading' | 'loaded' }

/** Undefined where no demo was begun. */
export async function readMark(dataDir: string): Promise<DemoMark | undefined> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as DemoMark
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function writeMark(dataDir: string, mark: DemoMark): Promise<void> {
  await replaceFile(join(dataDir, 'demo.json'), `${JSON.stringify(mark)}\n`)
}

/** A reader never sees half a file. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
