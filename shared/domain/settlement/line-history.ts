/**
 * What all files of a channel together say of one payment id: which line settles it, which lines take each other back, and
 * which are too many. The order of arrival does not count: the payment's own day's file comes first, then by date.
 *
 * ```
 *   own file      S          settles
 *   next file     R          takes back ─┐ of another file: both explained
 *   third file    S          taken back ─┘
 * ```
 * Promise: every line gets one role, and the roles of a line are the same whichever file asks. Refuses to know amounts in
 * tables and hub days.
 */
import type { BusinessDate } from '../instant.ts'
import type { Rupiah } from '../money.ts'
import type { LineStatus } from './line.ts'

export type FileLine = {
  readonly file: BusinessDate
  readonly line: number
  readonly status: LineStatus
  readonly amount: Rupiah
  /** Row in the columns of the file that asks; null: a line of another file. */
  readonly row: number | null
}

/**
 * - `cancelled`: a settled line and its reversed one in the same file.
 * - `settles`: the line that stands for the payment, or would if the hub had one.
 * - `again`: settled once more, and nothing takes it back.
 * - `taken-back`, `takes-back`: a settled line and its reversed one in different files.
 * - `unsettles`: the reversed line of a payment that stands in the hub and was settled.
 * - `stray`: a reversed line without any settled one.
 */
export type Role = 'cancelled' | 'settles' | 'again' | 'taken-back' | 'takes-back' | 'unsettles' | 'stray'

/** `partner`: the other line of a pair. */
export type PlacedLine = { readonly line: FileLine; readonly role: Role; readonly partner: FileLine | null }

/**
 * `stands`: the hub has the payment and it is not reversed, so that one settled line is right; else none is.
 * `rank` orders the settled lines of one file, the one that fits the payment best first; ties by line.
 */
export function lineRolesOf(
  lines: readonly FileLine[],
  stands: boolean,
  ownDay: BusinessDate | null,
  rank: (line: FileLine) => number,
): readonly PlacedLine[] {
  const roles: PlacedLine[] = []
  const settled: FileLine[] = []
  const reversed: FileLine[] = []
  for (const file of inOrderOfFiles(lines, ownDay)) cancelWithin(file, rank, { roles, settled, reversed })

  const standing = stands ? settled[0] : undefined
  const more = settled.slice(standing ? 1 : 0)
  if (standing) roles.push({ line: standing, role: 'settles', partner: null })
  // The latest reversed line takes back the latest settled one; what is left is on one side only.
  while (more.length > 0 && reversed.length > 0) {
    const taken = more.pop() as FileLine
    const reversing = reversed.pop() as FileLine
    roles.push(
      { line: taken, role: 'taken-back', partner: reversing },
      { line: reversing, role: 'takes-back', partner: taken },
    )
  }
  more.forEach((line, i) => {
    roles.push({ line, role: !stands && i === 0 ? 'settles' : 'again', partner: null })
  })
  reversed.forEach((line, i) => {
    roles.push({ line, role: standing && i === 0 ? 'unsettles' : 'stray', partner: null })
  })
  return roles.sort((a, b) => a.line.line - b.line.line)
}

function inOrderOfFiles(lines: readonly FileLine[], ownDay: BusinessDate | null): readonly (readonly FileLine[])[] {
  const files = Map.groupBy(lines, ({ file }) => file)
  const dates = [...files.keys()].sort((a, b) => Number(b === ownDay) - Number(a === ownDay) || (a < b ? -1 : 1))
  return dates.map((date) => files.get(date) as FileLine[])
}

/** Within a file a reversed line meets a settled one of its amount first, the worst fitting before the best. */
function cancelWithin(
  file: readonly FileLine[],
  rank: (line: FileLine) => number,
  into: { readonly roles: PlacedLine[]; readonly settled: FileLine[]; readonly reversed: FileLine[] },
): void {
  const settled = file.filter(({ status }) => status === 'settled').sort((a, b) => rank(a) - rank(b) || a.line - b.line)
  const reversed = file.filter(({ status }) => status === 'reversed').sort((a, b) => a.line - b.line)
  const cancelled = new Set<FileLine>()
  const cancel = (reversing: FileLine, taken: FileLine) => {
    cancelled.add(taken)
    into.roles.push(
      { line: taken, role: 'cancelled', partner: reversing },
      { line: reversing, role: 'cancelled', partner: taken },
    )
  }
  // The last of each list is the one that a reversed line meets: taken off, nothing moves.
  const byAmount = reversed.length === 0 ? new Map<Rupiah, FileLine[]>() : Map.groupBy(settled, ({ amount }) => amount)
  const left = reversed.filter((reversing) => {
    const same = byAmount.get(reversing.amount)?.pop()
    if (same) cancel(reversing, same)
    return !same
  })
  let last = settled.length - 1
  for (const reversing of left) {
    while (last >= 0 && cancelled.has(settled[last] as FileLine)) last--
    if (last < 0) into.reversed.push(reversing)
    else cancel(reversing, settled[last] as FileLine)
  }
  for (const line of settled) if (!cancelled.has(line)) into.settled.push(line)
}
