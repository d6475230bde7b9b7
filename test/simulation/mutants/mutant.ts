/**
 * A deliberate fault: a few words of one file replaced by others when the file is loaded, for this run only. No production
 * code knows of it, and the fault is as close to the real thing as can be: it is the real thing, but for those words.
 * A replacement whose words are no longer there exactly once is an error, so no fault quietly turns into none.
 */
export type Replacement = readonly [file: string, from: string, to: string]

export type Mutant = {
  readonly name: string
  /** What is wrong, in the words of the design. */
  readonly fault: string
  readonly replace: readonly Replacement[]
  /** Where to begin: no seed before it shows the fault, and trying them all takes its time. */
  readonly from?: number
  /** Only histories with settlement can show it. */
  readonly isOfSettlement?: boolean
  /** Only histories with a sponsor's list can show it. */
  readonly isOfLists?: boolean
  /** The tests that must fail, where the fault lies outside of what the simulation runs. */
  readonly suite?: readonly string[]
}

/** The source of `file` with the mutant's words in it; as it was where the mutant does not touch it. */
export function mutated(mutant: Mutant, file: string, source: string): string {
  let text = source
  for (const [where, from, to] of mutant.replace) {
    if (where !== file) continue
    const found = text.split(from).length - 1
    if (found !== 1) {
      throw new Error(
        `expected the words that "${mutant.name}" replaces once in ${file}, found them ${found} times; correct test/simulation/mutants`,
      )
    }
    text = text.replace(from, () => to)
  }
  return text
}
