/** One mutant against the tests that reach its file: the first that fails ends it. */
import { type Mutant, mutatedText } from './mutant.ts'
import type { ScratchTree } from './scratch-tree.ts'
import type { Tests } from './tests.ts'

/** `by` is the test that noticed; a hang counts as noticed. `tests`: how many were asked. */
export type Fate =
  | { readonly kind: 'killed' | 'timeout'; readonly by: string }
  | { readonly kind: 'survived'; readonly tests: number }

/** Before a hang is looked into; a test file takes some tenths of a second on a quiet machine. */
const HANGS_AFTER_MS = 30_000
/** How much slower than without the mutant, right before, is a hang: no load changes that fast. */
const TIMES_SLOWER = 10
/** For a file without a mutant: it ends, however busy the machine is. */
const UNMUTATED_MS = 300_000

export type Trial = (mutant: Mutant, order: readonly string[]) => Promise<Fate>

/** Remembers which tests fail without a mutant: their failures say nothing. Once `patienceMs` are over, no more tests are asked. */
export function trialIn(
  tree: Pick<ScratchTree, 'read' | 'write'>,
  tests: Pick<Tests, 'changed' | 'run'>,
  patienceMs = Number.POSITIVE_INFINITY,
): Trial {
  const unmutated = new Map<string, Promise<boolean>>()
  const write = (file: string, text: string) => {
    tree.write(file, text)
    tests.changed(file)
  }
  const passesUnmutated = (test: string) => {
    const passes = unmutated.get(test) ?? tests.run(test, UNMUTATED_MS).then((verdict) => verdict === 'passed')
    unmutated.set(test, passes)
    return passes
  }
  return async (mutant, order) => {
    const original = tree.read(mutant.file)
    const mutated = mutatedText(original, mutant)
    write(mutant.file, mutated)
    /** Without the mutant now, then with it again: too slow once says nothing, for the load may have done it. */
    const failsAgain = async (test: string): Promise<'killed' | 'timeout' | undefined> => {
      const started = performance.now()
      const before = await tests.run(test, UNMUTATED_MS)
      const limit = Math.max(HANGS_AFTER_MS, TIMES_SLOWER * (performance.now() - started))
      write(mutant.file, mutated)
      if (before !== 'passed') return undefined
      const verdict = await tests.run(test, limit)
      if (verdict === 'passed') return undefined
      return verdict === 'failed' ? 'killed' : 'timeout'
    }
    const begun = performance.now()
    let asked = 0
    try {
      for (const test of order) {
        if (performance.now() - begun > patienceMs) break
        asked++
        const verdict = await tests.run(test, HANGS_AFTER_MS)
        if (verdict === 'passed') continue
        write(mutant.file, original)
        if (verdict !== 'failed') {
          const kind = await failsAgain(test)
          if (kind) return { kind, by: test }
          continue
        }
        if (await passesUnmutated(test)) return { kind: 'killed', by: test }
        write(mutant.file, mutated)
      }
      return { kind: 'survived', tests: asked }
    } finally {
      write(mutant.file, original)
    }
  }
}
