/**
 * A process of its own that keeps vitest warm and runs one test file at a time; its parent is tests.ts.
 *
 * Started with the root of the scratch tree as its folder. Says `ready`, then answers each question with one answer.
 */
import { join } from 'node:path'
import { createVitest } from 'vitest/node'

/** `changed`: files that were written since the last question. */
export type Question = { readonly test: string; readonly changed: readonly string[] }
export type Answer = { readonly passed: boolean }

const root = process.cwd()
// A file is run to its end: `bail` keeps its count of failures, and a cancelled run may take the next one with it.
const vitest = await createVitest(
  { root, watch: false, maxWorkers: 1, fileParallelism: false, reporters: [{}], silent: true },
  { cacheDir: join(root, '.vite-cache'), server: { watch: null } },
)
await vitest.standalone()
const project = vitest.getRootProject()

process.on('message', async ({ test, changed }: Question) => {
  for (const file of changed) vitest.invalidateFile(join(root, file))
  const path = join(root, test)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([project.createSpecification(path)])
  // The answer names every file that this process has run so far.
  const passed = unhandledErrors.length === 0 && testModules.some((module) => module.moduleId === path && module.ok())
  process.send?.({ passed } satisfies Answer)
})
// The parent is gone: so is the work.
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
