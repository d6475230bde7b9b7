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

export const EQUIVALENTS: readonly Equivalent[] = []

export function equivalentOf(mutant: Mutant, text: string, list: readonly Equivalent[]): Equivalent | undefined {
  const { before, after } = beforeAndAfter(text, mutant)
  return list.find((each) => each.file === mutant.file && each.before === before && each.after === after)
}
