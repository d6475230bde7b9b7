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
const vitest = await createVitest(
  { root, watch: false, bail: 1, maxWorkers: 1, fileParallelism: false, reporters: [{}], silent: true },
  { cacheDir: join(root, '.vite-cache'), server: { watch: null } },
)
await vitest.standalone()
const project = vitest.getRootProject()

process.on('message', async ({ test, changed }: Question) => {
  for (const file of changed) vitest.invalidateFile(join(root, file))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([
    project.createSpecification(join(root, test)),
  ])
  const passed = unhandledErrors.length === 0 && testModules.length > 0 && testModules.every((module) => module.ok())
  process.send?.({ passed } satisfies Answer)
})
// The parent is gone: so is the work.
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
