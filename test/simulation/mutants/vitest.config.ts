/** Runs a part of the tests with one mutant in: `HUB_MUTANT=<name> vitest run --config <this file> <tests>`. They must fail. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { mutantNamed } from './all-mutants.ts'
import { mutated } from './mutant.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const name = process.env.HUB_MUTANT ?? ''
/** `none`: the control, in which the same tests must pass. */
const mutant = name === 'none' ? { name, fault: 'none', replace: [] } : mutantNamed(name)

export default defineConfig({
  root,
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      transform: (source, id) => mutated(mutant, relative(root, id.split('?')[0] ?? ''), source),
    },
  ],
  // What was loaded with one mutant in must not be taken for another's.
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fsModuleCache: false,
  },
})
