/**
 * A process of its own that keeps vitest warm and runs one test file at a time; its parent is tests.ts.
 *
 * Started with the root of the scratch tree as its folder. Says `ready`, then answers each question with one answer.
 */
import { join } from 'node:path'
import { createVitest, type TestModule } from 'vitest/node'
import { isLateOnly } from './late.ts'

/** `changed`: files that were written since the last question. */
export type Question = { readonly test: string; readonly changed: readonly string[] }
/** `lateOnly`: all that failed is that something took too long, which a busy machine does too. */
export type Answer = { readonly passed: boolean; readonly lateOnly: boolean }

/** Far above every limit of a test file: whether a test hangs is for the parent to say, which knows the load. */
const NO_LIMIT_MS = 600_000

const root = process.cwd()
// A file is run to its end: `bail` keeps its count of failures, and a cancelled run may take the next one with it.
const vitest = await createVitest(
  {
    root,
    watch: false,
    maxWorkers: 1,
    fileParallelism: false,
    reporters: [{}],
    silent: true,
    testTimeout: NO_LIMIT_MS,
    hookTimeout: NO_LIMIT_MS,
  },
  { cacheDir: join(root, '.vite-cache'), server: { watch: null } },
)
await vitest.standalone()
const project = vitest.getRootProject()

process.on('message', async ({ test, changed }: Question) => {
  for (const file of changed) vitest.invalidateFile(join(root, file))
  const path = join(root, test)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([project.createSpecification(path)])
  // The answer names every file that this process has run so far.
  const module = testModules.find((each) => each.moduleId === path)
  const passed = unhandledErrors.length === 0 && module?.ok() === true
  const lateOnly = unhandledErrors.length === 0 && module !== undefined && isLateOnly(errorsOf(module))
  process.send?.({ passed, lateOnly } satisfies Answer)
})

function errorsOf(module: TestModule): string[] {
  const tests = [...module.children.allTests()].flatMap((test) => test.result().errors ?? [])
  const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors())
  return [...module.errors(), ...suites, ...tests].map(({ message }) => message)
}

// The parent is gone: so is the work.
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
