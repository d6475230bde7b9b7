/**
 * People nearby for whom a person or an employer pays (SERTAKAN): how many one list may name, and the list that they make. They go the way
 * of every sponsor's list, so that they are judged, enrolled, billed and covered alike.
 */
import type { Dated } from '../effective-dated.ts'
import { LIST_COLUMNS } from './member-list.ts'

export type Neighbour = {
  readonly nik: string
  readonly name: string
  readonly regionCode: string
  readonly sector?: string | undefined
  readonly incomeRupiah?: number | undefined
  readonly phone?: string | undefined
}

export const MOST_NEIGHBOURS: Dated<number> = [
  { from: '2015-07-01', value: 10, source: 'assumption: no public rule names a number; a household and its helpers' },
]

/** CSV as a sponsor would send it. Every cell in quotes: what somebody typed stays one cell. */
export function listOfNeighbours(people: readonly Neighbour[]): string {
  const rows = people.map(({ nik, name, regionCode, sector, incomeRupiah, phone }) =>
    [nik, name, regionCode, sector ?? '', String(incomeRupiah ?? ''), phone ?? ''].map(quoted).join(','),
  )
  return `${[LIST_COLUMNS.join(','), ...rows].join('\n')}\n`
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`
}
