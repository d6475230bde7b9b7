/**
 * One person twice on a list: the first row counts, every later one of that NIK is refused. Rows of one NIK under another name are
 * flagged as well, all of them: a person decides whether a name or a NIK was misspelt, nothing is merged.
 */
import type { ListedPerson } from './judge-row.ts'

export type DuplicateFinder = {
  /** Whether an earlier row has this NIK. */
  readonly isRepeated: (line: number, person: ListedPerson) => boolean
  /** Lines of one NIK under several names. */
  readonly flagged: ReadonlySet<number>
}

export function duplicateFinder(): DuplicateFinder {
  const first = new Map<string, { readonly line: number; readonly name: string }>()
  const flagged = new Set<number>()
  return {
    isRepeated: (line, { nik, name }) => {
      const spelling = spellingOf(name)
      const known = first.get(nik)
      if (!known) {
        first.set(nik, { line, name: spelling })
        return false
      }
      if (known.name !== spelling) {
        flagged.add(known.line)
        flagged.add(line)
      }
      return true
    },
    flagged,
  }
}

/** What is left of a name when case, accents and signs are taken away: two texts for one spelling. */
export function spellingOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
}
