/**
 * A copy of the repository in a temporary folder: mutants are written there and nowhere else.
 *
 * node_modules is linked, not copied, and nothing in it is written: the caches of vite go into the copy.
 */
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export type ScratchTree = {
  readonly root: string
  /** Every TypeScript file, relative to the root. */
  readonly files: readonly string[]
  readonly read: (file: string) => string
  readonly write: (file: string, text: string) => void
  readonly remove: () => void
}

/** What git knows and what is new, as it stands in the working tree now. */
export function scratchTree(repository: string): ScratchTree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hub-mutants-')))
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(repository, file)))
  for (const file of files) {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    cpSync(join(repository, file), join(root, file))
  }
  symlinkSync(realpathSync(join(repository, 'node_modules')), join(root, 'node_modules'))
  return {
    root,
    files: files.filter((file) => file.endsWith('.ts')),
    read: (file) => readFileSync(join(root, file), 'utf8'),
    write: (file, text) => writeFileSync(join(root, file), text),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
