/** One mutant against the tests that reach its file: the first that fails ends it. */
import { type Mutant, mutatedText } from './mutant.ts'
import type { ScratchTree } from './scratch-tree.ts'
import type { Tests } from './tests.ts'

/** `by` is the test that noticed; a hang counts as noticed. `tests`: how many were asked. */
export type Fate =
  | { readonly kind: 'killed' | 'timeout'; readonly by: string }
  | { readonly kind: 'survived'; readonly tests: number }

/** Far more than a test file takes on a busy machine. */
const HANGS_AFTER_MS = 60_000

export type Trial = (mutant: Mutant, order: readonly string[]) => Promise<Fate>

/** Remembers which tests fail without a mutant: their failures say nothing. */
export function trialIn(tree: ScratchTree, tests: Tests): Trial {
  const unmutated = new Map<string, Promise<boolean>>()
  const write = (file: string, text: string) => {
    tree.write(file, text)
    tests.changed(file)
  }
  const passesUnmutated = (test: string) => {
    const passes = unmutated.get(test) ?? tests.run(test, HANGS_AFTER_MS).then((verdict) => verdict === 'passed')
    unmutated.set(test, passes)
    return passes
  }
  return async (mutant, order) => {
    const original = tree.read(mutant.file)
    const mutated = mutatedText(original, mutant)
    write(mutant.file, mutated)
    try {
      for (const test of order) {
        const verdict = await tests.run(test, HANGS_AFTER_MS)
        if (verdict === 'passed') continue
        write(mutant.file, original)
        if (await passesUnmutated(test)) return { kind: verdict === 'hung' ? 'timeout' : 'killed', by: test }
        write(mutant.file, mutated)
      }
      return { kind: 'survived', tests: order.length }
    } finally {
      write(mutant.file, original)
    }
  }
}
