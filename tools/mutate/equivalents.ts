/**
 * Mutants that behave as the code does, reviewed one by one, each with its reason. They are taken out of the count.
 *
 * Known by the file and the lines before and after, not by line number, so that an entry outlives changes elsewhere and
 * ends with its own line. An entry is for a change that no caller can notice, never for one that is hard to test.
 */
import { beforeAndAfter, type Mutant } from './mutant.ts'

export type Equivalent = {
  readonly file: string
  readonly before: string
  readonly after: string
  readonly why: string
}

export const EQUIVALENTS: readonly Equivalent[] = [
  {
    file: 'shared/domain/rule-overrides.ts',
    before: "return list.every(({ from }, i) => i === 0 || from > (list[i - 1]?.from ?? ''))",
    after: "return list.every(({ from }, i) => i === 0 || from > (list[i - 1]?.from ?? 'mutated'))",
    why: 'The fallback stands for the type checker only: behind the first entry there is always one before.',
  },
  {
    file: 'functions/reconcile-settlement/look-up.ts',
    before: 'const BATCHES_AT_ONCE = 8',
    after: 'const BATCHES_AT_ONCE = 9',
    why: 'How many reads run side by side changes no answer, and one more is no burden that anything is sized by.',
  },
]

export function equivalentOf(mutant: Mutant, text: string, list: readonly Equivalent[]): Equivalent | undefined {
  const { before, after } = beforeAndAfter(text, mutant)
  return list.find((each) => each.file === mutant.file && each.before === before && each.after === after)
}
