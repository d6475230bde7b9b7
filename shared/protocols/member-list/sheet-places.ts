/** Places on a sheet: `C7` is the third column, from 0; a merge covers all its cells but the first. */

/** Inclusive; lines from 1, columns from 0. */
export type Merge = { readonly lines: readonly [number, number]; readonly columns: readonly [number, number] }

/** The column of `C7`, from 0. Beyond what a sheet can have for a name that is none. */
export function columnOf(place: string): number {
  const letters = /^[A-Z]{1,3}/i.exec(place)?.[0].toUpperCase() ?? 'ZZZ'
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

/** Any cell of a merge, the first one too: its value is meant for several rows or columns. */
export function mergedBy(merges: readonly Merge[], line: number, column: number): boolean {
  return merges.some(
    ({ lines, columns }) => line >= lines[0] && line <= lines[1] && column >= columns[0] && column <= columns[1],
  )
}

/** Of `A2:B7`. */
export function mergeOf(ref: string): Merge {
  const [from = '', to = from] = ref.split(':')
  return { lines: [lineOf(from), lineOf(to)], columns: [columnOf(from), columnOf(to)] }
}

function lineOf(place: string): number {
  return Number(place.replace(/^\D+/, ''))
}
